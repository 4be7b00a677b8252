"""What is wrong with the formulas of a return: replaced by a value, changed, or with an old result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from xlreport.area import a1
from xlreport.expression import Expression
from xlreport.finding import Finding, Severity
from xlreport.form.calculate import Calculator
from xlreport.form.exact import exact
from xlreport.form.naming import Naming, number
from xlreport.formats.snapshot import Raw
from xlreport.formula.evaluate import EvaluationError
from xlreport.formula.nodes import Value
from xlreport.formula.tree import subjects
from xlreport.layout.cells import Formula
from xlreport.origin import InCell
from xlreport.rule import own_rule
from xlreport.stored import figure, is_number, told_shortly
from xlreport.subject import Subject
from xlreport.verify.places import ranges_of
from xlreport.workbook.locate import Located
from xlreport.workbook.submission import Submission

_NOISE = Expression(r"[\s'$]|_XLFN\.")
_NOISE_AT_ZERO, _NOISE_PER_UNIT = Decimal("1e-9"), Decimal("2e-15")
_STALE = "WBK022"
_TOGETHER = 5
"""From so many cells of a sheet with one and the same harmless fault on, one finding names them all."""
_HARMLESS = {
    "WBK020": "公式被数值替换或清空，数值与计算结果一致",
    "WBK021": "公式被改动，结果与计算结果一致",
    _STALE: "显示的结果不是最新的，报告以重新计算的结果为准",
}
_RESTORE = (
    "灰色单元格由公式计算，不要填写。请从空白模板复制该单元格的公式粘贴回来，或在下发的工作簿中重新填写"
)


def changed_formulas(submission: Submission, located: Located) -> Iterator[Finding]:
    """Findings on the formulas of one sheet; the same harmless fault in many cells is one finding."""
    yield from _together(located, list(_computed(submission, located)))


def _computed(submission: Submission, located: Located) -> Iterator[Finding]:
    """What is wrong with formulas; a result that is old only because of another such cell is its echo."""
    found: dict[Subject, Finding] = {}
    for cell in located.sheet.entries:
        if isinstance(cell, Formula) and cell.subject in submission.form.computed:
            position = located.position(cell.area.top, cell.area.left)
            if position is not None:
                for finding in _computed_cell(submission, located, cell, position):
                    found[cell.subject] = finding
    replaced = {subject for subject, finding in found.items() if finding.code != _STALE}
    for subject, finding in found.items():
        if finding.code != _STALE or replaced.isdisjoint(subjects(submission.form.computed[subject].node)):
            yield finding


def _together(located: Located, findings: list[Finding]) -> Iterator[Finding]:
    """Many cells of a sheet with one harmless fault are one finding; errors keep both their sides."""
    alike: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity is Severity.ERROR or not (finding.code == _STALE or _is_harmless(finding)):
            yield finding
        else:
            alike[finding.code].append(finding)
    for code, several in alike.items():
        if len(several) < _TOGETHER:
            yield from several
        else:
            cells = tuple(finding.cell for finding in several)
            message = f"{located.sheet.name} {ranges_of(cells)} 共 {len(several)} 格：{_HARMLESS[code]}。"
            yield replace(several[0], message=message, expected="", found="", cells=cells)


def _is_harmless(finding: Finding) -> bool:
    return finding.found in (finding.expected, "空")


def _computed_cell(
    submission: Submission, located: Located, cell: Formula, position: tuple[int, int]
) -> Iterator[Finding]:
    """At most one finding: the formula is gone, is another one, or shows a stale result."""
    raw, expected = located.found.raw(*position), submission.values.get(cell.subject)
    formula = located.found.formulas.get(position)
    agrees = _agrees(raw, expected) or not _is_known(submission, cell.subject)
    if formula is None:
        code, words = "WBK020", "公式被清空" if raw == "" else f"公式被“{told_shortly(raw)}”替换"
        agrees = agrees or raw == ""
    elif located.in_place and _canonical(formula) != _canonical(submission.layout.computed[cell.subject]):
        code, words = "WBK021", f"公式被改成“={formula[:60]}”，结果为 {told_shortly(raw)}"
    elif raw == "" or agrees or _follows_cells(submission, cell.subject, raw):
        return
    else:
        code, words = _STALE, f"显示的结果 {told_shortly(raw)} 不是最新的"
    origin = InCell(located.found.name, a1(*position))
    place = f"{located.sheet.name} {origin.cell}（{Naming(submission.form).cell(cell.subject)}）"
    message = f"{place}：{words}，{_verdict(raw, expected, agrees)}。"
    yield own_rule(code).finding(
        message,
        "请打开工作簿重新计算（按 F9）并保存；报告以重新计算的结果为准" if code == _STALE else _RESTORE,
        cell.subject,
        origin,
        severity=Severity.WARNING if agrees or code == _STALE else Severity.ERROR,
        expected=number(expected),
        found=told_shortly(raw),
    )


def _is_known(submission: Submission, subject: Subject) -> bool:
    """True if every input behind the cell is there and understood, so that its figure is certain."""
    readings = map(submission.readings.get, submission.form.computed[subject].inputs)
    return all(reading is not None and reading.understood.usable for reading in readings)


def _follows_cells(submission: Submission, subject: Subject, raw: Raw) -> bool:
    """True if it is what a spreadsheet makes of inputs with findings of their own: a text is not added."""
    readings = list(map(submission.readings.get, submission.form.computed[subject].inputs))
    troubled = [reading for reading in readings if reading is None or reading.understood.trouble is not None]
    if None in troubled or (troubled and isinstance(raw, str)):
        return True
    stored = {each.subject: _stored(each.raw) for each in troubled if each is not None}
    changed = {**submission.inputs, **stored}
    try:
        return bool(stored) and _agrees(raw, Calculator(submission.form, changed).value(subject))
    except EvaluationError:
        return True


def _stored(raw: Raw) -> Value:
    """What a spreadsheet adds of a cell; nothing of a text."""
    return exact(figure(raw)) if is_number(raw) else None


def _agrees(raw: Raw, expected: Value) -> bool:
    """Equal as shown, or but for what a spreadsheet's floating point numbers add."""
    if not is_number(raw) or not isinstance(expected, int | Decimal):
        return False
    noise = _NOISE_AT_ZERO + _NOISE_PER_UNIT * abs(Decimal(expected))
    return figure(raw) == expected or abs(Decimal(raw) - expected) <= noise


def _verdict(raw: Raw, expected: Value, agrees: bool) -> str:
    if agrees or not isinstance(expected, int | Decimal):
        return f"按各项计算为 {number(expected)}"
    if not is_number(raw):
        return f"按各项计算应为 {number(expected)}"
    difference = exact(figure(raw) - Decimal(expected))
    return f"按各项计算应为 {number(expected)}，相差 {number(difference)}"


def _canonical(formula: str) -> str:
    """A formula's text without what programs add or drop when they re-save it."""
    return _NOISE.sub("", formula.removeprefix("=").upper())
