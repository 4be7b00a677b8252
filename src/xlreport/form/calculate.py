"""Computing: the values of computed cells, and of any bound formula, from the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xlreport.form.field import Kind
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formula.evaluate import EvaluationError, evaluate
from xlreport.formula.nodes import Node, Value
from xlreport.subject import Subject

_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar (from 1 March 1900 on)."""


def serial(day: str) -> int:
    """The spreadsheet's number of a day given as YYYY-MM-DD."""
    return (date.fromisoformat(day) - _EPOCH).days


class Calculator:
    """Evaluates formulas over inputs; each computed cell once, always from its formula.

    `extra` are further formula cells by subject (the live cells of a workbook). What `inputs` says
    of a computed cell is never used.
    """

    def __init__(self, form: Form, inputs: Values, extra: Mapping[str, Node] | None = None) -> None:
        self._form = form
        self._inputs = inputs
        self._extra = extra
        self._nodes: dict[str, Node] = {subject: cell.node for subject, cell in form.computed.items()}
        self._nodes.update(extra or {})
        self._days = {name for name, field in form.fields.items() if field.kind is Kind.DATE}
        self._done: dict[Subject, Value] = {}

    def with_changes(self, changes: Values) -> Calculator:
        """The same over inputs of which some are different."""
        return Calculator(self._form, {**self._inputs, **changes}, self._extra)

    def evaluate(self, node: Node) -> Value:
        """The value of a formula. Raises EvaluationError (`#DIV/0!`, `#NUM!`)."""
        return evaluate(node, self.value)

    def value(self, subject: Subject) -> Value:
        """The value of a cell; None if blank. Raises EvaluationError as `evaluate` does."""
        node = self._nodes.get(subject)
        if node is None:
            value = self._inputs.get(subject)
            return serial(value) if isinstance(value, str) and subject in self._days else value
        if subject not in self._done:
            self._done[subject] = evaluate(node, self.value)
        return self._done[subject]


def without_partial_sums(form: Form, values: Values) -> dict[Subject, Value]:
    """The values without those computed cells of grids of which a part is still blank.

    Spreadsheets show 0 there, which in a report would be a claim. Lines of lists and optional fields
    may stay blank.
    """
    grids = {subject for grid in form.grids.values() for subject in grid.subjects()}
    needed = grids | {name for name, field in form.fields.items() if field.required}
    gaps = {subject for subject in needed - set(form.computed) if values.get(subject) is None}
    partial = {subject for subject in grids & set(form.computed) if gaps & set(form.computed[subject].inputs)}
    return {subject: value for subject, value in values.items() if subject not in partial}


def complete(form: Form, inputs: Values) -> dict[Subject, Value]:
    """The inputs with every computed cell added (its error code where it cannot be computed)."""
    calculator = Calculator(form, inputs)
    values = {subject: value for subject, value in inputs.items() if subject not in form.computed}
    for subject in form.computed:
        try:
            values[subject] = calculator.value(subject)
        except EvaluationError as error:
            values[subject] = error.code
    return values
