"""What stands in a workbook file: values by python-calamine, formulas and locks from the sheet XML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib import import_module
from typing import TypeAlias

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from xlreport.workbook.container import Container, Kind
from xlreport.workbook.foreign import Unopened
from xlreport.workbook.layout.area import a1, position

Raw: TypeAlias = "str | float | bool | date | datetime | time | timedelta"
"""A cell as calamine gives it; a blank cell is ""."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
MOST_CELLS = 5_000_000
"""Largest sum of the sheets' used rectangles."""


@dataclass(frozen=True, slots=True)
class SheetSnapshot:
    """One sheet: rows of raw values from A1 on, formula texts by 0-based (row, column).

    `errors` are the cells that hold an error value (#REF!); their raw value is its text.
    """

    name: str
    rows: Sequence[Sequence[Raw]]
    formulas: Mapping[tuple[int, int], str]
    protected: bool
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def raw(self, row: int, column: int) -> Raw:
        """The raw value, "" outside the used range."""
        if (row, column) in self.errors:
            return self.errors[row, column]
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A workbook as it came, without any meaning yet."""

    sheets: Mapping[str, SheetSnapshot]


class Extent:
    """Refuses cells so far out that the rectangles up to them would not fit into memory."""

    def __init__(self) -> None:
        self._total = 0

    def add(self, sheet: str, filled: Iterable[tuple[int, int]]) -> None:
        """Count a sheet by its cells with content. Raises Unopened."""
        rows = columns = 0
        for row, column in filled:
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        self._total += rows * columns
        if self._total > MOST_CELLS:
            message = f"工作表“{sheet}”在第 {rows} 行、第 {columns} 列仍有内容，离表格太远，没有打开"
            raise Unopened(message, "请删除表格以外的内容，保存后再报送")


def sheet_of_cells(
    name: str, cells: Mapping[tuple[int, int], Raw], formulas: Mapping[tuple[int, int], str], protected: bool
) -> SheetSnapshot:
    """A sheet from its filled cells, by 0-based row and column; their extent has been checked."""
    rows: list[list[Raw]] = []
    for (row, column), value in cells.items():
        while len(rows) <= row:
            rows.append([])
        line = rows[row]
        if len(line) <= column:
            line += [""] * (column + 1 - len(line))
        line[column] = value
    return SheetSnapshot(name, rows, formulas, protected)


def take_snapshot(container: Container) -> Snapshot:
    """Everything we need of a workbook. Raises Unopened where the file is damaged."""
    if container.kind is Kind.XLSX:
        return _xlsx(container)
    reader = import_module(f"xlreport.workbook.{container.kind.value}")
    snapshot: Snapshot = reader.take_snapshot(container)
    return snapshot


def _xlsx(container: Container) -> Snapshot:
    pages = {name: _page(parse(container.part(part))) for name, part in _sheet_parts(container).items()}
    _check_extents(pages)
    try:
        book = CalamineWorkbook.from_filelike(container.repacked())
        return Snapshot({name: _sheet(name, book, page) for name, page in pages.items()})
    except CalamineError as error:
        raise Unopened("文件已损坏，读不出单元格") from error


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet's XML, walked through once; `cells` by 0-based row and column."""

    root: etree._Element
    cells: Sequence[tuple[int, int, etree._Element]]


def _page(root: etree._Element) -> _Page:
    return _Page(root, list(_cells(root)))


def _sheet(name: str, book: CalamineWorkbook, page: _Page) -> SheetSnapshot:
    if page.root.tag != f"{_MAIN}worksheet":  # a chart on a sheet of its own
        return SheetSnapshot(name, (), {}, protected=False)
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    lock = page.root.find(f"{_MAIN}sheetProtection")
    protected = lock is not None and lock.get("sheet") in ("1", "true")
    return SheetSnapshot(name, rows, dict(_formulas(page)), protected, _errors(page))


def _check_extents(pages: Mapping[str, _Page]) -> None:
    extent = Extent()
    for sheet, page in pages.items():
        extent.add(sheet, ((row, column) for row, column, cell in page.cells if len(cell)))


def _cells(root: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """Every cell with its 0-based row and column. One without a name stands behind its neighbour."""
    row = -1
    for line in root.iter(f"{_MAIN}row"):
        number = line.get("r")
        row = row + 1 if number is None else _place(f"A{number}")[0]
        column = -1
        for cell in line.iterchildren(f"{_MAIN}c"):
            name = cell.get("r")
            row, column = (row, column + 1) if name is None else _place(name)
            yield row, column, cell


@lru_cache(maxsize=65_536)
def _place(name: str) -> tuple[int, int]:
    if _CELL.fullmatch(name) is None:
        raise Unopened("文件已损坏，单元格编号有误")
    return position(name)


def _sheet_parts(container: Container) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    relations = targets(container, "xl/_rels/workbook.xml.rels")
    parts = {}
    for sheet in parse(container.part("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        part = relations.get(sheet.get(f"{_OFFICE}id", ""), "")
        if part in container.names:
            parts[sheet.get("name", "")] = part
    return parts


def targets(container: Container, relations: str) -> dict[str, str]:
    """The parts that a workbook refers to, by the ids it uses."""
    found = parse(container.part(relations)).iter(f"{_PACKAGE}Relationship")
    return {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("xl", relation.get("Target", ""))).lstrip(
            "/"
        )
        for relation in found
    }


def parse(data: bytes) -> etree._Element:
    """A part's XML; nothing outside it is ever followed. Raises Unopened."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unopened("文件已损坏，内部结构读不出来") from error


def _errors(page: _Page) -> dict[tuple[int, int], str]:
    """Cells that hold an error value, which calamine gives as blank."""
    return {
        (row, column): cell.findtext(f"{_MAIN}v") or "#VALUE!"
        for row, column, cell in page.cells
        if cell.get("t") == "e"
    }


def _formulas(page: _Page) -> Iterator[tuple[tuple[int, int], str]]:
    shared: dict[str, tuple[str, str]] = {}
    for row, column, cell in page.cells:
        node = cell.find(f"{_MAIN}f")
        if node is None:
            continue
        text = node.text or ""
        index = node.get("si")
        if node.get("t") == "shared" and index is not None:
            if text:
                shared[index] = (text, a1(row, column))
            elif index in shared:
                text = _moved(*shared[index], a1(row, column))
        yield (row, column), text


def _moved(text: str, origin: str, target: str) -> str:
    """A formula that several cells share, as it reads in another of them.

    openpyxl is slow to load and shared formulas are rare.
    """
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator, TranslatorError

    try:
        return str(Translator(f"={text}", origin=origin).translate_formula(target)).removeprefix("=")
    except (TokenizerError, TranslatorError):
        return text  # no formula of ours: it will be found to differ
