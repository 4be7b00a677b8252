"""Rates in sentences: growth over last year (同比增长p%, 比上年的m件增加n件) and shares (占比p%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.numerals import MEASURE, NUMBER, Numeral, Range, numeral_of

_UP, _DOWN = "增长|增加|上升|提高|提升|增多|多", "下降|减少|降低|下滑|回落|少"
_COMPARES = Expression(
    r"同比|环?[比较](?:上一?年度?|去年|前一年|(?P<year>[0-9]{4})年度?)|与(?:上一?年度?|去年|(?P<with>[0-9]{4})年度?)(?=[^，。；]{0,20}(?:相比|持平))"
)
_GROWS = Expression("[增升提翻多降减滑落少倍平]")
"""In every word for growth there is one of these."""
_WORDS = "[^0-9，。；：（）增减升降提翻]"
_BASE = Expression(rf"{_WORDS}{{0,6}}（?{_WORDS}{{0,6}}{NUMBER}(?P<unit>{MEASURE})）?(?:相比)?，?")
_AMOUNT = rf"(?P<percent>百分之)?{NUMBER}(?P<unit>%|倍|(?(percent)|{MEASURE}))"
_CHANGE = Expression(
    rf"[^0-9，。；：（）]{{0,8}}?(?:相比，?)?[^0-9，。；：（）]{{0,6}}?"
    rf"(?P<way>{_UP}|{_DOWN})了?(?:幅度)?{_AMOUNT}"
)
_ABOUT_NONE = Range(Fraction(-10), Fraction(10))
"""Percent that still are 持平."""
_SAME = Expression("(?:同期)?(?:相比)?，?(?<!基本)(?:保持|完全)?持平")
_RATE_UP, _RATE_DOWN = "增幅|升幅|涨幅|增长率", "降幅|减幅|下降率"
_FALLS = frozenset((*_DOWN.split("|"), *_RATE_DOWN.split("|")))
_MORE = Expression(
    rf"[，、（](?:同比|净|即|约)?(?P<way>{_RATE_UP}|{_RATE_DOWN}|{_UP}|{_DOWN})了?(?:幅度)?{_AMOUNT}"
)
"""The same growth said once more: 增加20件，增幅20%."""
_TIMES = Expression(rf"(?:是|为|相当于|达)(?:上一?年度?|去年|前一年)(?:同期)?的{NUMBER}倍")
_PERCENT = rf"(?P<percent>百分之)?{NUMBER}(?(percent)|%)"
_IN_PARENTHESES = Expression(rf"(?<=[件条份])（(?!100%){_PERCENT}(?=）)")
"""予以公开6件（54.5%）; a whole hundred is more often a rate, such as of answers in time."""
_RATE = Expression(rf"率(?:为|是|达|达到|约为|：)?{_PERCENT}")
_WHOLE = 100
_TWICE = Fraction(55, 100)
"""Of the last digit printed: so much less may be rounded up in two steps, 54.545% to 54.55% to 54.6%."""
_HAN = "零一二三四五六七八九"
_TENTHS = Expression(
    "占比?(?:了|到)?(?P<nearly>将近|接近|近|不到|不足)?(?P<over>超过|超)?(?:大约|约)?"
    f"(?:(?P<tenths>[{_HAN[1:]}])成|一半|半数)(?P<more>以上|多|余)?"
)
_WHOLES = ("比", "总数", "总量", "总条数", "全部", "全年")


@frozen
class Growth:
    """A growth as stated: `range` in percent or in the figure's own unit, negative for a decline.

    Percentages allow half a unit of their last printed digit. `base` is last year's figure, and `year` what
    that year is called, where the words give them. The number that grew stands before the place `number`.
    """

    start: int
    end: int
    stated: Fraction
    range: Range
    relative: bool
    number: int
    base: Numeral | None = None
    year: int | None = None


@frozen
class Share:
    """A share in percent as stated. `range` allows half a unit of the last printed digit, `near` a whole.

    `bare` is True for 占p%, which does not say of what. `even` if those of its sentence make 100, or 200.
    """

    start: int
    end: int
    stated: Fraction
    range: Range
    near: Range
    bare: bool
    even: bool = False

    def is_roughly(self, value: Fraction) -> bool:
        """True if it is that value cut off (41% of 41.67%), rounded twice, or set right to make 100."""
        if not self.near.allows(value):
            return False
        step = (self.near.low - self.stated) * _TWICE
        return self.even or value >= self.stated + step


def growths(text: str, start: int, end: int) -> Iterator[Growth]:
    """Every growth stated in that part of a folded text."""
    if _GROWS.search(text, start, end) is None:
        return
    for compares in _COMPARES.finditer(text, start, end):
        based = _BASE.match(text, compares.end(), end)
        base = None if based is None else numeral_of(based, based["unit"])
        behind = compares.end() if based is None else based.end()
        same = None if base is None else _SAME.match(text, behind, end)
        if same is not None:
            yield Growth(compares.start(), same.end(), Fraction(0), _ABOUT_NONE, True, compares.start(), base)
            continue
        change = _CHANGE.match(text, behind, end)
        year = compares["year"] or compares["with"]
        at = compares.start()
        while change is not None:
            yield _growth(at, compares.start(), change, base, int(year) if year else None)
            at = change.end() + 1
            change = _MORE.match(text, change.end(), end)
    for times in _TIMES.finditer(text, start, end):
        yield _multiple(times)


def _multiple(times: re.Match[str]) -> Growth:
    """是上年的1.2倍 as a growth by 20%."""
    found = numeral_of(times)
    allowed = _widened(found, _step(times) / 2)
    high = None if allowed.high is None else (allowed.high - 1) * 100
    allowed = Range((allowed.low - 1) * 100, high)
    return Growth(*times.span(), (found.value - 1) * 100, allowed, True, times.start())


def _growth(start: int, number: int, change: re.Match[str], base: Numeral | None, year: int | None) -> Growth:
    found = numeral_of(change)
    relative = change["unit"] in ("%", "倍", "")
    times = 100 if change["unit"] == "倍" else 1
    allowed = _widened(found, _step(change) / 2) if relative else found.range
    high = None if allowed.high is None else allowed.high * times
    allowed = Range(allowed.low * times, high)
    down = change["way"] in _FALLS
    stated = -found.value * times if down else found.value * times
    allowed = _mirrored(allowed) if down else allowed
    return Growth(start, change.end(), stated, allowed, relative, number, base, year)


def shares(text: str, start: int, end: int, wholes: tuple[str, ...] = ()) -> Iterator[Share]:
    """Every share stated in that part of a folded text; `wholes` are names of totals: 占申请总数的p%."""
    found = [*_percentages(text, start, end, wholes), *_tenths(text, start, end)]
    even = bool(found) and sum(share.stated for share in found) % _WHOLE == 0
    for share in sorted(found, key=lambda share: share.start):
        yield replace(share, even=True) if even else share


def _percentages(text: str, start: int, end: int, wholes: tuple[str, ...]) -> Iterator[Share]:
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
    for match in _IN_PARENTHESES.finditer(text, start, end):
        found, step = numeral_of(match), _step(match)
        yield Share(*match.span(), found.value, _widened(found, step / 2), _widened(found, step), True)


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
        found, step = numeral_of(match), _step(match)
        yield Share(*match.span(), found.value, _widened(found, step / 2), _widened(found, step), True)


@cache
def _share(wholes: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(map(re.escape, (*_WHOLES, *wholes)))
    return re.compile(f"占(?![^0-9]{{0,6}}分别)(?P<whole>(?:{named})[^0-9，。；：、（）]{{0,8}}?)?{_PERCENT}")


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
