"""The cells of one row of a list, understood: texts, days, the form's own words, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from xlreport.cleaning import one_line, squeezed
from xlreport.form.field import Field, Kind
from xlreport.form.fields import Fields
from xlreport.form.model import Form
from xlreport.formats.snapshot import Raw
from xlreport.roster.headings import ListColumn
from xlreport.roster.mistake import ListMistake
from xlreport.unit import is_code
from xlreport.workbook.normalise import normalise

_SEPARATORS = re.compile(r"[、，,；;\n]")
_ADDRESS = re.compile(r"[^@\s<>()\[\]\\,;:\"]+@[^@\s<>()\[\]\\,;:\"]+\.[^@\s<>()\[\]\\,;:\"]+")
_EIGHT_DIGITS = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])")
_CHOICES = (ListColumn.TYPE, ListColumn.LEVEL, ListColumn.SCOPE)
_TEXTS = {heading: Field(heading, heading, Kind.TEXT) for heading in ListColumn}
_DAYS = {heading: Field(heading, heading, Kind.DATE) for heading in ListColumn}


def choices_of(form: Form) -> dict[ListColumn, Field]:
    """The choices of the form's cover that the list has too: those whose label ends like the heading."""
    block = form.block_of(form.unit_field)
    fields = [field for _, field in block.cells() if field.options] if isinstance(block, Fields) else []
    found = {h: next((f for f in fields if squeezed(f.label).endswith(h)), None) for h in _CHOICES}
    return {heading: field for heading, field in found.items() if field is not None}


class RowCells:
    """The cells of a row by heading; what is wrong with them is gathered in `mistakes`."""

    def __init__(
        self, number: int, cells: Mapping[ListColumn, Raw], choices: Mapping[ListColumn, Field]
    ) -> None:
        self.number = number
        self.mistakes: list[ListMistake] = []
        self._cells = cells
        self._choices = choices

    def wrong(self, words: str, *, remark: bool = False) -> None:
        """Take down a mistake of this row."""
        mistake = ListMistake(self.number, words, remark)
        if mistake not in self.mistakes:
            self.mistakes.append(mistake)

    def text(self, heading: ListColumn) -> str:
        """A text on one line, "" for a blank."""
        value = self._understood(heading, _TEXTS[heading])
        return "" if value is None else " ".join(str(value).split())

    def name(self, heading: ListColumn) -> str:
        """A name without characters that nobody sees."""
        return one_line(self.text(heading)).strip()

    def names(self, heading: ListColumn) -> tuple[str, ...]:
        """Several names in one cell."""
        parts = (part.strip() for part in _SEPARATORS.split(self.text(heading)))
        return tuple(part for part in parts if part)

    def code(self) -> str:
        """The unit's code; what stands for none is none."""
        text = self.text(ListColumn.CODE)
        return text if is_code(text) else ""

    def day(self, heading: ListColumn) -> date | None:
        """A day, None for a blank, and for what is no day."""
        raw = self._cells.get(heading, "")
        if raw == "":
            return None
        digits = _EIGHT_DIGITS.fullmatch(self.text(heading)) if isinstance(raw, str | float | int) else None
        if digits:
            return self._day_of_digits(heading, *map(int, digits.groups()))
        value = self._understood(heading, _DAYS[heading])
        return date.fromisoformat(str(value)) if value is not None else None

    def choice(self, heading: ListColumn) -> str:
        """The code of the form's option; any text where the form asks no such thing."""
        field = self._choices.get(heading)
        if field is None:
            return self.text(heading)
        return str(self._understood(heading, field) or "")

    def addresses(self) -> tuple[str, ...]:
        """The e-mail addresses."""
        found = tuple(re.split(r"[\s、，,；;]+", self.text(ListColumn.EMAIL).strip()))
        for address in found:
            if address and not _is_address(address):
                self.wrong(f"邮箱“{address[:60]}”不是邮箱地址")
        return tuple(filter(_is_address, found))

    def _day_of_digits(self, heading: ListColumn, year: int, month: int, day: int) -> date | None:
        try:
            return date(year, month, day)
        except ValueError:
            self.wrong(f"{heading}“{year}{month:02}{day:02}”不是有效日期，请按 2024-1-20 的样式填写")
            return None

    def _understood(self, heading: ListColumn, field: Field) -> object:
        raw = self._cells.get(heading, "")
        if raw == "":  # as most cells are
            return None
        understood = normalise(field, raw)
        if not understood.usable and understood.trouble is not None:
            self.wrong(f"{heading}{understood.trouble.message}。{understood.trouble.fix}")
        return understood.value


def _is_address(text: str) -> bool:
    return text.isascii() and _ADDRESS.fullmatch(text) is not None
