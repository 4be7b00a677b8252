"""What a sum is made of, to be seen in a spreadsheet: a row for each unit, and formulas that add them up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from xlreport.frozen import frozen
from xlreport.layout.heights import LINE, lines_needed
from xlreport.tables.sheet import WrittenContent
from xlreport.tables.style import CELL, HEAD, WRAPPED, page_setup
from xlreport.tables.written import Written, write

DETAIL = "汇总明细"
"""The first sheet, by which such a workbook is known."""
_LISTED = (("单位", 30), ("汇入", 8), ("说明", 60))
_UNIT_WIDTH, _WIDTH = 30, 15
_HEADS, _TOTALS, _FIRST = range(3)
_ON_A_PAGE, _SCALE = 14, 75
"""Columns that fit across a page and can still be read; per cent of full size for more than these."""
_SUM = {"bold": True, "bg_color": "#EEF4FA"}


@frozen
class DetailSheet:
    """One sheet: what its columns are called, the figures of each unit, and their sums as they are known."""

    tab: str
    labels: Sequence[str]
    units: Sequence[tuple[str, Sequence[WrittenContent]]]
    sums: Sequence[WrittenContent]


def detail_book(title: str, listed: Sequence[tuple[str, bool, str]], sheets: Sequence[DetailSheet]) -> bytes:
    """The workbook; `listed` are all units, whether they are in the sum, and what there is to say of them."""
    book = Written()
    _list(book, listed)
    for each in sheets:
        _figures(book, each)
    return book.bytes(title)


def _list(book: Written, listed: Sequence[tuple[str, bool, str]]) -> None:
    sheet = book.sheet(DETAIL, [width for _, width in _LISTED])
    _row(sheet, _HEADS, [heading for heading, _ in _LISTED], book.look(HEAD))
    for row, (unit, included, why) in enumerate(listed, start=1):
        contents = (unit, "是" if included else "否", why)
        widths = (width for _, width in _LISTED)
        lines = (lines_needed(text, width) for text, width in zip(contents, widths, strict=True))
        sheet.set_row(row, LINE * max(lines) + 4)
        _row(sheet, row, contents, book.look(CELL, WRAPPED))
    sheet.freeze_panes(1, 1)
    page_setup(sheet)


def _figures(book: Written, detail: DetailSheet) -> None:
    """The sums stand above the units, so that they stay in sight; the formulas take in every unit."""
    sheet = book.sheet(detail.tab, [_UNIT_WIDTH, *[_WIDTH] * len(detail.labels)])
    sheet.set_row(_HEADS, LINE * max(lines_needed(label, _WIDTH) for label in detail.labels) + 4)
    _row(sheet, _HEADS, ("单位", *detail.labels), book.look(HEAD))
    look = book.look(CELL, _SUM)
    write(sheet, _TOTALS, 0, "合计", look)
    for column, value in enumerate(detail.sums, start=1):
        name = xl_col_to_name(column)
        formula = f"=SUM({name}{_FIRST + 1}:{name}{_FIRST + len(detail.units)})"
        sheet.write_formula(_TOTALS, column, formula, look, 0 if value is None else value)
    for row, (unit, figures) in enumerate(detail.units, start=_FIRST):
        _row(sheet, row, (unit, *figures), book.look(CELL))
    sheet.freeze_panes(_FIRST, 1)
    page_setup(sheet, _HEADS, _TOTALS)
    sheet.repeat_columns(0)
    if len(detail.labels) > _ON_A_PAGE:
        sheet.set_print_scale(_SCALE)  # as many pages as it takes: on one nobody could read it


def _row(sheet: Any, row: int, contents: Sequence[WrittenContent], look: Any) -> None:
    for column, content in enumerate(contents):
        write(sheet, row, column, content, look)
