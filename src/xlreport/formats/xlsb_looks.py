"""Fonts, grounds, borders and styles of an .xlsb.

Format: [MS-XLSB] 2.4.657 (BrtFont), 2.4.653 (BrtFill), 2.4.305 (BrtBorder), 2.4.876 (BrtXF),
2.5.12 (BrtColor).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from xlreport.formats.binary_looks import FILLING, FULL_TINT, BinaryLooks, CellStyle
from xlreport.formats.snapshot import PLAIN
from xlreport.formats.xlsx_colours import tinted

_LEAST_FONT, _LEAST_FILL, _LEAST_STYLE = 25, 20, 13
"""Bytes of the records, as far as they are read."""
_DIAGONAL, _LEAST_BORDER = 41, 51
"""Where a border says of which kind its diagonal is, and how long it is."""


@dataclass
class XlsbLooks(BinaryLooks):
    """The looks of an .xlsb, part by part in the order of the file."""

    fills: list[tuple[int, str, str]] = field(default_factory=list)
    crossed: list[bool] = field(default_factory=list)

    def add_font(self, data: bytes) -> None:
        """Add a font."""
        if len(data) < _LEAST_FONT:
            self.fonts.append(PLAIN)
            return
        height, flags, _, script = struct.unpack_from("<4H", data)
        (length,) = struct.unpack_from("<I", data, 21)
        name = data[25 : 25 + 2 * length].decode("utf-16-le", "replace")
        self.fonts.append(self.made_font(height, flags, self._colour(data, 12), script, name))

    def add_fill(self, data: bytes) -> None:
        """Add the pattern and the colours of a ground."""
        if len(data) < _LEAST_FILL:
            self.fills.append((0, "", ""))
            return
        (pattern,) = struct.unpack_from("<I", data)
        self.fills.append((pattern, self._colour(data, 4), self._colour(data, 12)))

    def add_border(self, data: bytes) -> None:
        """Add the lines around a cell, of which only those from corner to corner count."""
        self.crossed.append(len(data) >= _LEAST_BORDER and bool(data[0] & 3 and data[_DIAGONAL]))

    def add_style(self, data: bytes) -> None:
        """Add a style of cells."""
        if len(data) < _LEAST_STYLE:
            self.styles.append(CellStyle(0, 0, "", "", repeated=False))
            return
        font, fill, border = struct.unpack_from("<HHH", data, 4)
        pattern, front, back = self.fills[fill] if fill < len(self.fills) else (0, "", "")
        crossed = border < len(self.crossed) and self.crossed[border]
        self.styles.append(CellStyle(font, pattern, front, back, data[12] & 7 == FILLING, crossed))

    def _colour(self, data: bytes, place: int) -> str:
        """A colour given outright, by number or by its place in the theme."""
        kind, number, tint = struct.unpack_from("<BBh", data, place)
        match kind >> 1:
            case 1:
                colour = self.numbered(number)
            case 2:
                colour = data[place + 4 : place + 7].hex().upper()
            case 3:
                colour = self.themed(number)
            case _:
                return ""
        return tinted(colour, tint / FULL_TINT)
