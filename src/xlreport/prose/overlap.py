"""How much of two texts is the same: long runs of common characters.

Compared are words alone: punctuation and blanks are left out, every number is one sign, so that a text
copied with new figures and years is still the same. Common are runs of at least `RUN` characters; shorter
ones every two reports on the same matter share. Phrases known as boilerplate count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

RUN = 13
"""Characters: about as long as a clause that two people do not write alike by chance."""
_NUMBERS = re.compile(r"[0-9０-９]+")
_NO_WORDS = re.compile(r"[\W_]+")
_PIECE = re.compile(r"[0-9０-９]+|[^\W_]")
_NUMBER = "0"
_NOT_COUNTED = "\0"


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts have in common.

    `left` and `right` are the characters counted in each (boilerplate apart), `common_left` and
    `common_right` how many of them stand in common runs; `passages` is the longest run as it stands in
    either text.
    """

    left: int
    right: int
    common_left: int
    common_right: int
    passages: tuple[str, str] = ("", "")

    @property
    def of_left(self) -> int:
        """Percent of the left text found in the right one, rounded down."""
        return 100 * self.common_left // self.left if self.left else 0

    @property
    def of_shorter(self) -> int:
        """Percent of the shorter text found in the other one, rounded down; the same either way round."""
        if self.left == self.right:
            return max(self.of_left, self.turned.of_left)
        return self.of_left if self.left < self.right else self.turned.of_left

    @property
    def turned(self) -> Overlap:
        """The same seen from the other text."""
        first, second = self.passages
        return Overlap(self.right, self.left, self.common_right, self.common_left, (second, first))


def overlap(left: str, right: str, boilerplate: Iterable[str] = ()) -> Overlap:
    """What two texts have in common."""
    phrases = _phrases(tuple(boilerplate))
    a, b = _counted(left, phrases), _counted(right, phrases)
    covered_a, covered_b = _covered(a, b), _covered(b, a)
    passages = _passages(left, right, a, b, covered_a) if covered_a else ("", "")
    return Overlap(
        len(a) - a.count(_NOT_COUNTED),
        len(b) - b.count(_NOT_COUNTED),
        sum(end - start for start, end in covered_a),
        sum(end - start for start, end in covered_b),
        passages,
    )


def words_only(text: str) -> str:
    """A text without punctuation and blanks, each number one sign."""
    return _NO_WORDS.sub("", _NUMBERS.sub(_NUMBER, text))


@lru_cache(maxsize=64)
def _phrases(boilerplate: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(map(words_only, boilerplate), key=len, reverse=True))


def _counted(text: str, phrases: Iterable[str]) -> str:
    """The words of a text, boilerplate struck out at its full length."""
    words = words_only(text)
    for phrase in phrases:
        if phrase and phrase in words:
            words = words.replace(phrase, _NOT_COUNTED * len(phrase))
    return words


def _covered(a: str, b: str) -> list[tuple[int, int]]:
    """The stretches of `a` made of runs that stand in `b` too."""
    runs = {b[i : i + RUN] for i in range(len(b) - RUN + 1)}
    found: list[tuple[int, int]] = []
    for i in range(len(a) - RUN + 1):
        run = a[i : i + RUN]
        if run in runs and _NOT_COUNTED not in run:
            if found and i <= found[-1][1]:
                found[-1] = (found[-1][0], i + RUN)
            else:
                found.append((i, i + RUN))
    return found


def _passages(left: str, right: str, a: str, b: str, covered: list[tuple[int, int]]) -> tuple[str, str]:
    """The longest common run, as written in both texts."""
    start, end = max(
        ((s, s + _length(a, b, s, e)) for s, e in covered), key=lambda run: (run[1] - run[0], -run[0])
    )
    at = b.find(a[start:end])
    return _as_written(left, start, end), _as_written(right, at, at + end - start)


def _length(a: str, b: str, start: int, end: int) -> int:
    """How far the beginning of a covered stretch is one run of `b`."""
    length = RUN
    while start + length < end and a[start : start + length + 1] in b:
        length += 1
    return length


def _as_written(text: str, start: int, end: int) -> str:
    pieces = [found.span() for found in _PIECE.finditer(text)]
    return text[pieces[start][0] : pieces[end - 1][1]]
