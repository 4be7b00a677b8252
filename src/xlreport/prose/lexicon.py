"""Words to look for, all in one pass: of those that begin at a place the longest is found.

So 不予公开 is never 公开, and 没有现成信息 denies nothing. One word may have several names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

_Trie: TypeAlias = "dict[str, _Trie]"
_END = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found in a text, by its bounds, with all its names."""

    start: int
    end: int
    names: frozenset[str]


class Lexicon:
    """Words with their names, as they are written in the alphabet of texts."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        every: dict[str, set[str]] = {}
        for name, words in names.items():
            for word in words:
                every.setdefault(word, set()).add(name)
        self._names = {word: frozenset(names) for word, names in every.items()}
        self._pattern = any_word(self._names)

    def hits(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """Every word in that part of a folded text, in order."""
        for match in self._pattern.finditer(text, start, end):
            yield Hit(match.start(), match.end(), self._names[match[0]])


def words_of(listed: str) -> tuple[str, ...]:
    """The words of a list that has blanks between them."""
    return tuple(listed.split())


def any_word(words: Iterable[str]) -> re.Pattern[str]:
    """A regular expression for any of these words, a longer one before a shorter."""
    trie: _Trie = {}
    for word in filter(None, words):
        branch = trie
        for char in word:
            branch = branch.setdefault(char, {})
        branch[_END] = {}
    return re.compile(_expression(trie) if trie else "(?!)")


def _expression(trie: _Trie) -> str:
    longer = [re.escape(char) + _expression(branch) for char, branch in trie.items() if char != _END]
    if not longer:
        return ""
    optional = "?" if _END in trie else ""
    return f"(?:{'|'.join(longer)}){optional}"
