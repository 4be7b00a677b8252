"""What only shows when the returns of a run are seen together, and adding it to each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Self

from xlreport.batch.attendance import Attendance, attendance
from xlreport.batch.misnamed import misnamed
from xlreport.batch.outcome_findings import marked
from xlreport.batch.shared_code import shared_code
from xlreport.batch.versions import Version, versions
from xlreport.finding import Finding
from xlreport.frozen import frozen
from xlreport.roster.line import Roster
from xlreport.run.outcome import Outcome


@frozen
class Together:
    """Findings by the names of files: several of one unit, one each of its kind, texts like another unit's.

    `attendance` where there is a list of units.
    """

    versions: Mapping[str, Version]
    single: Sequence[Mapping[str, Finding]]
    attendance: Attendance | None
    copies: Mapping[str, Sequence[Finding]] = field(default_factory=dict)

    @classmethod
    def of(cls, briefs: Sequence[Outcome], roster: Roster | None, closed: Sequence[Outcome] = ()) -> Self:
        """What shows without the texts; briefs of outcomes are enough, and fit into memory together."""
        listed = attendance(roster, [*briefs, *closed]) if roster is not None else None
        strangers = listed.findings if listed is not None else {}
        return cls(versions(briefs, roster), (shared_code(briefs), misnamed(briefs), strangers), listed)

    def with_copies(self, found: Mapping[str, Sequence[Finding]]) -> Self:
        """The same with what was found on texts that units have in common."""
        return replace(self, copies=found)

    @property
    def superseded(self) -> frozenset[str]:
        """The files in whose place another one of the unit counts."""
        return frozenset(name for name, version in self.versions.items() if version.instead)

    def added_to(self, outcome: Outcome) -> Outcome:
        """The outcome with what is to be said of its file; one that does not count has no documents."""
        name = outcome.record["file"]
        version = self.versions.get(name)
        own = [version.finding] if version is not None else []
        single = [found[name] for found in self.single if name in found]
        told = marked(outcome, [*own, *single, *self.copies.get(name, ())])
        if version is None or not version.instead:
            return told
        return replace(told, documents={}, instead=version.instead)
