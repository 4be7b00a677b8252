"""Formulas parsed and bound one by one, every mistake noted with its place."""

from __future__ import annotations

from functools import cache

from xlreport.form.mistake import Mistake
from xlreport.form.outline import Outline
from xlreport.formula.check import bind, type_of
from xlreport.formula.nodes import FormulaError, Node, Scope, Type
from xlreport.formula.parse import parse

_parsed = cache(parse)
"""The formula of a check is bound for one line of a table after the other."""


class Binder:
    """Binds the formulas of one form, file by file."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.mistakes: list[Mistake] = []

    def bound(
        self, file: str, path: str, source: str, scope: Scope, wanted: set[Type], words: str
    ) -> Node | None:
        """The formula, whose result must be of a type that is `wanted`; None if there is a mistake in it."""
        try:
            node = bind(_parsed(source), scope, source)
            found = type_of(node, source)
        except FormulaError as error:
            self.fail(file, path, error.with_caret())
            return None
        if found not in wanted:
            self.fail(file, path, f"“{source}” must yield {words}")
            return None
        return node

    def number(self, file: str, path: str, source: str, scope: Scope) -> Node | None:
        """A formula that must yield a number."""
        return self.bound(file, path, source, scope, {Type.WHOLE, Type.NUMBER}, "a number")

    def condition(self, file: str, path: str, source: str, scope: Scope) -> Node | None:
        """A formula that must yield TRUE or FALSE."""
        return self.bound(file, path, source, scope, {Type.LOGICAL}, "TRUE or FALSE")

    def fail(self, file: str, path: str, message: str) -> None:
        """Note a mistake, once: the same formula is bound for line after line."""
        mistake = Mistake(file, path, message)
        if mistake not in self.mistakes:
            self.mistakes.append(mistake)
