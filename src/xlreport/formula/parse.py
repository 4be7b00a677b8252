"""From the text of a formula to its tree.

    formula    = comparison
    comparison = joined  { ( "=" | "<>" | "<" | "<=" | ">" | ">=" ) joined }
    joined     = sum     { "&" sum }
    sum        = product { ( "+" | "-" ) product }
    product    = power   { ( "*" | "/" ) power }
    power      = signed  { "^" signed }
    signed     = { "-" | "+" } percent
    percent    = atom    { "%" }
    atom       = number | text | "TRUE" | "FALSE" | call | reference | "(" comparison ")"
    call       = function "(" [ comparison { "," comparison } ] ")"
    reference  = [ "prior" "." ] span [ "[" span [ "," span ] "]" ]
    span       = name [ ":" name ]

These are Excel's precedences: all operators group from the left, and a sign binds tighter than a
power, so that -2^2 is 4 and 2^3^2 is 64. A plus sign says nothing and leaves no node. Names are
lower-case; functions, TRUE and FALSE may be written in any case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from decimal import Decimal

from xlreport.formula.functions import FUNCTIONS, instead_of
from xlreport.formula.nodes import (
    COMPARISONS,
    MOST_CHARACTERS,
    Binary,
    Call,
    FormulaError,
    Literal,
    Neighbours,
    Node,
    Ref,
    Unary,
)
from xlreport.formula.tokens import Token, tokenize
from xlreport.formula.tree import children
from xlreport.stored import DIGITS

# Far above what a rule needs, far below what Python's stack bears.
_DEEPEST_NESTING = 32
_TALLEST_TREE = 100

_ADDRESS = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]+[Cc][0-9]+")


def parse(text: str) -> Node:
    """The tree of a formula, its names not yet bound. Raises FormulaError with the exact position."""
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(
            f"A formula has at most {MOST_CHARACTERS} characters: split it.", text, MOST_CHARACTERS
        )
    return _Parser(text).formula()


class _Parser:
    """Recursive descent: one method per rule of the grammar above."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = tokenize(source)
        self.index = 0
        self.token = self.tokens[0]
        self.depth = 0

    def formula(self) -> Node:
        if self.token.text == "=":
            raise self.error("Write the formula without the leading '='.")
        node = self.comparison()
        if self.token.kind != "end":
            raise self.error(f"Expected an operator or the end of the formula, found {self.found()}.")
        self.check_height(node)
        return node

    def comparison(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST_NESTING:
            raise self.error(f"More than {_DEEPEST_NESTING} levels of parentheses: split the formula.")
        node = self.chain(COMPARISONS, self.joined)
        self.depth -= 1
        return node

    def joined(self) -> Node:
        return self.chain("&", self.sum)

    def sum(self) -> Node:
        return self.chain("+-", self.product)

    def product(self) -> Node:
        return self.chain("*/", self.power)

    def power(self) -> Node:
        return self.chain("^", self.signed)

    def signed(self) -> Node:
        signs = []
        while self.token.text in ("-", "+"):
            signs.append(self.take())
        node = self.percent()
        for sign in reversed(signs):
            if sign.text == "-":
                node = Unary("-", node, sign.position)
        return node

    def percent(self) -> Node:
        node = self.atom()
        while self.token.text == "%":
            node = Unary("%", node, self.take().position)
        return node

    def atom(self) -> Node:
        kind, text, position = self.token
        if kind == "number":
            return self.number()
        if kind == "text":
            self.take()
            return Literal(text[1:-1].replace('""', '"'), position)
        if kind == "word":
            return self.word()
        if text == "(":
            self.take()
            node = self.comparison()
            self.expect(")")
            return node
        raise self.error(f"Expected a value (a name, a number or a text), found {self.found()}.")

    def number(self) -> Literal:
        digits = self.token.text.replace(".", "").lstrip("0")
        if len(digits) > DIGITS:
            raise self.error(f"A spreadsheet keeps {DIGITS} digits of a number: write fewer.")
        _, text, position = self.take()
        value = Decimal(text)
        whole = int(value)
        return Literal(whole if whole == value else value, position)

    def word(self) -> Node:
        if self.tokens[self.index + 1].text == "(":
            return self.call()
        if self.token.text.upper() in ("TRUE", "FALSE"):
            _, text, position = self.take()
            return Literal(text.upper() == "TRUE", position)
        return self.reference()

    def call(self) -> Call:
        function = self.token.text.upper()
        if function not in FUNCTIONS:
            raise self.error(f"The function {function} is not available: {instead_of(function)}.")
        position = self.take().position
        self.expect("(")
        arguments = []
        if self.token.text != ")":
            arguments.append(self.comparison())
            while self.token.text == ",":
                self.take()
                arguments.append(self.comparison())
        self.expect(")")
        return Call(function, tuple(arguments), position)

    def reference(self) -> Ref:
        position = self.token.position
        prior = self.token.text == "prior" and self.tokens[self.index + 1].text == "."
        if prior:
            self.take()
            self.take()
        name = self.span()
        index: tuple[Neighbours, ...] = ()
        if self.token.text == "[":
            if name.last is not None:
                raise self.error("Only one name stands before '[': write the range inside, name[a:b].")
            index = self.spans()
        return Ref(name, index, prior, position)

    def spans(self) -> tuple[Neighbours, ...]:
        self.expect("[")
        spans = [self.span()]
        if self.token.text == ",":
            self.take()
            spans.append(self.span())
        self.expect("]")
        return tuple(spans)

    def span(self) -> Neighbours:
        first = self.name()
        if self.token.text != ":":
            return Neighbours(first)
        self.take()
        return Neighbours(first, self.name())

    def name(self) -> str:
        kind, text, _ = self.token
        if kind != "word":
            raise self.error(f"Expected a name, found {self.found()}.")
        if text != text.lower():
            if _ADDRESS.fullmatch(text):
                raise self.error(f"{text} is a cell address: write the declared name of the cell.")
            raise self.error(f"Names are lower-case: write {text.lower()}.")
        self.take()
        return text

    def chain(self, operators: Collection[str], operand: Callable[[], Node]) -> Node:
        """operand { operator operand }, grouped from the left."""
        node = operand()
        while self.token.text in operators and self.token.kind == "operator":
            _, operator, position = self.take()
            node = Binary(operator, node, operand(), position)
        return node

    def take(self) -> Token:
        token = self.token
        self.index += 1
        self.token = self.tokens[self.index]
        return token

    def expect(self, text: str) -> None:
        if self.token.text != text:
            raise self.error(f"Expected {text} here, found {self.found()}.")
        self.take()

    def found(self) -> str:
        return self.token.text or "the end of the formula"

    def error(self, message: str) -> FormulaError:
        return FormulaError(message, self.source, self.token.position)

    def check_height(self, root: Node) -> None:
        """Later passes recurse over the tree; a chain of operators is as tall as it is long."""
        level = [root]
        for _ in range(_TALLEST_TREE):
            level = [child for node in level for child in children(node)]
            if not level:
                return
        raise FormulaError(
            f"More than {_TALLEST_TREE} operators in a row: add ranges with SUM(a:b), or split the formula.",
            self.source,
            level[0].position,
        )
