"""A sentence with its numbers, and those of the sentence before: what lists are found in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from xlreport.frozen import frozen
from xlreport.prose.breakdown import Breakdown
from xlreport.prose.list_words import ListWords
from xlreport.prose.numerals import Numeral, numerals
from xlreport.prose.sentences import Sentence, outside, sentences

_MOST_HEADS = 6
"""Numbers before a list that are looked at in pairs: with more, the sums multiply."""


@frozen
class NumberedSentence:
    """`plain` is the whole text without its parentheses, `found` the numbers of the sentence in it; `before`
    those of the sentence before, `earlier` those of the one before that in the same paragraph.
    """

    sentence: Sentence
    plain: str
    words: ListWords
    found: Sequence[Numeral]
    before: Sequence[Numeral]
    earlier: Sequence[Numeral]

    def until(self, place: int) -> str:
        """The words of the sentence that stand before a place."""
        return self.plain[self.sentence.start : place]


def numbered_sentences(text: str, words: ListWords) -> Iterator[NumberedSentence]:
    """Those that have a number, or stand behind one that has."""
    earlier: Sequence[Numeral] = ()
    before: Sequence[Numeral] = ()
    plain = outside(text)
    for sentence in sentences(text):
        found = list(numerals(plain, sentence.start, sentence.end))
        if not found and not before:
            continue
        yield NumberedSentence(sentence, plain, words, found, before, earlier)
        earlier, before = () if sentence.first else before, found


def is_of_two(breakdown: Breakdown, heads: Sequence[Numeral]) -> bool:
    """True if two numbers before make the sum together, or less one another: 收到12件，上年结转1件."""
    values = [head.value for head in heads[-_MOST_HEADS:]]
    made = {one + sign * two for one, two in combinations(values, 2) for sign in (1, -1)}
    return any(reading.allows(value) for reading in breakdown.sums for value in made)
