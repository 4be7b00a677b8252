"""Gate: is what the template fixed still as it was: labels, formulas, locks, empty places?"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from math import isfinite

from xlreport.finding import Finding, Severity
from xlreport.form.exact import exact
from xlreport.form.model import EXPLANATION
from xlreport.form.words import Words, number
from xlreport.formula.nodes import Value
from xlreport.verify.places import listed
from xlreport.workbook.layout.area import Area, a1
from xlreport.workbook.layout.builder import CODES
from xlreport.workbook.layout.cells import Formula, Text
from xlreport.workbook.locate import Located
from xlreport.workbook.snapshot import Raw
from xlreport.workbook.submission import Submission

_NOISE = re.compile(r"[\s'$]|_XLFN\.")
_NOISE_AT_ZERO, _NOISE_PER_UNIT = Decimal("1e-9"), Decimal("2e-15")
_TOGETHER = 5
"""From so many cells of a sheet with one and the same harmless fault on, one finding names them all."""
_COLOURED = 200
"""Cells outside the form that a finding gives one by one."""
_HARMLESS = {
    "WBK020": "公式被数值替换或清空，数值与计算结果一致",
    "WBK021": "公式被改动，结果与计算结果一致",
    "WBK022": "显示的结果不是最新的，报告以重新计算的结果为准",
}
_RESTORE = (
    "灰色单元格由公式计算，不要填写。请从空白模板复制该单元格的公式粘贴回来，或在下发的工作簿中重新填写"
)


def integrity(submission: Submission) -> Iterator[Finding]:
    """Labels, formulas and locks are those of the template; nothing stands outside the form."""
    for located in submission.sheets.values():
        if located is not None:
            yield from _together(located, list(_computed(submission, located)))
            if located.in_place:
                yield from _labels(located)
                yield from _outside(submission, located)
    yield from _locks(submission)


# Formulas --------------------------------------------------------------------------------------------


def _computed(submission: Submission, located: Located) -> Iterator[Finding]:
    for cell in located.sheet.cells:
        if isinstance(cell, Formula) and cell.subject in submission.form.computed:
            position = located.position(cell.area.top, cell.area.left)
            if position is not None:
                yield from _computed_cell(submission, located, cell, position)


def _together(located: Located, findings: list[Finding]) -> Iterator[Finding]:
    """Many cells of a sheet with one harmless fault are one finding; errors keep both their sides."""
    alike: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity is Severity.ERROR:
            yield finding
        else:
            alike[finding.code].append(finding)
    for code, several in alike.items():
        if len(several) < _TOGETHER:
            yield from several
        else:
            cells = tuple(finding.cell for finding in several)
            message = f"{located.sheet.name} {listed(cells)} 共 {len(several)} 格：{_HARMLESS[code]}。"
            yield replace(several[0], message=message, expected="", found="", cells=cells)


def _computed_cell(
    submission: Submission, located: Located, cell: Formula, position: tuple[int, int]
) -> Iterator[Finding]:
    """At most one finding: the formula is gone, is another one, or shows a stale result."""
    formula = located.found.formulas.get(position)
    raw = located.found.raw(*position)
    uncertain = _depends_on_oddities(submission, cell.subject)
    expected = submission.values.get(cell.subject)
    agrees = uncertain or _agrees(raw, expected)
    if formula is None:
        code, words = "WBK020", "公式被清空" if raw == "" else f"公式被“{_shown(raw)}”替换"
        agrees = agrees or raw == ""
    elif located.in_place and _canonical(formula) != _canonical(submission.layout.excel[cell.subject]):
        code, words = "WBK021", f"公式被改成“={formula[:60]}”，结果为 {_shown(raw)}"
    elif raw == "" or agrees:
        return
    else:
        code, words = "WBK022", f"显示的结果 {_shown(raw)} 不是最新的"
    stale = code == "WBK022"
    severity = Severity.WARNING if agrees or stale else Severity.ERROR
    name = f"{located.sheet.name} {a1(*position)}（{Words(submission.form).cell(cell.subject)}）"
    fix = "请打开工作簿重新计算（按 F9）并保存；报告以重新计算的结果为准" if stale else _RESTORE
    yield Finding(
        code,
        severity,
        f"{name}：{words}，{_verdict(raw, expected, agrees)}。",
        fix,
        cell.subject,
        located.found.name,
        a1(*position),
        expected=number(expected),
        found=_shown(raw),
    )


def _depends_on_oddities(submission: Submission, subject: str) -> bool:
    """True if an input behind the cell is text or worse: its own finding explains the difference."""
    for cell in submission.form.computed[subject].inputs:
        reading = submission.readings.get(cell)
        if reading is None or reading.understood.trouble is not None:
            return True
    return False


def _agrees(raw: Raw, expected: Value) -> bool:
    """Equal but for what a spreadsheet's floating point numbers add."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not isinstance(expected, int | Decimal):
        return False
    shown = Decimal(repr(raw))
    noise = _NOISE_AT_ZERO + _NOISE_PER_UNIT * abs(Decimal(expected))
    return shown.is_finite() and abs(shown - expected) <= noise


