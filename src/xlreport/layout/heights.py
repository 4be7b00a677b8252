"""How high rows must be for the texts in them. Only who writes a workbook asks."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping

from xlreport.area import Area

LINE = 16
"""Height of a line of text in points."""
PROSE_LINE = 15
"""Height of a line in a box of running text."""
TALLEST = 400
"""A row can be at most 409 points high; longer text gets several rows."""


class _Widths(dict[str, int]):
    """The widths of characters, each looked up once."""

    def __missing__(self, char: str) -> int:
        width = self[char] = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        return width


_WIDTHS = _Widths()


def text_width(text: str) -> int:
    """Width in column units: Chinese characters count two."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def lines_needed(text: str, width: float) -> int:
    """Lines a text takes in a cell of that width (in column units)."""
    if "\n" in text:
        return sum(lines_needed(line, width) for line in text.split("\n"))
    if 2 * len(text) <= width - 1:  # what most cells hold
        return 1
    return max(1, math.ceil(text_width(text) / _usable(width)))


def most_lines(texts: Iterable[str], widths: Iterable[float]) -> int:
    """Lines that the cells of a row take; only those are measured that may need more than one."""
    most = 1
    for text, width in zip(texts, widths, strict=True):
        if len(text) * (1 if text.isascii() else 2) > width - 1 or "\n" in text:
            most = max(most, lines_needed(text, width))
    return most


def _usable(width: float) -> float:
    """Column units of a cell that text takes."""
    return max(2.0, width - 1)


def text_height(text: str, width: float, line: int = LINE) -> int:
    """Height in points of a row that shows the whole text."""
    return lines_needed(text, width) * line + 4


def prose_height(characters: int, width: float) -> int:
    """Height in points of a box of running text of so many Chinese characters, with two lines to spare."""
    return (max(1, math.ceil(2 * characters / _usable(width))) + 2) * PROSE_LINE


def width_of(area: Area, widths: Mapping[int, int]) -> int:
    """The width of an area in column units, from those of the columns."""
    return sum(widths[column] for column in range(area.left, area.right + 1))


def row_heights(
    least: Mapping[int, int], needs: Iterable[tuple[Area, str, int]], widths: Mapping[int, int]
) -> Mapping[int, int]:
    """Points of each row: at least so many, and enough for these texts, each with the height of its lines."""
    heights = dict(least)
    for area, text, line in needs:
        height = text_height(text, width_of(area, widths), line)
        heights[area.top] = max(heights.get(area.top, 0), min(TALLEST, height))
    return heights
