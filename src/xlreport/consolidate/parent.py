"""The parent's values: sums, whose they are, and what is its own organ's. All else is left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.consolidate.child import Child
from xlreport.consolidate.sums import CannotSum, Summed, summed
from xlreport.form.coerce import coerce
from xlreport.form.consolidation import Way
from xlreport.form.field import Field
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.subject import Subject


def parent_of(
    form: Form, unit: str, year: int, children: Sequence[Child], own: Child | None = None
) -> Summed:
    """What the parent's workbook is filled with; `own` is its own organ's return. Raises CannotSum."""
    try:
        name = coerce(form.fields[form.unit_field], unit)
    except ValueError as error:
        raise CannotSum(f"--unit 给出的单位名称用不了：{error}") from error
    total = summed(form, [child.inputs for child in children])
    kept = _kept(form, own.inputs) if own is not None and own in children else {}
    whose = {**_period(form, children), form.unit_field: name, form.year_field: year}
    return Summed(total.form, {**kept, **total.values, **whose})


def _period(form: Form, children: Sequence[Child]) -> Values:
    """The part of the year that all children report on."""
    period = form.entries.declared.period
    subject = Subject.field(period.field) if period is not None else None
    said = {child.inputs.get(subject) for child in children} if subject is not None else set()
    return {subject: said.pop()} if subject is not None and len(said) == 1 else {}


def _kept(form: Form, own: Values) -> Values:
    names = {subject for subject, _ in entries_of(form, Way.KEEP)}
    return {subject: value for subject, value in own.items() if subject in names}


def entries_of(form: Form, way: Way) -> Iterator[tuple[Subject, Field]]:
    """The fields that go a way which is none for lists and grids."""
    for subject, field in form.fields.items():
        if form.consolidation.way(field.name, Way.ASK) is way:
            yield subject, field
