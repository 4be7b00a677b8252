"""The words of a number: where they stand, what they count, and whether they count parts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.counts import Count, Span
from xlreport.prose.lexicon import Hit
from xlreport.prose.sentences import PART, Clause, around
from xlreport.verify.texts.statements.fitting import Heads, heads, plain
from xlreport.verify.texts.statements.sentence_words import SentenceWords

_COMPARED = Expression("同比|环比|[比较与](?=上|去|前|[0-9]{4}年)|占")
_EVERY = Expression("均|全部|都|皆")
_REST = ("其余", "剩余", "余下", "剩下", "其余的", "剩余的", "余下的", "剩下的")
"""Before the number of what is left of another."""
_CHANNELS = Expression(
    "(?:等|多种|各种|各类|任何|多)(?:有效|各类|多种|各种|公开|公示|宣传|主要|线上|线下)*(?:方式|渠道|途径|形式)"
)


@frozen
class NumberWords:
    """A number with its words. The last of the `spans` stands behind it, the others before; `said` is all.

    `hits` are the words found there; `telling` are those of them that do more than name the object, and a
    word from before that still holds. A number is `listed` behind 其中, and a `part` unless it counts other
    things than what the 其中 stands behind.
    """

    count: Count
    spans: tuple[Span, ...]
    said: str
    hits: Sequence[Hit]
    telling: Sequence[Hit]
    counted: Heads
    listed: bool
    part: bool


def number_words(words: SentenceWords, count: Count) -> NumberWords:
    """The words of one number."""
    before, behind = _before(words, count), _behind(words, count)
    spans = (*before, behind)
    first, second = words.within(before), words.within((behind,))
    hits, said = (*first, *second), plain(words.whole, spans)
    counted = heads(words.prose, words.whole, first, second, count.numeral.start)
    several = _CHANNELS.search(said) is not None
    telling = _telling(words, hits, several=several)
    telling += [] if several else _staying(words, count, telling)
    passing = bool(counted.names & words.prose.passing)
    listed = _is_listed(words, count) or (passing and _is_behind_colon(words, count))
    part = listed and (passing or not _is_new(words, count, counted))
    return NumberWords(count, spans, said, hits, telling, counted, listed, part)


def _before(words: SentenceWords, count: Count) -> tuple[Span, ...]:
    """What stands before a number, from the last 其中 on."""
    if not words.marks:
        return count.before
    spans = []
    for span in count.before:
        marks = words.marks_near(span.start, span.end)
        spans.append(Span(marks[-1] if marks else span.start, span.end))
    return tuple(spans)


def _behind(words: SentenceWords, count: Count) -> Span:
    """What stands behind, as far as it says what the number counts: 3件全部公开 counts what is before.

    其余3件均已答复 counts what is behind.
    """
    start, end = count.behind.start, count.behind.end
    ends = [_COMPARED.search(words.whole, start, end)]
    rest = is_rest(words.whole, words.sentence.start, count.numeral.start)
    if not rest and any(not hit.names & words.prose.objects for hit in words.within(count.before)):
        ends.append(_EVERY.search(words.whole, start, end))
    return Span(start, min((match.start() for match in ends if match), default=end))


def is_rest(text: str, start: int, place: int) -> bool:
    """True if the words from `start` up to a number say that it is what is left of another: 其余3件."""
    return text.endswith(_REST, start, place)


def _telling(words: SentenceWords, hits: Sequence[Hit], *, several: bool) -> list[Hit]:
    """The words that say something of the object; a way says nothing where `several` are spoken of."""
    telling = [hit for hit in hits if not hit.names & words.prose.objects or len(hit.names) > 1]
    if several:
        return [hit for hit in telling if hit.names.isdisjoint(words.prose.ways)]
    return telling


def _staying(words: SentenceWords, count: Count, telling: Sequence[Hit]) -> list[Hit]:
    """The last word before that holds for the rest of the sentence, where the clause has none."""
    staying = words.prose.staying
    if any(hit.names & staying for hit in telling):
        return []
    held = [hit for hit in words.near(count.numeral.start) if hit.names & staying][-1:]
    return [replace(hit, names=hit.names & staying) for hit in held]


def _is_listed(words: SentenceWords, count: Count) -> bool:
    """True behind 其中 and its like: up to the next semicolon it is parts that are counted.

    Behind 其中： it is to the end of the sentence.
    """
    if not words.marks:
        return False
    place = count.numeral.start
    left, _ = around(words.whole, place, place, PART)
    first = next(iter(words.marks_near(words.sentence.start, left)), left)
    if words.whole.startswith(("其中：", "其中，："), first):
        left = first
    holders = [None, *_holders(count.clause)]
    return any(words.sentence.clause_at(mark).parent in holders for mark in words.marks_near(left, place))


def _is_behind_colon(words: SentenceWords, count: Count) -> bool:
    """True in a list that a total and a colon open, up to the next semicolon."""
    place = count.numeral.start
    left, _ = around(words.whole, place, place, PART)
    return bisect_left(words.colons, left) < bisect_left(words.colons, place)


def _holders(clause: Clause) -> Iterator[Clause]:
    """The clauses in whose parentheses a clause stands."""
    while clause.parent is not None:
        clause = clause.parent
        yield clause


def _is_new(words: SentenceWords, count: Count, counted: Heads) -> bool:
    """True if the number counts other things than what its 其中 stands behind: no part of them."""
    prose = words.prose
    mark = words.marks[bisect_left(words.marks, count.numeral.start) - 1]
    named = [names for hit in words.near(mark) if (names := hit.names & prose.objects)]
    if named and named[-1] <= prose.passing:
        return False  # 发布信息30条，其中建议提案5件: what they are about
    topics = [names for names in named if names & prose.topical]
    return bool(counted.names and topics) and counted.names.isdisjoint(topics[-1])
