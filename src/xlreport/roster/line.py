"""The list of units as values: a line for each unit, and how lines are found and hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from xlreport.frozen import frozen
from xlreport.unit import Directory, Unit, key


@frozen
class ListedUnit:
    """A unit of the list. `row` is its row in the file, as people count; what is blank is "" or None.

    `level`, `type` and `scope` are codes of the form's options. `parent` and `merged_into` are names or
    codes as written.
    """

    row: int
    unit: Unit
    short: str = ""
    former: tuple[str, ...] = ()
    parent: str = ""
    level: str = ""
    type: str = ""
    scope: str = ""
    contact: str = ""
    emails: tuple[str, ...] = ()
    phone: str = ""
    due: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    merged_into: str = ""
    exempt: str = ""

    @property
    def name(self) -> str:
        """The unit's full name."""
        return self.unit.name

    def reports_on(self, year: int) -> bool:
        """True if it was there when the year ended and was not merged into another: then it reports."""
        last_day = date(year, 12, 31)
        began = self.valid_from is None or self.valid_from <= last_day
        ended = self.valid_to is not None and self.valid_to < last_day
        return began and not ended and not self.merged_into

    def excused(self, year: int) -> str:
        """Why the unit has nothing to report on the year, in words; "" where it has to."""
        if self.exempt:
            return f"免报（{self.exempt}）"
        if self.merged_into:
            return f"已并入{self.merged_into}"
        return "" if self.reports_on(year) else f"{year} 年末不在有效期内"

    def overlaps(self, other: ListedUnit) -> bool:
        """True if there is a day on which both are valid."""
        return self._begins_before_end_of(other) and other._begins_before_end_of(self)

    def _begins_before_end_of(self, other: ListedUnit) -> bool:
        return self.valid_from is None or other.valid_to is None or self.valid_from <= other.valid_to


@dataclass(frozen=True)
class Roster:
    """The lines in the order of the file. `office` is the one that collects: the root of the tree."""

    lines: tuple[ListedUnit, ...]
    office: str = ""

    def __iter__(self) -> Iterator[ListedUnit]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def called(self, text: str) -> list[ListedUnit]:
        """The lines of that code, else of that name or alias; one in a list without mistakes, or none."""
        return self._directory.called(text)

    def named(self, name: str) -> list[ListedUnit]:
        """The lines of that name or alias."""
        return self._directory.named(name)

    def coded(self, code: str) -> list[ListedUnit]:
        """The lines of that code; none for what is no code."""
        return self._directory.coded(code)

    def line(self, text: str) -> ListedUnit | None:
        """The one line of that code, name or alias; None where there is none, or more than one."""
        found = self.called(text)
        return found[0] if len(found) == 1 else None

    def with_address(self, email: str) -> list[ListedUnit]:
        """The lines whose address it is."""
        return list(self._by_address.get(key(email), ()))

    def for_year(self, year: int) -> Roster:
        """The lines of one year: of a unit that stands there for several times, the one that reports then."""
        chosen: dict[str, ListedUnit] = {}
        for line in self.lines:
            if key(line.name) not in chosen or line.reports_on(year):
                chosen[key(line.name)] = line
        kept = set(chosen.values())
        return Roster(tuple(line for line in self.lines if line in kept), self.office)

    def is_root(self, text: str) -> bool:
        """True for what a unit directly below the office has as 上级."""
        return not key(text) or key(text) == key(self.office)

    def parent(self, line: ListedUnit) -> ListedUnit | None:
        """The line above; None for a unit directly below the office."""
        return None if self.is_root(line.parent) else self.line(line.parent)

    def above(self, line: ListedUnit) -> list[ListedUnit]:
        """The lines above, the nearest first."""
        chain: list[ListedUnit] = []
        parent = self.parent(line)
        while parent is not None and parent not in chain:
            chain.append(parent)
            parent = self.parent(parent)
        return chain

    def in_branch(self, name: str, top: ListedUnit | None) -> ListedUnit | None:
        """The line of that name below another line; anywhere, where there is no such line.

        Units of several offices may have one name, such as 民政局.
        """
        found = self.named(name)
        if len(found) != 1 or (top is not None and top not in self.above(found[0])):
            return None
        return found[0]

    def merged(self, line: ListedUnit) -> list[ListedUnit]:
        """The lines that were merged into one."""
        return [other for other in self.lines if other.merged_into and line in self.called(other.merged_into)]

    @cached_property
    def _directory(self) -> Directory[ListedUnit]:
        return Directory((line.unit, line) for line in self.lines)

    @cached_property
    def _by_address(self) -> Mapping[str, Sequence[ListedUnit]]:
        found: dict[str, list[ListedUnit]] = defaultdict(list)
        for line in self.lines:
            for address in dict.fromkeys(map(key, line.emails)):
                found[address].append(line)
        return found
