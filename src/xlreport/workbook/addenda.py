"""Sheets that a parent's workbook has beside those of its form: locked tables that tell of the sum."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlreport.frozen import frozen
from xlreport.layout.cells import Look
from xlreport.layout.heights import LINE, TALLEST, lines_needed
from xlreport.layout.stamped_sum import StampedAdjustment, StampedSum
from xlreport.workbook.cell_formats import LOOKS

_A4 = 9
_POINTS: dict[Look, int] = {Look.TITLE: 30, Look.HEADING: 26}
"""Heights of rows whose text is large."""

AddedContent: TypeAlias = "str | int | Decimal"


@frozen
class AddedRow:
    """One row; a single text goes across the sheet."""

    look: Look
    contents: tuple[AddedContent, ...]


@frozen
class Addendum:
    """One sheet, from the first column on."""

    tab: str
    widths: tuple[int, ...]
    rows: tuple[AddedRow, ...]


@frozen
class SumTold:
    """What a workbook says of the sum in it: on sheets, and in its stamp."""

    sheets: tuple[Addendum, ...] = ()
    missing: str = ""
    adjustments: tuple[StampedAdjustment, ...] = ()

    @property
    def stamped(self) -> StampedSum:
        """What stands in the stamp."""
        return StampedSum(tuple(sheet.tab for sheet in self.sheets), self.missing, self.adjustments)


def write_addendum(book: Workbook, addendum: Addendum, password: str) -> None:
    """Add the sheet to the workbook, locked."""
    page = book.add_worksheet(addendum.tab)
    formats = {look: book.add_format(LOOKS[look]) for look in {row.look for row in addendum.rows}}
    for column, width in enumerate(addendum.widths):
        page.set_column(column, column, width)
    for number, row in enumerate(addendum.rows):
        page.set_row(number, _height(row, addendum.widths))
        _write(page, number, row, len(addendum.widths), formats[row.look])
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.protect(password, {"format_columns": True, "format_rows": True})


def _write(page: Worksheet, number: int, row: AddedRow, width: int, format_: object) -> None:
    if len(row.contents) == 1:
        page.merge_range(number, 0, number, width - 1, str(row.contents[0]), format_)
        return
    for column, content in enumerate(row.contents):
        if content == "":
            page.write_blank(number, column, None, format_)
        elif isinstance(content, str):
            page.write_string(number, column, content, format_)
        else:
            page.write_number(number, column, content, format_)


def _height(row: AddedRow, widths: Sequence[int]) -> int:
    across = [sum(widths)] if len(row.contents) == 1 else widths
    lines = max(lines_needed(str(text), width) for text, width in zip(row.contents, across, strict=True))
    return min(TALLEST, max(_POINTS.get(row.look, 0), lines * LINE + 4))
