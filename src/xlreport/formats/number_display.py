"""What a person sees of a number in a cell of some number format.

Enough of ECMA-376 part 1, 18.8.31, to tell whether the figure that is seen is the one that is stored:
sections, digits and literals, thousands, percent, scaling by commas, exponents. Colours, locales, conditions
and fill characters are passed over; a format with a day in it never comes here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

_TOKEN = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|[eE][+-]|General|G/通用格式|.', re.DOTALL)
_DIGITS = frozenset("0#?")
_GENERAL = ("", "General", "G/通用格式", "@")
_FINEST = 9
"""The largest denominator of a number shown as a fraction, as most formats have it."""
_LONGEST = 255
"""Characters of a format, the most that Excel takes."""
_AMPLE = Context(prec=400)


def seen_number(code: str, number: Decimal) -> str:
    """The number as the format shows it, "" where it shows nothing."""
    if code in _GENERAL:
        return format(number, "f")
    sections = _sections(code[:_LONGEST])
    section, signed = _section_for(sections, number)
    shown = _filled(section, abs(number))
    return f"-{shown}" if signed and number < 0 else shown


def seen_text(code: str, text: str) -> str:
    """A text as the format shows it: only a fourth section can make it another one."""
    sections = _sections(code[:_LONGEST])
    if len(sections) < 4:
        return text
    return "".join(text if piece == "@" else _literal(piece) for piece in sections[3])


def _sections(code: str) -> list[list[str]]:
    sections: list[list[str]] = [[]]
    for piece in _TOKEN.findall(code):
        if piece == ";":
            sections.append([])
        elif not piece.startswith(("[", "_", "*")):
            sections[-1].append(piece)
    return sections


def _section_for(sections: Sequence[list[str]], number: Decimal) -> tuple[list[str], bool]:
    """The section for a number, and whether a minus stands in front of what it shows."""
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _filled(section: Sequence[str], number: Decimal) -> str:
    if "/" in section:
        return str(Fraction(number).limit_denominator(_FINEST))
    places = [place for place, piece in enumerate(section) if piece in _DIGITS]
    if not places:
        return "".join(format(number, "f") if piece in _GENERAL else _literal(piece) for piece in section)
    last = places[-1]
    scaled = _AMPLE.scaleb(number, 2 * section.count("%") - 3 * _commas_behind(section, last))
    if any(piece[0] in "eE" and len(piece) == 2 for piece in section):
        return f"{scaled:.{_decimals(section)}E}"
    point = section.index(".") if "." in section else last + 1
    decimals = [place for place in places if place > point]
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _AMPLE)
    whole, _, fraction = format(rounded, "f").partition(".")
    digits = dict(zip(decimals, fraction, strict=False))
    digits |= _whole_digits(section, [place for place in places if place < point], whole)
    return "".join(digits.get(place, _literal(piece)) for place, piece in enumerate(section))


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
    if piece.startswith('"'):
        return piece.strip('"')
    if piece.startswith("\\"):
        return piece[1:]
    return "" if piece in _DIGITS or piece in (",", "@") else piece
