"""The figures of the tables that a statement must equal, this year's and last year's."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal
from fractions import Fraction

from xlreport.form.calculate import Calculator
from xlreport.form.fact_model import BoundFact, Quantity
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formula.evaluate import EvaluationError
from xlreport.formula.nodes import Value


class TableValues:
    """Values of quantities over one year's figures; a quantity of which a part is missing has none."""

    def __init__(self, form: Form, values: Values, unusable: Set[str]) -> None:
        self._values = values
        self._unusable = unusable
        self._calculator = Calculator(form, values)
        self._known: dict[int, Fraction | None] = {}

    def value(self, quantity: Quantity) -> Fraction | None:
        """The value; None while a figure it needs is blank or not understood."""
        known = id(quantity)  # the form keeps its quantities as long as we live
        if known not in self._known:
            self._known[known] = self._value(quantity)
        return self._known[known]

    def _value(self, quantity: Quantity) -> Fraction | None:
        is_there = self._values.__contains__
        if not self._unusable.isdisjoint(quantity.inputs) or not all(map(is_there, quantity.needs)):
            return None
        if quantity.some and not any(map(is_there, quantity.some)):
            return None
        try:
            return fraction(self._calculator.evaluate(quantity.node))
        except EvaluationError:
            return None  # a quotient by 0 is no figure to compare with

    def speaks(self, bound: BoundFact) -> bool:
        """True if the tables can judge the fact: every figure that it may equal is there."""
        return bool(bound.quantities) and all(self.value(q) is not None for q in bound.quantities)

    def meant(self, bound: BoundFact) -> list[tuple[Quantity, Fraction]]:
        """The figures that the fact may equal, with their values."""
        found = ((quantity, self.value(quantity)) for quantity in bound.quantities)
        return [(quantity, value) for quantity, value in found if value is not None]


def fraction(value: Value) -> Fraction:
    """A number exactly; binding has seen to it that it is one."""
    assert isinstance(value, int | Decimal)
    return Fraction(value)
