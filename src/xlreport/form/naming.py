"""Formulas in a clerk's words: `（一）60＋（二）0＝60`."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.form.checks import Instance
from xlreport.form.exact import in_full
from xlreport.form.model import Form
from xlreport.formula.evaluate import Lookup
from xlreport.formula.nodes import Binary, Call, Cells, Literal, Node, Ref, Type, Unary, Value
from xlreport.subject import Subject

_SIGNS = {
    "+": "＋",
    "-": "－",
    "*": "×",
    "/": "÷",
    "=": "＝",
    "<>": "≠",
    "<": "＜",
    "<=": "≤",
    ">": "＞",
    ">=": "≥",
}
_STRENGTH = {"+": 1, "-": 1, "*": 3, "/": 3, "^": 5}
_OF_MANY = {"SUM": "合计", "MIN": "最小", "MAX": "最大", "COUNT": "填数格数", "COUNTA": "已填格数"}
_PHRASES = {
    "ABS": "{}的绝对值",
    "IF": "（{}时为{}，否则为{}）",
    "INT": "{}取整",
    "ISBLANK": "{}未填",
    "LEN": "{}的字数",
    "MOD": "{}除以{}的余数",
    "NOT": "并非{}",
}
_LINKS = {"AND": "，且", "OR": "，或"}


def number(value: Value) -> str:
    """A value as a person writes it: no exponent, a real minus sign."""
    if value is None:
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return value
    return in_full(value).replace("-", "−")


class Naming:
    """Says what cells and formulas are called, in the context of one check instance.

    Inside the instance's own line the line's name is left out: `（一）` rather than `（一）自然人`.
    """

    def __init__(self, form: Form, instance: Instance | None = None) -> None:
        self._form = form
        self._instance = instance

    def cell(self, subject: Subject) -> str:
        """The name of one cell."""
        if subject.is_prior:
            return f"上年报告“{self.cell(subject.this_year)}”"
        if subject.is_answer:
            return f"{subject.row} 情况说明"
        return self._in_line(subject) or self._form.block_of(subject).label(subject)

    def _in_line(self, cell: Subject) -> str:
        """What a cell is called within the line that the instance is about; "" for any other cell."""
        instance = self._instance
        if instance is None or cell.is_note or cell.block != instance.check.grid:
            return ""
        grid = self._form.grids.get(cell.block)
        if grid is not None and instance.check.each == "column" and cell.column == instance.line:
            return grid.row(cell.row).short
        if grid is not None and instance.check.each == "row" and cell.row == instance.line:
            return grid.column(cell.column).short
        return ""

    def formula(self, node: Node, lookup: Lookup | None = None) -> str:
        """The formula in words; with `lookup`, each cell's value stands behind its name."""
        if isinstance(node, Cells):
            return self._cells(node, lookup)
        if isinstance(node, Literal):
            return f"“{node.value}”" if isinstance(node.value, str) else number(node.value)
        if isinstance(node, Unary):
            operand = self._operand(node.operand, _STRENGTH["^"], lookup)
            return f"{operand}%" if node.operator == "%" else f"{_SIGNS[node.operator]}{operand}"
        if isinstance(node, Binary):
            return self._binary(node, lookup)
        assert not isinstance(node, Ref), "only bound formulas have words"
        return self._call(node, lookup)

    def side(self, node: Node, value: Value, lookup: Lookup) -> str:
        """One side of a comparison with its values: `（一）60＋（二）0＝60`, or `（四）0` for one cell."""
        words = self.formula(node, lookup)
        alone = isinstance(node, Literal) or (isinstance(node, Cells) and node.scalar)
        return words if alone else f"{words}＝{number(value)}"

    def _cells(self, node: Cells, lookup: Lookup | None) -> str:
        if not node.scalar:
            return self._range(node.subjects)
        name = self.cell(node.subjects[0])
        return name + _shown(node, lookup(node.subjects[0])) if lookup else name

    def _range(self, subjects: Sequence[Subject]) -> str:
        if len(subjects) == 1:
            return self.cell(subjects[0])
        return f"{self.cell(subjects[0])}至{self.cell(subjects[-1])}"

    def _whole(self, node: Call) -> str:
        """What a sum is called that takes in all of a list's column, or all lines under one heading."""
        cells = node.arguments[0] if node.function == "SUM" and len(node.arguments) == 1 else None
        if not isinstance(cells, Cells) or len(cells.subjects) < 2:
            return ""
        name = cells.subjects[0].block
        table = self._form.listings.get(name) or self._form.grids.get(name)
        return table.label_together(cells.subjects) if table is not None else ""

    def _binary(self, node: Binary, lookup: Lookup | None) -> str:
        strength = _STRENGTH.get(node.operator, 0)
        left = self._operand(_labelled(node.left, node.right), strength, lookup)
        right = self._operand(_labelled(node.right, node.left), strength + (node.operator in "-/"), lookup)
        return f"{left}{_SIGNS.get(node.operator, node.operator)}{right}"

    def _operand(self, node: Node, strength: int, lookup: Lookup | None) -> str:
        words = self.formula(node, lookup)
        if isinstance(node, Binary):
            weak = _STRENGTH.get(node.operator, 0) < strength
        else:
            weak = isinstance(node, Call) and node.function in _LINKS
        return f"（{words}）" if weak else words

    def _call(self, node: Call, lookup: Lookup | None) -> str:
        if node.function == "ROUND":
            return self.formula(node.arguments[0], lookup)
        whole = self._whole(node)
        if whole:
            return whole
        if node.function in _OF_MANY:
            parts = [self.formula(argument, lookup) for argument in node.arguments]
            return "、".join(parts) + _OF_MANY[node.function]
        if node.function in _LINKS:
            return _LINKS[node.function].join(self._operand(part, 0, lookup) for part in node.arguments)
        weak = 0 if node.function == "IF" else _STRENGTH["^"]
        return _PHRASES[node.function].format(*(self._operand(part, weak, lookup) for part in node.arguments))


def _labelled(node: Node, other: Node) -> Node:
    """The code of a choice as the label people see."""
    if isinstance(node, Literal) and isinstance(other, Cells) and other.options:
        return Literal(other.options.get(str(node.value), node.value))
    return node


def _shown(node: Cells, value: Value) -> str:
    if node.type in (Type.WHOLE, Type.NUMBER):
        return number(0 if value is None else value)
    if value is None:
        return "（空）"
    code = str(value).lower() if isinstance(value, bool) else str(value)
    return f"“{(node.options or {}).get(code, code)}”"
