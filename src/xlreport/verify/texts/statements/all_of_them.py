"""What a clause says of all that was counted right before: 收到12件，均已办结 says that 12 were finished."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.expression import Expression
from xlreport.prose.counts import Count, Span
from xlreport.prose.sentences import Clause, outside
from xlreport.verify.texts.statements.counted import fitting
from xlreport.verify.texts.statements.fitting import is_understood
from xlreport.verify.texts.statements.limits import is_limited
from xlreport.verify.texts.statements.number_words import number_words
from xlreport.verify.texts.statements.sentence_words import SentenceWords
from xlreport.verify.texts.statements.statement import Statement
from xlreport.verify.texts.statements.topics import Topics

_ALL = Expression("(?:现|已)?(?:均|全部|都|皆)")
_NOT_ALL = Expression("[下次翌]年|尚未|未到|仍在|正在|继续|[除延扣]")
"""With these a sentence tells of some that are left."""
_DUE = Expression("[按如]期|按时|及时|[期时]限|期内|按规|按要求")
"""Answered in time is all that was due: what came in late may be left over."""


def all_of_them(words: SentenceWords) -> Iterator[Count]:
    """The only number outside parentheses so far, with a clause that begins with 均, 全部 or 都."""
    if not words.numbers:
        return
    sentence, whole = words.sentence, words.whole
    opened = [clause for clause in sentence.clauses if _is_of_all(whole, clause)]
    if not opened or _NOT_ALL.search(whole, sentence.start, sentence.end):
        return
    for clause in opened:
        ahead = [number for number in words.numbers if number.start < clause.end]
        outer = [number for number in ahead if sentence.clause_at(number.digits).parent is None]
        if len(outer) == 1 and clause.parent is None and _is_right_behind(words, outer[0].end, clause):
            yield Count(outer[0], (Span(clause.start, clause.end),), Span(clause.end, clause.end), clause)


def _is_of_all(whole: str, clause: Clause) -> bool:
    begins = _ALL.match(whole, clause.start, clause.end) is not None
    return begins and _DUE.search(whole, clause.start, clause.end) is None


def _is_right_behind(words: SentenceWords, end: int, clause: Clause) -> bool:
    """True if no more than a measure word and what stands in parentheses is between."""
    between = outside(words.whole[words.sentence.start : clause.start])[end - words.sentence.start :]
    return len(between.replace(" ", "")) <= 3 and between.endswith("，")


def statement_of_all(words: SentenceWords, topics: Topics, count: Count) -> Statement | None:
    """The statement; None unless all the words are understood."""
    number = number_words(words, count)
    for bound, used in fitting(words, number, topics.at(count.clause)):
        own = sorted({*used, *number.counted.hits}, key=lambda hit: hit.start)
        (clause, *_) = number.spans
        if not own or not bound.quantities:
            return None
        if not is_understood(words.prose, words.whole, clause.start, clause.end, number.hits):
            return None
        if is_limited(words, own[0].start, number.spans, own):
            return None
        numeral = count.numeral
        return Statement(bound, words.text, words.sentence, numeral.start, own[-1].end, numeral, vague=True)
    return None
