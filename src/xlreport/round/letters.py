"""What is written to units: with the workbook, with what is wrong in a return, and when nothing has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xlreport.prose.personal import masked
from xlreport.roster.line import ListedUnit
from xlreport.round.arrival import Fate, File
from xlreport.round.settings import Settings
from xlreport.round.state import UnitState

_MOST_TOLD = 12
"""Findings told in a mail; the annotated copy has them all."""


def with_workbook(settings: Settings, line: ListedUnit, due: date | None, number: int) -> tuple[str, str]:
    """Subject and text of the mail that brings a unit its workbook."""
    again = f"（第 {number} 次下发，请用这一本，以前的不要再用）" if number > 1 else ""
    text = (
        f"{line.name}：\n\n"
        f"现将{settings.year}年度{settings.form.title}的填报工作簿发给你单位，见附件{again}。\n"
        f"请直接在附件里填写，{_by(due)}作为附件发回。不要转换成其他格式，不要把内容复制到别的文件。\n\n"
        f"{settings.office}\n"
    )
    return f"{_title(settings)}：填报工作簿", text


def with_findings(
    settings: Settings, unit: UnitState, told: Sequence[str], others: Sequence[File], *, annotated: bool
) -> tuple[str, str]:
    """Subject and text of the mail that gives a return back, or says that `others` are none."""
    lines = [f"{unit.line.name}：", "", *_what_came(unit, others), ""]
    if told:
        more = [f"……另有 {len(told) - _MOST_TOLD} 处"] if len(told) > _MOST_TOLD else []
        lines += [*told[:_MOST_TOLD], *more, ""]
    if annotated:
        lines.append("附件是标注了问题的副本：请在副本里逐条改正，保存后直接发回这个文件。")
    else:
        lines.append("请在下发的工作簿里填写，把工作簿作为附件发回；不要发链接、图片、Word 或 PDF。")
    lines += [f"报送期限：{_day(unit.due)}。" if unit.due else "", "", settings.office, ""]
    return f"{_title(settings)}：请改正后重报", masked("\n".join(lines))


def _what_came(unit: UnitState, others: Sequence[File]) -> Iterator[str]:
    newest = unit.newest
    if newest is not None and not others:
        yield f"报来的 {newest.name} 已收到，有 {newest.errors} 处错误，请改正后重报。"
        counting = unit.counting
        if counting is not None and counting is not newest:
            yield f"改正以前，暂以早先通过的 {counting.name} 为准。"
        return
    for file in others:
        yield f"报来的 {file.name} 已收到，但不能作为报表：{file.why}。"


def unanswered(unit: UnitState) -> list[File]:
    """Files that are no returns, which the unit has to be told of."""
    return [file for file in unit.files if file.fate in (Fate.UNREADABLE, Fate.PUBLISHED)]


def reminder(settings: Settings, line: ListedUnit, due: date | None, today: date) -> tuple[str, str]:
    """Subject and text of the mail to a unit that has sent nothing."""
    late = due is not None and today > due
    when = f"报送期限是{_day(due)}，{'已经过了' if late else '请按时报送'}" if due else "请尽快报送"
    text = (
        f"{line.name}：\n\n"
        f"到今天（{_day(today)}），还没有收到你单位{settings.year}年度{settings.form.title}的填报工作簿。"
        f"{when}。\n请在下发的工作簿里填写，作为附件发回；已经报送的，请告知何时、由哪个邮箱发出。\n\n"
        f"{settings.office}\n"
    )
    return f"{_title(settings)}：{'逾期催报' if late else '提醒报送'}", text


def _title(settings: Settings) -> str:
    return f"{settings.year}年度{settings.form.title}"


def _by(due: date | None) -> str:
    return f"于{_day(due)}前" if due is not None else ""


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day is not None else ""
