"""Rules: is what the template fixed still as it was: labels, formulas, locks, empty places?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from xlreport.area import a1
from xlreport.cleaning import squeezed
from xlreport.expression import Expression
from xlreport.finding import Finding, Severity
from xlreport.form.calculate import Calculator
from xlreport.form.exact import exact
from xlreport.form.naming import Naming, number
from xlreport.formats.snapshot import Raw
from xlreport.formula.evaluate import EvaluationError
from xlreport.formula.nodes import Value
from xlreport.formula.tree import subjects
from xlreport.layout.builder import CODES
from xlreport.layout.cells import Constant, Formula
from xlreport.origin import InCell
from xlreport.rule import own_rule
from xlreport.stored import figure, is_number, shown, told
from xlreport.subject import Subject
from xlreport.verify.places import ranges_of
from xlreport.workbook.locate import Located
from xlreport.workbook.submission import Submission

_NOISE = Expression(r"[\s'$]|_XLFN\.")
_NOISE_AT_ZERO, _NOISE_PER_UNIT = Decimal("1e-9"), Decimal("2e-15")
_STALE = "WBK022"
_TOGETHER = 5
"""From so many cells of a sheet with one and the same harmless fault on, one finding names them all."""
_COLOURED = 200
"""Cells outside the form that a finding gives one by one."""
_HARMLESS = {
    "WBK020": "公式被数值替换或清空，数值与计算结果一致",
    "WBK021": "公式被改动，结果与计算结果一致",
    _STALE: "显示的结果不是最新的，报告以重新计算的结果为准",
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
            if not (located.lost_rows or located.lost_columns):
                yield from _outside(submission, located)
    yield from _locks(submission)


# Formulas --------------------------------------------------------------------------------------------


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
    formula = located.found.formulas.get(position)
    raw = located.found.raw(*position)
    expected = submission.values.get(cell.subject)
    agrees = _agrees(raw, expected) or not _is_known(submission, cell.subject)
    if formula is None:
        code, words = "WBK020", "公式被清空" if raw == "" else f"公式被“{_shown(raw)}”替换"
        agrees = agrees or raw == ""
    elif located.in_place and _canonical(formula) != _canonical(submission.layout.computed[cell.subject]):
        code, words = "WBK021", f"公式被改成“={formula[:60]}”，结果为 {_shown(raw)}"
    elif raw == "" or agrees or _follows_cells(submission, cell.subject, raw):
        return
    else:
        code, words = _STALE, f"显示的结果 {_shown(raw)} 不是最新的"
    stale = code == _STALE
    severity = Severity.WARNING if agrees or stale else Severity.ERROR
    origin = InCell(located.found.name, a1(*position))
    name = f"{located.sheet.name} {origin.cell}（{Naming(submission.form).cell(cell.subject)}）"
    fix = "请打开工作簿重新计算（按 F9）并保存；报告以重新计算的结果为准" if stale else _RESTORE
    yield own_rule(code).finding(
        f"{name}：{words}，{_verdict(raw, expected, agrees)}。",
        fix,
        cell.subject,
        origin,
        severity=severity,
        expected=number(expected),
        found=_shown(raw),
    )


def _is_known(submission: Submission, subject: Subject) -> bool:
    """True if every input behind the cell is there and understood, so that its figure is certain."""
    readings = map(submission.readings.get, submission.form.computed[subject].inputs)
    return all(reading is not None and reading.understood.usable for reading in readings)


def _follows_cells(submission: Submission, subject: Subject, raw: Raw) -> bool:
    """True if it is what a spreadsheet makes of inputs that are told of themselves: a text is not added."""
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


def _shown(raw: Raw, most: int = 20) -> str:
    return told(raw)[:most] or "空"


# Labels, locks, strangers ----------------------------------------------------------------------------


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
    now = f"被改成“{_shown(found, 30)}”" if found != "" else "被清空"
    if formula is not None:
        now = f"被改成公式“={formula[:30]}”，打开时显示什么由公式决定"
    return own_rule("WBK023").finding(
        f"{located.sheet.name} {cell.area.first}：表样文字“{cell.text[:30]}”{now}。",
        f"请改回“{cell.text}”；需要说明的内容写到“备注”",
        f"{located.sheet.name}!{cell.area.first}",
        InCell(located.found.name, cell.area.first),
        expected=cell.text,
        found=_shown(found, 200) if found != "" else "",
    )


def _outside(submission: Submission, located: Located) -> Iterator[Finding]:
    """Cells with content where the template has none or its own words: on a form's sheet it would be lost."""
    own = located.sheet.name in {section.tab for section in submission.form.sections}
    strange = _strange(
        located, same_words=located.in_place and submission.stamp.definition == submission.form.definition
    )
    if strange:
        places = "、".join(a1(*place) for place in strange[:8]) + ("等" if len(strange) > 8 else "")
        message = f"“{located.found.name}”在表格以外填写了内容（{places}），这些内容不会进入报告。"
        fix = "请把内容移到相应的单元格或“备注”，再清空表格以外的单元格；清单行数不够的，请把相近的类别合并"
        severity = Severity.ERROR if own else Severity.WARNING
        origin = InCell(located.found.name, a1(*strange[0]))
        subject = f"{located.sheet.name}!{origin.cell}"
        cells = tuple(a1(*place) for place in strange[:_COLOURED]) if len(strange) > 1 else ()
        yield own_rule("WBK025").finding(message, fix, subject, origin, severity=severity, cells=cells)


