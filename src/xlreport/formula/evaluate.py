"""What a bound formula yields for given cell values: Excel's meaning, computed exactly."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from xlreport.formula.arithmetic import (
    OPERATORS,
    EvaluationError,
    Number,
    as_number,
    as_text,
    as_value,
    from_value,
    settled,
)
from xlreport.formula.check import type_of
from xlreport.formula.nodes import Binary, Call, Cells, Exact, Literal, Node, Type, Unary, Value
from xlreport.subject import Subject

__all__ = ["EvaluationError", "Lookup", "as_value", "evaluate", "exact_result"]

Lookup: TypeAlias = Callable[[Subject], Value]
"""A cell's value by its subject."""

_BLANK: Mapping[Type, Exact] = {Type.WHOLE: 0, Type.NUMBER: 0, Type.TEXT: "", Type.LOGICAL: False}


def evaluate(node: Node, lookup: Lookup) -> Value:
    """The formula's result: int, or Decimal where it is not whole, str or bool.

    A Decimal is exact where its digits end, else rounded to 28 of them. A blank cell taken as it
    is counts as 0, "" or FALSE, by its type; only a choice stays None. Raises EvaluationError.
    """
    return as_value(exact_result(node, lookup))


def exact_result(node: Node, lookup: Lookup) -> Exact:
    """As `evaluate`, but a number that is not whole is a Fraction: for differences of two sides."""
    result = _exact(node, lookup)
    return _BLANK.get(type_of(node)) if result is None else result


def _exact(node: Node, lookup: Lookup) -> Exact:
    """As `exact_result`, but a blank cell stays None, also through IF: MIN and MAX pass over it."""
    if isinstance(node, Cells):
        return _cell(node, lookup)
    if isinstance(node, Literal):
        return from_value(node.value)
    if isinstance(node, Binary):
        return OPERATORS[node.operator](_exact(node.left, lookup), _exact(node.right, lookup))
    if isinstance(node, Call):
        return _FUNCTIONS[node.function](node.arguments, lookup)
    if isinstance(node, Unary):
        number = as_number(_exact(node.operand, lookup))
        return settled(Fraction(number, 100)) if node.operator == "%" else -number
    raise TypeError(f"{node} is not bound to a cell")


def _cell(node: Cells, lookup: Lookup) -> Exact:
    value = lookup(node.subjects[0])
    if node.type is Type.LOGICAL:
        return value is True  # a confirmation left blank is not given
    return from_value(value)


_Arguments: TypeAlias = tuple[Node, ...]


def _filled(arguments: _Arguments, lookup: Lookup) -> Iterator[Exact]:
    """The values of all arguments, ranges cell by cell, without blanks."""
    for argument in arguments:
        values = (
            (from_value(lookup(subject)) for subject in argument.subjects)
            if isinstance(argument, Cells)
            else (_exact(argument, lookup),)
        )
        yield from (value for value in values if value is not None)


def _figures(arguments: _Arguments, lookup: Lookup) -> list[Number]:
    return [as_number(value) for value in _filled(arguments, lookup)]


def _sum(arguments: _Arguments, lookup: Lookup) -> Exact:
    return settled(sum(_figures(arguments, lookup)))


def _min(arguments: _Arguments, lookup: Lookup) -> Exact:
    return min(_figures(arguments, lookup), default=0)


def _max(arguments: _Arguments, lookup: Lookup) -> Exact:
    return max(_figures(arguments, lookup), default=0)


def _count(arguments: _Arguments, lookup: Lookup) -> Exact:
    return sum(1 for _ in _filled(arguments, lookup))


def _abs(arguments: _Arguments, lookup: Lookup) -> Exact:
    number = as_number(_exact(arguments[0], lookup))
    return number if number >= 0 else -number


