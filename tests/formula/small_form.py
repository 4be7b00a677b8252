"""A small form for formula tests: names of every type, and random formulas over them.

Formulas are trees as the parser yields them; `source_of` writes one down as an author would.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from xlreport.formula.nodes import (
    Binary,
    Call,
    Cells,
    FormulaError,
    Literal,
    Neighbours,
    Node,
    Ref,
    Type,
    Unary,
    Value,
)

UNIT_TYPES = {"township": "乡镇（街道）", "department": "部门", "agency": "派出“机构”"}
YES_NO = {"true": "是", "false": "否"}

FIELDS: dict[str, Type] = {
    "year": Type.WHOLE,
    "sent": Type.WHOLE,
    "received": Type.WHOLE,
    "fee": Type.NUMBER,
    "charge": Type.NUMBER,
    "organ": Type.TEXT,
    "remark": Type.TEXT,
    "unit_type": Type.CHOICE,
    "level": Type.CHOICE,
    "confirmed": Type.LOGICAL,
    "merged": Type.LOGICAL,
}
ROWS = ("new", "carried", "open", "closed")
COLUMNS = ("person", "company", "total")
GRIDS = {"requests": Type.WHOLE, "amounts": Type.NUMBER}
LIST_ROWS = 5


class SmallScope:
    """Fields, two grids and a list; with `column` also the bare row names of that column of `requests`."""

    def __init__(self, column: str = "person") -> None:
        self.column = column

    def resolve(self, ref: Ref) -> Cells:
        prefix = "prior." if ref.prior else ""
        name = ref.name.first
        if name in ROWS and not ref.index:
            subjects = tuple(f"requests[{row},{self.column}]" for row in _between(ref.name, ROWS))
            return Cells(subjects, Type.WHOLE, ref.name.last is None)
        if name in GRIDS and len(ref.index) == 2:
            rows, columns = ref.index
            subjects = tuple(
                f"{prefix}{name}[{row},{column}]"
                for row in _between(rows, ROWS)
                for column in _between(columns, COLUMNS)
            )
            return Cells(subjects, GRIDS[name], rows.last is None and columns.last is None)
        if name == "published" and len(ref.index) == 1:
            return Cells(
                tuple(f"published[{row},count]" for row in range(1, LIST_ROWS + 1)), Type.WHOLE, False
            )
        if name in FIELDS and ref.name.last is None:
            options = {Type.CHOICE: UNIT_TYPES, Type.LOGICAL: YES_NO}.get(FIELDS[name])
            return Cells((f"{prefix}{name}",), FIELDS[name], True, options)
        raise FormulaError(f"unknown name {name}")


def _between(span: Neighbours, names: tuple[str, ...]) -> tuple[str, ...]:
    first = names.index(span.first)
    return names[first : names.index(span.last or span.first) + 1]


def all_cells() -> dict[str, Type]:
    """Every subject of this year with its type, in the order of the sheet."""
    cells = dict(FIELDS)
    for grid, kind in GRIDS.items():
        cells |= {f"{grid}[{row},{column}]": kind for row in ROWS for column in COLUMNS}
    return cells | {f"published[{row},count]": Type.WHOLE for row in range(1, LIST_ROWS + 1)}


def random_value(random: Random, kind: Type) -> Value:
    """Blank now and then; zeros, negatives, large numbers and awkward texts among the rest."""
    if random.random() < 0.2:
        return None
    if kind is Type.WHOLE:
        return random.choice([0, 1, random.randrange(100), -random.randrange(50), random.randrange(10**12)])
    if kind is Type.NUMBER:
        places = random.randrange(1, 7)
        return random.choice([0, Decimal(random.randrange(-(10**6), 10**8)).scaleb(-places)])
    if kind is Type.TEXT:
        return random.choice(["政府信息公开", 'say "hi"', "ABC", "abc", "12", " ", "（一）&<>'", "=1+1"])
    if kind is Type.CHOICE:
        return random.choice(list(UNIT_TYPES))
    return random.choice([True, False])


class Formulas:
    """Random well-typed formulas. `plain` ones leave out choices and confirmations."""

    def __init__(self, random: Random, plain: bool = False) -> None:
        self.random = random
        self.plain = plain

    def any(self, depth: int = 3) -> Node:
        return self._one_of(self.whole, self.number, self.text, self.logical)(depth)

    def whole(self, depth: int) -> Node:
        if depth == 0:
            return self._one_of(self._whole_literal, self._whole_cell)()
        return self._one_of(
            self._whole_literal,
            self._whole_cell,
            lambda: self._binary("+-*", self.whole, depth),
            lambda: self._binary("+-", self.whole, depth),
            lambda: Unary("-", self.whole(depth - 1)),
            lambda: self._sum(self.whole, depth),
            lambda: Call("COUNT", (self._range("requests"), self._whole_cell())),
            lambda: Call("COUNTA", (self._cell(self._one_of(*FIELDS)), self._range("amounts"))),
            lambda: Call("ABS", (self.whole(depth - 1),)),
            lambda: Call("INT", (self._rounded(depth - 1, self.random.randrange(4)),)),
            lambda: Call("MOD", (self.whole(depth - 1), self.whole(depth - 1))),
            lambda: self._rounded(depth - 1, -self.random.randrange(3)),
            lambda: Binary("^", self._whole_cell(), Literal(self.random.randrange(1, 4))),
            lambda: Call("LEN", (self.text(depth - 1),)),
            lambda: self._if(self.whole, depth),
        )()

    def number(self, depth: int) -> Node:
        if depth == 0:
            return self._one_of(self._number_literal, self._number_cell, self._whole_cell)()
        return self._one_of(
            self._number_literal,
            self._number_cell,
            lambda: self.whole(depth - 1),
            lambda: self._binary("+-*/", self.number, depth),
            lambda: Unary("%", self.number(depth - 1)),
            lambda: Unary("-", self.number(depth - 1)),
            lambda: self._sum(self.number, depth),
            lambda: self._rounded(depth - 1, self.random.randrange(5)),
            lambda: Call("MOD", (self._rounded(depth - 1, 2), Literal(self.random.randrange(1, 30)))),
            lambda: Binary("^", self._positive(), Unary("-", Literal(self.random.randrange(1, 4)))),
            lambda: self._if(self.number, depth),
        )()

    def text(self, depth: int) -> Node:
        if depth == 0:
            return self._one_of(self._text_literal, lambda: self._cell(self._one_of("organ", "remark")))()
        return self._one_of(
            self._text_literal,
            lambda: self._cell(self._one_of("organ", "remark")),
            lambda: Binary("&", self.text(depth - 1), self._one_of(self.text, self.whole)(depth - 1)),
            lambda: self._if(self.text, depth),
        )()

    def logical(self, depth: int) -> Node:
        if depth == 0:
            return self._one_of(self._logical_literal, self._confirmation, self._blank, self._choice)()
        return self._one_of(
            lambda: self._compare(self.whole, depth),
            lambda: self._compare(self.whole, depth),
            lambda: self._compare(lambda d: self._rounded(d, 2), depth),
            lambda: self._compare(self.text, depth, "=", "<>"),
            lambda: self._compare(self.logical, depth, "=", "<>"),
            self._choice,
            self._confirmation,
            self._blank,
            lambda: Call("AND", (self.logical(depth - 1), self.logical(depth - 1))),
            lambda: Call("OR", (self.logical(depth - 1), self.logical(depth - 1), self.logical(depth - 1))),
            lambda: Call("NOT", (self.logical(depth - 1),)),
            lambda: self._if(self.logical, depth),
        )()

    def _one_of(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def _whole_literal(self) -> Node:
        return Literal(self._one_of(0, 1, 10, self.random.randrange(1000), self.random.randrange(10**12)))

    def _number_literal(self) -> Node:
        digits = self.random.randrange(1, 10**5) * 10 + 5
        return Literal(Decimal(digits).scaleb(-self.random.randrange(1, 7)))

    def _text_literal(self) -> Node:
        return Literal(self._one_of("", "ABC", "政府信息公开", 'say "hi"', "12", "a&b<c>'d'", " "))

    def _logical_literal(self) -> Node:
        return Literal(self._one_of(True, False))

    def _whole_cell(self) -> Node:
        if self.random.random() < 0.5:
            return self._cell(self._one_of("year", "sent", "received", *ROWS))
        return Ref(
            Neighbours("requests"), (Neighbours(self._one_of(*ROWS)), Neighbours(self._one_of(*COLUMNS)))
        )

    def _positive(self) -> Node:
        return Binary("+", Call("ABS", (self._whole_cell(),)), Literal(1))

    def _number_cell(self) -> Node:
        if self.random.random() < 0.5:
            return self._cell(self._one_of("fee", "charge"))
        return Ref(
            Neighbours("amounts"), (Neighbours(self._one_of(*ROWS)), Neighbours(self._one_of(*COLUMNS)))
        )

    def _cell(self, name: str) -> Node:
        return Ref(Neighbours(name))

    def _confirmation(self) -> Node:
        return self._logical_literal() if self.plain else self._cell(self._one_of("confirmed", "merged"))

    def _choice(self) -> Node:
        if self.plain:
            return self._logical_literal()
        sides = [self._cell(self._one_of("unit_type", "level")), Literal(self._one_of(*UNIT_TYPES))]
        self.random.shuffle(sides)
        return Binary(self._one_of("=", "<>"), *sides)

    def _blank(self) -> Node:
        return Call("ISBLANK", (self._cell(self._one_of(*FIELDS)),))

    def _range(self, grid: str) -> Node:
        if grid == "requests" and self.random.random() < 0.4:
            return self._one_of(
                Ref(Neighbours("new", "closed")), Ref(Neighbours("published"), (Neighbours("count"),))
            )
        rows = self._one_of(Neighbours("new", "open"), Neighbours("carried", "closed"), Neighbours("open"))
        columns = self._one_of(
            Neighbours("person", "company"), Neighbours("person", "total"), Neighbours("company", "total")
        )
        return Ref(Neighbours(grid), (rows, columns))

    def _sum(self, operand: Callable[[int], Node], depth: int) -> Node:
        grids = ("requests",) if operand == self.whole else tuple(GRIDS)
        arguments = [self._range(self._one_of(*grids)), operand(depth - 1), operand(depth - 1)]
        self.random.shuffle(arguments)
        return Call(self._one_of("SUM", "MIN", "MAX"), tuple(arguments[: self.random.randrange(1, 4)]))

    def _binary(self, operators: str, operand: Callable[[int], Node], depth: int) -> Node:
        return Binary(self._one_of(*operators), operand(depth - 1), operand(depth - 1))

    def _compare(self, operand: Callable[[int], Node], depth: int, *operators: str) -> Node:
        operators = operators or ("=", "<>", "<", "<=", ">", ">=")
        left = operand(depth - 1)
        right = left if self.random.random() < 0.2 else operand(depth - 1)
        return Binary(self._one_of(*operators), left, right)

    def _rounded(self, depth: int, places: int) -> Node:
        shown: Node = Literal(places) if places >= 0 else Unary("-", Literal(-places))
        return Call("ROUND", (self.number(depth), shown))

    def _if(self, operand: Callable[[int], Node], depth: int) -> Node:
        return Call("IF", (self.logical(depth - 1), operand(depth - 1), operand(depth - 1)))


def source_of(node: Node) -> str:
    """The formula as text, every operand in parentheses."""
    if isinstance(node, Binary):
        return f"({source_of(node.left)}) {node.operator} ({source_of(node.right)})"
    if isinstance(node, Unary):
        operand = f"({source_of(node.operand)})"
        return operand + "%" if node.operator == "%" else node.operator + operand
    if isinstance(node, Call):
        return f"{node.function.lower()}({', '.join(map(source_of, node.arguments))})"
    if isinstance(node, Ref):
        return name_of(node)
    assert isinstance(node, Literal)
    if isinstance(node.value, bool):
        return str(node.value).upper()
    if isinstance(node.value, str):
        return '"' + node.value.replace('"', '""') + '"'
    return str(node.value) if isinstance(node.value, int) else format(node.value, "f")


def name_of(ref: Ref) -> str:
    """A reference as text."""
    index = f"[{', '.join(map(_span, ref.index))}]" if ref.index else ""
    return ("prior." if ref.prior else "") + _span(ref.name) + index


def _span(span: Neighbours) -> str:
    return span.first if span.last is None else f"{span.first}:{span.last}"
