"""Where the cells of a sheet lie on it, as far as its columns and rows say how wide and high they are.

Lengths are in EMU, of which a point has 12,700 (ECMA-376 part 1, 20.1.2.1).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

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


@frozen(eq=False, slots=False)
class Lines:
    """The columns or the rows: `own` are the first, the last and the size of those that have their own."""

    usual: float
    own: Sequence[tuple[int, int, float]] = ()

    def start(self, line: int) -> float:
        """Where a line begins."""
        firsts, sizes, starts = self._known
        number = bisect_left(firsts, line) - 1
        if number < 0:
            return self.usual * line
        first, last, size = sizes[number]
        own = min(last + 1, line) - first
        return starts[number] + own * size + (line - first - own) * self.usual

    @cached_property
    def _known(self) -> tuple[list[int], list[tuple[int, int, float]], list[float]]:
        """The lines with a size of their own from the first on: where each run of them begins, the runs, and
        their places. Of lines that are described twice the run that begins first counts.
        """
        runs: list[tuple[int, int, float]] = []
        starts: list[float] = []
        behind, place = 0, 0.0
        for first, last, size in sorted(self.own):
            first = max(first, behind)
            if first <= last:
                place += (first - behind) * self.usual
                runs.append((first, last, size))
                starts.append(place)
                place += (last + 1 - first) * size
                behind = last + 1
        return [first for first, _, _ in runs], runs, starts


@frozen(eq=False)
class SheetGrid:
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
