"""A workbook of plain tables, a sheet for each: texts stay texts, and numbers may lead to another sheet."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import xlsxwriter

from xlreport.layout.builder import LINE, TALLEST, lines_needed

_CREATED = datetime.datetime(2000, 1, 1)
_AS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT: Mapping[str, Any] = {"font_name": "宋体", "font_size": 10.5}
_HEAD: Mapping[str, Any] = {
    **_FONT,
    "bold": True,
    "border": 1,
    "border_color": "#8EA9C1",
    "bg_color": "#D6E4F0",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
_BODY: Mapping[str, Any] = {**_FONT, "valign": "top", "text_wrap": True}
_LINK: Mapping[str, Any] = {**_BODY, "font_color": "#0B5CAD", "underline": 1}
_LONGEST = 32_000

Content: TypeAlias = "str | int | datetime.date | None"


@dataclass(frozen=True, slots=True)
class Linked:
    """A content that leads to another sheet."""

    content: str | int
    sheet: str


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `colours` gives ground and ink to cells that hold a word."""

    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Content | Linked]]
    colours: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def book_of_tables(title: str, tables: Sequence[Table]) -> bytes:
    """The workbook; the same tables give the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _AS_TEXT)
    book.set_properties({"title": title, "created": _CREATED})
    looks = {name: book.add_format(dict(look)) for name, look in (("body", _BODY), ("link", _LINK))}
    looks["day"] = book.add_format({**_BODY, "num_format": "yyyy-mm-dd"})
    head = book.add_format(dict(_HEAD))
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


def _row(
    sheet: Any, number: int, row: Sequence[Content | Linked], widths: Sequence[int], looks: Mapping[str, Any]
) -> None:
    for column, content in enumerate(row):
        if isinstance(content, Linked):
            words = str(content.content)
            sheet.write_url(number, column, f"internal:'{content.sheet}'!A1", looks["link"], words)
            if isinstance(content.content, int):
                sheet.write_number(number, column, content.content, looks["link"])
        elif isinstance(content, int):
            sheet.write_number(number, column, content, looks["body"])
        elif isinstance(content, datetime.date):
            sheet.write_datetime(number, column, content, looks["day"])
        else:
            sheet.write_string(number, column, (content or "")[:_LONGEST], looks["body"])
    texts = [str(c.content if isinstance(c, Linked) else c or "") for c in row]
    lines = max(lines_needed(text, width) for text, width in zip(texts, widths, strict=True))
    sheet.set_row(number, min(TALLEST, lines * LINE + 2))


def _colours(book: Any, sheet: Any, table: Table) -> None:
    last = max(1, len(table.rows)), len(table.headings) - 1
    for word, (ground, ink) in table.colours.items():
        look = book.add_format({"bg_color": ground, "font_color": ink})
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
        sheet.conditional_format(1, 0, *last, rule)


def _set_up(sheet: Any, table: Table) -> None:
    """A4 across, the head on every page, as wide as the page."""
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.headings) - 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&9第 &P 页，共 &N 页&R&9&A")
