"""Lists before they are judged: where one stands, its parts of one measure, and the totals it may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import takewhile

from xlreport.frozen import frozen
from xlreport.prose.list_ends import ends_of_list, measure_kind
from xlreport.prose.list_marks import AMONG_WHICH
from xlreport.prose.list_words import ListWords
from xlreport.prose.nested_lists import gap_before
from xlreport.prose.numerals import Numeral, numerals
from xlreport.prose.sum_slips import one_slip

MOST_PARTS = 60
"""Longer lists are not read."""
FEWEST_PARTS = 2
_SEVERAL = 3
_ANYTHING = "个"
"""The measure word that stands with whatever is counted."""


@frozen
class ListPlace:
    """Where a list stands: the text to read parts from (what is no part blotted out), its bounds, and the
    words of its sentence that lead to it. `inner` where it is a list within a list, not `sure` where it may
    be no list of the totals before it.
    """

    text: str
    start: int
    end: int
    words: ListWords
    lead: str = ""
    inner: bool = False
    sure: bool = True


@frozen
class CountedList:
    """The parts of one measure, the totals that they may have, and all numbers of the list in any measure.

    `mixed` where other things than the totals count stand between or behind the parts, `cut` where such
    things were taken to end the list.
    """

    place: ListPlace
    totals: tuple[Numeral, ...]
    parts: tuple[Numeral, ...]
    every: tuple[Numeral, ...]
    mixed: bool
    cut: bool = False

    @property
    def values(self) -> list[Fraction]:
        """What is printed for each part."""
        return [part.value for part in self.parts]

    @property
    def before_first(self) -> str:
        """What stands between the words that open the list and its first part."""
        return self.place.text[self.place.start : self.parts[0].start]

    @property
    def behind_last(self) -> str:
        """What stands behind the last part and its measure word."""
        return self.place.text[self.parts[-1].end + 1 : self.place.end]

    @property
    def is_among(self) -> bool:
        """True if the list says what is among a total, which need not be all of it.

        Behind 其中： more than two are all there are.
        """
        opened = "：" in self.before_first and len(self.parts) > FEWEST_PARTS
        return self.place.lead.endswith(AMONG_WHICH) and not opened

    def gap(self, number: int) -> str:
        """What stands before a part, behind the part before it."""
        return gap_before(self.place.text, self.parts, number)

    def ends(self) -> list[int]:
        """How many parts stand before each place where the list may end; a list within may end anywhere."""
        if self.place.inner:
            return list(range(1, len(self.parts)))
        return list(ends_of_list(self.place.text, self.parts, self.place.words))


def counted_lists(heads: Sequence[Numeral], place: ListPlace) -> Iterator[CountedList]:
    """One for each kind of measure word for which there is a total and a part."""
    every = tuple(numerals(place.text, place.start, place.end))
    kinds = dict.fromkeys(measure_kind(head.unit) for head in heads)
    for kind in kinds:
        parts = tuple(numeral for numeral in every if measure_kind(numeral.unit) == kind)
        totals = tuple(head for head in heads if measure_kind(head.unit) == kind and _may_hold(head, parts))
        if totals and 0 < len(parts) <= MOST_PARTS:
            mixed = any(measure_kind(numeral.unit) not in kinds for numeral in every)
            yield CountedList(place, totals, parts, every, mixed)


def _may_hold(head: Numeral, parts: Sequence[Numeral]) -> bool:
    """False for 三个领域分别是征地4件、规划3件: so many fields, none of which is counted in 个."""
    return head.unit != _ANYTHING or any(part.unit == _ANYTHING for part in parts)


def in_measure_of_total(found: CountedList) -> CountedList:
    """The list without what follows it in other measures; of its totals the likeliest last."""
    unit = found.totals[-1].unit
    leading = tuple(takewhile(lambda numeral: numeral.unit == unit, found.every))
    cut = found.mixed and len(leading) >= _SEVERAL
    parts = leading if cut else _own_parts(found.parts, unit)
    totals = _likeliest_last([total for total in found.totals if total.unit == unit], parts)
    return replace(found, totals=totals, parts=parts, mixed=found.mixed and not cut, cut=cut)


def _own_parts(parts: tuple[Numeral, ...], unit: str) -> tuple[Numeral, ...]:
    """Those in the measure of the total, if all others follow them; else all."""
    own = tuple(part for part in parts if part.unit == unit)
    return own if len(own) >= FEWEST_PARTS and parts[: len(own)] == own else parts


def _likeliest_last(totals: Sequence[Numeral], parts: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """Of several totals the one that a slip would explain comes last."""
    values = [part.value for part in parts]
    likely = [(one_slip(t.value, values, plain=True), one_slip(t.value, values)) for t in totals]
    return tuple(total for _, total in sorted(zip(likely, totals, strict=True), key=lambda pair: pair[0]))
