"""Several files of one unit, time and form in one run: the same once more, or versions of which one counts.

The newest that was accepted counts, else the newest. Which of them an office wants instead, it says by taking
the others out of the folder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from xlreport.cleaning import one_line
from xlreport.finding import Finding, Severity, Status
from xlreport.frozen import frozen
from xlreport.roster.line import Roster
from xlreport.rule import own_rule
from xlreport.run.outcome import Outcome
from xlreport.unit import key

_NAMED = 5
"""Other files named in a message; more would only hide them."""
_KEEP = "要以另一份为准的，把其余的移出文件夹再运行"


@frozen
class Version:
    """One of several files: what is to be said of it, and the file that counts instead, "" for itself."""

    finding: Finding
    instead: str = ""


@frozen
class _File:
    """What is compared, so that no outcome has to be kept: 20,000 of them would not fit."""

    name: str
    unit: str
    content: str
    saved: str
    accepted: bool

    @property
    def telling(self) -> tuple[int, int, str]:
        """The smallest is called most like the unit: what 水务局.xlsx and 住建局.xlsx both hold is the return
        of the unit that it names.
        """
        name, unit = key(PurePosixPath(self.name).name), key(self.unit)
        alike = SequenceMatcher(None, name, unit, autojunk=False).find_longest_match()
        return -alike.size, len(self.name), self.name

    @property
    def rank(self) -> tuple[bool, str, str]:
        """The largest counts."""
        return self.accepted, self.saved, self.name


def versions(outcomes: Iterable[Outcome], roster: Roster | None = None) -> Mapping[str, Version]:
    """By file, for each that is not the only one of its unit, time and form.

    With a list of units, a former and a present name are one unit's.
    """
    alike: dict[tuple[object, ...], list[_File]] = defaultdict(list)
    for outcome in outcomes:
        form, unit, year = (outcome.record[name] for name in ("form", "unit", "year"))
        if unit and year is not None:
            accepted = outcome.record["status"] == Status.ACCEPTED.value
            file = _File(outcome.record["file"], unit, outcome.content, outcome.saved, accepted)
            alike[form, _whose(unit, roster), year, outcome.period].append(file)
    several = (files for files in alike.values() if len(files) > 1)
    return {name: version for files in several for name, version in _compared(files)}


def _whose(unit: str, roster: Roster | None) -> str:
    lines = roster.named(unit) if roster is not None else []
    return key(lines[0].name if len(lines) == 1 else unit)


def _compared(files: Sequence[_File]) -> Iterator[tuple[str, Version]]:
    newest = max(files, key=lambda file: file.rank)
    alike = [file for file in files if (file.content, file.accepted) == (newest.content, newest.accepted)]
    counting = min(alike, key=lambda file: file.telling)
    for file in files:
        if file is counting:
            yield file.name, Version(_counting(file, files))
        elif file.content == counting.content:
            yield file.name, Version(_same(file, counting), counting.name)
        else:
            yield file.name, Version(_other(file, counting), counting.name)


def _counting(file: _File, files: Sequence[_File]) -> Finding:
    others = sorted((other for other in files if other is not file), key=lambda other: other.name)
    differing = [other for other in others if other.content != file.content]
    if not differing:
        message = f"另有内容相同的 {len(others)} 份：{_names(others)}，不重复计算。"
        return own_rule("WBK027").finding(message, "不用处理", file=file.name, severity=Severity.NOTE)
    message = (
        f"同一单位、同一年度的报表报来不止一份，另有：{_names(others)}。"
        f"以本份为准（{_why(file, differing)}），其余的不计入汇总。"
    )
    return own_rule("WBK027").finding(message, f"请核对是不是以本份为准；{_KEEP}", file=file.name)


def _why(file: _File, others: Sequence[_File]) -> str:
    if file.accepted and not any(other.accepted for other in others):
        return "只有它通过核对"
    return f"{'通过核对的当中' if file.accepted else ''}保存得最晚，{_when(file.saved)}"


def _same(file: _File, counting: _File) -> Finding:
    message = f"与 {one_line(counting.name)} 的内容相同，不重复计算。"
    return own_rule("WBK027").finding(message, "不用处理", file=file.name, severity=Severity.NOTE)


def _other(file: _File, counting: _File) -> Finding:
    message = (
        f"同一单位、同一年度的报表报来不止一份，以 {one_line(counting.name)} 为准，"
        "本份不计入汇总，没有生成报告。"
    )
    return own_rule("WBK027").finding(message, f"请核对；{_KEEP}", file=file.name)


def _names(files: Sequence[_File]) -> str:
    names = "、".join(one_line(file.name) for file in files[:_NAMED])
    return f"{names}等 {len(files)} 份" if len(files) > _NAMED else names


def _when(saved: str) -> str:
    moment = datetime.fromisoformat(saved).astimezone()
    return f"{moment.year}年{moment.month}月{moment.day}日{moment:%H:%M}"
