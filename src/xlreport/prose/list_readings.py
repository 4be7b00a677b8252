"""All reasonable readings of a list against the totals that it may have.

The first that adds up is taken: all parts, the parts up to where the list may end, the outlets of a row
alone, or each of several lists of one total. Only where none does is the list judged (`list_misfits.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.prose.breakdown import Breakdown, any_meets, sum_of
from xlreport.prose.counted_lists import (
    FEWEST_PARTS,
    CountedList,
    ListPlace,
    counted_lists,
    in_measure_of_total,
)
from xlreport.prose.list_ends import ends_of_list
from xlreport.prose.list_misfits import misfit
from xlreport.prose.nested_lists import between_semicolons, sums_by_length
from xlreport.prose.numerals import Numeral, Range
from xlreport.prose.sentences import ITEM, around
from xlreport.prose.sum_slips import one_slip

_LONGEST_ITEM = 40
"""Characters of an item that are read."""


def readings(heads: Sequence[Numeral], place: ListPlace) -> Iterator[Breakdown]:
    """The breakdowns of the list that stands there, by measure word."""
    for found in counted_lists(heads, place):
        yield from _breakdowns(found)


def _breakdowns(found: CountedList) -> Iterator[Breakdown]:
    if any_meets(_sums(found), found.totals):
        yield _plain(found.totals, found.parts, fits=True)
    elif again := _told_again(found):
        yield _plain(found.totals, again, sure=False)
    elif any_meets(map(sum_of, _rows(found)), found.totals):
        yield _plain(found.totals, found.parts, fits=True)
    else:
        yield from _after_first_look(in_measure_of_total(found))


def _after_first_look(found: CountedList) -> Iterator[Breakdown]:
    stages = sums_by_length(found.place.text, found.parts)
    if not stages:
        return
    groups = between_semicolons(found.place.text, found.parts)
    if len(groups) > 1 and all(_may_repeat(group, found.totals) for group in groups):
        yield from (_plain(found.totals, group) for group in groups)
    else:
        yield misfit(found, stages)


def _plain(
    totals: tuple[Numeral, ...], parts: tuple[Numeral, ...], *, fits: bool = False, sure: bool = True
) -> Breakdown:
    """The parts as they stand: they fit where their sum does, or where another reading is known to."""
    whole = sum_of(parts)
    return Breakdown(totals, parts, (whole,), fits or any_meets([whole], totals), partial=False, sure=sure)


def _sums(found: CountedList) -> set[Range]:
    """Of all parts, and of those in the measure of a total, up to each place where the list may end."""
    place = found.place
    units = {total.unit for total in found.totals}
    sums = {sum_of(found.every)} if found.mixed else set()
    alike = tuple(part for part in found.parts if part.unit in units)
    for parts in (found.parts, alike) if alike != found.parts else (alike,):
        stages = sums_by_length(place.text, parts)
        if parts and stages:
            ends = ends_of_list(place.text, parts, place.words, inner=place.inner)
            sums |= stages[-1].union(*(stages[number] for number in ends))
    return sums


def _told_again(found: CountedList) -> tuple[Numeral, ...]:
    """The parts that remain where others make the total: 其中自然人6件，法人1件，公开5件，不予公开2件.

    They are all of it once more, up to a slip; the parts before them, or behind.
    """
    for number in range(FEWEST_PARTS, len(found.parts) - 1):
        one, other = found.parts[:number], found.parts[number:]
        for made, again in ((one, other), (other, one)):
            if any_meets([sum_of(made)], found.totals) and _nearly_adds_up(again, found.totals):
                return again
    return ()


def _nearly_adds_up(parts: Sequence[Numeral], totals: Sequence[Numeral]) -> bool:
    values = [part.value for part in parts]
    return any_meets([sum_of(parts)], totals) or any(
        one_slip(total.value, values, plain=True) for total in totals
    )


def _rows(found: CountedList) -> Iterator[Sequence[Numeral]]:
    """The first parts, where they are outlets and what follows is none: 网站3条，其他方式2条，解读1条."""
    text = found.place.text
    bounds = [around(text, part.start, part.end, ITEM) for part in found.parts]
    items = [text[max(start, end - _LONGEST_ITEM) : end] for start, end in bounds]
    for row in found.place.words.rows:
        named = [row.names_item(item) for item in items]
        end = named.index(False) if False in named else 0
        if end >= FEWEST_PARTS and not any(named[end:]):
            yield found.parts[:end]


def _may_repeat(group: Sequence[Numeral], totals: Sequence[Numeral]) -> bool:
    """True if these parts can be one total broken down once more."""
    return len(group) >= FEWEST_PARTS and any(
        total.range.high is None or sum_of(group).low <= total.range.high for total in totals
    )
