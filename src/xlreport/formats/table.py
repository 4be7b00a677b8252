"""A table that somebody keeps for us, as a workbook or as text: a list of units, adjustments."""

from __future__ import annotations

from pathlib import Path

from xlreport.formats.container import open_container
from xlreport.formats.delimited import read_delimited
from xlreport.formats.reading import take_snapshot
from xlreport.formats.snapshot import Snapshot

_TEXTS = frozenset({".csv", ".txt", ".tsv"})


def open_table(path: Path) -> Snapshot:
    """Its sheets. Raises Unopened for what is no table, OSError for a file that is not there."""
    if path.suffix.lower() in _TEXTS:
        return read_delimited(path)
    path.stat()  # a file that is not there is no damaged one
    return take_snapshot(open_container(path))
