"""Lists within a list: 公开20条，其中甲12条，包括乙5条、丙7条，丁8条.

No mark tells where the list within ends. So the parts of the outer list have several sums, one for each place
where the inner one may end.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.prose.list_marks import INNER
from xlreport.prose.numerals import NOTHING, Numeral, Range

# Lists that go beyond are not read: the readings multiply.
_MOST_INNER = 6
_MOST_SUMS = 400


def gap_before(text: str, parts: Sequence[Numeral], number: int) -> str:
    """What stands between a part, counted from 0, and the part before it; nothing before the first."""
    return text[parts[number - 1].end : parts[number].digits] if number else ""


def opens_list(text: str, parts: Sequence[Numeral], number: int) -> bool:
    """True for the first part of a list within the list."""
    return INNER.search(gap_before(text, parts, number)) is not None


def sums_by_length(text: str, parts: Sequence[Numeral]) -> list[set[Range]]:
    """The sums that the first 0, 1, … parts can have, lists within the list counted in or passed over.

    Empty where there are too many.
    """
    sums: list[set[Range]] = [{NOTHING}] + [set() for _ in parts]
    inner = 0
    for number, part in enumerate(parts):
        if len(sums[number]) > _MOST_SUMS:
            return []
        sums[number + 1] |= {reading + part.range for reading in sums[number]}
        if inner < _MOST_INNER and opens_list(text, parts, number):
            inner += 1
            for end in range(number + 1, len(parts) + 1):
                sums[end] |= sums[number]
    return sums


def fewest_own(text: str, parts: Sequence[Numeral]) -> int:
    """How many parts are surely of the list itself; a list within may take all up to the next semicolon."""
    inner, own = False, 0
    for number in range(len(parts)):
        apart = "；" in gap_before(text, parts, number)
        inner = not apart and (inner or opens_list(text, parts, number))
        own += not inner
    return own


def between_semicolons(text: str, parts: Sequence[Numeral]) -> list[tuple[Numeral, ...]]:
    """The parts in groups."""
    groups: list[tuple[Numeral, ...]] = [()]
    for number, part in enumerate(parts):
        if "；" in gap_before(text, parts, number):
            groups.append(())
        groups[-1] += (part,)
    return groups
