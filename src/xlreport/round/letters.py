"""What is written to units: with the workbook, with what is wrong in a return, and when nothing has come.

The words are templates: those in the round's folder, which the office may change, else the ones that come
with the program. The first line is the subject (主题：…). What is filled in is text, never a template itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlreport.feedback.addressed import to_unit
from xlreport.prose.personal import masked
from xlreport.report.templating import FaultyTemplate, filled_text
from xlreport.roster.line import ListedUnit
from xlreport.round.drafts import HAND_UP, ISSUE, MAIL_WORDS, REMIND, REPLY
from xlreport.round.file import Fate, File
from xlreport.round.opened import Round
from xlreport.round.place import Refused, RoundFolder
from xlreport.round.state import Standing, UnitState

_SHIPPED = Path(__file__).parent / "templates" / "letters"
_SUBJECT = "主题："
_MOST_TOLD = 12
"""Findings told in a mail; the annotated copy has them all."""
_TRIAL: Mapping[str, Mapping[str, Any]] = {
    ISSUE: {"次数": 2},
    REPLY: {
        "报来": "年报.xlsx",
        "上报包": 3,
        "变化": "新增 1 个单位",
        "错误数": 1,
        "暂以": "旧.xlsx",
        "不是报表": [("年报.docx", "是 Word 文件")],
        "错误清单": [("合计不等", "改正合计")],
        "另有": 3,
        "有附件": True,
    },
    REMIND: {"今天": "2024年1月27日", "逾期": True},
    HAND_UP: {"编号": 2, "上报包": "上报包.zip", "应报": 3, "通过": 2},
}
_TRIAL_BASE = {
    "单位": "某局",
    "年度": 2023,
    "报表": "年度报告",
    "期限": "2024年1月26日",
    "办公室": "某办公室",
}


def shipped_letters() -> Mapping[str, bytes]:
    """The templates that come with the program, by the names of their files."""
    return {path.name: path.read_bytes() for path in sorted(_SHIPPED.glob("*.txt"))}


def with_workbook(round_: Round, unit: UnitState) -> tuple[str, str]:
    """Subject and text of the mail that brings a unit its workbook. Raises Refused."""
    return _written(round_, ISSUE, unit, {"次数": unit.issued})


def with_findings(
    round_: Round,
    unit: UnitState,
    told: Sequence[tuple[str, str]],
    others: Sequence[File],
    *,
    annotated: bool,
    changed: str = "",
) -> tuple[str, str]:
    """Subject and text of the mail that gives a return back, or says that `others` are none. Raises Refused.

    `told` has each fault with how to mend it; `changed` says what a bundle has changed since the one before.
    """
    newest, counting = unit.newest, unit.counting
    came = newest is not None and not others
    about = others[0] if others else newest
    handed = about.handed if about is not None else None
    is_from_office = about is not None and about.is_from_office
    values = {
        "报来": newest.name if newest is not None and came else "",
        "上报包": handed.number if handed is not None else int(is_from_office),
        "变化": changed,
        "错误数": newest.errors if newest is not None else 0,
        "暂以": counting.name if came and counting is not None and counting is not newest else "",
        "不是报表": [(file.name, to_unit(file.why)) for file in others],
        "错误清单": told[:_MOST_TOLD],
        "另有": max(0, len(told) - _MOST_TOLD),
        "有附件": annotated,
    }
    subject, text = _written(round_, REPLY, unit, values)
    return subject, masked(text)


def reminder(round_: Round, unit: UnitState, today: date) -> tuple[str, str]:
    """Subject and text of the mail to a unit that has sent nothing. Raises Refused."""
    late = unit.due is not None and today > unit.due
    return _written(round_, REMIND, unit, {"今天": _day(today), "逾期": late})


def with_bundle(round_: Round, above: ListedUnit, number: int, name: str) -> tuple[str, str]:
    """Subject and text of the mail that brings the level above a bundle. Raises Refused."""
    totals = round_.state.totals
    values = {"编号": number, "上报包": name, "应报": totals["expected"], "通过": totals[Standing.ACCEPTED]}
    return _written(round_, HAND_UP, UnitState(above, Standing.NOT_SENT, None, False, ""), values)


def unanswered(unit: UnitState) -> list[File]:
    """Files that are no returns, about which the unit is written to."""
    told = (Fate.UNREADABLE, Fate.PUBLISHED)
    return [file for file in unit.files if file.fate in told and not file.leaf]


def letter_mistakes(place: RoundFolder) -> Iterator[str]:
    """What is wrong with the templates in a round's folder."""
    for what, values in _TRIAL.items():
        try:
            _filled(place, what, {**_TRIAL_BASE, **values})
        except Refused as error:
            yield str(error)


def _written(round_: Round, what: str, unit: UnitState, values: Mapping[str, Any]) -> tuple[str, str]:
    settings = round_.settings
    known = {
        "单位": unit.line.name,
        "年度": settings.year,
        "报表": settings.form.title,
        "期限": _day(unit.due),
        "办公室": settings.office,
    }
    return _filled(round_.place, what, {**known, **values})


def _filled(place: RoundFolder, what: str, values: Mapping[str, Any]) -> tuple[str, str]:
    name = f"{MAIL_WORDS[what]}.txt"
    own = place.letters / name
    source = own if own.is_file() else _SHIPPED / name
    try:
        text = filled_text(source.read_text(encoding="utf-8-sig"), values)
    except UnicodeDecodeError as error:
        raise Refused(f"{source} 不是 UTF-8 文本，请用记事本打开，另存为 UTF-8 编码") from error
    except FaultyTemplate as error:
        raise Refused(f"{source} 第 {error.line} 行有误：{error}") from error
    head, _, body = text.partition("\n")
    if not head.startswith(_SUBJECT) or not body.strip():
        raise Refused(f"{source} 的第一行要写“{_SUBJECT}……”，下面写正文")
    return head.removeprefix(_SUBJECT).strip(), body.strip() + "\n"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day is not None else ""
