"""What a laid out sheet consists of. No file format, no formula text: only places and meanings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from xlreport.area import Area
from xlreport.cleaning import squeezed
from xlreport.finding import Severity
from xlreport.form.field import Field
from xlreport.formula.nodes import Node
from xlreport.frozen import frozen
from xlreport.layout.heights import row_heights
from xlreport.subject import Subject

Corners: TypeAlias = "tuple[int, int, int, int]"
"""The first row and column of an area and the last: a plain tuple, which is quickly compared."""
EXCEL_ROWS = 2**20
"""Excel's limit for a sheet."""


class Look(StrEnum):
    """How a cell looks and what that tells the clerk; the first sheet explains them."""

    TITLE = "title"
    INTRO = "intro"
    HEADING = "heading"
    CAPTION = "caption"
    HEAD = "head"
    LABEL = "label"
    LABEL_TOP = "label_top"
    HELP = "help"
    INPUT = "input"
    SAMPLE = "sample"
    FIXED = "fixed"
    COMPUTED = "computed"
    NOTE = "note"
    LIVE = "live"
    LIVE_TEXT = "live_text"
    DIFFERENCE = "difference"
    TALLY = "tally"
    PLAIN = "plain"
    CENTRED = "centred"
    LINK = "link"
    CODE = "code"
    STATUS = "status"
    SUBTITLE = "subtitle"
    VERDICT = "verdict"
    SUMMARY = "summary"
    ALARM = "alarm"
    DONE = "done"


def corners_of(area: Area) -> Corners:
    """Where an area is on its sheet."""
    return area.top, area.left, area.bottom, area.right


@frozen
class Constant:
    """A constant text; `guarded` ones are part of the form and must come back unchanged.

    `subject` names one that formulas of the workbook's own read.
    """

    area: Area
    look: Look
    text: str
    guarded: bool = False
    subject: Subject | None = None


@frozen
class Input:
    """An input cell of the form, or a fixed one."""

    area: Area
    look: Look
    subject: Subject
    field: Field


@frozen
class Given:
    """A locked figure of last year's return; `subject` is `prior.…`."""

    area: Area
    look: Look
    subject: Subject
    field: Field


@frozen
class Formula:
    """A locked formula cell: a computed cell of the form, or a live one of the workbook's own."""

    area: Area
    look: Look
    subject: Subject
    node: Node
    places: int = 0


@frozen
class Link:
    """A text that leads to another place: the cell of a subject, or the top of the sheet of that name."""

    area: Area
    look: Look
    text: str
    target: Subject | str


Cell: TypeAlias = "Constant | Input | Given | Formula | Link"


@frozen
class Alarm:
    """A conditional colour: `area` shows the failing of the check whose state is the subject `state`."""

    area: Area
    state: Subject
    severity: Severity


@frozen(slots=False)
class Sheet:
    """One laid out sheet.

    `widths` by column in characters, `least` heights of rows in points, `needs` texts for which rows must be
    high enough, each with its area and the height of its lines; `codes` the hidden names by (row, column)
    that let a reader find its cells again; `repeat` the first and last row printed on every page; `freeze`
    the first row and column that scroll; `filter` the area people may filter. From the row `loose` on, rows
    are found by their codes alone: a return may lack some and have others. `prior_rows`, `prior_columns` and
    all of a `prior` sheet, are seen only where last year's figures are known. `folded_rows` are hidden until
    they are needed: see `page_setup.py`.
    """

    name: str
    cells: tuple[Cell, ...]
    alarms: tuple[Alarm, ...]
    widths: Mapping[int, int]
    least: Mapping[int, int]
    needs: Sequence[tuple[Area, str, int]]
    codes: Mapping[tuple[int, int], Subject]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    freeze: tuple[int, int]
    repeat: tuple[int, int] | None = None
    wide: bool = False
    filter: Area | None = None
    loose: int = EXCEL_ROWS
    prior: bool = False
    prior_rows: frozenset[int] = frozenset()
    prior_columns: frozenset[int] = frozenset()
    folded_rows: frozenset[int] = frozenset()

    @cached_property
    def heights(self) -> Mapping[int, int]:
        """The heights of the rows in points."""
        return row_heights(self.least, self.needs, self.widths)

    @cached_property
    def taken(self) -> frozenset[tuple[int, int]]:
        """Every position where something of the template stands, codes included; of an area the first."""
        return self.starts | frozenset(self.codes)

    @cached_property
    def home(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """Every taken position by itself: where things stand in a file that is as it was laid out."""
        return {place: place for place in self.taken}

    @cached_property
    def said(self) -> Mapping[tuple[int, int], str]:
        """The template's own texts, links included, by the position where they stand."""
        return {(c.area.top, c.area.left): c.text for c in self.cells if isinstance(c, (Constant, Link))}

    @cached_property
    def entries(self) -> tuple[Input | Formula, ...]:
        """The cells that hold values of the form."""
        return tuple(cell for cell in self.cells if isinstance(cell, (Input, Formula)))

    @cached_property
    def guarded(self) -> tuple[Constant, ...]:
        """The texts that nobody may change."""
        return tuple(cell for cell in self.cells if isinstance(cell, Constant) and cell.guarded)

    @cached_property
    def explanations(self) -> frozenset[tuple[int, int]]:
        """Where texts stand that another edition of the form may word otherwise."""
        texts = (cell for cell in self.cells if isinstance(cell, Constant) and not cell.guarded)
        return frozenset((cell.area.top, cell.area.left) for cell in texts)

    @cached_property
    def own_words(self) -> frozenset[str]:
        """The template's texts and codes, squeezed: wherever they have gone, they are no entries."""
        return frozenset(map(squeezed, (*self.said.values(), *self.codes.values())))

    @cached_property
    def corners(self) -> frozenset[Corners]:
        """Where all cells stand."""
        return frozenset(corners_of(cell.area) for cell in self.cells)

    @cached_property
    def starts(self) -> frozenset[tuple[int, int]]:
        """The first position of every cell."""
        return frozenset((cell.area.top, cell.area.left) for cell in self.cells)
