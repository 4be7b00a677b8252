"""Reading: what each sentence of a text states, every number and every denial once.

A number is read from the words of its clause (`prose/counts.py`): the object is named there, or is the topic
of the sentence or the field. The first fact of the form that fits takes it (`counted.py`), unless its words
make less of it than the whole: another period or body, a part, a modifier that is not understood
(`limits.py`). What is said to be none is read likewise (`denied.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TypeGuard

from xlreport.expression import Expression
from xlreport.form.fact_model import BESIDE, WRITTEN, WRITTEN_NAMES
from xlreport.prose.counts import Count, Span, counts
from xlreport.prose.denials import Denial
from xlreport.prose.lexicon import Hit
from xlreport.prose.numerals import NUMBER, Numeral, bare_numerals, numeral_of, numerals
from xlreport.prose.sentences import Clause, Sentence, sentences
from xlreport.verify.texts.statements.all_of_them import all_of_them, statement_of_all
from xlreport.verify.texts.statements.counted import statement_of_number
from xlreport.verify.texts.statements.denied import statements_of_denial
from xlreport.verify.texts.statements.left_out import without_weak, without_wider, without_wider_before
from xlreport.verify.texts.statements.portions import growing, portions
from xlreport.verify.texts.statements.sentence_words import SentenceWords
from xlreport.verify.texts.statements.statement import GROWN, PERCENT, Context, Said, Statement
from xlreport.verify.texts.statements.topics import Topics
from xlreport.verify.texts.text import Text

_MOST, _MOST_NUMBERS, _MOST_DENIALS, _MOST_RATES = 300, 100, 40, 40
"""Numbers of a text, and of a sentence, its denials and shares that are read: nobody writes so many."""
_FEWEST_BARE = 2
"""A number without a measure word counts in a sentence that has several: 收到120，答复118."""
_CLOSE = 8
"""Characters between such a number and the word before it."""
_GOES_ON = Expression("(?:其中|具体|分别|上述|以上)")
_MONEY = Expression(rf"{NUMBER}(?P<unit>万元)")


def read(context: Context, text: Text) -> list[Said]:
    """What a text states, sentence by sentence."""
    whole = text.folded.text
    hits = list(context.prose.lexicon.hits(whole, 0, len(whole)))
    if not hits:
        return []
    for name, written in WRITTEN.items():
        hits += [Hit(*found.span(), _names(context, name, found)) for found in written.finditer(whole)]
    hits.sort(key=lambda hit: hit.start)
    return list(_Reader(context, text, hits).said())


def _names(context: Context, name: str, found: re.Match[str]) -> frozenset[str]:
    """What a written year or article is called."""
    if name != "year" or context.year is None:
        return frozenset({name})
    beside = BESIDE.get(int(found[0][:4]) - context.year)
    return frozenset({name} if beside is None else {name, beside})


class _Reader:
    """Reads one text from its beginning to its end, and remembers what it is about."""

    def __init__(self, context: Context, text: Text, hits: Sequence[Hit]) -> None:
        self._context = context
        self._text, self._whole = text, text.folded.text
        self._hits = hits
        self._starts = [hit.start for hit in hits]
        self._field = context.prose.topics.get(text.subject, "")
        self._last = self._field
        self._left = _MOST

    def said(self) -> Iterator[Said]:
        before: Said | None = None
        for sentence in sentences(self._whole):
            goes_on = _GOES_ON.match(self._whole, sentence.start) is not None
            if sentence.first or (self._field and not goes_on):
                self._last = self._field
            hits = self._between(sentence)
            if not hits:
                continue
            numbers = self._numbers(sentence)
            self._left -= len(numbers)
            words = SentenceWords(self._context, self._text, sentence, hits, numbers)
            topics = Topics(words, self._last)
            if before is not None:
                yield without_wider_before(words, before)
            before = _said(words, topics)
            self._last = topics.last
        if before is not None:
            yield before

    def _between(self, sentence: Sentence) -> Sequence[Hit]:
        first, last = (bisect_left(self._starts, place) for place in (sentence.start, sentence.end))
        return self._hits[first:last]

    def _numbers(self, sentence: Sentence) -> list[Numeral]:
        if not self._text.has_numerals or self._left <= 0:
            return []
        most = min(self._left, _MOST_NUMBERS)
        found = islice(numerals(self._whole, sentence.start, sentence.end), most)
        numbers = [self._in_its_unit(numeral) for numeral in found]
        bare = self._bare_between(sentence)
        if len(bare) < _FEWEST_BARE:
            return numbers
        return sorted([*numbers, *bare], key=lambda numeral: numeral.start)

    def _bare_between(self, sentence: Sentence) -> Sequence[Numeral]:
        """The numbers of a sentence without measure words."""
        first, last = (
            bisect_left(self._bare, place, key=lambda numeral: numeral.start)
            for place in (sentence.start, sentence.end)
        )
        return self._bare[first:last]

    @cached_property
    def _bare(self) -> Sequence[Numeral]:
        """The numbers without measure words that stand right behind a word that counts: 答复118."""
        return [numeral for numeral in bare_numerals(self._whole) if self._is_counted(numeral.start)]

    def _is_counted(self, place: int) -> bool:
        """True right behind a word that counts, and such as add nothing: 收到申请120."""
        last = bisect_left(self._starts, place) - 1
        end = self._hits[last].end if last >= 0 else -1
        return 0 <= place - end <= _CLOSE and self._context.prose.glue.adds_nothing(self._whole[end:place])

    def _in_its_unit(self, found: Numeral) -> Numeral:
        """Money in 万元 is counted in them, as the table does."""
        if found.unit != "元" or self._whole[found.end - 1] != "万":
            return found
        match = _MONEY.match(self._whole, found.start)
        return found if match is None else numeral_of(match, match["unit"])


def _said(words: SentenceWords, topics: Topics) -> Said:
    """The statements of a sentence, in order of their words, and the numbers that are none."""
    statements: list[Statement] = []
    shares: list[Statement] = []
    grown: list[Statement] = []
    unread: list[Numeral] = []
    doubtful: list[Statement] = []
    again: list[Statement] = []
    every = {count.clause.start: count for count in all_of_them(words)}
    for place, event in _events(words):
        again += _again(words, topics, every, place)
        topics.advance(place)
        if isinstance(event, Denial):
            statements += statements_of_denial(words, topics, event)
            continue
        statement = statement_of_number(words, topics, event)
        if event.numeral.unit == GROWN:
            grown += [statement] if _is_known(statement) and statement.fact.quantities else []
        elif event.numeral.unit == PERCENT:
            shares += [statement] if _is_known(statement) and _is_share(statement) else []
        elif statement is None or statement.doubtful:
            unread.append(event.numeral)
            doubtful += [] if statement is None else [statement]
        else:
            statements.append(statement)
    again += _again(words, topics, every, words.sentence.end)
    topics.advance(words.sentence.end)
    kept = tuple(without_wider(words, statements, unread))
    rest = tuple(unread), tuple(shares), tuple(grown), tuple(doubtful), tuple(again)
    return without_weak(Said(kept, *rest))


def _again(words: SentenceWords, topics: Topics, every: dict[int, Count], place: int) -> Iterator[Statement]:
    """What is said of all before a place, each once."""
    for start in [start for start in every if start <= place]:
        count = every.pop(start)
        topics.advance(start)
        statement = statement_of_all(words, topics, count)
        if statement is not None:
            yield statement


def _is_of_a_word(words: SentenceWords, denial: Denial) -> bool:
    """True where the denial belongs to a word that counts: 逾期未补正3件, but not 零申请."""
    last = next(reversed(words.near(denial.start)), None)
    return last is not None and denial.start < last.end and last.names.isdisjoint(words.prose.objects)


def _is_known(statement: Statement | None) -> TypeGuard[Statement]:
    return statement is not None and not statement.doubtful


def _is_share(statement: Statement) -> bool:
    """True for a share of what has figures, told in words that say so by themselves."""
    return bool(statement.fact.quantities) and not statement.weak


def _at_their_end(words: SentenceWords, found: Iterator[Count]) -> Iterator[Count]:
    """The counts, but of 由m件降至n件 the last one only, with the words before: it is this year's."""
    changes = {change.last.digits: change for change in words.changes}
    before: dict[int, tuple[Span, ...]] = {}
    for count in found:
        change = changes.get(count.numeral.digits)
        if change is not None:
            *more, last = count.before
            before[change.now.digits] = (*more, Span(last.start, max(last.start, change.start)))
        elif count.numeral.digits in before:
            yield replace(count, before=before[count.numeral.digits])
        else:
            yield count


def _events(words: SentenceWords) -> list[tuple[int, Count | Denial]]:
    """The denials and numbers of a sentence by their places; a number behind a denial is denied with it."""
    denials = words.prose.denials.of(words.sentence, words.named) if words.hits else ()
    found = [denial for denial in islice(denials, _MOST_DENIALS) if not _is_of_a_word(words, denial)]
    ends: dict[Clause, int] = {}
    for denial in found:
        if denial.behind:
            ends.setdefault(denial.clause, denial.end)
    events: list[tuple[int, Count | Denial]] = [(denial.start, denial) for denial in found]
    if not words.text.has_numerals:
        return events
    known = [hit for hit in words.hits if not hit.names <= WRITTEN_NAMES]
    for count in _at_their_end(words, counts(words.sentence, words.numbers, known)):
        place, end = count.numeral.start, ends.get(count.clause)
        if end is None or place < end:
            events.append((place, count))
    events += ((count.numeral.start, count) for count in islice(portions(words), _MOST_RATES))
    events += ((count.numeral.start, count) for count in islice(growing(words), _MOST_RATES))
    return sorted(events, key=lambda event: event[0])
