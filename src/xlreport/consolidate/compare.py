"""A parent's figures beside the sums of its children's, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from xlreport.consolidate.child import Child, resized_form
from xlreport.consolidate.figures import (
    Entry,
    Figures,
    Slot,
    added,
    merged_lists,
    minus,
    single_figures,
)
from xlreport.form.field import Kind
from xlreport.form.model import Form
from xlreport.form.naming import Naming
from xlreport.formula.nodes import Figure
from xlreport.frozen import frozen
from xlreport.subject import Subject

NO_FIGURES: Figures = MappingProxyType({})


@dataclass(frozen=True)
class Compared:
    """One cell: the parent's figure, its children's sum, and all figures of each child by its unit.

    `label` is what a clerk calls the cell; `subject` that of the parent's cell. A line of a list that the
    parent does not have has the subject of the next line after its own.
    """

    cell: Slot
    subject: Subject
    label: str
    kind: Kind
    parent: Figure
    sum: Figure
    parts: Mapping[str, Figures]

    @property
    def difference(self) -> Figure:
        """What the parent has more than its children."""
        return minus(self.parent, self.sum)

    @property
    def children(self) -> Mapping[str, Figure]:
        """What each child that has the figure reports, by its unit."""
        return {unit: figures[self.cell] for unit, figures in self.parts.items() if self.cell in figures}


@frozen
class _Place:
    subject: Subject
    label: str
    kind: Kind


def compare(
    parent: Child, children: Sequence[Child], others: Sequence[Child] = (), adjusted: Figures = NO_FIGURES
) -> list[Compared]:
    """All cells: single ones in the order of the form, then the lines of lists.

    `others` are not added up, but the lines of their lists have cells too; `adjusted` is added to the sums.
    """
    form = resized_form(parent)
    own = parent.figures
    parts = {child.unit: child.figures for child in children}
    sums = added([*parts.values(), adjusted])
    return [
        Compared(
            cell,
            place.subject,
            place.label,
            place.kind,
            own.get(cell, 0),
            sums.get(cell, 0),
            parts,
        )
        for cell, place in _places(form, parent, [*children, *others])
    ]


def _places(form: Form, parent: Child, children: Iterable[Child]) -> Iterator[tuple[Slot, _Place]]:
    """Every cell that can differ, with its place in the parent's workbook."""
    words = Naming(form)
    for subject, field in single_figures(form):
        yield subject, _Place(subject, words.cell(subject), field.kind)
    numbers = _numbers(form, parent, children)
    for listing in merged_lists(form):
        figures = [column for column in listing.columns if column.kind.numeric]
        for (of, folded), (name, number) in numbers.items():
            for column in figures if of == listing.name else ():
                subject = Subject.cell(of, number, column.name)
                yield Entry(of, folded, column.name), _Place(subject, f"“{name}”{column.label}", column.kind)


def _numbers(
    form: Form, parent: Child, children: Iterable[Child]
) -> Mapping[tuple[str, str], tuple[str, int]]:
    """How each line of the lists is written and which number it has, those of the parent first."""
    found = {line: next(iter(w.items())) for line, w in parent.spellings.items()}
    others: dict[tuple[str, str], str] = {}
    for child in children:
        for line, written in child.spellings.items():
            others[line] = min([*written, *([others[line]] if line in others else [])])
    last = {
        name: max((n for (of, _), (_, n) in found.items() if of == name), default=0) for name in form.listings
    }
    for line, name in sorted(others.items()):
        if line not in found:
            last[line[0]] += 1
            found[line] = name, last[line[0]]
    return found
