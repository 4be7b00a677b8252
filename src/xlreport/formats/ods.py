"""What stands in an OpenDocument spreadsheet (.ods): cells, formulas in Excel's spelling, protection.

Read by lxml alone: python-calamine gives no formulas and gives up on files with line breaks between
the cells, as Gnumeric and SheetJS write them. Format: ODF 1.3, parts 3 (table:table) and 4 (formulas).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime

from lxml import etree

from xlreport.area import Area
from xlreport.formats.container import Container
from xlreport.formats.extent import Extent, check_sheets
from xlreport.formats.extras import Extras
from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.properties import properties_of
from xlreport.formats.snapshot import Raw, SheetSnapshot, Snapshot
from xlreport.frozen import frozen

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_GROUPS = frozenset(
    f"{_TABLE}table-{name}"
    for name in ("row-group", "header-rows", "rows", "column-group", "header-columns", "columns")
)
_REACH = 10_000
"""Rows of which it is remembered that they are hidden; no form is longer."""
_CELLS = frozenset((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
_FIGURES = frozenset(("float", "percentage", "currency"))
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_NOT_SHOWN = frozenset(
    (f"{_OFFICE}annotation", f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph", f"{_TEXT}ruby-text")
)
_DRAWN = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
"""Remarks, hidden words, pronunciation and pictures with words of their own may stand inside a text."""
_LEXEMES = re.compile(r'"(?:[^"]|"")*+"|\[(?:[^\]\']|\'(?:[^\']|\'\')*+\')*+\]|;|[^"\[;]+|.', re.DOTALL)
_LONGEST = 8_192
"""Characters of a formula, the most that Excel takes."""


def take_snapshot(container: Container) -> Snapshot:
    """Everything we need of a workbook. Raises Unopened where the file is damaged."""
    root = container.xml(container.main)
    tables = [
        table
        for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
        if table.find(f"{_TABLE}table-source") is None  # a copy of what another file holds
    ]
    if not tables:
        raise Unopened("文件里没有工作表")
    check_sheets(len(tables))
    names = {table.get(f"{_TABLE}name", "").casefold() for table in tables}
    if len(names) != len(tables):
        raise Unopened("文件已损坏，有两个工作表同名", RESAVE)
    extent, hidden = Extent(), _hidden_styles(root)
    sheets = [_sheet(table, extent, hidden) for table in tables]
    return Snapshot(
        {sheet.name: sheet for sheet in sheets}, _extras(container, root), properties_of(container)
    )


def _hidden_styles(root: etree._Element) -> frozenset[str]:
    """The styles of sheets that are not shown."""
    styles = root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
    shown = ((style, style.find(f"{_STYLE}table-properties")) for style in styles)
    return frozenset(
        style.get(f"{_STYLE}name", "")
        for style, properties in shown
        if properties is not None and properties.get(f"{_TABLE}display") == "false"
    )


def _extras(container: Container, root: etree._Element) -> Extras:
    names = container.entries
    sources = (source.get(_LINK, "") for source in root.iter(f"{_TABLE}table-source"))
    kinds = {
        "批注": root.find(f".//{_OFFICE}annotation") is not None,
        "图片": any(name.startswith("Pictures/") for name in names),
        "嵌入的文件": any(re.match(r"Object [0-9]+/", name) for name in names),
    }
    return Extras(
        macros=any(name.startswith(("Basic/", "Scripts/")) for name in names),
        links=tuple(dict.fromkeys(source[-80:] for source in sources))[:20],
        objects=tuple(kind for kind, there in kinds.items() if there),
    )


@frozen
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


def _sheet(table: etree._Element, extent: Extent, hidden_styles: frozenset[str]) -> SheetSnapshot:
    name = table.get(f"{_TABLE}name", "")
    runs = list(_runs(table))
    extent.add(name, [(run.row + run.rows - 1, run.column + run.columns - 1) for run in runs])
    cells: dict[tuple[int, int], Raw] = {}
    formulas: dict[tuple[int, int], str] = {}
    for run in runs:
        value, formula = _value(run.cell), run.cell.get(f"{_TABLE}formula")
        cells |= dict.fromkeys(run.places(), value)
        if formula is not None:
            formulas |= dict.fromkeys(run.places(), excel_formula(formula))
    return SheetSnapshot(
        name,
        cells,
        formulas,
        protected=table.get(f"{_TABLE}protected") == "true",
        hidden=table.get(f"{_TABLE}style-name") in hidden_styles,
        hidden_rows=frozenset(_hidden_rows(table)),
        hidden_columns=tuple(_hidden_columns(table)),
        merged=tuple(_merged(name, runs)),
    )


def _hidden_rows(table: etree._Element) -> Iterator[int]:
    row = 0
    for line in _lines(table, "table-row"):
        count = _times(line, "number-rows-repeated")
        if line.get(f"{_TABLE}visibility", "visible") != "visible":
            yield from range(row, min(row + count, _REACH))
        row += count


def _hidden_columns(table: etree._Element) -> Iterator[tuple[int, int]]:
    column = 0
    for line in _lines(table, "table-column"):
        count = _times(line, "number-columns-repeated")
        if line.get(f"{_TABLE}visibility", "visible") != "visible":
            yield column, column + count - 1
        column += count


def _merged(name: str, runs: Iterable[_Run]) -> Iterator[Area]:
    for run in runs:
        bottom = run.row + _times(run.cell, "number-rows-spanned") - 1
        right = run.column + _times(run.cell, "number-columns-spanned") - 1
        if (bottom, right) != (run.row, run.column):
            yield Area(name, run.row, run.column, bottom, right)


# Cells -----------------------------------------------------------------------------------------------


def _runs(table: etree._Element) -> Iterator[_Run]:
    """The filled cells; the endless empty ones up to the sheet's end are only counted."""
    row = 0
    for line in _lines(table, "table-row"):
        rows = _times(line, "number-rows-repeated")
        column = 0
        for cell in line:
            if cell.tag in _CELLS:
                columns = _times(cell, "number-columns-repeated")
                if _filled(cell):
                    yield _Run(row, column, rows, columns, cell)
                column += columns
        row += rows


