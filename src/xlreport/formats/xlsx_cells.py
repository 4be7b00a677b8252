"""The cells of an .xlsx's sheet, row by row: values, formulas and looks.

Format: ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.40 (f).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from xlreport.area import a1, column_name, column_number
from xlreport.expression import Expression
from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.formula_texts import FormulaTexts, Position
from xlreport.formats.opc import MAIN
from xlreport.formats.snapshot import PLAIN, Appearance, Raw
from xlreport.formats.xlsx_areas import LOW, area_of
from xlreport.formats.xlsx_plain import PlainCell
from xlreport.formats.xlsx_styles import runs_of
from xlreport.formats.xlsx_text import text_of
from xlreport.formats.xlsx_values import Shared, written_value
from xlreport.formats.xml_values import is_less, is_true

_CELL, _VALUE, _FORMULA, _INLINE = (f"{MAIN}{name}" for name in ("c", "v", "f", "is"))
_EXTENSION = f"{MAIN}extLst"
_NAME = Expression("([A-Z]{1,3})([1-9][0-9]{0,6})")
_Parts: TypeAlias = "tuple[etree._Element | None, etree._Element | None, etree._Element | None]"


class CellsRead:
    """What has been read of a sheet so far.

    A cell of blanks only is as good as an empty one and left out: a stray blank far away is nothing.
    """

    def __init__(self, sheet: str, shared: Shared) -> None:
        self.sheet, self.shared = sheet, shared
        self.values: dict[Position, Raw] = {}
        self.formulas = FormulaTexts()
        self.looks: dict[Position, Appearance] = {}
        self.hidden_rows: set[int] = set()
        self.flat_rows: set[int] = set()

    def see(self, row: int, hidden: str | None, height: str | None) -> None:
        """Whether a row is seen."""
        if is_true(hidden):
            self.hidden_rows.add(row)
        elif is_less(height, LOW):
            self.flat_rows.add(row)

    def take(self, row: int, cells: Sequence[PlainCell]) -> None:
        """The cells of a row that are not in the XML."""
        shared = self.shared
        for column, style, kind, formula, text in cells:
            place = (row, column)
            if formula:
                self.formulas.add(place, formula)
            known = shared.texts.get(text) if kind == "s" else None  # what most cells hold
            found = self._of_text(place, kind or "n", style, text) if known is None else known
            if not formula and isinstance(found, str) and (not found or found.isspace()):
                continue
            if found != "":
                self.values[place] = found
            look = shared.styles.looks.get(style) or shared.styles.look(style)
            if shared.runs:
                look = self._with_runs(look, kind, text)
            if look is not PLAIN:
                self.looks[place] = look

    def read(self, row: int, line: etree._Element) -> None:
        """The cells of a row. One without a name stands behind the one before it."""
        column, number = -1, str(row + 1)
        seen: set[int] = set()
        for cell in line.iterchildren(_CELL):
            name, place = cell.get("r"), (row, column + 1)
            if name is not None and name != f"{_letters(column + 1)}{number}":  # it mostly is
                place = position_of(name)
            column = place[1]
            if place[0] != row or column in seen:
                raise damaged(self.sheet, name or a1(*place))
            seen.add(column)
            if len(cell):
                self._read_cell(place, cell)
        if len(line) != len(seen) and len(line) != len(seen) + len(line.findall(_EXTENSION)):
            raise damaged(self.sheet, f"第 {row + 1} 行")

    def _read_cell(self, place: Position, cell: etree._Element) -> None:
        kind, style = cell.get("t", "n"), cell.get("s", "")
        only = cell[0] if len(cell) == 1 else None
        is_usual = only is not None and only.tag == _VALUE
        value, formula, inline = (only, None, None) if is_usual else self._parts(place, cell)
        if formula is not None:
            self._add_formula(place, formula)
        found = self._value(place, kind, style, value, inline)
        if formula is None and isinstance(found, str) and (not found or found.isspace()):
            return
        if found != "":
            self.values[place] = found
        look = self.shared.styles.look(style)
        if inline is not None:
            look = _with(look, runs_of(inline, self.shared.styles.colours))
        elif self.shared.runs and value is not None:
            look = self._with_runs(look, kind, value.text or "")
        if cell.get("vm") is not None:
            look = replace(look, foreign=True)
        if look is not PLAIN:
            self.looks[place] = look

    def _with_runs(self, look: Appearance, kind: str, text: str) -> Appearance:
        """The look of a cell with those of the parts of its text, if that is a shared one."""
        return _with(look, self.shared.runs.get(text.strip(), ())) if kind == "s" else look

    def _parts(self, place: Position, cell: etree._Element) -> _Parts:
        """Value, formula and inline text of a cell, each at most once, and nothing else."""
        value = formula = inline = None
        for part in cell:
            tag = part.tag
            if tag == _VALUE and value is None:
                value = part
            elif tag == _FORMULA and formula is None:
                formula = part
            elif tag == _INLINE and inline is None:
                inline = part
            elif tag != _EXTENSION:
                raise damaged(self.sheet, a1(*place))
        return value, formula, inline

    def _value(
        self,
        place: Position,
        kind: str,
        style: str,
        value: etree._Element | None,
        inline: etree._Element | None,
    ) -> Raw:
        """The value of a cell, "" for a blank one."""
        if kind == "inlineStr":
            return text_of(inline) if inline is not None else ""
        if inline is not None or (value is not None and len(value)):
            raise damaged(self.sheet, a1(*place))
        text = (value.text or "") if value is not None else ""
        found = self.shared.texts.get(text) if kind == "s" else None
        return self._of_text(place, kind, style, text) if found is None else found

    def _of_text(self, place: Position, kind: str, style: str, text: str) -> Raw:
        """The value that is written so, "" for a blank one."""
        found = written_value(text, kind, style, self.shared)
        if found is None:
            raise damaged(self.sheet, a1(*place))
        return found

    def _add_formula(self, place: Position, formula: etree._Element) -> None:
        if len(formula):
            raise damaged(self.sheet, a1(*place))
        text, kind = formula.text or "", formula.get("t")
        number = formula.get("si") if kind == "shared" else None
        if number is not None:
            self.formulas.share(place, number, text)
            return
        self.formulas.add(place, text)
        area = area_of(self.sheet, formula.get("ref", "")) if kind in ("array", "dataTable") else None
        if area is not None:
            self.formulas.fill(area, text)


def _with(look: Appearance, runs: tuple[Appearance, ...]) -> Appearance:
    """The look of a cell whose text has parts that look so."""
    return replace(look, runs=tuple(replace(run, ground=look.ground) for run in runs)) if runs else look


_letters = lru_cache(maxsize=16_384)(column_name)


@lru_cache(maxsize=65_536)
def position_of(name: str) -> Position:
    """The 0-based row and column of a cell's name. Raises Unopened for what is no name."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise Unopened("文件已损坏，单元格编号有误", RESAVE)
    return int(found[2]) - 1, column_number(found[1])


def damaged(sheet: str, place: str) -> Unopened:
    """That programs would read differently what stands there."""
    return Unopened(f"文件已损坏，工作表“{sheet}”{place}的内容各种软件读法不一", RESAVE)
