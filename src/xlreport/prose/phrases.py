"""The phrase language: how the author of a form writes down wordings to look for.

    phrase      = sequence
    sequence    = { text | "(" choices ")" | "[" choices "]" | "…" | "{d}" | "{n}" }
    choices     = sequence { "|" sequence }

Text stands for itself, whatever its width and whatever blanks stand in it. `(a|b)` is one of them, `[a|b]`
one of them or nothing. `…` is a short gap within a clause without digits, `{d}` are digits, such as a year,
`{n}` is a number in digits or in Chinese: 60, 六十.

Phrases are compiled to a regular expression of our own making; words, which have no gaps and no digits,
are spelt out one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.alphabet import fold_words

_GAP = "[^0-9，。；：、！？（）\n]{0,14}?"
_NUMBERS = {"{d}": "[0-9]+", "{n}": "(?:[0-9]+|[〇零一二三四五六七八九十百]+)"}
_NUMERALS = "0123456789〇零一二三四五六七八九十百"
_SPECIAL = "()[]|{…"
_MOST_SPELLINGS = 400


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


@frozen
class _Piece:
    """A part of a phrase: its regular expression, and all its spellings; None where they have no end.

    `blank` if nothing at all may stand for it. `begins` are the characters it may begin with, as a class of
    regular expressions has them; None where that may be any.
    """

    pattern: str
    spellings: tuple[str, ...] | None
    blank: bool
    begins: frozenset[str] | None


def any_of(sources: Sequence[str]) -> Expression:
    """One regular expression for several phrases. Raises PhraseError."""
    pieces = [_Parser(source).phrase() for source in sources]
    patterns = "|".join(piece.pattern for piece in pieces)
    begins = _any_begins(pieces)
    if begins:  # where none can begin, none is tried
        patterns = f"(?=[{''.join(sorted(begins))}])(?:{patterns})"
    return Expression(patterns or r"(?!)")


def _any_begins(pieces: Iterable[_Piece]) -> frozenset[str] | None:
    """What any of several pieces may begin with."""
    begins: frozenset[str] = frozenset()
    for piece in pieces:
        if piece.begins is None:
            return None
        begins |= piece.begins
    return begins


@cache
def spelt_out(source: str) -> tuple[str, ...]:
    """Every word that a phrase without gaps stands for, in the alphabet of texts. Raises PhraseError.

    Kept, because a form is searched for mistakes before its words are taken.
    """
    spellings = _Parser(source).phrase().spellings
    if spellings is None:
        raise PhraseError("words have no gaps and no digits: write them out", source, 0)
    return spellings


class _Parser:
    """Recursive descent: one method per rule of the grammar above."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    def phrase(self) -> _Piece:
        piece = self._sequence()
        if self._at < len(self._source):
            raise self._error(f"“{self._source[self._at]}” has no beginning: take it out")
        if piece.blank:
            raise PhraseError("it needs some text that must be there", self._source, 0)
        return piece

    def _sequence(self) -> _Piece:
        pieces: list[_Piece] = []
        while self._at < len(self._source) and self._source[self._at] not in "|)]":
            pieces.append(self._piece())
        return self._joined(pieces)

    def _joined(self, pieces: Sequence[_Piece]) -> _Piece:
        pattern = "".join(piece.pattern for piece in pieces)
        blank = all(piece.blank for piece in pieces)
        first = next((number for number, piece in enumerate(pieces) if not piece.blank), len(pieces))
        begins = _any_begins(pieces[: first + 1])
        spellings: tuple[str, ...] | None = ("",)
        for piece in pieces:
            if spellings is None or piece.spellings is None:
                return _Piece(pattern, None, blank, begins)
            if len(spellings) * len(piece.spellings) > _MOST_SPELLINGS:
                raise PhraseError(
                    f"it stands for more than {_MOST_SPELLINGS} words: divide it", self._source, 0
                )
            spellings = tuple(map("".join, product(spellings, piece.spellings)))
        return _Piece(pattern, spellings, blank, begins)

    def _piece(self) -> _Piece:
        char = self._source[self._at]
        if char == "(":
            return self._choices(")")
        if char == "[":
            piece = self._choices("]")
            spellings = None if piece.spellings is None else (*piece.spellings, "")
            return _Piece(f"{piece.pattern}?", spellings, blank=True, begins=piece.begins)
        if char == "…":
            self._at += 1
            return _Piece(_GAP, None, blank=True, begins=None)
        if char == "{":
            return self._digits()
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
        spellings: list[str] | None = []
        for choice in choices:
            if spellings is not None and choice.spellings is not None:
                spellings.extend(choice.spellings)
            else:
                spellings = None
        pattern = f"(?:{'|'.join(choice.pattern for choice in choices)})"
        blank = any(choice.blank for choice in choices)
        begins = _any_begins(choices)
        return _Piece(pattern, None if spellings is None else tuple(spellings), blank, begins)

    def _digits(self) -> _Piece:
        pattern = _NUMBERS.get(self._source[self._at : self._at + len("{d}")])
        if pattern is None:
            raise self._error("only {d} or {n} stands in braces")
        self._at += len("{d}")
        return _Piece(pattern, None, blank=False, begins=frozenset(_NUMERALS))

    def _text(self) -> _Piece:
        start = self._at
        while self._at < len(self._source) and self._source[self._at] not in _SPECIAL:
            self._at += 1
        text = fold_words(self._source[start : self._at])
        return _Piece(re.escape(text), (text,), not text, frozenset(map(re.escape, text[:1])))

    def _error(self, message: str) -> PhraseError:
        return PhraseError(message, self._source, self._at)
