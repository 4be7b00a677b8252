"""What is kept ready in the user's cache folder, so that the next start need not make it again.

A kept file is plain data for its owner alone. It counts only whole, and only while its first line says that
it was made by what would make it now; else it is as if it were not there. The folder may be deleted at any
time.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

_HOME = os.path.expanduser("~")  # noqa: PTH111 - stays as it is where there is none


def kept(name: str, made_by: str) -> bytes | None:
    """The content that was kept under that name; None where there is none that counts."""
    with suppress(OSError):
        place = kept_file(name)
        if _is_private(place.parent):
            head, _, body = place.read_bytes().partition(b"\n")
            if head == head_of(made_by, body):
                return body
    return None


def keep(name: str, made_by: str, body: bytes) -> None:
    """Keep it, if that can be done."""
    from xlreport.files import write_whole

    with suppress(OSError):
        place = kept_file(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_private(place.parent):
            write_whole(place, head_of(made_by, body) + b"\n" + body, private=True)


def head_of(made_by: str, body: bytes) -> bytes:
    """The first line of a kept file: what it was made by, and that it is whole."""
    return f"{made_by} {hashlib.sha256(body).hexdigest()}".encode()


def kept_file(name: str) -> Path:
    """The file of that name. Raises OSError where there is no folder for caches."""
    return _cache() / "xlreport" / f"{name}.json"


def _cache() -> Path:
    """The user's folder for caches. Raises FileNotFoundError where there is none."""
    own = {"win32": os.environ.get("LOCALAPPDATA", ""), "darwin": _HOME + "/Library/Caches"}
    for place in (os.environ.get("XDG_CACHE_HOME", ""), own.get(sys.platform, _HOME + "/.cache")):
        if Path(place).is_absolute():
            return Path(place)
    raise FileNotFoundError("no folder for caches")


def _is_private(folder: Path) -> bool:
    """True for a folder in which nobody else may write. Windows keeps the profile of a user to itself."""
    if sys.platform == "win32":
        return True
    found = folder.stat()
    return found.st_uid == os.geteuid() and found.st_mode & 0o022 == 0
