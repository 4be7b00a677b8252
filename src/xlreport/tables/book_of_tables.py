"""A workbook of plain tables, a sheet for each: texts stay texts, and numbers may lead to another sheet."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, TypeAlias

from xlreport.frozen import frozen
from xlreport.layout.heights import LINE, TALLEST, most_lines
from xlreport.tables.links import link_to_file
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
_LINKS = (Linked, Opens)


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
    body, link = book.look(BODY), book.look(BODY, LINK)
    day = book.look(BODY, {"num_format": "yyyy-mm-dd"})
    looks = {datetime.date: day, Linked: link, Opens: link}
    for table in tables:
        sheet = book.sheet(table.title, table.widths)
        sheet.put(0, 0, table.headings, book.look(HEAD))
        for number, row in enumerate(table.rows, start=1):
            _row(sheet, number, row, [looks.get(type(each), body) for each in row], table.widths)
        _colours(book, sheet, table)
        _set_up(sheet, table)
    return book.bytes(title)


def plain_text(content: CellContent) -> str:
    """What a cell shows."""
    shown = content.content if isinstance(content, _LINKS) else content
    return "" if shown is None else str(shown)


def _row(
    sheet: PlainSheet, number: int, row: Sequence[CellContent], looks: Sequence[Any], widths: Sequence[int]
) -> None:
    links = [(column, each) for column, each in enumerate(row) if isinstance(each, _LINKS)]
    contents: list[Any] = [*row]
    for column, each in links:
        contents[column] = each.content
    texts = ["" if content is None else str(content) for content in contents]
    sheet.set_height(number, min(TALLEST, most_lines(texts, widths) * LINE + 2))
    sheet.put_each(number, 0, contents, looks)
    for column, each in links:
        if isinstance(each, Opens):
            link_to_file(sheet, number, column, each.path, looks[column])
        else:
            sheet.link_to_sheet(number, column, each.sheet, texts[column])


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
