"""Types of what operators yield."""

from __future__ import annotations

from collections.abc import Mapping

from xlreport.formula.nodes import COMPARISONS, Binary, Cells, Literal, Node, Type, Unary
from xlreport.formula.types import IN_WORDS, NUMBERS, is_rounded, mistake, need_number, whole_literal, wider

_HIGHEST_EXPONENT = 64


def type_of_unary(node: Unary, operand: Type) -> Type:
    """A sign keeps the type of a number; a percentage may have decimals."""
    need_number(node.operand, operand)
    return Type.NUMBER if node.operator == "%" else operand


def type_of_binary(node: Binary, left: Type, right: Type) -> Type:
    """The type of `left operator right`. Raises FormulaError where they do not go together."""
    if node.operator in COMPARISONS:
        _check_comparison(node, left, right)
        return Type.LOGICAL
    if node.operator == "&":
        _check_joinable(node.left, left)
        _check_joinable(node.right, right)
        return Type.TEXT
    need_number(node.left, left)
    need_number(node.right, right)
    if node.operator == "/":
        return Type.NUMBER
    if node.operator == "^":
        return left if _exponent(node.right) >= 0 else Type.NUMBER
    return wider(left, right)


def _check_joinable(node: Node, found: Type) -> None:
    if found not in (Type.TEXT, Type.WHOLE):
        raise mistake(node, f"& joins texts and whole numbers, and this is {IN_WORDS[found]}.")


def _exponent(node: Node) -> int:
    exponent = whole_literal(node)
    if exponent is None or abs(exponent) > _HIGHEST_EXPONENT:
        limits = f"from -{_HIGHEST_EXPONENT} to {_HIGHEST_EXPONENT}"
        raise mistake(node, f"The exponent is a whole number written out, {limits}.")
    return exponent


def _check_comparison(node: Binary, left: Type, right: Type) -> None:
    if left is Type.CHOICE:
        _check_choice(node, node.left, node.right)
    elif right is Type.CHOICE:
        _check_choice(node, node.right, node.left)
    elif left in NUMBERS and right in NUMBERS:
        _check_comparable(node.left, left)
        _check_comparable(node.right, right)
    elif left is not right:
        sides = f"{IN_WORDS[left]} and {IN_WORDS[right]}"
        raise mistake(node, f"Both sides of a comparison must be alike, and these are {sides}.")
    else:
        _check_equality(node, IN_WORDS[left])


def _check_equality(node: Binary, what: str) -> None:
    if node.operator not in ("=", "<>"):
        raise mistake(node, f"There is no order for {what}: compare it with = or <>.")


def _check_comparable(node: Node, found: Type) -> None:
    if found is Type.NUMBER and not (is_rounded(node) or _is_number_as_written(node)):
        raise mistake(
            node,
            "A number with decimals is compared only after rounding, because a spreadsheet's last digits "
            "differ from exact arithmetic: write ROUND(…, 2), with as many places as are reported.",
        )


def _is_number_as_written(node: Node) -> bool:
    if isinstance(node, Unary) and node.operator == "-":
        return _is_number_as_written(node.operand)
    return isinstance(node, Literal)


def _check_choice(node: Binary, choice: Node, other: Node) -> None:
    _check_equality(node, "a choice")
    options = (choice.options if isinstance(choice, Cells) else None) or {}
    codes = ", ".join(f'"{code}"' for code in options)
    if not isinstance(other, Literal) or not isinstance(other.value, str):
        raise mistake(other, f"A choice is compared with the code of an option in double quotes: {codes}.")
    if other.value == "":
        raise mistake(other, "Whether a choice is blank is asked by ISBLANK(…).")
    if other.value not in options:
        hint = _near(other.value, options)
        raise mistake(other, f'"{other.value}" is not an option here: use one of {codes}{hint}.')


def _near(word: str, options: Mapping[str, str]) -> str:
    from difflib import get_close_matches  # slow to import, and needed for mistakes only

    by_label = [code for code, label in options.items() if label == word]
    near = by_label or get_close_matches(word, options, n=1)
    return f' (perhaps "{near[0]}")' if near else ""
