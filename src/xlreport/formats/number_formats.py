"""Number formats: which of them show a date, and the day a number then stands for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from math import isfinite

from xlreport.expression import Expression

_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of formats that are not written into a file; 27-36 and 50-58 are the East Asian ones."""
_BUILT_IN: Mapping[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    48: "##0.0E+0",
    49: "@",
}
"""Number formats that are not written into files, but for those of days and times."""
_OF_A_DAY = Expression("[yYmMdDhHsS年月日]")
_NOT_PLACES = Expression(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_LONGEST_FORMAT = 255
"""Characters of a format, the most that Excel takes."""
_DAY = 86_400
"""Seconds."""
_LAST_DAY = 2_958_465
"""9999-12-31."""


class NumberFormats:
    """Which cell styles show a date: `codes` by format number, `styles` the format number of each style."""

    def __init__(self, since_1904: bool = False, codes: Mapping[int, str] | None = None) -> None:
        self.since_1904 = since_1904
        self.codes = dict(codes or {})
        self.styles: list[int] = []
        self._dates: dict[int, bool] = {}

    def code(self, style: int) -> str:
        """The format of a style as its text; "" for the usual one, and for those of days and times."""
        if style >= len(self.styles):
            return ""
        return self.named(self.styles[style])

    def named(self, number: int) -> str:
        """The format of that number as its text."""
        return self.codes.get(number, _BUILT_IN.get(number, ""))

    def shown(self, number: float, style: int) -> float | date | datetime | time:
        """The number, or the day or time it stands for where the style shows one."""
        return moment(number, self.since_1904) if self._shows_date(style) else number

    def _shows_date(self, style: int) -> bool:
        if style >= len(self.styles):
            return False
        if style not in self._dates:
            self._dates[style] = _is_date(self.styles[style], self.codes)
        return self._dates[style]


def _is_date(number: int, codes: Mapping[int, str]) -> bool:
    if number not in codes:
        return number in _BUILT_IN_DATES
    if len(codes[number]) > _LONGEST_FORMAT:
        return False
    return _OF_A_DAY.search(_NOT_PLACES.sub("", codes[number].partition(";")[0])) is not None


def moment(number: float, since_1904: bool = False) -> float | date | datetime | time:
    """The day or time that a number stands for, itself where it is none.

    Excel counts 1900-02-29, a day that never was: before it every day is one earlier.
    """
    if not isfinite(number) or not 0 <= number <= _LAST_DAY:
        return number
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if number < 60 else 30)
    days, seconds = int(number), round(number % 1 * _DAY)
    try:
        found = first + timedelta(days=days, seconds=min(seconds, _DAY - 1))  # the last moment is of its day
    except OverflowError:
        return datetime.max
    if number < 1:
        return found.time()
    return found.date() if number == days else found
