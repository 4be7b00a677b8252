"""The numbers of a sentence, by where they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from xlreport.prose.numerals import Numeral, numerals
from xlreport.prose.sentences import Sentence, outside


def outer_numbers(sentence: Sentence) -> list[Numeral]:
    """The numbers of a sentence outside parentheses."""
    return list(numerals(outside(sentence.text), sentence.start, sentence.end))


def last_before(found: Sequence[Numeral], start: int) -> Numeral | None:
    """The last number before a place."""
    place = bisect_right(found, start, key=lambda numeral: numeral.end)
    return found[place - 1] if place else None