def _lines(parent: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The rows or the columns, also those in groups and heads."""
    for child in parent:
        if child.tag == f"{_TABLE}{kind}":
            yield child
        elif child.tag in _GROUPS:
            yield from _lines(child, kind)


def _times(element: etree._Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    if not re.fullmatch("[0-9]{1,7}", text) or text.strip("0") == "":
        raise Unopened("文件已损坏，单元格编号有误")
    return int(text)


def _filled(cell: etree._Element) -> bool:
    return (
        cell.get(f"{_OFFICE}value-type") is not None
        or cell.get(f"{_TABLE}formula") is not None
        or cell.find(f"{_TEXT}p") is not None
        or cell.get(f"{_TABLE}number-columns-spanned") is not None
    )


def _value(cell: etree._Element) -> Raw:
    """A cell's value; one that does not read as its type says is given as the text that is shown."""
    kind = cell.get(f"{_OFFICE}value-type", "string")
    if cell.get(f"{_EXTENSION}value-type") == "error":
        kind = "error"
    with suppress(ValueError):
        if kind in _FIGURES:
            return _number(cell.get(f"{_OFFICE}value", ""))
        if kind == "date":
            return _moment(cell.get(f"{_OFFICE}date-value", ""))
        if kind == "boolean":
            return {"true": True, "false": False}.get(cell.get(f"{_OFFICE}boolean-value", ""), _shown(cell))
    shown = _shown(cell)
    if kind == "error":
        return shown if shown.startswith("#") else "#VALUE!"
    given = cell.get(f"{_OFFICE}string-value")
    return shown if given is None else given


def _number(text: str) -> float:
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(text)
    return float(text)


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
            yield " " * (int(count) if re.fullmatch("[0-9]{1,2}", count) else 1)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in _NOT_SHOWN and not str(child.tag).startswith(_DRAWN):
            yield from _words(child)
        yield child.tail or ""


# Formulas --------------------------------------------------------------------------------------------


def excel_formula(text: str) -> str:
    """A formula as Excel writes it, without "=": `of:=SUM([.C8:.H8];1)` becomes `SUM(C8:H8,1)`."""
    text = re.sub(r"^(?:[a-z]+:)?=", "", text)
    if len(text) > _LONGEST:
        return text  # no formula of ours
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
