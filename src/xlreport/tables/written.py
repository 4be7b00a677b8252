"""A workbook written row by row: what memory it takes does not grow with the rows."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import xlsxwriter

from xlreport.tables.sheet import PlainSheet, WrittenContent
from xlreport.tables.style import AS_TEXT, CREATED

CellProperties: TypeAlias = "Mapping[str, Any]"

MOST_ROWS = 1_000_000
"""Rows of a table; a sheet takes a few more."""


class Written:
    """The workbook. On each sheet the rows have to be written from the top down."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {"constant_memory": True, **AS_TEXT})
        self._looks: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str, widths: Sequence[int]) -> PlainSheet:
        """A new sheet."""
        sheet: PlainSheet = self._book.add_worksheet(name, PlainSheet)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def look(self, *parts: CellProperties) -> Any:
        """A format; later parts go before earlier ones."""
        look = {name: value for part in parts for name, value in part.items()}
        chosen = tuple(look.items())
        if chosen not in self._looks:
            self._looks[chosen] = self._book.add_format(look)
        return self._looks[chosen]

    def chart(self, kind: str) -> Any:
        """A chart, to be placed on a sheet."""
        return self._book.add_chart({"type": kind})

    def bytes(self, title: str) -> bytes:
        """The finished workbook; the same content gives the same bytes."""
        self._book.set_properties({"title": title, "created": CREATED})
        self._book.close()
        return self._out.getvalue()


def write(sheet: PlainSheet, row: int, column: int, content: WrittenContent, look: Any) -> None:
    """One plain cell."""
    sheet.put(row, column, (content,), look)
