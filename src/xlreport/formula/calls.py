"""Types of what functions take and yield."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from xlreport.formula.functions import FUNCTIONS
from xlreport.formula.nodes import Call, Cells, Node, Type
from xlreport.formula.types import (
    IN_WORDS,
    NUMBERS,
    is_rounded,
    mistake,
    need_condition,
    need_number,
    whole_literal,
    wider,
)

COUNTING = frozenset({"SUM", "MIN", "MAX", "COUNT", "COUNTA"})
"""The functions that take ranges."""

_MOST_PLACES = 15
_Types: TypeAlias = tuple[Type, ...]


def type_of_call(node: Call, types: _Types) -> Type:
    """The type of a call whose arguments have `types`. Raises FormulaError for wrong arguments."""
    fewest, most = FUNCTIONS[node.function]
    if not fewest <= len(types) <= most:
        wanted = f"{fewest}" if fewest == most else f"{fewest} to {most}"
        raise mistake(node, f"{node.function} takes {wanted} argument(s), and {len(types)} are given.")
    return _RULES[node.function](node, types)


def _sum(node: Call, types: _Types) -> Type:
    result = Type.WHOLE
    for argument, found in zip(node.arguments, types, strict=True):
        result = wider(result, need_number(argument, found))
    return result


def _count(node: Call, types: _Types) -> Type:
    for argument, found in zip(node.arguments, types, strict=True):
        if not isinstance(argument, Cells):
            raise mistake(argument, f"{node.function} counts cells: give it a name or a range a:b.")
        if node.function == "COUNT" and found not in NUMBERS:
            raise mistake(argument, f"COUNT counts numbers, and this is {IN_WORDS[found]}: use COUNTA.")
    return Type.WHOLE


def _abs(node: Call, types: _Types) -> Type:
    return need_number(node.arguments[0], types[0])


def _round(node: Call, types: _Types) -> Type:
    number = need_number(node.arguments[0], types[0])
    places = whole_literal(node.arguments[1])
    if places is None or abs(places) > _MOST_PLACES:
        limits = f"from -{_MOST_PLACES} to {_MOST_PLACES}"
        raise mistake(node.arguments[1], f"The places of ROUND are a whole number written out, {limits}.")
    return Type.WHOLE if places <= 0 else number


def _int(node: Call, types: _Types) -> Type:
    _need_whole_or_rounded(node.arguments[0], types[0])
    return Type.WHOLE


def _mod(node: Call, types: _Types) -> Type:
    _need_whole_or_rounded(node.arguments[0], types[0])
    if types[1] is not Type.WHOLE:
        raise mistake(node.arguments[1], "MOD divides by a whole number only: scale both arguments first.")
    return types[0]


def _need_whole_or_rounded(node: Node, found: Type) -> None:
    need_number(node, found)
    if found is Type.NUMBER and not is_rounded(node):
        raise mistake(
            node,
            "INT and MOD take a whole number or ROUND(…, 2), because a spreadsheet's number may lie "
            "just below the exact one.",
        )


def _if(node: Call, types: _Types) -> Type:
    need_condition(node.arguments[0], types[0])
    yes, no = types[1:]
    if Type.CHOICE in (yes, no):
        raise mistake(node, "IF cannot yield a choice: compare the choice, and yield a text or a number.")
    if yes in NUMBERS and no in NUMBERS:
        return wider(yes, no)
    if yes is not no:
        results = f"{IN_WORDS[yes]} and {IN_WORDS[no]}"
        raise mistake(node.arguments[2], f"Both results of IF must be alike, and these are {results}.")
    return yes


def _conditions(node: Call, types: _Types) -> Type:
    for argument, found in zip(node.arguments, types, strict=True):
        need_condition(argument, found)
    return Type.LOGICAL


def _isblank(node: Call, _types: _Types) -> Type:
    if not isinstance(node.arguments[0], Cells):
        raise mistake(node.arguments[0], "ISBLANK asks about one cell: give it a name.")
    return Type.LOGICAL


def _len(node: Call, types: _Types) -> Type:
    if types[0] is not Type.TEXT:
        raise mistake(node.arguments[0], f"LEN measures a text, and this is {IN_WORDS[types[0]]}.")
    return Type.WHOLE


_RULES: Mapping[str, Callable[[Call, _Types], Type]] = {
    "SUM": _sum,
    "MIN": _sum,
    "MAX": _sum,
    "COUNT": _count,
    "COUNTA": _count,
    "ABS": _abs,
    "ROUND": _round,
    "INT": _int,
    "MOD": _mod,
    "IF": _if,
    "AND": _conditions,
    "OR": _conditions,
    "NOT": _conditions,
    "ISBLANK": _isblank,
    "LEN": _len,
}
