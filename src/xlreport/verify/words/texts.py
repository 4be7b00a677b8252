"""The texts of a return that go into its report, and how a message says where in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlreport.form.cells import cells_of
from xlreport.form.model import EXPLANATION, Fields, Form, Kind
from xlreport.form.words import Words
from xlreport.prose.fold import Folded, fold
from xlreport.prose.numerals import may_hold_figures
from xlreport.verify.figures import Figures

_TEXTS = (Kind.TEXT, Kind.PROSE)


@dataclass(frozen=True, slots=True)
class Written:
    """One text: its subject, what a clerk calls it, where it was read, itself folded for matching,
    and whether it may hold numbers."""

    subject: str
    name: str
    sheet: str
    cell: str
    folded: Folded
    has_figures: bool

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def at(self, start: int) -> str:
        """`一、总体情况 C9 第37字起`."""
        return f"{self.name} 第{self.folded.place(start)}字起"

    def about(self, start: int) -> str:
        """The subject of a finding at that place: `proactive@37`."""
        return f"{self.subject}@{self.folded.place(start)}"


def texts(figures: Figures) -> Iterator[Written]:
    """Every text and remark that is filled in, in order; answers to warnings are no report."""
    fields = cells_of(figures.form)
    for subject, value in figures.inputs.items():
        if not isinstance(value, str) or subject.startswith(f"{EXPLANATION}["):
            continue
        if subject not in fields or fields[subject].kind not in _TEXTS:
            continue
        reading = figures.readings.get(subject)
        sheet, cell = (reading.sheet, reading.cell) if reading else ("", "")
        name = (
            f"{sheet} {cell}"
            if reading
            else f"{tab_of(figures.form, subject)} {_name(figures.form, subject)}"
        )
        folded = fold(value)
        has_figures = may_hold_figures(folded.text, 0, len(folded.text))
        yield Written(subject, name, sheet, cell, folded, has_figures)


def tab_of(form: Form, subject: str) -> str:
    """The tab of the sheet on which a cell stands."""
    block = subject.partition("[")[0]
    for section in form.sections:
        for candidate in section.blocks:
            inside = isinstance(candidate, Fields) and any(f.name == subject for f in candidate.fields)
            if candidate.name == block or inside:
                return section.tab
    raise KeyError(subject)


def _name(form: Form, subject: str) -> str:
    return f"“{Words(form).cell(subject)}”"
