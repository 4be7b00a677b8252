"""A unit: the office that reports, the names it goes by, and what counts as the same one.

There is one rule, whoever asks: the search for last year's return, a return sent twice, a text copied from
another unit, the cover against the stamp, a unit's own name in its texts.

A name is compared as people read it: without blanks, in one width, whatever the case of letters, and without
what nobody sees (characters of zero width, marks of direction, variants of one glyph). Every other character
counts: 水务局2023 is another unit than 水务局. A code is compared likewise.

Units are the same if they have a code in common, or a name, be it an alias (a former or a short name) of
either. Two codes that differ prove nothing, as codes are assigned anew. Where things of several units are
searched, a code goes before a name. What has neither code nor name is nobody.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

_UNSEEN = ("Cc", "Cf", "Cs")
"""Control and format characters, and broken halves of characters."""
_VARIANTS = ("VARIATION SELECTOR", "COMBINING GRAPHEME JOINER")
"""Marks that choose a glyph or nothing at all, by the beginning of their names."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An office by its name, its code, and the other names it goes by."""

    name: str
    code: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the full one first."""
        return (self.name, *self.aliases)

    def same(self, other: Unit) -> bool:
        """True if both are one unit."""
        if key(self.code) and key(self.code) == key(other.code):
            return True
        return not _keys(self.names).isdisjoint(_keys(other.names))


@lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """What tells two names, or two codes, apart; "" for a blank. Equal for two names of one unit."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    seen = "".join("".join(filter(_is_seen, folded)).split())
    return unicodedata.normalize("NFKC", seen)


def _keys(names: Iterable[str]) -> set[str]:
    return {key(name) for name in names} - {""}


def _is_seen(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Mn":
        return not unicodedata.name(char, "").startswith(_VARIANTS)
    return char.isspace() or category not in _UNSEEN


class Directory(Generic[T]):
    """What belongs to units, to be found by a code or a name."""

    def __init__(self, things: Iterable[tuple[Unit, T]]) -> None:
        self._by_code: dict[str, list[T]] = defaultdict(list)
        self._by_name: dict[str, list[T]] = defaultdict(list)
        for unit, thing in things:
            for code in _keys([unit.code]):
                self._by_code[code].append(thing)
            for name in _keys(unit.names):
                self._by_name[name].append(thing)

    def called(self, text: str) -> list[T]:
        """What belongs to the unit of that code, else to the units of that name; nothing for a blank."""
        wanted = key(text)
        return self._by_code.get(wanted) or self._by_name.get(wanted) or []
