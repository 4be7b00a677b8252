"""The figures of a form one by one: what each is called and where it stands, for tables and summaries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlreport.form.model import Fields, Form, Grid, Section
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
        for subject, unit in _figures(section):
            yield Indicator(subject, section.tab, words.cell(subject), unit, subject in form.computed)


def _figures(section: Section) -> Iterator[tuple[Subject, str]]:
    """Subject and unit of every figure on a sheet."""
    for block in section.blocks:
        if isinstance(block, Fields):
            numeric = (field for field in block.fields if field.kind.numeric)
            yield from ((Subject.field(field.name), field.unit) for field in numeric)
        elif isinstance(block, Grid):
            yield from ((subject, block.holds(column)[1]) for _, column, subject in block.cells())
        else:
            yield from ((Subject.total(block.name, c.name), c.unit) for c in block.columns if c.total)
