"""What lies behind the text of a cell in an .xlsx, and across it.

Format: ECMA-376 part 1, 18.8.20 (fill), 18.18.55 (patterns), 18.8.4 (border).
"""

from __future__ import annotations

from lxml import etree

from xlreport.formats.opc import MAIN
from xlreport.formats.palette import SYSTEM
from xlreport.formats.xlsx_colours import Colours
from xlreport.formats.xml_values import is_true

_LIGHT_PATTERNS = ("gray125", "gray0625", "light")
"""What the names of patterns begin with that cover a quarter of the ground at most."""


def ground_of(fill: etree._Element, colours: Colours) -> str:
    """The colour behind the text: of a course of colours all, of a light pattern the second."""
    course, pattern = _course(fill, colours), fill.find(f"{MAIN}patternFill")
    if course:
        return course
    kind = "none" if pattern is None else pattern.get("patternType", "none").strip()
    if pattern is None or kind == "none":
        return ""
    if kind.startswith(_LIGHT_PATTERNS):
        return colours.of(pattern.find(f"{MAIN}bgColor"))
    first = pattern.find(f"{MAIN}fgColor")
    return (colours.of(first) or SYSTEM[64]) if first is not None else SYSTEM[64]


def conditional_ground(fill: etree._Element, colours: Colours) -> str:
    """The ground that a condition gives: a pattern's second colour, white where it takes the ground away."""
    pattern = fill.find(f"{MAIN}patternFill")
    if pattern is None:
        return _course(fill, colours)
    stated = (colours.of(pattern.find(f"{MAIN}{name}Color")) for name in ("bg", "fg"))
    is_none = pattern.get("patternType", "").strip() == "none"
    return next(filter(None, stated), SYSTEM[65] if is_none else "")


def _course(fill: etree._Element, colours: Colours) -> str:
    """All colours of a ground that goes from one to another, "" for any other ground."""
    stops = fill.iterfind(f"{MAIN}gradientFill/{MAIN}stop/{MAIN}color")
    return " ".join(dict.fromkeys(colours.of(stop) or "FFFFFF" for stop in stops))


def is_crossed(border: etree._Element) -> bool:
    """True for a line from corner to corner, by which forms cross a place out."""
    line = border.find(f"{MAIN}diagonal")
    drawn = line is not None and line.get("style", "none").strip() != "none"
    return drawn and (is_true(border.get("diagonalUp")) or is_true(border.get("diagonalDown")))
