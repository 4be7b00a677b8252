"""A unit whose return two offices have handed up: it would be in the sum of the level above twice.

Units of several offices may have one name, such as 民政局. It is one unit if both returns are the same
file, if both have one code, or if its name is a full one: it begins as the name of one of the offices does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlreport.frozen import frozen
from xlreport.unit import is_code, key

_BEGINNING = 2
"""Characters of a place's name that tell it from most others."""


@frozen
class Held:
    """A return that counts: whose it is, of which content, and by which line of the list it came.

    `office` is the one that handed it up, "" for one that came by itself.
    """

    line: str
    office: str
    name: str
    code: str
    content: str

    @property
    def where(self) -> str:
        """Where it is, in words that follow the unit's name."""
        return f"在{self.office}的上报包里也有" if self.office else "也单独报来了一份"


def is_one(one: Held, other: Held) -> bool:
    """True if both are returns of one unit."""
    if one.content == other.content:
        return True
    codes = {key(held.code) for held in (one, other) if is_code(held.code)}
    if key(one.name) != key(other.name) or len(codes) > 1:
        return False
    return (is_code(one.code) and is_code(other.code)) or _is_full(one) or _is_full(other)


def _is_full(held: Held) -> bool:
    """True for a name that begins as the name of its office does."""
    return bool(held.office) and key(held.name)[:_BEGINNING] == key(held.office)[:_BEGINNING]


def doubles(held: Iterable[Held]) -> Mapping[str, Sequence[tuple[Held, Held]]]:
    """By the line by which they came: returns of units that came by another line too, each with that one."""
    each_held = list(held)
    full = {key(each.name) for each in each_held if _is_full(each)}
    alike: dict[tuple[str, ...], list[Held]] = defaultdict(list)
    for each in each_held:
        alike["content", each.content].append(each)
        if is_code(each.code):
            alike["code", key(each.code), key(each.name)].append(each)
        if key(each.name) in full:
            alike["name", key(each.name)].append(each)
    found: dict[str, dict[Held, Held]] = defaultdict(dict)
    for several in alike.values():
        for one, other in _pairs(several):
            found[one.line].setdefault(one, other)
    return {line: list(pairs.items()) for line, pairs in found.items()}


def _pairs(several: Sequence[Held]) -> Iterator[tuple[Held, Held]]:
    for one in several if len(several) > 1 else ():
        other = next((o for o in several if o.line != one.line and is_one(one, o)), None)
        if other is not None:
            yield one, other
