"""Pouring what can be read from a damaged, older or unlocked return into a fresh template.

Values go by subject, each understood anew as the fresh template's field. Whatever is not carried over
as it stood is said: where it stood, what stood there, why, and where to type it now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from xlreport.archive.last_year import LastYear
from xlreport.area import position
from xlreport.finding import Severity
from xlreport.form.cells import cells_of
from xlreport.form.coerce import coerce
from xlreport.form.editions import edition_for
from xlreport.form.field import Field, Kind
from xlreport.form.last_year import wanted_by
from xlreport.form.load import load_issued, resize
from xlreport.form.model import Form
from xlreport.form.naming import Naming, number
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.frozen import frozen
from xlreport.layout import Layout, lay_out
from xlreport.layout.stamped_sum import StampedSum
from xlreport.stored import figure, is_number, told
from xlreport.subject import Subject
from xlreport.verify.places import ranges_of
from xlreport.verify.verdict import verify
from xlreport.workbook.addenda import SumTold
from xlreport.workbook.normalise import Trouble, Understood, as_formula, normalise
from xlreport.workbook.review import Review
from xlreport.workbook.review.annotate import annotate_new
from xlreport.workbook.submission import Reading, Submission
from xlreport.workbook.write import write_workbook

_OUTSIDE = ("WBK014", "WBK025")
_INSTEAD = {"不会进入报告": "没有带入", "报告只用": "只带入了"}
_SWALLOWED = "WBK034"
_NAMED = 5
"""Cells named in a message about many."""
_EARLIEST = date(1900, 3, 1).isoformat()
"""Spreadsheets disagree about the days before."""
_TOO_EARLY = Understood(None, Trouble("VAL009", "早于 1900 年", "请按 2024-1-20 的样式填写"), usable=False)


@frozen
class RefillRemark:
    """Something to be said of the old workbook. `lost` if it is not in the new one."""

    text: str
    fix: str
    lost: bool


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
    return _Pouring(old, form, unit or old.unit, year).pour()


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


class _Pouring:
    """One workbook being poured into another."""

    def __init__(self, old: Submission, form: Form, unit: str, year: int) -> None:
        self._old = old
        self._form = form
        self._unit = unit
        self._year = year
        self._layout: Layout = lay_out(form)
        self._fields = cells_of(form)
        self._words = Naming(old.form)
        self._values: dict[Subject, Value] = {}
        self._filled = 0

    def pour(self) -> Refilled:
        """Everything, in the order in which it is told."""
        remarks = (
            *self._gone(),
            *(r for reading in self._inputs() for r in self._cell(reading)),
            *self._addressee(),
            *self._totals(),
            *self._outside(),
        )
        prior = self._old.prior if self._year == self._old.year else {}
        told = self._old.stamp.sum
        return Refilled(self._form, self._unit, self._year, self._values, self._filled, remarks, prior, told)

    # Cells ---------------------------------------------------------------------------------------

    def _inputs(self) -> Iterator[Reading]:
        """What stands in inputs, but for unit and year."""
        apart = (self._old.form.unit_field, self._old.form.year_field)
        for cell in self._old.layout.inputs:
            reading = self._old.readings.get(cell.subject)
            blank = reading is None or (reading.understood.value is None and self._is_optional(reading))
            if reading is not None and not blank and cell.subject not in apart:
                yield reading

    def _is_optional(self, reading: Reading) -> bool:
        """True for an empty cell that may be empty, also where a merged area covers it."""
        field = self._fields.get(reading.subject)
        optional = field is None or not field.required
        return reading.understood.usable or (reading.raw == "" and optional)

    def _cell(self, reading: Reading) -> Iterator[RefillRemark]:
        self._filled += 1
        field = self._fields.get(reading.subject)
        if field is None or reading.subject in self._form.computed:
            text = f"{self._place(reading)}：新模板没有这一格，原填“{_short(reading.raw)}”没有带入"
            yield RefillRemark(text, "请看新模板有没有相应的栏目，有的请填到那里", lost=True)
            return
        understood = self._understood(reading, field)
        trouble = understood.trouble
        if understood.usable:
            self._values[reading.subject] = understood.value
        if trouble is not None:
            yield self._remark(reading, understood, trouble)

    def _understood(self, reading: Reading, field: Field) -> Understood:
        if reading.understood.trouble is not None and reading.understood.trouble.code == _SWALLOWED:
            return reading.understood
        formula = self._formula(reading)
        if formula is None:
            understood = normalise(field, reading.raw)
        else:
            understood = as_formula(field, reading.raw, formula)
        value = understood.value
        if field.kind is Kind.DATE and isinstance(value, str) and value < _EARLIEST:
            return _TOO_EARLY
        return understood

    def _remark(self, reading: Reading, understood: Understood, trouble: Trouble) -> RefillRemark:
        place, new = self._place(reading), self._new(reading.subject)
        if not understood.usable:
            stood = f"“{_short(reading.raw)}”"
            reason = trouble.message if stood in trouble.message else f"原填{stood}，{trouble.message}"
            return RefillRemark(f"{place}：{reason}，没有带入", f"{trouble.fix}（新工作簿 {new}）", lost=True)
        if trouble.code == "VAL013":
            text = f"{place}：{trouble.message}，已把它的结果 {_short(number(understood.value))} 带入"
            return RefillRemark(text, f"请核对这个数，有误的改正（新工作簿 {new}）", lost=False)
        fix = f"{trouble.fix}（新工作簿 {new}）" if trouble.rule.severity is Severity.ERROR else ""
        return RefillRemark(f"{place}：{trouble.message}，已带入", fix, lost=False)

    def _formula(self, reading: Reading) -> str | None:
        return self._old.snapshot.sheets[reading.origin.sheet].formulas.get(position(reading.origin.cell))

    def _place(self, reading: Reading) -> str:
        return f"{reading.origin.place}（{self._words.cell(reading.subject)}）"

    def _new(self, subject: Subject) -> str:
        return self._layout.origins[subject].place

    # What is not there ---------------------------------------------------------------------------

    def _gone(self) -> Iterator[RefillRemark]:
        """Inputs whose sheet, row or column is not to be found; what stood there nobody knows."""
        lost: dict[str, list[Subject]] = defaultdict(list)
        for cell in self._old.layout.inputs:
            if cell.subject in self._old.readings or cell.subject not in self._fields:
                continue
            located = self._old.sheets[cell.area.sheet]
            if located is None or cell.area.top not in located.absent:
                lost[cell.area.sheet].append(cell.subject)
        for sheet, subjects in lost.items():
            if self._old.sheets[sheet] is None:
                text = f"缺少工作表“{sheet}”，其中 {len(subjects)} 格没有带入"
                yield RefillRemark(text, "请在新工作簿中填写这张表", lost=True)
            else:
                names = "、".join(f"“{self._words.cell(s)}”" for s in subjects[:_NAMED])
                more = "等" if len(subjects) > _NAMED else ""
                text = f"{sheet}：{names}{more} {len(subjects)} 格所在的行或列找不到了，没有带入"
                cells = ranges_of([self._layout.areas[s].first for s in subjects if s in self._layout.areas])
                yield RefillRemark(text, f"请在新工作簿的 {sheet} {cells} 填写", lost=True)

    def _addressee(self) -> Iterator[RefillRemark]:
        """Unit and year: filled in by us; said where the old workbook has it otherwise."""
        wanted: dict[Subject, Value] = {self._form.unit_field: self._unit, self._form.year_field: self._year}
        for subject, value in wanted.items():
            self._values[subject] = value
            self._filled += 1
            reading = self._old.readings.get(subject)
            if reading is not None and reading.raw != "" and reading.understood.value != value:
                text = f"{self._place(reading)}：原填“{_short(reading.raw)}”，新工作簿是为“{value}”生成的"
                yield RefillRemark(text, "请核对；要改的，请用 --unit、--year 重新生成", lost=False)

    # Formulas and what is beside the form --------------------------------------------------------

    def _totals(self) -> Iterator[RefillRemark]:
        """Totals that somebody typed over: computed again."""
        same: Counter[str] = Counter()
        for subject in self._old.form.computed:
            reading = self._old.readings.get(subject)
            if reading is None or reading.raw == "" or self._formula(reading) is not None:
                continue
            computed = self._old.values.get(subject)
            if is_number(reading.raw) and figure(reading.raw) == computed:
                same[reading.origin.sheet] += 1
            else:
                text = f"{self._place(reading)}：公式被“{_short(reading.raw)}”替换"
                fix = "请核对新工作簿中的各项"
                yield RefillRemark(f"{text}，已恢复公式，按各项计算为 {number(computed)}", fix, lost=False)
        for sheet, count in same.items():
            yield RefillRemark(
                f"{sheet}：{count} 个合计的公式被数值替换，已恢复公式，数字没有变", "", lost=False
            )

    def _outside(self) -> Iterator[RefillRemark]:
        for finding in verify(self._old):
            if finding.code in _OUTSIDE:
                text = finding.message.rstrip("。")
                for words, instead in _INSTEAD.items():
                    text = text.replace(words, instead)
                lost = finding.code == "WBK025" or finding.severity is Severity.WARNING
                yield RefillRemark(text, "请核对：需要报告的，填到新工作簿相应的单元格或“备注”", lost)


def _short(raw: object) -> str:
    """What stood in a cell, for a message: one line, not too long."""
    line = " ".join(told(raw).split())
    return line if len(line) <= 40 else f"{line[:39]}…"
