"""Looks of cells in .xls and .xlsb, as far as they decide what a person sees of a value.

A look that cannot be read is the usual one. How each format writes fonts, styles and colours:
`xls_looks.py`, `xlsb_looks.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xlreport.formats.palette import PALETTE, SYSTEM
from xlreport.formats.snapshot import PLAIN, Appearance
from xlreport.formats.xlsx_colours import OFFICE_THEME
from xlreport.formats.xlsx_styles import PICTORIAL, SMALLEST
from xlreport.frozen import frozen

_TWIPS = 20
"""Of a point."""
_STRUCK = 0x08
_LIGHT = frozenset((4, *range(11, 19)))
"""Patterns that cover a quarter of the ground at most."""
OWN_INK, OWN_FRONT, OWN_BACK = 13, 4, 5
"""Kinds of the colours that newer programs keep beside an old style."""
FULL_TINT = 32_767
FILLING = 4
"""The alignment that repeats a text until its cell is full."""


@frozen
class CellStyle:
    """Which font, pattern and colours a style of cells names; "" for a colour is the usual one."""

    font: int
    pattern: int
    front: str
    back: str
    repeated: bool
    crossed: bool = False


@dataclass
class BinaryLooks:
    """Fonts and styles while they are read, and what they make of cells.

    `own` are the colours that newer programs keep beside a style, by its number and their kind.
    """

    fonts: list[Appearance] = field(default_factory=list)
    theme: Sequence[str] = OFFICE_THEME
    palette: list[str] = field(default_factory=lambda: list(PALETTE))
    own: dict[int, dict[int, str]] = field(default_factory=dict)
    styles: list[CellStyle] = field(default_factory=list)
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
        front, back = own.get(OWN_FRONT, style.front), own.get(OWN_BACK, style.back)
        ground = "" if style.pattern == 0 else back if style.pattern in _LIGHT else front or SYSTEM[64]
        font = replace(self.font(style.font), raised=False)
        return replace(
            font,
            ink=own.get(OWN_INK, font.ink),
            ground=ground,
            repeated=style.repeated,
            crossed=style.crossed,
        )

    def numbered(self, number: int) -> str:
        """A colour by its number."""
        return SYSTEM.get(number) or (self.palette[number] if number < len(self.palette) else "")

    def themed(self, number: int) -> str:
        """A colour of the theme, "" for one that it does not have."""
        return self.theme[number] if number < len(self.theme) else ""

    def made_font(self, height: int, flags: int, colour: str, script: int, name: str) -> Appearance:
        """How text looks in a font of that height, in twentieths of a point."""
        return Appearance(
            ink=colour,
            struck=bool(flags & _STRUCK),
            tiny=height < SMALLEST * _TWIPS,
            raised=script != 0,
            pictorial=PICTORIAL.match(name) is not None,
        )