def _verdict(raw: Raw, expected: Value, agrees: bool) -> str:
    if agrees or not isinstance(expected, int | Decimal):
        return f"按各项计算为 {number(expected)}"
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return f"按各项计算应为 {number(expected)}"
    difference = exact(Decimal(repr(raw)) - Decimal(expected))
    return f"按各项计算应为 {number(expected)}，相差 {number(difference)}"


def _canonical(formula: str) -> str:
    """A formula's text without what programs add or drop when they re-save it."""
    return _NOISE.sub("", formula.removeprefix("=").upper())


def _shown(raw: Raw) -> str:
    if isinstance(raw, float):
        return number(exact(Decimal(repr(raw)))) if isfinite(raw) else "?"
    return "空" if raw == "" else str(raw)[:20]


# Labels, locks, strangers ----------------------------------------------------------------------------


def _labels(located: Located) -> Iterator[Finding]:
    for cell in located.sheet.cells:
        if not isinstance(cell, Text) or not cell.guarded:
            continue
        found = located.found.raw(cell.area.top, cell.area.left)
        if _plain(str(found)) != _plain(cell.text):
            name = f"{located.sheet.name} {cell.area.first}"
            now = f"被改成“{str(found)[:30]}”" if found != "" else "被清空"
            message = f"{name}：表样文字“{cell.text[:30]}”{now}。"
            fix = f"请改回“{cell.text}”；需要说明的内容写到“备注”"
            yield Finding(
                "WBK023",
                Severity.ERROR,
                message,
                fix,
                f"{located.sheet.name}!{cell.area.first}",
                located.found.name,
                cell.area.first,
                expected=cell.text,
                found=str(found),
            )


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _outside(submission: Submission, located: Located) -> Iterator[Finding]:
    """Cells with content where the template has none: on the form's own sheets it would be lost."""
    own = located.sheet.name in {section.tab for section in submission.form.sections}
    taken = located.sheet.taken
    strange = [
        (row, column)
        for row, values in enumerate(located.found.rows)
        if not _is_loose(located, row, values)
        for column, value in enumerate(values)
        if value != "" and (row, column) not in taken and str(value).strip()
    ]
    if strange:
        places = "、".join(a1(*place) for place in strange[:8]) + ("等" if len(strange) > 8 else "")
        message = f"“{located.found.name}”在表格以外填写了内容（{places}），这些内容不会进入报告。"
        fix = "请把内容移到相应的单元格或“备注”，再清空表格以外的单元格；清单行数不够的，请把相近的类别合并"
        severity = Severity.ERROR if own else Severity.WARNING
        first = strange[0]
        area = Area.cell(located.sheet.name, *first)
        subject = f"{located.sheet.name}!{area.first}"
        cells = tuple(a1(*place) for place in strange[:_COLOURED]) if len(strange) > 1 else ()
        yield Finding("WBK025", severity, message, fix, subject, located.found.name, area.first, cells=cells)


def _is_loose(located: Located, row: int, values: Sequence[Raw]) -> bool:
    """True for a row of an answer that this edition of the form does not have, or has elsewhere."""
    code = str(values[CODES]) if len(values) > CODES else ""
    return row >= located.sheet.loose and code.startswith(f"{EXPLANATION}[")


def _locks(submission: Submission) -> Iterator[Finding]:
    open_ = [s.found.name for s in submission.sheets.values() if s is not None and not s.found.protected]
    if open_:
        message = f"工作表保护被取消：{'、'.join(open_)}。"
        fix = "数字已按原公式重新核对。下次请在受保护的工作簿中填写，不要取消保护"
        yield Finding("WBK024", Severity.WARNING, message, fix, "_protection", open_[0])
