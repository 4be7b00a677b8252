"""The phrase language: how the author of a form writes down a wording to look for.

    phrase      = sequence
    sequence    = { text | "(" choices ")" | "[" choices "]" | "…" | "{n}" | "{d}" }
    choices     = sequence { "|" sequence }

Text stands for itself, whatever its width and whatever blanks stand in it. `(a|b)` is one of them, `[a|b]`
one of them or nothing. `…` is a short gap within a clause without digits. `{n}` is the figure, with its
words of degree, with 共, 共计, 达 or 为 before it, and behind a remark in parentheses; `{d}` are digits that
are not the figure, such as a year.

A phrase is compiled to a regular expression of our own making, when a text first holds one of its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from xlreport.prose.alphabet import fold_words
from xlreport.prose.numerals import NUMBER

_GAP = r"([^0-9，。；：、！？（）\n]{0,14}?)"
_SPECIAL = "()[]|{…"
_ASIDE = r"(?:（[^（）0-9]{0,30}）)?"
_PLACES = {"{n}": _ASIDE + NUMBER, "{d}": "[0-9]+"}


class PhraseError(ValueError):
    """A mistake in a phrase, with its position (0-based offset into the phrase)."""

    def __init__(self, message: str, source: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.position = position

    def with_caret(self) -> str:
        """The message, the phrase and a caret under the position (Chinese characters are two wide)."""
        wide = sum(2 if ord(char) > 0x2E7F else 1 for char in self.source[: self.position])
        return f"{self.message}\n  {self.source}\n  {' ' * wide}^"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a phrase: its regular expression, and words of which one must stand in the text."""

    pattern: str
    needles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Phrase:
    """A parsed phrase; `has_number` if it holds {n}. Only a text with one of the `needles` can match."""

    source: str
    pattern: str
    needles: tuple[str, ...]
    has_number: bool

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled phrase; group `number` and its parts are those of `{n}`, unnamed groups the gaps."""
        return re.compile(self.pattern)

    def may_match(self, text: str) -> bool:
        """False if the text surely does not hold the phrase."""
        for needle in self.needles:  # noqa: SIM110 - asked of every phrase; a generator takes twice as long
            if needle in text:
                return True
        return False


def parse_phrase(source: str) -> Phrase:
    """The phrase of that source. Raises PhraseError."""
    return _Parser(source).phrase()


def any_of(sources: Sequence[str]) -> re.Pattern[str]:
    """One regular expression for several phrases without figures. Raises PhraseError."""
    patterns = "|".join(parse_phrase(source).pattern for source in sources)
    return re.compile(patterns or r"(?!)")


_Sequence: TypeAlias = "list[_Piece]"


class _Parser:
    """Recursive descent: one method per rule of the grammar above."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    def phrase(self) -> Phrase:
        piece = self._sequence()
        if self._at < len(self._source):
            raise self._error(f"“{self._source[self._at]}” has no beginning: take it out")
        if self._source.count("{n}") > 1:
            raise PhraseError("{n} stands more than once", self._source, self._source.rindex("{n}"))
        if not piece.needles:
            raise PhraseError("a phrase needs some text that must be there", self._source, 0)
        return Phrase(self._source, piece.pattern, tuple(sorted(piece.needles)), "{n}" in self._source)

    def _sequence(self) -> _Piece:
        pieces: list[_Piece] = []
        while self._at < len(self._source) and self._source[self._at] not in "|)]":
            pieces.append(self._piece())
        needles = max((piece.needles for piece in pieces), key=_strength, default=frozenset[str]())
        return _Piece("".join(piece.pattern for piece in pieces), needles)

    def _piece(self) -> _Piece:
        char = self._source[self._at]
        if char == "(":
            return self._choices(")")
        if char == "[":
            return _Piece(f"{self._choices(']').pattern}?")
        if char == "…":
            self._at += 1
            return _Piece(_GAP)
        if char == "{":
            return self._place()
        return self._text()

    def _choices(self, close: str) -> _Piece:
        opened = self._at
        choices = []
        while True:
            self._at += 1
            choices.append(self._sequence())
            if self._at == len(self._source) or self._source[self._at] != "|":
                break
        if self._at == len(self._source) or self._source[self._at] != close:
            raise PhraseError(f"this bracket is not closed: add {close}", self._source, opened)
        self._at += 1
        certain = all(choice.needles for choice in choices)
        needles = frozenset().union(*(choice.needles for choice in choices)) if certain else frozenset()
        return _Piece(f"(?:{'|'.join(choice.pattern for choice in choices)})", needles)

    def _place(self) -> _Piece:
        place = self._source[self._at : self._at + 3]
        if place not in _PLACES:
            raise self._error("only {n} and {d} stand in braces")
        self._at += 3
        return _Piece(_PLACES[place])

    def _text(self) -> _Piece:
        start = self._at
        while self._at < len(self._source) and self._source[self._at] not in _SPECIAL:
            self._at += 1
        text = fold_words(self._source[start : self._at])
        return _Piece(re.escape(text), frozenset({text} - {""}))

    def _error(self, message: str) -> PhraseError:
        return PhraseError(message, self._source, self._at)


def _strength(needles: frozenset[str]) -> int:
    """Long words are rare words."""
    return min(map(len, needles), default=0)
