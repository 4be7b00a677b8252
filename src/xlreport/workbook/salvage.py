"""Reading what can be read: also without a stamp, and where codes are gone. For filling in anew only."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path

from xlreport.finding import UnreadableWorkbook
from xlreport.form.editions import all_forms
from xlreport.form.load import resize
from xlreport.form.model import Form
from xlreport.formats.snapshot import Snapshot
from xlreport.layout import lay_out
from xlreport.layout.stamp import make_stamp
from xlreport.subject import Subject
from xlreport.workbook.read import open_snapshot, recognise, understand
from xlreport.workbook.relocate import relocate
from xlreport.workbook.submission import Submission

_ENOUGH = Fraction(1, 4)
"""A file is taken for a form's if so much of the form's hidden codes is in it."""
_STAMPLESS = ("WBK002", "WBK006")


def salvage(path: str | Path) -> Submission:
    """A return read as far as possible; a stamp that is gone names neither unit nor year.

    Raises UnreadableWorkbook where not even the form can be told.
    """
    file = Path(path)
    snapshot = open_snapshot(file)
    try:
        stamp, form = recognise(file, snapshot)
    except UnreadableWorkbook as error:
        known = _form_of(snapshot) if error.finding.code in _STAMPLESS else None
        if known is None:
            raise
        form = known
        stamp = replace(make_stamp(form, "", None, {}), definition="")
    tabs = frozenset(sheet.name for sheet in lay_out(form).sheets)
    return understand(file, snapshot, stamp, form, partial(relocate, tabs=tabs))


def _form_of(snapshot: Snapshot) -> Form | None:
    """The form most of whose hidden codes are in the file, its lists as long as they are there."""
    texts = {
        value
        for sheet in snapshot.sheets.values()
        for row in sheet.rows
        for value in row
        if isinstance(value, str)
    }
    shares = {form.id: _share(form, texts) for form in all_forms()}
    best = max(all_forms(), key=lambda form: shares[form.id], default=None)
    if best is None or shares[best.id] < _ENOUGH:
        return None
    return resize(best, tuple(_lines(best, texts).items()))


def _share(form: Form, texts: set[str]) -> Fraction:
    """How much of a form's hidden codes is in the file."""
    codes = {code for sheet in lay_out(form).sheets for code in sheet.codes.values()}
    return Fraction(len(codes & texts), len(codes))


def _lines(form: Form, texts: set[str]) -> dict[str, int]:
    """The lines of each list, by the codes of its lines."""
    lines = {}
    for name, listing in form.listings.items():
        count = 0
        while Subject.cell(name, count + 1, "") in texts:
            count += 1
        lines[name] = count or listing.rows
    return lines
