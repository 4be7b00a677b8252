"""Which figures of a table are wrong: the fewest whose change makes all equations hold.

A table whose figures are added up in rows and in columns is a code that corrects errors: the sums that fail
tell where a wrong figure stands and by how much it is wrong. Of few wrong figures one at least is alone in a
sum that fails, so that this sum tells how much; what then still fails tells of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from xlreport.form.exact import exact
from xlreport.formula.nodes import Figure
from xlreport.published.equations import Equation
from xlreport.subject import Subject

MOST = 3
"""Wrong figures that are looked for. Of more, several readings are likely, and each is a guess."""

Changes: TypeAlias = Mapping[Subject, Figure]
Possible: TypeAlias = Callable[[Subject, Figure], bool]


def fewest_changes(
    equations: Sequence[Equation],
    figures: Mapping[Subject, Figure],
    cells: Sequence[Subject],
    possible: Possible,
) -> list[Changes]:
    """All readings with the fewest of these cells changed, each with the figures it would put there."""
    search = _Search(equations, figures, cells, possible)
    for count in range(1, MOST + 1):
        found = search.readings(count)
        if found:
            return found
    return []


class _Search:
    """The equations as a code: by how much each of them changes with each cell."""

    def __init__(
        self,
        equations: Sequence[Equation],
        figures: Mapping[Subject, Figure],
        cells: Sequence[Subject],
        possible: Possible,
    ) -> None:
        self._equations, self._figures, self._possible = equations, figures, possible
        self._residuals = [equation.residual(figures) for equation in equations]
        self._cells = cells
        self._slopes: dict[Subject, Mapping[int, Fraction]] = {}
        self._most = max((sum(cell in each.cells for each in equations) for cell in cells), default=0)

    def readings(self, count: int) -> list[Changes]:
        """Those with so many cells changed, each once."""
        failing = {number: residual for number, residual in enumerate(self._residuals) if residual}
        found = {frozenset(changes.items()): changes for changes in self._found(failing, count, {})}
        return [changes for changes in found.values() if self._holds(changes)]

    def _slopes_of(self, cell: Subject) -> Mapping[int, Fraction]:
        """The equations that a cell is part of, and how much the residual grows with it."""
        if cell not in self._slopes:
            moved = {**self._figures, cell: self._figures[cell] + 1}
            of_cell = ((n, each) for n, each in enumerate(self._equations) if cell in each.cells)
            grown = {number: each.residual(moved) - self._residuals[number] for number, each in of_cell}
            self._slopes[cell] = {number: slope for number, slope in grown.items() if slope}
        return self._slopes[cell]

    def _found(
        self, failing: Mapping[int, Fraction], left: int, changes: Mapping[Subject, Figure]
    ) -> Iterator[Changes]:
        """Changes of so many cells more, after which nothing fails."""
        if not failing or not left:
            if not failing and not left:
                yield changes
            return
        if len(failing) > left * self._most:
            return
        alone = list(failing)[:1] if left == 1 else failing  # the last one is part of all that fail
        for number in alone:
            for cell in self._cells:
                if cell in self._equations[number].cells and cell not in changes:
                    figure = self._mending(number, failing[number], cell)
                    if figure is not None:
                        after = self._after(failing, cell, figure)
                        yield from self._found(after, left - 1, {**changes, cell: figure})

    def _mending(self, number: int, residual: Fraction, cell: Subject) -> Figure | None:
        """The figure of a cell with which an equation holds that fails by so much, if there is one."""
        slope = self._slopes_of(cell).get(number)
        return self._moved(cell, -residual / slope) if slope else None

    def _moved(self, cell: Subject, change: Fraction) -> Figure | None:
        """The figure of a cell so much larger; None where none such could stand there."""
        figure = _figure(Fraction(self._figures[cell]) + change)
        return figure if figure is not None and self._possible(cell, figure) else None

    def _after(
        self, failing: Mapping[int, Fraction], cell: Subject, figure: Figure
    ) -> Mapping[int, Fraction]:
        """What fails once the cell is changed."""
        change = Fraction(figure) - Fraction(self._figures[cell])
        after = dict(failing)
        for number, slope in self._slopes_of(cell).items():
            residual = after.pop(number, Fraction(0)) + slope * change
            if residual:
                after[number] = residual
        return after

    def _holds(self, changes: Changes) -> bool:
        changed = {**self._figures, **changes}
        return not any(equation.residual(changed) for equation in self._equations)


def _figure(number: Fraction) -> Figure | None:
    """The same as it would be printed; None where its digits do not end."""
    if number.denominator == 1:
        return number.numerator
    figure = Decimal(number.numerator) / Decimal(number.denominator)
    return exact(figure) if Fraction(figure) == number else None
