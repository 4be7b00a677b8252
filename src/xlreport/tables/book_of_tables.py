"""A workbook of plain tables, a sheet for each: texts stay texts, and numbers may lead to another sheet."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, TypeAlias

from xlreport.frozen import frozen
from xlreport.layout.heights import LINE, TALLEST, lines_needed
from xlreport.tables.links import write_link
from xlreport.tables.sheet import PlainSheet
from xlreport.tables.style import BODY, HEAD, LINK, page_setup
from xlreport.tables.written import Written

Content: TypeAlias = "str | int | datetime.date | None"


@frozen
class Linked:
    """A content that leads to another sheet."""

    content: str | int
    sheet: str


@frozen
class Opens:
    """A content that opens a file, by its path from the folder of the workbook, with "/"."""

    content: str
    path: str


CellContent: TypeAlias = "Content | Linked | Opens"
_PLAIN = (str, int, type(None))


@frozen
class OfficeTable:
    """One sheet. `colours` gives ground and ink to cells that hold a word."""

    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[CellContent]]
    colours: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def book_of_tables(title: str, tables: Sequence[OfficeTable]) -> bytes:
    """The workbook; the same tables give the same bytes."""
    book = Written()
    looks = {
        "body": book.look(BODY),
        "link": book.look(BODY, LINK),
        "day": book.look(BODY, {"num_format": "yyyy-mm-dd"}),
    }
    for table in tables:
        sheet = book.sheet(table.title, table.widths)
        sheet.put(0, 0, table.headings, book.look(HEAD))
        for number, row in enumerate(table.rows, start=1):
            _row(sheet, number, row, table.widths, looks)
        _colours(book, sheet, table)
        _set_up(sheet, table)
    return book.bytes(title)


def plain_text(content: CellContent) -> str:
    """What a cell shows."""
    return str(content.content if isinstance(content, Linked | Opens) else "" if content is None else content)


def _row(
    sheet: PlainSheet,
    number: int,
    row: Sequence[CellContent],
    widths: Sequence[int],
    looks: Mapping[str, Any],
) -> None:
    """A row: what is plain at once, then what is more than that in its place."""
    special = {place: content for place, content in enumerate(row) if not isinstance(content, _PLAIN)}
    plain = [content if isinstance(content, _PLAIN) else None for content in row]
    sheet.put(number, 0, plain, looks["body"])
    for column, content in special.items():
        if isinstance(content, Opens):
            write_link(sheet, number, column, content.path, content.content, looks["link"])
        elif isinstance(content, Linked):
            _linked(sheet, number, column, content, looks["link"])
        else:
            sheet.write_datetime(number, column, content, looks["day"])
    lines = max(map(lines_needed, map(plain_text, row), widths))
    sheet.set_row(number, min(TALLEST, lines * LINE + 2))


def _linked(sheet: PlainSheet, number: int, column: int, content: Linked, look: Any) -> None:
    sheet.write_url(number, column, f"internal:'{content.sheet}'!A1", look, str(content.content))
    if isinstance(content.content, int):
        sheet.put(number, column, (content.content,), look)


def _colours(book: Written, sheet: PlainSheet, table: OfficeTable) -> None:
    last = max(1, len(table.rows)), len(table.headings) - 1
    for word, (ground, ink) in table.colours.items():
        look = book.look({"bg_color": ground, "font_color": ink})
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
        sheet.conditional_format(1, 0, *last, rule)


def _set_up(sheet: PlainSheet, table: OfficeTable) -> None:
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.headings) - 1)
    page_setup(sheet)
