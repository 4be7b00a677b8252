"""Inputs: what a cell may hold, and what a clerk is told about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from xlreport.frozen import frozen


class Kind(StrEnum):
    """What a cell holds, as authors write it in TOML."""

    TEXT = "text"
    """One line of text."""
    PROSE = "prose"
    """Paragraphs, separated by line breaks."""
    COUNT = "count"
    """An integer ≥ 0."""
    AMOUNT = "amount"
    """An exact decimal ≥ 0 with at most `places` decimal places."""
    YEAR = "year"
    """The year reported on; fixed when the template is made, locked in the sheet."""
    DATE = "date"
    """A calendar day; `YYYY-MM-DD` in JSON."""
    CHOICE = "choice"
    """One of `options`: its code in JSON and formulas, its label in the sheet."""
    CONFIRM = "confirm"
    """Yes or no; true/false in JSON, 是/否 in the sheet. Blank counts as no."""

    @property
    def numeric(self) -> bool:
        """True for the kinds whose cells hold reported figures."""
        return self in (Kind.COUNT, Kind.AMOUNT)


CONFIRM_LABELS: Mapping[str, str] = {"true": "是", "false": "否"}


@frozen
class Option:
    """One choice: `name` is its code, `label` what people see."""

    name: str
    label: str


@frozen
class Field:
    """An input with a name: a single field, a column of a list, or a cell of a grid.

    `help` is the 填报口径 shown as input prompt; `unit` (件, 万元) is printed beside the cell;
    `required` fields must not stay blank; `fixed` fields are locked and set with the template; a
    `signed` figure may be below 0. What stands in a `carry` field of last year's return is taken over
    into the template.
    """

    name: str
    label: str
    kind: Kind
    help: str = ""
    required: bool = True
    fixed: bool = False
    unit: str = ""
    places: int = 0
    max_length: int = 0
    options: tuple[Option, ...] = ()
    total: bool = False
    signed: bool = False
    carry: bool = False

    @property
    def labels(self) -> Mapping[str, str]:
        """Code to label, for choices and confirmations; empty for other kinds."""
        if self.kind is Kind.CONFIRM:
            return CONFIRM_LABELS
        return {option.name: option.label for option in self.options}
