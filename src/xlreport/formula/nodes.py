"""What a formula is made of, before and after its names are bound to cells.

The parser yields a tree with `Ref` leaves: names as the author wrote them. Binding replaces each
`Ref` by `Cells`: the subjects of the cells meant, in declared order, with their type. Only bound trees
are evaluated or written to Excel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol, TypeAlias, TypeGuard

from xlreport.frozen import frozen
from xlreport.subject import Subject

Value: TypeAlias = "int | Decimal | str | bool | None"
"""A cell's value. `None` is blank, which is not 0. Dates are Excel serial day numbers (int)."""

Figure: TypeAlias = int | Decimal
"""A value that is a number, exact as it was written."""

Exact: TypeAlias = "int | Fraction | str | bool | None"
"""A value while it is being computed: quotients stay exact."""

MOST_CHARACTERS = 8192
"""Excel's limit for the text of a formula."""


def is_figure(value: object) -> TypeGuard[Figure]:
    """True for a number, which a yes or no is not."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


class Type(StrEnum):
    """Types the checker knows. A WHOLE number may stand wherever a NUMBER may."""

    WHOLE = "整数"
    NUMBER = "数"
    TEXT = "文字"
    LOGICAL = "真假"
    CHOICE = "选项"


class FormulaError(ValueError):
    """A mistake in a formula's text, with its position (0-based offset into the source)."""

    def __init__(self, message: str, source: str = "", position: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.position = position

    def with_caret(self) -> str:
        """The message, the line of the source and a caret under the position."""
        start = self.source.rfind("\n", 0, self.position) + 1
        line = self.source[start:].partition("\n")[0]
        return f"{self.message}\n  {line}\n  {' ' * (self.position - start)}^"


@frozen
class Neighbours:
    """A name, or the neighbours `first:last` in declared order (`last` None: the one name)."""

    first: str
    last: str | None = None


@frozen
class Ref:
    """Names as written. `year` and `a:b` have only `name`; `grid[r, c]` and `list[c]` have `index`."""

    name: Neighbours
    index: tuple[Neighbours, ...] = ()
    prior: bool = False
    position: int = field(default=0, compare=False)


@frozen
class Cells:
    """Bound cells. `scalar` tells one cell from a range that happens to have one cell.

    `options` maps a choice's code to the label that stands in the sheet. `confirm` marks a yes/no
    cell, which holds the text of `options["true"]` when yes.
    """

    subjects: tuple[Subject, ...]
    type: Type
    scalar: bool = True
    options: Mapping[str, str] | None = None
    position: int = field(default=0, compare=False)


@frozen
class Literal:
    """A number (int or exact Decimal), a text, TRUE or FALSE."""

    value: int | Decimal | str | bool
    position: int = field(default=0, compare=False)


@frozen
class Unary:
    """`-x` and the postfix `x%`; `operator` is "-" or "%". A plus sign leaves no node."""

    operator: str
    operand: Node
    position: int = field(default=0, compare=False)


@frozen
class Binary:
    """`left operator right`, the operator as written in Excel."""

    operator: str
    left: Node
    right: Node
    position: int = field(default=0, compare=False)


@frozen
class Call:
    """A function of the fixed list, its name in capitals."""

    function: str
    arguments: tuple[Node, ...]
    position: int = field(default=0, compare=False)


Node: TypeAlias = "Ref | Cells | Literal | Unary | Binary | Call"

COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})


class Scope(Protocol):
    """Turns names into cells; a form provides it."""

    def resolve(self, ref: Ref) -> Cells:
        """The cells meant. Raises FormulaError (with a hint at near names) for an unknown name."""
        ...
