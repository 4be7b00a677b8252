"""A published report poured into a fresh workbook, with a sheet of where each value is from and its proof.

What is certain is filled in. A doubtful figure stays empty, marked, with what is printed and what the totals
propose in a comment: a person decides. What a report does not print is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from xlreport.batch.carry_over import RefillRemark
from xlreport.batch.refill import CannotRefill, Refilled, check_unit
from xlreport.finding import SEVERITY_WORDS, Finding, Severity
from xlreport.form.cells import cells_of
from xlreport.form.coerce import coerce
from xlreport.form.editions import edition_for
from xlreport.form.load import load_issued
from xlreport.form.model import Form
from xlreport.form.naming import Naming
from xlreport.formula.nodes import Value
from xlreport.layout import Layout, lay_out
from xlreport.origin import InCell, InParagraphs
from xlreport.published.findings import doubt, findings_of
from xlreport.published.proof import Reliance, Weighed
from xlreport.published.read import PublishedReport
from xlreport.report.recognised import without_generated
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.workbook.review import REVIEW_TAB, Mark, Remark, Review

_LISTED = "下面先列没有填入的数字，再列每一格取自报告何处、如何证实。"
_HOW = "点“位置”跳到单元格。红框的单元格请对照报告原文填写；报告没有的内容另行填写，再报送。"
_PROOF: Mapping[Reliance, str] = {
    Reliance.PROVEN: "与表内合计相符",
    Reliance.PRINTED: "没有合计可以验算，请对照原文",
}
_NAMED = 8
_MOST_TEXT = 20


def refill_published(report: PublishedReport, name: str, unit: str = "", year: int | None = None) -> Refilled:
    """What of the report in the file of that name goes into a fresh template.

    Raises CannotRefill where unit or year are not known, or no edition serves the year.
    """
    report = without_generated(report)
    unit, year = unit or report.unit, year if year is not None else report.year
    form = _fresh(report, unit, year)
    layout = lay_out(form)
    values = _values(report, form)
    says = {form.unit_field: unit, form.year_field: year}
    findings = [*_doubts(report, layout), *provenance(report, layout)]
    return Refilled(
        form,
        unit,
        year or 0,
        {**values, **{s: coerce(form.fields[s], value) for s, value in says.items()}},
        len(report.inputs.keys() | report.unusable - report.form.computed.keys()),
        tuple(_remarks(report, layout, values)),
        {},
        review=_review(report, form, name, findings),
    )


def _fresh(report: PublishedReport, unit: str, year: int | None) -> Form:
    if not unit:
        raise CannotRefill("报告里找不到单位的名称，请用 --unit 给出")
    if year is None:
        raise CannotRefill("报告里找不到报告年度，请用 --year 给出")
    form = edition_for(load_issued(report.form.id), year)
    if form is None:
        raise CannotRefill(f"没有适用于 {year} 年度的“{report.form.title}”模板，请用 --year 给出正确的年度")
    check_unit(form, unit)
    return form


def _values(report: PublishedReport, form: Form) -> dict[Subject, Value]:
    """What is certain, as far as the fresh template has a place that can hold it."""
    fields = cells_of(form)
    values: dict[Subject, Value] = {}
    for subject, value in report.inputs.items():
        if subject in fields and subject not in form.computed:
            with suppress(ValueError):
                values[subject] = coerce(fields[subject], value)
    return values


# What is told at once --------------------------------------------------------------------------------


def _remarks(
    report: PublishedReport, layout: Layout, values: Mapping[Subject, Value]
) -> Iterator[RefillRemark]:
    for finding in findings_of(report):
        lost = finding.severity is Severity.ERROR
        yield RefillRemark(finding.message.removesuffix("。"), finding.fix if lost else "", lost)
    for subject, value in report.inputs.items():
        known = subject in values or subject in (report.form.unit_field, report.form.year_field)
        if not known and subject not in report.form.computed:
            text = f"{Naming(report.form).cell(subject)}：“{str(value)[:_MOST_TEXT]}”新模板放不下，没有带入"
            yield RefillRemark(text, "请在新工作簿中另行填写", lost=True)
    yield from _not_printed(report, layout)


def _not_printed(report: PublishedReport, layout: Layout) -> Iterator[RefillRemark]:
    """Required cells that no report states: single ones; tables have findings of their own."""
    form = layout.form
    missing = [
        field
        for subject, field in form.fields.items()
        if field.required and not field.fixed and subject not in report.inputs and subject != form.unit_field
    ]
    names = "、".join(field.label for field in missing[:_NAMED])
    if names:
        more = f"等 {len(missing)} 项" if len(missing) > _NAMED else ""
        yield RefillRemark(f"报告里没有：{names}{more}", "请在新工作簿中填写", lost=False)


# What is written into the workbook -------------------------------------------------------------------


def _doubts(report: PublishedReport, layout: Layout) -> Iterator[Finding]:
    """One for each input that stays empty, at the new workbook's cell."""
    words = Naming(report.form)
    for subject, cell in report.cells.items():
        origin = layout.origins.get(subject)
        if not cell.taken and subject not in report.form.computed and origin is not None:
            message = f"{words.cell(subject)}：取自报告{cell.printed.origin.place}，{doubt(cell)}。"
            fix = "请对照报告原文填写这一格"
            yield own_rule("RPT003").finding(message, fix, subject, origin)


def provenance(report: PublishedReport, layout: Layout) -> Iterator[Finding]:
    """Where each value that is filled in stands in the report, and what proves it."""
    words = Naming(report.form)
    for subject in filter(report.inputs.__contains__, cells_of(report.form)):
        origin = layout.origins.get(subject)
        if origin is not None:
            message = f"{words.cell(subject)}：{_source(report, subject)}。"
            yield own_rule("RPT008").finding(message, "", subject, origin)


def _source(report: PublishedReport, subject: Subject) -> str:
    cell = report.cells.get(subject)
    if cell is not None:
        return f"取自报告{cell.printed.origin.place}，印的是“{cell.printed.text.strip()}”，{_proof(cell)}"
    origin = report.origins.get(subject)
    if origin is None:
        return "由报告里按数字生成的句子读出，重新生成的句子与报告相同"
    at = origin.at(0) if isinstance(origin, InParagraphs) else origin
    return f"取自报告{at.place}起的文字"


def _proof(cell: Weighed) -> str:
    return ("表示零，" if cell.printed.dash else "") + _PROOF[cell.standing]


def _review(report: PublishedReport, form: Form, name: str, findings: list[Finding]) -> Review:
    source = f"{report.unit}　{report.year or ''} 年度　{name}"
    doubts = [finding for finding in findings if finding.severity is Severity.ERROR]
    counts = f"填入 {len(findings) - len(doubts)} 格，需要核对 {len(doubts)} 格。"
    return Review(
        title=REVIEW_TAB,
        lines=(f"{form.title}的填写来源：{source}", counts + _LISTED, _HOW),
        remarks=tuple(map(_line, findings)),
        marks=tuple(Mark(f.sheet, f.cell, f.severity, f.message) for f in doubts),
    )


def _line(finding: Finding) -> Remark:
    place = InCell(finding.sheet, finding.cell).place
    problem = f"{finding.message}（{finding.code}）"
    level = SEVERITY_WORDS[finding.severity]
    return Remark(finding.severity, level, place, problem, finding.fix, "", finding.sheet, finding.cell)
