"""What stands in an OpenDocument spreadsheet (.ods): cells, formulas in Excel's spelling, protection.

Read by lxml alone: python-calamine gives no formulas and gives up on files with line breaks between
the cells, as Gnumeric and SheetJS write them. Format: ODF 1.3, parts 3 (table:table) and 4 (formulas).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from xlreport.workbook.container import Container
from xlreport.workbook.foreign import Unopened, encrypted
from xlreport.workbook.snapshot import MOST_CELLS, Extent, Raw, SheetSnapshot, Snapshot, parse, sheet_of_cells

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_GROUPS = frozenset(f"{_TABLE}{name}" for name in ("table-row-group", "table-header-rows", "table-rows"))
_CELLS = frozenset((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
_FIGURES = frozenset(("float", "percentage", "currency"))
_LEXEMES = re.compile(r'"(?:[^"]|"")*"|\[(?:[^\]\']|\'(?:[^\']|\'\')*\')*\]|;|[^"\[;]+|.')


def take_snapshot(container: Container) -> Snapshot:
    """Everything we need of a workbook. Raises Unopened where the file is damaged or encrypted."""
    if "META-INF/manifest.xml" in container.names and b"encryption-data" in container.part(
        "META-INF/manifest.xml"
    ):
        raise encrypted()
    body = parse(container.part("content.xml")).find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    if body is None:
        raise Unopened("文件已损坏，内部结构读不出来")
    extent = Extent()
    tables = body.iterchildren(f"{_TABLE}table")
    sheets = (_sheet(table, extent) for table in tables)
    return Snapshot({sheet.name: sheet for sheet in sheets})


@dataclass(frozen=True, slots=True)
class _Run:
    """A filled cell that is repeated over a rectangle; 0-based, `rows` and `columns` at least 1."""

    row: int
    column: int
    rows: int
    columns: int
    cell: etree._Element

    def places(self) -> Iterator[tuple[int, int]]:
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                yield row, column


def _sheet(table: etree._Element, extent: Extent) -> SheetSnapshot:
    name = table.get(f"{_TABLE}name", "")
    runs = list(_runs(table))
    extent.add(name, ((run.row + run.rows - 1, run.column + run.columns - 1) for run in runs))
    cells: dict[tuple[int, int], Raw] = {}
    formulas: dict[tuple[int, int], str] = {}
    for run in runs:
        value, formula = _value(run.cell), run.cell.get(f"{_TABLE}formula")
        for place in run.places():
            cells[place] = value
            if formula is not None:
                formulas[place] = excel_formula(formula)
    return sheet_of_cells(name, cells, formulas, table.get(f"{_TABLE}protected") == "true")


# Cells -----------------------------------------------------------------------------------------------


def _runs(table: etree._Element) -> Iterator[_Run]:
    """The filled cells; the endless empty ones up to the sheet's end are only counted."""
    row = 0
    for line in _rows(table):
        rows = _times(line, "number-rows-repeated")
        column = 0
        for cell in line:
            if cell.tag in _CELLS:
                columns = _times(cell, "number-columns-repeated")
                if _filled(cell):
                    yield _Run(row, column, rows, columns, cell)
                column += columns
        row += rows


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from _rows(child)


def _times(element: etree._Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    if not re.fullmatch("[0-9]{1,7}", text) or text.strip("0") == "":
        raise Unopened("文件已损坏，单元格编号有误")
    return min(int(text), MOST_CELLS)


def _filled(cell: etree._Element) -> bool:
    return (
        cell.get(f"{_OFFICE}value-type") is not None
        or cell.get(f"{_TABLE}formula") is not None
        or cell.find(f"{_TEXT}p") is not None
    )


def _value(cell: etree._Element) -> Raw:
    """A cell's value; one that does not read as its type says is given as the text that is shown."""
    kind = cell.get(f"{_OFFICE}value-type", "string")
    if cell.get(f"{_EXTENSION}value-type") == "error":
        kind = "error"
    with suppress(ValueError):
        if kind in _FIGURES:
            return float(cell.get(f"{_OFFICE}value", ""))
        if kind == "date":
            return _moment(cell.get(f"{_OFFICE}date-value", ""))
        if kind == "boolean":
            return {"true": True, "false": False}.get(cell.get(f"{_OFFICE}boolean-value", ""), _shown(cell))
    shown = _shown(cell)
    if kind == "error":
        return shown if shown.startswith("#") else "#VALUE!"
    given = cell.get(f"{_OFFICE}string-value")
    return shown if given is None else given


def _moment(text: str) -> date | datetime:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def _shown(cell: etree._Element) -> str:
    """The text of a cell, a line per paragraph; remarks (office:annotation) are none of it."""
    return "\n".join("".join(_words(paragraph)) for paragraph in cell.iterchildren(f"{_TEXT}p"))


def _words(element: etree._Element) -> Iterator[str]:
    """An element's text: several spaces, tabs and line breaks are elements of their own."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * (int(count) if re.fullmatch("[0-9]{1,4}", count) else 1)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif isinstance(child.tag, str) and child.tag != f"{_OFFICE}annotation":
            yield from _words(child)
        yield child.tail or ""


# Formulas --------------------------------------------------------------------------------------------


def excel_formula(text: str) -> str:
    """A formula as Excel writes it, without "=": `of:=SUM([.C8:.H8];1)` becomes `SUM(C8:H8,1)`."""
    text = re.sub(r"^(?:[a-z]+:)?=", "", text)
    return "".join(_lexeme(lexeme) for lexeme in _LEXEMES.findall(text))


def _lexeme(lexeme: str) -> str:
    if lexeme == ";":
        return ","
    return _reference(lexeme[1:-1]) if lexeme.startswith("[") and lexeme.endswith("]") else lexeme


def _reference(text: str) -> str:
    """`$'表 二'.C5:.E7` becomes `'表 二'!C5:E7`."""
    sheet, _, cells = text.rpartition(".") if ":" not in text else _split(text)
    sheet = sheet.removeprefix("$")
    return f"{sheet}!{cells}" if sheet else cells


def _split(text: str) -> tuple[str, str, str]:
    first, _, last = text.rpartition(":")
    sheet, dot, cell = first.rpartition(".")
    return sheet, dot, f"{cell}:{last.rpartition('.')[2]}"
