"""Colours of an .xlsx: given outright, by number in a palette, or by place in the theme, lighter or darker.

Format: ECMA-376 part 1, 18.8.3 (color), 18.8.27 (indexedColors), 20.1.6.2 (clrScheme).
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence

from lxml import etree

from xlreport.expression import Expression
from xlreport.formats.format_sections import coloured
from xlreport.formats.opc import MAIN
from xlreport.formats.palette import PALETTE, SYSTEM
from xlreport.formats.snapshot import UNKNOWN_COLOUR
from xlreport.frozen import frozen

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RGB = Expression("(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
OFFICE_THEME = ("FFFFFF", "000000")
"""The ground and the ink of every usual theme, the first two that cells name."""
_IN_CELLS = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
"""The parts of a theme in the order in which cells name them."""
_PRESET: Mapping[str, str] = {"white": "FFFFFF", "black": "000000"}
_WINDOW: Mapping[str, str] = {"window": "FFFFFF", "windowText": "000000"}
"""What the system has for them, whatever a theme says it last was."""


@frozen
class Colours:
    """What colours that are not given outright stand for, as RRGGBB."""

    theme: Sequence[str] = OFFICE_THEME
    palette: Sequence[str] = PALETTE

    def of(self, colour: etree._Element | None) -> str:
        """RRGGBB; "" where it is the usual one, UNKNOWN_COLOUR where that cannot be said.

        Of several answers Excel takes the theme's, then the one given outright, then the numbered one.
        """
        if colour is None:
            return ""
        themed, given = colour.get("theme", ""), _RGB.fullmatch(colour.get("rgb", ""))
        indexed, tint = colour.get("indexed", ""), colour.get("tint", "0")
        if themed.isdecimal():
            return _tinted(_at(self.theme, int(themed[:3])), tint)
        if given is not None:
            return _tinted(given[1].upper(), tint)
        number = int(indexed[:3]) if indexed.isdecimal() else -1
        return _tinted(SYSTEM.get(number, _at(self.palette, number)), tint) if number >= 0 else ""

    def named_in(self, code: str) -> str:
        """A number format with its numbered colours written out, where they are not the usual ones."""
        return code if self.palette is PALETTE else coloured(code, self.palette)


def colours_of(styles: etree._Element, theme: etree._Element | None) -> Colours:
    """The colours of a workbook by its styles and its theme, if it has one."""
    lines = styles.iterfind(f"{MAIN}colors/{MAIN}indexedColors/{MAIN}rgbColor")
    own = [found[1].upper() if (found := _RGB.fullmatch(line.get("rgb", ""))) else "" for line in lines]
    palette = [*own, *PALETTE[len(own) :]] if own else PALETTE
    return Colours(OFFICE_THEME if theme is None else theme_colours(theme), palette)


def theme_colours(theme: etree._Element) -> Sequence[str]:
    """The colours of a theme in the order in which cells name them."""
    scheme = theme.find(f"{_DRAWING}themeElements/{_DRAWING}clrScheme")
    if scheme is None:
        return OFFICE_THEME
    found = {etree.QName(entry).localname: _scheme_colour(entry) for entry in scheme}
    return [found.get(name, "") for name in _IN_CELLS]


def _scheme_colour(entry: etree._Element) -> str:
    """The colour as themes give it; UNKNOWN_COLOUR where it is made of another one or has a rarer name."""
    if len(entry) != 1 or len(entry[0]):
        return UNKNOWN_COLOUR
    colour, value = entry[0], entry[0].get("val", "")
    match etree.QName(colour).localname:
        case "scrgbClr":
            return "".join(map(_part, (colour.get("r", ""), colour.get("g", ""), colour.get("b", ""))))
        case "srgbClr" if (given := _RGB.fullmatch(value)) is not None:
            return given[1].upper()
        case "sysClr":
            return _WINDOW.get(value, UNKNOWN_COLOUR)
        case "prstClr":
            return _PRESET.get(value, UNKNOWN_COLOUR)
    return UNKNOWN_COLOUR


def _part(share: str) -> str:
    """Two hexadecimal digits of a share in thousandths of a percent, or as `50%`."""
    whole = int(share) if share.isdecimal() and len(share) < 10 else 0
    if share.endswith("%") and share[:-1].isdecimal() and len(share) < 10:
        whole = int(share[:-1]) * 1000
    return f"{min(255, round(whole * 255 / 100_000)):02X}"


def _tinted(colour: str, tint: str) -> str:
    """The colour in a tint as it is written; what is no number tints nothing."""
    try:
        return tinted(colour, float(tint))
    except ValueError:
        return colour


def tinted(colour: str, share: float) -> str:
    """Lighter up to white for a share up to 1, darker down to black for one down to −1 (18.8.3)."""
    share = max(-1.0, min(1.0, share))
    if share == 0 or not colour or colour == UNKNOWN_COLOUR:
        return colour
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + share) if share < 0 else light * (1 - share) + share
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, full))


def _at(colours: Sequence[str], place: int) -> str:
    return colours[place] if place < len(colours) else ""
