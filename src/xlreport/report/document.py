"""The document model: what a report says, before any file format.

Every text in it is data. Writers escape it for their format; none of it is ever markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

SHORT = 32
"""Rows of a table that stays together on one page, so that no label of several rows is torn."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title: centred lines, one string each."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is "一、", level 2 is "（一）", level 3 is "1."."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A body paragraph, first line indented by two characters. `text` has no line breaks."""

    text: str


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
        return len(self.rows) <= SHORT


@dataclass(frozen=True, slots=True)
class Notes:
    """Remarks below a table, one string each."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """Lines at the end, set to the right: the organ, the day."""

    lines: tuple[str, ...]


Part: TypeAlias = "Title | Heading | Paragraph | Table | Notes | SignOff"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `draft` puts the word 草稿 on every page and says why it may not be published."""

    title: str
    language: str
    draft: bool
    parts: tuple[Part, ...]
