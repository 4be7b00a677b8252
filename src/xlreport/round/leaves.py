"""Returns that came in bundles: each goes with its bundle, and counts where that one counts.

A unit that the list has too has its return there; any other is shown below the office that handed it up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from xlreport.round.arrival import Arrival
from xlreport.round.file import Fate, File, Handed
from xlreport.round.fold import Fold
from xlreport.unit import key


class Leaves:
    """By the names of lines: `of_units` are returns that may count for a unit of the list, `stale` those that
    do not, `of_offices` the returns of other units below an office. `waiting` are those of nobody yet.
    """

    def __init__(
        self,
        leaves: Sequence[Arrival],
        fold: Fold,
        counting: Mapping[str, File],
        bundles: Sequence[Arrival],
        times: Mapping[int, datetime],
    ) -> None:
        """`bundles` are the bundles themselves, `counting` what counts of each line's own files."""
        self.of_units: dict[str, list[Arrival]] = defaultdict(list)
        self.stale: dict[str, list[File]] = defaultdict(list)
        self.of_offices: dict[str, list[File]] = defaultdict(list)
        self.waiting: list[File] = []
        self._fold, self._times = fold, times
        self._owners = {_handed(a).id: line.name for a in bundles if (line := fold.line_of(a)) is not None}
        self._undecided = {_handed(a).id for a in bundles if a.fate is Fate.WAITING} - self._owners.keys()
        self._current = self._ones_that_count(leaves, counting)
        for arrival in leaves:
            self._sort(arrival)

    def _ones_that_count(
        self, leaves: Sequence[Arrival], counting: Mapping[str, File]
    ) -> Mapping[str, Handed]:
        """The bundle of each office: the one that counts; of an office without a line the latest."""
        found = {name: file.handed for name, file in counting.items() if file.handed is not None}
        for handed in sorted(map(_handed, leaves), key=lambda handed: handed.rank):
            if handed.id not in self._owners and handed.id not in self._undecided:
                found[key(handed.office)] = handed
        return found

    def _sort(self, arrival: Arrival) -> None:
        handed = _handed(arrival)
        line, owner = self._fold.leaf_line(handed), self._owners.get(handed.id)
        current = self._current.get(owner or key(handed.office))
        if handed.id in self._undecided:
            self.waiting.append(arrival.as_file(self._times, Fate.WAITING, "随它所在的上报包待决定"))
        elif current is None or current.id != handed.id:
            file = arrival.as_file(self._times, Fate.SUPERSEDED, _instead(handed, current))
            self._not_counting(file, line.name if line is not None else None, owner)
        elif line is not None and owner is None:  # of an office that is no unit here: like any other return
            self.of_units[line.name].append(replace(arrival, handed=None))
        elif line is not None:
            self.of_units[line.name].append(arrival)
        elif owner is not None:
            self.of_offices[owner].append(self._counting(arrival))
        else:
            why = f"“{handed.leaf}”不在名单里"
            self.waiting.append(arrival.as_file(self._times, Fate.UNKNOWN_UNIT, why))

    def _not_counting(self, file: File, unit: str | None, owner: str | None) -> None:
        if unit is not None:
            self.stale[unit].append(file)
        elif owner is not None:
            self.of_offices[owner].append(file)
        else:
            self.waiting.append(file)

    def _counting(self, arrival: Arrival) -> File:
        """A return that counts in its office's sum."""
        if not arrival.readable:
            return arrival.as_file(self._times, Fate.UNREADABLE, arrival.why)
        return arrival.as_file(self._times, Fate.COUNTS, arrival.why, counts=True, accepted=arrival.good)


def _instead(handed: Handed, current: Handed | None) -> str:
    """Why a return in a bundle does not count."""
    where = f"在第 {handed.number} 号上报包里"
    if current is None:
        return f"{where}，这一包没有计入"
    return f"{where}，以{handed.other(current).replace('同一号的', '同一号的另一包')}为准"


def _handed(arrival: Arrival) -> Handed:
    assert arrival.handed is not None
    return arrival.handed
