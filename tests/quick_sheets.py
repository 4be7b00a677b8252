"""xlsxwriter's way to write our sheets, quicker: the same bytes in little more than half the time.

A template has thousands of cells, of which most are blank or hold a fixed text, and xlsxwriter asks each of
them a dozen questions that have one answer here: no sheet of a form has comments, or rows and columns of a
format of their own. `tests/test_quick_sheets.py` compares what is written either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from io import StringIO
from itertools import groupby
from typing import Any

import pytest
from xlsxwriter.format import Format
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple, Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from xlreport.workbook.write import _Page

_BLOCK = 16
"""Rows that tell the same span of columns."""
_column = cache(xl_col_to_name)


@contextmanager
def quick_sheets() -> Iterator[None]:
    """Sheets of forms are written the quick way."""
    with _patched(_QUICK):
        yield


@contextmanager
def whole_sheets() -> Iterator[None]:
    """Sheets are written by xlsxwriter alone."""
    with _patched(_WHOLE):
        yield


@contextmanager
def _patched(ways: Iterable[tuple[type, str, object]]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for owner, name, way in ways:
            patch.setattr(owner, name, way)
        yield


def _merged(page: _Page, top: int, left: int, bottom: int, right: int, data: str, look: Format) -> int:
    """Merge cells that are blank; what cannot be merged is left to xlsxwriter, which says so."""
    cells = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    if data or page.table_cells or not page.merged_cells.keys().isdisjoint(cells):
        return int(Worksheet.merge_range(page, top, left, bottom, right, data, look))
    page._check_dimensions(top, left)
    page._check_dimensions(bottom, right)
    page.merge.append([top, left, bottom, right])
    area = f"{_column(left)}{top + 1}:{_column(right)}{bottom + 1}"
    page.merged_cells.update(dict.fromkeys(cells, area))
    blank = CellBlankTuple(look)
    for row, column in cells:
        page.table[row][column] = blank
    return 0


def _formula(page: _Page, row: int, column: int, text: str, look: Format, result: Any) -> int:
    """Write a formula, none of which is of a function that Excel learned late."""
    page._check_dimensions(row, column)
    page.table[row][column] = CellFormulaTuple(text.removeprefix("="), look, result)
    return 0


def _rows(page: _Page) -> None:
    spans = _spans(page)
    styles: dict[Format, int] = {}
    for row in sorted(page.table.keys() | page.row_info.keys()):
        cells, told = page.table.get(row), page.row_info.get(row)
        page._write_row(row, spans.get(row // _BLOCK), told, empty_row=not cells)
        if cells:
            for column in sorted(cells):
                _cell(page, row, column, cells[column], styles)
            page._xml_end_tag("row")


def _spans(page: _Page) -> dict[int, str]:
    """From which to which column there are cells, by blocks of rows."""
    found = {}
    for block, rows in groupby(sorted(page.table), lambda row: row // _BLOCK):
        columns = {column for row in rows for column in page.table[row]}
        if columns:
            found[block] = f"{min(columns) + 1}:{max(columns) + 1}"
    return found


def _cell(page: _Page, row: int, column: int, cell: Any, styles: dict[Format, int]) -> None:
    look = cell.format
    if look is None:
        page._write_cell(row, column, cell)
        return
    if look not in styles:
        styles[look] = look._get_xf_index()
    start = f'<c r="{_column(column)}{row + 1}" s="{styles[look]}"'
    kind = type(cell)
    if kind is CellBlankTuple:
        page.fh.write(f"{start}/>")
    elif kind is CellStringTuple:
        page.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
    elif kind is CellNumberTuple:
        page.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
    elif kind is CellFormulaTuple and type(cell.value) in (int, float):
        page.fh.write(f"{start}><f>{_escaped(cell.formula)}</f><v>{cell.value}</v></c>")
    else:
        page._write_cell(row, column, cell)


@lru_cache(10_000)
def _escaped(text: str) -> str:
    return str(XMLwriter()._escape_data(text))


@lru_cache(10_000)
def _item(text: str) -> str:
    """A text as an item of the list of texts."""
    strings = SharedStrings()
    strings.fh = StringIO()
    _write_item(strings, text)
    return strings.fh.getvalue()


_write_item = SharedStrings._write_si
_QUICK: tuple[tuple[type, str, object], ...] = (
    # These are called by row and column, never by a name like A1.
    (_Page, "write_string", Worksheet._write_string),
    (_Page, "write_number", Worksheet._write_number),
    (_Page, "write_blank", Worksheet._write_blank),
    (_Page, "write_formula", _formula),
    (_Page, "merge_range", _merged),
    (_Page, "_write_rows", _rows),
    (SharedStrings, "_write_si", lambda strings, text: strings.fh.write(_item(text))),
    (
        XMLwriter,
        "_escape_attributes",
        staticmethod(lru_cache(10_000, typed=True)(XMLwriter()._escape_attributes)),
    ),
)
_WHOLE = tuple((owner, name, getattr(owner, name)) for owner, name, _ in _QUICK)
