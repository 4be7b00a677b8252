"""Workbooks that tests read again and again: the same bytes give the same snapshot, so it is taken once.

A third of the time of a test that verifies goes into parsing a file that another test has read before.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Container as Names
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from xlreport.formats import xlsx
from xlreport.formats.container import Container
from xlreport.formats.limits import limits
from xlreport.formats.snapshot import Snapshot

_MOST = 24
"""Snapshots that are kept, the latest used ones."""


@contextmanager
def read_once() -> Iterator[None]:
    """Snapshots of .xlsx files are kept; what cannot be read is tried each time."""
    kept: OrderedDict[object, Snapshot] = OrderedDict()
    take, open_ = xlsx.take_snapshot, Container.__init__

    def opened(container: Container, data: bytes) -> None:
        container.digest = hashlib.sha256(data).hexdigest()  # type: ignore[attr-defined]
        open_(container, data)

    def taken(container: Container, wanted: Names[str] | None = None) -> Snapshot:
        which = None if wanted is None else frozenset(wanted)  # type: ignore[call-overload]
        key = (container.digest, which, limits())  # type: ignore[attr-defined]
        if key not in kept:
            kept[key] = take(container, wanted)
        kept.move_to_end(key)
        if len(kept) > _MOST:
            kept.popitem(last=False)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Container, "__init__", opened)
        patch.setattr(xlsx, "take_snapshot", taken)
        yield
