"""How a sheet is shown and printed: A4, as wide as the page, heads that stay."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from xlreport.layout.cells import Sheet

_A4 = 9
_ONE_PAGE = 900
"""Sheets up to this height in points are printed on one page."""


def set_up_page(page: Worksheet, sheet: Sheet, with_past: bool) -> None:
    """Columns, rows, frozen panes and the print set-up of a laid out sheet.

    Without figures of last year (`with_past` False) the places for them are hidden.
    """
    hidden_rows = sheet.hidden_rows | (frozenset() if with_past else sheet.past_rows)
    hidden_columns = sheet.hidden_columns | (frozenset() if with_past else sheet.past_columns)
    if sheet.past and not with_past:
        page.hide()
    for column, width in sheet.widths.items():
        page.set_column(column, column, width, None, {"hidden": column in hidden_columns})
    for row, height in sheet.heights.items():
        page.set_row(row, height)
    for row in hidden_rows:
        page.set_row(row, None, None, {"hidden": True})
    page.hide_gridlines(2)
    page.freeze_panes(*sheet.freeze)
    if sheet.filter is not None:
        page.autofilter(sheet.filter.top, sheet.filter.left, sheet.filter.bottom, sheet.filter.right)
    _print_set_up(page, sheet)


def _print_set_up(page: Worksheet, sheet: Sheet) -> None:
    page.set_paper(_A4)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.center_horizontally()
    page.fit_to_pages(1, 1 if sum(sheet.heights.values()) < _ONE_PAGE else 0)
    page.set_footer("&C&9第 &P 页，共 &N 页&R&9&A")
    if sheet.wide:
        page.set_landscape()
    if sheet.repeat is not None:
        page.repeat_rows(*sheet.repeat)
    bottom = max(cell.area.bottom for cell in sheet.cells)
    right = max(column for column in sheet.widths if column not in sheet.hidden_columns)
    page.print_area(0, 1, bottom, right)
