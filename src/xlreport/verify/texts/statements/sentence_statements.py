"""What one sentence states: its denials and numbers in order, each read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeGuard

from xlreport.form.fact_model import WRITTEN_NAMES
from xlreport.prose.counts import Count, Span, counts
from xlreport.prose.denials import Denial
from xlreport.prose.numerals import Numeral
from xlreport.prose.sentences import Clause
from xlreport.verify.texts.statements.all_of_them import all_of_them, statement_of_all
from xlreport.verify.texts.statements.counted import statement_of_number
from xlreport.verify.texts.statements.denied import statements_of_denial
from xlreport.verify.texts.statements.left_out import without_weak, without_wider
from xlreport.verify.texts.statements.portions import growing, portions
from xlreport.verify.texts.statements.sentence_words import SentenceWords
from xlreport.verify.texts.statements.statement import GROWN, PERCENT, Said, Statement
from xlreport.verify.texts.statements.topics import Topics

_MOST_DENIALS, _MOST_RATES = 40, 40
"""Denials and shares of a sentence that are read; further ones are not."""


class _Found:
    """What was found in a sentence so far, as `Said` tells it apart."""

    def __init__(self) -> None:
        self._statements: list[Statement] = []
        self._portions: list[Statement] = []
        self._grown: list[Statement] = []
        self._unread: list[Numeral] = []
        self._doubtful: list[Statement] = []

    def add_denied(self, statements: Iterator[Statement]) -> None:
        """What a denial says is none."""
        self._statements += statements

    def add(self, numeral: Numeral, statement: Statement | None) -> None:
        """What a number was read as, or None."""
        if numeral.unit == GROWN:
            self._grown += [statement] if _is_known(statement) and statement.fact.quantities else []
        elif numeral.unit == PERCENT:
            self._portions += [statement] if _is_known(statement) and _is_share(statement) else []
        elif _is_known(statement):
            self._statements.append(statement)
        else:
            self._unread.append(numeral)
            self._doubtful += [] if statement is None else [statement]

    def said(self, words: SentenceWords, again: list[Statement]) -> Said:
        """All of it, without what a narrower or a stronger statement beside explains."""
        said = Said(
            tuple(without_wider(words, self._statements, self._unread)),
            unread=tuple(self._unread),
            portions=tuple(self._portions),
            grown=tuple(self._grown),
            doubtful=tuple(self._doubtful),
            again=tuple(again),
        )
        return without_weak(said)


def said_in(words: SentenceWords, topics: Topics) -> Said:
    """The statements of a sentence, in order of their words, and the numbers that are none."""
    found = _Found()
    again: list[Statement] = []
    every = {count.clause.start: count for count in all_of_them(words)}
    for place, event in _events(words):
        again += _again(words, topics, every, place)
        topics.advance(place)
        if isinstance(event, Denial):
            found.add_denied(statements_of_denial(words, topics, event))
        else:
            found.add(event.numeral, statement_of_number(words, topics, event))
    again += _again(words, topics, every, words.sentence.end)
    topics.advance(words.sentence.end)
    return found.said(words, again)


def _again(words: SentenceWords, topics: Topics, every: dict[int, Count], place: int) -> Iterator[Statement]:
    """What is said of all before a place, each once."""
    for start in [start for start in every if start <= place]:
        count = every.pop(start)
        topics.advance(start)
        statement = statement_of_all(words, topics, count)
        if statement is not None:
            yield statement


def _is_known(statement: Statement | None) -> TypeGuard[Statement]:
    return statement is not None and not statement.doubtful


def _is_share(statement: Statement) -> bool:
    """True for a share of what has figures, told in words that say so by themselves."""
    return bool(statement.fact.quantities) and not statement.weak


def _events(words: SentenceWords) -> list[tuple[int, Count | Denial]]:
    """The denials and numbers of a sentence by their places; a number behind a denial is denied with it."""
    denials = words.prose.denials.of(words.sentence, words.named) if words.hits else ()
    found = [denial for denial in islice(denials, _MOST_DENIALS) if not _is_of_a_word(words, denial)]
    events: list[tuple[int, Count | Denial]] = [(denial.start, denial) for denial in found]
    if not words.text.has_numerals:
        return events
    events += ((count.numeral.start, count) for count in _not_denied(_counts(words), found))
    events += ((count.numeral.start, count) for count in islice(portions(words), _MOST_RATES))
    events += ((count.numeral.start, count) for count in islice(growing(words), _MOST_RATES))
    return sorted(events, key=lambda event: event[0])


def _is_of_a_word(words: SentenceWords, denial: Denial) -> bool:
    """True where the denial belongs to a word that counts: 逾期未补正3件, but not 零申请."""
    last = next(reversed(words.near(denial.start)), None)
    return last is not None and denial.start < last.end and last.names.isdisjoint(words.prose.objects)


def _not_denied(found: Iterator[Count], denials: list[Denial]) -> Iterator[Count]:
    """The counts but for those behind a denial of the same clause."""
    ends: dict[Clause, int] = {}
    for denial in denials:
        if denial.behind:
            ends.setdefault(denial.clause, denial.end)
    for count in found:
        end = ends.get(count.clause)
        if end is None or count.numeral.start < end:
            yield count


def _counts(words: SentenceWords) -> Iterator[Count]:
    """The counts, but of 由m件降至n件 the last one only, with the words before: it is this year's."""
    changes = {change.last.digits: change for change in words.changes}
    before: dict[int, tuple[Span, ...]] = {}
    known = [hit for hit in words.hits if not hit.names <= WRITTEN_NAMES]
    for count in counts(words.sentence, words.numbers, known):
        change = changes.get(count.numeral.digits)
        if change is not None:
            *more, last = count.before
            before[change.now.digits] = (*more, Span(last.start, max(last.start, change.start)))
        elif count.numeral.digits in before:
            yield replace(count, before=before[count.numeral.digits])
        else:
            yield count
