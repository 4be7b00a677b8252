"""Words to look for, all in one pass: of those that begin at a place the longest is found.

So 不予公开 is never 公开, and 没有现成信息 denies nothing. One word may have several names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from xlreport.expression import Expression
from xlreport.frozen import frozen


@frozen
class Hit:
    """A word found in a text, by its bounds, with all its names."""

    start: int
    end: int
    names: frozenset[str]


_BEGINNING = 2
"""Characters by which the words that may stand at a place are looked up."""


class Lexicon:
    """Words with their names, as they are written in the alphabet of texts.

    Only their first characters are a regular expression: one of two thousand words takes longer to compile
    than many returns to read. They are put in order when the first is looked for: many lists are never asked.
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._words = names

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        """The names of each word."""
        names: dict[str, tuple[str, ...]] = {}
        for name, words in self._words.items():
            alone = (name,)
            for word in filter(None, words):
                known = names.setdefault(word, alone)
                if known is not alone:
                    names[word] = known + alone
        return names

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[int, ...]]:
        """How long the words are that may stand where a text begins so, the longest first."""
        lengths: dict[str, dict[int, None]] = {}
        for word in sorted(self._names, key=len, reverse=True):
            lengths.setdefault(word[:_BEGINNING], {})[len(word)] = None
        return {first: (*known, *self._alone) if len(first) > 1 else (1,) for first, known in lengths.items()}

    @cached_property
    def _alone(self) -> tuple[int, ...]:
        """The length of words of one character, if there is any."""
        return (1,) if min(map(len, self._names), default=0) == 1 else ()

    @cached_property
    def _first(self) -> Expression:
        """What a word may begin with."""
        seconds = "" if self._alone else f"(?={_any_of(first[1] for first in self._lengths)})"
        return Expression(f"{_any_of(first[0] for first in self._lengths)}{seconds}")

    def hits(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """Every word in that part of a folded text, in order."""
        at = start
        for first in self._first.finditer(text, start, end):
            place = first.start()
            if place < at:
                continue
            for length in self._lengths.get(text[place : place + _BEGINNING], self._alone):
                names = self._names.get(text[place : place + length])
                if names is not None and place + length <= end:
                    at = place + length
                    yield Hit(place, at, frozenset(names))
                    break

    def may_be_in(self, text: str) -> bool:
        """False if there surely is none of the words in a folded text."""
        return self._first.search(text) is not None

    def without(self, text: str) -> str:
        """What is left of a text when its words are taken out."""
        kept, at = [], 0
        for hit in self.hits(text, 0, len(text)):
            kept.append(text[at : hit.start])
            at = hit.end
        return "".join((*kept, text[at:]))


def _any_of(chars: Iterable[str]) -> str:
    """A regular expression for one of these, in order, so that the next start finds it compiled."""
    every = "".join(sorted(set(chars)))
    return f"[{re.escape(every)}]" if every else "(?!)"


class WordSet:
    """Words of which a whole text may be made, however it is cut: 申请件数 is 申请 件数.

    In time that grows with the text alone; a regular expression would try every way to cut it.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in filter(None, words):
            self._by_first.setdefault(word[0], []).append(word)

    def makes(self, text: str) -> bool:
        """True if the text is some of these words and nothing else; an empty text is."""
        begins, farthest = {0}, 0
        for at, char in enumerate(text):
            if at in begins:
                ends = [at + len(word) for word in self._by_first.get(char, ()) if text.startswith(word, at)]
                begins.update(ends)
                farthest = max(farthest, at, *ends)
            elif at > farthest:
                return False
        return len(text) in begins


def words_of(listed: str) -> tuple[str, ...]:
    """The words of a list that has blanks between them."""
    return tuple(listed.split())
