"""A sentence that is being read: its text, the words of the form that stand in it, and its numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property

from xlreport.expression import Expression
from xlreport.form.fact_model import BoundFact, Prose
from xlreport.frozen import frozen
from xlreport.prose.counts import Span
from xlreport.prose.growths import FromTo, from_to
from xlreport.prose.lexicon import Hit
from xlreport.prose.list_marks import PARTS_FOLLOW
from xlreport.prose.numerals import MEASURE, Numeral
from xlreport.prose.sentences import Clause, Sentence
from xlreport.verify.texts.statements.statement import Context
from xlreport.verify.texts.text import Text

_AHEAD = 120
"""Characters of a clause that are looked back at."""
_NEAR = 40
"""Words that are looked back at."""
_ONES = Expression(f"一{MEASURE}")
_DIGIT = Expression("[0-9零一二两三四五六七八九十]")


@frozen(slots=False)
class SentenceWords:
    """What the reading of numbers and of denials both look up. All places are places in the folded text.

    `whole` is the whole text that the sentence stands in, folded; `hits` are the words found in the sentence
    and `numbers` its numbers, each in order.
    """

    context: Context
    prose: Prose
    text: Text
    whole: str
    sentence: Sentence
    hits: Sequence[Hit]
    numbers: Sequence[Numeral]

    @cached_property
    def marks(self) -> Sequence[int]:
        """Where the sentence says that parts follow: 其中 and its like."""
        marks = PARTS_FOLLOW.finditer(self.whole, self.sentence.start, self.sentence.end)
        return [match.start() for match in marks if not self._gives_each(match)]

    @cached_property
    def named(self) -> Sequence[int]:
        """Where the objects of the sentence begin that may be its topic."""
        return [hit.start for hit in self.hits if not hit.names.isdisjoint(self.prose.topical)]

    @cached_property
    def ones(self) -> int:
        """How often the sentence speaks of one: 一件, 一个."""
        return len(_ONES.findall(self.whole, self.sentence.start, self.sentence.end))

    @cached_property
    def changes(self) -> Sequence[FromTo]:
        """What the sentence says to have gone from one number to another."""
        return list(from_to(self.whole, self.sentence.start, self.sentence.end)) if self.numbers[1:] else []

    @cached_property
    def leads(self) -> Mapping[Clause, int]:
        """Where the first number of a clause begins: what makes less of it makes less of those behind."""
        leads: dict[Clause, int] = {}
        for number in self.numbers:
            leads.setdefault(self.sentence.clause_at(number.digits), number.start)
        return leads

    @cached_property
    def colons(self) -> Sequence[int]:
        """Where a colon behind a number opens the list of its parts: 171条：甲124条、乙47条."""
        ends = (number.end + len(number.unit) for number in self.numbers)
        return [end for end in ends if self.whole[end : end + 1] == "："]

    def within(self, spans: Sequence[Span]) -> tuple[Hit, ...]:
        """The words that begin in some stretches."""
        found: list[Hit] = []
        for span in spans:
            found += self.hits[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
        return tuple(found)

    def near(self, place: int) -> Sequence[Hit]:
        """The last words before a place, in any clause."""
        last = bisect_left(self._starts, place)
        return self.hits[max(0, last - _NEAR) : last]

    def marks_near(self, start: int, end: int) -> Sequence[int]:
        """The last marks of parts in a stretch."""
        first, last = bisect_left(self.marks, start), bisect_left(self.marks, end)
        return self.marks[max(first, last - _NEAR) : last]

    def ahead(self, clause: Clause, place: int) -> Span:
        """The clause up to a place; of a long one the end."""
        return Span(max(clause.start, place - _AHEAD), place)

    def said(self, span: Span) -> str:
        """The words of a stretch."""
        return self.whole[span.start : span.end]

    def has_when(self, bound: BoundFact, start: int, said: str) -> bool:
        """True if the sentence before, or what is said, has one of the words that the fact asks for."""
        when = bound.fact.when
        if not when:
            return True
        words = self.sentence.before(start) + said
        return any(word in words for word in when)

    @cached_property
    def _starts(self) -> list[int]:
        return [hit.start for hit in self.hits]

    def _gives_each(self, mark: re.Match[str]) -> bool:
        """True for 分别为5件、3件, where no parts follow but one number for each thing before."""
        return mark[0].startswith("分别") and _DIGIT.match(self.whole, mark.end()) is not None
