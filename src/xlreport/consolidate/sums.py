"""The parent's values: the sums of its children's figures. All else is the parent's own, and left blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlreport.consolidate.figures import (
    Entry,
    Figures,
    Slot,
    added,
    figures_of,
    merged_lists,
    named_by,
    single_figures,
    spellings,
)
from xlreport.form.coerce import coerce
from xlreport.form.field import Field
from xlreport.form.listing import MOST_LINES, Listing
from xlreport.form.load import resize
from xlreport.form.model import Form
from xlreport.form.naming import Naming
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.frozen import frozen
from xlreport.subject import Subject


class CannotSum(Exception):
    """Why the sums cannot stand in a workbook of the form; in Chinese."""


@dataclass(frozen=True)
class Summed:
    """The form, its lists as long as the sums need, and the sums by subject."""

    form: Form
    values: Values


def summed(form: Form, children: Sequence[Values]) -> Summed:
    """The sums of the children's inputs; their order makes no difference. Raises CannotSum.

    `form` has lists as long as the longest of the children's at least.
    """
    totals = added(figures_of(form, child) for child in children)
    names = _names(form, children)
    values: dict[Subject, Value] = {}
    for subject, field in single_figures(form):
        if subject in totals:
            values[subject] = _fitting(field, totals[subject], Naming(form).cell(subject))
    lengths: dict[str, int] = {}
    for listing in merged_lists(form):
        lines = _lines(listing, totals, names)
        if len(lines) > MOST_LINES:
            raise CannotSum(
                f"各单位的“{listing.title}”合起来有 {len(lines)} 类，一张清单最多 {MOST_LINES} 行"
            )
        lengths[listing.name] = max(listing.rows, len(lines))
        values |= _listed(listing, lines, totals)
    return Summed(resize(form, tuple(sorted(lengths.items()))), values)


def _names(form: Form, children: Sequence[Values]) -> dict[tuple[str, str], str]:
    """How each line of a list is written: of several spellings the first in the order of characters."""
    names: dict[tuple[str, str], str] = {}
    for child in children:
        for line, written in spellings(form, child).items():
            names[line] = min([*written, *([names[line]] if line in names else [])])
    return names


@frozen
class _Line:
    """A line of a list: as written, and folded."""

    name: str
    folded: str


def _lines(listing: Listing, totals: Figures, names: dict[tuple[str, str], str]) -> list[_Line]:
    """The lines of a list, those with the largest figures first."""
    numeric = [column.name for column in listing.columns if column.kind.numeric]

    def rank(line: _Line) -> tuple[object, ...]:
        return (*(-totals.get(Entry(listing.name, line.folded, column), 0) for column in numeric), line.name)

    return sorted(
        (_Line(name, folded) for (of, folded), name in names.items() if of == listing.name), key=rank
    )


def _listed(listing: Listing, lines: Sequence[_Line], totals: Figures) -> Iterator[tuple[Subject, Value]]:
    named = named_by(listing)
    assert named is not None or not lines
    for number, line in enumerate(lines, start=1):
        for subject, column in listing.line(number).items():
            cell: Slot = Entry(listing.name, line.folded, column.name)
            if column == named:
                yield subject, line.name
            elif cell in totals:
                yield subject, _fitting(column, totals[cell], f"“{line.name}”{column.label}")


def _fitting(field: Field, figure: Value, label: str) -> Value:
    try:
        return coerce(field, figure)
    except ValueError as error:
        raise CannotSum(f"“{label}”的合计填不进表里：{error}") from error
