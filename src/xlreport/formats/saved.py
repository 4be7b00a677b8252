"""When a workbook was last saved: what the file says itself, else what the file system says."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from xlreport.formats.package import DAMAGED

_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([0-9T:.+-]{10,30}Z?)</dcterms:modified>")
_LONGEST = 2**20
_FIRST = datetime(2001, 1, 1, tzinfo=UTC)
"""Templates say 2000, whenever they were made, so that the same template has the same bytes."""


def saved_at(path: Path) -> datetime:
    """The moment, in UTC. A file that is gone was never saved."""
    stated = _stated(path)
    if stated is not None and stated >= _FIRST:
        return stated
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def _stated(path: Path) -> datetime | None:
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo("docProps/core.xml").file_size > _LONGEST:
                return None
            found = _MODIFIED.search(package.read("docProps/core.xml"))
    except (*DAMAGED, KeyError):
        return None
    try:
        moment = datetime.fromisoformat(found[1].decode()) if found is not None else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo is not None else moment.replace(tzinfo=UTC)
