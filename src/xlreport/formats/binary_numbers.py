"""Numbers as .xls and .xlsb store them: packed ones, and dates, which are numbers that look like dates."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import isfinite

_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of formats that are not written into a file; 27-36 and 50-58 are the East Asian ones."""
_NOT_PLACES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_LONGEST_FORMAT = 255
"""Characters of a format, the most that Excel takes."""
_LAST_DAY = 2_958_465
"""9999-12-31."""


@dataclass
class NumberFormats:
    """Which cell styles show a date: `codes` by format number, `styles` the format number of each style."""

    since_1904: bool = False
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    _dates: dict[int, bool] = field(default_factory=dict)

    def shown(self, number: float, style: int) -> float | date | datetime:
        """The number, or the day it stands for where the style shows one."""
        if not self._shows_date(style) or not isfinite(number) or not 0 <= number <= _LAST_DAY:
            return number
        return _moment(number, self.since_1904)

    def _shows_date(self, style: int) -> bool:
        if style not in self._dates:
            self._dates[style] = style < len(self.styles) and _is_date(self.styles[style], self.codes)
        return self._dates[style]


def _is_date(number: int, codes: Mapping[int, str]) -> bool:
    if number not in codes:
        return number in _BUILT_IN_DATES
    if len(codes[number]) > _LONGEST_FORMAT:
        return False
    return re.search("[yYmMdDhHsS年月日]", _NOT_PLACES.sub("", codes[number].partition(";")[0])) is not None


def _moment(number: float, since_1904: bool) -> date | datetime:
    """Excel counts 1900-02-29, a day that never was: before it every day is one earlier."""
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if number < 60 else 30)
    try:
        moment = first + timedelta(seconds=round(number * 86_400))
    except OverflowError:
        return datetime.max
    return moment.date() if number == int(number) else moment


def unpacked(packed: int) -> float:
    """A number packed into 30 bits (RK): whole or the upper part of a float, perhaps in hundredths."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))
    return value / 100 if packed & 1 else float(value)
