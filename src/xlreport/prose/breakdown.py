"""A total and the parts that it is broken into, and sums of numbers that are not all exact."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from xlreport.frozen import frozen
from xlreport.prose.numerals import NOTHING, Numeral, Range


@frozen
class Breakdown:
    """A total and its parts, all with one measure word.

    `totals` are the numbers that can be meant as the total, the likeliest last; `parts` all parts in
    order; `sums` those of all whole readings; `fits` is True if any reading adds up. `partial` is
    True where the words leave room for more parts, `sure` False where they may be no list of this total, or
    end earlier: then only what looks like a slip of the hand is one. A list of `few` may name the main parts
    of a large total only, and does not say so. Where `enumerated` its parts go on behind enumeration commas
    although the first of them make the total.
    """

    totals: tuple[Numeral, ...]
    parts: tuple[Numeral, ...]
    sums: tuple[Range, ...]
    fits: bool
    partial: bool
    sure: bool = True
    few: bool = False
    enumerated: bool = False

    @property
    def nearest(self) -> Range:
        """The sum of the reading that comes nearest to the total."""
        return min(self.sums, key=lambda reading: (abs(reading.low - self.total.value), reading.low))

    @property
    def total(self) -> Numeral:
        """The number most likely meant."""
        return self.totals[-1]


def sum_of(parts: Iterable[Numeral]) -> Range:
    """All values that the parts can have together."""
    total = NOTHING
    for part in parts:
        total = total + part.range
    return total


def any_meets(readings: Iterable[Range], totals: Collection[Numeral]) -> bool:
    """True if any of the sums can be one of the totals."""
    return any(reading.meets(total.range) for reading in readings for total in totals)
