"""Gate: does the edition of the workbook fit the year, and the stamp the cover?"""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Severity
from xlreport.workbook.submission import Submission

_ASK = "请向收表单位索取 {year} 年度的模板重新填写"


def edition(submission: Submission) -> Iterator[Finding]:
    """The form serves the year reported on; the year on the cover is the one stamped."""
    form, year = submission.form, submission.year
    if year is not None and not form.serves(year):
        message = f"“{form.title}”（{form.edition} 版）不适用于 {year} 年度。"
        yield Finding("WBK005", Severity.ERROR, message, _ASK.format(year=year), form.year_field)
    yield from _cover(submission)
    if submission.stamp.definition != form.definition and submission.in_place:
        message = "工作簿由另一版本的报表定义生成，表样与现行定义一致，可以正常读取。"
        yield Finding("WBK004", Severity.NOTE, message, "下次请使用新下发的模板", "_xlreport")


def _cover(submission: Submission) -> Iterator[Finding]:
    """The cover against the stamp. What is blank or not understood there has a finding of its own."""
    form, stamp = submission.form, submission.stamp
    year = submission.inputs.get(form.year_field)
    if stamp.year is not None and year is not None and year != stamp.year:
        words = f"封面年度为 {year}，而工作簿是为 {stamp.year} 年度下发的。"
        fix = f"请把封面年度改回 {stamp.year}；如要填报其他年度，请使用该年度的模板"
        yield _differs(submission, form.year_field, Severity.ERROR, words, fix, str(stamp.year))
    unit = submission.inputs.get(form.unit_field)
    wrong = unit is not None and submission.readings[form.unit_field].understood.trouble is not None
    if stamp.unit and unit is not None and unit != stamp.unit and not wrong:
        words = f"封面填的是“{unit}”，而工作簿是为“{stamp.unit}”下发的。"
        fix = "请核对：是否用了别的单位的工作簿。单位改名或下发时写错的，可以不改"
        yield _differs(submission, form.unit_field, Severity.WARNING, words, fix, stamp.unit)


def _differs(
    submission: Submission, subject: str, severity: Severity, message: str, fix: str, expected: str
) -> Finding:
    reading = submission.readings[subject]
    found = str(submission.inputs[subject])
    return Finding(
        "WBK026", severity, message, fix, subject, reading.sheet, reading.cell, expected=expected, found=found
    )
