"""What the totals of a published table prove of the figures beside them.

A single figure read wrongly shows in each sum that it is part of, so totals that all agree prove the figures
of a table. Where sums fail, and exactly one change of one figure would mend every one of them, that change is
proposed; it is never taken without a person. Otherwise all of the table is doubtful: rows that slipped out of
place may still add up, each for itself. Checks of the form that are equalities help to find the one change,
but what breaks only them is the publisher's mistake, not the reader's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction

from xlreport.form.coerce import coerce
from xlreport.form.exact import exact
from xlreport.form.grid import Grid
from xlreport.form.model import Form
from xlreport.form.scope import FormScope
from xlreport.formula.evaluate import EvaluationError, exact_result
from xlreport.formula.nodes import Figure, Node
from xlreport.formula.parse import parse
from xlreport.formula.tree import bind, subjects
from xlreport.frozen import frozen
from xlreport.published.cell_figure import Printed
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


@frozen
class _Equation:
    """Two sides that must be equal, and the cells of both."""

    left: Node | Subject
    right: Node
    cells: frozenset[Subject]

    def residual(self, figures: Mapping[Subject, Figure]) -> Fraction:
        left = figures[self.left] if isinstance(self.left, Subject) else _exact(self.left, figures)
        return Fraction(left) - _exact(self.right, figures)


def prove(
    form: Form, grid: Grid, found: Mapping[Subject, Printed], *, misfit: bool
) -> dict[Subject, Weighed]:
    """The printed cells of a grid, judged. Of a `misfit` nothing is believed."""
    cells = {subject: found[subject] for subject in grid.subjects() if subject in found}
    if misfit:
        return {subject: Weighed(cell, Reliance.DOUBTFUL) for subject, cell in cells.items()}
    totals = list(_totals(form, grid, cells))
    figures: Mapping[Subject, Figure] = {
        subject: (cells[subject].figure or 0) if subject in cells else 0 for subject in grid.subjects()
    }
    equalities = list(_checks(form, cells))
    mended: dict[Subject, Weighed] = {}
    if any(total.residual(figures) for total in totals):
        found_one = _mended(grid, [*totals, *equalities], cells, figures)
        if found_one is None:
            return {subject: Weighed(cell, Reliance.DOUBTFUL) for subject, cell in cells.items()}
        subject, figure = found_one
        mended = {subject: Weighed(cells[subject], Reliance.PROPOSED, figure)}
        figures = {**figures, subject: figure}
    agreeing = [*totals, *(check for check in equalities if not check.residual(figures))]
    provable = any(subject in form.computed for subject in grid.subjects())
    return {
        s: mended.get(s) or _judged(cell, agreeing, cells, provable=provable) for s, cell in cells.items()
    }


def _judged(
    cell: Printed, agreeing: Sequence[_Equation], cells: Mapping[Subject, Printed], *, provable: bool
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


def _totals(form: Form, grid: Grid, cells: Mapping[Subject, Printed]) -> Iterator[_Equation]:
    """The totals that are printed. A part that is not printed counts as 0: if it was not, they fail."""
    known = frozenset(grid.subjects())
    for subject in cells:
        if subject in form.computed:
            node = form.computed[subject].node
            parts = frozenset(subjects(node))
            if parts <= known:
                yield _Equation(subject, node, parts | {subject})
    yield from _crossing(form, grid, cells)


def _crossing(form: Form, grid: Grid, cells: Mapping[Subject, Printed]) -> Iterator[_Equation]:
    """Totals of totals: where a computed row crosses a computed column, its formula holds there as well."""
    for row in (each for each in grid.rows if each.formula):
        for column in (each for each in grid.columns if each.formula):
            if (cell := grid.cell(row, column)) in cells:
                node = bind(parse(row.formula), FormScope(form, grid, column=column.name))
                yield _Equation(cell, node, frozenset((cell, *subjects(node))))


def _checks(form: Form, cells: Mapping[Subject, Printed]) -> Iterator[_Equation]:
    """The form's equalities between these cells that hold under all conditions."""
    for instance in form.instances:
        sides = instance.compared
        if sides is None or sides.operator != "=" or instance.when is not None:
            continue
        read = frozenset((*subjects(sides.left), *subjects(sides.right)))
        if read <= cells.keys() and instance.expect == sides:
            yield _Equation(sides.left, sides.right, read)


def _mended(
    grid: Grid,
    equations: Sequence[_Equation],
    cells: Mapping[Subject, Printed],
    figures: Mapping[Subject, Figure],
) -> tuple[Subject, Figure] | None:
    """The one cell, and its figure, that would make all equations hold; None where there is not just one."""
    unread = [subject for subject, cell in cells.items() if cell.figure is None]
    absent = [
        c for c in grid.columns if not c.formula and any(grid.cell(r, c) not in cells for r in grid.rows)
    ]
    if len(unread) > 1 or absent:
        return None
    found: list[tuple[Subject, Figure]] = []
    residuals = [(equation, equation.residual(figures)) for equation in equations]
    for subject in unread or cells:
        figure = _solved(residuals, subject, figures)
        if figure is not None and _possible(grid, subject, figure):
            found.append((subject, figure))
    return found[0] if len(found) == 1 else None


def _solved(
    residuals: Iterable[tuple[_Equation, Fraction]], cell: Subject, figures: Mapping[Subject, Figure]
) -> Figure | None:
    """The figure of one cell with which all equations hold."""
    solution: Fraction | None = None
    for equation, residual in residuals:
        if cell not in equation.cells:
            if residual:
                return None
            continue
        slope = equation.residual({**figures, cell: figures[cell] + 1}) - residual
        here = Fraction(figures[cell]) - residual / slope if slope else None
        if here is None or (solution is not None and solution != here):
            return None
        solution = here
    return _figure(solution) if solution is not None and solution != figures[cell] else None


def _figure(number: Fraction) -> Figure | None:
    """The same as it would be printed; None where its digits do not end."""
    figure = Decimal(number.numerator) / Decimal(number.denominator)
    return exact(figure) if Fraction(figure) == number else None


def _possible(grid: Grid, cell: Subject, figure: Figure) -> bool:
    field = grid.figure(grid.row(cell.row), grid.column(cell.column))
    try:
        coerce(field, figure)
    except ValueError:
        return False
    return True


def _exact(node: Node, figures: Mapping[Subject, Figure]) -> Fraction:
    try:
        result = exact_result(node, figures.__getitem__)
    except EvaluationError:
        return Fraction(0)
    return Fraction(result) if isinstance(result, int | Decimal | Fraction) else Fraction(0)
