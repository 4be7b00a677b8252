"""Colours of an .xlsx: given outright, by number in a palette, or by place in the theme, lighter or darker.

Format: ECMA-376 part 1, 18.8.3 (color), 18.8.27 (indexedColors), 20.1.6.2 (clrScheme).
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping, Sequence

from lxml import etree

from xlreport.formats.opc import MAIN
from xlreport.frozen import frozen

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RGB = re.compile("(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_OFFICE_THEME = ("FFFFFF", "000000")
"""The ground and the ink of every usual theme, the first two that cells name."""
_SYSTEM: Mapping[int, str] = {64: "000000", 65: "FFFFFF"}
_PALETTE = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF") * 2
"""The first sixteen numbered colours; the others are no white and no black."""


@frozen
class Colours:
    """What colours that are not given outright stand for, as RRGGBB."""

    theme: Sequence[str] = _OFFICE_THEME
    palette: Sequence[str] = _PALETTE

    def of(self, colour: etree._Element | None) -> str:
        """RRGGBB; "" where it is the usual one, or one that nobody knows."""
        if colour is None:
            return ""
        given = _RGB.fullmatch(colour.get("rgb", ""))
        if given is not None:
            return _tinted(given[1].upper(), colour.get("tint", "0"))
        indexed, themed = colour.get("indexed", ""), colour.get("theme", "")
        if indexed.isdecimal():
            return _SYSTEM.get(int(indexed[:3]), _at(self.palette, int(indexed[:3])))
        known = _at(self.theme, int(themed[:3])) if themed.isdecimal() else ""
        return _tinted(known, colour.get("tint", "0")) if known else ""


def colours_of(styles: etree._Element, theme: etree._Element | None) -> Colours:
    """The colours of a workbook by its styles and its theme, if it has one."""
    lines = styles.iterfind(f"{MAIN}colors/{MAIN}indexedColors/{MAIN}rgbColor")
    own = [found[1].upper() if (found := _RGB.fullmatch(line.get("rgb", ""))) else "" for line in lines]
    scheme = theme.find(f".//{_DRAWING}clrScheme") if theme is not None else None
    return Colours(_OFFICE_THEME if scheme is None else _theme(scheme), own or _PALETTE)


def _theme(scheme: etree._Element) -> Sequence[str]:
    """The colours in the order in which cells name them: the file has ink before ground, twice."""
    found = [_scheme_colour(entry) for entry in scheme]
    return [*found[1::-1], *found[3:1:-1], *found[4:]]


def _scheme_colour(entry: etree._Element) -> str:
    for colour in entry:
        given = _RGB.fullmatch(colour.get("lastClr", "") or colour.get("val", ""))
        if given is not None:
            return given[1].upper()
    return ""


def _tinted(colour: str, tint: str) -> str:
    """Lighter up to white for a tint up to 1, darker down to black for one down to −1 (18.8.3)."""
    try:
        share = max(-1.0, min(1.0, float(tint)))
    except ValueError:
        return colour
    if share == 0:
        return colour
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + share) if share < 0 else light * (1 - share) + share
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, full))


def _at(colours: Sequence[str], place: int) -> str:
    return colours[place] if place < len(colours) else ""
