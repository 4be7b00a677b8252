"""What a person sees of a number or a text in a cell of some number format.

Enough of ECMA-376 part 1, 18.8.31, to tell whether the figure that is seen is the one that is stored:
digits and literals, thousands, percent, scaling by commas, exponents, fractions, fill characters that are
digits. A format with a day in it: see `date_display`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from xlreport.formats.format_sections import (
    literal,
    section_for_number,
    section_for_text,
    sections_of,
    visible,
)

_DIGITS = frozenset("0#?")
_GENERAL = ("", "general", "g/通用格式", "@")
_FINEST = 9
"""The largest denominator of a number shown as a fraction, as most formats have it."""
_AMPLE = Context(prec=400)


def seen_number(code: str, number: Decimal) -> str:
    """The number as the format shows it, "" where it shows nothing."""
    if code.casefold() in _GENERAL:
        return format(number, "f")
    section, signed = section_for_number(sections_of(code), number)
    if section is None:
        return ""
    shown = _filled(list(visible(section)), abs(number))
    return f"-{shown}" if signed and number < 0 else shown


def seen_text(code: str, text: str) -> str:
    """A text as the format shows it."""
    section = section_for_text(sections_of(code))
    return "".join(text if piece == "@" else _literal(piece) for piece in visible(section))


def _filled(section: Sequence[str], number: Decimal) -> str:
    places = [place for place, piece in enumerate(section) if piece in _DIGITS]
    if not places:
        return "".join(
            format(number, "f") if piece.casefold() in _GENERAL else _literal(piece) for piece in section
        )
    if "/" in section:
        return _fraction(section, section.index("/"), number)
    last = places[-1]
    scaled = _AMPLE.scaleb(number, 2 * section.count("%") - 3 * _commas_behind(section, last))
    if any(piece[0] in "eE" and len(piece) == 2 for piece in section):
        return f"{scaled:.{_decimals(section)}E}"
    point = section.index(".") if "." in section else last + 1
    decimals = [place for place in places if place > point]
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _AMPLE)
    whole, _, fraction = format(rounded, "f").partition(".")
    digits = dict(zip(decimals, fraction, strict=False))
    before = [place for place in places if place < point]
    digits |= _whole_digits(section, before, whole)
    if not before and whole != "0":  # `.00`: what has no place of its own stands before the point
        digits[point] = f"{whole}."
    return "".join(digits.get(place, _literal(piece)) for place, piece in enumerate(section))


def _fraction(section: Sequence[str], bar: int, number: Decimal) -> str:
    """A whole number in front of a fraction stands alone; without a place for it all is a fraction: 38/1."""
    start, end = bar, bar + 1
    while start > 0 and section[start - 1] in _DIGITS:
        start -= 1
    while end < len(section) and (section[end] in _DIGITS or section[end].isdecimal()):
        end += 1
    whole = not _DIGITS.isdisjoint(section[:start])
    if whole and number == number.to_integral_value():
        return _filled([*section[:start], *section[end:]], number)
    shown = Fraction(number).limit_denominator(_FINEST)
    return f"{shown.numerator}/{shown.denominator}"


def _whole_digits(section: Sequence[str], places: Sequence[int], whole: str) -> dict[int, str]:
    """The digits before the point by place: from the right, all that are left at the first place."""
    digits: dict[int, str] = {}
    rest = "" if whole == "0" else whole
    for place in reversed(places):
        digit = rest[-1:] or ("0" if section[place] == "0" else "")
        digits[place], rest = digit, rest[:-1]
    if places:
        digits[places[0]] = rest + digits[places[0]]
    return digits


def _decimals(section: Sequence[str]) -> int:
    """Digits behind the point of a number with an exponent."""
    point = section.index(".") if "." in section else len(section)
    exponent = next(place for place, piece in enumerate(section) if piece[0] in "eE" and len(piece) == 2)
    return sum(piece in _DIGITS for piece in section[point:exponent])


def _commas_behind(section: Sequence[str], last: int) -> int:
    """Commas right behind the last digit: each leaves out three digits."""
    count = 0
    for piece in section[last + 1 :]:
        if piece != ",":
            break
        count += 1
    return count


def _literal(piece: str) -> str:
    return "" if piece in _DIGITS or piece in (",", "@") else literal(piece)
