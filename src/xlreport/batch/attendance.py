"""Who of a list of units has sent a return in a run, who has not, and which returns are of none of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date

from xlreport.batch.called import Called
from xlreport.cleaning import one_line
from xlreport.finding import Finding
from xlreport.frozen import frozen
from xlreport.roster.line import ListedUnit, Roster
from xlreport.rule import own_rule
from xlreport.run.outcome import Outcome
from xlreport.tables.expected import Expected, Missing
from xlreport.unit import key

_NOT_LISTED = "请核对封面的单位名称和机关代码；确是报送单位的，请补进名单后再运行"
_BY_CODE = "请核对是单位名称写错了，还是用了别的单位的代码；改过名的，请在名单的“曾用名”里写上原来的名称"


@frozen
class Attendance:
    """What a list says of a run: the units expected, findings by file, and when the unit of a file is due.

    `instead` are files that cannot be read and are called like a unit of which nothing else came, with the
    unit's name.
    """

    expected: Expected
    findings: Mapping[str, Finding] = field(default_factory=dict)
    due: Mapping[str, date] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)


@frozen
class _Sent:
    """A file of the run: what of it is asked here. A report that is no return says whose it is, too."""

    file: str
    unit: str
    code: str
    year: int | None
    readable: bool


def attendance(roster: Roster, outcomes: Iterable[Outcome]) -> Attendance:
    """Who has sent one on the year that most returns are of. A return counts whether accepted or not."""
    sent = [_sent(outcome) for outcome in outcomes]
    years = Counter(one.year for one in sent if one.year is not None)
    year = max(years, key=lambda year: (years[year], year), default=None)
    listed = roster.for_year(year) if year is not None else roster
    owners = _owners(listed, sent)
    present = {owners[one.file] for one in sent if one.file in owners and one.year in (year, None)}
    expected = [line for line in listed if not _excused(line, year)]
    absent = [line for line in expected if line not in present]
    called = _called(listed, sent, owners)
    remarks = _remarks(sent, owners, called)
    unread = {one.file for one in sent if not one.readable}
    instead = {file: line for file, line in called.items() if file in unread and line in absent}
    missing = tuple(_missing(listed, line, remarks[line]) for line in absent)
    return Attendance(
        Expected(len(expected), missing, len(listed) - len(expected)),
        {one.file: finding for one in sent for finding in _findings(one, owners)},
        {file: line.due for file, line in {**owners, **instead}.items() if line.due is not None},
        {file: line.name for file, line in instead.items()},
    )


def _sent(outcome: Outcome) -> _Sent:
    record = outcome.record
    return _Sent(
        record["file"], record["unit"] or "", outcome.code, record["year"], record["form"] is not None
    )


def _owners(roster: Roster, sent: Iterable[_Sent]) -> dict[str, ListedUnit]:
    """The lines of the returns by file: that of the unit's name, else that of its code.

    A code counts only where nobody sent a return under the name of that line: else it was copied.
    """
    readable = [one for one in sent if one.readable]
    owners = {one.file: lines[0] for one in readable if len(lines := roster.named(one.unit)) == 1}
    named = set(owners.values())
    for one in readable:
        coded = [line for line in roster.coded(one.code) if line not in named]
        if one.file not in owners and len(coded) == 1:
            owners[one.file] = coded[0]
    return owners


def _excused(line: ListedUnit, year: int | None) -> bool:
    """True if nothing is expected of it; of no year in particular where no return names one."""
    return bool(line.excused(year) if year is not None else line.exempt or line.merged_into)


def _findings(one: _Sent, owners: Mapping[str, ListedUnit]) -> Iterator[Finding]:
    """What is to be said of a return whose unit is not called so in the list."""
    line, rule = owners.get(one.file), own_rule("WBK040")
    unit, code = one_line(one.unit), one_line(one.code)
    if not one.readable or not key(unit) or (line is not None and key(unit) in map(key, line.unit.names)):
        return
    if line is None:
        message = f"封面的单位“{unit}”不在单位名单里。"
        yield rule.finding(message, _NOT_LISTED, file=one.file, found=unit)
        return
    message = f"封面的单位“{unit}”不在单位名单里；机关代码“{code}”是名单里“{line.name}”的，按{line.name}计。"
    yield rule.finding(message, _BY_CODE, file=one.file, expected=line.name, found=unit)


# Those that are missing ------------------------------------------------------------------------------


def _missing(roster: Roster, line: ListedUnit, remarks: Sequence[str]) -> Missing:
    parent = roster.parent(line)
    return Missing(
        line.name,
        line.unit.code,
        parent.name if parent is not None else line.parent,
        line.contact,
        line.phone,
        "；".join(line.emails),
        line.due,
        "；".join(remarks),
    )


def _called(roster: Roster, sent: Iterable[_Sent], owners: Mapping[str, ListedUnit]) -> dict[str, ListedUnit]:
    """The units after whom files are called that are not theirs, as far as is known, by file."""
    names = Called(roster)
    found = {one.file: _written_by(one, roster) or names.meant(one.file) for one in sent}
    return {file: line for file, line in found.items() if line is not None and line is not owners.get(file)}


def _written_by(one: _Sent, roster: Roster) -> ListedUnit | None:
    """The unit of a report that came in place of a return."""
    lines = [] if one.readable else roster.named(one.unit)
    return lines[0] if len(lines) == 1 else None


def _remarks(
    sent: Iterable[_Sent], owners: Mapping[str, ListedUnit], called: Mapping[str, ListedUnit]
) -> Mapping[ListedUnit, Sequence[str]]:
    """What came instead of a unit's return: one of another year, or a file called like the unit."""
    told: dict[ListedUnit, list[str]] = defaultdict(list)
    for one in sent:
        if one.file in owners:
            told[owners[one.file]].append(f"报来的是 {one.year} 年度的：{one_line(one.file)}")
        if one.file in called:
            told[called[one.file]].append(f"{_instead(one)}：{one_line(one.file)}")
    return told


def _instead(one: _Sent) -> str:
    """What is to be said of a file that is called like a unit, and is none of its returns."""
    if not one.readable and key(one.unit):
        return "报来的是成文的报告，不是填报的工作簿"
    if not one.readable:
        return "有一份无法读取的文件，文件名像是该单位的"
    cover = f"填的却是“{one_line(one.unit)}”" if key(one.unit) else "却没有填单位"
    return f"有一份文件名像是该单位的，封面{cover}"
