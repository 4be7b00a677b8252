"""Looks of cells in an .ods, as far as they decide what a person sees of a value.

A style stands in content.xml or in styles.xml and goes on from its parent. Format: ODF 1.3, part 3, 16
(styles), 20 (their properties).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

from xlreport.formats.ods_formats import format_codes
from xlreport.formats.snapshot import PLAIN, UNKNOWN_COLOUR, Appearance
from xlreport.formats.xlsx_styles import FARTHEST, PICTORIAL, SMALLEST

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LOOKS = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_RGB = re.compile("#([0-9A-Fa-f]{6})")
_LENGTH = re.compile(r"([0-9]{0,6}\.?[0-9]{0,9})(pt|in|cm|mm|pc|px)")
_POINTS: Mapping[str, float] = {"pt": 1, "in": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12, "px": 0.75}
_STEP = 10
"""Points by which a text is indented at a time."""
_UPRIGHT = 100
"""Degrees beyond which a text stands on its head."""
_DEEPEST = 16
"""Parents of a style that are followed."""
_HIDDEN = ";;;"


def points(length: str | None) -> float | None:
    """A length in points; None where there is none, or in a measure of something else."""
    found = _LENGTH.fullmatch((length or "").strip())
    if found is None or not found[1].strip("."):
        return None
    return float(found[1]) * _POINTS[found[2]]


class OdsStyles:
    """The styles of a file by family and name, and what they make of cells and of parts of texts.

    `of_parts` is True if there are any of the latter.
    """

    def __init__(self, *roots: etree._Element) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._codes = format_codes(*roots)
        self._made: dict[tuple[str, str], Appearance] = {}
        self._given: dict[tuple[str, str], Mapping[str, str]] = {}
        self._maps: dict[str, list[Appearance]] = {}
        for style in (
            style for root in roots for style in root.iter(f"{_STYLE}style", f"{_STYLE}default-style")
        ):
            family = style.get(f"{_STYLE}family", "")
            names = {style.get(f"{_STYLE}{key}", "") for key in ("name", "display-name")}
            for name in names - {""} if style.tag == f"{_STYLE}style" else {""}:
                self._styles.setdefault((family, name), style)
        self.of_parts = any(family == "text" for family, _ in self._styles)
        self._fonts = {
            font.get(f"{_STYLE}name", ""): font.get(_FAMILY, "")
            for root in roots
            for font in root.iter(f"{_STYLE}font-face")
        }

    def look(self, name: str, family: str = "table-cell") -> Appearance:
        """How a cell, or a part of a text, of that style looks."""
        key = (family, name)
        if key not in self._made:
            made = self._appearance(family, self._properties(family, name))
            self._made[key] = PLAIN if made == PLAIN else made
        return self._made[key]

    def conditional(self, name: str) -> list[Appearance]:
        """What conditions of the style itself may make of a cell."""
        if name not in self._maps:
            chain = self._chain("table-cell", name)
            maps = (found for style in chain for found in style.iterfind(f"{_STYLE}map"))
            looks = (self.look(found.get(f"{_STYLE}apply-style-name", "")) for found in maps)
            self._maps[name] = [look for look in looks if look != PLAIN]
        return self._maps[name]

    def length(self, family: str, name: str | None, key: str) -> float | None:
        """The size that a style of rows or columns gives them, in points."""
        return points(self._properties(family, name or "").get(f"{_STYLE}{key}"))

    def stated(self, family: str, name: str | None, key: str) -> str:
        """What a style says of a property by its full name, "" for nothing."""
        return self._properties(family, name or "").get(key, "")

    def _chain(self, family: str, name: str) -> Iterator[etree._Element]:
        """A style and those it goes on from, itself first, the family's default last."""
        seen = 0
        style = self._styles.get((family, name))
        while style is not None and seen < _DEEPEST:
            yield style
            parent = style.get(f"{_STYLE}parent-style-name", "")
            style, seen = self._styles.get((family, parent)) if parent else None, seen + 1
        if (default := self._styles.get((family, ""))) is not None and name:
            yield default

    def _properties(self, family: str, name: str) -> Mapping[str, str]:
        """The properties of a style by their names."""
        key = (family, name)
        if key not in self._given:
            self._given[key] = dict(self._stated(family, name))
        return self._given[key]

    def _stated(self, family: str, name: str) -> Iterator[tuple[str, str]]:
        """Those of its parents first: what a style says itself counts."""
        for style in reversed(list(self._chain(family, name))):
            yield from ((str(key), str(value)) for key, value in style.items() if key == _DATA)
            for part in style:
                if str(part.tag).endswith("-properties"):
                    yield from ((str(key), str(value)) for key, value in part.items())

    def _appearance(self, family: str, given: Mapping[str, str]) -> Appearance:
        size = points(given.get(f"{_LOOKS}font-size"))
        font = given.get(f"{_STYLE}font-name", "")
        names = (given.get(f"{_LOOKS}font-family", ""), font, self._fonts.get(font, ""))
        return Appearance(
            number_format=_HIDDEN if _is_hidden(family, given) else self._codes.get(given.get(_DATA, ""), ""),
            ink="" if given.get(f"{_STYLE}use-window-font-color") == "true" else _colour(given, "color"),
            ground=_colour(given, "background-color"),
            struck=_is_struck(given),
            crossed=any(_is_drawn(given.get(key, "none")) for key in _DIAGONALS),
            tiny=(size is not None and size < SMALLEST) or _is_aside(given),
            repeated=given.get(f"{_STYLE}repeat-content") == "true",
            raised=not given.get(f"{_STYLE}text-position", "0%").startswith("0%"),
            pictorial=any(PICTORIAL.match(name.strip("'\" ")) for name in names),
            leftward=given.get(f"{_STYLE}writing-mode", "").startswith("rl"),
            turned=_is_turned(given.get(f"{_STYLE}rotation-angle", "0")),
        )