def _round(arguments: _Arguments, lookup: Lookup) -> Exact:
    """Half away from zero; negative places round before the point."""
    number, places = _numbers(arguments, lookup)
    scale = Fraction(10) ** int(places)
    half = Fraction(1, 2)
    scaled = math.floor(number * scale + half) if number >= 0 else math.ceil(number * scale - half)
    return settled(scaled / scale)


def _numbers(arguments: _Arguments, lookup: Lookup) -> list[Number]:
    return [as_number(_exact(argument, lookup)) for argument in arguments]


def _int(arguments: _Arguments, lookup: Lookup) -> Exact:
    return math.floor(as_number(_exact(arguments[0], lookup)))


def _mod(arguments: _Arguments, lookup: Lookup) -> Exact:
    """The remainder with the divisor's sign, as in Excel and Python alike."""
    dividend, divisor = _numbers(arguments, lookup)
    if divisor == 0:
        raise EvaluationError("#DIV/0!")
    return settled(dividend % divisor)


def _if(arguments: _Arguments, lookup: Lookup) -> Exact:
    condition, yes, no = arguments
    return _exact(yes if _exact(condition, lookup) is True else no, lookup)


def _and(arguments: _Arguments, lookup: Lookup) -> Exact:
    return all(_conditions(arguments, lookup))


def _or(arguments: _Arguments, lookup: Lookup) -> Exact:
    return any(_conditions(arguments, lookup))


def _conditions(arguments: _Arguments, lookup: Lookup) -> list[Exact]:
    """All of them, since an error counts even where the others decide."""
    return [_exact(argument, lookup) for argument in arguments]


def _not(arguments: _Arguments, lookup: Lookup) -> Exact:
    return not _exact(arguments[0], lookup)


def _isblank(arguments: _Arguments, lookup: Lookup) -> Exact:
    (cell,) = arguments
    return isinstance(cell, Cells) and lookup(cell.subjects[0]) is None


def _len(arguments: _Arguments, lookup: Lookup) -> Exact:
    return len(as_text(_exact(arguments[0], lookup)))


def _small(arguments: _Arguments, lookup: Lookup) -> Exact:
    cells, place = arguments
    figures = sorted(_figures((cells,), lookup))
    at = int(as_number(_exact(place, lookup)))
    if not 1 <= at <= len(figures):
        raise EvaluationError("#NUM!")
    return figures[at - 1]


def _match(arguments: _Arguments, lookup: Lookup) -> Exact:
    """The place of the first cell that holds exactly this; the third argument is always 0."""
    wanted, cells, _ = arguments
    value = _exact(wanted, lookup)
    for place, subject in enumerate(_subjects(cells), start=1):
        if from_value(lookup(subject)) == value:
            return place
    raise EvaluationError("#N/A")


def _index(arguments: _Arguments, lookup: Lookup) -> Exact:
    cells, place = arguments
    at = int(as_number(_exact(place, lookup)))
    found = _subjects(cells)
    if not 1 <= at <= len(found):
        raise EvaluationError("#REF!")
    return from_value(lookup(found[at - 1]))


def _subjects(cells: Node) -> tuple[Subject, ...]:
    return cells.subjects if isinstance(cells, Cells) else ()


def _hyperlink(arguments: _Arguments, lookup: Lookup) -> Exact:
    """What the cell shows: the words, not the address."""
    return _exact(arguments[1], lookup)


_FUNCTIONS: Mapping[str, Callable[[_Arguments, Lookup], Exact]] = {
    "SUM": _sum,
    "MIN": _min,
    "MAX": _max,
    "COUNT": _count,
    "COUNTA": _count,
    "ABS": _abs,
    "ROUND": _round,
    "INT": _int,
    "MOD": _mod,
    "IF": _if,
    "AND": _and,
    "OR": _or,
    "NOT": _not,
    "ISBLANK": _isblank,
    "LEN": _len,
    "SMALL": _small,
    "MATCH": _match,
    "INDEX": _index,
    "HYPERLINK": _hyperlink,
}
"""The last four are for the workbook's own formulas; a form's formulas are refused them (functions.py)."""
