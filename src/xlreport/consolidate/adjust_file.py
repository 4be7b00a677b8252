"""调整.xlsx: adjustments of a sum as a clerk lists them, with every mistake at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from xlreport.cleaning import clean, squeezed
from xlreport.consolidate.adjust import Adjustable, Adjustment, adjustable, adjusted_figure
from xlreport.consolidate.sums import Summed
from xlreport.form.cells import cells_of
from xlreport.form.coerce import perhaps
from xlreport.form.naming import Naming, number
from xlreport.formats.foreign import Unopened
from xlreport.formats.snapshot import Raw, SheetSnapshot
from xlreport.formats.table import open_table
from xlreport.formula.nodes import Figure, is_figure
from xlreport.frozen import frozen
from xlreport.prose.hollow import says_nothing
from xlreport.stored import shown
from xlreport.subject import Subject
from xlreport.unit import key
from xlreport.workbook.normalise import normalise

_DEPTH = 30
"""Rows from the top in which the headings may stand."""
_LONGEST = 500
"""Characters of a reason."""
_QUOTES = str.maketrans("", "", "“”\"'·")
"""What people leave out when they copy what a cell is called."""


class AdjustColumn(StrEnum):
    """The headings. 依据 may be missing."""

    CELL = "单元格"
    CHANGE = "增减"
    REASON = "原因"
    SOURCE = "依据"


class AdjustErrors(Exception):
    """A table of adjustments that cannot be used, with all that is wrong with it."""

    def __init__(self, name: str, mistakes: Sequence[str]) -> None:
        self.mistakes = tuple(mistakes)
        lines = "\n".join(f"  {mistake}" for mistake in self.mistakes)
        super().__init__(f"调整表 {name} 有 {len(self.mistakes)} 处要改：\n{lines}")


@frozen
class _Line:
    """A row of the table, its number as people count."""

    row: int
    cells: Mapping[AdjustColumn, Raw]

    def text(self, column: AdjustColumn) -> str:
        return " ".join(clean(shown(self.cells.get(column, ""))).split())


def read_adjustments(path: Path, total: Summed, *, made: bool = False) -> list[Adjustment]:
    """The adjustments of a sum that stand in a file; `made` where its figures have them already.

    Raises AdjustErrors, OSError.
    """
    try:
        lines = _lines(path)
    except Unopened as error:
        raise AdjustErrors(path.name, [f"{error.message}。{error.fix}"]) from error
    table = _Table(total, made)
    found = [adjustment for line in lines if (adjustment := table.understood(line)) is not None]
    if not lines:
        table.mistakes.append("一处调整也没有")
    if table.mistakes:
        raise AdjustErrors(path.name, table.mistakes)
    return found


def _lines(path: Path) -> list[_Line]:
    """The rows below the headings that say anything."""
    for sheet in open_table(path).sheets.values():
        for number_, row in enumerate([] if sheet.hidden else sheet.rows[:_DEPTH]):
            columns = _headings(row)
            if {AdjustColumn.CELL, AdjustColumn.CHANGE, AdjustColumn.REASON} <= columns.keys():
                return list(_below(sheet, number_, columns))
    raise AdjustErrors(path.name, ["没有找到标题：要有一行写着“单元格”“增减”“原因”“依据”，下面一行一处调整"])


def _headings(row: Sequence[Raw]) -> dict[AdjustColumn, int]:
    words = {squeezed(clean(raw)): column for column, raw in enumerate(row) if isinstance(raw, str)}
    return {heading: words[heading] for heading in AdjustColumn if heading in words}


def _below(sheet: SheetSnapshot, head: int, columns: Mapping[AdjustColumn, int]) -> Iterator[_Line]:
    for row in range(head + 1, len(sheet.rows)):
        cells = {heading: sheet.raw(row, column) for heading, column in columns.items()}
        if any(not isinstance(raw, str) or raw.strip() for raw in cells.values()):
            yield _Line(row + 1, cells)


class _Table:
    """Understands rows, and takes down what is wrong with them."""

    def __init__(self, total: Summed, made: bool) -> None:
        self.mistakes: list[str] = []
        self._total = total
        self._made = made
        self._known: dict[str, list[Adjustable]] = defaultdict(list)
        self._rows: dict[Subject, int] = {}
        for place in adjustable(total):
            for name in {_folded(str(place.subject)), _folded(place.label)}:
                self._known[name].append(place)
        words = Naming(total.form)
        names = [(subject, words.cell(subject)) for subject in cells_of(total.form)]
        self._others = {_folded(name): label for s, label in names for name in (str(s), label)}
        self._computed = {
            _folded(name) for s, label in names if s in total.form.computed for name in (s, label)
        }

    def understood(self, line: _Line) -> Adjustment | None:
        before = len(self.mistakes)
        place, change = self._place(line), None
        reason = line.text(AdjustColumn.REASON)
        if not reason or says_nothing(reason):
            self._wrong(line, f"没有写清原因{f'（“{reason[:20]}”）' if reason else ''}")
        for column in (AdjustColumn.REASON, AdjustColumn.SOURCE):
            if len(line.text(column)) > _LONGEST:
                self._wrong(line, f"{column}有 {len(line.text(column))} 字，最多 {_LONGEST} 字")
        if place is not None:
            change = self._change(line, place)
        if place is None or change is None or len(self.mistakes) > before:
            return None
        return Adjustment(place.cell, place.label, change, reason, line.text(AdjustColumn.SOURCE))

    def _place(self, line: _Line) -> Adjustable | None:
        text = line.text(AdjustColumn.CELL)
        found = self._known.get(_folded(text), [])
        if not text:
            self._wrong(line, "没有写单元格")
        elif _folded(text) in self._computed:
            self._wrong(line, f"“{text[:60]}”由程序计算，请调整它的各项")
        elif not found and _folded(text) in self._others:
            self._wrong(line, f"“{text[:60]}”不是汇总的数，不能调整")
        elif not found:
            labels = [place.label for places in self._known.values() for place in places]
            self._wrong(line, f"没有“{text[:60]}”这个单元格{perhaps(text, labels)}")
        elif len(found) > 1:
            codes = "、".join(str(place.subject) for place in found)
            self._wrong(line, f"有 {len(found)} 格都叫“{text[:60]}”，请改写代码：{codes}")
        elif found[0].subject in self._rows:
            self._wrong(
                line, f"“{text[:60]}”与第 {self._rows[found[0].subject]} 行是同一个单元格，请合成一处"
            )
        else:
            self._rows[found[0].subject] = line.row
            return found[0]
        return None

    def _change(self, line: _Line, place: Adjustable) -> Figure | None:
        raw = line.cells.get(AdjustColumn.CHANGE, "")
        understood = normalise(replace(place.field, signed=True), raw)
        change = understood.value
        if shown(raw) == "":
            self._wrong(line, "没有写增减多少")
        elif not understood.usable and understood.trouble is not None:
            self._wrong(line, f"增减{understood.trouble.message}")
        elif not is_figure(change) or change == 0:
            self._wrong(line, "增减是 0，没有调整什么")
        else:
            return change if self._made else self._fitting(line, place, change)
        return None

    def _fitting(self, line: _Line, place: Adjustable, change: Figure) -> Figure | None:
        value = self._total.values.get(place.subject)
        try:
            adjusted_figure(place, value, change)
        except ValueError as error:
            sum_ = number(value if value is not None else 0)
            self._wrong(line, f"“{place.label}”合计 {sum_}，增减 {number(change)}：{error}")
            return None
        return change

    def _wrong(self, line: _Line, words: str) -> None:
        self.mistakes.append(f"第 {line.row} 行：{words}")


def _folded(name: str) -> str:
    return key(name.translate(_QUOTES))
