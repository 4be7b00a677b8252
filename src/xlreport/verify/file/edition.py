"""Rules: does the edition of the workbook fit the year, and the stamp the cover?"""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.finding import Finding, Severity
from xlreport.form.editions import EditionChange, change, edition_for, years_served
from xlreport.form.model import Form
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.unit import Unit
from xlreport.workbook.submission import Submission

_MOST = 8
"""Labels that a message names."""


def edition(submission: Submission) -> Iterator[Finding]:
    """The form serves the year reported on; the year on the cover is the one stamped."""
    form = submission.form
    year = _year_not_served(submission)
    if year is not None:
        yield _not_served(form, year, edition_for(form, year))
    yield from _cover(submission, year)
    if submission.stamp.definition != form.definition:
        yield from _other_definition(submission)


def _other_definition(submission: Submission) -> Iterator[Finding]:
    """An error where cells of the form are missing; moved rows and columns have findings of their own."""
    rule = own_rule("WBK004")
    if submission.in_place:
        message = "工作簿由另一版本的报表定义生成，表样与现行定义一致，可以正常读取。"
        yield rule.finding(message, "下次请使用新下发的模板", "_xlreport", severity=Severity.NOTE)
    elif not submission.whole:
        message = "工作簿由另一版本的报表定义生成，与现行表样不一致。"
        yield rule.finding(message, "请使用新下发的模板重新填写", "_xlreport")


def _year_not_served(submission: Submission) -> int | None:
    """The year that another edition is for: the one stamped, or the one that somebody made of it."""
    form, stamped = submission.form, submission.year
    if stamped is not None and not form.serves(stamped):
        return stamped
    covered = submission.inputs.get(form.year_field)
    if not isinstance(covered, int) or form.serves(covered) or edition_for(form, covered) is None:
        return None
    return covered


def _not_served(form: Form, year: int, right: Form | None) -> Finding:
    message = f"“{form.title}”（{form.edition} 版）适用于 {years_served(form)}，不适用于 {year} 年度。"
    fix = f"请向收表单位索取 {year} 年度的模板重新填写"
    if right is not None:
        changed = change(form, right)
        message += f"{year} 年度应填报 {right.edition} 版{_gone(changed)}。"
        fix = f"请向收表单位索取 {year} 年度的模板（{right.edition} 版）重新填写{_kept(changed)}"
    return own_rule("WBK005").finding(message, fix, form.year_field)


def _gone(changed: EditionChange) -> str:
    labels = "".join(f"“{label}”" for label in changed.gone[:_MOST])
    more = "等" if len(changed.gone) > _MOST else ""
    return f"，其中不再有{labels}{more}栏目" if labels else ""


def _kept(changed: EditionChange) -> str:
    if not changed.kept:
        return ""
    tabs = "".join(f"“{tab}”" for tab in changed.kept)
    split = "".join(f"，其中“{label}”一行要分成 {count} 行填报" for label, count in changed.split)
    return f"：{tabs}的数字可以逐行照抄{split}；其他各表按新的栏目填报"


def _cover(submission: Submission, not_served: int | None) -> Iterator[Finding]:
    """The cover against the stamp. What is blank or not understood there has a finding of its own."""
    form, stamp = submission.form, submission.stamp
    year = submission.inputs.get(form.year_field)
    if stamp.year is not None and year not in (None, stamp.year, not_served):
        words = f"{form.cover}年度为 {year}，而工作簿是为 {stamp.year} 年度下发的。"
        fix = f"请把{form.cover}年度改回 {stamp.year}；如要填报其他年度，请使用该年度的模板"
        yield _differs(submission, form.year_field, Severity.ERROR, words, fix, str(stamp.year))
    unit = submission.inputs.get(form.unit_field)
    wrong = unit is not None and submission.readings[form.unit_field].understood.trouble is not None
    if stamp.unit and unit is not None and not wrong and not Unit(str(unit)).same(Unit(stamp.unit)):
        words = f"{form.cover}填的是“{unit}”，而工作簿是为“{stamp.unit}”下发的。"
        fix = "请核对：是否用了别的单位的工作簿。单位改名或下发时写错的，可以不改"
        yield _differs(submission, form.unit_field, Severity.WARNING, words, fix, stamp.unit)


def _differs(
    submission: Submission, subject: Subject, severity: Severity, message: str, fix: str, expected: str
) -> Finding:
    origin, found = submission.origins[subject], str(submission.inputs[subject])
    return own_rule("WBK026").finding(
        message, fix, subject, origin, severity=severity, expected=expected, found=found
    )
