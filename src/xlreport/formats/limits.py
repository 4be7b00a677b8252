"""What one file may cost before it is refused; `docs/limits.md` has the table."""

from __future__ import annotations

import os
import re
from dataclasses import fields
from functools import lru_cache

from xlreport.frozen import frozen

VARIABLE = "XLREPORT_LIMITS"
_PAIR = "([a-z_]+)=([1-9][0-9]{0,8})"


class LimitsError(ValueError):
    """A text of limits that cannot be understood; says in Chinese what is wrong with it."""


@frozen
class Limits:
    """Each far above what a filled return needs, far below what hurts a machine."""

    file_mb: int = 50
    unpacked_mb: int = 300
    """Sum of the unpacked parts of an archive."""
    parts: int = 2_000
    ratio: int = 400
    """Unpacked : packed size of a part over a megabyte."""
    sheets: int = 200
    tags: int = 1_000_000
    """XML tags in all parts together; a cell with a value has four, a filled return some ten thousand."""
    text_kb: int = 512
    """The longest text between two tags: a cell's 32,767 characters take up to 400 KB."""
    cells: int = 5_000_000
    """Sum of the sheets' used rectangles."""
    seconds: int = 60
    """Time that a worker has for one file."""
    memory_mb: int = 4_096
    """Address space of a worker, on systems that can limit it."""


def limits() -> Limits:
    """The limits in force. Raises LimitsError if the environment variable XLREPORT_LIMITS is wrong."""
    return _read(os.environ.get(VARIABLE, ""))


@lru_cache(maxsize=4)
def _read(text: str) -> Limits:
    """`file_mb=100 seconds=300`: what is not named keeps its default."""
    known = [field.name for field in fields(Limits)]
    changed: dict[str, int] = {}
    for word in text.split():
        pair = re.fullmatch(_PAIR, word)
        if pair is None or pair[1] not in known:
            shape = "应为“名称=正整数”，各项用空格隔开"
            raise LimitsError(
                f"环境变量 {VARIABLE} 中的“{word[:40]}”有误：{shape}，名称有：{'、'.join(known)}"
            )
        changed[pair[1]] = int(pair[2])
    return Limits(**changed)
