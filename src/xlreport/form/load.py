"""Loading a form: as it was prepared before, else from its folder, which needs far more of the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from xlreport.form.library import find_form, find_issued
from xlreport.form.model import Form
from xlreport.form.prepared import prepared, remember


def load_form(name: str | Path) -> Form:
    """The form of that id or folder. Raises FileNotFoundError, or FormErrors with every mistake."""
    return _loaded(find_form(name))


def load_issued(form: str) -> Form:
    """The form that a return names, by id alone. Raises as `load_form` does."""
    return _loaded(find_issued(form))


@cache
def _loaded(folder: Path) -> Form:
    form = prepared(folder)
    if form is None:
        form = read_form(folder)
        remember(form)
    return form


def read_form(path: Path) -> Form:
    """The form in a folder, read afresh. Raises FormErrors with every mistake."""
    from xlreport.form.source import read_folder

    return read_folder(path)


@cache
def resize(form: Form, rows: tuple[tuple[str, int], ...]) -> Form:
    """The same form with other numbers of lines in its lists: pairs of list name and lines."""
    if all(form.listings[name].rows == count for name, count in rows):
        return form
    from xlreport.form.resize import resized

    return resized(form, dict(rows))
