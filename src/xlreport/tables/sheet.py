"""A sheet whose plain cells are written as what they are, in a tenth of the time.

xlsxwriter spends most of a summary on cells that are a number, a text or nothing, and takes a text that looks
like its own markup for markup. It has no call for either; everything else on the sheet is its own work. The
rows of such a sheet have to be written from the top down.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from itertools import repeat
from typing import Any, TypeAlias

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from xlreport.tables.style import LONGEST, cut

WrittenContent: TypeAlias = "int | Decimal | str | datetime.date | None"

_MOST_LINKS = 65_530
"""Links that Excel takes on one sheet."""
_LONGEST_LINK = 2_079
_EXACT = 10**15
"""Whole numbers below need no rounding."""
_letters = cache(xl_col_to_name)


class PlainSheet(Worksheet):
    """See the module. Links, of which a board has ten thousand, are its own too: it has no `write_url`."""

    def __init__(self) -> None:
        super().__init__()
        self.previous_row: int
        self._links: list[str] = []
        self._heights: dict[int, float] = {}

    def put(self, row: int, column: int, contents: Sequence[WrittenContent], look: Any) -> None:
        """Cells beside each other from that column on, all of one look.

        A number is written as a number, a day as one that its look shows as a day, a text as nothing but a
        text, nothing as a blank of that look.
        """
        self.put_each(row, column, contents, repeat(look))

    def put_each(
        self, row: int, column: int, contents: Sequence[WrittenContent], looks: Iterable[Any]
    ) -> None:
        """The same, each of its own look."""
        last = column + len(contents) - 1
        if not contents or self._check_dimensions(row, column) or self._check_dimensions(row, last):
            return
        if row > self.previous_row:
            self._write_single_row(row)
        cells, number = self.table[row], row + 1
        for place, (content, look) in enumerate(zip(contents, looks, strict=False), start=column):
            if type(content) is int and -_EXACT < content < _EXACT:
                rest = f"><v>{content}</v></c>"
            elif content is None or content == "":
                rest = "/>"
            elif isinstance(content, str):
                rest = f' t="inlineStr"><is>{self._text(content)}</is></c>'
            else:
                rest = f"><v>{self._number(content)}</v></c>"
            cells[place] = f'<c r="{_letters(place)}{number}" s="{look._get_xf_index()}"{rest}'

    def set_height(self, row: int, points: float) -> None:
        """The height of a row that is yet to be written; `set_row` would keep it for the end."""
        self._heights[row] = points

    def link(self, row: int, column: int, target: str) -> bool:
        """Let a cell open a file, by an address that is escaped; False where Excel takes no such link."""
        if len(target) > _LONGEST_LINK or len(self._links) >= _MOST_LINKS:
            return False
        self.rel_count += 1
        self.external_hyper_links.append(["/hyperlink", target.replace("/", "\\"), "External"])
        self._links.append(f'<hyperlink ref="{_letters(column)}{row + 1}" r:id="rId{self.rel_count}"/>')
        return True

    def link_to_sheet(self, row: int, column: int, sheet: str, words: str) -> None:
        """Let a cell with these words lead to another sheet."""
        place, shown = (_escaped(text).replace('"', "&quot;") for text in (f"'{sheet}'!A1", words))
        ref = f"{_letters(column)}{row + 1}"
        self._links.append(f'<hyperlink ref="{ref}" location="{place}" display="{shown}"/>')

    def _write_hyperlinks(self) -> None:
        if self._links:
            self.fh.write(f"<hyperlinks>{''.join(self._links)}</hyperlinks>")

    def _text(self, text: str) -> str:
        if text.isalnum() and len(text) <= LONGEST:  # as half of them are
            return f"<t>{text}</t>"
        if "_x" in text or len(text) > LONGEST or not text.isprintable():
            text = self._escape_control_characters(cut(text))
        kept = ' xml:space="preserve"' if len(text.strip()) < len(text) else ""
        return f"<t{kept}>{_escaped(text)}</t>"

    def _number(self, content: int | Decimal | datetime.date) -> str:
        number = self._convert_date_time(content) if isinstance(content, datetime.date) else content
        return f"{number:.16G}"

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """Write the row that is finished now, at once where all of it is ours."""
        row: int = self.previous_row
        cells = self.table[row]
        points = self._heights.pop(row, None)
        try:
            written = "".join([cells[column] for column in sorted(cells)])
        except TypeError:  # some are xlsxwriter's own
            written = ""
        if not written or row in self.row_info:
            if points is not None:
                self.set_row(row, points)
            super()._write_single_row(current_row_num)
            return
        height = "" if points is None else f' ht="{int(points * 4 / 3 + 0.5) * 0.75:.16g}" customHeight="1"'
        self.fh.write(f'<row r="{row + 1}"{height}>{written}</row>')
        self.table.clear()
        self.previous_row = current_row_num

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write a cell of a row in which others are xlsxwriter's."""
        if isinstance(cell, str):
            self.fh.write(cell)
        else:
            super()._write_cell(row, col, cell)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