_DATA = f"{_STYLE}data-style-name"
_DIAGONALS = (f"{_STYLE}diagonal-bl-tr", f"{_STYLE}diagonal-tl-br")
_NO_LINE = frozenset(("none", "hidden"))
_FAMILY = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}font-family"


def _is_drawn(line: str) -> bool:
    """True for a line such as `0.74pt solid #000000`; Gnumeric writes `0.000cm none #c7c7c7` for none."""
    words = line.split()
    return not _NO_LINE.intersection(words) and all(points(word) != 0 for word in words)


def _colour(given: Mapping[str, str], name: str) -> str:
    text = given.get(f"{_LOOKS}{name}", "").strip()
    found = _RGB.fullmatch(text)
    return found[1].upper() if found is not None else "" if text in ("", "transparent") else UNKNOWN_COLOUR


def _is_struck(given: Mapping[str, str]) -> bool:
    lines = (given.get(f"{_STYLE}text-line-through-{kind}", "none") for kind in ("style", "type"))
    return any(line != "none" for line in lines)


def _is_aside(given: Mapping[str, str]) -> bool:
    """True where the text begins so far from the side of its cell that it lies outside of it."""
    indent = points(given.get(f"{_LOOKS}margin-left"))
    return indent is not None and indent >= FARTHEST * _STEP


def _is_hidden(family: str, given: Mapping[str, str]) -> bool:
    """True for what is not shown at all: hidden words, and cells that a protected sheet hides.

    Gnumeric calls cells hidden as if they were words; nobody hides them.
    """
    if family == "text":
        return given.get(f"{_TEXT}display") == "none"
    return "hidden-and-protected" in given.get(f"{_STYLE}cell-protect", "")


@lru_cache(maxsize=64)
def _is_turned(angle: str) -> bool:
    found = re.match("-?[0-9]{1,6}", angle.strip())
    return found is not None and _UPRIGHT < int(found[0]) % 360 < 360 - _UPRIGHT
