"""Sheets that tests read again and again: the same XML gives the same snapshot, so it is taken once.

A test damages one cell of a workbook and all other sheets are those of the test before: reading them took a
third of the time for a return. So it is with the files of a form of which a test breaks one.
"""

from __future__ import annotations

import hashlib
import pickle
import tomllib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

from xlreport.formats import xlsx
from xlreport.formats.container import Container
from xlreport.formats.extent import Extent
from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import limits
from xlreport.formats.sheet_list import Tab
from xlreport.formats.snapshot import SheetSnapshot
from xlreport.formats.xlsx_sheet import Shared
from xlreport.formats.xml import tags_in

_MOST = 200
"""Sheets that are kept, the latest used ones."""
_OF_ONE_SHEET = ("worksheets/", "docprops/", "drawings/", "comments", "_rels/")
"""Parts on which no other sheet depends."""


@contextmanager
def read_once() -> Iterator[None]:
    """Sheets of .xlsx files are kept; what cannot be read is tried each time, and limits hold as ever."""
    kept: OrderedDict[object, SheetSnapshot] = OrderedDict()
    read = xlsx._sheet

    def sheet(container: Container, tab: Tab, shared: Shared, extent: Extent) -> SheetSnapshot:
        key = _key(container, tab)
        if key not in kept or not _counted(container, tab, kept[key], extent):
            kept[key] = read(container, tab, shared, extent)
        kept.move_to_end(key)
        if len(kept) > _MOST:
            kept.popitem(last=False)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx, "_sheet", sheet)
        patch.setattr(tomllib, "loads", lambda text: pickle.loads(_tables(text)))
        yield


_parse = tomllib.loads


@cache
def _tables(text: str) -> bytes:
    """What a text in TOML says, so that everyone who asks gets tables of their own."""
    tables: dict[str, Any] = _parse(text)
    return pickle.dumps(tables)


def _key(container: Container, tab: Tab) -> object:
    """All that a sheet is read from; like nothing else where something of it cannot be unpacked."""
    try:
        own = container.part(tab.part)
        if not hasattr(container, "shared"):
            container.shared = _shared(container)  # type: ignore[attr-defined]
    except (Unopened, UnicodeEncodeError):
        return object()
    return tab, hashlib.sha256(own).digest(), container.shared, limits()  # type: ignore[attr-defined]


def _shared(container: Container) -> bytes:
    content = hashlib.sha256()
    for name in sorted(container.entries):
        if not any(part in name.lower() for part in _OF_ONE_SHEET):
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
