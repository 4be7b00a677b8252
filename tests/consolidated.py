"""Children and parents for tests of sums: returns as values, without workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random

from returns import FORM, sound
from xlreport.consolidate.child import Child
from xlreport.consolidate.figures import single_figures
from xlreport.consolidate.sums import summed
from xlreport.form.field import Kind
from xlreport.form.values import Values
from xlreport.formula.nodes import Value
from xlreport.subject import Subject

CATEGORIES = ("政策文件", "财政预决算", "工作动态", "人事任免", "行政许可")


CELL = "requests[new_requests,natural_person]"


def child(unit: str, inputs: Values, file: str = "", saved: str = "2024-01-20", errors: int = 0) -> Child:
    """A return of 2023 of the real form."""
    year = inputs.get(FORM.year_field, 2023)
    assert isinstance(year, int)
    lines = {name: listing.rows for name, listing in FORM.listings.items()}
    named = {**inputs, FORM.unit_field: unit}
    return Child(file or f"{unit}.xlsx", FORM.id, lines, unit, year, named, saved, errors)


def random_inputs(random: Random) -> dict[Subject, Value]:
    """Figures as units report them: many zeros, small counts, amounts with decimals, a list of some lines."""
    values: dict[Subject, Value] = {}
    for subject, field in single_figures(FORM):
        figure = random.choice((0, 0, random.randint(0, 9), random.randint(10, 400)))
        values[subject] = Decimal(figure) / 100 if field.kind is Kind.AMOUNT else figure
    for number, name in enumerate(random.sample(CATEGORIES, random.randint(0, 4)), start=1):
        values[Subject.cell("published", number, "category")] = name
        values[Subject.cell("published", number, "count")] = random.randint(1, 300)
    return values


def county(random: Random, size: int) -> list[Child]:
    """Units with random figures."""
    return [child(f"岚溪县第{number}局", random_inputs(random)) for number in range(1, size + 1)]


def parent_of(children: Sequence[Child], changes: Mapping[str, Value] | None = None) -> Child:
    """The parent that adds these up, some of its values changed."""
    total = summed(FORM, [each.inputs for each in children])
    changed = {Subject(name): value for name, value in (changes or {}).items()}
    return child("岚溪县人民政府", {**sound(), **_no_figures(), **total.values, **changed}, "上级.xlsx")


def _no_figures() -> dict[Subject, Value]:
    listed = {subject: None for block in FORM.listings.values() for line in block.lines() for subject in line}
    return {**dict.fromkeys((subject for subject, _ in single_figures(FORM)), 0), **listed}
