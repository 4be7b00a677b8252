"""A sheet whose plain cells are written as what they are, in a tenth of the time.

xlsxwriter spends most of a summary on cells that are a number, a text or nothing, and takes a text that looks
like its own markup for markup. It has no call for either; everything else on the sheet is its own work. The
rows of such a sheet have to be written from the top down.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from xlreport.tables.style import cut

WrittenContent: TypeAlias = "int | Decimal | str | None"

_letters = cache(xl_col_to_name)


class PlainSheet(Worksheet):
    """See the module."""

    def put(self, row: int, column: int, contents: Sequence[WrittenContent], look: Any) -> None:
        """Cells beside each other from that column on, all of one look.

        A number is written as a number, a text as nothing but a text, nothing as a blank of that look.
        """
        last = column + len(contents) - 1
        if not contents or self._check_dimensions(row, column) or self._check_dimensions(row, last):
            return
        if row > self.previous_row:
            self._write_single_row(row)
        cells, style = self.table[row], f'{row + 1}" s="{look._get_xf_index()}"'
        for place, content in enumerate(contents, start=column):
            cells[place] = f'<c r="{_letters(place)}{style}{self._rest(content)}'

    def _rest(self, content: WrittenContent) -> str:
        """A cell's XML behind its place and its look."""
        if content is None or content == "":
            return "/>"
        if not isinstance(content, str):
            return f"><v>{content:.16G}</v></c>"
        text = cut(content)
        if "_x" in text or not text.isprintable():
            text = self._escape_control_characters(text)
        kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
        return f' t="inlineStr"><is><t{kept}>{escape(text)}</t></is></c>'

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write a cell of the row that is finished now."""
        if isinstance(cell, str):
            self.fh.write(cell)
        else:
            super()._write_cell(row, col, cell)
