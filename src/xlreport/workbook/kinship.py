"""Whose form a workbook without a stamp was made from: by its hidden codes, else by its labels."""

from __future__ import annotations

from collections.abc import Set
from fractions import Fraction

from xlreport.cleaning import squeezed
from xlreport.form.editions import all_forms
from xlreport.form.load import resize
from xlreport.form.model import Form
from xlreport.formats.snapshot import Snapshot
from xlreport.layout import lay_out
from xlreport.subject import Subject

_ENOUGH_CODES = Fraction(1, 4)
_ENOUGH_LABELS = Fraction(1, 2)
"""A file is taken for a form's if so much of the form's codes, or of its labels, is in it."""


def form_of(snapshot: Snapshot) -> Form | None:
    """The form whose codes or labels are in the file, its lists as long as they are there."""
    texts = {
        value
        for sheet in snapshot.sheets.values()
        for value in sheet.cells.values()
        if isinstance(value, str)
    }
    by_codes = {form.id: _share(_codes(form), texts) for form in all_forms()}
    best = max(all_forms(), key=lambda form: by_codes[form.id], default=None)
    if best is not None and by_codes[best.id] >= _ENOUGH_CODES:
        return resize(best, tuple(_lines(best, texts).items()))
    return _by_labels({squeezed(text) for text in texts})


def _by_labels(texts: Set[str]) -> Form | None:
    shares = {form.id: _share(_labels(form), texts) for form in all_forms()}
    best = max(all_forms(), key=lambda form: shares[form.id], default=None)
    return best if best is not None and shares[best.id] >= _ENOUGH_LABELS else None


def _share(wanted: Set[str], texts: Set[str]) -> Fraction:
    return Fraction(len(wanted & texts), max(len(wanted), 1))


def _codes(form: Form) -> Set[str]:
    return {code for sheet in lay_out(form).sheets for code in sheet.codes.values()}


def _labels(form: Form) -> Set[str]:
    """What people see of the form's own sheets; of the others nobody makes a table of his own."""
    tabs = {section.tab for section in form.sections}
    sheets = (sheet for sheet in lay_out(form).sheets if sheet.name in tabs)
    return {
        squeezed(cell.text)
        for sheet in sheets
        for cell in sheet.guarded
        if cell.area.top not in sheet.hidden_rows and cell.area.left not in sheet.hidden_columns
    }


def _lines(form: Form, texts: Set[str]) -> dict[str, int]:
    """The lines of each list, by the codes of its lines."""
    lines = {}
    for name, listing in form.listings.items():
        count = 0
        while Subject.cell(name, count + 1, "") in texts:
            count += 1
        lines[name] = count or listing.rows
    return lines
