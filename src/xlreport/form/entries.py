"""What entries must look like, and which of them contradict each other, as declared in entries.toml.

None of it shapes a cell: the file is no part of a workbook's stamp, and may change while workbooks are out.
"""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache

from xlreport.expression import Expression
from xlreport.finding import Severity
from xlreport.formula.nodes import Node
from xlreport.frozen import frozen
from xlreport.unit import key

_DASHES = dict.fromkeys(map(ord, "—–―‐‑‒−﹣"), "-")
_SIGNS = {"#": "[0-9]", "?": ".", "*": ".*", "[": "(?:", "]": ")?"}


@frozen
class Pattern:
    """A text must look like one of the pictures `like` and like none of `unless`; with `several` any number
    of such, 、 between.
    """

    field: str
    like: tuple[str, ...]
    says: str
    fix: str = ""
    unless: tuple[str, ...] = ()
    several: bool = False
    severity: Severity = Severity.WARNING


@frozen
class DateRange:
    """A day or a year lies between two bounds (see `form/bounds.py`), as far as they are given.

    It holds only where the formula `when` does. Of several spans of a field the first that is left is told.
    """

    field: str
    says: str
    first: str = ""
    last: str = ""
    when: str = ""
    fix: str = ""
    severity: Severity = Severity.WARNING


@frozen
class Distinct:
    """The same must not stand in all of these fields."""

    fields: tuple[str, ...]
    says: str
    fix: str = ""


@frozen
class ShortName:
    """A field holds a short form of the name in the field `of`."""

    field: str
    of: str


@frozen
class Contradiction:
    """Entries that cannot both be right: the formula `when` holds and, where a `field` is named, its text
    looks like one of `like` and like none of `unless`. The finding stands at `cell`.
    """

    cell: str
    says: str
    fix: str
    when: str = ""
    field: str = ""
    like: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING


@frozen
class Period:
    """The part of the year that a return is on: `field` is a choice, its options the parts in their order."""

    field: str


@frozen
class EntriesToml:
    """entries.toml as written; see docs/forms.md."""

    period: Period | None = None
    pattern: tuple[Pattern, ...] = ()
    span: tuple[DateRange, ...] = ()
    distinct: tuple[Distinct, ...] = ()
    short_name: tuple[ShortName, ...] = ()
    contradiction: tuple[Contradiction, ...] = ()


@frozen(eq=False)
class Entries:
    """The rules on entries; `conditions` are the bound formulas, by their text."""

    declared: EntriesToml = field(default_factory=EntriesToml)
    conditions: tuple[tuple[str, Node], ...] = ()

    def condition(self, when: str) -> Node | None:
        """The bound formula of that text; None where there is none."""
        return dict(self.conditions).get(when)


# Pictures --------------------------------------------------------------------------------------------


def looks_like(text: str, pictures: tuple[str, ...]) -> bool:
    """True if the text looks like one of the pictures, whatever its blanks, widths and dashes."""
    return bool(pictures) and _any_of(pictures).fullmatch(comparable(text)) is not None


def comparable(text: str) -> str:
    """A text as pictures are compared with it: without blanks, in one width, one kind of dash."""
    return key(text.translate(_DASHES))


@lru_cache(maxsize=256)
def _any_of(pictures: tuple[str, ...]) -> Expression:
    """`#` is a digit, `?` any character, `*` any run of them, what stands in `[ ]` may be missing."""
    return Expression("|".join(map(_pattern, pictures)), re.DOTALL)


def _pattern(picture: str) -> str:
    return "".join(_SIGNS.get(char) or re.escape(comparable(char)) for char in picture)


def balanced(picture: str) -> bool:
    """True for a picture whose brackets are in order and not nested."""
    return re.fullmatch(r"(?:[^\[\]]|\[[^\[\]]+\])+", picture) is not None
