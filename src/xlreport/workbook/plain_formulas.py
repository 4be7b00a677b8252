"""Formulas of plain figures in input cells: computed anew, as a spreadsheet does when it opens the file."""

from __future__ import annotations

from decimal import Context, Decimal

from xlreport.form.exact import exact
from xlreport.formula.check import type_of
from xlreport.formula.evaluate import EvaluationError, evaluate
from xlreport.formula.nodes import FormulaError, Type, Value
from xlreport.formula.parse import parse
from xlreport.stored import DIGITS

_SHOWN = Context(prec=DIGITS)


def plain_result(formula: str) -> int | Decimal | None:
    """What a formula without cells yields, to the 15 digits that a spreadsheet shows.

    None for one that reads cells, is no number, or that is none of the formulas a form may use.
    """
    try:
        node = parse(formula)
        if type_of(node) not in (Type.WHOLE, Type.NUMBER):
            return None
        result = evaluate(node, _no_cell)
    except (FormulaError, EvaluationError):
        return None
    assert isinstance(result, int | Decimal)
    return exact(_SHOWN.create_decimal(result))


def _no_cell(_: str) -> Value:
    raise EvaluationError("#REF!")
