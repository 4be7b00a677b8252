"""The sections of a number format: which of them is for a value, and what its pieces are.

Format: ECMA-376 part 1, 18.8.31. A number that no section is for is shown as ####.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from xlreport.expression import Expression
from xlreport.formats.palette import NAMED, PALETTE

_TOKEN = Expression(r'(?i:general|G/通用格式)|"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|[eE][+-]|.', re.DOTALL)
_CONDITION = Expression(
    r"\[\s*(<=|>=|<>|<|>|=)\s*([+-]?(?:[0-9]{1,20}\.?[0-9]{0,20}|\.[0-9]{1,20}))(?:[eE]([+-]?[0-9]{1,2}))?\s*\]"
)
_HOLDS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_NUMBERED = Expression(r"\[(?:color|颜色)\s*([0-9]{1,2})\]", re.IGNORECASE)
_OUTRIGHT = Expression(r"\[#([0-9A-F]{6})\]")
_OWN_WORDS = Expression(r"\[\$([^-\]]*)")
"""`[$元-804]`: words that stand for a currency."""
_LONGEST = 255
"""Characters of a format, the most that Excel takes."""


def sections_of(code: str) -> list[list[str]]:
    """The pieces of each section."""
    sections: list[list[str]] = [[]]
    for piece in _TOKEN.findall(code[:_LONGEST]):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return sections


def section_for_number(sections: Sequence[list[str]], number: Decimal) -> tuple[list[str] | None, bool]:
    """The section for a number, None if there is none, and whether a minus stands before what it shows."""
    conditions = [next(filter(None, map(_CONDITION.fullmatch, section)), None) for section in sections[:2]]
    signed = any(conditions) or len(sections) == 1 or number >= 0
    for place, condition in enumerate(conditions):
        if _holds(condition, number) if condition else _by_sign(place, len(sections), number):
            return sections[place], signed
    if len(sections) == 1:
        return ["General"], True
    return (sections[2] if len(sections) > 2 else None), True


def _holds(condition: re.Match[str], number: Decimal) -> bool:
    return _HOLDS[condition[1]](number, Decimal(condition[2]).scaleb(int(condition[3] or 0)))


def _by_sign(place: int, count: int, number: Decimal) -> bool:
    """What a section without a condition is for: all, figures above 0, figures below 0, the others."""
    if place == 0:
        return count == 1 or number > 0 or (count == 2 and number == 0)
    return count == 2 or number < 0


def section_for_text(sections: Sequence[list[str]]) -> list[str]:
    """The section for a text: the fourth, or a last one with a place for it; else it is shown as it is."""
    if len(sections) > 3:
        return sections[3]
    return sections[-1] if "@" in sections[-1] else ["@"]


def ink_of(section: Sequence[str]) -> str:
    """The colour that a section gives to the text as RRGGBB, "" for none."""
    return next(filter(None, map(_ink, section)), "")


def coloured(code: str, palette: Sequence[str]) -> str:
    """The format with its numbered colours written out, as a workbook with a palette of its own has them."""
    return _NUMBERED.sub(lambda found: f"[#{_at(palette, int(found[1]) + 7)}]", code)


def _at(palette: Sequence[str], place: int) -> str:
    return palette[place] if 8 <= place < len(palette) else ""


def _ink(piece: str) -> str:
    outright = _OUTRIGHT.fullmatch(piece)
    if outright is not None:
        return outright[1]
    numbered = _NUMBERED.fullmatch(piece)
    if numbered is not None:
        return _at(PALETTE, int(numbered[1]) + 7)
    return NAMED.get(piece[1:-1].casefold(), "") if piece.startswith("[") else ""


def visible(section: Sequence[str]) -> Iterator[str]:
    """The pieces without what only steers: colours, locales, conditions, blanks as wide as a character."""
    return filter(None, map(_visible, section))


def _visible(piece: str) -> str:
    if piece.startswith("[") and len(piece) > 1:
        words = _OWN_WORDS.match(piece)
        return f'"{words[1]}"' if words and words[1] else ""
    if piece.startswith("*") and len(piece) > 1:
        return f'"{piece[1]}"' if piece[1].isalnum() else ""  # the cell is filled up with it
    return "" if piece.startswith("_") and len(piece) > 1 else piece


def literal(piece: str) -> str:
    """What is shown of a piece that stands for itself."""
    if piece.startswith('"'):
        return piece.strip('"')
    return piece[1:] if piece.startswith("\\") else piece
