"""The texts of a return that go into its report, folded for matching."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlreport.origin import Origin
from xlreport.prose.fold import Folded, fold
from xlreport.prose.numerals import may_hold_figures
from xlreport.subject import Subject
from xlreport.verify.reported import Reported
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
    def subject(self) -> Subject:
        """The cell's symbolic name."""
        return self.source.subject

    @property
    def origin(self) -> Origin | None:
        """Where it was read, if it was read anywhere."""
        return self.source.origin

    @property
    def cell(self) -> str:
        """The cell to edit, "" where there is none."""
        return self.origin.cell if self.origin else ""

    def at(self, start: int) -> str:
        """`一、总体情况 C9 第37字起`."""
        return f"{self.source.place_in_short} {self.source.at(self.folded.place(start))}"

    def about(self, start: int) -> Subject:
        """The subject of a finding at that place: `proactive@37`."""
        return self.source.about(self.folded.place(start))


def texts(reported: Reported) -> Iterator[Written]:
    """Every text and remark that is filled in, in order; answers to warnings are no report."""
    for source in texts_of(reported):
        too_long = 0 < source.field.max_length < len(source.text)  # told of already
        if not too_long and not source.subject.is_answer:
            folded = fold(source.text)
            yield Written(source, folded, may_hold_figures(folded.text, 0, len(folded.text)))
