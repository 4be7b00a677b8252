"""Looks of cells in .xls and .xlsb, as far as they decide what a person sees of a value.

Conditions are not followed, and a look that cannot be read is the usual one. Format: [MS-XLS] 2.4.122
(Font), 2.4.353 (XF), 2.4.188 (Palette), 2.4.355 (XFExt); [MS-XLSB] 2.4.657 (BrtFont), 2.4.653 (BrtFill),
2.4.305 (BrtBorder), 2.4.876 (BrtXF), 2.5.12 (BrtColor).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from xlreport.formats.palette import PALETTE, SYSTEM
from xlreport.formats.snapshot import PLAIN, Appearance
from xlreport.formats.xlsx_colours import OFFICE_THEME, tinted
from xlreport.formats.xlsx_styles import PICTORIAL, SMALLEST
from xlreport.frozen import frozen

_TWIPS = 20
"""Of a point."""
_STRUCK, _SOLID, _FILLING = 0x08, 1, 4
_LIGHT = frozenset((4, *range(11, 19)))
"""Patterns that cover a quarter of the ground at most."""
_OWN_INK, _OWN_FRONT, _OWN_BACK = 13, 4, 5
FONT, STYLE, PALETTE_RECORD, OWN_COLOURS = 0x0031, 0x00E0, 0x0092, 0x087D
"""The records of an .xls that looks are made of."""
_LEAST_FONT, _LEAST_STYLE, _LEAST_NEWER_FONT, _LEAST_FILL, _LEAST_NEWER_STYLE = 16, 20, 25, 20, 13
"""Bytes of the records, as far as they are read."""
_FULL_TINT = 32_767
_DIAGONAL, _LEAST_BORDER = 41, 51
"""Where a border of an .xlsb says of which kind its diagonal is, and how long it is."""
_SKIPPED = 4
"""A number that no font of an .xls has."""


@frozen
class _Style:
    """Which font, pattern and colours a style of cells names; "" for a colour is the usual one."""

    font: int
    pattern: int
    front: str
    back: str
    repeated: bool
    crossed: bool = False


@dataclass
class BinaryLooks:
    """Fonts and styles while they are read, and what they make of cells."""

    fonts: list[Appearance] = field(default_factory=list)
    fills: list[tuple[int, str, str]] = field(default_factory=list)
    theme: Sequence[str] = OFFICE_THEME
    palette: list[str] = field(default_factory=lambda: list(PALETTE))
    crossed: list[bool] = field(default_factory=list)
    records: list[tuple[int, bytes]] = field(default_factory=list)
    own: dict[int, dict[int, str]] = field(default_factory=dict)
    styles: list[_Style] = field(default_factory=list)
    _made: dict[tuple[int, str], Appearance] = field(default_factory=dict)

    def look(self, style: int, code: str) -> Appearance:
        """How a cell of that style looks; `code` is its number format."""
        key = style, code
        if key not in self._made:
            made = replace(self._plain(style), number_format=code)
            self._made[key] = PLAIN if made == PLAIN else made
        return self._made[key]

    def font(self, number: int) -> Appearance:
        """How text in a font looks."""
        return self.fonts[number] if 0 <= number < len(self.fonts) else PLAIN

    def _plain(self, number: int) -> Appearance:
        if number >= len(self.styles):
            return PLAIN
        style, own = self.styles[number], self.own.get(number, {})
        front, back = own.get(_OWN_FRONT, style.front), own.get(_OWN_BACK, style.back)
        ground = "" if style.pattern == 0 else back if style.pattern in _LIGHT else front or SYSTEM[64]
        font = replace(self.font(style.font), raised=False)
        return replace(
            font,
            ink=own.get(_OWN_INK, font.ink),
            ground=ground,
            repeated=style.repeated,
            crossed=style.crossed,
        )

    # .xls --------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Make fonts and styles of an .xls when its `records` are all there: colours come behind them."""
        for data in self._those(PALETTE_RECORD):
            with suppress(struct.error):
                self._add_palette(data)
        for data in self._those(OWN_COLOURS):
            with suppress(struct.error, IndexError):
                self._add_own(data)
        found = [self._old_font(data) for data in self._those(FONT)]
        self.fonts = [*found[:_SKIPPED], PLAIN, *found[_SKIPPED:]]
        self.styles = [self._old_style(data) for data in self._those(STYLE)]

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
            if kind in (_OWN_INK, _OWN_FRONT, _OWN_BACK) and length >= 12:
                how, tint, value = struct.unpack_from("<HhI", data, place + 4)
                colour = value.to_bytes(4, "little")[:3].hex().upper() if how == 2 else self._themed(value)
                if how == 2 or (how == 3 and colour):
                    self.own.setdefault(number, {})[kind] = tinted(colour, tint / _FULL_TINT)
            place += max(length, 4)

    def _old_font(self, data: bytes) -> Appearance:
        if len(data) < _LEAST_FONT:
            return PLAIN
        height, flags, colour, _, script = struct.unpack_from("<5H", data)
        wide, text = data[15] & 1, data[16:]
        name = text[: 2 * data[14]].decode("utf-16-le", "replace") if wide else text.decode("latin-1")
        return self._font(height, flags, self._numbered(colour), script, name)

    def _old_style(self, data: bytes) -> _Style:
        if len(data) < _LEAST_STYLE:
            return _Style(0, 0, "", "", repeated=False)
        font, align = struct.unpack_from("<H4xB", data)
        sides, more = struct.unpack_from("<II", data, 10)
        pattern, crossed = more >> 26, bool(sides >> 30 and more >> 21 & 0xF)
        colours = struct.unpack_from("<H", data, 18)[0]
        front, back = self._numbered(colours & 0x7F), self._numbered(colours >> 7 & 0x7F)
        return _Style(font, pattern, front, back, align & 7 == _FILLING, crossed)

    def _numbered(self, number: int) -> str:
        return SYSTEM.get(number) or (self.palette[number] if number < len(self.palette) else "")

    # .xlsb -------------------------------------------------------------------------------------------

    def add_font(self, data: bytes) -> None:
        """A font of an .xlsb."""
        if len(data) < _LEAST_NEWER_FONT:
            self.fonts.append(PLAIN)
            return
        height, flags, _, script = struct.unpack_from("<4H", data)
        (length,) = struct.unpack_from("<I", data, 21)
        name = data[25 : 25 + 2 * length].decode("utf-16-le", "replace")
        self.fonts.append(self._font(height, flags, self._colour(data, 12), script, name))

    def add_fill(self, data: bytes) -> None:
        """The pattern and the colours of a ground of an .xlsb."""
        if len(data) < _LEAST_FILL:
            self.fills.append((0, "", ""))
            return
        (pattern,) = struct.unpack_from("<I", data)
        self.fills.append((pattern, self._colour(data, 4), self._colour(data, 12)))

    def add_border(self, data: bytes) -> None:
        """The lines around a cell of an .xlsb, of which only those from corner to corner count."""
        self.crossed.append(len(data) >= _LEAST_BORDER and bool(data[0] & 3 and data[_DIAGONAL]))

    def add_style(self, data: bytes) -> None:
        """A style of cells of an .xlsb."""
        if len(data) < _LEAST_NEWER_STYLE:
            self.styles.append(_Style(0, 0, "", "", repeated=False))
            return
        font, fill, border = struct.unpack_from("<HHH", data, 4)
        pattern, front, back = self.fills[fill] if fill < len(self.fills) else (0, "", "")
        crossed = border < len(self.crossed) and self.crossed[border]
        self.styles.append(_Style(font, pattern, front, back, data[12] & 7 == _FILLING, crossed))

    def _colour(self, data: bytes, place: int) -> str:
        """A colour given outright, by number or by its place in the theme."""
        kind, number, tint = struct.unpack_from("<BBh", data, place)
        match kind >> 1:
            case 1:
                colour = self._numbered(number)
            case 2:
                colour = data[place + 4 : place + 7].hex().upper()
            case 3:
                colour = self._themed(number)
            case _:
                return ""
        return tinted(colour, tint / _FULL_TINT)

    def _themed(self, number: int) -> str:
        return self.theme[number] if number < len(self.theme) else ""

    def _font(self, height: int, flags: int, colour: str, script: int, name: str) -> Appearance:
        return Appearance(
            ink=colour,
            struck=bool(flags & _STRUCK),
            tiny=height < SMALLEST * _TWIPS,
            raised=script != 0,
            pictorial=PICTORIAL.match(name) is not None,
        )
