"""Growth over last year in sentences, in all the ways that it is told.

同比增长p%, 比上年的m件增加n件（上年m件）    an amount, behind what is compared
同比翻一番, 是上年的p%, 为上年的n倍           as a multiple
与上年持平, 同比有所增加                      a direction only
与上年m件相比，本年n件，增长p%               with this year's number between; also 上年m件，本年n件，…
由m件降至n件，降幅p%                          from one number to another
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.numerals import MEASURE, NUMBER, Numeral, Range, numeral_of
from xlreport.prose.rates import step_of, widened

_UP, _DOWN = "增长|增加|上升|提高|提升|增多|多", "下降|减少|降低|下滑|回落|少"
_BEFORE = "上一?年度?|去年|前一年"
_COMPARES = Expression(
    rf"(?=[同环比较与相])(?:同比|环?[比较](?:{_BEFORE}|(?P<year>[0-9]{{4}})年度?)"
    rf"|与(?:{_BEFORE}|(?P<with>[0-9]{{4}})年度?)(?=[^，。；]{{0,20}}(?:相比|持平))"
    rf"|相比(?:于)?(?:{_BEFORE}|(?P<to>[0-9]{{4}})年度?))"
)
_GROWS = Expression(
    "(?=[增升提翻多降减滑落少倍平是为相达])(?:[增升提翻多降减滑落少倍平]|(?:是|为|相当于|达)(?:仅|只)?(?:上|去|前))"
)
"""In every word for growth there is one of these."""
_WORDS = "[^0-9，。；：（）增减升降提翻]"
_BASE = Expression(rf"{_WORDS}{{0,6}}（?{_WORDS}{{0,6}}{NUMBER}(?P<unit>{MEASURE})）?(?:相比)?，?")
_AMOUNT = rf"(?P<percent>百分之)?{NUMBER}(?P<unit>%|倍|成|(?(percent)|{MEASURE}))"
_CHANGE = Expression(
    rf"[^0-9，。；：（）]{{0,8}}?(?:相比，?)?[^0-9，。；：（）]{{0,6}}?"
    rf"(?P<way>{_UP}|{_DOWN})了?(?:幅度)?{_AMOUNT}"
)
_SAME = Expression("(?:同期)?(?:数|的)?(?:相比)?，?(?P<about>基本|大体|大致|总体)?(?:保持|完全)?持平")
SAME = "持平"
_ABOUT_NONE, _NEARLY_NONE = 10, 30
"""Percent that still are 持平 and 基本持平."""
_RATE_UP, _RATE_DOWN = "增幅|升幅|涨幅|增长率", "降幅|减幅|下降率"
_FALLS = frozenset((*_DOWN.split("|"), *_RATE_DOWN.split("|"), "降", "减"))
_MORE = Expression(
    rf"[，、（](?:同比|净|即|约)?(?P<way>{_RATE_UP}|{_RATE_DOWN}|{_UP}|{_DOWN})了?(?:幅度)?{_AMOUNT}"
)
"""The same growth said once more: 增加20件，增幅20%."""
_MOST_MORE = 12
"""How often that is read: each comparison of a row that has no end would be read to that end."""
_LATER = Expression(
    rf"(?:今年|本年度?|[0-9]{{4}}年度?)?[^0-9，。；：（）]{{0,14}}[0-9]{{1,9}}{MEASURE}[^0-9，。；：（）]{{0,4}}(?=，)"
)
"""This year's number between last year's and the change."""
_EARLIER = Expression(
    rf"(?=[上去前0-9])(?:^|(?<=[，。；\n]))(?:{_BEFORE}|(?P<year>[0-9]{{4}})年度?)"
    rf"[^0-9，。；：（）结转未]{{0,14}}{NUMBER}(?P<unit>{MEASURE})，"
)
"""Last year's number in a clause of its own, ahead of this year's."""
_BASE_BEHIND = Expression(
    rf"（(?:{_BEFORE})(?:同期)?(?:数|的)?(?:为|是|有)?{NUMBER}(?P<unit>{MEASURE})(?=）)"
)
_DOUBLED = Expression(r"[^0-9，。；：（）]{0,6}?翻了?(?P<times>一|两|1|2)?(?P<how>番|倍)")
_DIRECTION = Expression(
    "[^0-9，。；：（）]{0,8}?(?:有(?:所|了)?(?:较大|明显|大幅|小幅)?(?:的|度)?|大幅度?|明显|显著|略有?|稍有?|小幅)"
    f"(?P<way>{_UP}|{_DOWN})(?=[，。；）\n]|$)"
)
_TIMES = Expression(
    rf"(?:是|为|相当于|达到?)(?:仅|只)?(?:{_BEFORE})(?:同期)?(?:（{NUMBER}(?P<unit>{MEASURE})）)?"
    r"的(?P<times>[^，。；：（）]{1,12})"
)
_MULTIPLE = Expression(rf"(?P<percent>百分之)?{NUMBER}(?P<unit>倍|%|成|(?(percent)))")
_FROM = Expression(
    rf"[由从自](?:(?:{_BEFORE}|[0-9]{{4}}年度?)的?)?{NUMBER}(?P<unit>{MEASURE})"
    rf"[^0-9，。；：（）]{{0,4}}(?:下|回|上|提|增|减)?(?P<way>降|减|升|增|长|高|多)(?:低|少|加|长|多)?(?:到|至|为)了?"
)
_UNIT = Expression(rf"{NUMBER}(?P<unit>{MEASURE})")
_HUNDRED, _TEN = 100, 10
_NO_LIMIT = Fraction(10**15)


@frozen
class Growth:
    """A growth as stated: `range` in percent or in the figure's own unit, negative for a decline.

    Percentages allow half a unit of their last printed digit. `base` is last year's figure, and `year` what
    that year is called, where the words give them. The number that grew stands before the place `number`.
    `how` is the change where no number says it.
    """

    start: int
    end: int
    stated: Fraction
    range: Range
    relative: bool
    number: int
    base: Numeral | None = None
    year: int | None = None
    how: str = ""


@frozen
class FromTo:
    """由m件降至n件: where the words begin, last year's number and this year's."""

    start: int
    last: Numeral
    now: Numeral
    falls: bool


def growths(text: str, start: int, end: int) -> Iterator[Growth]:
    """Every growth stated in that part of a folded text."""
    if _GROWS.search(text, start, end) is None:
        return
    for compares in _COMPARES.finditer(text, start, end):
        yield from _compared(text, compares, end)
    for earlier in _EARLIER.finditer(text, start, end):
        later = _LATER.match(text, earlier.end(), end)
        if later is not None:
            base, year = numeral_of(earlier, earlier["unit"]), earlier["year"]
            place = later.end()
            yield from _further(text, earlier.start(), place, place, base, int(year) if year else None, end)
    for times in _TIMES.finditer(text, start, end):
        yield from _multiple(times)
    for change in from_to(text, start, end):
        behind = change.now.end + len(change.now.unit)
        yield _one_way(change.start, behind, behind, change.last, falls=change.falls)
        yield from _further(text, change.start, behind, behind, change.last, None, end)


def from_to(text: str, start: int, end: int) -> Iterator[FromTo]:
    """Every change that names both numbers."""
    for change in _FROM.finditer(text, start, end):
        now = _UNIT.match(text, change.end(), end)
        if now is not None and now["unit"] == change["unit"]:
            last = numeral_of(change, change["unit"])
            yield FromTo(change.start(), last, numeral_of(now, now["unit"]), change["way"] in _FALLS)


def _compared(text: str, compares: re.Match[str], end: int) -> Iterator[Growth]:
    """What is said behind 同比, 比上年, 与上年 and their like."""
    called = compares["year"] or compares["with"] or compares["to"]
    year = int(called) if called else None
    at = compares.start()
    based = _BASE.match(text, compares.end(), end)
    base = None if based is None else numeral_of(based, based["unit"])
    behind = compares.end() if based is None else based.end()
    told = _in_words(text, at, behind, base, end)
    if told is not None:
        yield replace(told, year=year)
        return
    change = _CHANGE.match(text, behind, end)
    if change is not None:
        yield _growth(text, at, at, change, base, year)
        yield from _further(text, change.end() + 1, change.end(), at, base, year, end)
        return
    later = _LATER.match(text, behind, end) if base is not None else None
    if later is not None:
        yield from _further(text, at, later.end(), later.end(), base, year, end)


def _further(
    text: str, at: int, behind: int, number: int, base: Numeral | None, year: int | None, end: int
) -> Iterator[Growth]:
    """What is said once more of the same growth: ，增幅20%."""
    for _ in range(_MOST_MORE):
        change = _MORE.match(text, behind, end)
        if change is None:
            return
        yield _growth(text, at, number, change, base, year)
        behind, at = change.end(), change.end() + 1


def _in_words(text: str, at: int, behind: int, base: Numeral | None, end: int) -> Growth | None:
    """持平, 翻一番 and 有所增加: what no number says."""
    if (same := _SAME.match(text, behind, end)) is not None:
        most = Fraction(_NEARLY_NONE if same["about"] else _ABOUT_NONE)
        return Growth(at, same.end(), Fraction(0), Range(-most, most), True, at, base, how=SAME)
    if (doubled := _DOUBLED.match(text, behind, end)) is not None:
        stated, least, most_of_it = map(Fraction, _percent_of(doubled["times"], doubled["how"]))
        return Growth(at, doubled.end(), stated, Range(least, most_of_it), True, at, base)
    if (direction := _DIRECTION.match(text, behind, end)) is not None:
        return _one_way(at, direction.end(), at, base, falls=direction["way"] in _FALLS)
    return None


def _percent_of(times: str | None, how: str) -> tuple[int, int, int]:
    """How much growth 翻一番, 翻两番 and 翻两倍 are, and the least and most that are called so."""
    if times not in ("两", "2"):
        return 100, 80, 130
    return (300, 200, 400) if how == "番" else (200, 80, 230)


def _one_way(start: int, end: int, number: int, base: Numeral | None, *, falls: bool) -> Growth:
    """A growth, or a decline, of which only that is said."""
    allowed = Range(-_NO_LIMIT, Fraction(0)) if falls else Range(Fraction(0), None)
    how = "下降" if falls else "增长"
    return Growth(start, end, Fraction(0), allowed, False, number, base, how=how)


def _multiple(times: re.Match[str]) -> Iterator[Growth]:
    """是上年的1.2倍 as a growth by 20%."""
    multiple = _MULTIPLE.match(times["times"])
    if multiple is None:
        return
    found, one = numeral_of(multiple), _of_one(multiple["unit"])
    allowed = widened(found, step_of(multiple) / 2)
    high = None if allowed.high is None else allowed.high * one - _HUNDRED
    allowed = Range(allowed.low * one - _HUNDRED, high)
    base = numeral_of(times, times["unit"]) if times["unit"] else None
    end = times.start("times") + multiple.end()
    yield Growth(times.start(), end, found.value * one - _HUNDRED, allowed, True, times.start(), base)


def _of_one(unit: str) -> int:
    """How many percent one of it is."""
    return {"倍": _HUNDRED, "成": _TEN}.get(unit, 1)


def _growth(
    text: str, start: int, number: int, change: re.Match[str], base: Numeral | None, year: int | None
) -> Growth:
    found = numeral_of(change)
    relative = change["unit"] in ("%", "倍", "成", "")
    times = _of_one(change["unit"]) if relative else 1
    allowed = widened(found, step_of(change) / 2) if relative else found.range
    high = None if allowed.high is None else allowed.high * times
    allowed = Range(allowed.low * times, high)
    down = change["way"] in _FALLS
    stated = -found.value * times if down else found.value * times
    allowed = _mirrored(allowed) if down else allowed
    behind = _BASE_BEHIND.match(text, change.end()) if base is None else None
    base = base if behind is None else numeral_of(behind, behind["unit"])
    return Growth(start, change.end(), stated, allowed, relative, number, base, year)


def _mirrored(allowed: Range) -> Range:
    """A decline of 3 or more has no lower limit; percentages end at a hundred anyway."""
    low = -_NO_LIMIT if allowed.high is None else -allowed.high
    return Range(low, -allowed.low)
