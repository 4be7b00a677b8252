"""How much of two texts is the same: long runs of common characters.

Compared are words alone: punctuation and blanks are left out, every number is one sign, so that a text
copied with new figures and years is still the same. Common are runs of at least `RUN` characters; shorter
ones every two reports on the same matter share. Phrases known as boilerplate count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.alphabet import Folded
from xlreport.prose.letters import letters_of
from xlreport.prose.passage import Passage
from xlreport.prose.sentences import ITEM, pieces

RUN = 13
"""Characters: about as long as a clause that two people do not write alike by chance."""
_NUMBERS = Expression(r"[0-9]+")
_SIGN = Expression(r"[0-9]+|[^\W_]")
_NUMBER = "0"
_NOT_COUNTED = "\0"


@frozen
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


def overlap(left: Folded, right: Folded, boilerplate: tuple[str, ...] = ()) -> Overlap:
    """What two texts have in common."""
    a, b = _counted(left, boilerplate), _counted(right, boilerplate)
    common = _in_common(a, b), _in_common(b, a)
    return Overlap(len(a) - a.count(_NOT_COUNTED), len(b) - b.count(_NOT_COUNTED), *common)


def common_passages(
    left: Folded, right: Folded, boilerplate: tuple[str, ...] = ()
) -> tuple[Passage, Passage] | None:
    """The longest run that two texts have in common, where it stands in either; None if there is none."""
    a, b = _counted(left, boilerplate), _counted(right, boilerplate)
    best = max(_runs(a, b), key=lambda run: (run[1] - run[0], -run[0]), default=None)
    if best is None:
        return None
    start, end = best
    at = b.find(a[start:end])
    return _passage(left, start, end), _passage(right, at, at + end - start)


def clauses(folded: Folded, least: int) -> frozenset[str]:
    """The clauses of a text, words alone, from `least` characters on: copies share most of theirs."""
    text = folded.text
    words = (_words_only(text[start:end]) for start, end in pieces(text, ITEM))
    return frozenset(clause for clause in words if len(clause) >= least)


def _words_only(text: str) -> str:
    """A folded text without punctuation and blanks, each number one sign."""
    return letters_of(_NUMBERS.sub(_NUMBER, text))


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0


@lru_cache(maxsize=64)
def _phrases(boilerplate: tuple[str, ...]) -> tuple[str, ...]:
    words = (_words_only(phrase) for phrase in boilerplate)
    return tuple(sorted(filter(None, words), key=len, reverse=True))


def _counted(folded: Folded, boilerplate: tuple[str, ...]) -> str:
    """The words of a text, boilerplate struck out at its full length."""
    words = _words_only(folded.text)
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
    first = {b[at : at + RUN]: at for at in range(len(b) - RUN, -1, -1)}
    i = 0
    while i <= len(a) - RUN:
        run = a[i : i + RUN]
        at = first.get(run, -1) if _NOT_COUNTED not in run else -1
        if at < 0:
            i += 1
            continue
        end = RUN
        while i + end < len(a) and at + end < len(b) and a[i + end] == b[at + end] != _NOT_COUNTED:
            end += 1
        yield i, i + end
        i += end


def _passage(folded: Folded, start: int, end: int) -> Passage:
    """Where the signs of a run stand in the text."""
    signs = [found.span() for found in _SIGN.finditer(folded.text)]
    return Passage(signs[start][0], signs[end - 1][1])
