"""Returns for tests of analyses: figures of many units and years, without workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from consolidated import random_inputs
from returns import FORM
from xlreport.form.calculate import complete
from xlreport.formula.nodes import Value, is_figure
from xlreport.subject import Subject
from xlreport.tables.analysed import Analysed
from xlreport.tables.filed import indicators_of
from xlreport.unit import key


def analysed(unit: str, year: int, inputs: Mapping[Subject, Value]) -> Analysed:
    """A return of a unit and year with these inputs."""
    values, indicators = complete(FORM, inputs), indicators_of(FORM.id)
    found = [values.get(indicator.subject) for indicator in indicators]
    figures = tuple(value if is_figure(value) else None for value in found)
    places = ("三、依申请公开 E8",) * len(indicators)
    return Analysed(f"{year}/{unit}.xlsx", FORM.id, unit, key(unit), year, figures, places)


def region(random: Random, units: int, years: Sequence[int]) -> list[Analysed]:
    """Units with random figures in each of the years."""
    return [
        analysed(f"岚溪县第{number}局", year, random_inputs(random))
        for year in years
        for number in range(1, units + 1)
    ]
