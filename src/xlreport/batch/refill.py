"""A fresh workbook with what can be read of a damaged, older or unlocked return."""

from __future__ import annotations

from dataclasses import replace

from xlreport.archive.last_year import LastYear
from xlreport.batch.carry_over import CarryOver, RefillRemark
from xlreport.form.coerce import coerce
from xlreport.form.editions import edition_for
from xlreport.form.last_year import wanted_by
from xlreport.form.load import load_issued, resize
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.frozen import frozen
from xlreport.layout.stamped_sum import StampedSum
from xlreport.subject import Subject
from xlreport.workbook.addenda import SumTold
from xlreport.workbook.review import Review
from xlreport.workbook.review.annotate import annotate_new
from xlreport.workbook.submission import Submission
from xlreport.workbook.write import write_workbook


@frozen
class Refilled:
    """The new workbook's form and values, how many of the filled inputs it has, and what is to be said."""

    form: Form
    unit: str
    year: int
    values: dict[Subject, Value]
    filled: int
    remarks: tuple[RefillRemark, ...]
    prior: Values
    """Last year's figures as the old workbook was issued with them."""
    sum: StampedSum | None = None
    """What its stamp says where the figures are a sum; the sheets that tell of it are not carried over."""
    review: Review | None = None
    """What is written into the new workbook of where its values are from."""

    @property
    def carried(self) -> int:
        """How many inputs of the old workbook are in the new one."""
        return len(self.values)

    @property
    def complete(self) -> bool:
        """True if nothing of the old workbook is missing in the new one."""
        return not any(remark.lost for remark in self.remarks)

    def workbook(self) -> bytes:
        """The new workbook."""
        told = SumTold((), self.sum.missing, self.sum.adjustments) if self.sum is not None else None
        written = write_workbook(self.form, self.values, prior=self.prior, told=told)
        return written if self.review is None else annotate_new(written, self.review)


class CannotRefill(Exception):
    """Why no template can be filled from a workbook, and what to do; in Chinese."""


def refill(old: Submission, unit: str = "", year: int | None = None) -> Refilled:
    """What of `old` goes into a fresh template. `unit` and `year`, if given, go before the old ones.

    Raises CannotRefill where unit or year are not known, or no edition serves the year.
    """
    year = year if year is not None else old.year
    if not (unit or old.unit):
        raise CannotRefill("文件里找不到填报单位的名称，请用 --unit 给出")
    if year is None:
        raise CannotRefill("文件里找不到报告年度，请用 --year 给出")
    form = _fresh(old, year)
    if unit:
        check_unit(form, unit)
    unit = unit or old.unit
    carried = CarryOver(old, form, unit, year)
    remarks = tuple(carried.remarks())
    prior = old.prior if year == old.year else {}
    return Refilled(form, unit, year, carried.values, carried.filled, remarks, prior, old.stamp.sum)


def check_unit(form: Form, unit: str) -> None:
    """Raises CannotRefill where the form's field for the unit cannot hold this name."""
    try:
        coerce(form.fields[form.unit_field], unit)
    except ValueError as error:
        raise CannotRefill(f"--unit 给出的单位名称用不了：{error}") from error


def _fresh(old: Submission, year: int) -> Form:
    """The edition for the year, its lists as long as those of the old workbook."""
    form = edition_for(load_issued(old.form.id), year)
    if form is None:
        raise CannotRefill(f"没有适用于 {year} 年度的“{old.form.title}”模板，请用 --year 给出正确的年度")
    lines = {
        name: max(listing.rows, old.form.listings[name].rows)
        for name, listing in form.listings.items()
        if name in old.form.listings
    }
    return resize(form, tuple(sorted(lines.items())))


def with_last_year(refilled: Refilled, last: LastYear) -> Refilled:
    """The same with last year's figures, and what is to be said of finding them."""
    search = last.find(wanted_by(refilled.form, refilled.values, refilled.unit, refilled.year))
    if search is None:
        return refilled
    told = (RefillRemark(each.message.removesuffix("。"), each.fix, lost=False) for each in search.findings)
    prior = search.values or refilled.prior
    return replace(refilled, prior=prior, remarks=(*refilled.remarks, *told))
