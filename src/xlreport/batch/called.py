"""Which unit of a list the name of a file means: by a name of the unit, or by what is short for it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from xlreport.roster.line import ListedUnit, Roster
from xlreport.unit import key

_SHORTEST = 3
"""Characters of a name that is searched for in the name of a file."""
_PLACE = re.compile("[^省市县区旗州盟]{1,8}?(?:自治[县区州旗]|[省市县区旗州盟])")
_SHORT = re.compile("(?=([一-龥]{2,5}[局委办]))")
_BEHIND = 3
"""The end of a name that the last character of a short one stands in: 委员会, 办公室."""
_TOWN = re.compile("(.+(?:[镇乡]|街道|苏木))(?:人民政府|办事处)")
_TOWN_ENDS = re.compile("[镇乡]|街道|苏木")
_LONGEST_TOWN = 10
_OF_THE_TOWN = re.compile("(?:人民)?政府|办(?:事处)?")
_BELOW = re.compile("[局委办所站院校园学队会村社]|中心")
"""Of a body in a town, not of the town itself: 青禾镇卫生院."""


class Called:
    """The units of a list by what files are called."""

    def __init__(self, roster: Roster) -> None:
        self._names = _names(roster)
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)
        self._holding: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            for char in set(name):
                self._holding[char].append(name)
        self._towns = _towns(self._names)

    def named(self, file: str) -> ListedUnit | None:
        """The unit whose name stands in the name of a file, the longest first."""
        text = _text(file)
        parts = (text[at : at + size] for size in self._lengths for at in range(len(text) - size + 1))
        return next((self._names[part] for part in parts if part in self._names), None)

    def meant(self, file: str) -> ListedUnit | None:
        """The same, else the only unit that a word in it is short for: 人社局 for 人力资源和社会保障局,
        青禾镇 for 青禾镇人民政府.
        """
        return self.named(file) or self._shortly(_text(file)) or self._town(_text(file))

    def _shortly(self, text: str) -> ListedUnit | None:
        words = (found[1][at:] for found in _SHORT.finditer(text) for at in range(len(found[1])))
        meant = (self._short_for(word) for word in words if len(word) >= _SHORTEST)
        return next((lines[0] for lines in meant if len(lines) == 1), None)

    def _town(self, text: str) -> ListedUnit | None:
        """The town, township or street whose name stands in the text, and no body of it."""
        for end in (found.end() for found in _TOWN_ENDS.finditer(text)):
            behind = text[end:]
            own = _OF_THE_TOWN.match(behind)
            if _BELOW.search(behind[own.end() :] if own is not None else behind):
                continue
            for start in range(max(0, end - _LONGEST_TOWN), end):
                if (line := self._towns.get(text[start:end])) is not None:
                    return line
        return None

    def _short_for(self, word: str) -> Sequence[ListedUnit]:
        fewest = min((self._holding.get(char, []) for char in word), key=len)
        names = (name for name in fewest if name[0] == word[0] and _is_short_for(word, name))
        return [*{line.row: line for line in map(self._names.__getitem__, names)}.values()]


def _text(file: str) -> str:
    return key(PurePosixPath(file).name)


def _is_short_for(short: str, name: str) -> bool:
    """True if the name ends as the short one does, and has all its characters in that order."""
    rest = iter(name)
    return short[-1] in name[-_BEHIND:] and all(char in rest for char in short)


def _names(roster: Roster) -> dict[str, ListedUnit]:
    """The units by their names, and by what is left without the place that most names begin with.

    Files are called 林业局年报, not 岚溪县林业局年报. A shorter name of two units is nobody's.
    """
    names = [(key(name), line) for line in roster for name in line.unit.names]
    starts = Counter(found[0] for name, _ in names if (found := _PLACE.match(name)) is not None)
    place = max(starts, key=lambda start: (starts[start], start), default="")
    short = [(name.removeprefix(place), line) for name, line in names]
    shared = Counter(name for name, _ in {(name, line.row) for name, line in short})
    known = {name: line for name, line in short if shared[name] == 1} | dict(names)
    return {name: line for name, line in known.items() if len(name) >= _SHORTEST}


def _towns(names: Mapping[str, ListedUnit]) -> dict[str, ListedUnit]:
    """The units that govern a town, by what the town is called; what two are called is nobody's."""
    found = [(town[1], line) for name, line in names.items() if (town := _TOWN.fullmatch(name)) is not None]
    shared = Counter(name for name, _ in {(name, line.row) for name, line in found})
    return {name: line for name, line in found if shared[name] == 1 and len(name) >= _SHORTEST}
