"""The filled cells of an OpenDocument sheet (.ods): where they stand, their values, the text that is shown.

Format: ODF 1.3, part 3, 9.1 (cells), 19.384 to 19.392 (values), 6.1 (text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime

from lxml import etree

from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.ods_lines import USUAL_STYLE, lines, style_at, times, usual_styles
from xlreport.formats.snapshot import Raw
from xlreport.frozen import frozen

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_DRAWN = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
CELLS = frozenset((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
_FIGURES = frozenset(("float", "percentage", "currency"))
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_NOT_SHOWN = frozenset(
    (f"{_OFFICE}annotation", f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph", f"{_TEXT}ruby-text")
)
"""Remarks, hidden words and pronunciation, which may stand inside a text; so may pictures with words."""


@frozen
class FilledCells:
    """A cell that is not empty, repeated over a rectangle; 0-based, `rows` and `columns` at least 1."""

    row: int
    column: int
    rows: int
    columns: int
    cell: etree._Element
    style: str = ""

    def places(self) -> Iterator[tuple[int, int]]:
        """Row and column of each."""
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                yield row, column


def filled_cells(table: etree._Element) -> Iterator[FilledCells]:
    """The filled cells; the endless empty ones up to the sheet's end are only counted."""
    row, usual = 0, usual_styles(table)
    for line in lines(table, "table-row"):
        rows = times(line, "number-rows-repeated")
        column, of_row = 0, line.get(USUAL_STYLE)
        for cell in line:
            if cell.tag in CELLS:
                columns = times(cell, "number-columns-repeated")
                if _filled(cell):
                    style = cell.get(f"{_TABLE}style-name") or of_row or style_at(usual, column)
                    yield FilledCells(row, column, rows, columns, cell, style)
                column += columns
        row += rows


def _filled(cell: etree._Element) -> bool:
    return (
        cell.get(f"{_OFFICE}value-type") is not None
        or cell.get(f"{_TABLE}formula") is not None
        or cell.find(f"{_TEXT}p") is not None
        or cell.get(f"{_TABLE}number-columns-spanned") is not None
    )


def value_of(cell: etree._Element) -> Raw:
    """A cell's value; one that does not read as its type says is given as the text that is shown."""
    kind, newer = cell.get(f"{_OFFICE}value-type", "string"), cell.get(f"{_EXTENSION}value-type")
    if newer == "error":
        kind = "error"
    elif newer is not None and newer != kind:
        raise Unopened("文件已损坏，单元格的内容不止一种，各种软件读法不一", RESAVE)
    with suppress(ValueError):
        if kind in _FIGURES:
            return _number(cell.get(f"{_OFFICE}value", ""))
        if kind == "date":
            return _moment(cell.get(f"{_OFFICE}date-value", ""))
        if kind == "boolean":
            return {"true": True, "false": False}.get(
                cell.get(f"{_OFFICE}boolean-value", ""), shown_text(cell)
            )
    shown = shown_text(cell)
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


def shown_text(cell: etree._Element) -> str:
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
