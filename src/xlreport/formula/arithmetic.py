"""Excel's operators on exact values.

Numbers are int and Fraction, so nothing is ever rounded but by ROUND. A blank cell is None until
an operator asks for its value: it is 0 among numbers and "" among texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeAlias

from xlreport.formula.nodes import Exact, Value

Number: TypeAlias = "int | Fraction"

_LARGEST = 10**308
_FINEST = 2**2048
_DIGITS = 28


class EvaluationError(ArithmeticError):
    """A formula has no value; `code` is what Excel shows: #DIV/0!, #NUM! or #VALUE!."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def from_value(value: Value) -> Exact:
    """A cell's value for computing: a Decimal becomes a Fraction, or an int where it is whole."""
    if not isinstance(value, Decimal):
        return value
    if not value.is_finite():
        raise EvaluationError("#NUM!")
    return settled(Fraction(value))


def as_value(result: Exact) -> Value:
    """A result as a cell could hold it: a Fraction becomes a Decimal, or an int where it is whole.

    The Decimal is exact where its digits end, else rounded to 28 of them.
    """
    if not isinstance(result, Fraction):
        return result
    if result.denominator == 1:
        return result.numerator
    numerator, denominator = Decimal(result.numerator), Decimal(result.denominator)
    ample = Context(prec=2400)  # more than any ending fraction within our limits has digits
    decimal = ample.divide(numerator, denominator)
    return Context(prec=_DIGITS).divide(numerator, denominator) if ample.flags[Inexact] else decimal


def as_number(value: Exact) -> Number:
    """The number, 0 for a blank. Raises EvaluationError for anything else."""
    if value is None:
        return 0
    if isinstance(value, (bool, str)):
        raise EvaluationError("#VALUE!")
    return value


def as_text(value: Exact) -> str:
    """The text, "" for a blank, the digits of a whole number. Raises EvaluationError for anything else."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, Fraction)):
        raise EvaluationError("#VALUE!")
    return str(value)


def settled(number: Number) -> Number:
    """The number in its simplest form. Raises EvaluationError if it is beyond what is computed with."""
    if not -_LARGEST <= number <= _LARGEST or number.denominator > _FINEST:
        raise EvaluationError("#NUM!")
    return number.numerator if number.denominator == 1 else number


def _add(left: Exact, right: Exact) -> Exact:
    return settled(as_number(left) + as_number(right))


def _subtract(left: Exact, right: Exact) -> Exact:
    return settled(as_number(left) - as_number(right))


def _multiply(left: Exact, right: Exact) -> Exact:
    return settled(as_number(left) * as_number(right))


def _divide(left: Exact, right: Exact) -> Exact:
    dividend, divisor = as_number(left), as_number(right)
    if divisor == 0:
        raise EvaluationError("#DIV/0!")
    return settled(Fraction(dividend) / divisor)


def _raise(left: Exact, right: Exact) -> Exact:
    base, exponent = as_number(left), int(as_number(right))  # an exponent is a whole literal
    if base == 0 and exponent <= 0:
        raise EvaluationError("#NUM!" if exponent == 0 else "#DIV/0!")
    return settled(Fraction(base) ** exponent)


def _join(left: Exact, right: Exact) -> Exact:
    return as_text(left) + as_text(right)


def _folded(value: Exact) -> str:
    """A text without regard to case, as Excel compares texts."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.lower()
    raise EvaluationError("#VALUE!")


def _compare(relation: Callable[[Any, Any], bool]) -> Callable[[Exact, Exact], bool]:
    def compare(left: Exact, right: Exact) -> bool:
        if isinstance(left, bool) and isinstance(right, bool):
            return relation(left, right)
        if isinstance(left, str) or isinstance(right, str):
            return relation(_folded(left), _folded(right))
        return relation(as_number(left), as_number(right))

    return compare


OPERATORS: Mapping[str, Callable[[Exact, Exact], Exact]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "^": _raise,
    "&": _join,
    "=": _compare(eq),
    "<>": _compare(ne),
    "<": _compare(lt),
    "<=": _compare(le),
    ">": _compare(gt),
    ">=": _compare(ge),
}
"""Operator to what it makes of two values."""
