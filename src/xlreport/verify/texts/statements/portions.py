"""Shares that stand alone, without the number they are of: 予以公开占62%，自然人占比87%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from xlreport.expression import Expression
from xlreport.finding import Finding, Severity
from xlreport.form.fact_model import Prose
from xlreport.prose.counts import Count, Span
from xlreport.prose.growths import growths
from xlreport.prose.numerals import Numeral, Range
from xlreport.prose.rates import Share, are_fitted, is_cut_off, rates, shares
from xlreport.rule import own_rule
from xlreport.verify.texts.statements.meanings import Meanings
from xlreport.verify.texts.statements.sentence_words import SentenceWords
from xlreport.verify.texts.statements.shown_numbers import in_digits, rounded
from xlreport.verify.texts.statements.statement import GROWN, PERCENT, Said, Statement
from xlreport.verify.texts.statements.table_values import TableValues

_CHANGES = Expression("[较增减升降]|提高|上年|去年")
"""A share that is said to change is not the one stated: 占比较上年提高5%."""


def portions(words: SentenceWords) -> Iterator[Count]:
    """The shares of a sentence that have no number beside them, with their words."""
    said = words.said(Span(words.sentence.start, words.sentence.end))
    if "率" in said:
        yield from _rates(words)
    if "占" not in said:
        return
    numbered = {words.sentence.clause_at(number.digits) for number in words.numbers}
    before = 0
    for share in shares(words.whole, words.sentence.start, words.sentence.end, words.prose.totals):
        place = words.sentence.number_at(share.start)
        clause = words.sentence.clauses[place]
        start = max(clause.start, before)
        before = share.end
        if _CHANGES.search(words.whole, share.start, share.end) is not None:
            continue
        if clause not in numbered and words.within((Span(start, share.start),)):
            yield Count(_percent(share), (Span(start, share.start),), Span(share.end, share.end), clause)


def _rates(words: SentenceWords) -> Iterator[Count]:
    """The rates that are called by a word right before: 维持率60%, but not 满意率98%."""
    for rate in rates(words.whole, words.sentence.start, words.sentence.end):
        last = next(reversed(words.near(rate.start)), None)
        if last is not None and last.end == rate.start:
            clause = words.sentence.clause_at(rate.start)
            yield Count(_percent(rate), (Span(last.start, rate.start),), Span(rate.end, rate.end), clause)


def growing(words: SentenceWords) -> Iterator[Count]:
    """What a sentence says to grow without a number before, with its words: 申请量比上年下降20%."""
    first = words.numbers[0].start if words.numbers else words.sentence.end
    told = -1
    for growth in growths(words.whole, words.sentence.start, words.sentence.end):
        place = growth.number
        if told < place <= first:
            told = place
            clause = words.sentence.clause_at(place)
            nothing = Numeral(place, place, place, Fraction(0), Range(Fraction(0), None), GROWN)
            yield Count(nothing, (Span(clause.start, place),), Span(place, place), clause)


def _percent(share: Share) -> Numeral:
    return Numeral(share.start, share.start, share.end - 1, share.stated, share.range, PERCENT)


def against_wholes(prose: Prose, now: TableValues, every: Sequence[Said]) -> Iterator[Finding]:
    """The shares that no figure gives of any whole of its group."""
    meanings = Meanings(prose, now)
    for said in every:
        fitted = are_fitted([share.numeral.value for share in said.portions])
        for stated in said.portions:
            group = prose.groups[stated.fact.fact.group]
            wholes = [value for value in map(now.value, group.wholes) if value]
            parts = meanings.values(said, stated) if all(map(now.speaks, stated.facts)) else []
            found = [(part, whole) for part in parts for whole in wholes]
            if found and not any(stated.numeral.range.allows(_share(*pair)) for pair in found):
                yield _finding(stated, found, fitted=fitted)


def _share(part: Fraction, whole: Fraction) -> Fraction:
    return part / whole * 100


def _off(stated: Statement, pair: tuple[Fraction, Fraction]) -> Fraction:
    return abs(_share(*pair) - stated.numeral.value)


def _finding(stated: Statement, found: Sequence[tuple[Fraction, Fraction]], *, fitted: bool) -> Finding:
    text, unit, allowed = stated.text, stated.fact.fact.unit, stated.numeral.range
    nearest = min(found, key=lambda pair: _off(stated, pair))
    step = Fraction(0) if allowed.high is None else allowed.high - allowed.low
    near = _off(stated, nearest) <= step
    part, whole = nearest if near else found[0]
    near = near and (fitted or any(is_cut_off(stated.numeral.value, step, _share(*pair)) for pair in found))
    right = rounded(_share(part, whole))
    rounding = ("可能是为凑足100%而调整的，" if fitted else "可能是舍去了尾数，") if near else ""
    return own_rule("TXT015").finding(
        f"{text.where(stated.start)}：文中写“{stated.quote}”，“{stated.fact.fact.title}”为{in_digits(part)}{unit}，"
        f"占{in_digits(whole)}{unit}的{right}%，相差{rounded(_off(stated, (part, whole)))}个百分点。",
        f"{rounding}请核对 {text.cell or '文中'} 的占比：应为{right}%（按四舍五入保留位数）",
        text.about(stated.numeral.start),
        text.origin,
        severity=Severity.NOTE if near else None,
        expected=right,
        found=in_digits(stated.numeral.value),
    )
