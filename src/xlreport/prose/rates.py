"""Rates in sentences: growth over last year (同比增长p%, 比上年增加n件) and shares (占比p%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from xlreport.prose.numerals import MEASURE, NUMBER, Numeral, Range, numeral_of

_UP, _DOWN = "增长|增加|上升|提高|提升", "下降|减少|降低"
_CHANGE = re.compile(
    r"(?:同比|环?比上一?年度?|较上一?年度?|[较比]去年|与(?:上年|去年)(?:同期)?相比)(?:同期)?[^0-9，。；：（）]{0,6}?"
    rf"(?P<way>{_UP}|{_DOWN})了?(?:幅度)?{NUMBER}(?P<unit>%|{MEASURE})"
)
_WHOLES = ("比", "总数", "总量", "总条数", "全部", "全年")


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth as stated: `range` in percent or in the figure's own unit, negative for a decline.

    Percentages allow half a unit of their last printed digit.
    """

    start: int
    end: int
    stated: Fraction
    range: Range
    relative: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent as stated. `range` allows half a unit of the last printed digit, `near` a whole.

    `bare` is True for 占p%, which does not say of what.
    """

    start: int
    end: int
    stated: Fraction
    range: Range
    near: Range
    bare: bool


def growths(text: str, start: int, end: int) -> Iterator[Growth]:
    """Every growth stated in that part of a folded text."""
    for match in _CHANGE.finditer(text, start, end):
        found = numeral_of(match)
        relative = match["unit"] == "%"
        allowed = _widened(found, _step(match) / 2) if relative else found.range
        down = match["way"] in _DOWN.split("|")
        stated = -found.value if down else found.value
        yield Growth(match.start(), match.end(), stated, _mirrored(allowed) if down else allowed, relative)


def shares(text: str, start: int, end: int, wholes: tuple[str, ...] = ()) -> Iterator[Share]:
    """Every share stated in that part of a folded text; `wholes` are names of totals: 占申请总数的p%."""
    for match in _share(wholes).finditer(text, start, end):
        found, step = numeral_of(match), _step(match)
        yield Share(
            match.start(),
            match.end(),
            found.value,
            _widened(found, step / 2),
            _widened(found, step),
            match["whole"] is None,
        )


@cache
def _share(wholes: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(map(re.escape, (*_WHOLES, *wholes)))
    return re.compile(f"占(?![^0-9]{{0,6}}分别)(?P<whole>(?:{named})[^0-9，。；：、（）]{{0,8}}?)?{NUMBER}%")


def _step(match: re.Match[str]) -> Fraction:
    """The unit of the last digit printed."""
    decimals = match["digits"].partition(".")[2]
    return Fraction(1, 10 ** len(decimals))


def _widened(found: Numeral, by: Fraction) -> Range:
    high = found.range.high
    return Range(found.range.low - by, None if high is None else high + by)


def _mirrored(allowed: Range) -> Range:
    """A decline of 3 or more has no lower limit; percentages end at a hundred anyway."""
    low = Fraction(-(10**15)) if allowed.high is None else -allowed.high
    return Range(low, -allowed.low)
