"""Editions of one report: which of them serves a year, and what becomes of a table in another one.

Forms of one title are editions of one report. What is theirs alone is read off their labels, so that
a new edition needs nothing but its folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xlreport.form.grid import Grid, Line
from xlreport.form.library import form_folders
from xlreport.form.load import load_form
from xlreport.form.mistake import FormErrors
from xlreport.form.model import Form
from xlreport.form.outline import Section
from xlreport.frozen import frozen

_ENOUGH = 3
"""So many labels of a closed edition make a table one of that edition: one or two are ordinary words."""


@frozen
class EditionChange:
    """What changes from one edition to another.

    `kept` are the tabs whose tables can be copied row by row, `split` the rows of them that have become
    several (label, number of rows), `gone` the labels that the other edition does not know.
    """

    kept: tuple[str, ...]
    split: tuple[tuple[str, int], ...]
    gone: tuple[str, ...]


def years_served(form: Form) -> str:
    """`2021 年及以后`, `2019—2020 年`."""
    first, last = form.years
    if last is None:
        return f"{first} 年及以后"
    return f"{first} 年" if first == last else f"{first}—{last} 年"


def edition_for(form: Form, year: int) -> Form | None:
    """The edition of the same report that serves the year: the form itself if it does."""
    if form.serves(year):
        return form
    return next((edition for edition in _editions(form) if edition.serves(year)), None)


def closed_edition(texts: Iterable[str]) -> tuple[Form, tuple[str, ...]] | None:
    """The edition no longer in use whose tables these cell texts come from, with its own labels found."""
    there = {_plain(text) for text in texts}
    for form in all_forms():
        if form.years[1] is None:
            continue
        now = next((edition for edition in _editions(form) if edition.years[1] is None), None)
        found = tuple(label for label in _gone(form, now) if _plain(label) in there) if now else ()
        if len(found) >= _ENOUGH:
            return form, found
    return None


def change(old: Form, new: Form) -> EditionChange:
    """What a person who filled in `old` needs to know to fill in `new`."""
    kept: list[str] = []
    split: list[tuple[str, int]] = []
    for section in old.sections:
        if section.grids and all(_same_table(grid, new) for grid in section.grids):
            kept.append(section.tab)
            split += [pair for grid in section.grids for pair in _split(grid, new.grids[grid.name])]
    return EditionChange(tuple(kept), tuple(split), _gone(old, new))


def all_forms() -> Iterator[Form]:
    """The forms that can be found by id; those with mistakes have been told to their authors."""
    for folder in form_folders():
        try:
            yield load_form(folder)
        except FormErrors:
            continue


def _editions(form: Form) -> Iterator[Form]:
    return (other for other in all_forms() if other.title == form.title and other.id != form.id)


def _same_table(grid: Grid, new: Form) -> bool:
    """True if the other edition has the same columns, and for each row the same row or its parts."""
    other = new.grids.get(grid.name)
    if other is None or [c.label for c in grid.columns] != [c.label for c in other.columns]:
        return False
    return all(_parts(row, other) for row in grid.rows)


def _parts(row: Line, other: Grid) -> list[Line]:
    """The rows that stand for a row in the other edition: itself, or those below its label."""
    return [line for line in other.rows if line.label[: len(row.label)] == row.label]


def _split(grid: Grid, other: Grid) -> Iterator[tuple[str, int]]:
    for row in grid.rows:
        if len(_parts(row, other)) > 1:
            yield row.label[-1], len(_parts(row, other))


def _gone(old: Form, new: Form) -> tuple[str, ...]:
    known = set(_labels(new.sections))
    return tuple(dict.fromkeys(label for label in _labels(old.sections) if label not in known))


def _labels(sections: Iterable[Section]) -> Iterator[str]:
    """Every header cell of every grid."""
    for grid in (grid for section in sections for grid in section.grids):
        yield from (part for line in (*grid.rows, *grid.columns) for part in line.label)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
