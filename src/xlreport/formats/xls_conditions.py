"""What conditional formats of an .xls may make of cells: whether a condition holds is not asked.

Format: [MS-XLS] 2.4.56 (CondFmt), 2.4.42 (CF), 2.5.91 (DXFN) with its parts for numbers, fonts and patterns;
2.4.57 (CondFmt12), 2.4.43 (CF12) for what newer programs write: of bars and signs that stand in the place of
figures, and of rules with a look.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from xlreport.area import Area
from xlreport.formats.binary_looks import BinaryLooks
from xlreport.formats.extent import check_conditions
from xlreport.formats.number_formats import NumberFormats
from xlreport.formats.palette import SYSTEM
from xlreport.formats.snapshot import PLAIN, Appearance

BLOCK, RULE, NEWER_BLOCK, NEWER_RULE = 0x01B0, 0x01B1, 0x0879, 0x087A
"""The records: areas, and behind them the rules for these."""
CONDITIONS = frozenset((BLOCK, RULE, NEWER_BLOCK, NEWER_RULE))
_HEAD = 12
"""Bytes of a newer record before what an older one begins with."""
_BAR, _SIGNS = 4, 6
_TEMPLATE = 6
"""Bytes behind the formulas of a newer rule, before the parameters of its kind; the last is their length."""
_NOTHING_SHOWN = Appearance(";;;")
"""A bar or a sign instead of the figure."""
_NUMBER, _FONT, _ALIGNMENT, _BORDER, _PATTERN = (1 << bit for bit in range(25, 30))
"""Which parts there are, in their order."""
_NO_PATTERN, _NO_FIRST, _NO_SECOND = (1 << bit for bit in range(16, 19))
"""What of the pattern does not count."""
_FONT_SIZE, _SIDES_SIZE = 118, 8
_COLOUR_AT, _LINES_AT, _SAID_AT = 80, 68, 88
"""Places in the part for fonts: colour, kinds of lines, and which of these count."""
_STRUCK = 0x80
_NO_COLOUR = 0xFFFFFFFF


@dataclass
class Conditions:
    """The conditional formats of a sheet while its records are read."""

    looks: BinaryLooks
    formats: NumberFormats
    _areas: list[tuple[int, int, int, int]] = field(default_factory=list)
    _found: list[tuple[tuple[int, int, int, int], Appearance]] = field(default_factory=list)

    def add(self, number: int, data: bytes) -> None:
        """One more record; a damaged one says nothing of any cell. Raises Unopened for far too many."""
        with suppress(struct.error, IndexError):
            if number in (BLOCK, NEWER_BLOCK):
                self._areas = []
                start = 12 + (_HEAD if number == NEWER_BLOCK else 0)
                (count,) = struct.unpack_from("<H", data, start)
                self._areas = [struct.unpack_from("<4H", data, start + 2 + 8 * at) for at in range(count)]
            elif (look := self._look(data) if number == RULE else self._newer(data)) != PLAIN:
                self._found += [(area, look) for area in self._areas]
                check_conditions(len(self._found))

    def given(self, sheet: str) -> Iterator[tuple[Area, Appearance]]:
        """Areas with what conditions may make of them."""
        for (top, bottom, left, right), look in self._found:
            yield Area(sheet, top, left, bottom, right), look

    def _look(self, data: bytes) -> Appearance:
        (flags,) = struct.unpack_from("<I", data, 6)
        place, code, ink, ground, struck = 12, "", "", "", False
        if flags & _NUMBER:
            code, place = self._code(data, place)
        if flags & _FONT:
            colour, lines, said = (struct.unpack_from("<I", data, place + at)[0] for at in _FONT_PLACES)
            ink = "" if colour == _NO_COLOUR else self.looks.numbered(colour)
            struck = bool(lines & _STRUCK and not said & _STRUCK)
            place += _FONT_SIZE
        place += _SIDES_SIZE * (bool(flags & _ALIGNMENT) + bool(flags & _BORDER))
        if flags & _PATTERN:
            ground = self._ground(flags, *struct.unpack_from("<HH", data, place))
        return Appearance(number_format=code, ink=ink, ground=ground, struck=struck)

    def _newer(self, data: bytes) -> Appearance:
        """What a rule of a newer program gives: the look that it names, or nothing but a bar or a sign."""
        kind, first, second, size = struct.unpack_from("<BxHHI", data, _HEAD)
        if size:
            return self._look(data[_HEAD + 4 :])
        place = _HEAD + 12 + first + second
        (third,) = struct.unpack_from("<H", data, place)
        place += 2 + third + _TEMPLATE
        own = place + data[place - 1]
        is_hidden = (kind == _BAR and not data[own + 3] & 2) or (kind == _SIGNS and data[own + 5] & 1)
        return _NOTHING_SHOWN if is_hidden else PLAIN

    def _code(self, data: bytes, place: int) -> tuple[str, int]:
        """A number format, its own or by its number, and the place behind it."""
        if not data[10] & 1:
            return self.formats.named(data[place + 1]), place + 2
        size, count, wide = struct.unpack_from("<HHB", data, place)
        text = data[place + 5 : place + 5 + count * (1 + (wide & 1))]
        return text.decode("utf-16-le" if wide & 1 else "latin-1", "replace"), place + size

    def _ground(self, flags: int, pattern: int, colours: int) -> str:
        """The second colour of a pattern, else its first, as far as they count; white for no pattern."""
        if not flags & _NO_PATTERN and pattern >> 10 == 0:
            return SYSTEM[65]
        if not flags & _NO_SECOND:
            return self.looks.numbered(colours >> 7 & 0x7F)
        return "" if flags & _NO_FIRST else self.looks.numbered(colours & 0x7F)


_FONT_PLACES = (_COLOUR_AT, _LINES_AT, _SAID_AT)
