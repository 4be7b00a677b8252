"""What stands in a workbook file, of whatever format: the one intermediate, without any meaning yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from xlreport.area import Area
from xlreport.formats.extras import NO_EXTRAS, Extras

Raw: TypeAlias = "str | float | bool | date | datetime | time | timedelta"
"""A cell as it is stored; a blank cell is ""."""


@dataclass(frozen=True, slots=True)
class SheetSnapshot:
    """One sheet: rows of raw values from A1 on, formula texts by 0-based (row, column).

    `errors` are the cells that hold an error value (#REF!); their raw value is its text. `merged` are
    the merged areas, `hidden_columns` ranges of columns, first and last.
    """

    name: str
    rows: Sequence[Sequence[Raw]]
    formulas: Mapping[tuple[int, int], str]
    protected: bool
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: Sequence[tuple[int, int]] = ()
    merged: Sequence[Area] = ()

    def raw(self, row: int, column: int) -> Raw:
        """The raw value, "" outside the used range."""
        if (row, column) in self.errors:
            return self.errors[row, column]
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A workbook as it came, without any meaning yet."""

    sheets: Mapping[str, SheetSnapshot]
    extras: Extras = NO_EXTRAS
