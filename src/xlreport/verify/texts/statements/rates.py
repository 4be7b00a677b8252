"""Growth rates against last year's figures, shares against the figures beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from xlreport.finding import Finding, Severity
from xlreport.prose.lists import MARK
from xlreport.prose.numerals import Figure, figures
from xlreport.prose.rates import Change, Share, changes, shares
from xlreport.prose.sentences import Sentence, outside, sentences
from xlreport.rule import own_rule
from xlreport.verify.texts.statements.say import numeral, rounded
from xlreport.verify.texts.statements.statement import Statement
from xlreport.verify.texts.statements.tables import Tables
from xlreport.verify.texts.text import Text

_CLOSE = 14
"""Characters between a part and its share."""
_MOST = 100
"""Figures and shares of one text that are looked at."""


def growth(now: Tables, before: Tables, text: Text, stated: Sequence[Statement]) -> Iterator[Finding]:
    """What a figure grew by, where the figure is known and last year's as well."""
    by_place = {statement.figure.digits: statement for statement in stated}
    for sentence in sentences(text.folded.text):
        for change in changes(text.folded.text, sentence.start, sentence.end):
            base = _base(sentence, change.start)
            statement = by_place.get(base.digits) if base is not None else None
            if statement is not None:
                yield from _growth(now, before, statement, change)


def _base(sentence: Sentence, start: int) -> Figure | None:
    """The last figure before, outside parentheses."""
    plain = outside(sentence.text)
    found = [figure for figure in figures(plain, sentence.start, start) if figure.end <= start]
    return found[-1] if found else None


def _growth(now: Tables, before: Tables, statement: Statement, change: Change) -> Iterator[Finding]:
    pairs = [
        (value, last)
        for quantity, value in now.meant(statement.fact)
        if statement.figure.range.allows(value) and (last := before.value(quantity)) is not None
    ]
    if not pairs or any(last == 0 for _, last in pairs):
        return
    if not any(change.range.allows(_grown(change, *pair)) for pair in pairs):
        yield _wrong_growth(statement, change, *pairs[0])


def _grown(change: Change, value: Fraction, last: Fraction) -> Fraction:
    return (value - last) / last * 100 if change.relative else value - last


def _wrong_growth(statement: Statement, change: Change, value: Fraction, last: Fraction) -> Finding:
    text, unit = statement.text, "%" if change.relative else statement.figure.unit
    grown = _grown(change, value, last)
    difference = f"{rounded(abs(grown - change.stated))}{'个百分点' if change.relative else unit}"
    right = f"{'增长' if grown >= 0 else '下降'}{rounded(abs(grown))}{unit}"
    message = (
        f"{text.where(change.start)}：文中写“{text.folded.quote(change.start, change.end)}”，"
        f"“{statement.fact.fact.title}”本年{numeral(value)}{statement.figure.unit}、上年{numeral(last)}"
        f"{statement.figure.unit}，应为{right}，相差{difference}。"
    )
    return own_rule("TXT014").finding(
        message,
        f"请把 {text.cell or '文中'} 的增减幅度改为“{right}”；上年口径有调整的，在文中说明",
        text.about(change.start),
        text.origin,
        expected=rounded(grown),
        found=rounded(change.stated),
    )


def proportions(text: Text, totals: tuple[str, ...]) -> Iterator[Finding]:
    """占比 against the part before it and a total in the same text; `totals` are what the form calls some."""
    whole = text.folded.text
    if "占" not in whole:
        return
    every = list(islice(figures(whole, 0, len(whole)), _MOST))
    every_share = ((s, shares(whole, s.start, s.end, totals)) for s in sentences(whole))
    stated = ((sentence, share) for sentence, found in every_share for share in found)
    for sentence, share in islice(stated, _MOST):
        part = _base(sentence, share.start)
        if part is None or not part.exact or share.start - part.end > _CLOSE:
            continue
        if not share.bare or _of_a_list(sentence, part):
            yield from _share(text, share, part, every)


def _of_a_list(sentence: Sentence, part: Figure) -> bool:
    """True behind N件，其中…: the share is one of a whole that the sentence names."""
    mark = MARK.search(sentence.text, sentence.start, part.start)
    return mark is not None and any(
        whole.end <= mark.start() and whole.unit == part.unit and whole.value >= part.value
        for whole in figures(sentence.text, sentence.start, mark.start())
    )


def _share(text: Text, stated: Share, part: Figure, every: Sequence[Figure]) -> Iterator[Finding]:
    wholes = [
        figure
        for figure in every
        if figure.unit == part.unit and figure.digits != part.digits and 0 < part.value <= figure.value
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
        f"{numeral(part.value)}{part.unit}占{numeral(whole.value)}{whole.unit}的{right}%，"
        f"相差{rounded(abs(part.value / whole.value * 100 - stated.stated))}个百分点。",
        f"{rounding}请核对 {text.cell or '文中'} 的占比：应为{right}%（按四舍五入保留位数）",
        text.about(stated.start),
        text.origin,
        severity=Severity.NOTE if near else None,
        expected=right,
        found=numeral(stated.stated),
    )
