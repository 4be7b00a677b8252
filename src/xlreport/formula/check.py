"""Binding a formula's names and checking its types: the way from a parsed tree to one to rely on."""

from __future__ import annotations

from xlreport.formula.calls import COUNTING, type_of_call
from xlreport.formula.nodes import Binary, Call, Cells, FormulaError, Literal, Node, Type, Unary
from xlreport.formula.operators import type_of_binary, type_of_unary
from xlreport.formula.tree import bind, children, comparison, subjects
from xlreport.formula.types import mistake

__all__ = ["bind", "comparison", "subjects", "type_of"]

_LONGEST_TEXT = 255


def type_of(node: Node, source: str = "") -> Type:
    """The type of a bound formula's result. Raises FormulaError at the first mistake.

    `source` is the formula's text, for the error to show.
    """
    try:
        _refuse_range(node)
        return _type(node)
    except FormulaError as error:
        raise FormulaError(error.message, source, error.position) from error


def _type(node: Node) -> Type:
    """Types from the leaves up: each rule sees its node and the types of what stands below."""
    if not (isinstance(node, Call) and node.function in COUNTING):
        for child in children(node):
            _refuse_range(child)
    if isinstance(node, Cells):
        return node.type
    if isinstance(node, Literal):
        return _literal(node)
    if isinstance(node, Binary):
        return type_of_binary(node, _type(node.left), _type(node.right))
    if isinstance(node, Call):
        return type_of_call(node, tuple(map(_type, node.arguments)))
    if isinstance(node, Unary):
        return type_of_unary(node, _type(node.operand))
    raise mistake(node, "This name has not been bound to a cell.")


def _refuse_range(node: Node) -> None:
    if isinstance(node, Cells) and not node.scalar:
        raise mistake(node, f"A range stands only directly inside {', '.join(sorted(COUNTING))}.")


def _literal(node: Literal) -> Type:
    if isinstance(node.value, bool):
        return Type.LOGICAL
    if isinstance(node.value, int):
        return Type.WHOLE
    if not isinstance(node.value, str):
        return Type.NUMBER
    if len(node.value.encode("utf-16-le")) > 2 * _LONGEST_TEXT:
        raise mistake(node, f"A text in a formula has at most {_LONGEST_TEXT} characters: shorten it.")
    return Type.TEXT
