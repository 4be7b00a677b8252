"""What a person sees of a number in a cell of some number format.

Enough of ECMA-376 part 1, 18.8.31, to tell whether the figure that is seen is the one that is stored:
sections and their conditions, digits and literals, thousands, percent, scaling by commas, exponents, fill
characters that are digits. White text is no text. A format with a day in it never comes here.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

_TOKEN = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|[eE][+-]|General|G/通用格式|.', re.DOTALL)
_DIGITS = frozenset("0#?")
_GENERAL = ("", "General", "G/通用格式", "@")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]{1,20}(?:\.[0-9]{1,20})?)\]")
_HOLDS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_WHITE = ("[white]", "[白色]", "[color2]", "[颜色2]")
_OWN_WORDS = re.compile(r"\[\$([^-\]]*)")
"""`[$元-804]`: words that stand for a currency."""
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
    if _is_white(section):
        return ""
    shown = _filled([piece for piece in map(_visible, section) if piece], abs(number))
    return f"-{shown}" if signed and number < 0 else shown


def seen_text(code: str, text: str) -> str:
    """A text as the format shows it: by a fourth section, else by a last one that has a place for it."""
    sections = _sections(code[:_LONGEST])
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and "@" not in section:
        return text
    if _is_white(section):
        return ""
    return "".join(text if piece == "@" else _literal(_visible(piece)) for piece in section)


def _sections(code: str) -> list[list[str]]:
    sections: list[list[str]] = [[]]
    for piece in _TOKEN.findall(code):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return sections


def _visible(piece: str) -> str:
    """A piece without what only steers: colours, locales, conditions, blanks as wide as a character."""
    if piece.startswith("[") and len(piece) > 1:
        words = _OWN_WORDS.match(piece)
        return f'"{words[1]}"' if words and words[1] else ""
    if piece.startswith("*") and len(piece) > 1:
        return f'"{piece[1]}"' if piece[1].isdigit() else ""  # the cell is filled up with it
    return "" if piece.startswith("_") and len(piece) > 1 else piece


def _is_white(section: Sequence[str]) -> bool:
    return any(piece.casefold() in _WHITE for piece in section)


def _section_for(sections: Sequence[list[str]], number: Decimal) -> tuple[list[str], bool]:
    """The section for a number, and whether a minus stands in front of what it shows."""
    conditions = [next(filter(None, map(_CONDITION.fullmatch, section)), None) for section in sections]
    if any(conditions):
        holds = (
            place
            for place, found in enumerate(conditions)
            if found and _HOLDS[found[1]](number, Decimal(found[2]))
        )
        return sections[next(holds, _otherwise(conditions))], True
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _holds(condition: re.Match[str], number: Decimal) -> bool:
    return _HOLDS[condition[1]](number, Decimal(condition[2]))


def _otherwise(conditions: Sequence[re.Match[str] | None]) -> int:
    """The section for what fulfils no condition: the first without one behind them, else the last."""
    first = next(place for place, found in enumerate(conditions) if found)
    rest = (place for place in range(first + 1, len(conditions)) if conditions[place] is None)
    return next(rest, len(conditions) - 1)


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
