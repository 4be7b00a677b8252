"""One way of writing for matching, and the way back to what was written.

Widths are made equal (１２ and 12, : and ：), blanks and invisible characters vanish, so that a phrase
is found however it was typed; `origin` leads from every character back to its place in the original.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
_SIGNS = dict(zip("％．－−﹣()[]!?;:•", "%.---（）［］！？；：·", strict=True))
_TABLE: dict[int, int | str] = {**_WIDE, **{ord(char): to for char, to in _SIGNS.items()}}
_BLANK = re.compile(r"[^\S\n]|[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_SPACED = re.compile(
    r"(?<![\d.,])(?:\d(?:[ \u3000\xa0]+\d)+|\d{1,3}(?:[ \u3000\xa0]+\d{3})+)(?![\d.,]|[ \u3000\xa0]+\d)"
)
_STOP = re.compile(r"(?<=[\u4e00-\u9fff）”》])\.")
_COMMA = re.compile(r",(?!(?<=\d,)\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is matched. `origin[i]` is the place of its character i in `source`, both from 0."""

    text: str
    origin: Sequence[int]
    source: str

    def quote(self, start: int, end: int) -> str:
        """What was really written there, on one line."""
        return " ".join(self.source[self.origin[start] : self.origin[end - 1] + 1].split())

    def place(self, start: int) -> int:
        """The character's place in the original text, from 0."""
        return self.origin[start]


def fold(source: str) -> Folded:
    """The text for matching; line breaks stay.

    Digits written apart are one number only where that is sure (`1 2 3`, `12 000`); between other
    digits the blank stays and keeps them apart.
    """
    text = _STOP.sub("。", _COMMA.sub("，", source.translate(_TABLE)))
    if _BLANK.search(text) is None:
        return Folded(text, range(len(text)), source)
    joined = {place for match in _SPACED.finditer(text) for place in range(*match.span())}
    kept = [place for place, char in enumerate(text) if not _BLANK.match(char) or _parts(text, place, joined)]
    return Folded("".join(" " if _BLANK.match(text[place]) else text[place] for place in kept), kept, source)


def fold_words(words: str) -> str:
    """A phrase's own text, folded alike."""
    return fold(words).text


def _parts(text: str, place: int, joined: set[int]) -> bool:
    """True for the one blank that keeps two numbers apart."""
    if place in joined or place == 0 or not text[place - 1].isdecimal():
        return False
    return text[place:].lstrip()[:1].isdecimal()
