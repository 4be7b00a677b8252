"""Growth rates against last year's figures, shares against the figures beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from xlreport.finding import Finding, Severity
from xlreport.prose.breakdowns import PARTS_FOLLOW
from xlreport.prose.numerals import Numeral, numerals
from xlreport.prose.rates import Growth, Share, growths, shares
from xlreport.prose.sentences import Sentence, outside, sentences
from xlreport.rule import own_rule
from xlreport.verify.texts.statements.shown_numbers import in_digits, rounded
from xlreport.verify.texts.statements.statement import Statement
from xlreport.verify.texts.statements.table_values import TableValues
from xlreport.verify.texts.text import Text

_CLOSE = 14
"""Characters between a part and its share."""
_MOST = 100
"""Numbers and shares of one text that are looked at."""


def against_last_year(
    now: TableValues, before: TableValues, text: Text, stated: Sequence[Statement]
) -> Iterator[Finding]:
    """What a figure grew by, where the figure is known and last year's as well."""
    by_place = {statement.numeral.digits: statement for statement in stated}
    for sentence in sentences(text.folded.text):
        for growth in growths(text.folded.text, sentence.start, sentence.end):
            base = _base(sentence, growth.start)
            statement = by_place.get(base.digits) if base is not None else None
            if statement is not None:
                yield from _growth(now, before, statement, growth)


def _base(sentence: Sentence, start: int) -> Numeral | None:
    """The last number before, outside parentheses."""
    plain = outside(sentence.text)
    found = [numeral for numeral in numerals(plain, sentence.start, start) if numeral.end <= start]
    return found[-1] if found else None


def _growth(now: TableValues, before: TableValues, statement: Statement, growth: Growth) -> Iterator[Finding]:
    pairs = [
        (value, last)
        for quantity, value in now.meant(statement.fact)
        if statement.numeral.range.allows(value) and (last := before.value(quantity)) is not None
    ]
    if not pairs or any(last == 0 for _, last in pairs):
        return
    if not any(growth.range.allows(_grown(growth, *pair)) for pair in pairs):
        yield _wrong_growth(statement, growth, *pairs[0])


def _grown(growth: Growth, value: Fraction, last: Fraction) -> Fraction:
    return (value - last) / last * 100 if growth.relative else value - last


def _wrong_growth(statement: Statement, growth: Growth, value: Fraction, last: Fraction) -> Finding:
    text, unit = statement.text, "%" if growth.relative else statement.numeral.unit
    grown = _grown(growth, value, last)
    difference = f"{rounded(abs(grown - growth.stated))}{'个百分点' if growth.relative else unit}"
    right = f"{'增长' if grown >= 0 else '下降'}{rounded(abs(grown))}{unit}"
    message = (
        f"{text.where(growth.start)}：文中写“{text.folded.quote(growth.start, growth.end)}”，"
        f"“{statement.fact.fact.title}”本年{in_digits(value)}{statement.numeral.unit}、上年{in_digits(last)}"
        f"{statement.numeral.unit}，应为{right}，相差{difference}。"
    )
    return own_rule("TXT014").finding(
        message,
        f"请把 {text.cell or '文中'} 的增减幅度改为“{right}”；上年口径有调整的，在文中说明",
        text.about(growth.start),
        text.origin,
        expected=rounded(grown),
        found=rounded(growth.stated),
    )


def proportions(text: Text, totals: tuple[str, ...]) -> Iterator[Finding]:
    """占比 against the part before it and a total in the same text; `totals` are what the form calls some."""
    whole = text.folded.text
    if "占" not in whole:
        return
    every = list(islice(numerals(whole, 0, len(whole)), _MOST))
    every_share = ((s, shares(whole, s.start, s.end, totals)) for s in sentences(whole))
    stated = ((sentence, share) for sentence, found in every_share for share in found)
    for sentence, share in islice(stated, _MOST):
        part = _base(sentence, share.start)
        if part is None or not part.exact or share.start - part.end > _CLOSE:
            continue
        if not share.bare or _of_a_list(sentence, part):
            yield from _share(text, share, part, every)


def _of_a_list(sentence: Sentence, part: Numeral) -> bool:
    """True behind N件，其中…: the share is one of a whole that the sentence names."""
    mark = PARTS_FOLLOW.search(sentence.text, sentence.start, part.start)
    return mark is not None and any(
        whole.end <= mark.start() and whole.unit == part.unit and whole.value >= part.value
        for whole in numerals(sentence.text, sentence.start, mark.start())
    )


def _share(text: Text, stated: Share, part: Numeral, every: Sequence[Numeral]) -> Iterator[Finding]:
    wholes = [
        numeral
        for numeral in every
        if numeral.unit == part.unit and numeral.digits != part.digits and 0 < part.value <= numeral.value
    ]
    found = [part.value / whole.value * 100 for whole in wholes if whole.exact]
    if not found or len(found) < len(wholes) or any(map(stated.range.allows, found)):
        return
    near = any(map(stated.near.allows, found))
    nearest = min(range(len(found)), key=lambda number: abs(found[number] - stated.stated))
    whole = wholes[nearest if near else 0]
    right = rounded(part.value / whole.value * 100)
    rounding = "可能是为凑足100%而调整的，" if near else ""
    yield own_rule("TXT015").finding(
        f"{text.where(stated.start)}：文中写“{text.folded.quote(stated.start, stated.end)}”，"
        f"{in_digits(part.value)}{part.unit}占{in_digits(whole.value)}{whole.unit}的{right}%，"
        f"相差{rounded(abs(part.value / whole.value * 100 - stated.stated))}个百分点。",
        f"{rounding}请核对 {text.cell or '文中'} 的占比：应为{right}%（按四舍五入保留位数）",
        text.about(stated.start),
        text.origin,
        severity=Severity.NOTE if near else None,
        expected=right,
        found=in_digits(stated.stated),
    )
