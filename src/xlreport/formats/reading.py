"""One way in for all formats: from an opened file to its snapshot."""

from __future__ import annotations

from collections.abc import Container as Names
from importlib import import_module

from xlreport.formats.container import Container, PackageKind
from xlreport.formats.snapshot import Snapshot


def take_snapshot(container: Container, wanted: Names[str] | None = None) -> Snapshot:
    """Everything we need of a workbook. Raises Unopened where the file is damaged.

    Of an xlsx file with `wanted` only these sheets: the other kinds cannot be read in part.
    """
    if container.kind is PackageKind.XLSX:
        from xlreport.formats import xlsx

        return xlsx.take_snapshot(container, wanted)
    reader = import_module(f"xlreport.formats.{container.kind.value}")
    snapshot: Snapshot = reader.take_snapshot(container)
    return snapshot
