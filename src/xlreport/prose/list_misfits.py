"""Lists that do not add up in any reading, and what speaks against a mistake in them.

They may name some of the parts only, or end earlier than their sentence does.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xlreport.expression import Expression
from xlreport.prose.breakdown import Breakdown, any_meets, sum_of
from xlreport.prose.counted_lists import FEWEST_PARTS, CountedList
from xlreport.prose.nested_lists import fewest_own, opens_list
from xlreport.prose.numerals import Numeral, Range
from xlreport.prose.sentences import PART
from xlreport.prose.sum_slips import one_slip

_MOST_OF_ALL = Expression(r"^[^，；]{0,6}，[^，；]{0,4}占[^，；]{0,10}(?:%|成|多数|大半|大部分)")
"""Behind a list: it names only the larger parts."""
_OPEN = Expression(r"^[^0-9，；]{0,10}等")
_REST = Expression("其[他它余][^，。；：、（）0-9]{0,10}$")
"""A list that ends in these names all there is."""
_MAIN = "主要"
_NEAR = 16
"""Characters before a list that may say that it names only the main parts."""
_MUCH, _HALF = Fraction(4, 5), Fraction(1, 2)
_MANY = 100
"""Of so many a list need not name all; of fewer it names more than half, if it is to name all."""


def misfit(found: CountedList, stages: Sequence[set[Range]]) -> Breakdown:
    """The breakdown of such a list; `stages` are the sums of its first 0, 1, … parts."""
    ends = found.ends()
    sums = (*stages[-1], *(sum_of(found.parts[:number]) for number in ends))
    early = bool(ends) and _ends_early(found, ends[0])
    certain = found.place.sure and not found.cut and not early and _is_of_one_measure(found)
    early = early and not any(one_slip(total.value, found.values, plain=True) for total in found.totals)
    met = [number for number in range(1, len(stages)) if any_meets(stages[number], found.totals)]
    return Breakdown(
        found.totals,
        found.parts[: max(ends[0], FEWEST_PARTS)] if early else found.parts,
        sums,
        fits=False,
        partial=_leaves_room(found, sums),
        sure=certain and not met,
        few=_may_name_main_parts(found, sums),
        enumerated=certain and not any(_may_end(found, number) for number in met),
    )


def _is_of_one_measure(found: CountedList) -> bool:
    return all(part.unit == found.totals[-1].unit for part in found.parts)


def _ends_early(found: CountedList, end: int) -> bool:
    """True where a list of semicolons ends behind two items, or one: 其中甲20件；乙2件；全年复议1件.

    So it does where another list is opened behind: 网站30条，其中首发12条；公众号45条，其中原创30条.
    """
    text, parts = found.place.text, found.parts
    first, *more = ("；" in found.gap(number) for number in range(1, len(parts)))
    anew = any(opens_list(text, parts, number) for number in range(FEWEST_PARTS, len(parts)))
    return end <= FEWEST_PARTS and first and (anew or all(more) or not any(more))


def _may_end(found: CountedList, number: int) -> bool:
    """True unless the next part follows behind an enumeration comma: 甲a条、乙b条."""
    gap = found.gap(number) if number < len(found.parts) else ""
    return "、" not in gap or any(mark in gap for mark in PART + "，")


def _leaves_room(found: CountedList, sums: Sequence[Range]) -> bool:
    """True where the words leave room for more parts."""
    total = found.totals[-1]
    return (
        found.mixed
        or _says_that_it_is_not_all(found)
        or fewest_own(found.place.text, found.parts) < FEWEST_PARTS
        or (found.is_among and not any(part.value for part in found.parts))
        or (not total.exact and _is_far_below(found, sums, total))
    )


def _says_that_it_is_not_all(found: CountedList) -> bool:
    """True for 主要 before the list, 等 behind it, or the share that its parts have together."""
    lead, tail = found.place.lead + found.before_first, found.behind_last
    return (
        _MAIN in lead[-_NEAR:]
        or _OPEN.match(tail) is not None
        or (_MOST_OF_ALL.match(tail) is not None and not _parts_have_shares(found))
    )


def _parts_have_shares(found: CountedList) -> bool:
    """True where parts before the last have shares of their own."""
    return "占" in found.place.text[found.parts[0].end : found.parts[-1].start]


def _may_name_main_parts(found: CountedList, sums: Sequence[Range]) -> bool:
    """True where a list that does not say so may name only the main parts of a large total."""
    total = found.totals[-1]
    if _REST.search(found.place.text, found.parts[0].end, found.parts[-1].start) is not None:
        return False
    return (total.exact and _is_far_below(found, sums, total)) or _is_of_larger(found, sums)


def _is_far_below(found: CountedList, sums: Sequence[Range], total: Numeral) -> bool:
    """True where all readings are far below a total: its parts are not listed whole.

    It is a rounded one, or the list only says what is among so many. A tenth of it is a slip.
    """
    tenths = [Range(reading.low * 10, reading.high * 10) for reading in sums if reading.high is not None]
    if len(tenths) < len(sums) or any(tenth.meets(total.range) for tenth in tenths):
        return False
    small, half = total.value < _MANY, total.value * _HALF
    plain = small or all(reading.low < half for reading in sums)
    if total.exact and (not found.is_among or one_slip(total.value, found.values, plain=plain)):
        return False
    most = half if found.is_among and small else total.value * _MUCH
    return all(reading.low < most for reading in sums)


def _is_of_larger(found: CountedList, sums: Sequence[Range]) -> bool:
    """True where the parts may be some of a larger total told before, and no slip makes them all of one."""
    if not found.is_among or any(one_slip(total.value, found.values, plain=True) for total in found.totals):
        return False
    return any(_is_far_below(found, sums, total) for total in found.totals[:-1])
