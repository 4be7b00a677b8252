"""Where the cells of a sheet lie on it, as far as its columns and rows say how wide and high they are.

Lengths are in EMU, of which a point has 12,700 (ECMA-376 part 1, 20.1.2.1).
"""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.area import Area
from xlreport.frozen import frozen

POINT, PIXEL = 12_700, 9_525
_DIGIT, _PADDING = 7, 5
"""Pixels of a digit in the usual font, and of what a column has beside its digits."""
USUAL_WIDTH, USUAL_HEIGHT = 64.0 * PIXEL, 15.0 * POINT


@frozen
class Box:
    """A rectangle on a sheet."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        """How much room it takes, 0 for one without width or height."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def within(self, other: Box) -> Box:
        """What of it lies in another one."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Box(left, top, min(self.right, other.right), min(self.bottom, other.bottom))


@frozen(eq=False)
class Lines:
    """The columns or the rows: `own` are the first, the last and the size of those that have their own."""

    usual: float
    own: Sequence[tuple[int, int, float]] = ()

    def start(self, line: int) -> float:
        """Where a line begins."""
        more = (
            (min(last + 1, line) - first) * (size - self.usual)
            for first, last, size in self.own
            if first < line
        )
        return self.usual * line + sum(more)


@frozen(eq=False)
class Grid:
    """The columns and rows of a sheet."""

    columns: Lines = Lines(USUAL_WIDTH)
    rows: Lines = Lines(USUAL_HEIGHT)

    def box(self, area: Area) -> Box:
        """Where an area lies."""
        return Box(
            self.columns.start(area.left),
            self.rows.start(area.top),
            self.columns.start(area.right + 1),
            self.rows.start(area.bottom + 1),
        )


def width(characters: float) -> float:
    """The width of a column of so many characters."""
    return (characters * _DIGIT + _PADDING) * PIXEL if characters > 0 else 0.0
