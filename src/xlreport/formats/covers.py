"""Which cells lie below pictures, boxes and remarks: what stands in them is not what a person sees.

Format: ECMA-376 part 4, 19.4.2 (ClientData and Anchor of VML); for drawings see `drawings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from itertools import islice

from lxml import etree

from xlreport.area import Area
from xlreport.expression import Expression
from xlreport.formats.container import Container
from xlreport.formats.drawings import Thing, drawn_on, embedded_in
from xlreport.formats.drawn import CHART, CONTROL, PICTURE, REMARK, SHAPES
from xlreport.formats.foreign import Unopened
from xlreport.formats.formula_texts import Position
from xlreport.formats.opc import Relation
from xlreport.formats.sheet_grid import PIXEL, Box, Lines, SheetGrid

_DRAWINGS = ("drawing", "vmlDrawing")
_EMBEDDED = ("control", "ctrlProp", "oleObject", "package")
_SHAPE = Expression(r"<(?:\w+:)?shape\b.*?</(?:\w+:)?shape>", re.DOTALL)
_ANCHOR = Expression(r"<(?:\w+:)?Anchor>([0-9,\s-]*)</")
_REMARK = Expression(r"""ObjectType\s*=\s*["']\s*Note""")
_SHOWN = Expression(r"""<(?:\w+:)?Visible\b|visibility\s*:\s*visible""")
_HIDDEN = Expression(r"visibility\s*:\s*hidden")
_SHAPE_ID = Expression(r"""\bid\s*=\s*["']_x0000_s([0-9]{1,9})["']""")
_NUMBER = Expression("-?[0-9]{1,12}")
_MOST = 500
"""Things on a sheet that are looked at."""
_COVERED = 0.3
"""The share of a cell that has to lie below a thing; or of a box with words that has to lie on the cell."""


def covered_cells(
    container: Container,
    part: str,
    grid_of: Callable[[], SheetGrid],
    cells: Iterable[Position],
    merged: Sequence[Area],
    root: etree._Element | None = None,
) -> Mapping[Position, str]:
    """The kinds of what lies over the cells of a sheet, by the cells' places. `root` is its XML, if any."""
    relations = list(container.relations(part).values())
    drawings = [each for each in relations if each.kind in _DRAWINGS]
    embeds = root is not None and any(each.kind in _EMBEDDED for each in relations)
    if not drawings and not embeds:
        return {}
    grid = grid_of()
    things = [thing for drawing in drawings for thing in _things(container, drawing, grid)]
    if embeds and root is not None:
        hidden = {number for drawing in drawings for number in _hidden(container, drawing)}
        things += embedded_in(root, grid, hidden)
    return covered_by(things, grid, cells, merged)


def covered_by(
    things: Sequence[Thing], grid: SheetGrid, cells: Iterable[Position], merged: Sequence[Area]
) -> Mapping[Position, str]:
    """The kinds of what lies over the cells, of things whose places are known."""
    if not things:
        return {}
    areas = {(area.top, area.left): area for area in merged}
    places = list(cells)
    rows = _reached(grid.rows, {row for row, _ in places}, [(t.box.top, t.box.bottom) for t in things])
    columns = _reached(grid.columns, {at for _, at in places}, [(t.box.left, t.box.right) for t in things])
    near = (place for place in places if place in areas or (place[0] in rows and place[1] in columns))
    boxes = ((place, grid.box(areas.get(place, Area.cell("", *place)))) for place in near)
    found = ((place, _over(box, things)) for place, box in boxes if box.size)
    return {place: kind for place, kind in found if kind}


def _reached(lines: Lines, those: Set[int], reaches: Sequence[tuple[float, float]]) -> Set[int]:
    """The rows or columns between the first thing and the last: of a long list beside a chart only these."""
    first, last = min(start for start, _ in reaches), max(end for _, end in reaches)
    return {line for line in those if lines.start(line) < last and lines.start(line + 1) > first}


def _over(cell: Box, things: Sequence[Thing]) -> str:
    """What lies over a cell, boxes before pictures; "" for nothing."""
    kinds = {thing.kind for thing in things if _covers(thing, cell)}
    return min(kinds, key=(SHAPES, CHART, CONTROL, PICTURE, REMARK).index, default="")


def _covers(thing: Thing, cell: Box) -> bool:
    common = thing.box.within(cell).size
    return common >= _COVERED * (min(cell.size, thing.box.size) if thing.says else cell.size) > 0


def _things(container: Container, relation: Relation, grid: SheetGrid) -> Sequence[Thing]:
    """What a drawing shows; one that cannot be read says nothing of any cell."""
    try:
        if relation.kind == "drawing":
            return list(islice(drawn_on(container.xml(relation.part), grid), _MOST))
        return list(islice(_old_shapes(container.part(relation.part), grid), _MOST))
    except Unopened:
        return ()


# Older shapes ----------------------------------------------------------------------------------------


def _old_shapes(data: bytes, grid: SheetGrid) -> Iterator[Thing]:
    """Remarks that are shown all the time, and controls. Such parts are often no XML."""
    for shape in _SHAPE.findall(data.decode("utf-8", "replace")):
        anchor = _ANCHOR.search(shape)
        numbers = [int(found) for found in _NUMBER.findall(anchor[1])] if anchor is not None else []
        is_remark = _REMARK.search(shape) is not None
        shown = _SHOWN.search(shape) is not None if is_remark else _HIDDEN.search(shape) is None
        if shown and len(numbers) == len("lxtyrxby"):
            yield Thing(REMARK if is_remark else CONTROL, _old_box(numbers, grid))


def _hidden(container: Container, relation: Relation) -> Iterator[str]:
    """The numbers of controls that are not shown, as pages copied from the web bring them."""
    with suppress(Unopened):
        text = container.part(relation.part).decode("utf-8", "replace") if relation.kind != "drawing" else ""
        hidden = (shape for shape in _SHAPE.findall(text) if _HIDDEN.search(shape) is not None)
        yield from (found[1] for shape in hidden if (found := _SHAPE_ID.search(shape)) is not None)


def _old_box(numbers: Sequence[int], grid: SheetGrid) -> Box:
    """Column and pixels, row and pixels, of the first corner and of the last."""
    left, right = (grid.columns.start(numbers[at]) + numbers[at + 1] * PIXEL for at in (0, 4))
    top, bottom = (grid.rows.start(numbers[at]) + numbers[at + 1] * PIXEL for at in (2, 6))
    return Box(left, top, right, bottom)
