"""The rows and columns of an .ods: in groups or not, how large, which are hidden.

Format: ODF 1.3, part 3, 9.1 (rows, columns and their groups).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from lxml import etree

from xlreport.formats.foreign import Unopened
from xlreport.formats.ods_styles import OdsStyles
from xlreport.formats.sheet_grid import POINT
from xlreport.formats.xlsx_areas import LOW

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
USUAL_STYLE = f"{_TABLE}default-cell-style-name"
_GROUPS = frozenset(
    f"{_TABLE}table-{name}"
    for name in ("row-group", "header-rows", "rows", "column-group", "header-columns", "columns")
)
_FOLDED = (f"{_TABLE}table-row-group", f"{_TABLE}table-column-group")
_NARROWEST = 6.0
"""Points of width below which nothing of a column is seen."""
_REACH = 10_000
"""Rows of which it is remembered that they are hidden; no form is longer."""


def lines(parent: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The rows or the columns, also those in groups and heads."""
    for child in parent:
        if child.tag == f"{_TABLE}{kind}":
            yield child
        elif child.tag in _GROUPS:
            yield from lines(child, kind)


def times(element: etree._Element, name: str) -> int:
    """How often an attribute of that name says that something is repeated, 1 where it says nothing."""
    text = element.get(f"{_TABLE}{name}")
    if text is None:
        return 1
    if not re.fullmatch("[0-9]{1,7}", text) or text.strip("0") == "":
        raise Unopened("文件已损坏，单元格编号有误")
    return int(text)


def sizes_of(table: etree._Element, kind: str, styles: OdsStyles) -> list[tuple[int, int, float]]:
    """The rows or columns that have a size of their own, 0 for hidden ones, as far as forms reach."""
    found, line = [], 0
    size = "row-height" if kind == "row" else "column-width"
    for each in lines(table, f"table-{kind}"):
        count = times(each, f"number-{kind}s-repeated")
        own = styles.length(f"table-{kind}", each.get(f"{_TABLE}style-name"), size)
        if not _is_shown(each):
            own = 0.0
        if own is not None and line < _REACH:
            found.append((line, min(line + count, _REACH) - 1, own * POINT))
        line += count
    return found


def _is_shown(line: etree._Element) -> bool:
    """False for a line that is hidden, or in a group that is folded up."""
    if line.get(f"{_TABLE}visibility", "visible") != "visible":
        return False
    groups = line.iterancestors(*_FOLDED)
    return all(group.get(f"{_TABLE}display", "true") != "false" for group in groups)


def hidden_rows(table: etree._Element) -> Iterator[int]:
    """The rows that are not shown, as far as forms reach."""
    row = 0
    for line in lines(table, "table-row"):
        count = times(line, "number-rows-repeated")
        if not _is_shown(line):
            yield from range(row, min(row + count, _REACH))
        row += count


def hidden_columns(table: etree._Element) -> Iterator[tuple[int, int]]:
    """The columns that are not shown, each run of them by its first and last."""
    column = 0
    for line in lines(table, "table-column"):
        count = times(line, "number-columns-repeated")
        if not _is_shown(line):
            yield column, column + count - 1
        column += count


def too_low(sizes: Iterable[tuple[int, int, float]]) -> frozenset[int]:
    """Those of the rows with a size of their own that are too low to be seen."""
    low = (range(first, last + 1) for first, last, high in sizes if high < LOW * POINT)
    return frozenset(chain.from_iterable(low))


def too_narrow(
    sizes: Iterable[tuple[int, int, float]], hidden: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Those of the columns with a size of their own that are too narrow to be seen, though not hidden."""
    narrow = ((first, last) for first, last, wide in sizes if wide < _NARROWEST * POINT)
    begun = {first for first, _ in hidden}
    return tuple(each for each in narrow if each[0] not in begun)


def usual_styles(table: etree._Element) -> list[tuple[int, str]]:
    """The styles of cells that name none, each with the column behind the last that it is for."""
    found, column = [], 0
    for line in lines(table, "table-column"):
        column += times(line, "number-columns-repeated")
        found.append((column, line.get(USUAL_STYLE, "")))
    return found


def style_at(usual: Iterable[tuple[int, str]], column: int) -> str:
    """The style of a column's cells that name none, as `usual_styles` gave them; "" for none."""
    return next((style for end, style in usual if column < end), "")
