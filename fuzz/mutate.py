"""Plain random mutation: for hypothesis-free long runs where no coverage-guided fuzzer is installed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

PIECES: tuple[bytes, ...] = (
    b"<", b">", b"/>", b"&amp;", b"&#0;", b"&#xD800;", b"<![CDATA[", b"]]>", b"<!DOCTYPE a>", b"<!--",
    b"<v>", b"<c r='A1'>", b"<f t='shared' si='0'>", b' r="XFD1048576"', b' r=""', b' t="s"', b' t="e"',
    b' t="d"', b' t="inlineStr"', b'hidden="1"', b'<mergeCell ref="A1:Z9"/>', b"_x000D_", b"\x00",
    b"\xff\xfe", b"1e999", b"NaN", b"-1", b"1048577", b"2958466", b"0.1", b"\xef\xbb\xbf",
    b"99999999999999999999", "　".encode(), "－".encode(), "３".encode(), "\u202e".encode(),
    "😀".encode(), b"(", b")", b"[", b"]", b", ", b":", b".", b"^", b"%", b'"', b"'", b"=", b"<>", b"&",
    b"SUM(", b"IF(", b"prior.", b"[[block]]", b"type = ", b"true", b"{", b"}", b"\n",
)  # fmt: skip
"""What means something to one of the readers."""


def mutated(data: bytes, random: Random, longest: int = 500_000) -> bytes:
    """The bytes with one to eight changes: a byte, a piece put in, a stretch cut, doubled or moved."""
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        _change(out, random)
    return bytes(out[:longest])


def _change(out: bytearray, random: Random) -> None:
    at = random.randrange(len(out) + 1)
    length = random.choice((1, 2, 8, 64, 1000))
    stretch = bytes(out[at : at + length])
    match random.randrange(5):
        case 0:
            out[at : at + 1] = bytes([random.randrange(256)])
        case 1:
            out[at:at] = random.choice(PIECES)
        case 2:
            del out[at : at + length]
        case 3:
            out[at:at] = stretch * random.choice((1, 2, 50))
        case _:
            del out[at : at + length]
            to = random.randrange(len(out) + 1)
            out[to:to] = stretch


def inputs(beginnings: Sequence[bytes], random: Random) -> bytes:
    """One input: mostly a sound one mutated, sometimes anything."""
    if random.randrange(20) == 0:
        return random.randbytes(random.randrange(200))
    return mutated(random.choice(beginnings), random)
