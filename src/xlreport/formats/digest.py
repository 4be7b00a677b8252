"""The content of a file in one short text: what tells two files apart whatever they are called."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from xlreport.formats.limits import limits


def digest(path: Path) -> str | None:
    """SHA-256 of a file; None where it cannot be read, is no file, or larger than any that is read."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > limits().file_mb * 2**20:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def digest_of(data: bytes) -> str:
    """SHA-256 of content that is at hand."""
    return hashlib.sha256(data).hexdigest()