def _strange(located: Located, *, same_words: bool) -> list[tuple[int, int]]:
    """Where contents stand that are not the template's; its own words, moved along, are.

    An earlier edition may explain things in other words: then only places without any are looked at.
    """
    sheet, found = located.sheet, located.found
    explains = sheet.explanations if same_words else frozenset()
    free = sorted(
        place
        for place in _free(located, explains)
        if place in found.formulas or squeezed(shown(found.raw(*place)))
    )
    moved = not located.in_place or not sheet.codes
    strange = []
    for row, alike in groupby(free, key=itemgetter(0)):
        if _is_loose(located, row):
            continue
        here = list(alike)
        own = {place for place in here if _is_own(located, place)}
        strange += [place for place in here if place not in own and not (moved and _is_along(located, place))]
    return strange


def _is_along(located: Located, place: tuple[int, int]) -> bool:
    """True for a formula that may be one of the template's that has moved, and not a text in its place."""
    return place in located.found.formulas and located.found.raw(*place) != located.sheet.said.get(place)


def _is_own(located: Located, place: tuple[int, int]) -> bool:
    """True for the template's own words, wherever they have gone."""
    words = squeezed(shown(located.found.raw(*place)))
    return words in located.sheet.own_words and place not in located.found.formulas


def _free(located: Located, explains: Set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Filled cells where the template has nothing, or an explanation that now says something else.

    A formula may say something else whenever it is computed.
    """
    cells, formulas, at_home = located.found.cells, located.found.formulas, located.home
    yield from (place for place in cells if place not in at_home)
    yield from (place for place in formulas if place not in at_home and place not in cells)
    for position in explains if located.intact else [p for p, place in at_home.items() if place in explains]:
        value, said = cells.get(position, ""), located.sheet.said[at_home[position]]
        is_other = value not in ("", said) and squeezed(shown(value)) not in squeezed(said)  # not only less
        if is_other or position in formulas:
            yield position


def _is_loose(located: Located, row: int) -> bool:
    """True for a row of an answer that this edition of the form does not have, or has elsewhere."""
    if row < located.sheet.loose or (row, CODES) not in located.found.cells:
        return False
    try:
        return Subject.parse(str(located.found.raw(row, CODES))).is_answer
    except ValueError:
        return False


def _locks(submission: Submission) -> Iterator[Finding]:
    open_ = [s.found.name for s in submission.sheets.values() if s is not None and not s.found.protected]
    if open_:
        message = f"工作表保护被取消：{'、'.join(open_)}。"
        fix = "数字已按原公式重新核对。下次请在受保护的工作簿中填写，不要取消保护"
        yield own_rule("WBK024").finding(message, fix, "_protection", sheet=open_[0])
