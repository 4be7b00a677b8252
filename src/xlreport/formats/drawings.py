"""What the drawings of an .xlsx show: shapes, pictures, charts, controls, each with its place on the sheet.

Format: ECMA-376 part 1, 20.5 (spreadsheet drawings), 20.1.7.5 and .6 (frames of groups and of their parts),
18.3.1.2 (anchors of controls and embedded objects).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from lxml import etree

from xlreport.expression import Expression
from xlreport.formats.drawn import CHART, CONTROL, PICTURE, SHAPES
from xlreport.formats.opc import MAIN
from xlreport.formats.sheet_grid import POINT, Box, SheetGrid
from xlreport.formats.xml_values import is_true
from xlreport.frozen import frozen

_SHEET = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_KINDS: Mapping[str, str] = {
    "sp": SHAPES,
    "cxnSp": SHAPES,
    "contentPart": SHAPES,  # written with a pen
    "pic": PICTURE,
    "graphicFrame": CHART,
}
_WRAPPERS = ("AlternateContent", "Choice", "Fallback")
_BAR = 6 * POINT
"""The thickness from which on a line is a bar."""
_MOSTLY = 0.7
"""The share of a shape that its own line has to cover."""
_ANCHORS = tuple(f"{_SHEET}{name}Anchor" for name in ("twoCell", "oneCell", "absolute"))
_NUMBER = Expression("-?[0-9]{1,12}")
_OPACITY = Expression("([0-9]{1,6})(%?)")
GLASS = 0.5
"""The opacity up to which what lies below is seen through a ground or a picture."""


@frozen
class Thing:
    """What is drawn on a sheet: `says` if it has words of its own."""

    kind: str
    box: Box
    says: bool = False


def drawn_on(root: etree._Element, grid: SheetGrid) -> Iterator[Thing]:
    """What a drawing shows on a sheet."""
    for anchor in root.iter(*_ANCHORS):
        yield from _things_in(anchor, _box(anchor, grid))


def embedded_in(root: etree._Element, grid: SheetGrid, hidden: Container[str]) -> Iterator[Thing]:
    """Controls and objects of a sheet, whose places newer programs take from its own XML.

    `hidden` are the numbers of shapes that are not shown.
    """
    for thing in root.iter(f"{MAIN}control", f"{MAIN}oleObject"):
        first, last = (thing.find(f"*/{MAIN}anchor/{MAIN}{name}") for name in ("from", "to"))
        if first is not None and last is not None and thing.get("shapeId") not in hidden:
            yield Thing(CONTROL, Box(*_corner(first, grid), *_corner(last, grid)))


def _things_in(parts: Iterable[etree._Element], around: Box) -> Iterator[Thing]:
    """What stands in an anchor, or in a group that fills the box: whatever stands in either of two ways."""
    for part in parts:
        kind = part.tag.rpartition("}")[2]
        if kind in _WRAPPERS:
            yield from _things_in(part, around)
        elif kind == "grpSp" and not _is_hidden(part):
            yield from _grouped(part, around)
        elif kind in _KINDS and not _is_hidden(part):
            yield from _thing(part, _KINDS[kind], around)


def _grouped(group: etree._Element, around: Box) -> Iterator[Thing]:
    """The parts of a group, which may lie outside of it."""
    scale = group.find(f"{_SHEET}grpSpPr/{_DRAWING}xfrm")
    for part in group:
        own = part.find(f"*/{_DRAWING}xfrm")
        box = around if own is None or scale is None else _scaled(own, scale, around)
        yield from _things_in((part,), box)


def _scaled(own: etree._Element, scale: etree._Element, around: Box) -> Box:
    """Where a part of a group lies, whose measures count in those of the group."""
    (left, top), (wide, high) = _measures(own, "off", "ext")
    (first, start), (whole_width, whole_height) = _measures(scale, "chOff", "chExt")
    across = (around.right - around.left) / whole_width if whole_width else 0
    down = (around.bottom - around.top) / whole_height if whole_height else 0
    left, top = around.left + (left - first) * across, around.top + (top - start) * down
    return Box(left, top, left + wide * across, top + high * down)


def _measures(
    frame: etree._Element, place: str, size: str
) -> tuple[tuple[float, float], tuple[float, float]]:
    return (
        _pair(frame.find(f"{_DRAWING}{place}"), "x", "y"),
        _pair(frame.find(f"{_DRAWING}{size}"), "cx", "cy"),
    )


def _thing(part: etree._Element, kind: str, box: Box) -> Iterator[Thing]:
    """A picture or a chart; a shape with words, with a ground or with lines so thick that they are one.

    A picture that is as pale as a watermark is none.
    """
    says = kind == SHAPES and any(text.text for text in part.iter(f"{_DRAWING}t"))
    if kind == PICTURE and _is_glass(part.find(f".//{_DRAWING}alphaModFix"), "amt"):
        return
    if kind != SHAPES or says or not _is_frame(part):
        yield Thing(kind, box, says)
    else:
        yield from bar(box, _thickness(part))


def bar(box: Box, thick: float) -> Iterator[Thing]:
    """A line, or one around nothing, so thick that it is a shape itself."""
    if thick >= max(_BAR, _MOSTLY * min(box.right - box.left, box.bottom - box.top)):
        half = thick / 2
        yield Thing(SHAPES, Box(box.left - half, box.top - half, box.right + half, box.bottom + half))


def _is_hidden(part: etree._Element) -> bool:
    """True for what no program shows, as pages copied from the web leave it on sheets."""
    return any(is_true(named.get("hidden")) for named in part.iterfind(f"*/{_SHEET}cNvPr"))


def _is_frame(part: etree._Element) -> bool:
    """True for lines, and for shapes through which the cells are seen, such as a ring around a figure."""
    if part.tag == f"{_SHEET}cxnSp":
        return True
    properties = part.find(f"{_SHEET}spPr")
    if properties is None:
        return False
    is_glass = _is_glass(properties.find(f"{_DRAWING}solidFill/*/{_DRAWING}alpha"), "val")
    return is_glass or properties.find(f"{_DRAWING}noFill") is not None


def _is_glass(opacity: etree._Element | None, name: str) -> bool:
    """True where a stated opacity, 0 to 100000 or in percent, lets cells be seen through."""
    found = None if opacity is None else _OPACITY.fullmatch(opacity.get(name, "").strip())
    return found is not None and int(found[1]) <= GLASS * (100 if found[2] else 100_000)


def _thickness(part: etree._Element) -> int:
    """How thick the line of a shape is."""
    line = part.find(f"{_SHEET}spPr/{_DRAWING}ln")
    return 0 if line is None or line.find(f"{_DRAWING}noFill") is not None else _whole(line.get("w"))


def _box(anchor: etree._Element, grid: SheetGrid) -> Box:
    """Where an anchor lies: from one cell to another, or as wide and high as it says."""
    first, last, size = (anchor.find(f"{_SHEET}{name}") for name in ("from", "to", "ext"))
    place = anchor.find(f"{_SHEET}pos")
    left, top = _corner(first, grid) if first is not None else _pair(place, "x", "y")
    if last is not None:
        return Box(left, top, *_corner(last, grid))
    wide, high = _pair(size, "cx", "cy")
    return Box(left, top, left + wide, top + high)


def _corner(marker: etree._Element, grid: SheetGrid) -> tuple[float, float]:
    column, row, right, down = (
        _whole(marker.findtext(f"{_SHEET}{name}")) for name in ("col", "row", "colOff", "rowOff")
    )
    return grid.columns.start(column) + right, grid.rows.start(row) + down


def _pair(element: etree._Element | None, first: str, second: str) -> tuple[float, float]:
    return (0, 0) if element is None else (_whole(element.get(first)), _whole(element.get(second)))


def _whole(text: str | None) -> int:
    plain = (text or "").strip()
    return int(plain) if _NUMBER.fullmatch(plain) else 0
