"""openpyxl's workbooks kept sheet by sheet: a sheet is taken up when something of it is asked for.

A test changes a cell of one sheet and saves, or looks at one: to take up the others costs more than the test
itself, and to write them anew most of all. What was kept with its XML is saved with it, if nobody touched it.
`tests/test_kept_books.py` compares what is saved either way.
"""

from __future__ import annotations

import copyreg
import io
import pickle
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.dimensions import DimensionHolder
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

_OWN = (
    "_parent",
    "_WorkbookChild__title",
    "sheet_state",
    "defined_names",
    "_print_rows",
    "_print_cols",
    "_print_area",
)
"""What a sheet has from the start: nothing of it stands in its XML."""
_SETTABLE = {"_id", *_OWN}
_PLAIN = {
    "_drawing": None,
    "_comments": (),
    "legacy_drawing": None,
    "_tables": {},
    "_pivots": (),
    "_rels": (),
}
"""What saving asks of a sheet that consists of nothing but its XML."""


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """What a sheet has from the start, everything, its filter, and its XML where it is known."""

    own: bytes
    whole: bytes
    filter: bytes
    xml: bytes = b""


@dataclass(frozen=True, slots=True)
class KeptBook:
    """The workbook without its sheets, and these."""

    book: bytes
    sheets: tuple[KeptSheet, ...]


class UntouchedSheet(Worksheet):
    """A sheet of which nothing was asked yet; it becomes an ordinary one when something is."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        touch(self)
        return getattr(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _SETTABLE:
            touch(self)
        object.__setattr__(self, name, value)


def touch(sheet: UntouchedSheet) -> None:
    """Take a sheet up; what was set meanwhile stays."""
    kept, book, sheets = sheet.__dict__.pop("kept")
    object.__setattr__(sheet, "__class__", Worksheet)
    own = dict(sheet.__dict__)
    sheet.__dict__.update({**_loaded(kept.whole, book, sheets), **own})


def keep(book: Workbook, to_be_saved: bool = False) -> KeptBook:
    """A workbook for `taken_up`; its sheets with their XML, if that is going to be saved."""
    parts = _saved(book) if to_be_saved else {}
    sheets = tuple(_kept(sheet, parts) for sheet in book.worksheets)
    return KeptBook(_dumped(book.__dict__, book), sheets)


def taken_up(kept: KeptBook) -> Workbook:
    """A workbook of its own, whose sheets are untouched."""
    sheets: list[Worksheet] = [UntouchedSheet.__new__(UntouchedSheet) for _ in kept.sheets]
    book = Workbook.__new__(Workbook)
    book.__dict__.update(_loaded(kept.book, book, sheets))
    for sheet, each in zip(sheets, kept.sheets, strict=True):
        sheet.__dict__.update(_loaded(each.own, book, sheets), kept=(each, book, sheets))
    return book


def _kept(sheet: Worksheet, parts: dict[str, bytes]) -> KeptSheet:
    state = sheet.__dict__
    plain = not (sheet._drawing or sheet._comments or sheet.legacy_drawing or sheet._tables or sheet._pivots)
    own = {name: state[name] for name in _OWN}
    filter_ = {"auto_filter": sheet.auto_filter}
    xml = parts.get(sheet.path[1:], b"") if plain and not sheet._rels else b""
    return KeptSheet(*(_dumped(part, sheet.parent) for part in (own, state, filter_)), xml)


def _saved(book: Workbook) -> dict[str, bytes]:
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# Pickling --------------------------------------------------------------------------------------------

_taken_up: list[tuple[Workbook, list[Worksheet]]] = []
"""The workbook with its sheets to which belongs what is being taken up; the last one counts."""


def _the_book() -> Workbook:
    return _taken_up[-1][0]


def _the_sheet(number: int) -> Worksheet:
    return _taken_up[-1][1][number]


def _dumped(content: dict[str, object], book: Workbook) -> bytes:
    """What names the workbook and its sheets, and does not hold them."""
    numbers = {id(sheet): number for number, sheet in enumerate(book.worksheets)}
    file = io.BytesIO()
    pickler = pickle.Pickler(file)
    pickler.dispatch_table = copyreg.dispatch_table | {
        Workbook: lambda _: (_the_book, ()),
        Worksheet: lambda sheet: (_the_sheet, (numbers[id(sheet)],)),
    }
    pickler.dump(content)
    return file.getvalue()


def _loaded(data: bytes, book: Workbook, sheets: list[Worksheet]) -> dict[str, Any]:
    _taken_up.append((book, sheets))
    try:
        content: dict[str, Any] = pickle.loads(data)
    finally:
        _taken_up.pop()
    return content


def _dimensions(holder: Any) -> tuple[Any, ...]:
    """Rows and columns belong to a sheet and make those that are missing: a copy of theirs does so too.

    Left to itself, pickle takes what makes them for the sheet, and cannot take such a copy up again.
    """
    given = (holder.worksheet, holder.reference, holder.default_factory)
    return DimensionHolder, given, {"max_outline": holder.max_outline}, None, iter(holder.items())


copyreg.pickle(DimensionHolder, _dimensions)


# Saving ----------------------------------------------------------------------------------------------

_write_data, _write_worksheet = ExcelWriter.write_data, ExcelWriter.write_worksheet


@contextmanager
def untouched_sheets_saved_as_they_are() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ExcelWriter, "write_data", _data)
        patch.setattr(ExcelWriter, "write_worksheet", _worksheet)
        yield


def _data(writer: Any) -> None:
    """A sheet without XML is touched; the others are made to look as bare as they are."""
    untouched = [sheet for sheet in writer.workbook.worksheets if type(sheet) is UntouchedSheet]
    bare = []
    for sheet in untouched:
        kept, book, sheets = sheet.__dict__["kept"]
        if kept.xml:
            bare.append(sheet)
            sheet.__dict__.update(_PLAIN, **_loaded(kept.filter, book, sheets))
        else:
            touch(sheet)
    _write_data(writer)
    for sheet in bare:
        for name in (*_PLAIN, "auto_filter"):
            del sheet.__dict__[name]


def _worksheet(writer: Any, sheet: Worksheet) -> None:
    if type(sheet) is not UntouchedSheet:
        _write_worksheet(writer, sheet)
        return
    writer._archive.writestr(sheet.path[1:], sheet.__dict__["kept"][0].xml)
    writer.manifest.append(sheet)
