"""One sheet of an .xlsx: its cells, formulas and looks in one pass over its XML.

Format: ECMA-376 part 1, 18.3.1.73 (row), 18.3.1.4 (c), 18.18.11 (types of cells), 18.3.1.40 (f).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import count
from typing import TypeAlias

from lxml import etree

from xlreport.area import a1, column_name, column_number
from xlreport.expression import Expression
from xlreport.formats.extent import Extent
from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.formula_texts import FormulaTexts, Position
from xlreport.formats.opc import MAIN
from xlreport.formats.snapshot import PLAIN, Appearance, Raw, SheetSnapshot
from xlreport.formats.xlsx_areas import (
    LOW,
    area_of,
    hidden_columns,
    merged_areas,
    narrow_columns,
    out_of_reach,
    usual_size,
)
from xlreport.formats.xlsx_conditions import conditional_looks
from xlreport.formats.xlsx_plain import PlainCell, PlainRow
from xlreport.formats.xlsx_styles import CellStyles, runs_of
from xlreport.formats.xlsx_text import have_runs, text_of, unescaped
from xlreport.formats.xml_values import is_false, is_less, is_true

_ROW, _CELL, _VALUE, _FORMULA, _INLINE = (f"{MAIN}{name}" for name in ("row", "c", "v", "f", "is"))
_EXTENSION = f"{MAIN}extLst"
_TRUE, _FALSE = ("1", "true"), ("0", "false")
_NAME = Expression("([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = Expression(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_MOMENT = Expression(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)[0-9.:Z+-]*)?")
_SOME_ERROR = "#VALUE!"
_Parts: TypeAlias = "tuple[etree._Element | None, etree._Element | None, etree._Element | None]"


class Shared:
    """What all sheets of a workbook share; its texts are read when the first cell asks for one.

    Each is an element, or its text alone where none of them has more than that.
    """

    def __init__(
        self, read_items: Callable[[], Sequence[etree._Element] | Sequence[str]], styles: CellStyles
    ) -> None:
        self._read_items, self.styles = read_items, styles

    @cached_property
    def _items(self) -> Sequence[etree._Element] | Sequence[str]:
        return self._read_items()

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The shared texts by number, as cells write it."""
        texts = (unescaped(item) if isinstance(item, str) else text_of(item) for item in self._items)
        return dict(zip(map(str, count()), texts, strict=False))

    @cached_property
    def runs(self) -> Mapping[str, tuple[Appearance, ...]]:
        """The looks of parts of shared texts, by the texts' numbers."""
        items = [item for item in self._items if not isinstance(item, str)]
        if not have_runs(items):  # what nearly every workbook is
            return {}
        looks = ((str(number), runs_of(item, self.styles.colours)) for number, item in enumerate(items))
        return {number: found for number, found in looks if found}

    def text(self, number: str) -> str | None:
        """The text of that number; None where there is none."""
        found = self.texts.get(number)
        return self.texts.get(number.lstrip("0") or "0") if found is None and number.isdecimal() else found


def read_sheet(
    name: str,
    root: etree._Element,
    hidden: bool,
    shared: Shared,
    extent: Extent,
    rows: Sequence[PlainRow] | None = None,
) -> SheetSnapshot:
    """A sheet; `rows` are its rows where they are not in the XML.

    Raises Unopened with the place of what programs would read differently.
    """
    data = list(root.iter(f"{MAIN}sheetData"))
    if len(data) != 1 or data[0].getparent() is not root:
        raise Unopened(f"文件已损坏，工作表“{name}”的单元格数据缺失或者不止一份", RESAVE)
    found = _Reading(name, shared)
    usual = usual_size(root, "defaultRowHeight")
    for row, stated, cells in rows or ():
        found.see(row, stated.get("hidden"), stated.get("ht", usual))
        found.take(row, cells)
    for row, line in _lines(name, data[0]):
        found.see(row, line.get("hidden"), line.get("ht", usual))
        found.read(row, line)
    used = extent.add(name, found.values)
    lock = root.find(f"{MAIN}sheetProtection")
    return SheetSnapshot(
        name,
        found.values,
        found.formulas.finished(*used),
        protected=lock is not None and is_true(lock.get("sheet")),
        hidden=hidden,
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=tuple(hidden_columns(root)),
        merged=tuple(merged_areas(name, root)),
        flat_rows=frozenset(found.flat_rows),
        narrow_columns=tuple(narrow_columns(root)),
        hides_zeros=any(is_false(view.get("showZeros")) for view in root.iter(f"{MAIN}sheetView")),
        looks=found.looks,
        conditional=tuple(conditional_looks(name, root, shared.styles)),
    ).out_of_reach(*out_of_reach(root))


