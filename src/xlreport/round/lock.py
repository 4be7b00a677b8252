"""One clerk at a time: whoever changes a round holds its lock; the system lets go of it when he ends."""

from __future__ import annotations

import getpass
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from xlreport.round.place import Refused, RoundFolder

_FREE = b"\0"
_BEHIND = 1
"""The first byte is what is locked; behind it stands who holds it."""


@contextmanager
def writing(place: RoundFolder) -> Iterator[None]:
    """Hold the round for writing. Raises Refused while somebody else does, OSError where it cannot be."""
    with place.lock.open("r+b" if place.lock.exists() else "w+b") as file:
        if not _take(file):
            raise Refused(
                f"这次收表正由{_holder(file)}处理，请稍后再做；查看进度不受影响：xlreport round status"
            )
        file.seek(0)
        file.truncate()
        file.write(_FREE + _me().encode())
        file.flush()
        try:
            yield
        finally:
            file.truncate(_BEHIND)
            _release(file)


def _me() -> str:
    user = "某人"
    with suppress(OSError, KeyError, ImportError):
        user = getpass.getuser()
    return f"{user}（{socket.gethostname()}，进程 {os.getpid()}）"


def _holder(file: BinaryIO) -> str:
    try:
        file.seek(_BEHIND)
        return file.read(200).decode(errors="replace") or "别处"
    except OSError:
        return "别处"


if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
