"""The texts of a return that go into its report, folded for matching."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlreport.form.model import EXPLANATION
from xlreport.prose.alphabet import Folded, fold
from xlreport.prose.numerals import may_hold_figures
from xlreport.verify.reported import Figures
from xlreport.verify.texts.text import Text, texts_of


@dataclass(frozen=True, slots=True)
class Written:
    """One text, itself folded for matching, and whether it may hold numbers; places count in `folded`."""

    source: Text
    folded: Folded
    has_figures: bool

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    @property
    def subject(self) -> str:
        """The cell's symbolic name."""
        return self.source.subject

    @property
    def sheet(self) -> str:
        """The sheet where it was read, "" for values from elsewhere."""
        return self.source.sheet

    @property
    def cell(self) -> str:
        """The cell where it was read, likewise."""
        return self.source.cell

    def at(self, start: int) -> str:
        """`一、总体情况 C9 第37字起`."""
        name = f"{self.sheet} {self.cell}" if self.cell else self.source.place
        return f"{name} {self.source.at(self.folded.origin(start))}"

    def about(self, start: int) -> str:
        """The subject of a finding at that place: `proactive@37`."""
        return self.source.about(self.folded.origin(start))


def texts(figures: Figures) -> Iterator[Written]:
    """Every text and remark that is filled in, in order; answers to warnings are no report."""
    for source in texts_of(figures):
        too_long = 0 < source.field.max_length < len(source.text)  # told of already
        if not too_long and not source.subject.startswith(f"{EXPLANATION}["):
            folded = fold(source.text)
            yield Written(source, folded, may_hold_figures(folded.text, 0, len(folded.text)))