def _lines(sheet: str, data: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The rows with their 0-based numbers. One without a number follows the one before it."""
    row, seen = -1, set()
    for line in data:
        if line.tag != _ROW:
            raise _damaged(sheet, "行与行之间")
        number = line.get("r")
        row = row + 1 if number is None else position_of(f"A{number}")[0]
        if row in seen:
            raise _damaged(sheet, f"第 {row + 1} 行")
        seen.add(row)
        yield row, line


class _Reading:
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
                raise _damaged(self.sheet, name or a1(*place))
            seen.add(column)
            if len(cell):
                self._read_cell(place, cell)
        if len(line) != len(seen) and len(line) != len(seen) + len(line.findall(_EXTENSION)):
            raise _damaged(self.sheet, f"第 {row + 1} 行")

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
                raise _damaged(self.sheet, a1(*place))
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
            raise _damaged(self.sheet, a1(*place))
        text = (value.text or "") if value is not None else ""
        found = self.shared.texts.get(text) if kind == "s" else None
        return self._of_text(place, kind, style, text) if found is None else found

    def _of_text(self, place: Position, kind: str, style: str, text: str) -> Raw:
        """The value that is written so, "" for a blank one."""
        if kind == "n" and _NUMBER.fullmatch(text) is not None:
            return self.shared.styles.shown(float(text), style)
        if kind == "str":
            return unescaped(text)
        text = text.strip()
        if not text:
            return _SOME_ERROR if kind == "e" else ""
        understood = self._understood(kind, text, style)
        if understood is None:
            raise _damaged(self.sheet, a1(*place))
        return understood

    def _understood(self, kind: str, text: str, style: str) -> Raw | None:
        """What stands in a cell of that kind; None where it is nothing of the kind."""
        match kind:
            case "s":
                return self.shared.text(text)
            case "n":
                return self.shared.styles.shown(float(text), style) if _NUMBER.fullmatch(text) else None
            case "b":
                return text in _TRUE if text in (*_TRUE, *_FALSE) else None
            case "d":
                return _moment(text)
            case "e":
                return text if text.startswith(("#", "Err:")) else _SOME_ERROR
        return None

    def _add_formula(self, place: Position, formula: etree._Element) -> None:
        if len(formula):
            raise _damaged(self.sheet, a1(*place))
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


def _moment(text: str) -> Raw | None:
    """A date as ISO 8601 writes it; of a time its zone is not told apart, as in Excel."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00:00'}")
    except ValueError:
        return None
    return moment.date() if moment == datetime.combine(moment.date(), datetime.min.time()) else moment


_letters = lru_cache(maxsize=16_384)(column_name)


@lru_cache(maxsize=65_536)
def position_of(name: str) -> Position:
    """The 0-based row and column of a cell's name. Raises Unopened for what is no name."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise Unopened("文件已损坏，单元格编号有误", RESAVE)
    return int(found[2]) - 1, column_number(found[1])


def _damaged(sheet: str, place: str) -> Unopened:
    return Unopened(f"文件已损坏，工作表“{sheet}”{place}的内容各种软件读法不一", RESAVE)
