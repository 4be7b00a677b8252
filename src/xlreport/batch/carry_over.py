"""What of a return goes into a fresh workbook, value by value.

Values go by subject, each understood anew as the fresh template's field. Whatever is not carried over
as it stood is said: where it stood, what stood there, why, and where to type it now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from xlreport.area import position
from xlreport.finding import Severity
from xlreport.form.cells import cells_of
from xlreport.form.field import Field, Kind
from xlreport.form.model import Form
from xlreport.form.naming import Naming, number
from xlreport.formula.nodes import Value
from xlreport.frozen import frozen
from xlreport.layout import Layout, lay_out
from xlreport.stored import figure, is_number, told
from xlreport.subject import Subject
from xlreport.verify.places import ranges_of
from xlreport.verify.verdict import verify
from xlreport.workbook.normalise import as_formula, normalise
from xlreport.workbook.submission import Reading, Submission
from xlreport.workbook.understood import Trouble, Understood

_OUTSIDE = ("WBK014", "WBK025")
_INSTEAD = {"不会进入报告": "没有带入", "报告只用": "只带入了"}
_MERGED_OVER = "WBK034"
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


class CarryOver:
    """One workbook carried over into a fresh one: `values` and how many of its inputs were `filled`."""

    def __init__(self, old: Submission, form: Form, unit: str, year: int) -> None:
        self._old = old
        self._form = form
        self._unit = unit
        self._year = year
        self._layout: Layout = lay_out(form)
        self._fields = cells_of(form)
        self._words = Naming(old.form)
        self.values: dict[Subject, Value] = {}
        self.filled = 0

    def remarks(self) -> Iterator[RefillRemark]:
        """Carries everything over and gives what is to be said of it, in that order."""
        yield from self._gone()
        for reading in self._inputs():
            yield from self._cell(reading)
        yield from self._addressee()
        yield from self._totals()
        yield from self._outside()

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
        self.filled += 1
        field = self._fields.get(reading.subject)
        if field is None or reading.subject in self._form.computed:
            text = f"{self._place(reading)}：新模板没有这一格，原填“{_short(reading.raw)}”没有带入"
            yield RefillRemark(text, "请看新模板有没有相应的栏目，有的请填到那里", lost=True)
            return
        understood = self._understood(reading, field)
        trouble = understood.trouble
        if understood.usable:
            self.values[reading.subject] = understood.value
        if trouble is not None:
            yield self._remark(reading, understood, trouble)

    def _understood(self, reading: Reading, field: Field) -> Understood:
        if reading.understood.trouble is not None and reading.understood.trouble.code == _MERGED_OVER:
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
        """Inputs whose sheet, row or column is not to be found."""
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
            self.values[subject] = value
            self.filled += 1
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
