"""Adjustments: changes of a sum that are no unit's, each an entry of its own with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlreport.consolidate.figures import Entry, Figures, Slot, merged_lists, plus, single_figures, spellings
from xlreport.consolidate.sums import Summed
from xlreport.form.coerce import coerce
from xlreport.form.exact import in_full
from xlreport.form.field import Field
from xlreport.form.naming import Naming
from xlreport.formula.nodes import Figure, Value, is_figure
from xlreport.frozen import frozen
from xlreport.layout.stamped_sum import StampedAdjustment
from xlreport.subject import Subject


@frozen
class Adjustment:
    """By how much a figure of a sum is changed, why, and on what ground. A clerk calls it by its `label`."""

    cell: Slot
    label: str
    change: Figure
    reason: str
    source: str

    @property
    def signed(self) -> str:
        """The change with its sign."""
        return f"{'+' if self.change > 0 else ''}{in_full(self.change)}"

    @property
    def stamped(self) -> StampedAdjustment:
        """As it stands in the parent's workbook."""
        return StampedAdjustment(str(self.cell), self.label, self.signed, self.reason, self.source)


@frozen
class Adjustable:
    """A figure that can be adjusted: where it stands in the parent's workbook, and what it is called."""

    cell: Slot
    subject: Subject
    label: str
    field: Field


def adjustable(total: Summed) -> Iterator[Adjustable]:
    """The figures of a sum: single ones, and those of the lines of its lists."""
    words = Naming(total.form)
    for subject, field in single_figures(total.form):
        yield Adjustable(subject, subject, words.cell(subject), field)
    written = spellings(total.form, total.values)
    for listing in merged_lists(total.form):
        for (of, folded), numbers in written.items():
            for column in listing.columns if of == listing.name else ():
                if column.kind.numeric:
                    name, number = next(iter(numbers.items()))
                    subject = Subject.cell(of, number, column.name)
                    cell = Entry(of, folded, column.name)
                    yield Adjustable(cell, subject, f"“{name}”{column.label}", column)


def adjusted_cells(adjustments: Iterable[Adjustment]) -> Figures:
    """The adjustments as figures, to be added up like a return."""
    return {each.cell: each.change for each in adjustments}


def adjusted(total: Summed, adjustments: Sequence[Adjustment]) -> Summed:
    """The sum with the adjustments, which fit into it."""
    places: Mapping[Slot, Adjustable] = {each.cell: each for each in adjustable(total)}
    values: dict[Subject, Value] = dict(total.values)
    for each in adjustments:
        place = places[each.cell]
        values[place.subject] = adjusted_figure(place, values.get(place.subject), each.change)
    return Summed(total.form, values)


def adjusted_figure(place: Adjustable, value: Value, change: Figure) -> Value:
    """A figure of the sum with a change. Raises ValueError where the cell cannot hold it."""
    figure = plus(value if is_figure(value) else 0, change)
    if figure < 0 and not place.field.signed:
        raise ValueError("调整后是负数")
    return coerce(place.field, figure)
