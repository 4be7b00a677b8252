"""How much of two texts is the same: long runs of common characters.

Compared are words alone: punctuation and blanks are left out, every number is one sign, so that a text
copied with new figures and years is still the same. Common are runs of at least `RUN` characters; shorter
ones every two reports on the same matter share. Phrases known as boilerplate count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

RUN = 13
"""Characters: about as long as a clause that two people do not write alike by chance."""
_NUMBERS = re.compile(r"[0-9０-９]+")
_NO_WORDS = re.compile(r"[\W_]+")
_PIECE = re.compile(r"[0-9０-９]+|[^\W_]")
_CLAUSE_ENDS = re.compile(r"[，。；：、！？,;:!?\n]+")
_NUMBER = "0"
_NOT_COUNTED = "\0"


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts have in common: the characters counted in each, boilerplate apart, and how many
    of them stand in common runs."""

    left: int
    right: int
    common_left: int
    common_right: int

    @property
    def of_left(self) -> int:
        """Percent of the left text found in the right one, rounded down."""
        return _percent(self.common_left, self.left)

    @property
    def of_shorter(self) -> int:
        """Percent of the shorter text found in the other one, rounded down; the same either way round."""
        left, right = self.of_left, _percent(self.common_right, self.right)
        if self.left == self.right:
            return max(left, right)
        return left if self.left < self.right else right


def overlap(left: str, right: str, boilerplate: tuple[str, ...] = ()) -> Overlap:
    """What two texts have in common."""
    a, b = _counted(left, boilerplate), _counted(right, boilerplate)
    common = _in_common(a, b), _in_common(b, a)
    return Overlap(len(a) - a.count(_NOT_COUNTED), len(b) - b.count(_NOT_COUNTED), *common)


def common_passages(left: str, right: str, boilerplate: tuple[str, ...] = ()) -> tuple[str, str]:
    """The longest run that two texts have in common, as written in either; empty if there is none."""
    a, b = _counted(left, boilerplate), _counted(right, boilerplate)
    best = max(_runs(a, b), key=lambda run: (run[1] - run[0], -run[0]), default=None)
    if best is None:
        return "", ""
    start, end = best
    at = b.find(a[start:end])
    return _as_written(left, start, end), _as_written(right, at, at + end - start)


def clauses(text: str, least: int) -> frozenset[str]:
    """The clauses of a text, words alone, from `least` characters on: copies share most of theirs."""
    words = (words_only(clause) for clause in _CLAUSE_ENDS.split(text))
    return frozenset(clause for clause in words if len(clause) >= least)


def words_only(text: str) -> str:
    """A text without punctuation and blanks, each number one sign."""
    return _NO_WORDS.sub("", _NUMBERS.sub(_NUMBER, text))


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0


@lru_cache(maxsize=64)
def _phrases(boilerplate: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, map(words_only, boilerplate)), key=len, reverse=True))


def _counted(text: str, boilerplate: tuple[str, ...]) -> str:
    """The words of a text, boilerplate struck out at its full length."""
    words = words_only(text)
    for phrase in _phrases(boilerplate):
        if phrase in words:
            words = words.replace(phrase, _NOT_COUNTED * len(phrase))
    return words


def _in_common(a: str, b: str) -> int:
    """The characters of `a` that stand in runs of `b`."""
    covered, end = 0, 0
    runs = {b[i : i + RUN] for i in range(len(b) - RUN + 1)}
    for i in range(len(a) - RUN + 1):
        run = a[i : i + RUN]
        if run in runs and _NOT_COUNTED not in run:
            covered += i + RUN - max(i, end)
            end = i + RUN
    return covered


def _runs(a: str, b: str) -> Iterator[tuple[int, int]]:
    """Common runs of `a` and `b`, each as long as it goes."""
    i = 0
    while i <= len(a) - RUN:
        run = a[i : i + RUN]
        at = b.find(run) if _NOT_COUNTED not in run else -1
        if at < 0:
            i += 1
            continue
        end = RUN
        while i + end < len(a) and at + end < len(b) and a[i + end] == b[at + end] != _NOT_COUNTED:
            end += 1
        yield i, i + end
        i += end


def _as_written(text: str, start: int, end: int) -> str:
    pieces = [found.span() for found in _PIECE.finditer(text)]
    return text[pieces[start][0] : pieces[end - 1][1]]
