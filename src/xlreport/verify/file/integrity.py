"""Rules: is what the template fixed still as it was: labels, formulas, locks, empty places?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlreport.cleaning import squeezed
from xlreport.finding import Finding
from xlreport.layout.cells import Constant
from xlreport.origin import InCell
from xlreport.rule import own_rule
from xlreport.stored import shown, told_shortly
from xlreport.verify.file.changed_formulas import changed_formulas
from xlreport.verify.file.outside_form import outside_form
from xlreport.verify.places import ranges_of
from xlreport.workbook.locate import Located
from xlreport.workbook.submission import Submission

_TOGETHER = 5
"""From so many changed labels of a sheet on, one finding names them all."""


def integrity(submission: Submission) -> Iterator[Finding]:
    """Labels, formulas and locks are those of the template; nothing stands outside the form."""
    for located in submission.sheets.values():
        if located is not None:
            yield from changed_formulas(submission, located)
            if located.in_place:
                yield from _labels(located)
            if not (located.lost_rows or located.lost_columns):
                yield from outside_form(submission, located)
    yield from _locks(submission)


def _labels(located: Located) -> Iterator[Finding]:
    changed = [cell for cell in located.sheet.guarded if _is_changed(located, cell)]
    if len(changed) < _TOGETHER:
        yield from (_label(located, cell) for cell in changed)
    else:
        first, cells = _label(located, changed[0]), tuple(cell.area.first for cell in changed)
        message = (
            f"{located.sheet.name} {ranges_of(cells)} 共 {len(cells)} 格：表样文字被改动或清空，"
            f"如“{changed[0].text[:30]}”。"
        )
        fix = "请对照空白模板改回，或在下发的工作簿中重新填写；需要说明的内容写到“备注”"
        yield replace(first, message=message, fix=fix, cells=cells)


def _is_changed(located: Located, cell: Constant) -> bool:
    """True for another text, and for any formula: what it yields on opening is not what is stored."""
    place = cell.area.top, cell.area.left
    found = located.found.raw(*place)
    if found != cell.text and squeezed(shown(found)) != squeezed(cell.text):
        return True
    return place in located.found.formulas


def _label(located: Located, cell: Constant) -> Finding:
    place = cell.area.top, cell.area.left
    found, formula = located.found.raw(*place), located.found.formulas.get(place)
    now = f"被改成“{told_shortly(found, 30)}”" if found != "" else "被清空"
    if formula is not None:
        now = f"被改成公式“={formula[:30]}”，打开时显示什么由公式决定"
    return own_rule("WBK023").finding(
        f"{located.sheet.name} {cell.area.first}：表样文字“{cell.text[:30]}”{now}。",
        f"请改回“{cell.text}”；需要说明的内容写到“备注”",
        f"{located.sheet.name}!{cell.area.first}",
        InCell(located.found.name, cell.area.first),
        expected=cell.text,
        found=told_shortly(found, 200) if found != "" else "",
    )


def _locks(submission: Submission) -> Iterator[Finding]:
    open_ = [s.found.name for s in submission.sheets.values() if s is not None and not s.found.protected]
    if open_:
        message = f"工作表保护被取消：{'、'.join(open_)}。"
        fix = "数字已按原公式重新核对。下次请在受保护的工作簿中填写，不要取消保护"
        yield own_rule("WBK024").finding(message, fix, "_protection", sheet=open_[0])
