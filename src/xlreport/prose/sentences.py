"""How a folded text falls apart: paragraphs, sentences, parts at semicolons, clauses, items; parentheses.

All bounds are places in the folded text. A piece ends before its mark, and no piece is empty.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache

from xlreport.expression import Expression
from xlreport.frozen import frozen

PARAGRAPH = "\n"
SENTENCE = "。！？" + PARAGRAPH
PART = "；" + SENTENCE
CLAUSE = "，：" + PART
ITEM = "、" + CLAUSE
"""The marks behind each kind of piece; the finer end where the coarser end as well."""
PARENTHESES = "（）"
_NEAR = 40
_LOOKED_BACK = 400
"""Clauses and characters that are looked back at: no person's sentence has so many."""


@frozen(eq=False)
class Clause:
    """Words between two marks, parentheses being marks as well.

    `mark` is the one behind it ("：" introduces a list, "（" opens a parenthesis, "" ends the text). What
    stands in parentheses has the clause before them for its `parent`; what goes on behind them `resumes`
    that clause.
    """

    start: int
    end: int
    mark: str
    parent: Clause | None = None
    resumes: Clause | None = None


@frozen(slots=False)
class Sentence:
    """A sentence, by its bounds in the text. `first` tells that its paragraph begins with it."""

    text: str
    start: int
    end: int
    first: bool

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in order, parentheses between the two halves of their parent; some are empty."""
        return tuple(_clauses(self.text, self.start, self.end))

    def clause_at(self, place: int) -> Clause:
        """The clause that holds the character at that place, or whose mark it is."""
        return self.clauses[self.number_at(place)]

    def number_at(self, place: int) -> int:
        """Which of the clauses that is, from 0."""
        return bisect_right(self._starts, place) - 1

    def holder_at(self, place: int) -> Clause | None:
        """The clause in whose parentheses a place stands; None outside all of them."""
        return self.clause_at(place).parent if self._parentheses_stand_in_it else None

    def in_parentheses(self, clause: Clause) -> tuple[int, int] | None:
        """The bounds of what stands in parentheses behind a clause; None where there are none, or no end."""
        return self._parentheses.get(clause)

    def before(self, place: int) -> str:
        """The sentence up to a place without the parentheses closed by then; of a long one the end."""
        if not self._parentheses_stand_in_it:
            first = self.clauses[max(0, self.number_at(place) - _NEAR)]
            return self.text[max(first.start, place - _LOOKED_BACK) : place]
        holders: list[Clause | None] = [None]
        holder = self.clause_at(place).parent
        while holder is not None:
            holders.append(holder)
            holder = holder.parent
        last = self.number_at(place)
        near = self.clauses[max(0, last - _NEAR) : last + 1]
        kept = (clause for clause in near if clause.start < place and clause.parent in holders)
        return "".join(
            self.text[
                max(clause.start, place - _LOOKED_BACK) : min(
                    clause.end + (clause.mark not in PARENTHESES), place
                )
            ]
            for clause in kept
        )

    @cached_property
    def _parentheses_stand_in_it(self) -> bool:
        return any(self.text.find(mark, self.start, self.end) >= 0 for mark in PARENTHESES)

    @cached_property
    def _starts(self) -> list[int]:
        return [clause.start for clause in self.clauses]

    @cached_property
    def _parentheses(self) -> dict[Clause, tuple[int, int]]:
        resumed = ((clause.resumes, clause.start - 1) for clause in self.clauses)
        return {holder: (holder.end + 1, end) for holder, end in resumed if holder is not None}


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in order."""
    return tuple(
        Sentence(text, start, end, start == 0 or text[start - 1] in PARAGRAPH)
        for start, end in pieces(text, SENTENCE)
    )


def pieces(text: str, marks: str) -> Iterator[tuple[int, int]]:
    """The bounds of all pieces between these marks, in order."""
    return (match.span() for match in _between(marks).finditer(text))


def around(text: str, start: int, end: int, marks: str) -> tuple[int, int]:
    """The bounds of the piece between these marks that holds a stretch of the text, or of those it spans."""
    ends = _ends(text, marks)
    before, behind = bisect_left(ends, start), bisect_left(ends, end)
    return ends[before - 1] + 1 if before else 0, ends[behind] if behind < len(ends) else len(text)


@lru_cache(maxsize=64)
def outside(text: str, depth: int = 0) -> str:
    """The text with everything in more than `depth` parentheses blotted out, each character by a blank.

    A parenthesis without an end goes to the end of its sentence.
    """
    if "（" not in text:
        return text
    inside, kept = 0, []
    for char in text:
        if char in SENTENCE:
            inside = 0
        inside += char == "（"
        kept.append(char if inside <= depth else " ")
        inside -= char == "）" and inside > 0
    return "".join(kept)


def _clauses(text: str, start: int, end: int) -> Iterator[Clause]:
    holders: list[Clause] = []
    resumed: Clause | None = None
    for match in _marks(CLAUSE + PARENTHESES).finditer(text, start, end):
        clause = Clause(start, match.start(), match[0], holders[-1] if holders else None, resumed)
        yield clause
        start, resumed = match.end(), None
        if clause.mark == "（":
            holders.append(clause)
        elif clause.mark == "）" and holders:
            resumed = holders.pop()
    yield Clause(start, end, text[end : end + 1], holders[-1] if holders else None, resumed)


@lru_cache(maxsize=64)
def _ends(text: str, marks: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _marks(marks).finditer(text))


@lru_cache
def _marks(marks: str) -> Expression:
    return Expression(f"[{marks}]")


@lru_cache
def _between(marks: str) -> Expression:
    return Expression(f"[^{marks}]+")
