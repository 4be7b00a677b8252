"""The parent's workbook: the same form, filled with sums, open for what only the parent can say."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.consolidate.child import Child
from xlreport.consolidate.sums import CannotSum, summed
from xlreport.form.coerce import coerce
from xlreport.form.model import Form
from xlreport.workbook.write import write_workbook


def parent_workbook(form: Form, unit: str, year: int, children: Sequence[Child]) -> bytes:
    """The workbook of a parent. Raises CannotSum."""
    try:
        name = coerce(form.fields[form.unit_field], unit)
    except ValueError as error:
        raise CannotSum(f"--unit 给出的单位名称用不了：{error}") from error
    total = summed(form, [child.inputs for child in children])
    return write_workbook(total.form, {**total.values, form.unit_field: name, form.year_field: year})
