"""Which characters no installed font has: Typst prints an empty box for them and says nothing.

Common characters are in every Chinese font and are not looked up. Of the rest, the fonts' own tables
(cmap, formats 4 and 12) say which they have; a font that cannot be read is one without any.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeAlias

_COMMON = re.compile("[\u0020-\u007e\u00a0-\u00ff\u2010-\u2026\u3000-\u301f\u4e00-\u9fa5\uff01-\uff5e]+")
_COLLECTION = b"ttcf"
_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}
"""Platform and encoding of the tables that are asked by code point."""

Has: TypeAlias = Callable[[int], bool]


def without_glyph(text: str, fonts: Iterable[Path]) -> str:
    """The characters of a text that none of the fonts has, each once, in the order of the text."""
    rare = dict.fromkeys(char for char in _COMMON.sub("", text) if _is_seen(char))
    for path in fonts:
        if not rare:
            break
        known = _tables(path)
        rare = {char: None for char in rare if not any(has(ord(char)) for has in known)}
    return "".join(rare)


def _is_seen(char: str) -> bool:
    """False for what has no shape of its own: blanks, controls, marks that only join or choose."""
    return not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Mn", "Zs")


@lru_cache(maxsize=512)
def _tables(path: Path) -> tuple[Has, ...]:
    """What the fonts of a file have."""
    try:
        data = path.read_bytes()
        return tuple(_cmaps(data))
    except (OSError, struct.error):
        return ()


def _cmaps(data: bytes) -> Iterator[Has]:
    starts = [0]
    if data[:4] == _COLLECTION:
        (count,) = struct.unpack_from(">I", data, 8)
        starts = list(struct.unpack_from(f">{count}I", data, 12))
    for cmap in dict.fromkeys(_table(data, start) for start in starts):
        if cmap:
            yield from _encodings(data, cmap)


def _table(data: bytes, start: int) -> int:
    """Where the font's cmap is; 0 for a font without one."""
    (tables,) = struct.unpack_from(">H", data, start + 4)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
        if tag == b"cmap":
            return int(offset)
    return 0


def _encodings(data: bytes, cmap: int) -> Iterator[Has]:
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * number)
        if (platform, encoding) in _UNICODE:
            (kind,) = struct.unpack_from(">H", data, cmap + offset)
            ranges = {4: _of_4, 12: _of_12}.get(kind)
            if ranges is not None:
                yield partial(_has, tuple(ranges(data, cmap + offset)))


def _has(ranges: tuple[tuple[int, int], ...], code: int) -> bool:
    return any(first <= code <= last for first, last in ranges)


def _of_4(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Segments below 10000; the one that ends the table holds nothing."""
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", data, at + 14)
    firsts = struct.unpack_from(f">{count}H", data, at + 16 + doubled)
    yield from (pair for pair in zip(firsts, lasts, strict=True) if pair != (0xFFFF, 0xFFFF))


def _of_12(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    for number in range(count):
        first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * number)
        yield first, last
