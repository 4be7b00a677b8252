"""What of a text tells which others are like it, so that thousands need not be read again to find that out.

It is kept of each return as plain texts: where the text stands, a digest of it, and digests of its clauses.
"""

from __future__ import annotations

import hashlib
import struct
from base64 import b64decode, b64encode
from collections.abc import Sequence

from xlreport.prose.alphabet import fold
from xlreport.prose.overlap import clauses

_CLAUSE = 8
"""Characters of a clause that tells texts apart."""
_LONGEST, _DIGESTS = 2**11, 2**52
"""Lengths and digests of clauses, which fit into 63 bits together."""
_OF_TEXT, _OF_CLAUSE = 16, 8
"""Bytes of a digest."""


def marks_of(sheet: str, cell: str, text: str) -> Sequence[str]:
    """Sheet, cell, digest and clauses of a text."""
    numbers = list(map(_number, sorted(clauses(fold(text), _CLAUSE))))
    packed = struct.pack(f"<{len(numbers)}q", *numbers)
    return sheet, cell, _digest(text, _OF_TEXT).hex(), b64encode(packed).decode("ascii")


def packed_in(kept: str) -> bytes:
    """The clauses as they were kept, taking little room."""
    return b64decode(kept)


def numbers_of(packed: bytes) -> Sequence[int]:
    """The clauses, a number each."""
    return struct.unpack(f"<{len(packed) // _OF_CLAUSE}q", packed)


def length(number: int) -> int:
    """The characters of a clause."""
    return number % _LONGEST


def _number(clause: str) -> int:
    """Tells clauses apart, and keeps their length."""
    digest = int.from_bytes(_digest(clause, _OF_CLAUSE), "big")
    return (digest % _DIGESTS) * _LONGEST + min(len(clause), _LONGEST - 1)


def _digest(text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=size).digest()
