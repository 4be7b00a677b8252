"""Every cell of a form that can hold a value, as a field with its kind and rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from xlreport.form.answers import answers
from xlreport.form.field import Field
from xlreport.form.model import Form
from xlreport.subject import Subject


@lru_cache(maxsize=64)
def cells_of(form: Form) -> Mapping[Subject, Field]:
    """The fields by subject, in the order of the form; computed cells, remarks and answers included."""
    cells = {subject: field for block in form.blocks.values() for subject, field in block.cells()}
    return cells | {answer.subject: answer.field for answer in answers(form)}
