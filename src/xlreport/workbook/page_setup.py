"""How a sheet is shown and printed: A4, as wide as the page, heads that stay."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from xlreport.form.values import Values
from xlreport.layout.cells import Input, Sheet
from xlreport.layout.heights import TALLEST, text_height

_A4 = 9
_ONE_PAGE = 900
"""Sheets up to this height in points are printed on one page."""


def set_up_page(page: Worksheet, sheet: Sheet, values: Values, with_prior: bool) -> None:
    """Columns, rows, frozen panes and the print set-up of a laid out sheet that holds these values.

    Without figures of last year (`with_prior` False) the places for them are hidden; so are folded rows.
    A row in which something is filled in is not, and as high as its texts need.
    """
    filled = {cell.area.top for cell in sheet.entries if values.get(cell.subject) is not None}
    folded = sheet.folded_rows | (frozenset() if with_prior else sheet.prior_rows)
    hidden_rows = sheet.hidden_rows | (folded - filled)
    hidden_columns = sheet.hidden_columns | (frozenset() if with_prior else sheet.prior_columns)
    if sheet.prior and not with_prior:
        page.hide()
    for column, width in sheet.widths.items():
        page.set_column(column, column, width, None, {"hidden": column in hidden_columns})
    heights = _heights(sheet, values)
    for row in sorted(heights.keys() | hidden_rows):
        page.set_row(row, heights.get(row), None, {"hidden": row in hidden_rows})
    page.hide_gridlines(2)
    page.freeze_panes(*sheet.freeze)
    if sheet.filter is not None:
        page.autofilter(sheet.filter.top, sheet.filter.left, sheet.filter.bottom, sheet.filter.right)
    shown = sum(height for row, height in heights.items() if row not in hidden_rows)
    page.fit_to_pages(1, 1 if shown < _ONE_PAGE else 0)
    _print_set_up(page, sheet)


def _heights(sheet: Sheet, values: Values) -> dict[int, int]:
    """The heights of the rows, with room for the texts that are filled in."""
    heights = dict(sheet.heights)
    for cell in sheet.entries:
        text = values.get(cell.subject)
        if isinstance(cell, Input) and isinstance(text, str) and not cell.field.labels:
            width = sum(sheet.widths[column] for column in range(cell.area.left, cell.area.right + 1))
            rows = range(cell.area.top, cell.area.bottom + 1)
            each = -(-text_height(text, width) // len(rows))
            heights |= {row: max(heights.get(row, 0), min(TALLEST, each)) for row in rows}
    return heights


def _print_set_up(page: Worksheet, sheet: Sheet) -> None:
    page.set_paper(_A4)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.center_horizontally()
    page.set_footer("&C&9第 &P 页，共 &N 页&R&9&A")
    if sheet.wide:
        page.set_landscape()
    if sheet.repeat is not None:
        page.repeat_rows(*sheet.repeat)
    bottom = max(cell.area.bottom for cell in sheet.cells)
    right = max(column for column in sheet.widths if column not in sheet.hidden_columns)
    page.print_area(0, 1, bottom, right)
