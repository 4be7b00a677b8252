"""Seals: which workbook was issued in this round, for which unit, and how many times before.

A seal is `number.round.code`: the number of the issue, the mark of the round's key, and a keyed hash over the
workbook's stamp and the number. It proves where a workbook comes from; it encrypts nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from enum import Enum, auto
from pathlib import Path

from xlreport.frozen import frozen
from xlreport.layout.stamp import Stamp

_SEAL = re.compile(r"([1-9][0-9]{0,5})\.([0-9a-f]{8})\.([0-9a-f]{32})")
_OWNER_ONLY = 0o600


class Sealed(Enum):
    """What the seal of a workbook says."""

    NONE = auto()
    """There is none of this round: a copy from elsewhere, or another office's."""
    OURS = auto()
    BROKEN = auto()
    """It is of this round, but not of this stamp."""


@frozen
class Key:
    """A round's key. It is never shown."""

    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.mark})"

    @property
    def mark(self) -> str:
        """Tells rounds apart and says nothing of the key."""
        return hashlib.sha256(b"mark\0" + self.secret).hexdigest()[:8]

    def seal(self, stamp: Stamp, number: int) -> str:
        """The seal of the n-th workbook issued to the stamp's unit."""
        return f"{number}.{self.mark}.{self._code(stamp, number)}"

    def check(self, stamp: Stamp) -> tuple[Sealed, int]:
        """What a stamp's seal says, and the number of the issue (0 unless it is ours)."""
        match = _SEAL.fullmatch(stamp.seal)
        if match is None:
            return (Sealed.BROKEN if stamp.seal else Sealed.NONE), 0
        if match[2] != self.mark:
            return Sealed.NONE, 0
        number = int(match[1])
        if hmac.compare_digest(match[3], self._code(stamp, number)):
            return Sealed.OURS, number
        return Sealed.BROKEN, 0

    def _code(self, stamp: Stamp, number: int) -> str:
        sealed = json.dumps([stamp.form, stamp.unit, stamp.year, stamp.issue, number]).encode()
        return hmac.new(self.secret, sealed, hashlib.sha256).hexdigest()[:32]


def make_key(path: Path) -> None:
    """A new key that only its owner may read. Raises FileExistsError, OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_key(path: Path) -> Key | None:
    """The round's key; None where it is gone or damaged: then no seal can be made or checked."""
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
    return Key(secret) if len(secret) == 32 else None


def too_open(path: Path) -> bool:
    """True if others than its owner may read it, where the system knows such a thing."""
    return os.name == "posix" and path.exists() and bool(path.stat().st_mode & 0o077)
