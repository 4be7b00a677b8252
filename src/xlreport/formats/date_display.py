"""What a person sees of a day in a cell of some number format.

Only what could make it another day is followed: literal digits, the order of the parts, years counted
otherwise. Format: ECMA-376 part 1, 18.8.31; [MS-OE376] 2.1.739 for `[$-FFFFFFFF]` (digits, calendar,
language, two hexadecimal digits each, the language four).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from xlreport.expression import Expression
from xlreport.formats.format_sections import literal, section_for_number, sections_of, visible

_SHOWN = Expression(r"[\d?]+")
_PART = Expression(r"(?i)(y+|e+|b+|m+|d+)|(h+|s+|a+)|(.)", re.DOTALL)
_LOCALE = Expression(r"\[\$[^-\]]*-([0-9A-Fa-f]{1,8})\]")
_HALF_OF_DAY = Expression("(?i)am/pm|a/p|上午/下午")
_TAIWAN, _JAPAN = 0x0404, 0x0411
_COUNTED: dict[int, int] = {0: 0, 1: 0, 2: 0, 4: -1911, 7: 543, 9: 0, 10: 0, 11: 0, 12: 0}
"""Years that calendars add, by their numbers: the Gregorian ones none. Of any other the year is not known."""
_REPUBLIC, _JAPANESE, _BUDDHIST = 4, 3, 7
_ERAS = {_TAIWAN: _REPUBLIC, _JAPAN: _JAPANESE}
_FIRST = date(1899, 12, 30)


def seen_day(code: str, day: date) -> str:
    """The day as the format shows it, times left out; "" where it shows nothing."""
    number = Decimal(day.toordinal() - _FIRST.toordinal())
    section, _ = section_for_number(sections_of(_HALF_OF_DAY.sub("", code)), number)
    return "" if section is None else "".join(_parts(section, day)).strip()


def is_that_day(shown: str, day: date) -> bool:
    """True if the numbers that are shown are those of the day, or some of them, in an order people write."""
    year, month = {day.year, day.year % 100}, {day.month}
    found = [int(group) if group.isdecimal() else -1 for group in _SHOWN.findall(shown)]
    orders = ((year, month, {day.day}), (month, {day.day}, year), ({day.day}, month, year))
    pairs = ((year, month), (month, year), (month, {day.day}), ({day.day}, month))
    wanted = (*orders, *pairs, (year,), (month,), ({day.day},), ())
    return any(
        len(order) == len(found) and all(n in part for n, part in zip(found, order, strict=True))
        for order in wanted
    )


def _parts(section: Sequence[str], day: date) -> Iterator[str]:
    calendar, era = _calendar(section)
    clock = False
    for piece in _joined(visible(section)):
        found = _PART.fullmatch(piece)
        kind = piece[0].casefold()
        if found is None or found[3]:
            yield literal(piece)
        elif found[2]:
            clock = kind == "h"
        elif kind == "m":
            yield "" if clock else str(day.month) if len(piece) < 3 else f"{day.month}月"
            clock = False
        elif kind == "d":
            yield str(day.day) if len(piece) < 3 else f"{day:%a}"
        else:
            yield _year(day, _BUDDHIST if kind == "b" else era if kind == "e" else calendar)


def _joined(pieces: Iterator[str]) -> Iterator[str]:
    """Neighbouring letters of one kind as one piece."""
    run = ""
    for piece in pieces:
        if run and (len(piece) > 1 or piece.casefold() != run[0].casefold() or not piece.isalpha()):
            yield run
            run = ""
        if len(piece) == 1 and piece.casefold() in "yebmdhsa":
            run += piece
        else:
            yield piece
    if run:
        yield run


def _year(day: date, calendar: int) -> str:
    return str(day.year + _COUNTED[calendar]) if calendar in _COUNTED else "?"


def _calendar(section: Sequence[str]) -> tuple[int, int]:
    """The calendar by its number, and the one of the eras that the language counts."""
    for piece in section:
        found = _LOCALE.fullmatch(piece)
        if found is not None:
            number = int(found[1], 16)
            calendar = number >> 16 & 0xFF
            return calendar, _ERAS.get(number & 0xFFFF, calendar)
    return 0, 0
