"""Shares in sentences: 占比p%, 占三成, （p%）, 维持率p%. Growth is read by `growths.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from math import floor

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.numerals import NUMBER, Numeral, Range, numeral_of

_PERCENT = rf"(?P<percent>百分之)?{NUMBER}(?(percent)|%)"
_IN_PARENTHESES = Expression(rf"（(?<=[件条份]（)(?!100%){_PERCENT}(?=）)")
"""予以公开6件（54.5%）; a whole hundred is more often a rate, such as of answers in time."""
_RATE = Expression(rf"率(?:为|是|达|达到|约为|：)?{_PERCENT}")
_HAN = "零一二三四五六七八九"
_TENTHS = Expression(
    "占比?(?:了|到)?(?P<nearly>将近|接近|近|不到|不足)?(?P<over>超过|超)?(?:大约|约)?"
    f"(?:(?P<tenths>[{_HAN[1:]}])成|一半|半数)(?P<more>以上|多|余)?"
)
_HALF = Fraction(1, 2)
_PAIR = 2
_WHOLES = ("比", "总数", "总量", "总条数", "全部", "全年")


@frozen
class Share:
    """A share in percent as stated. `range` allows half a unit of the last printed digit, `near` a whole.

    `step` is that unit, 0 where the share is no plain number.
    `bare` is True for 占p%, which does not say of what.
    """

    start: int
    end: int
    stated: Fraction
    range: Range
    near: Range
    bare: bool
    step: Fraction = Fraction(0)


def shares(text: str, start: int, end: int, wholes: tuple[str, ...] = ()) -> Iterator[Share]:
    """Every share stated in that part of a folded text; `wholes` are names of totals: 占申请总数的p%."""
    found = [*_percentages(text, start, end, wholes), *_tenths(text, start, end)]
    yield from sorted(found, key=lambda share: share.start)


def _percentages(text: str, start: int, end: int, wholes: tuple[str, ...]) -> Iterator[Share]:
    for match in _share(wholes).finditer(text, start, end):
        found, step = numeral_of(match), step_of(match)
        yield Share(
            match.start(),
            match.end(),
            found.value,
            widened(found, step / 2),
            widened(found, step),
            match["whole"] is None,
            step if found.exact else Fraction(0),
        )
    for match in _IN_PARENTHESES.finditer(text, start, end):
        found, step = numeral_of(match), step_of(match)
        yield Share(*match.span(), found.value, widened(found, step / 2), widened(found, step), True, step)


def _tenths(text: str, start: int, end: int) -> Iterator[Share]:
    """Shares told in tenths: 占七成, 占近三成 is 20 to 30, 占九成以上 90 or more, 占一半."""
    for match in _TENTHS.finditer(text, start, end):
        value = Fraction(50 if match["tenths"] is None else 10 * _HAN.index(match["tenths"]))
        low, high = value - 5, value + 5
        if match["nearly"]:
            low, high = value - 10, value
        elif match["over"] or match["more"]:
            low, high = value, Fraction(100) if match["over"] or match["more"] == "以上" else value + 10
        yield Share(*match.span(), value, Range(low, high), Range(low, high), True)


def rates(text: str, start: int, end: int) -> Iterator[Share]:
    """Every rate stated in that part of a folded text, from 率 on: 维持率60%."""
    for match in _RATE.finditer(text, start, end):
        found, step = numeral_of(match), step_of(match)
        yield Share(*match.span(), found.value, widened(found, step / 2), widened(found, step), True, step)


@cache
def _share(wholes: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(map(re.escape, (*_WHOLES, *wholes)))
    return re.compile(f"占(?![^0-9]{{0,6}}分别)(?P<whole>(?:{named})[^0-9，。；：、（）]{{0,8}}?)?{_PERCENT}")


def step_of(match: re.Match[str]) -> Fraction:
    """The unit of the last digit printed."""
    decimals = match["digits"].partition(".")[2]
    return Fraction(1, 10 ** len(decimals))


def widened(found: Numeral, by: Fraction) -> Range:
    """What the number allows and as much more on both sides."""
    high = found.range.high
    return Range(found.range.low - by, None if high is None else high + by)


def is_cut_off(stated: Fraction, step: Fraction, value: Fraction) -> bool:
    """True if a value may have been made the stated one by cutting it off, or by rounding it twice."""
    if step <= 0:
        return False
    scaled = value / step
    once = Fraction(floor(scaled * 10 + _HALF), 10)
    return stated / step in (floor(scaled), floor(once + _HALF))


def are_fitted(stated: Sequence[Fraction]) -> bool:
    """True if shares make a hundred that rounded ones may miss: of two they never do."""
    return len(stated) > _PAIR and sum(stated) == 100
