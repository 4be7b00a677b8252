"""Numbers as people write them, with all the values that the words allow.

    12  1,234  １２  4.043  一百二十三  十  两百   exactly that
    1.2万  59237万  三亿                          rounded: half a unit of the last digit printed
    18万余  200多  十余                           n and up to one unit of its last digit that is not 0
    近200                                         up to that unit less
    约200  200左右                                up to that unit more or less
    超过 逾 至少 不少于 200  200以上               n or more
    不足 不到 200  200以下                         n or less

The limits themselves are always allowed: words leave them open. Values are exact fractions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from xlreport.expression import Expression
from xlreport.frozen import frozen

_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])(?:\.[0-9]{1,9})?|[0-9]{1,15}(?:\.[0-9]{1,9})?"
_HAN = r"[零〇一二两三四五六七八九十百千万亿]{1,20}"
_COUNTED = "共计|合计|总计|共有|共|计|达到|多达|达|为"
_NEARLY, _ABOUT = ("将近", "接近", "近"), ("大约", "约")
_OVER, _UNDER = ("超过", "不少于", "至少", "逾", "超"), ("不足", "不到", "少于")
_BOUNDS = "|".join((*_NEARLY, *_ABOUT, *_OVER, *_UNDER))

NUMBER = (
    rf"(?P<number>(?:{_COUNTED})?(?:(?<![附最远预节合违签制契])(?P<bound>{_BOUNDS}))?"
    rf"(?P<digits>(?<![0-9.,/\-~第a-z])(?:{_DIGITS})(?![0-9/])"
    rf"|(?<![零〇一二两三四五六七八九十百千万亿第每同某任这那上下头另哪逐数几若0-9])(?<!(?<!百分)之)(?:{_HAN}))"
    r"(?P<more>[余多来])?(?P<scale>[十百千]?[万亿]|[百千](?=[\u4e00-\u9fff]))?(?P<more2>[余多来])?)(?!个(?:工作日|自然日|月|小时|季度|星期|百分点))"
)
"""A regular expression for one number; its groups are for `figure`."""

_BEGINS = "(?=[共合总计达多为将接近大约超不至逾少0-9零〇一二两三四五六七八九十百千万亿])"
"""In front of it: where no number begins, nothing else of the expression is tried."""

MEASURE = r"(?:人次|场次|[件条个份项次起期篇场人名家宗例部册张幅栏户辆处所页元])"
_NUMERAL = Expression(rf"{_BEGINS}{NUMBER}(?P<unit>{MEASURE})(?!来信|以上的?领导)")
_BARE = Expression(
    rf"(?=[共合总计达多为是有0-9])(?:{_COUNTED}|是|有)?(?<![0-9.,/\-~第a-z])(?P<digits>(?!(?:19|20)[0-9]{{2}}(?![0-9]))[0-9]{{1,9}})(?=[，。；、）\n]|$)"
)
_LIKELY = Expression(
    "(?=[0-9半零〇一二两三四五六七八九十百千万亿])"
    rf"(?:[0-9]|百分之|[一二三四五六七八九]成|一半|半数|[零〇一二两三四五六七八九十百千万亿][余多来]?{MEASURE})"
)
_AFTER = Expression(rf"(?:{MEASURE}|%)?(以上|左右|上下|以内|以下)")

_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_SIGNS = frozenset(_HAN_DIGITS) | frozenset(_HAN_UNITS)
_LARGE = {"万": 10**4, "亿": 10**8}


@frozen
class Range:
    """The values that words allow, ends included; `high` None: any more."""

    low: Fraction
    high: Fraction | None

    def allows(self, value: Fraction | int) -> bool:
        """True if the words can mean the value."""
        return self.low <= value and (self.high is None or value <= self.high)

    def meets(self, other: Range) -> bool:
        """True if both can mean the same value."""
        return (self.high is None or other.low <= self.high) and (
            other.high is None or self.low <= other.high
        )

    def __add__(self, other: Range) -> Range:
        low = self.low + other.low
        if self.high is self.low and other.high is other.low:
            return Range(low, low)  # most numbers are exact
        high = None if self.high is None or other.high is None else self.high + other.high
        return Range(low, high)


_ZERO = Fraction(0)
NOTHING = Range(_ZERO, _ZERO)


@frozen
class Numeral:
    """A number in a text: what is printed, what it can mean, where it stands.

    `start` and `end` bound the number with its words of degree, `digits` is where its digits begin,
    `unit` the measure word behind it ("" where none is looked for).
    """

    start: int
    digits: int
    end: int
    value: Fraction
    range: Range
    unit: str = ""

    @property
    def exact(self) -> bool:
        """True if the words allow one value only."""
        return self.range == Range(self.value, self.value)


def may_hold_numerals(text: str, start: int, end: int) -> bool:
    """False if there surely is no number in that part of a folded text."""
    return _LIKELY.search(text, start, end) is not None


def numerals(text: str, start: int, end: int) -> Iterator[Numeral]:
    """Every number that is followed by a measure word (件, 条, 元, …) in that part of a folded text."""
    every, places = _numerals(text)
    for found in every[bisect_left(places, start) : bisect_left(places, end)]:
        if found.end + len(found.unit) <= end:
            yield found if found.start >= start else replace(found, start=start)


@lru_cache(maxsize=64)
def _numerals(text: str) -> tuple[tuple[Numeral, ...], tuple[int, ...]]:
    """All numbers of a text, which many rules ask for, and where their digits begin."""
    if not may_hold_numerals(text, 0, len(text)):
        return (), ()
    every = tuple(numeral_of(match, match["unit"]) for match in _NUMERAL.finditer(text))
    return every, tuple(found.digits for found in every)


def bare_numerals(text: str) -> Iterator[Numeral]:
    """Every number that ends its words and has no measure word: 答复118，. Years are none."""
    for match in _BARE.finditer(text):
        value = Fraction(int(match["digits"]))
        yield Numeral(match.start(), match.start("digits"), match.end(), value, Range(value, value))


def numeral_of(match: re.Match[str], unit: str = "") -> Numeral:
    """The number that the groups of `NUMBER` caught."""
    text, end = match.string, match.end("number")
    digits, more, after = match["digits"], match["more"] or match["more2"], _AFTER.match(text, end)
    cut = text[end : end + 1] in _LARGE
    plain = digits.isdecimal() or (digits[0] in _HAN_SIGNS and digits[-1] not in _LARGE)
    if plain and not (match["scale"] or match["bound"] or more or after or cut):
        value = Fraction(int(digits) if digits.isdecimal() else _han(digits))  # most numbers are plain
        allowed = Range(value, value)
    else:
        value, allowed = _with_degree(match, _degree(match["bound"], more, after), cut)
    return Numeral(match.start("number"), match.start("digits"), end, value, allowed, unit)


def _with_degree(match: re.Match[str], degree: str, cut: bool) -> tuple[Fraction, Range]:
    """The value, and what it allows by its words of degree and by its rounding."""
    scale = _times(match["scale"])
    value, step, last = _read(match["digits"])
    rounded = scale > 1 or cut or match["digits"][-1] in _LARGE
    allowed = _range(value, last, step / 2 if rounded else Fraction(0), degree)
    high = None if allowed.high is None else allowed.high * scale
    return value * scale, Range(allowed.low * scale, high)


def _degree(before: str | None, more: str | None, after: re.Match[str] | None) -> str:
    """The word of degree that counts: +, -, ~, >, < or none."""
    behind = {"以上": ">", "左右": "~", "上下": "~", "以内": "<", "以下": "<"}[after[1]] if after else ""
    signs = ((_NEARLY, "-"), (_ABOUT, "~"), (_OVER, ">"), (_UNDER, "<"))
    sign = next((sign for words, sign in signs if before in words), behind)
    return sign or ("+" if more else "")


def _range(value: Fraction, last: Fraction, half: Fraction, degree: str) -> Range:
    if degree == ">":
        return Range(value - half, None)
    if degree == "<":
        return Range(Fraction(0), value + half)
    below = last if degree in ("-", "~") else half if not degree else Fraction(0)
    above = last if degree in ("+", "~") else half if not degree else Fraction(0)
    return Range(value - below, value + above)


def _times(scale: str | None) -> int:
    times = 1
    for char in scale or "":
        times *= _HAN_UNITS.get(char) or _LARGE[char]
    return times


def _read(digits: str) -> tuple[Fraction, Fraction, Fraction]:
    """The value, the unit of the last digit printed, and that of the last digit that is not 0."""
    if digits[0] in "0123456789":
        return _arabic(digits.replace(",", ""))
    value = _han(digits)
    step = next((large for char, large in _LARGE.items() if digits.endswith(char)), 1)
    return Fraction(value), Fraction(step), _last_place(value)


def _arabic(digits: str) -> tuple[Fraction, Fraction, Fraction]:
    whole, _, decimals = digits.partition(".")
    step = Fraction(1, 10 ** len(decimals))
    return Fraction(digits), step, step * _last_place(int(whole + decimals))


def _last_place(value: int) -> Fraction:
    place = 1
    while value != 0 and value % (place * 10) == 0:
        place *= 10
    return Fraction(place)


def whole_number(digits: str) -> int:
    """A whole number in digits or in Chinese: 60, 六十, 二〇一九."""
    return int(digits) if digits.isdecimal() else _han(digits)


def _han(digits: str) -> int:
    """二〇二三 by places, 一千二百零三 and 两万五 by units."""
    if not any(char in _HAN_UNITS or char in _LARGE for char in digits):
        return int("".join(str(_HAN_DIGITS[char]) for char in digits))
    total = section = pending = 0
    unit = 1
    for char in digits:
        if char in _LARGE:
            total = (total + section + pending) * _LARGE[char]
            section = pending = 0
            unit = _LARGE[char]
        elif char in _HAN_UNITS:
            section += (pending or 1) * _HAN_UNITS[char]
            pending, unit = 0, _HAN_UNITS[char]
        else:
            pending = _HAN_DIGITS[char]
            unit = 1 if char in "零〇" else unit
    return total + section + pending * max(unit // 10, 1)
