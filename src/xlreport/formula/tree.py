"""Walking a formula's tree: binding its names to cells, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlreport.formula.nodes import (
    COMPARISONS,
    Binary,
    Call,
    Cells,
    FormulaError,
    Node,
    Ref,
    Scope,
    Unary,
)
from xlreport.subject import Subject


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, from left to right."""
    if isinstance(node, Binary):
        return (node.left, node.right)
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Unary):
        return (node.operand,)
    return ()


def bind(node: Node, scope: Scope, source: str = "") -> Node:
    """The same tree with every name replaced by the cells it means in `scope`.

    Raises FormulaError for a name the scope does not know, at that name; `source` is what the
    error then shows.
    """
    if isinstance(node, Ref):
        return _bind_name(node, scope, source)
    if isinstance(node, Binary):
        left, right = bind(node.left, scope, source), bind(node.right, scope, source)
        return Binary(node.operator, left, right, node.position)
    if isinstance(node, Call):
        arguments = tuple(bind(argument, scope, source) for argument in node.arguments)
        return Call(node.function, arguments, node.position)
    if isinstance(node, Unary):
        return Unary(node.operator, bind(node.operand, scope, source), node.position)
    return node


def _bind_name(ref: Ref, scope: Scope, source: str) -> Cells:
    try:
        cells = scope.resolve(ref)
    except FormulaError as error:
        raise FormulaError(error.message, error.source or source, error.position or ref.position) from error
    return cells if cells.position == ref.position else replace(cells, position=ref.position)


def subjects(node: Node) -> tuple[Subject, ...]:
    """The subjects of all cells a bound tree reads, in order of appearance, each once."""
    return tuple(dict.fromkeys(_all_subjects(node)))


def _all_subjects(node: Node) -> Iterator[Subject]:
    if isinstance(node, Cells):
        yield from node.subjects
    for child in children(node):
        yield from _all_subjects(child)


def comparison(node: Node) -> Binary | None:
    """The comparison a formula consists of, whose two sides a message can state; None for any other."""
    if isinstance(node, Binary) and node.operator in COMPARISONS:
        return node
    return None
