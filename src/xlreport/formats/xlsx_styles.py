"""Looks of cells in an .xlsx, as far as they decide what a person sees of a value.

Format: ECMA-376 part 1, 18.8 (styleSheet), 18.8.30 (number formats), 18.8.3 and 18.8.19 (colours).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from xlreport.formats.number_formats import NumberFormats
from xlreport.formats.opc import MAIN
from xlreport.formats.snapshot import PLAIN, Appearance, Raw

T = TypeVar("T")

_THEME: Mapping[str, str] = {"0": "FFFFFF", "1": "000000"}
"""The ground and the ink of a theme, the only of its colours that can be the other's."""
_INDEXED: Mapping[str, str] = {
    **dict.fromkeys(("1", "9", "65"), "FFFFFF"),
    **dict.fromkeys(("0", "8", "64"), "000000"),
}
"""Numbered colours that matter: white, black, and the system's ground and ink."""
_BUILT_IN: Mapping[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    48: "##0.0E+0",
    49: "@",
}
"""Number formats that are not written into files, but for those of days and times."""
_TRUE = (None, "1", "true")


@dataclass(frozen=True)
class CellStyles:
    """The styles of a workbook: what kind of number each shows, and how it looks.

    A cell names its style by a number; `looks` has them as cells write them, "" for none.
    """

    formats: NumberFormats = field(default_factory=NumberFormats)
    looks: Mapping[str, Appearance] = field(default_factory=dict)

    def shown(self, number: float, style: str) -> Raw:
        """The number, or the day or time it stands for in that style."""
        return self.formats.shown(number, _whole(style))


def read_styles(root: etree._Element, since_1904: bool) -> CellStyles:
    """The cell styles of a styles part; a number that makes no sense is that of the first style."""
    codes = {
        _number(code, "numFmtId"): code.get("formatCode", "")
        for code in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
    }
    fonts = [_font(font) for font in root.iterfind(f"{MAIN}fonts/{MAIN}font")]
    grounds = [_ground(fill) for fill in root.iterfind(f"{MAIN}fills/{MAIN}fill")]
    formats = NumberFormats(since_1904, codes)
    looks: dict[str, Appearance] = {}
    for place, style in enumerate(root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")):
        number = _number(style, "numFmtId")
        formats.styles.append(number)
        ink, struck = _at(fonts, _number(style, "fontId"), ("", False))
        look = Appearance(
            codes.get(number, _BUILT_IN.get(number, "")),
            ink,
            _at(grounds, _number(style, "fillId"), ""),
            struck,
        )
        looks[str(place)] = PLAIN if look == PLAIN else look
    return CellStyles(formats, {"": looks.get("0", PLAIN), **looks})


def _number(element: etree._Element, name: str) -> int:
    return _whole(element.get(name, "0"))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _at(values: Sequence[T], place: int, default: T) -> T:
    return values[place] if place < len(values) else default


def _font(font: etree._Element) -> tuple[str, bool]:
    """The colour of the text, and whether it is struck through."""
    struck = font.find(f"{MAIN}strike")
    return _colour(font.find(f"{MAIN}color")), struck is not None and struck.get("val") in _TRUE


def _ground(fill: etree._Element) -> str:
    """The colour behind the text: of a solid pattern its first one."""
    pattern = fill.find(f"{MAIN}patternFill")
    if pattern is None or pattern.get("patternType", "none") in ("none", "gray125"):
        return ""
    return _colour(pattern.find(f"{MAIN}fgColor"))


def _colour(colour: etree._Element | None) -> str:
    """RRGGBB, "" where it is the usual one, or one of a theme that may be any."""
    if colour is None:
        return ""
    if colour.get("rgb") is not None:
        return colour.get("rgb", "")[-6:].upper()
    if colour.get("indexed") is not None:
        return _INDEXED.get(colour.get("indexed", ""), "")
    return "" if colour.get("tint") is not None else _THEME.get(colour.get("theme", ""), "")
