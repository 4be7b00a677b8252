"""Writing files so that each is there whole or not at all, under names every system accepts."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LONGEST = 180
"""In bytes: file systems take 255, and an ending follows."""

_BEGINNING, _ENDING = ".xlreport-", ".tmp"


@contextmanager
def whole(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A file to write into; it appears under its name when all went well, else nothing does.

    Nobody but its owner may read a `private` one.
    """
    import tempfile  # nobody who only reads needs it

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_BEGINNING, suffix=_ENDING)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        if not private:
            temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file whole or not at all, for its owner alone where it is `private`. Raises OSError."""
    with whole(path, private=private) as file:
        file.write(data)


def sweep(folder: Path) -> None:
    """Remove what a run that was killed left half written, in all subfolders. Raises OSError."""
    for path in folder.rglob(f"{_BEGINNING}*{_ENDING}"):
        path.unlink(missing_ok=True)


def _umask() -> int:
    """The process's mask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def safe_name(text: str) -> str:
    """A text as the name of a file, without an ending: never a path, never empty."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    name = _FORBIDDEN.sub("_", kept).strip(" .")
    name = name.encode()[:_LONGEST].decode(errors="ignore").rstrip(" .")
    return f"_{name}" if not name or _RESERVED.match(name) else name
