"""A bound formula as Excel writes it, with addresses for names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from xlreport.formula.functions import MOST_ARGUMENTS
from xlreport.formula.nodes import (
    COMPARISONS,
    MOST_CHARACTERS,
    Binary,
    Call,
    Cells,
    FormulaError,
    Literal,
    Node,
    Type,
    Unary,
)
from xlreport.subject import Subject

Address: TypeAlias = Callable[[tuple[Subject, ...]], tuple[str, ...]]
"""Subjects to the A1 references that cover exactly their cells, in order."""

_PRECEDENCE = {**dict.fromkeys(COMPARISONS, 1), "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_SIGN, _PERCENT, _ATOM = 6, 7, 8


def to_excel(node: Node, address: Address) -> str:
    """The formula for a cell, without the leading "=". Raises FormulaError if it grows too long.

    A choice is compared by its label, and a confirmation is what the sheet says for yes. A text
    taken from a blank cell stays empty, where Excel alone would show 0.
    """
    text = _write(node, address)
    if _hands_on_text(node):
        text += '&""'
    if len(text) >= MOST_CHARACTERS:  # with its "="
        raise FormulaError(f"Written with addresses the formula has {len(text)} characters: split it.")
    return text


def _hands_on_text(node: Node) -> bool:
    """True for a text cell, taken as it is or chosen by IF: blank, Excel would show it as 0."""
    if isinstance(node, Call) and node.function == "IF":
        return any(_hands_on_text(branch) for branch in node.arguments[1:])
    return isinstance(node, Cells) and node.type is Type.TEXT


def _write(node: Node, address: Address) -> str:
    if isinstance(node, Cells):
        return _cell(node, address)
    if isinstance(node, Literal):
        return _literal(node)
    if isinstance(node, Binary):
        return _binary(node, address)
    if isinstance(node, Call):
        return _call(node, address)
    if isinstance(node, Unary):
        return _unary(node, address)
    raise TypeError(f"{node} is not bound to a cell")


def _cell(node: Cells, address: Address) -> str:
    (reference,) = address(node.subjects)
    if node.type is Type.LOGICAL and node.options:
        return f"({reference}={_quoted(node.options['true'])})"
    return reference


def _literal(node: Literal) -> str:
    if isinstance(node.value, bool):
        return "TRUE" if node.value else "FALSE"
    if isinstance(node.value, str):
        return _quoted(node.value)
    return format(node.value, "f") if not isinstance(node.value, int) else str(node.value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _binary(node: Binary, address: Address) -> str:
    own = _PRECEDENCE[node.operator]
    left = _side(node.left, node.right, own, address)
    right = _side(node.right, node.left, own + 1, address)  # operators group from the left
    return left + node.operator + right


def _side(node: Node, other: Node, weakest: int, address: Address) -> str:
    """One side of an operator; where the other side is a choice, its label."""
    if isinstance(node, Literal) and isinstance(other, Cells) and other.type is Type.CHOICE:
        return _quoted((other.options or {})[str(node.value)])
    return _grouped(node, weakest, address)


def _unary(node: Unary, address: Address) -> str:
    if node.operator == "%":
        return _grouped(node.operand, _PERCENT, address) + "%"
    return node.operator + _grouped(node.operand, _SIGN, address)


def _grouped(node: Node, weakest: int, address: Address) -> str:
    """The node, in parentheses if it binds weaker than its place demands."""
    text = _write(node, address)
    return f"({text})" if _strength(node) < weakest else text


def _strength(node: Node) -> int:
    if isinstance(node, Binary):
        return _PRECEDENCE[node.operator]
    if isinstance(node, Unary):
        return _PERCENT if node.operator == "%" else _SIGN
    return _ATOM


def _call(node: Call, address: Address) -> str:
    parts: list[str] = []
    for argument in node.arguments:
        if isinstance(argument, Cells) and _takes_the_cell_itself(node, argument):
            parts.extend(address(argument.subjects))
        else:
            parts.append(_write(argument, address))
    if len(parts) > MOST_ARGUMENTS:
        raise FormulaError(
            f"{node.function} would take {len(parts)} areas, and Excel allows {MOST_ARGUMENTS}: split it.",
            position=node.position,
        )
    return f"{node.function}({','.join(parts)})"


def _takes_the_cell_itself(node: Call, argument: Cells) -> bool:
    """A range, or a cell asked whether it is filled, is never replaced by a comparison."""
    return not argument.scalar or node.function in ("ISBLANK", "COUNTA")
