"""Rules: are last year's figures still those that the workbook was issued with?"""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.area import a1
from xlreport.finding import Finding
from xlreport.form.naming import Naming, number
from xlreport.formula.nodes import Value
from xlreport.layout.cells import Given
from xlreport.origin import InCell
from xlreport.rule import own_rule
from xlreport.stored import told_shortly
from xlreport.subject import Subject
from xlreport.workbook.locate import Located
from xlreport.workbook.normalise import normalise
from xlreport.workbook.submission import Submission


def issued(submission: Submission) -> Iterator[Finding]:
    """The locked figures of last year stand as the stamp has them."""
    given = {cell.area.sheet for cell in submission.layout.given}
    for name, located in submission.sheets.items():
        if located is not None and name in given:
            yield from _sheet(submission, located)


def _sheet(submission: Submission, located: Located) -> Iterator[Finding]:
    for cell in located.sheet.cells:
        if not isinstance(cell, Given):
            continue
        position = located.position(cell.area.top, cell.area.left)
        text = submission.stamp.prior.get(cell.subject, "")
        expected = normalise(cell.field, text).value
        if position is not None:
            raw, formula = located.found.raw(*position), located.found.formulas.get(position)
            understood = normalise(cell.field, raw)
            if formula is not None or not understood.usable or understood.value != expected:
                now = told_shortly(raw) if formula is None else f"公式“={formula[:20]}”"
                yield _finding(submission, located, cell.subject, a1(*position), expected, now)


def _finding(
    submission: Submission, located: Located, subject: Subject, place: str, expected: Value, found: str
) -> Finding:
    origin = InCell(located.found.name, place)
    label = Naming(submission.form).cell(subject.this_year)
    issued = "没有数" if expected is None else f"是 {number(expected)}"
    message = f"{origin.place}（{label}）：下发时{issued}，现在是 {found}。上年的数不能改动，以下发时的为准。"
    fix = "请恢复下发时的数。上年报告的数有误的，请联系下发单位更正后重新下发"
    return own_rule("YOY904").finding(message, fix, subject, origin, expected=number(expected), found=found)
