"""The 上年数据 sheet, where last year's figures stand."""

from __future__ import annotations

from xlreport.form.cells import cells_of
from xlreport.form.model import Form
from xlreport.form.naming import Naming
from xlreport.layout.builder import SheetBuilder
from xlreport.layout.cells import Given, Look, Sheet
from xlreport.subject import Subject

PRIOR_TAB = "上年数据"
_WIDTHS = {1: 18, 2: 52, 3: 16, 4: 10}
_TAB, _NAME, _FIGURE, _UNIT = range(1, 5)
_HEADS = ("工作表", "指标", "上年数", "单位")
_INTRO = (
    "下列数字取自本机关上年的报告，下发工作簿时已经填好，用于与本年的数字核对，不需要也不能填写。"
    "与上年报告不符的，请联系下发单位重新下发，不要自行改动。"
)


def prior_sheet(form: Form) -> Sheet:
    """One row per figure of last year that checks read, in the order of the form."""
    sheet = SheetBuilder(PRIOR_TAB, dict(_WIDTHS))
    sheet.prior = True
    sheet.text(sheet.area(1, _UNIT), Look.TITLE, PRIOR_TAB)
    sheet.row += 1
    sheet.text(sheet.area(1, _UNIT), Look.INTRO, _INTRO)
    sheet.row += 1
    sheet.codes[sheet.row, _FIGURE] = Subject.cell("figures", "", "").last_year
    sheet.hidden_rows.add(sheet.row)
    sheet.row += 1
    for column, head in enumerate(_HEADS, start=1):
        sheet.text(sheet.area(column), Look.HEAD, head, guarded=True)
    sheet.row += 1
    sheet.freeze, sheet.repeat = (sheet.row, 0), (0, sheet.row - 1)
    for subject in prior_subjects(form):
        _row(sheet, form, subject)
    return sheet.build()


def prior_subjects(form: Form) -> list[Subject]:
    """Last year's figures that checks read, as `prior.…`, in the order of the form."""
    return [subject.last_year for subject in cells_of(form) if subject.last_year in form.prior]


def _row(sheet: SheetBuilder, form: Form, prior: Subject) -> None:
    subject = prior.this_year
    field = cells_of(form)[subject]
    sheet.text(sheet.area(_TAB), Look.PLAIN, form.section_of(subject).tab)
    sheet.text(sheet.area(_NAME), Look.PLAIN, Naming(form).cell(subject), guarded=True)
    sheet.add(Given(sheet.area(_FIGURE), Look.FIXED, prior, field))
    sheet.text(sheet.area(_UNIT), Look.CENTRED, field.unit)
    sheet.code(prior)
    sheet.at_least(sheet.row, 20)
    sheet.row += 1
