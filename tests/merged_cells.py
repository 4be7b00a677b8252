"""openpyxl's way to merge cells, quicker: most of the time of loading a template goes into styles it knows.

Of areas whose first cells look alike the cells at the same edges come out alike, so an area is formatted only
where it has a cell of a new kind; a template has hundreds of areas. So do first cells that look alike and
whose last cells do take the same borders. `tests/test_merged_cells.py` compares what is loaded either way.
"""

from __future__ import annotations

from copy import copy
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.merge import MergedCellRange

whole_format = MergedCellRange.format
whole_borders = MergedCellRange._get_borders
_known: WeakKeyDictionary[Workbook, dict[object, StyleArray]] = WeakKeyDictionary()


def quick_format(area: MergedCellRange) -> None:
    """What `MergedCellRange.format` does."""
    known = _known.setdefault(area.ws.parent, {})
    cells = [area.ws._cells[place] for place in area.cells]
    if any(cell._style for cell in cells[1:]):
        whole_format(area)
        return
    look = cells[0]._style.tobytes()
    kinds = [(look, *_edges(area, *place)) for place in area.cells]
    if not known.keys() >= set(kinds):
        whole_format(area)
        known.update((kind, cell._style) for kind, cell in zip(kinds, cells, strict=True))
    for kind, cell in zip(kinds, cells, strict=True):
        cell._style = copy(known[kind])


def _edges(area: MergedCellRange, row: int, column: int) -> tuple[bool, bool, bool, bool]:
    """At which edges of the area a cell is; only the first is at the top and at the left."""
    return row == area.min_row, row == area.max_row, column == area.min_col, column == area.max_col


def quick_borders(area: MergedCellRange) -> None:
    """What `MergedCellRange._get_borders` does."""
    known = _known.setdefault(area.ws.parent, {})
    first, last = (
        area.ws._cells.get(at) for at in ((area.min_row, area.min_col), (area.max_row, area.max_col))
    )
    if first is None or last is None:
        whole_borders(area)
        return
    looks = (first._style.tobytes(), last._style.tobytes())
    if looks not in known:
        whole_borders(area)
        known[looks] = first._style
    area.start_cell = first
    first._style = copy(known[looks])
