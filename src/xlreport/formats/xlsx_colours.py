"""Colours of an .xlsx: given outright, by number in a palette, or by place in the theme, lighter or darker.

Format: ECMA-376 part 1, 18.8.3 (color), 18.8.27 (indexedColors), 20.1.6.2 (clrScheme).
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence

from lxml import etree

from xlreport.formats.opc import MAIN
from xlreport.formats.palette import PALETTE, SYSTEM
from xlreport.frozen import frozen
from xlreport.prose.expression import Expression

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RGB = Expression("(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_OFFICE_THEME = ("FFFFFF", "000000")
"""The ground and the ink of every usual theme, the first two that cells name."""
_PRESET: Mapping[str, str] = {"white": "FFFFFF", "black": "000000"}
_WINDOW: Mapping[str, str] = {"window": "FFFFFF", "windowText": "000000"}
"""What the system has for them, whatever a theme says it last was."""


@frozen
class Colours:
    """What colours that are not given outright stand for, as RRGGBB."""

    theme: Sequence[str] = _OFFICE_THEME
    palette: Sequence[str] = PALETTE

    def of(self, colour: etree._Element | None) -> str:
        """RRGGBB; "" where it is the usual one, or one that nobody knows.

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


def colours_of(styles: etree._Element, theme: etree._Element | None) -> Colours:
    """The colours of a workbook by its styles and its theme, if it has one."""
    lines = styles.iterfind(f"{MAIN}colors/{MAIN}indexedColors/{MAIN}rgbColor")
    own = [found[1].upper() if (found := _RGB.fullmatch(line.get("rgb", ""))) else "" for line in lines]
    scheme = theme.find(f".//{_DRAWING}clrScheme") if theme is not None else None
    return Colours(_OFFICE_THEME if scheme is None else _theme(scheme), [*own, *PALETTE[len(own) :]])


def _theme(scheme: etree._Element) -> Sequence[str]:
    """The colours in the order in which cells name them: the file has ink before ground, twice."""
    found = [_scheme_colour(entry) for entry in scheme]
    return [*found[1::-1], *found[3:1:-1], *found[4:]]


def _scheme_colour(entry: etree._Element) -> str:
    for colour in entry:
        value = colour.get("val", "")
        if etree.QName(colour).localname == "scrgbClr":
            return "".join(map(_part, (colour.get("r", ""), colour.get("g", ""), colour.get("b", ""))))
        known = _WINDOW.get(value) or _PRESET.get(value)
        given = _RGB.fullmatch(colour.get("lastClr", "") or value)
        if known or given is not None:
            return known or given[1].upper()  # type: ignore[index]
    return ""


def _part(share: str) -> str:
    """Two hexadecimal digits of a share in thousandths of a percent, or as `50%`."""
    whole = int(share) if share.isdecimal() and len(share) < 10 else 0
    if share.endswith("%") and share[:-1].isdecimal() and len(share) < 10:
        whole = int(share[:-1]) * 1000
    return f"{min(255, round(whole * 255 / 100_000)):02X}"


def _tinted(colour: str, tint: str) -> str:
    """Lighter up to white for a tint up to 1, darker down to black for one down to −1 (18.8.3)."""
    try:
        share = max(-1.0, min(1.0, float(tint)))
    except ValueError:
        return colour
    if share == 0 or not colour:
        return colour
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + share) if share < 0 else light * (1 - share) + share
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, full))


def _at(colours: Sequence[str], place: int) -> str:
    return colours[place] if place < len(colours) else ""
