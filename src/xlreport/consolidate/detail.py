"""The figures of a sum, unit by unit: a sheet for each section of the form that has figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.consolidate.adjust import Adjustment, adjusted_cells
from xlreport.consolidate.child import Child
from xlreport.consolidate.choose import Chosen
from xlreport.consolidate.figures import Entry, Slot, figures_of, single_figures, spellings
from xlreport.consolidate.sums import Summed
from xlreport.form.naming import Naming
from xlreport.form.outline import Section
from xlreport.subject import Subject
from xlreport.tables.detail import DetailSheet, detail_book

_ADJUSTED = "（调整）"
"""A row beside those of the units, whose figures are the adjustments."""


def detail_workbook(
    title: str, chosen: Chosen, total: Summed, adjustments: Sequence[Adjustment] = ()
) -> bytes:
    """What the sums are made of, as a workbook; `total` has the adjustments in it."""
    listed = [(each.unit, each.included, each.why) for each in chosen.decisions]
    return detail_book(title, listed, list(_sheets(chosen.included, total, adjustments)))


def _sheets(
    children: Sequence[Child], total: Summed, adjustments: Sequence[Adjustment]
) -> Iterator[DetailSheet]:
    sums = figures_of(total.form, total.values)
    parts = [(child.unit, child.figures) for child in children]
    if adjustments:
        parts.append((_ADJUSTED, adjusted_cells(adjustments)))
    for section in total.form.sections:
        columns = list(_columns(section, total))
        if columns:
            yield DetailSheet(
                section.tab,
                [label for _, label in columns],
                [(unit, [figures.get(cell) for cell, _ in columns]) for unit, figures in parts],
                [sums.get(cell) for cell, _ in columns],
            )


def _columns(section: Section, total: Summed) -> Iterator[tuple[Slot, str]]:
    """The figures of a section, with what a clerk calls them."""
    form, words = total.form, Naming(total.form)
    for subject, _ in single_figures(form):
        if form.section_of(subject) is section:
            yield subject, words.cell(subject)
    for (of, folded), written in spellings(form, total.values).items():
        for column in form.listings[of].columns if form.section_of(Subject(of)) is section else ():
            if column.kind.numeric:
                yield Entry(of, folded, column.name), f"{next(iter(written))} {column.label}"
