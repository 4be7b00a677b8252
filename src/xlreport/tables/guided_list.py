"""A list to be filled in: a locked title and headings with what belongs below each, open rows, drop-downs."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from xlreport.frozen import frozen

_CREATED = datetime.datetime(2000, 1, 1)
_AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_OPEN_ROWS = 500
"""Rows to fill in below those that are filled."""
_HEAD_ROW = 2
_FONT: Mapping[str, Any] = {"font_name": "宋体", "font_size": 10.5}
_TITLE: Mapping[str, Any] = {**_FONT, "font_size": 16, "bold": True, "valign": "vcenter"}
_GUIDE: Mapping[str, Any] = {**_FONT, "text_wrap": True, "valign": "top", "font_color": "#595959"}
_HEAD: Mapping[str, Any] = {
    **_FONT,
    "bold": True,
    "border": 1,
    "bg_color": "#D6E4F0",
    "align": "center",
    "valign": "vcenter",
}
_CELL: Mapping[str, Any] = {
    **_FONT,
    "border": 1,
    "border_color": "#C9C9C9",
    "locked": False,
    "num_format": "@",
}
_DAY: Mapping[str, Any] = {**_CELL, "num_format": "yyyy-mm-dd"}
_RIGHTS = {
    "insert_rows": True,
    "delete_rows": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
_PROMPT, _PROMPT_TITLE = 255, 32
"""Characters that a prompt takes."""


@frozen
class Column:
    """A column: what it is called, what belongs there, how wide it is, and what may be chosen."""

    heading: str
    help: str
    width: int
    options: tuple[str, ...] = ()
    days: bool = False


def guided_list(
    title: str, guide: str, columns: Sequence[Column], rows: Sequence[Sequence[str | datetime.date | None]]
) -> bytes:
    """The workbook; the same arguments give the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _AS_TEXT)
    book.set_properties({"title": title, "created": _CREATED})
    sheet = book.add_worksheet("名单")
    sheet.write_string(0, 0, title, book.add_format(dict(_TITLE)))
    sheet.merge_range(1, 0, 1, len(columns) - 1, guide, book.add_format(dict(_GUIDE)))
    sheet.set_row(0, 28)
    sheet.set_row(1, 66)
    last = _HEAD_ROW + len(rows) + _OPEN_ROWS
    for number, column in enumerate(columns):
        _column(book, sheet, number, column, last)
    _rows(book, sheet, columns, rows, last)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.protect("", _RIGHTS)
    book.close()
    return out.getvalue()


def _column(book: Any, sheet: Any, number: int, column: Column, last: int) -> None:
    """Its heading, width, prompt and choices."""
    sheet.set_column(number, number, column.width)
    sheet.write_string(_HEAD_ROW, number, column.heading, book.add_format(dict(_HEAD)))
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": column.heading[:_PROMPT_TITLE],
        "input_message": column.help[:_PROMPT],
    }
    if column.options:
        rule |= {
            "validate": "list",
            "source": list(column.options),
            "error_title": column.heading,
            "error_message": f"请从下拉框中选一项：{'、'.join(column.options)}"[:_PROMPT],
        }
    sheet.data_validation(_HEAD_ROW + 1, number, last, number, rule)


def _rows(
    book: Any,
    sheet: Any,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str | datetime.date | None]],
    last: int,
) -> None:
    cell, day = book.add_format(dict(_CELL)), book.add_format(dict(_DAY))
    for number in range(_HEAD_ROW + 1, last + 1):
        filled = rows[number - _HEAD_ROW - 1] if number - _HEAD_ROW <= len(rows) else [None] * len(columns)
        for place, (column, value) in enumerate(zip(columns, filled, strict=True)):
            look = day if column.days else cell
            if isinstance(value, datetime.date):
                sheet.write_datetime(number, place, value, day)
            elif value:
                sheet.write_string(number, place, value, look)
            else:
                sheet.write_blank(number, place, None, look)
