"""What makes openpyxl quicker in these tests changes nothing of what is loaded and saved."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.reader.excel import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from damaging import with_openpyxl
from kept_books import UntouchedSheet, keep, taken_up
from returns import place, save, tab

SHEET, CELL = place("requests[new_requests,natural_person]")
TOLD = (
    "print_area",
    "print_title_rows",
    "freeze_panes",
    "sheet_state",
    "dimensions",
    "data_validations",
    "protection",
    "auto_filter",
    "page_setup",
    "views",
    "sheet_properties",
)
STYLES = ("border", "fill", "font", "alignment", "protection", "number_format")


def change(book: Workbook) -> None:
    """What tests do to a workbook; most of its sheets are left alone."""
    book[SHEET][CELL].number_format = "0%"
    book[SHEET][CELL].comment = Comment("请核对", "局")
    book[SHEET].auto_filter.ref = "A1:C3"
    book.move_sheet(SHEET, -2)
    book[SHEET].title = "改了名"
    book.copy_worksheet(book["改了名"]).sheet_state = "hidden"
    book[tab("cases")].print_area = "A1:B2"
    book[tab("problems")].sheet_state = "veryHidden"
    book[tab("overview")].protection = book["改了名"].protection
    book.remove(book[tab("other")])


def look(cell: Any, looks: dict[bytes | None, str]) -> str:
    """How a cell looks, found once for all cells of a workbook with that style."""
    style = cell._style and cell._style.tobytes()
    if style not in looks:
        looks[style] = repr([getattr(cell, name) for name in STYLES])
    return looks[style]


def seen(sheet: Worksheet, looks: dict[bytes | None, str]) -> dict[str, Any]:
    """Everything of a sheet; looks as they are, wherever the workbook lists them."""
    cells = [cell for row in sheet.iter_rows() for cell in row]
    return {
        "values": {cell.coordinate: cell.value for cell in cells},
        "looks": {cell.coordinate: look(cell, looks) for cell in cells},
        "comments": {cell.coordinate: cell.comment.text for cell in cells if cell.comment},
        "links": {cell.coordinate: cell.hyperlink.location for cell in cells if cell.hyperlink},
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
        "rules": [(str(group.sqref), repr(group.rules)) for group in sheet.conditional_formatting],
        "told": [repr(getattr(sheet, name)) for name in TOLD] + [sheet.oddFooter.center.text],
        "sizes": [
            [(key, repr(dimension)) for key, dimension in sorted(lines.items())]
            for lines in (sheet.row_dimensions, sheet.column_dimensions)
        ],
    }


def all_of(book: Workbook) -> list[tuple[str, dict[str, Any]]]:
    looks: dict[bytes | None, str] = {}
    return [(sheet.title, seen(sheet, looks)) for sheet in book.worksheets]


def test_what_is_saved_is_the_same(tmp_path: Path) -> None:
    book = load_workbook(save(tmp_path))
    change(book)
    whole = io.BytesIO()
    book.save(whole)
    quick = with_openpyxl(save(tmp_path), change)
    assert all_of(load_workbook(quick)) == all_of(load_workbook(whole))


def test_sheets_are_each_book_s_own_and_become_ordinary(tmp_path: Path) -> None:
    path = save(tmp_path)
    kept = keep(load_workbook(path))
    one, other = taken_up(kept), taken_up(kept)
    assert all(type(sheet) is UntouchedSheet for sheet in one.worksheets)
    one[SHEET][CELL] = 5
    assert [sheet.title for sheet in one.worksheets if type(sheet) is Worksheet] == [SHEET]
    assert one[SHEET][CELL].parent is one[SHEET]
    assert one[SHEET].parent is one
    assert other[SHEET][CELL].value != 5
    assert all_of(other) == all_of(load_workbook(path))
