"""The texts of a return as the rules on words see them, and findings about places in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xlreport.finding import CATALOGUE, Finding, Severity
from xlreport.form.cells import cells_of
from xlreport.form.field import Field, Kind
from xlreport.form.naming import Naming
from xlreport.prose.folded import Searchable
from xlreport.prose.personal import masked
from xlreport.prose.spot import Spot, shortened
from xlreport.subject import Subject
from xlreport.verify.reported import Figures

_TEXTS = (Kind.TEXT, Kind.PROSE)
_NAMED = 3
"""Places named in a finding on many of a kind."""


@dataclass(frozen=True)
class Text:
    """One text of a return. `offset` are the blanks in front of it in the cell, cut off in reading."""

    subject: Subject
    field: Field
    text: str
    label: str
    sheet: str = ""
    cell: str = ""
    offset: int = 0

    @property
    def prose(self) -> bool:
        """True for paragraphs of the report, false for names, categories and remarks."""
        return self.field.kind is Kind.PROSE

    @cached_property
    def shown(self) -> str:
        """The text for quoting: as long as the text, numbers of persons masked."""
        return masked(self.text)

    @cached_property
    def searchable(self) -> Searchable:
        """For finding words whatever their width and blanks."""
        return Searchable(self.text)

    @property
    def place(self) -> str:
        """What a clerk calls the cell."""
        return f"{self.sheet} {self.cell}（{self.label}）" if self.cell else f"“{self.label}”"

    def at(self, start: int) -> str:
        """Where a character stands, counted from 1 in the cell."""
        return f"第{start + self.offset + 1}字起"

    def about(self, start: int) -> Subject:
        """The subject of a finding at that character: `proactive@37`."""
        return self.subject.at(start + self.offset + 1)

    @property
    def quoted_whole(self) -> str:
        """The whole text, masked, on one line, not too long."""
        return shortened(self.shown)

    def quoted(self, spot: Spot) -> str:
        """The words of a spot, masked, on one line, not too long."""
        return shortened(self.shown[spot.start : spot.end])


def texts_of(figures: Figures) -> Iterator[Text]:
    """Every text that is filled in, in the order of the form."""
    words = Naming(figures.form)
    for subject, field in cells_of(figures.form).items():
        value = figures.inputs.get(subject) if field.kind in _TEXTS else None
        if not isinstance(value, str):
            continue
        reading = figures.readings.get(subject)
        if reading is None:
            yield Text(subject, field, value, words.cell(subject))
        else:
            offset = max(0, str(reading.raw).find(value))
            yield Text(subject, field, value, words.cell(subject), reading.sheet, reading.cell, offset)


def finding(
    code: str,
    text: Text,
    start: int,
    says: str,
    fix: str,
    severity: Severity | None = None,
    expected: str = "",
    found: str = "",
) -> Finding:
    """A finding on a place in a text; `says` follows the place: `写的是“……”`."""
    return Finding(
        code,
        severity or CATALOGUE[code].severity,
        f"{text.place}{text.at(start)}{says}。",
        fix,
        text.about(start),
        text.sheet,
        text.cell,
        expected=expected,
        found=found,
    )


def listed(text: Text, spots: list[Spot]) -> str:
    """The first of several spots behind one that was named already: `，另有 2 处：“甲”（第3字起）、…`."""
    others = spots[1:]
    if not others:
        return ""
    named = "、".join(f"“{text.quoted(spot)}”（{text.at(spot.start)}）" for spot in others[: _NAMED - 1])
    return f"，另有 {len(others)} 处：{named}{'等' if len(others) >= _NAMED else ''}"
