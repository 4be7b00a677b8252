"""Last year's figures as a plain table: a row for each unit, a column for each figure.

The headings are those of the sheet 数据 that a run writes, with or without the unit of measure, or the
names of values (`requests[carried_forward,total]`). 单位 or 填报单位 says whose, 年度 of which year; where
there is no such column, the file's name does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from xlreport.cleaning import squeezed
from xlreport.form.calculate import complete, without_partial_sums
from xlreport.form.cells import cells_of
from xlreport.form.coerce import coerce
from xlreport.form.editions import all_forms
from xlreport.form.exact import exact
from xlreport.form.indicators import indicators
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formats.container import open_container
from xlreport.formats.delimited import read_delimited
from xlreport.formats.foreign import Unopened
from xlreport.formats.reading import take_snapshot
from xlreport.formats.snapshot import Raw, SheetSnapshot
from xlreport.frozen import frozen
from xlreport.stored import shown
from xlreport.subject import Subject

TEXT_ENDINGS = (".csv", ".tsv")
_UNITS, _YEARS = frozenset({"单位", "填报单位", "机关全称"}), frozenset({"年度", "报告年度"})
_MOST_ABOVE = 8
"""Rows above the headings."""
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")


@frozen
class TableLine:
    """What one row says of a unit, and its number in the sheet, from 1."""

    row: int
    unit: str
    year: int
    form: str
    values: Values


@lru_cache(maxsize=4)
def lines_in(path: Path, digest: str) -> tuple[TableLine, ...]:  # noqa: ARG001 - another content, another table
    """The rows of a table of figures; none where the file is no such table."""
    try:
        is_text = path.name.casefold().endswith(TEXT_ENDINGS)
        snapshot = read_delimited(path) if is_text else take_snapshot(open_container(path))
    except (Unopened, OSError):
        return ()
    for sheet in snapshot.sheets.values():
        for row in range(min(_MOST_ABOVE, len(sheet.rows))):
            lines = tuple(_lines(sheet, row, path.name))
            if lines:
                return lines
    return ()


def _lines(sheet: SheetSnapshot, head: int, name: str) -> Iterator[TableLine]:
    heads = [squeezed(shown(raw)) for raw in sheet.rows[head]]
    whose = next((n for n, text in enumerate(heads) if text in _UNITS), None)
    forms = {form.id: (form, _columns(form, heads)) for form in all_forms()}
    most = max(len(columns) for _, columns in forms.values())
    if whose is None or not most:
        return
    known = [(form, columns) for form, columns in forms.values() if len(columns) == most]
    when = next((n for n, text in enumerate(heads) if text in _YEARS), None)
    for number, row in enumerate(sheet.rows[head + 1 :], start=head + 2):
        unit, year = shown(_at(row, whose)).strip(), _year(_at(row, when), name)
        if unit and year is not None:
            form, columns = next(((f, c) for f, c in known if f.serves(year)), known[0])
            yield TableLine(number, unit, year, form.id, _values(form, columns, row))


def _columns(form: Form, heads: Sequence[str]) -> Mapping[int, Subject]:
    names: dict[str, Subject] = {}
    for each in indicators(form):
        labels = (each.label, f"{each.label}（{each.unit}）", str(each.subject))
        names.update((squeezed(label), each.subject) for label in labels)
    return {number: names[head] for number, head in enumerate(heads) if head in names}


def _values(form: Form, columns: Mapping[int, Subject], row: Sequence[Raw]) -> Values:
    """The figures, totals computed where all their parts are given, else as they are given."""
    fields = cells_of(form)
    given = {s: _figure(_at(row, column)) for column, s in columns.items()}
    taken: dict[Subject, int | Decimal] = {}
    for subject, figure in given.items():
        with suppress(ValueError):
            if figure is not None and coerce(fields[subject], figure) is not None:
                taken[subject] = figure
    inputs = {s: figure for s, figure in taken.items() if s not in form.computed}
    return {**taken, **without_partial_sums(form, complete(form, inputs))}


def _figure(raw: Raw) -> int | Decimal | None:
    try:
        return exact(Decimal(squeezed(shown(raw)).replace(",", "")))
    except InvalidOperation:
        return None


def _year(raw: Raw, name: str) -> int | None:
    found = _YEAR.search(squeezed(shown(raw))) or _YEAR.search(name)
    return int(found[0]) if found else None


def _at(row: Sequence[Raw], column: int | None) -> Raw:
    return row[column] if column is not None and column < len(row) else ""
