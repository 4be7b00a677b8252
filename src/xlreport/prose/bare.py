"""A text as the publication screen reads it: whatever a number was dressed in is taken off.

Compatibility forms are resolved (NFKC), the digits of every script are 0 to 9, what has no shape of its
own is gone. Marks stay, and line breaks are blanks: they only stand between the digits of a number. Signs
and Chinese characters that are digits (①, 一) stand apart from the digits beside them. In a row of digits
as long as a number of a person, letters and rings that look like digits are digits: 1380O138OOO. Markup that
was copied along (<br>, &nbsp;) is a blank, and so are letters that look like a bar: 138丨0013丨8000.
"""

from __future__ import annotations

import re
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
_LIKE_BAR = "丨ǀ"
_CHINESE = dict(zip("〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖", "000123456789123456789", strict=True))


_LIKE_DIGITS = str.maketrans("oOоОοΟ〇○◯lI", "00000000011")
_MIXED = Expression("[0-9０-９][oOоОοΟ〇○◯lI]|[lI][3-9]")
_ROW = Expression("(?<![0-9０-９A-Za-z〇○])[0-9０-９oOоОοΟ〇○◯lI]{10,19}+[xX]?(?![0-9０-９A-Za-z〇○])")
_MARKUP = Expression("<[A-Za-z/][^<>0-9]{0,80}>|&(?:[A-Za-z]{2,8}|#[0-9]{1,5}|#x[0-9A-Fa-f]{1,5});")
"""A tag without figures in it, or the name of a character."""
_NO_SHAPE = "\u200b"
_LENGTHS = frozenset((11, 16, 17, 18, 19))
_FEWEST = 6
"""Digits proper in such a row."""


class _Alphabet(dict[int, str]):
    """What stands for each character, made when that is first met: none, one or several characters."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(char: str) -> str:
    if char in _BLANKS:
        return " "
    if char in _LIKE_BAR:
        return "|"
    if char in _CHINESE:
        return f" {_CHINESE[char]} "
    category = unicodedata.category(char)
    if category in ("No", "So") and (digit := unicodedata.digit(char, None)) is not None:
        return f" {digit} "
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


_SIGNS = "0-9０-９oOоОοΟ〇○◯lI零一二三四五六七八九壹贰叁肆伍陆柒捌玖"
"""What one digit may be made of, but for signs of other kinds."""
_MANY_SIGNS = Expression(f"[{_SIGNS}](?:[^{_SIGNS}]*+[{_SIGNS}]){{10}}")
_OTHER_SIGNS = Expression("[^\0-\x7f\u2010-\u203f\u3000-\u303f\u3400-\u9fff\uff00-\uff5e·×]")
"""Characters that may be several digits each: none of plain text."""


def may_hold_eleven_digits(source: str) -> bool:
    """False if a text surely has fewer once it is bare: nearly every one."""
    return _MANY_SIGNS.search(source) is not None or _OTHER_SIGNS.search(source) is not None


def bare(source: str) -> Bare:
    """The text as the screen reads it."""
    if _MIXED.search(source) is not None:
        source = _ROW.sub(_in_digits, source)
    if "<" in source or "&" in source:
        source = _MARKUP.sub(lambda found: " ".ljust(len(found[0]), _NO_SHAPE), source)
    return Bare(source, source.translate(_ALPHABET))


def _in_digits(row: re.Match[str]) -> str:
    """A row of digits and what looks like them, as long as before."""
    is_number = len(row[0]) in _LENGTHS and sum(map(str.isdecimal, row[0])) >= _FEWEST
    return row[0].translate(_LIKE_DIGITS) if is_number else row[0]
