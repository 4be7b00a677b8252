"""Counts: every number with a measure word, and the words of its clause that say what it counts.

The words stand before the number or behind it (予以公开4件, 4件予以公开, 收到8份申请). Where a clause has
several numbers, each takes the words up to the next; which side they belong to is told by the first of them.
A number whose clause says nothing of its own takes the clause before (收到申请，共8件), and what goes on
behind a parenthesis, or stands alone in one, takes the words before it. 分别 gives each number one of the
things before it: 甲和乙分别为5件、3件.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.lexicon import Hit
from xlreport.prose.numerals import Numeral
from xlreport.prose.sentences import Clause, Sentence

_SEPARATOR = Expression("[、和与及或并]|以及|或者")
_LEADS_ON = "，：、（"
_MONEY = ("元", "万元")
"""What is paid for what was counted before: 收取处理费2件，共计430元."""
_MOST = 12
"""Parentheses that a clause may go on behind: no person writes so many."""


@frozen
class Span:
    """A stretch of a text."""

    start: int
    end: int


@frozen
class Count:
    """A number, what stands before it and what stands behind, as far as that is about it."""

    numeral: Numeral
    before: tuple[Span, ...]
    behind: Span
    clause: Clause

    @property
    def spans(self) -> tuple[Span, ...]:
        """All its words in order."""
        return (*self.before, self.behind)


def counts(sentence: Sentence, numbers: Sequence[Numeral], hits: Sequence[Hit]) -> Iterator[Count]:
    """Every number of a sentence with its words; `hits` are all words that mean something."""
    if not numbers:
        return
    reader = _Reader(sentence, numbers, hits)
    for number in range(len(sentence.clauses)):
        yield from reader.clause(number)


class _Reader:
    """Goes through the clauses of one sentence, and remembers what each leaves open."""

    def __init__(self, sentence: Sentence, numbers: Sequence[Numeral], hits: Sequence[Hit]) -> None:
        self._sentence = sentence
        self._numbers: dict[Clause, list[Numeral]] = {}
        for numeral in numbers:
            self._numbers.setdefault(sentence.clause_at(numeral.digits), []).append(numeral)
        self._starts = [hit.start for hit in hits]
        self._ends = [hit.end for hit in hits]
        self._open: dict[Clause, tuple[Span, ...]] = {}
        """What stands at a clause's end behind its last number: all of a clause without numbers."""

    def clause(self, number: int) -> Iterator[Count]:
        clause = self._sentence.clauses[number]
        numbers = self._numbers.get(clause, [])
        head = self._open.get(clause.resumes, ())[-_MOST:] if clause.resumes is not None else ()
        if not numbers:
            self._open[clause] = (*head, Span(clause.start, clause.end))
            return
        gaps = self._gaps(clause, numbers)
        self._open[clause] = (gaps[-1],)
        before = (*head, gaps[0])
        if not self._says((*before, *gaps[1:2])):
            before = (*self._before(number), *before)
        yield from self._shared(clause, numbers, before, gaps)

    def _gaps(self, clause: Clause, numbers: Sequence[Numeral]) -> list[Span]:
        """What stands before, between and behind the numbers."""
        ends = [clause.start, *(n.end + len(n.unit) for n in numbers)]
        starts = [*(n.start for n in numbers), clause.end]
        return [Span(end, max(start, end)) for end, start in zip(ends, starts, strict=True)]

    def _before(self, number: int) -> tuple[Span, ...]:
        """The words of the clause before, if it has no number, or of that before a parenthesis.

        Money has those before the number that it was paid for.
        """
        if number == 0:
            return ()
        clause, last = self._sentence.clauses[number], self._sentence.clauses[number - 1]
        if last is clause.parent:
            return self._open.get(last, ())
        if last.parent is not clause.parent or last.mark not in _LEADS_ON:
            return ()
        numbers = self._numbers.get(last)
        if numbers is None:
            return self._open.get(last, ())
        money = self._numbers[clause][0].unit in _MONEY and numbers[0].unit not in _MONEY
        return (Span(last.start, numbers[0].start), *self._open.get(last, ())) if money else ()

    def _shared(
        self, clause: Clause, numbers: Sequence[Numeral], before: tuple[Span, ...], gaps: Sequence[Span]
    ) -> Iterator[Count]:
        """Each gap between two numbers goes to the one before it, to the one behind, or is divided."""
        things = self._things(before, len(numbers))
        if things:
            for numeral, thing in zip(numbers, things, strict=True):
                yield Count(numeral, (thing,), Span(numeral.end, numeral.end), clause)
            return
        mixed = len(numbers) > 1 and numbers[0].unit != numbers[1].unit and self._says(gaps[1:2])
        behind_first = not self._says(before) and (mixed or self._says(gaps[-1:]))
        for place, numeral in enumerate(numbers):
            gap = gaps[place + 1]
            if place + 1 == len(numbers):
                yield Count(numeral, before, gap, clause)
                return
            cut = self._cut(gap, behind_first)
            yield Count(numeral, before, Span(gap.start, cut), clause)
            before = (Span(cut, gap.end),)

    def _things(self, before: Sequence[Span], number: int) -> list[Span]:
        """As many things as numbers, if the words before say 分别."""
        start, end = before[-1].start, before[-1].end
        each = self._sentence.text.rfind("分别", start, end)
        if number == 1 or each < 0:
            return []
        marks = _SEPARATOR.finditer(self._sentence.text, start, each)
        cuts = [match.span() for match in marks if not self._is_in_a_word(match.start())]
        bounds = [start, *(place for cut in cuts for place in cut), each]
        things = [Span(first, last) for first, last in zip(bounds[::2], bounds[1::2], strict=True)]
        return things if len(things) == number and all(self._says([thing]) for thing in things) else []

    def _is_in_a_word(self, place: int) -> bool:
        last = bisect_left(self._starts, place)
        return last > 0 and place < self._ends[last - 1]

    def _cut(self, gap: Span, behind_first: bool) -> int:
        """Where a gap is divided between its two numbers."""
        marks = [match.start() for match in _SEPARATOR.finditer(self._sentence.text, gap.start, gap.end)]
        if marks:
            return marks[-1] if behind_first else marks[0]
        if not behind_first:
            return gap.start
        first = bisect_left(self._starts, gap.start)
        several = any(start < gap.end for start in self._starts[first + 1 : first + 2])
        return self._ends[first] if several else gap.end

    def _says(self, spans: Sequence[Span]) -> bool:
        """True if any word that means something begins in there."""
        return any(
            bisect_left(self._starts, span.start) < bisect_left(self._starts, span.end) for span in spans
        )
