"""The figures of a return that can be added up over units: each under a name that all units share.

A cell of a grid and a single figure have their subject. A line of a list has another number in each
return, so its figures go by what the line is called. Computed cells are left out: the workbook adds them
up itself. Texts, dates and choices are each unit's own, and so is what the form says is not added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal, Inexact
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from xlreport.form.consolidation import Way
from xlreport.form.exact import exact
from xlreport.form.field import Field, Kind
from xlreport.form.fields import Fields
from xlreport.form.grid import Grid
from xlreport.form.listing import Listing
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formula.nodes import Figure, is_figure
from xlreport.subject import Subject
from xlreport.unit import key

_EXACT = Context(prec=100, traps=[Inexact])


class Entry(NamedTuple):
    """A figure of a list: on the line of that name, folded as names of units are."""

    listing: str
    name: str
    column: str

    def __str__(self) -> str:
        return "/".join(self)


Slot: TypeAlias = Subject | Entry
Figures: TypeAlias = Mapping[Slot, Figure]


def slot_called(code: str) -> Slot:
    """The figure whose name as text that is."""
    listing, _, rest = code.partition("/")
    name, _, column = rest.rpartition("/")
    return Entry(listing, name, column) if column else Subject(code)


def figures_of(form: Form, inputs: Values) -> dict[Slot, Figure]:
    """The figures of one return, in the order of the form; blanks are left out."""
    found: dict[Slot, Figure] = {}
    for cell, figure in _figures(form, inputs):
        found[cell] = plus(found.get(cell, 0), figure)
    return found


def added(returns: Iterable[Figures]) -> dict[Slot, Figure]:
    """The sum of each figure. What is blank in all of them is not in it."""
    sums: dict[Slot, Figure] = {}
    for figures in returns:
        for cell, figure in figures.items():
            known = sums.get(cell, 0)
            whole = isinstance(known, int) and isinstance(figure, int)  # a call costs as much as all of it
            sums[cell] = known + figure if whole else plus(known, figure)
    return sums


def plus(one: Figure, other: Figure) -> Figure:
    """The exact sum: an int where it is whole."""
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    return exact(_EXACT.add(Decimal(one), Decimal(other)))


def minus(one: Figure, other: Figure) -> Figure:
    """The exact difference: an int where it is whole."""
    return plus(one, -other if isinstance(other, int) else other.copy_negate())


def named_by(listing: Listing) -> Field | None:
    """The column that says what a line is; None for a list whose lines have no name."""
    return next((column for column in listing.columns if column.kind is Kind.TEXT), None)


def spellings(form: Form, inputs: Values) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """How the lines of lists are written, and the number of the first so written: by list and folded name."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for listing in merged_lists(form):
        for number, name in _named_lines(listing, inputs):
            found[listing.name, key(name)].setdefault(name, number)
    return found


def merged_lists(form: Form) -> list[Listing]:
    """The lists whose lines are added up by what they are called."""
    return [listing for listing in form.listings.values() if _is_added(form, listing.name)]


@lru_cache(maxsize=64)
def single_figures(form: Form) -> tuple[tuple[Subject, Field], ...]:
    """The inputs outside lists that hold figures which are added up, in the order of the form."""
    return tuple(_single(form))


def _single(form: Form) -> Iterator[tuple[Subject, Field]]:
    for block in form.blocks.values():
        if isinstance(block, Fields):
            figures = [(s, field) for s, field in block.figures() if _is_added(form, field.name)]
        elif isinstance(block, Grid) and _is_added(form, block.name):
            figures = list(block.figures())
        else:
            continue
        yield from ((s, field) for s, field in figures if field.kind.numeric and s not in form.computed)


def _is_added(form: Form, name: str) -> bool:
    return form.consolidation.way(name, Way.SUM) is Way.SUM


def _figures(form: Form, inputs: Values) -> Iterator[tuple[Slot, Figure]]:
    for subject, _ in single_figures(form):
        value = inputs.get(subject)
        if is_figure(value):
            yield subject, value
    for listing in merged_lists(form):
        for number, name in _named_lines(listing, inputs):
            for subject, column in listing.line(number).items():
                value = inputs.get(subject)
                if column.kind.numeric and is_figure(value):
                    yield Entry(listing.name, key(name), column.name), value


def _named_lines(listing: Listing, inputs: Values) -> Iterator[tuple[int, str]]:
    name = named_by(listing)
    if name is None:
        return
    for number in listing.numbers:
        value = inputs.get(Subject.cell(listing.name, number, name.name))
        if isinstance(value, str) and key(value):
            yield number, value
