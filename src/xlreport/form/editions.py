"""Editions of one report: which of them serves a year. Forms of one title are editions of one report."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.form.library import form_folders
from xlreport.form.load import load_form
from xlreport.form.mistake import FormErrors
from xlreport.form.model import Form


def edition_for(form: Form, year: int) -> Form | None:
    """The edition of the same report that serves the year: the form itself if it does."""
    if form.serves(year):
        return form
    return next((other for other in all_forms() if other.title == form.title and other.serves(year)), None)


def all_forms() -> Iterator[Form]:
    """The forms that can be found by id; those with mistakes have been told to their authors."""
    for folder in form_folders():
        try:
            yield load_form(folder)
        except FormErrors:
            continue
