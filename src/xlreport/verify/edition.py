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
    form, stamped = submission.form, submission.stamp.year
    reading = submission.readings.get(form.year_field)
    if reading is None or stamped is None:
        return
    year = reading.understood.value
    if year != stamped:
        message = f"封面年度为 {'空' if year is None else year}，而工作簿是为 {stamped} 年度下发的。"
        fix = f"请把封面年度改回 {stamped}；如要填报其他年度，请使用该年度的模板"
        yield Finding(
            "WBK026",
            Severity.ERROR,
            message,
            fix,
            form.year_field,
            reading.sheet,
            reading.cell,
            expected=str(stamped),
            found="" if year is None else str(year),
        )
