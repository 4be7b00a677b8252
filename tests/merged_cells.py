"""openpyxl's way to merge cells, quicker: most of the time of loading a template goes into styles it knows.

Areas of one size whose first cells look alike come out alike, so only the first of them is formatted; a
template has hundreds. So do first cells that look alike and have last cells alike take the same borders from
them. `tests/test_merged_cells.py` compares what is loaded either way.
"""

from __future__ import annotations

from copy import copy
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.merge import MergedCellRange

whole_format = MergedCellRange.format
whole_borders = MergedCellRange._get_borders
_known: WeakKeyDictionary[Workbook, dict[object, list[StyleArray]]] = WeakKeyDictionary()


def quick_format(area: MergedCellRange) -> None:
    """What `MergedCellRange.format` does."""
    known = _known.setdefault(area.ws.parent, {})
    first, *others = [area.ws._cells[place] for place in area.cells]
    if any(cell._style for cell in others):
        whole_format(area)
        return
    look = (first._style.tobytes(), area.max_row - area.min_row, area.max_col - area.min_col)
    if look not in known:
        whole_format(area)
        known[look] = [cell._style for cell in (first, *others)]
    for cell, style in zip((first, *others), known[look], strict=True):
        cell._style = copy(style)


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
        known[looks] = [first._style]
    area.start_cell = first
    first._style = copy(known[looks][0])
