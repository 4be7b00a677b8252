"""What would explain all differences at once: a unit left out, counted twice or of another parent, an old
version, an adjustment, one wrong cell.

The differences of all cells are one vector, and so are the figures of each unit. A single cause is one whose
vector is the difference; for two causes, the difference less each vector is looked up among all vectors. Both
take time in proportion to the number of units. Figures are whole numbers here, decimals scaled alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from operator import neg, sub
from typing import TypeAlias

from xlreport.frozen import frozen

Vector: TypeAlias = tuple[int, ...]

MOST_READINGS = 50
"""Readings that are told; where there are more, none of them is likely to be looked at."""


class CauseKind(StrEnum):
    """What may have happened when the parent was added up."""

    LEFT_OUT = "left_out"
    COUNTED_TWICE = "counted_twice"
    OLD_VERSION = "old_version"
    WRONG_PARENT = "wrong_parent"
    ADJUSTMENT = "adjustment"
    ONE_CELL = "one_cell"


@frozen
class Cause:
    """What may have happened, and the difference that it makes.

    `file` is the version of a unit that has several, else ""; `cell` the number of the wrong or adjusted
    cell. `words` are what else there is to say: whose the unit is, or of the adjustment.
    """

    kind: CauseKind
    effect: Vector
    unit: str = ""
    file: str = ""
    cell: int = -1
    words: str = ""


@frozen
class UnitFigures:
    """A unit's figures: as they are in the sum, and those of its other versions by file.

    A unit that belongs to another parent is in no sum here.
    """

    unit: str
    file: str
    figures: Vector
    others: Mapping[str, Vector]
    other_parent: str = ""


Causes: TypeAlias = tuple[Cause, ...]


def causes_of(
    difference: Vector, parts: Sequence[UnitFigures], adjustments: Sequence[Cause] = ()
) -> list[Causes]:
    """All explanations of the smallest number of causes, one or two; none where nothing differs or fits."""
    if not any(difference):
        return []
    of_units = (cause for part in parts for cause in _suspects(part))
    suspects = [cause for cause in (*of_units, *adjustments) if any(cause.effect)]
    single: list[Causes] = [(cause,) for cause in suspects if cause.effect == difference]
    single += [(cause,) for cause in _one_cell(difference)]
    return _without_guesses(single or list(islice(_pairs(difference, suspects), MOST_READINGS)))


def _without_guesses(found: Sequence[Causes]) -> list[Causes]:
    """The readings; a wrong cell is no other reading of what an adjustment explains."""
    explained = {
        frozenset(cause.effect for cause in reading): _guesses(reading)
        for reading in sorted(found, key=_guesses, reverse=True)
        if any(cause.kind is CauseKind.ADJUSTMENT for cause in reading)
    }
    return [
        reading
        for reading in found
        if _guesses(reading) <= explained.get(frozenset(cause.effect for cause in reading), len(reading))
    ]


def _guesses(reading: Causes) -> int:
    return sum(cause.kind is CauseKind.ONE_CELL for cause in reading)


def _suspects(part: UnitFigures) -> Iterator[Cause]:
    several = part.file if part.others else ""
    if part.other_parent:
        for file, figures in ((several, part.figures), *part.others.items()):
            yield Cause(CauseKind.WRONG_PARENT, figures, part.unit, file, words=part.other_parent)
        return
    yield Cause(CauseKind.LEFT_OUT, _less(part.figures), part.unit)
    yield Cause(CauseKind.COUNTED_TWICE, part.figures, part.unit, several)
    for file, figures in part.others.items():
        change = tuple(map(sub, figures, part.figures))
        yield Cause(CauseKind.OLD_VERSION, change, part.unit, file)
        yield Cause(CauseKind.COUNTED_TWICE, figures, part.unit, file)


def _less(figures: Vector) -> Vector:
    return tuple(map(neg, figures))


def _one_cell(difference: Vector) -> Iterator[Cause]:
    """The cell, if it is only one."""
    cells = [number for number, figure in enumerate(difference) if figure]
    if len(cells) == 1:
        yield Cause(CauseKind.ONE_CELL, difference, cell=cells[0])


def _pairs(difference: Vector, suspects: Sequence[Cause]) -> Iterator[Causes]:
    """Two causes of different units; a unit and a wrong cell; two wrong cells."""
    yield from _two_cells(difference)
    by_effect: dict[Vector, list[int]] = defaultdict(list)
    for number, cause in enumerate(suspects):
        by_effect[cause.effect].append(number)
    differing = sum(map(bool, difference))
    for number, cause in enumerate(suspects):
        rest = tuple(map(sub, difference, cause.effect))
        for other in by_effect.get(rest, ()):
            if other > number and not (cause.unit and suspects[other].unit == cause.unit):
                yield cause, suspects[other]
        if differing > _EVIDENT or cause.kind is CauseKind.ADJUSTMENT:
            yield from ((cause, wrong) for wrong in _one_cell(rest))


_EVIDENT = 2
"""Where no more cells differ, a wrong cell beside a unit says less than two wrong cells."""


def _two_cells(difference: Vector) -> Iterator[Causes]:
    cells = [number for number, figure in enumerate(difference) if figure]
    if len(cells) == 2:
        first, second = (
            Cause(
                CauseKind.ONE_CELL,
                tuple(figure if number == cell else 0 for number, figure in enumerate(difference)),
                cell=cell,
            )
            for cell in cells
        )
        yield first, second
