"""Fonts, styles and colours of an Excel 97-2003 workbook (.xls).

Format: [MS-XLS] 2.4.122 (Font), 2.4.353 (XF), 2.4.188 (Palette), 2.4.355 (XFExt).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from xlreport.formats.binary_looks import (
    FILLING,
    FULL_TINT,
    OWN_BACK,
    OWN_FRONT,
    OWN_INK,
    BinaryLooks,
    CellStyle,
)
from xlreport.formats.snapshot import PLAIN, Appearance
from xlreport.formats.xlsx_colours import tinted

FONT, STYLE, PALETTE_RECORD, OWN_COLOURS = 0x0031, 0x00E0, 0x0092, 0x087D
"""The records that looks are made of."""
_LEAST_FONT, _LEAST_STYLE = 16, 20
"""Bytes of the records, as far as they are read."""
_SKIPPED = 4
"""A number that no font has."""


@dataclass
class XlsLooks(BinaryLooks):
    """The looks of an .xls: made when its `records` are all there, as colours come behind what names them."""

    records: list[tuple[int, bytes]] = field(default_factory=list)

    def finish(self) -> None:
        """Make fonts and styles of the records."""
        for data in self._those(PALETTE_RECORD):
            with suppress(struct.error):
                self._add_palette(data)
        for data in self._those(OWN_COLOURS):
            with suppress(struct.error, IndexError):
                self._add_own(data)
        found = [self._font(data) for data in self._those(FONT)]
        self.fonts = [*found[:_SKIPPED], PLAIN, *found[_SKIPPED:]]
        self.styles = [self._style(data) for data in self._those(STYLE)]

    def _those(self, number: int) -> Iterator[bytes]:
        return (data for kind, data in self.records if kind == number)

    def _add_palette(self, data: bytes) -> None:
        """The workbook's own colours, from the ninth on."""
        (count,) = struct.unpack_from("<H", data)
        for place in range(min(count, len(self.palette) - 8, (len(data) - 2) // 4)):
            self.palette[8 + place] = data[2 + 4 * place : 5 + 4 * place].hex().upper()

    def _add_own(self, data: bytes) -> None:
        """Colours that newer programs keep beside an old style."""
        number, count, place = *struct.unpack_from("<H", data, 14), *struct.unpack_from("<H", data, 18), 20
        for _ in range(count):
            kind, length = struct.unpack_from("<HH", data, place)
            if kind in (OWN_INK, OWN_FRONT, OWN_BACK) and length >= 12:
                how, tint, value = struct.unpack_from("<HhI", data, place + 4)
                colour = value.to_bytes(4, "little")[:3].hex().upper() if how == 2 else self.themed(value)
                if how == 2 or (how == 3 and colour):
                    self.own.setdefault(number, {})[kind] = tinted(colour, tint / FULL_TINT)
            place += max(length, 4)

    def _font(self, data: bytes) -> Appearance:
        if len(data) < _LEAST_FONT:
            return PLAIN
        height, flags, colour, _, script = struct.unpack_from("<5H", data)
        wide, text = data[15] & 1, data[16:]
        name = text[: 2 * data[14]].decode("utf-16-le", "replace") if wide else text.decode("latin-1")
        return self.made_font(height, flags, self.numbered(colour), script, name)

    def _style(self, data: bytes) -> CellStyle:
        if len(data) < _LEAST_STYLE:
            return CellStyle(0, 0, "", "", repeated=False)
        font, align = struct.unpack_from("<H4xB", data)
        sides, more = struct.unpack_from("<II", data, 10)
        pattern, crossed = more >> 26, bool(sides >> 30 and more >> 21 & 0xF)
        colours = struct.unpack_from("<H", data, 18)[0]
        front, back = self.numbered(colours & 0x7F), self.numbered(colours >> 7 & 0x7F)
        return CellStyle(font, pattern, front, back, align & 7 == FILLING, crossed)
