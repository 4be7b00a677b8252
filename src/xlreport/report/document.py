"""The document model: what a report says, before any file format.

Every text in it is data. Writers escape it for their format; none of it is ever markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from xlreport.frozen import frozen

NARROWEST = 55
"""A column of a table takes at least so many parts of 1000 on an upright page: figures and heads need it."""
SHORT_TURNED = 16
"""Rows that stay together on a page set crosswise."""
SHORT = 32
"""Rows of a table that stays together on one page, so that no label of several rows is torn."""


@frozen
class Title:
    """The title: centred lines, one string each."""

    lines: tuple[str, ...]


@frozen
class Heading:
    """A heading; level 1 is "一、", level 2 is "（一）", level 3 is "1."."""

    level: int
    text: str


@frozen
class Paragraph:
    """A body paragraph, first line indented by two characters. `text` has no line breaks."""

    text: str


@frozen
class TableCell:
    """A cell at its top left corner; cells that a span covers are not listed.

    `header` says it labels others ("row" or "column", "" for a figure). `numeric` cells are
    centred figures.
    """

    text: str
    rows: int = 1
    columns: int = 1
    header: str = ""
    numeric: bool = False


@frozen
class Table:
    """An official table. The first `head` rows repeat on every page; `widths` are parts of 1000.

    `caption` names the table for people who cannot see it (it is not printed).
    """

    caption: str
    rows: tuple[tuple[TableCell, ...], ...]
    head: int
    widths: tuple[int, ...]

    @property
    def short(self) -> bool:
        """True for a table that stays together on one page."""
        return len(self.rows) <= (SHORT_TURNED if self.wide else SHORT)

    @property
    def wide(self) -> bool:
        """True for a table with too many columns for an upright page."""
        return min(self.widths) < NARROWEST


@frozen
class Notes:
    """Remarks below a table, one string each."""

    items: tuple[str, ...]


@frozen
class SignOff:
    """Lines at the end, set to the right: the organ, the day."""

    lines: tuple[str, ...]


Part: TypeAlias = "Title | Heading | Paragraph | Table | Notes | SignOff"


def turned(parts: Sequence[Part]) -> tuple[bool, ...]:
    """Which parts stand on a page set crosswise: a wide table, the heading above it, the notes below."""
    found = [isinstance(part, Table) and part.wide for part in parts]
    for place, part in enumerate(parts):
        if isinstance(part, Notes) and place > 0 and found[place - 1]:
            found[place] = True
    for place in reversed(range(len(parts) - 1)):
        if isinstance(parts[place], Heading) and found[place + 1]:
            found[place] = True
    return tuple(found)


@frozen
class Document:
    """A whole report. `draft` puts the word 草稿 on every page and says why it may not be published."""

    title: str
    language: str
    draft: bool
    parts: tuple[Part, ...]
