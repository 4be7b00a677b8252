"""What limits the words of a number or a denial: they say less than that the unit had so many in its year.

They may speak of another time or body, or of a part, or hold words that are not understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from xlreport.form.fact_model import Prose
from xlreport.prose.counts import Span
from xlreport.prose.lexicon import Hit
from xlreport.prose.numerals import numerals
from xlreport.prose.whole_year import WholeYear, other_body, other_party, others
from xlreport.verify.texts.statements.fitting import is_understood
from xlreport.verify.texts.statements.number_words import NumberWords
from xlreport.verify.texts.statements.sentence_words import SentenceWords

_REMARK = 120
"""Characters in parentheses that are read: a longer one is no remark on a number."""


def is_limited(words: SentenceWords, start: int, spans: Sequence[Span], own: Sequence[Hit]) -> bool:
    """True if the words speak of another time or body, or of a part; `own` say what is stated, from `start`.

    What stands before the first number of the clause is looked at as well.
    """
    clause = words.sentence.clause_at(start)
    lead = words.ahead(clause, min(start, words.leads.get(clause, start)))
    every = dict.fromkeys((lead, *spans))
    if any(_is_aside(words, span, own) for span in every):
        return True
    names = words.context.names
    if other_body(words.said(words.ahead(clause, start)), names, words.prose.tellings):
        return True
    before = words.sentence.before(start)
    if others(before + words.said(Span(start, start + 1))):
        return True
    if any(other_party(words.said(span), names) for span in every):
        return True
    behind = words.said(spans[-1]) + _remark(words, spans[-1].end)
    return _whole_year(words.prose).is_left(before, behind, words.context.year)


def is_plain(words: SentenceWords, number: NumberWords, own: Sequence[Hit]) -> bool:
    """True if the words that count stand at the number, with nothing between that is not understood."""
    known = [hit for hit in number.hits if not hit.names <= words.prose.foreign]
    return all(
        is_understood(words.prose, words.whole, gap.start, gap.end, known)
        for gap in _gaps(words, number, own)
    )


def _gaps(words: SentenceWords, number: NumberWords, own: Sequence[Hit]) -> Iterator[Span]:
    """What stands between a number and the words that count; where they do not name the object, all of it."""
    prose, numeral = words.prose, number.count.numeral
    named = bool(number.counted.hits) and not number.counted.names & prose.passing
    *before, behind = number.spans
    first = [hit for hit in own if hit.start < numeral.start]
    second = [hit for hit in own if hit.start >= numeral.start]
    if first:
        telling = [hit for hit in first if not hit.names <= prose.staying] or first
        at = first[-1].end if named else telling[0].end
        yield from (Span(max(at, span.start), span.end) for span in before if span.end > at)
    if second:
        yield Span(numeral.end + len(numeral.unit), second[0].start)
        yield Span(second[-1].end, behind.end)
    elif not named:
        yield behind


def _is_aside(words: SentenceWords, span: Span, own: Sequence[Hit]) -> bool:
    """True if a stretch makes less of what is said; what stands wholly in the words said is theirs."""
    text, start, end = words.whole, span.start, span.end
    whole_year = _whole_year(words.prose)
    if any(not _is_within(found, own) for found in whole_year.asides(text, start, end)):
        return True
    narrowed = whole_year.narrowings(text, start, end)
    return any(not _is_within(found, words.within((span,))) for found in narrowed)


def _remark(words: SentenceWords, place: int) -> str:
    """What stands in parentheses right there, if it counts nothing itself."""
    inside = words.sentence.in_parentheses(words.sentence.clause_at(place))
    if inside is None or words.whole[place : place + 1] != "（" or inside[1] - inside[0] > _REMARK:
        return ""
    return "" if any(numerals(words.whole, *inside)) else words.whole[slice(*inside)]


def _is_within(bounds: tuple[int, int], hits: Sequence[Hit]) -> bool:
    return any(hit.start <= bounds[0] and bounds[1] <= hit.end for hit in hits)


@cache
def _whole_year(prose: Prose) -> WholeYear:
    return WholeYear(prose.leads, prose.about, prose.nouns)
