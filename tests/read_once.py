"""What tests read again and again: the same bytes give the same snapshot, so it is taken once.

A test damages one cell of a workbook and all other sheets are those of the test before: reading them took a
third of the time for a return. So it is with the files of a form of which a test breaks one, with returns
that are verified here, converted there and looked at once more, and with values that were judged before,
where a cell only looks otherwise.
"""

from __future__ import annotations

import hashlib
import pickle
import re
import tomllib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

import pytest
from lxml import etree

from xlreport.finding import Finding
from xlreport.form.model import Form
from xlreport.formats import ods, xlsx
from xlreport.formats.container import Container, bytes_of
from xlreport.formats.extent import Extent
from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import limits
from xlreport.formats.ods_styles import OdsStyles
from xlreport.formats.sheet_list import Tab
from xlreport.formats.snapshot import SheetSnapshot, Snapshot
from xlreport.formats.xlsx_styles import CellStyles
from xlreport.formats.xlsx_values import Shared
from xlreport.formats.xml import tags_in
from xlreport.layout.cells import Sheet
from xlreport.layout.stamp import Stamp
from xlreport.verify import verdict
from xlreport.verify.reported import Reported
from xlreport.workbook import read
from xlreport.workbook.locate import Located, locate
from xlreport.workbook.submission import Submission

T = TypeVar("T")
_Find: TypeAlias = Callable[[Sheet, Snapshot], Located | None]

_SHEETS, _BOOKS = 200, 60
"""How many are kept, the latest used ones."""
_OF_ONE_SHEET = ("worksheets/", "docprops/", "drawings/", "comments", "_rels/")
"""Parts on which no other sheet depends."""
_STYLES = "xl/styles.xml"
_STYLE = re.compile(rb"\ss\s*=\s*[\"']([^\"']*)")
"""The style that a cell names."""


class _Kept(OrderedDict[object, T], Generic[T]):
    """The latest used ones."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __getitem__(self, key: object) -> T:
        self.move_to_end(key)
        return super().__getitem__(key)

    def __setitem__(self, key: object, value: T) -> None:
        super().__setitem__(key, value)
        if len(self) > self._most:
            self.popitem(last=False)


@contextmanager
def read_once() -> Iterator[None]:
    """What was read and judged is kept; what cannot be read is tried each time, and limits hold as ever."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx, "_sheet", _sheet)
        patch.setattr(ods, "_sheet", _table)
        patch.setattr(read, "open_snapshot", _snapshot)
        patch.setattr(read, "understand", _submission)
        patch.setattr(verdict, "judge", _judged)
        patch.setattr(tomllib, "loads", lambda text: pickle.loads(_tables(text)))
        yield


_parse = tomllib.loads


@cache
def _tables(text: str) -> bytes:
    """What a text in TOML says, so that everyone who asks gets tables of their own."""
    tables: dict[str, Any] = _parse(text)
    return pickle.dumps(tables)


_sheets: _Kept[SheetSnapshot] = _Kept(_SHEETS)
_read_sheet = xlsx._sheet


def _sheet(container: Container, tab: Tab, shared: Shared, extent: Extent) -> SheetSnapshot:
    key = _key(container, tab, shared.styles)
    if key not in _sheets or not _counted(container, tab, _sheets[key], extent):
        _sheets[key] = _read_sheet(container, tab, shared, extent)
    return _sheets[key]


_ods_sheets: _Kept[tuple[SheetSnapshot, int]] = _Kept(_SHEETS)
"""With the cells that each counts for."""
_read_table = ods._sheet


def _table(
    table: etree._Element, extent: Extent, hidden: frozenset[str], styles: OdsStyles, zeros: bool
) -> SheetSnapshot:
    """A sheet of a file in which all of them are one part, by its own XML and all styles."""
    key = hashlib.sha256(etree.tostring(table)).digest(), hidden, _stated(styles), zeros, limits()
    if key in _ods_sheets and extent._total + _ods_sheets[key][1] <= limits().cells:
        found, cells = _ods_sheets[key]
        extent._total += cells
        return found
    before = extent._total
    found = _read_table(table, extent, hidden, styles, zeros)
    _ods_sheets[key] = found, extent._total - before
    return found


