"""Workbooks that commands write in one test after the other: of the same form and values one is written once.

Rounds issue the same templates, returns are refilled with the same figures and samples are laid out again and
again: writing took a sixth of the time for all tests. Tests of what is written take `written_anew`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shared import once
from xlreport.form.library import shipped
from xlreport.form.load import load_form, resize
from xlreport.form.model import Form
from xlreport.layout.stamp import make_stamp
from xlreport.workbook.write import _Writer

_write = _Writer.write
_SHIPPED = [shipped(folder).resolve() for folder in ("workbook_templates", "samples")]


@contextmanager
def written_once() -> Iterator[None]:
    """The same workbook is written once for all workers of the run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Writer, "write", _kept)
        yield


@contextmanager
def written_anew() -> Iterator[None]:
    """Each workbook is written, as the program does it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Writer, "write", _write)
        yield


def _kept(writer: _Writer) -> bytes:
    form = writer._form
    if writer._told is not None or not _is_shipped(form):
        return _write(writer)
    lines = [(name, listing.rows) for name, listing in form.listings.items()]
    values, prior = (sorted(map(repr, part.items())) for part in (writer._values, writer._prior))
    name = f"workbook {form.folder} {lines!r} {values!r} {prior!r} {writer._password!r} {_seal(writer)!r}"
    return once(name, lambda: _write(writer))


def _seal(writer: _Writer) -> str:
    """The text that is put beside the stamp."""
    if writer._seal is None:
        return ""
    form, year = writer._form, writer._values.get(writer._form.year_field)
    unit = str(writer._values.get(form.unit_field) or "")
    return writer._seal(make_stamp(form, unit, year if isinstance(year, int) else None, writer._prior))


def _is_shipped(form: Form) -> bool:
    """True if it is a form of the program as it is, none of a test: these are not loaded here."""
    if form.folder.parent not in _SHIPPED:
        return False
    lines = tuple((name, listing.rows) for name, listing in form.listings.items())
    return form is resize(load_form(form.folder), lines)
