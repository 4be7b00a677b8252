"""What the totals of a published table prove of the figures beside them.

A single figure read wrongly shows in each sum that it is part of, so totals that all agree prove the figures
of a table. Where sums fail, and there is only one way to mend them all by changing so few figures, these
changes are proposed (`fewest.py`); they are never taken without a person. Otherwise all of the table is
doubtful: rows that slipped out of place may still add up, each for itself. Checks of the form that are
equalities help to find the changes, but what breaks only them is the publisher's mistake, not the reader's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from enum import Enum, auto
from functools import partial

from xlreport.form.coerce import coerce
from xlreport.form.grid import Grid
from xlreport.form.model import Form
from xlreport.formula.nodes import Figure
from xlreport.frozen import frozen
from xlreport.published.cell_figure import Printed
from xlreport.published.equations import Equation, check_equations, total_equations
from xlreport.published.fewest import MOST, fewest_changes
from xlreport.subject import Subject


class Reliance(Enum):
    """How far a printed figure can be relied on."""

    PROVEN = auto()
    """All totals agree, and it is part of one, or of an equality of the form that holds."""
    PRINTED = auto()
    """Its table has no totals: taken as it stands."""
    PROPOSED = auto()
    """The totals say what it should be; a person has to decide."""
    DOUBTFUL = auto()


@frozen
class Weighed:
    """A printed cell, how far it can be relied on, and the figure proposed for it."""

    printed: Printed
    standing: Reliance
    proposed: Figure | None = None

    @property
    def taken(self) -> bool:
        """True if the figure can be used without asking."""
        return self.standing in (Reliance.PROVEN, Reliance.PRINTED)


def best_figure(cell: Weighed) -> Figure | None:
    """What the cell most likely says: as proposed, else as printed; None for a blank or an unproven dash."""
    if cell.proposed is not None:
        return cell.proposed
    return None if cell.printed.dash and not cell.taken else cell.printed.figure


def prove(
    form: Form, grid: Grid, found: Mapping[Subject, Printed], *, misfit: bool
) -> dict[Subject, Weighed]:
    """The printed cells of a grid, judged. Of a `misfit` nothing is believed."""
    cells = {subject: found[subject] for subject in grid.subjects() if subject in found}
    if misfit:
        return {subject: Weighed(cell, Reliance.DOUBTFUL) for subject, cell in cells.items()}
    sums = list(total_equations(form, grid, cells))
    figures: Mapping[Subject, Figure] = {
        subject: (cells[subject].figure or 0) if subject in cells else 0 for subject in grid.subjects()
    }
    equalities = list(check_equations(form, cells))
    mended: dict[Subject, Weighed] = {}
    if any(total.residual(figures) for total in sums):
        changes = _mended(grid, form, [*sums, *equalities], cells, figures)
        if changes is None:
            return {subject: Weighed(cell, Reliance.DOUBTFUL) for subject, cell in cells.items()}
        mended = {s: Weighed(cells[s], Reliance.PROPOSED, figure) for s, figure in changes.items()}
        figures = {**figures, **changes}
    agreeing = [equation for equation in (*sums, *equalities) if equation.agrees(figures)]
    placed = _rows_placed(grid, [*sums, *equalities])
    provable = any(subject in form.computed for subject in grid.subjects())
    return {
        s: mended.get(s) or _judged(cell, agreeing if s.row in placed else (), cells, provable=provable)
        for s, cell in cells.items()
    }


def _rows_placed(grid: Grid, equations: Sequence[Equation]) -> Set[str]:
    """The rows of which it shows if their figures stand in another row's place.

    Rows that slipped down by one still add up, each for itself: a form that has totals of its rows needs
    them, or a check, to tell.
    """
    if not any(row.formula for row in grid.rows):
        return {row.name for row in grid.rows}
    return {cell.row for equation in equations if equation.across for cell in equation.cells}


def _judged(
    cell: Printed, agreeing: Sequence[Equation], cells: Mapping[Subject, Printed], *, provable: bool
) -> Weighed:
    """A cell of a table in which all totals agree."""
    own = [equation for equation in agreeing if cell.subject in equation.cells]
    if not own:
        plain = cell.figure is not None and not cell.dash and not provable
        return Weighed(cell, Reliance.PRINTED if plain else Reliance.DOUBTFUL)
    if cell.figure is not None:
        return Weighed(cell, Reliance.PROVEN)
    stated = any(cells[s].figure is not None for equation in own for s in equation.cells & cells.keys())
    return Weighed(cell, Reliance.PROPOSED, 0) if stated else Weighed(cell, Reliance.DOUBTFUL)


def _mended(
    grid: Grid,
    form: Form,
    equations: Sequence[Equation],
    cells: Mapping[Subject, Printed],
    figures: Mapping[Subject, Figure],
) -> Mapping[Subject, Figure] | None:
    """The fewest changes with which all equations hold; None where there are several such, or none.

    What could not be read is wrong for certain, so it has to be among them.
    """
    unread = {subject for subject, cell in cells.items() if cell.figure is None}
    absent = [cell for cell in grid.subjects() if cell not in cells and cell not in form.computed]
    if len(unread) > MOST or absent:
        return None
    readings = fewest_changes(equations, figures, list(cells), partial(_possible, form))
    if len(readings) != 1 or not unread <= readings[0].keys():
        return None
    return readings[0]


def _possible(form: Form, cell: Subject, figure: Figure) -> bool:
    try:
        coerce(form.figures[cell], figure)
    except ValueError:
        return False
    return True
