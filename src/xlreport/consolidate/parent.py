"""The parent's values: sums, and whose they are. All that only the parent can say is left open."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.consolidate.child import Child
from xlreport.consolidate.sums import CannotSum, Summed, summed
from xlreport.form.coerce import coerce
from xlreport.form.model import Form


def parent_of(form: Form, unit: str, year: int, children: Sequence[Child]) -> Summed:
    """What the parent's workbook is filled with. Raises CannotSum."""
    try:
        name = coerce(form.fields[form.unit_field], unit)
    except ValueError as error:
        raise CannotSum(f"--unit 给出的单位名称用不了：{error}") from error
    total = summed(form, [child.inputs for child in children])
    return Summed(total.form, {**total.values, form.unit_field: name, form.year_field: year})
