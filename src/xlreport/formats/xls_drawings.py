"""What is drawn on a sheet of an .xls, record by record.

A shape stands in a drawing record, which an object record (its kind) and a text record may follow. Format:
[MS-XLS] 2.4.170 (MsoDrawing), 2.4.181 (Obj), 2.4.179 (Note), 2.5.193 (anchors); [MS-ODRAW] 2.2.40 (shapes),
2.3 (their properties).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from xlreport.formats.drawings import GLASS, Thing, bar
from xlreport.formats.drawn import CHART, CONTROL, PICTURE, REMARK, SHAPES
from xlreport.formats.sheet_grid import Box, Lines, SheetGrid

DRAWING, OBJECT, WORDS, NOTE = 0x00EC, 0x005D, 0x01B6, 0x001C
"""The records that say what is drawn."""
_SHAPE, _PROPERTIES, _ANCHOR = 0xF00A, 0xF00B, 0xF010
_GROUP, _CHILD, _WHOLE, _DELETED = 1, 2, 4, 8
"""What a shape is: a group, a part of one, the drawing as a whole, or gone."""
_FILL, _LINE_WIDTH, _LINE, _SHOWN = 0x01BF, 0x01CB, 0x01FF, 0x03BF
_OPACITY, _OPAQUE = 0x0182, 0x10000
_LINES = frozenset((20, *range(32, 41)))
"""Shapes that are nothing but a line."""
_KINDS: Mapping[int, str] = {
    **dict.fromkeys((1, 2, 3, 4, 6, 9, 0x1E), SHAPES),
    5: CHART,
    **dict.fromkeys((7, *range(0x0B, 0x14)), CONTROL),
    8: PICTURE,
    0x19: REMARK,
}
"""Kinds of objects; the arrows of filters and of lists to choose from are none."""
_MOST = 500
"""Shapes of a sheet that are looked at."""
_THIN = 9_525


@dataclass
class _Shape:
    """A shape while it is read; `of` is the group that it is a part of."""

    form: int = 0
    flags: int = 0
    properties: dict[int, int] = field(default_factory=dict)
    anchor: tuple[int, ...] = ()
    kind: int = 0
    number: int = 0
    says: bool = False
    of: _Shape | None = None

    def is_off(self, name: int, bit: int) -> bool:
        """True if a property says no outright: above each bit stands whether it counts."""
        value = self.properties.get(name, 0)
        return bool(value & bit << 16) and not value & bit

    def is_on(self, name: int, bit: int) -> bool:
        """True if a property says yes outright."""
        value = self.properties.get(name, 0)
        return bool(value & bit << 16 and value & bit)


@dataclass
class Drawings:
    """The shapes of a sheet while its records are read."""

    _shapes: list[_Shape] = field(default_factory=list)
    _notes: set[int] = field(default_factory=set)
    _group: _Shape | None = None

    def add(self, number: int, data: bytes) -> None:
        """One more record; a damaged one says nothing of any cell."""
        with suppress(struct.error, IndexError):
            if number == DRAWING:
                self._add_shapes(data)
            elif number == OBJECT and self._shapes:
                self._shapes[-1].kind, self._shapes[-1].number = struct.unpack_from("<4xHH", data)
            elif number == WORDS and self._shapes:
                self._shapes[-1].says = struct.unpack_from("<10xH", data)[0] > 0
            elif number == NOTE:
                flags, of = struct.unpack_from("<4xHH", data)
                self._notes |= {of} if flags & 2 else set()

    def things(self, grid: SheetGrid) -> Iterator[Thing]:
        """What is drawn, each with its place."""
        for shape in self._shapes[:_MOST]:
            kind, anchor = _KINDS.get(shape.kind), shape.anchor or (shape.of.anchor if shape.of else ())
            if kind is not None and anchor and self._is_shown(shape):
                yield from _thing(shape, kind, _box(anchor, grid))

    def _is_shown(self, shape: _Shape) -> bool:
        if shape.kind == 0x19:
            return shape.number in self._notes
        return not shape.flags & (_GROUP | _WHOLE | _DELETED) and not shape.is_on(_SHOWN, 0x2)

    def _add_shapes(self, data: bytes) -> None:
        for kind, instance, content in _atoms(data):
            if kind == _SHAPE:
                (flags,) = struct.unpack_from("<4xI", content)
                of = self._group if flags & _CHILD else None
                self._shapes.append(_Shape(instance, flags, of=of))
            elif self._shapes and kind == _PROPERTIES:
                self._shapes[-1].properties |= _properties(content, instance)
            elif self._shapes and kind == _ANCHOR:
                self._shapes[-1].anchor = struct.unpack_from("<2x8H", content)
                if self._shapes[-1].flags & _GROUP:
                    self._group = self._shapes[-1]


def _atoms(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The pieces of a drawing record, those that hold others aside: kind, instance, content."""
    place = 0
    while place + 8 <= len(data):
        head, kind, length = struct.unpack_from("<HHI", data, place)
        place += 8
        if head & 0xF != 0xF:
            yield kind, head >> 4, data[place : place + length]
            place += length


def _properties(content: bytes, count: int) -> dict[int, int]:
    """Properties by their numbers, without those that need more room."""
    pairs = (struct.unpack_from("<HI", content, 6 * at) for at in range(min(count, len(content) // 6)))
    return {name & 0x3FFF: value for name, value in pairs}


def _thing(shape: _Shape, kind: str, box: Box) -> Iterator[Thing]:
    """A shape with words or a ground, or with a line so thick that it is one."""
    is_glass = shape.is_off(_FILL, 0x10) or shape.properties.get(_OPACITY, _OPAQUE) <= GLASS * _OPAQUE
    is_frame = shape.form in _LINES or shape.kind == 1 or is_glass
    if kind != SHAPES or shape.says or not is_frame:
        yield Thing(kind, box, shape.says and kind == SHAPES)
    elif not shape.is_off(_LINE, 0x8):
        yield from bar(box, shape.properties.get(_LINE_WIDTH, _THIN))


def _box(anchor: tuple[int, ...], grid: SheetGrid) -> Box:
    """From a share of a column and row to a share of another: in 1024ths of a column, 256ths of a row."""
    left, right = (_at(grid.columns, anchor[at], anchor[at + 1] / 1024) for at in (0, 4))
    top, bottom = (_at(grid.rows, anchor[at], anchor[at + 1] / 256) for at in (2, 6))
    return Box(left, top, right, bottom)


def _at(lines: Lines, line: int, share: float) -> float:
    start = lines.start(line)
    return start + share * (lines.start(line + 1) - start)
