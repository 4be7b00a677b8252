"""Texts under one spelling: one width of letters, digits and marks, and no blanks when searched."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from xlreport.prose.spot import Spot

_BLANKS = " \t\u3000\u00a0"
_WIDTHS = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
"""Full-width characters to those of ASCII."""
_ALIKE = {
    **dict.fromkeys(map(ord, "〔［【"), "["),
    **dict.fromkeys(map(ord, "〕］】"), "]"),
    **dict.fromkeys(map(ord, "－–—‐−"), "-"),
    **dict.fromkeys(map(ord, _BLANKS), " "),
}
_TABLE = _WIDTHS | _ALIKE


@lru_cache(maxsize=2048)
def folded(text: str) -> str:
    """The text under one spelling, of the same length: a place in it is a place in the original."""
    return text.translate(_TABLE)


@lru_cache(maxsize=2048)
def _squeezed(text: str) -> str:
    return folded(text).replace(" ", "")


class Searchable:
    """A text in which words are found whatever their width and the blanks between them."""

    def __init__(self, text: str) -> None:
        self._original = text
        self._even = folded(text)
        self.squeezed = _squeezed(text)
        self._places: list[int] | None = None

    def find(self, words: str) -> Iterator[Spot]:
        """Every place where `words` stand; Latin letters and digits only as a word of their own."""
        wanted = _squeezed(words)
        at = self.squeezed.find(wanted) if wanted else -1
        while at >= 0:
            if self._alone(wanted, at):
                yield self._spot(at, at + len(wanted))
            at = self.squeezed.find(wanted, at + len(wanted))

    def _alone(self, wanted: str, at: int) -> bool:
        before, after = self.squeezed[at - 1 : at], self.squeezed[at + len(wanted) :][:1]
        return not (_latin(wanted[0]) and _latin(before)) and not (_latin(wanted[-1]) and _latin(after))

    def _spot(self, start: int, end: int) -> Spot:
        if len(self.squeezed) == len(self._original):
            return Spot(start, self._original[start:end])
        if self._places is None:
            self._places = [place for place, char in enumerate(self._even) if char != " "]
        first = self._places[start]
        return Spot(first, self._original[first : self._places[end - 1] + 1])


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
