"""Totals in the texts against the parts that follow them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import replace
from fractions import Fraction
from itertools import chain, islice

from xlreport.finding import Finding, Severity
from xlreport.prose.breakdown import Breakdown
from xlreport.prose.breakdowns import breakdowns
from xlreport.prose.list_words import ListWords
from xlreport.prose.numerals import Range, numerals
from xlreport.prose.plain_lists import plain_lists
from xlreport.prose.sum_slips import one_slip
from xlreport.rule import own_rule
from xlreport.verify.texts.statements.shown_numbers import addition, in_digits, meaning
from xlreport.verify.texts.statements.wrong import Correction, Wrong
from xlreport.verify.texts.text import Text

_TOO_MANY, _TOO_FEW = "TXT012", "TXT013"
_FEWEST = 2
"""Numbers of a text that has a list: its total and a part."""


def sums(text: Text, words: ListWords, confirmed: Callable[[], Set[int]]) -> Iterator[Wrong]:
    """The parts add up to the total in some reading of the words; else the finding of the likeliest one.

    Where the tables give every figure (`confirmed` tells where such stand) it may list some parts only.
    """
    told: set[str] = set()
    whole = text.folded.text
    if len(list(islice(numerals(whole, 0, len(whole)), _FEWEST))) < _FEWEST:
        return
    for breakdown in chain(breakdowns(whole, words), plain_lists(whole, words)):
        code = _code(breakdown)
        if code == _TOO_FEW and _is_sound(breakdown, confirmed()):
            continue
        if code and text.about(breakdown.total.start) not in told:
            told.add(text.about(breakdown.total.start))
            finding = _finding(text, breakdown, code)
            if breakdown.few and code == _TOO_FEW:
                finding = replace(finding, severity=Severity.NOTE)
            yield Wrong(finding, _corrections(breakdown))


def _code(breakdown: Breakdown) -> str:
    """What is wrong: an error only if every reading exceeds every total that can be meant."""
    if breakdown.fits:
        return ""
    if not breakdown.sure:
        likely = breakdown.enumerated or _is_slip(breakdown)
        return _TOO_FEW if likely and not breakdown.partial else ""
    if all(_exceeds(reading, total.range) for reading in breakdown.sums for total in breakdown.totals):
        return "" if _is_of_another(breakdown) else _TOO_MANY
    return "" if breakdown.partial else _TOO_FEW


def _is_of_another(breakdown: Breakdown) -> bool:
    """True where one part alone is more than each of several totals, and no slip made it so."""
    parts = [part.value for part in breakdown.parts]
    more = max(parts) > max(total.value for total in breakdown.totals)
    return len(breakdown.totals) > 1 and more and not one_slip(breakdown.total.value, parts, plain=True)


def _is_sound(breakdown: Breakdown, sound: Set[int]) -> bool:
    """True where every figure is right and, in what surely is a list, no plain slip makes the difference."""
    figures = (breakdown.total, *breakdown.parts)
    parts = [part.value for part in breakdown.parts]
    slipped = breakdown.sure and one_slip(breakdown.total.value, parts, plain=True)
    return not slipped and all(figure.digits in sound for figure in figures)


def _is_slip(breakdown: Breakdown) -> bool:
    """True where all is exact and one plain slip explains that the parts do not add up, in some reading."""
    total, parts = breakdown.total.value, [part.value for part in breakdown.parts]
    if not all(figure.exact for figure in (breakdown.total, *breakdown.parts)):
        return False
    within = any(one_slip(total, (reading.low,), plain=True) for reading in breakdown.sums)
    return within or one_slip(total, parts, plain=True)


def _corrections(breakdown: Breakdown) -> tuple[Correction, ...]:
    """The figures of which one may be wrong alone: a part, else the total."""
    total = breakdown.total
    if not all(figure.exact for figure in (total, *breakdown.parts)):
        return ()
    difference = breakdown.nearest.low - total.value
    parts = ((part, part.value - difference) for part in breakdown.parts)
    return tuple(Correction(*one) for one in (*parts, (total, total.value + difference)) if one[1] >= 0)


def _exceeds(reading: Range, total: Range) -> bool:
    return total.high is not None and reading.low > total.high


def _finding(text: Text, breakdown: Breakdown, code: str) -> Finding:
    total, unit = breakdown.total, breakdown.total.unit
    flat = sum((part.value for part in breakdown.parts), Fraction(0))
    shown = flat if breakdown.nearest.allows(flat) else breakdown.nearest.low
    terms = f"{addition(breakdown.parts)}＝" if shown == flat else "（下一级的分项不重复计）合计"
    difference = in_digits(abs(total.value - shown))
    more = "多" if shown > total.value else "少"
    message = (
        f"{text.where(total.start)}：文中写总数“{text.folded.quote(total.start, total.end + len(unit))}”"
        f"{meaning(total)}，各分项{terms}{in_digits(shown)}{unit}，比总数{more}{difference}{unit}。"
    )
    where = text.cell or "这段文字"
    fix = f"请逐项核对 {where}：分项写错或漏写的改正补全，总数写错的改为“{in_digits(shown)}{unit}”"
    if code == _TOO_FEW:
        fix += "；只列举一部分的，在最后一项后加“等”字"
    return own_rule(code).finding(
        message,
        fix,
        text.about(total.start),
        text.origin,
        expected=in_digits(total.value),
        found=in_digits(shown),
    )
