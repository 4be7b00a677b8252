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


class Vocabulary:
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
