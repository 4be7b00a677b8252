"""A unit: the office that reports, the names it goes by, and what counts as the same one.

There is one rule, whoever asks: the search for last year's return, a return sent twice, a text copied from
another unit, the cover against the stamp, a unit's own name in its texts.

A name is compared as people read it: without blanks, in one width, whatever the case of letters, and without
what nobody sees (characters of zero width, marks of direction, variants of one glyph). Every other character
counts: 水务局2023 is another unit than 水务局. A code is compared likewise.

Units are the same if they have a name in common, be it an alias (a former or a short name) of either. A code
proves nothing by itself: people copy a neighbour's, and codes are assigned anew. It only tells units of one
name apart, and finds what a declared change has to confirm. What people write where they have no code (无, /,
000000) is none. What has no name is nobody.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Generic, TypeAlias, TypeVar

from xlreport.expression import Expression
from xlreport.frozen import frozen

T = TypeVar("T")

_UNSEEN = ("Cc", "Cf", "Cs")
"""Control and format characters, and broken halves of characters."""
_NO_CODES = frozenset(
    {
        "无",
        "没有",
        "暂无",
        "无代码",
        "暂无代码",
        "没有代码",
        "不详",
        "未知",
        "未分配",
        "待定",
        "待分配",
        "待补",
        "略",
        "同上",
    }
    | {"空", "机关代码", "单位代码", "na", "no", "nil", "none", "null", "nan", "undefined", "tbd"}
    | {"x", "xx", "xxx", "xxxx"}
)
"""What people write where they have no code, without signs; signs and zeros alone are none either."""
_PLAIN = Expression("[!-~\u4e00-\u9fff]*")
"""Names and codes that are compared as they are written, but for capitals: nearly all of them."""
_VARIANTS = ("VARIATION SELECTOR", "COMBINING GRAPHEME JOINER")
"""Marks that choose a glyph or nothing at all, by the beginning of their names."""


@frozen
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
        return not _keys(self.names).isdisjoint(_keys(other.names))


@lru_cache(maxsize=2**14)
def key(name: str) -> str:
    """What tells two names, or two codes, apart; "" for a blank. Equal for two names of one unit."""
    if _PLAIN.fullmatch(name) is not None:
        small = name.lower()
        return name if small == name else small
    folded = unicodedata.normalize("NFKC", name).casefold()
    seen = "".join("".join(filter(_is_seen, folded)).split())
    return unicodedata.normalize("NFKC", seen)


def is_code(text: str) -> bool:
    """True for what can be a code; blanks and what stands for having none are no codes."""
    written = "".join(filter(str.isalnum, key(text)))
    return written.strip("0") != "" and written not in _NO_CODES


def _keys(names: Iterable[str]) -> set[str]:
    return {key(name) for name in names} - {""}


def _is_seen(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Mn":
        return not unicodedata.name(char, "").startswith(_VARIANTS)
    return char.isspace() or category not in _UNSEEN


class Directory(Generic[T]):
    """What belongs to units, to be found by a code or by a name."""

    def __init__(self, things: Iterable[tuple[Unit, T]]) -> None:
        self._by_code: dict[str, list[T]] = defaultdict(list)
        self._by_name: dict[str, list[T]] = defaultdict(list)
        for unit, thing in things:
            if is_code(unit.code):
                self._by_code[key(unit.code)].append(thing)
            for name in _keys(unit.names):
                self._by_name[name].append(thing)

    def named(self, name: str) -> list[T]:
        """What belongs to the units of that name; nothing for a blank."""
        return self._by_name.get(key(name)) or []

    def coded(self, code: str) -> list[T]:
        """What belongs to the units of that code; nothing for what is no code."""
        return (self._by_code.get(key(code)) or []) if is_code(code) else []

    def called(self, text: str) -> list[T]:
        """What belongs to the units that somebody calls so: by name, else by code."""
        return self.named(text) or self.coded(text)

    def nearly_named(self, name: str) -> list[T]:
        """What belongs to the units whose names differ from that one in a single character."""
        wanted = key(name)
        places = {place for half in _halves_near(wanted) for place in self._by_half.get(half, ())}
        near = (other for _, other in sorted(places) if _near(wanted, other))
        return [thing for other in near for thing in self._by_name[other]]

    @cached_property
    def _by_half(self) -> dict[_Half, list[tuple[int, str]]]:
        """The names by each of their halves, of which a single slip leaves one as it was."""
        found: dict[_Half, list[tuple[int, str]]] = defaultdict(list)
        for number, name in enumerate(self._by_name):
            for half in _halves(name, len(name)):
                found[half].append((number, name))
        return found


_Half: TypeAlias = tuple[int, bool, str]
"""Half of a name: how long the name is, whether it is the first half, and the half itself."""


def _halves(name: str, length: int) -> tuple[_Half, _Half]:
    """What are the halves of a name, if it is to be one of that length."""
    middle = length // 2
    return (length, True, name[:middle]), (length, False, name[len(name) - (length - middle) :])


def _halves_near(name: str) -> Iterator[_Half]:
    """The halves that names with one slip may have."""
    for length in (len(name) - 1, len(name), len(name) + 1):
        yield from _halves(name, length)


_LEAST_NEAR = 4
"""Characters of a name from which on one that differs is taken for a slip."""


def _near(one: str, other: str) -> bool:
    """True for two names that a single character put in, left out or exchanged makes the same."""
    short, long = sorted((one, other), key=len)
    if one == other or len(long) - len(short) > 1 or len(short) < _LEAST_NEAR:
        return False
    same = next(
        (at for at, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short)
    )
    rest = same + 1 if len(short) == len(long) else same
    return short[rest:] == long[same + 1 :]
