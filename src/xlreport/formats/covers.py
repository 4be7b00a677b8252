"""Which cells lie below pictures, boxes and remarks: what stands in them is not what a person sees.

Format: ECMA-376 part 1, 20.5 (spreadsheet drawings); part 4, 19.4.2 (ClientData and Anchor of VML).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice

from lxml import etree

from xlreport.area import Area
from xlreport.expression import Expression
from xlreport.formats.container import Container
from xlreport.formats.drawn import CHART, CONTROL, PICTURE, REMARK, SHAPES
from xlreport.formats.foreign import Unopened
from xlreport.formats.formula_texts import Position
from xlreport.formats.opc import Relation
from xlreport.formats.sheet_grid import PIXEL, Box, Grid, Lines
from xlreport.frozen import frozen

_SHEET = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DRAWINGS = ("drawing", "vmlDrawing")
_KINDS: Mapping[str, str] = {"sp": SHAPES, "pic": PICTURE, "graphicFrame": CHART}
_ANCHORS = tuple(f"{_SHEET}{name}Anchor" for name in ("twoCell", "oneCell", "absolute"))
_SHAPE = Expression(r"<(?:\w+:)?shape\b.*?</(?:\w+:)?shape>", re.DOTALL)
_ANCHOR = Expression(r"<(?:\w+:)?Anchor>([0-9,\s-]*)</")
_REMARK = Expression(r"""ObjectType\s*=\s*["']\s*Note""")
_SHOWN = Expression(r"""<(?:\w+:)?Visible\b|visibility\s*:\s*visible""")
_HIDDEN = Expression(r"visibility\s*:\s*hidden")
_NUMBER = Expression("-?[0-9]{1,12}")
_MOST = 500
"""Things on a sheet that are looked at."""
_COVERED = 0.3
"""The share of a cell that has to lie below a thing; or of a box with words that has to lie on the cell."""


@frozen
class Thing:
    """What is drawn on a sheet: `says` if it has words of its own."""

    kind: str
    box: Box
    says: bool = False


def covered(
    container: Container,
    part: str,
    grid_of: Callable[[], Grid],
    cells: Iterable[Position],
    merged: Sequence[Area],
) -> Mapping[Position, str]:
    """The kinds of what lies over cells, by the cells' places."""
    relations = [each for each in container.relations(part).values() if each.kind in _DRAWINGS]
    grid = grid_of() if relations else Grid()
    things = [thing for relation in relations for thing in _things(container, relation, grid)]
    return below(things, grid, cells, merged)


def below(
    things: Sequence[Thing], grid: Grid, cells: Iterable[Position], merged: Sequence[Area]
) -> Mapping[Position, str]:
    """The same of things that are known."""
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


def _things(container: Container, relation: Relation, grid: Grid) -> Sequence[Thing]:
    """What a drawing shows; one that cannot be read says nothing of any cell."""
    try:
        if relation.kind == "drawing":
            return list(islice(_drawn(container.xml(relation.part), grid), _MOST))
        return list(islice(_old_shapes(container.part(relation.part), grid), _MOST))
    except Unopened:
        return ()


# Drawings --------------------------------------------------------------------------------------------


def _drawn(root: etree._Element, grid: Grid) -> Iterator[Thing]:
    for anchor in root.iter(*_ANCHORS):
        box = _box(anchor, grid)
        kinds = {_KINDS[name] for name in _KINDS if anchor.find(f".//{_SHEET}{name}") is not None}
        says = any(text.text for text in anchor.iter(f"{_DRAWING}t"))
        for kind in kinds:
            if kind != SHAPES or says or not _is_frame(anchor):
                yield Thing(kind, box, says and kind == SHAPES)


def _is_frame(anchor: etree._Element) -> bool:
    """True for shapes through which the cells are seen, such as a ring around a figure."""
    properties = list(anchor.iter(f"{_SHEET}spPr"))
    return bool(properties) and all(each.find(f"{_DRAWING}noFill") is not None for each in properties)


def _box(anchor: etree._Element, grid: Grid) -> Box:
    """Where an anchor lies: from one cell to another, or as wide and high as it says."""
    first, last, size = (anchor.find(f"{_SHEET}{name}") for name in ("from", "to", "ext"))
    place = anchor.find(f"{_SHEET}pos")
    left, top = _corner(first, grid) if first is not None else _pair(place, "x", "y")
    if last is not None:
        return Box(left, top, *_corner(last, grid))
    wide, high = _pair(size, "cx", "cy")
    return Box(left, top, left + wide, top + high)


def _corner(marker: etree._Element, grid: Grid) -> tuple[float, float]:
    column, row, right, down = (
        _whole(marker.findtext(f"{_SHEET}{name}")) for name in ("col", "row", "colOff", "rowOff")
    )
    return grid.columns.start(column) + right, grid.rows.start(row) + down


def _pair(element: etree._Element | None, first: str, second: str) -> tuple[float, float]:
    return (0, 0) if element is None else (_whole(element.get(first)), _whole(element.get(second)))


def _whole(text: str | None) -> int:
    plain = (text or "").strip()
    return int(plain) if _NUMBER.fullmatch(plain) else 0


# Older shapes ----------------------------------------------------------------------------------------


def _old_shapes(data: bytes, grid: Grid) -> Iterator[Thing]:
    """Remarks that are shown all the time, and controls. Such parts are often no XML."""
    for shape in _SHAPE.findall(data.decode("utf-8", "replace")):
        anchor = _ANCHOR.search(shape)
        numbers = [int(found) for found in _NUMBER.findall(anchor[1])] if anchor is not None else []
        is_remark = _REMARK.search(shape) is not None
        shown = _SHOWN.search(shape) is not None if is_remark else _HIDDEN.search(shape) is None
        if shown and len(numbers) == len("lxtyrxby"):
            yield Thing(REMARK if is_remark else CONTROL, _old_box(numbers, grid))


def _old_box(numbers: Sequence[int], grid: Grid) -> Box:
    """Column and pixels, row and pixels, of the first corner and of the last."""
    left, right = (grid.columns.start(numbers[at]) + numbers[at + 1] * PIXEL for at in (0, 4))
    top, bottom = (grid.rows.start(numbers[at]) + numbers[at + 1] * PIXEL for at in (2, 6))
    return Box(left, top, right, bottom)
