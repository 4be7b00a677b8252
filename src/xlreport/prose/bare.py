"""A text as the publication screen reads it: whatever a number was dressed in is taken off.

Compatibility forms are resolved (NFKC), the digits of every script are 0 to 9, what has no shape of its
own is gone. Marks stay, and line breaks are blanks: they only stand between the digits of a number. Signs
and Chinese characters that are digits (①, 一) stand apart from the digits beside them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cached_property

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.alphabet import is_latin

_DROPPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me")
_IGNORED = Expression(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
"""Default_Ignorable_Code_Point of Unicode, as far as no category says so."""
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
_LIKE_X = "×✕✖хχ"
"""What is typed for the last X of an identity number."""
_CHINESE = dict(zip("〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖", "000123456789123456789", strict=True))


class _Alphabet(dict[int, str]):
    """What stands for each character, made when that is first met: none, one or several characters."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(char: str) -> str:
    if char in _BLANKS:
        return " "
    if char in _CHINESE:
        return f" {_CHINESE[char]} "
    category = unicodedata.category(char)
    if category in _DROPPED or _IGNORED.match(char):
        return ""
    plain = "".join(map(_digit, unicodedata.normalize("NFKC", char))).lower()
    if plain in _LIKE_X:
        return "x"
    return f" {plain} " if category in ("No", "So") and any(map(str.isdecimal, plain)) else plain


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char


_ALPHABET = _Alphabet()


@frozen(slots=False)
class Bare:
    """A text without its dress, and the way back to it."""

    source: str
    text: str

    @cached_property
    def places(self) -> Sequence[int]:
        """The place in the source of each character."""
        return [place for place, char in enumerate(self.source) for _ in _ALPHABET[ord(char)]]

    def signs(self, start: int, end: int) -> list[int]:
        """The places in the source between two places there that have letters or digits."""
        found = ((place, _ALPHABET[ord(self.source[place])]) for place in range(start, end))
        return [place for place, plain in found if any(map(is_latin, plain))]


def bare(source: str) -> Bare:
    """The text as the screen reads it."""
    return Bare(source, source.translate(_ALPHABET))
