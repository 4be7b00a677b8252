"""Areas and lines that a sheet's XML names: merged cells, hidden columns, the cells of an array formula.

What makes no sense says nothing about any cell and is passed over, as Excel does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import isfinite

from lxml import etree

from xlreport.area import MOST_COLUMNS, MOST_ROWS, Area, column_number, position
from xlreport.expression import Expression
from xlreport.formats.opc import MAIN
from xlreport.formats.sheet_grid import POINT, Lines, SheetGrid, width
from xlreport.formats.xml_values import is_less, is_true

_CORNER = r"\$?([A-Za-z]{0,3})\$?([1-9][0-9]{0,6})?"
_AREA = Expression(f"{_CORNER}(?::{_CORNER})?")
_CELL = Expression("[A-Z]{1,3}[1-9][0-9]{0,6}")
_FROZEN = ("frozen", "frozenSplit")
_NUMBER = Expression("[0-9]{1,5}")
_ROW = Expression("[1-9][0-9]{0,6}")
LOW = 6.0
"""Points of height below which nothing of a row can be read."""
NARROW = 1.0
"""Characters of width below which nothing of a column is seen."""


@lru_cache(maxsize=4096)
def area_of(sheet: str, text: str) -> Area | None:
    """`A1:C5`, a single cell, whole columns `A:B` or rows `1:3`; None for anything else."""
    first, _, last = text.partition(":")
    if _CELL.fullmatch(first) and _CELL.fullmatch(last):  # what nearly every area is
        (top, left), (bottom, right) = position(first), position(last)
        return Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    return _odd_area(sheet, text)


def _odd_area(sheet: str, text: str) -> Area | None:
    found = _AREA.fullmatch(text)
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    if right is None and bottom is None:
        right, bottom = left, top
    if (
        not ((left and right) or (top and bottom))
        or bool(left) != bool(right)
        or (top is None) != (bottom is None)
    ):
        return None
    columns = sorted((column_number(left), column_number(right))) if left and right else [0, MOST_COLUMNS - 1]
    rows = sorted((int(top) - 1, int(bottom) - 1)) if top and bottom else [0, MOST_ROWS - 1]
    return Area(sheet, rows[0], columns[0], rows[1], columns[1])


def merged_areas(name: str, root: etree._Element) -> Iterator[Area]:
    """The merged areas of a sheet."""
    for line in root.iter(f"{MAIN}mergeCell"):
        area = area_of(name, line.get("ref", ""))
        if area is not None:
            yield area


def hidden_columns(root: etree._Element) -> Iterator[tuple[int, int]]:
    """Ranges of columns that are hidden, first and last, 0-based."""
    return _columns(root, lambda line: is_true(line.get("hidden")))


def out_of_reach(root: etree._Element) -> tuple[int, int]:
    """How many rows and columns lie before the first of a frozen pane."""
    rows = columns = 0
    for view in root.iterfind(f"{MAIN}sheetViews/{MAIN}sheetView"):
        pane, first = view.find(f"{MAIN}pane"), view.get("topLeftCell", "").strip()
        if pane is not None and pane.get("state", "").strip() in _FROZEN and _CELL.fullmatch(first):
            top, left = position(first)
            rows = max(rows, top if _size(pane.get("ySplit"), 0) > 0 else 0)
            columns = max(columns, left if _size(pane.get("xSplit"), 0) > 0 else 0)
    return rows, columns


def narrow_columns(root: etree._Element) -> Iterator[tuple[int, int]]:
    """Ranges of columns that are shown, but without any width."""
    yield from _columns(
        root, lambda line: not is_true(line.get("hidden")) and is_less(line.get("width"), NARROW)
    )
    if is_less(usual_size(root, "defaultColWidth"), NARROW):
        yield from _gaps(sorted(_columns(root, lambda _: True)))


def grid_of(root: etree._Element) -> SheetGrid:
    """How wide and high the columns and rows of a sheet are."""
    wide, high = usual_size(root, "defaultColWidth"), usual_size(root, "defaultRowHeight")
    columns = [
        (
            int(first) - 1,
            int(last) - 1,
            0.0 if is_true(line.get("hidden")) else width(_size(line.get("width"), 8.43)),
        )
        for line in root.iterfind(f"{MAIN}cols/{MAIN}col")
        if _NUMBER.fullmatch(first := line.get("min", "").strip())
        and _NUMBER.fullmatch(last := line.get("max", "").strip())
    ]
    usual = _size(high, 15.0)
    rows = [
        (
            int(number) - 1,
            int(number) - 1,
            0.0 if is_true(line.get("hidden")) else _size(line.get("ht"), usual) * POINT,
        )
        for line in root.iterfind(f"{MAIN}sheetData/{MAIN}row")
        if _ROW.fullmatch(number := line.get("r", ""))
    ]
    return SheetGrid(Lines(width(_size(wide, 8.43)), columns), Lines(usual * POINT, rows))


def _size(text: str | None, usual: float) -> float:
    """A size as it is stated, the usual one where it is none."""
    try:
        stated = float(text) if text is not None and "_" not in text else usual
    except ValueError:
        return usual
    return min(max(stated, 0.0), 1000.0) if isfinite(stated) else usual


def usual_size(root: etree._Element, name: str) -> str | None:
    """The height or width of lines of which none is stated."""
    usual = root.find(f"{MAIN}sheetFormatPr")
    return None if usual is None else usual.get(name)


def _gaps(ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    following = 0
    for first, last in ranges:
        if first > following:
            yield following, first - 1
        following = max(following, last + 1)
    yield following, MOST_COLUMNS - 1


def _columns(root: etree._Element, wanted: Callable[[etree._Element], bool]) -> Iterator[tuple[int, int]]:
    for line in root.iterfind(f"{MAIN}cols/{MAIN}col"):
        first, last = line.get("min", "").strip(), line.get("max", "").strip()
        if wanted(line) and _NUMBER.fullmatch(first) and _NUMBER.fullmatch(last):
            yield int(first) - 1, int(last) - 1
