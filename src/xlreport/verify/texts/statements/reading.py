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

from xlreport.expression import Expression
from xlreport.form.fact_model import BESIDE, WRITTEN
from xlreport.prose.lexicon import Hit
from xlreport.prose.numerals import NUMBER, Numeral, bare_numerals, numeral_of, numerals
from xlreport.prose.sentences import Sentence, sentences
from xlreport.verify.texts.statements.left_out import without_wider_before
from xlreport.verify.texts.statements.sentence_statements import said_in
from xlreport.verify.texts.statements.sentence_words import SentenceWords
from xlreport.verify.texts.statements.statement import Context, Said
from xlreport.verify.texts.statements.topics import Topics
from xlreport.verify.texts.text import Text

_MOST, _MOST_NUMBERS = 300, 100
"""Numbers of a text, and of a sentence, that are read; further ones are not."""
_LABEL = Expression("(?<=[表图章款条目号注第页附约近超逾届件余])[0-9]+|[0-9]+(?![0-9，。；])")
"""A number that labels something, that words leave open, or that ends a line: 申请表1, 申请1、…"""
_CLOSE = 8
"""Characters between such a number and the word before it."""
_GOES_ON = Expression("(?:其中|具体|分别|上述|以上)")
_MONEY = Expression(rf"{NUMBER}(?P<unit>万元)")


def statements_in(context: Context, text: Text) -> list[Said]:
    """What a text states, sentence by sentence; those that state nothing are left out."""
    whole = text.folded.text
    if not text.has_numerals and not context.prose.denials.may_be_in(whole):
        return []
    hits = list(_of_unit(context, whole))
    if not hits:
        return []
    for name, written in WRITTEN.items():
        hits += [Hit(*found.span(), _names(context, name, found)) for found in written.finditer(whole)]
    hits.sort(key=lambda hit: hit.start)
    return list(_Reader(context, text, hits).said())


def _of_unit(context: Context, whole: str) -> Iterator[Hit]:
    """The words of a text; those for a higher level only where that is not the unit's own."""
    above = context.prose.above
    for hit in context.prose.lexicon.hits(whole, 0, len(whole)):
        own = not hit.names.isdisjoint(above) and whole[hit.start] == context.level
        names = hit.names - above if own else hit.names
        if names:
            yield hit if names == hit.names else replace(hit, names=names)


def _names(context: Context, name: str, found: re.Match[str]) -> frozenset[str]:
    """What a written year or article is called."""
    if name != "year" or context.year is None:
        return frozenset({name})
    beside = BESIDE.get(int(found[0][:4]) - context.year)
    return frozenset({name} if beside is None else {name, beside})


class _Reader:
    """Reads one text from its beginning to its end, and remembers what it is about."""

    def __init__(self, context: Context, text: Text, hits: Sequence[Hit]) -> None:
        self._context, self._prose = context, context.prose
        self._text, self._whole = text, text.folded.text
        self._hits = hits
        self._starts = [hit.start for hit in hits]
        self._field = context.prose.topics.get(text.subject, "")
        self._last = self._field
        self._left = _MOST

    def said(self) -> Iterator[Said]:
        before = Said(())
        for sentence in sentences(self._whole):
            goes_on = _GOES_ON.match(self._whole, sentence.start) is not None
            if sentence.first or (self._field and not goes_on):
                self._last = self._field
            hits = self._between(sentence)
            if not hits:
                continue
            numbers = self._numbers(sentence)
            self._left -= len(numbers)
            words = SentenceWords(
                self._context, self._prose, self._text, self._whole, sentence, hits, numbers
            )
            topics = Topics(words, self._last)
            if before.says_something:
                yield without_wider_before(words, before)
            before = said_in(words, topics)
            self._last = topics.last
        if before.says_something:
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
        if len(bare) == 1 and self._is_label(bare[0]):
            return numbers
        return sorted([*numbers, *bare], key=lambda numeral: numeral.start)

    def _is_label(self, alone: Numeral) -> bool:
        """True for a number that may count nothing, and for 均为0, which is a denial.

        Beside others without measure words it counts.
        """
        denied = alone.value == 0 and self._whole.endswith(("为", "是"), 0, alone.digits)
        return denied or _LABEL.match(self._whole, alone.digits) is not None

    def _bare_between(self, sentence: Sentence) -> Sequence[Numeral]:
        """The numbers of a sentence without measure words."""
        if not self._bare:
            return ()
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
