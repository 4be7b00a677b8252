"""Writing files so that each is there whole or not at all, under names every system accepts."""

from __future__ import annotations

import errno
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)")
"""What Windows takes for a device, blanks before an ending or none."""
_LONGEST = 180
"""In bytes: file systems take 255, and an ending follows."""

_BEGINNING, _ENDING = ".xlreport-", ".tmp"
_NOT_FOR_FOLDERS = (errno.EINVAL, errno.ENOTSUP)
"""What file systems say that cannot do this for a folder, such as those of a network."""


@contextmanager
def whole(path: Path, *, private: bool = False, durable: bool = False) -> Iterator[BinaryIO]:
    """A file to write into; it appears under its name when all went well, else nothing does.

    Nobody but its owner may read a `private` one. What a power cut leaves of a `durable` one under its name
    is all of it; that it is there at all needs `settle`.
    """
    import tempfile  # nobody who only reads needs it

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_BEGINNING, suffix=_ENDING)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if not private:
            temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes, *, private: bool = False, durable: bool = False) -> None:
    """Write a file whole or not at all; `private` and `durable` as for `whole`. Raises OSError."""
    with whole(path, private=private, durable=durable) as file:
        file.write(data)


def settle(folder: Path) -> None:
    """Return when no power cut can undo what was written, renamed or removed in a folder. Raises OSError.

    Windows does that by itself.
    """
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove what a run that was killed left half written, in all subfolders. Raises OSError."""
    for path in folder.rglob(f"{_BEGINNING}*{_ENDING}"):
        path.unlink(missing_ok=True)


@contextmanager
def swept(folder: Path) -> Iterator[None]:
    """Nothing half written lies below a folder when work there begins, nor when it ends, however it does.

    Workers that are ended in the middle of a file cannot remove it themselves. Raises OSError.
    """
    sweep(folder)
    try:
        yield
    finally:
        sweep(folder)


def _umask() -> int:
    """The process's mask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def safe_name(text: str) -> str:
    """A text as the name of a file, without an ending: never a path, never empty."""
    kept = text if text.isprintable() else "".join(filter(_is_seen, text))
    name = _FORBIDDEN.sub("_", kept).strip(" .")
    name = name.encode()[:_LONGEST].decode(errors="ignore").rstrip(" .")
    return f"_{name}" if not name or _RESERVED.match(name) else name


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
