"""The texts of a return as the rules on words see them, and findings about passages of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlreport.cleaning import CARRIAGE_RETURN, clean
from xlreport.finding import CATALOGUE, Finding, Severity
from xlreport.form.cells import cells_of
from xlreport.form.model import Field, Kind
from xlreport.form.naming import Naming
from xlreport.prose.alphabet import Folded, fold
from xlreport.prose.numerals import may_hold_figures
from xlreport.prose.passage import Passage, shortened
from xlreport.prose.personal import masked
from xlreport.verify.reported import Figures
from xlreport.workbook.submission import Reading

_TEXTS = (Kind.TEXT, Kind.PROSE)
_NAMED = 3
"""Places named in a finding on many of a kind."""


@dataclass(frozen=True)
class Text:
    """One text of a return: `value` as it was understood, `written` as it stands in the cell.

    The rules read it folded, and places are given in the folded text, from 0.
    """

    subject: str
    field: Field
    value: str
    written: str
    label: str
    sheet: str = ""
    cell: str = ""

    @property
    def prose(self) -> bool:
        """True for paragraphs of the report, false for names, categories and remarks."""
        return self.field.kind is Kind.PROSE

    @cached_property
    def folded(self) -> Folded:
        """The text in the one alphabet."""
        return fold(self.written)

    @cached_property
    def shown(self) -> str:
        """What is written, for quoting: numbers of persons masked, all places as they are."""
        return masked(self.written)

    @cached_property
    def has_figures(self) -> bool:
        """False if there surely is no number in it."""
        return may_hold_figures(self.folded.text, 0, len(self.folded.text))

    @property
    def place(self) -> str:
        """What a clerk calls the cell."""
        return f"{self.sheet} {self.cell}（{self.label}）" if self.cell else f"“{self.label}”"

    def at(self, start: int) -> str:
        """Where a character stands, counted from 1 in the cell."""
        return f"第{self.folded.origin(start) + 1}字起"

    def where(self, start: int) -> str:
        """`一、总体情况 C9 第37字起`."""
        return f"{self.sheet} {self.cell} {self.at(start)}" if self.cell else f"{self.place} {self.at(start)}"

    def about(self, start: int) -> str:
        """The subject of a finding at that character: `proactive@37`."""
        return f"{self.subject}@{self.folded.origin(start) + 1}"

    @property
    def quoted_whole(self) -> str:
        """The whole text, masked, on one line, not too long."""
        return shortened(clean(self.shown))

    def quoted(self, passage: Passage, more: int = 0) -> str:
        """The words of a passage, masked, on one line, not too long; with `more` characters around them."""
        first, last = self.folded.origin(passage.start), self.folded.origin(passage.end - 1)
        return shortened(clean(self.shown[max(0, first - more) : last + more + 1]))


def texts_of(figures: Figures) -> Iterator[Text]:
    """Every text that is filled in, in the order of the form."""
    fields = cells_of(figures.form)
    words = Naming(figures.form)
    for subject, value in figures.inputs.items():
        field = fields.get(subject)
        if field is None or field.kind not in _TEXTS or not isinstance(value, str):
            continue
        reading = figures.readings.get(subject)
        if reading is None:
            yield Text(subject, field, value, value, words.cell(subject))
        else:
            written = _written(reading, value)
            yield Text(subject, field, value, written, words.cell(subject), reading.sheet, reading.cell)


def _written(reading: Reading, value: str) -> str:
    """The text with all that stands in its cell, so that its characters count as they do there."""
    raw = reading.raw
    if not isinstance(raw, str) or clean(raw) != value:
        return value
    return CARRIAGE_RETURN.sub("\r", raw)


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


def listed(text: Text, passages: Sequence[Passage]) -> str:
    """The first of several passages behind one that was named: `，另有 2 处：“甲”（第3字起）、…`."""
    others = passages[1:]
    if not others:
        return ""
    named = "、".join(f"“{text.quoted(other)}”（{text.at(other.start)}）" for other in others[: _NAMED - 1])
    return f"，另有 {len(others)} 处：{named}{'等' if len(others) >= _NAMED else ''}"
