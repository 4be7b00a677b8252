"""A workbook of plain tables, a sheet for each: texts stay texts, and numbers may lead to another sheet."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, TypeAlias

import xlsxwriter

from xlreport.frozen import frozen
from xlreport.layout.heights import LINE, TALLEST, lines_needed
from xlreport.tables.links import write_link
from xlreport.tables.style import AS_TEXT, BODY, CREATED, HEAD, LINK, LONGEST, page_setup

_IN_MEMORY = {"in_memory": True, **AS_TEXT}

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
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _IN_MEMORY)
    book.set_properties({"title": title, "created": CREATED})
    looks = {"body": book.add_format({**BODY}), "link": book.add_format({**BODY, **LINK})}
    looks["day"] = book.add_format({**BODY, "num_format": "yyyy-mm-dd"})
    head = book.add_format({**HEAD})
    for table in tables:
        sheet = book.add_worksheet(table.title)
        for column, (heading, width) in enumerate(zip(table.headings, table.widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, head)
        for number, row in enumerate(table.rows, start=1):
            _row(sheet, number, row, table.widths, looks)
        _colours(book, sheet, table)
        _set_up(sheet, table)
    book.close()
    return out.getvalue()


def plain_text(content: CellContent) -> str:
    """What a cell shows."""
    return str(content.content if isinstance(content, Linked | Opens) else "" if content is None else content)


def _row(
    sheet: Any, number: int, row: Sequence[CellContent], widths: Sequence[int], looks: Mapping[str, Any]
) -> None:
    lines = 1
    for column, (content, width) in enumerate(zip(row, widths, strict=True)):
        if content is None or content == "":
            sheet.write_blank(number, column, None, looks["body"])
            continue
        if isinstance(content, str):
            sheet.write_string(number, column, content[:LONGEST], looks["body"])
        else:
            _no_text(sheet, number, column, content, looks)
        lines = max(lines, lines_needed(plain_text(content), width))
    sheet.set_row(number, min(TALLEST, lines * LINE + 2))


def _no_text(
    sheet: Any,
    number: int,
    column: int,
    content: int | datetime.date | Linked | Opens,
    looks: Mapping[str, Any],
) -> None:
    if isinstance(content, Opens):
        write_link(sheet, number, column, content.path, content.content, looks["link"])
    elif isinstance(content, Linked):
        words = str(content.content)
        sheet.write_url(number, column, f"internal:'{content.sheet}'!A1", looks["link"], words)
        if isinstance(content.content, int):
            sheet.write_number(number, column, content.content, looks["link"])
    elif isinstance(content, int):
        sheet.write_number(number, column, content, looks["body"])
    else:
        sheet.write_datetime(number, column, content, looks["day"])


def _colours(book: Any, sheet: Any, table: OfficeTable) -> None:
    last = max(1, len(table.rows)), len(table.headings) - 1
    for word, (ground, ink) in table.colours.items():
        look = book.add_format({"bg_color": ground, "font_color": ink})
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
        sheet.conditional_format(1, 0, *last, rule)


def _set_up(sheet: Any, table: OfficeTable) -> None:
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.headings) - 1)
    page_setup(sheet)
