"""What must be equal in a published table: its printed totals, and the form's checks that are equalities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from xlreport.form.grid import Grid
from xlreport.form.model import Form
from xlreport.form.scope import FormScope
from xlreport.formula.evaluate import EvaluationError, evaluate, exact_result
from xlreport.formula.nodes import Binary, Figure, Node, Value
from xlreport.formula.parse import parse
from xlreport.formula.tree import bind, subjects
from xlreport.frozen import frozen
from xlreport.published.cell_figure import Printed
from xlreport.subject import Subject


@frozen
class Equation:
    """Two sides that must be equal, and the cells of both; `unprinted` are totals computed of these."""

    left: Node | Subject
    right: Node
    cells: frozenset[Subject]
    unprinted: Mapping[Subject, Node] = field(default_factory=dict)

    def residual(self, figures: Mapping[Subject, Figure]) -> Fraction:
        """How much the left side is more than the right one; 0 where that cannot be computed, and so says
        nothing of the figures.
        """
        return self._difference(figures) or Fraction(0)

    def agrees(self, figures: Mapping[Subject, Figure]) -> bool:
        """True if both sides can be computed, and are equal: then they speak for their figures."""
        return self._difference(figures) == 0

    def _difference(self, figures: Mapping[Subject, Figure]) -> Fraction | None:
        def figure(cell: Subject) -> Value:
            node = self.unprinted.get(cell)
            return figures[cell] if node is None else evaluate(node, figure)

        def side(node: Node) -> Fraction:
            result = exact_result(node, figure)
            return Fraction(result) if isinstance(result, int | Decimal | Fraction) else Fraction(0)

        try:
            left = Fraction(figures[self.left]) if isinstance(self.left, Subject) else side(self.left)
            return left - side(self.right)
        except EvaluationError:
            return None

    @property
    def across(self) -> bool:
        """True if it has cells of several rows: it shows that these stand under their own labels."""
        return len({cell.row for cell in self.cells}) > 1


def total_equations(form: Form, grid: Grid, cells: Mapping[Subject, Printed]) -> Iterator[Equation]:
    """The totals that are printed. A part that is not printed counts as 0: if it was not, they fail.

    A check that reads totals which are not printed stands in for them, where others are.
    """
    known = frozenset(grid.subjects())
    printed = list(_printed_totals(form, known, cells))
    yield from printed
    yield from _crossing(form, grid, cells)
    if printed:
        yield from (check for check in _checks(form, cells) if check.unprinted)


def check_equations(form: Form, cells: Mapping[Subject, Printed]) -> Iterator[Equation]:
    """The form's equalities between printed cells that hold under all conditions."""
    return (check for check in _checks(form, cells) if not check.unprinted)


def _printed_totals(form: Form, known: Set[Subject], cells: Mapping[Subject, Printed]) -> Iterator[Equation]:
    for subject in cells:
        if subject in form.computed:
            node = form.computed[subject].node
            parts = frozenset(subjects(node))
            if parts <= known:
                yield Equation(subject, node, parts | {subject})


def _crossing(form: Form, grid: Grid, cells: Mapping[Subject, Printed]) -> Iterator[Equation]:
    """Totals of totals: where a computed row crosses a computed column, its formula holds there as well."""
    for row in (each for each in grid.rows if each.formula):
        for column in (each for each in grid.columns if each.formula):
            if (cell := grid.cell(row, column)) in cells:
                node = bind(parse(row.formula), FormScope(form, grid, column=column.name))
                yield Equation(cell, node, frozenset((cell, *subjects(node))))


def _checks(form: Form, cells: Mapping[Subject, Printed]) -> Iterator[Equation]:
    for sides, read in _equalities(form):
        unprinted = _unprinted(form, read - cells.keys())
        parts = {part for node in unprinted.values() for part in subjects(node)}
        there = (read | parts) - unprinted.keys()
        if there <= cells.keys():
            yield Equation(sides.left, sides.right, there, unprinted)


@lru_cache(maxsize=16)
def _equalities(form: Form) -> tuple[tuple[Binary, frozenset[Subject]], ...]:
    """The form's equalities that hold under all conditions, with the cells that they read."""
    compared = ((instance.compared, instance) for instance in form.instances if instance.when is None)
    return tuple(
        (sides, frozenset((*subjects(sides.left), *subjects(sides.right))))
        for sides, instance in compared
        if sides is not None and sides.operator == "=" and instance.expect == sides
    )


def _unprinted(form: Form, absent: Set[Subject]) -> Mapping[Subject, Node]:
    """The totals among cells that are not printed, those that they are made of included."""
    nodes = {cell: form.computed[cell].node for cell in absent if cell in form.computed}
    below = {part for node in nodes.values() for part in subjects(node)} & form.computed.keys()
    return {**_unprinted(form, below), **nodes} if below else nodes
