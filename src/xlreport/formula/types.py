"""What the type rules of operators and functions have in common.

Two rules go further than Excel's. A spreadsheet computes in binary floats, we compute exactly; so
numbers that are not whole are compared, and cut by INT and MOD, only after ROUND. And nothing
changes its type silently: a text is no number, a choice is only ever one of its options.
"""

from __future__ import annotations

from xlreport.formula.nodes import Call, FormulaError, Literal, Node, Type, Unary

IN_WORDS = {
    Type.WHOLE: "a whole number",
    Type.NUMBER: "a number",
    Type.TEXT: "a text",
    Type.LOGICAL: "a condition",
    Type.CHOICE: "a choice",
}
NUMBERS = frozenset({Type.WHOLE, Type.NUMBER})


def mistake(node: Node, message: str) -> FormulaError:
    """The error to raise at `node`."""
    return FormulaError(message, position=node.position)


def need_number(node: Node, found: Type) -> Type:
    """`found` if it is a number. Raises FormulaError."""
    if found not in NUMBERS:
        raise mistake(node, f"A number is needed here, and this is {IN_WORDS[found]}.")
    return found


def need_condition(node: Node, found: Type) -> None:
    """Raises FormulaError if `found` is neither true nor false."""
    if found is not Type.LOGICAL:
        raise mistake(node, f"A condition is needed here, such as a = b, and this is {IN_WORDS[found]}.")


def wider(left: Type, right: Type) -> Type:
    """The type that holds both numbers."""
    return Type.WHOLE if left is right is Type.WHOLE else Type.NUMBER


def is_rounded(node: Node) -> bool:
    """True for ROUND(…), whose result a float holds as well as a decimal."""
    return isinstance(node, Call) and node.function == "ROUND"


def whole_literal(node: Node) -> int | None:
    """The value of 3 or -3 as written; None for anything else."""
    if isinstance(node, Unary) and node.operator == "-":
        value = whole_literal(node.operand)
        return None if value is None else -value
    if isinstance(node, Literal) and isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    return None
