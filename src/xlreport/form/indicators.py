"""The figures of a form one by one: what each is called and where it stands, for tables and summaries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlreport.form.model import Form
from xlreport.form.naming import Naming
from xlreport.subject import Subject


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure that every return of the form has; `section` is the tab it stands on."""

    subject: Subject
    section: str
    label: str
    unit: str
    computed: bool


def indicators(form: Form) -> Iterator[Indicator]:
    """Single figures, cells of grids and totals of lists, in the order of the form."""
    words = Naming(form)
    for section in form.sections:
        for subject, field in (figure for block in section.blocks for figure in block.figures()):
            yield Indicator(subject, section.tab, words.cell(subject), field.unit, subject in form.computed)
