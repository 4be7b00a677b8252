"""The figures of a form one by one: what each is called and where it stands, for tables and summaries."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.form.grid import Grid, Line
from xlreport.form.listing import Listing
from xlreport.form.model import Form
from xlreport.form.naming import Naming
from xlreport.form.outline import Block
from xlreport.frozen import frozen
from xlreport.subject import Subject


@frozen
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


def headline(form: Form) -> Iterator[Indicator]:
    """The few by which returns are compared: totals of lists, and totals of a table's main lines."""
    chosen = {subject for section in form.sections for block in section.blocks for subject in _main(block)}
    return (indicator for indicator in indicators(form) if indicator.subject in chosen)


def _main(block: Block) -> Iterator[Subject]:
    """Totals in the lines that are part of no other: outermost, sums themselves, or side by side."""
    if isinstance(block, Listing):
        yield from (subject for subject, _ in block.figures())
    elif isinstance(block, Grid):
        totals = [column for column in block.columns if column.formula]
        rows = [row for row in block.rows if block.in_line or row.formula or _outermost(row)]
        yield from (block.cell(row, column) for row in rows for column in totals)


def _outermost(row: Line) -> bool:
    return len(row.label) == 1