def _stated(styles: OdsStyles) -> bytes:
    """All that the styles are made of, found once for the sheets of a file."""
    if not hasattr(styles, "digest"):
        content = hashlib.sha256(repr((styles._codes, styles._fonts)).encode())
        for key, style in styles._styles.items():
            content.update(repr(key).encode() + etree.tostring(style))
        styles.digest = content.digest()  # type: ignore[attr-defined]
    return styles.digest  # type: ignore[attr-defined, no-any-return]


_snapshots: _Kept[Snapshot] = _Kept(_BOOKS)
_open_snapshot = read.open_snapshot


def _snapshot(file: Path) -> Snapshot:
    """The workbook as it came, by the bytes of the file."""
    try:
        key = hashlib.sha256(bytes_of(file)).digest(), limits()
    except Unopened:
        return _open_snapshot(file)
    if key not in _snapshots:
        _snapshots[key] = _open_snapshot(file)
    return _snapshots[key]


_submissions: _Kept[tuple[Form, Submission]] = _Kept(_BOOKS)
_understand = read.understand


def _submission(file: Path, snapshot: Snapshot, stamp: Stamp, form: Form, find: _Find = locate) -> Submission:
    """The cells of a form, by the snapshot and the form themselves, which are kept with them."""
    if find is not locate:
        return _understand(file, snapshot, stamp, form, find)
    key = id(snapshot), id(form)
    if key not in _submissions:
        _submissions[key] = form, _understand(file, snapshot, stamp, form)
    found = _submissions[key][1]
    return found if found.file == str(file) else replace(found, file=str(file))


_findings: _Kept[list[Finding]] = _Kept(_BOOKS)
_judge = verdict.judge


def _judged(reported: Reported) -> list[Finding]:
    """What the rules find, by all that they judge: 1, 1.0 and TRUE are not the same."""
    told = (reported.inputs, reported.prior, reported.written)
    key = (
        reported.form,
        *(repr(list(part.items())) for part in told),
        tuple(reported.origins.items()),
        reported.prior_from,
        frozenset(reported.unusable),
        frozenset(reported.doubted),
    )
    if key not in _findings:
        _findings[key] = _judge(reported)
    return list(_findings[key])


def _key(container: Container, tab: Tab, styles: CellStyles) -> object:
    """All that a sheet is read from; like nothing else where something of it cannot be unpacked."""
    try:
        own = container.part(tab.part)
        if not hasattr(container, "shared"):
            container.shared = _shared(container)  # type: ignore[attr-defined]
        looks = _looks(own, styles) or container.part(_STYLES)
    except (Unopened, UnicodeEncodeError):
        return object()
    return tab, hashlib.sha256(own).digest(), container.shared, looks, limits()  # type: ignore[attr-defined]


def _looks(own: bytes, styles: CellStyles) -> object:
    """What the styles say that a sheet's cells name; None where these are written in an unusual way."""
    named = _named(own)
    if b"<sheetData" not in own or not all(not name or name.isdigit() for name in named):
        return None
    used = ((name, styles.look(name), styles.shown(1, name)) for name in sorted(map(bytes.decode, named)))
    return tuple(used), styles.formats.since_1904, repr(styles.conditional), repr(styles.colours)


@lru_cache(_SHEETS)
def _named(own: bytes) -> frozenset[bytes]:
    """The styles that a sheet's cells name, and none."""
    return frozenset((b"", *_STYLE.findall(own)))


def _shared(container: Container) -> bytes:
    content = hashlib.sha256()
    for name in sorted(container.entries):
        if name != _STYLES and not any(part in name.lower() for part in _OF_ONE_SHEET):
            content.update(name.encode() + b"\0" + container.part(name) + b"\0")
    return content.digest()


def _counted(container: Container, tab: Tab, found: SheetSnapshot, extent: Extent) -> bool:
    """Count what reading would have counted; False where that is too much, which reading then says."""
    tags = tags_in(container.part(tab.part)) if tab.has_cells else 0
    if container._tags + tags > limits().tags:
        return False
    container._tags += tags
    if found.rows:
        extent.add(tab.name, [(len(found.rows) - 1, max(map(len, found.rows)) - 1)])
    return True
