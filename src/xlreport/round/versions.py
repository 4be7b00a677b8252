"""What changed from one version of a unit's return to the next: found once, and put down with the events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from itertools import pairwise
from pathlib import Path

from xlreport.frozen import frozen
from xlreport.prose.personal import masked
from xlreport.round.file import File
from xlreport.round.opened import Round
from xlreport.round.state import UnitState
from xlreport.run.engine import Local
from xlreport.run.guard import Failed, guarded
from xlreport.workbook.changes import Change, changes
from xlreport.workbook.read import read

COMPARED = "compared"
_MOST = 200
"""Changes of one version that are kept."""


@frozen
class VersionChange:
    """Two versions that follow each other, by their names. `count` is how many inputs differ in all."""

    unit: str
    older: str
    newer: str
    changes: tuple[Change, ...]
    count: int


def compare_versions(round_: Round, here: Local) -> Iterator[VersionChange]:
    """Compare those that were not compared yet; a version that cannot be read again is left out."""
    known = {(event["older"], event["newer"]) for event in round_.log.events if event.kind == COMPARED}
    works = {
        (older.file, newer.file): (unit, older, newer)
        for unit in round_.state.units
        for older, newer in pairwise(_versions(unit))
        if (older.sha256, newer.sha256) not in known
    }
    change = partial(_changes, originals=round_.place.originals)
    for files, answer in guarded(change, works, here.workers, team=here.team):
        if not isinstance(answer, Failed):
            unit, older, newer = works[files]
            found = tuple(answer[:_MOST])
            told = {
                "unit": unit.line.name,
                "older": older.sha256,
                "newer": newer.sha256,
                "count": len(answer),
                "changes": [asdict(change) for change in found],
            }
            round_.add((COMPARED, told))
            yield VersionChange(unit.line.name, older.name, newer.name, found, len(answer))


def version_changes(round_: Round) -> Iterator[VersionChange]:
    """What was found of all versions that the units have now, unit by unit, in the order of versions."""
    found = {(event["older"], event["newer"]): event for event in round_.log.events if event.kind == COMPARED}
    for unit in round_.state.units:
        for older, newer in pairwise(_versions(unit)):
            event = found.get((older.sha256, newer.sha256))
            if event is not None:
                kept = tuple(Change(**change) for change in event["changes"])
                yield VersionChange(unit.line.name, older.name, newer.name, kept, event["count"])


def _versions(unit: UnitState) -> Sequence[File]:
    """In order; what one bundle has as the one before had it is no version of its own."""
    found = sorted((f for f in unit.files if f.is_return and f.file), key=lambda file: file.order)
    return [f for n, f in enumerate(found) if n == 0 or f.file != found[n - 1].file]


def _changes(files: tuple[str, str], originals: Path) -> list[Change]:
    """What a worker does for two versions. Numbers of persons are masked."""
    older, newer = (read(originals / file) for file in files)
    return [
        Change(change.place, masked(change.label), masked(change.before), masked(change.after))
        for change in changes(older, newer)
    ]
