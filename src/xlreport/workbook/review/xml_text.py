"""Text as a part of a workbook can hold it: nothing that XML forbids, nothing that Excel decodes."""

from __future__ import annotations

import re
from decimal import Decimal

from xlreport.cleaning import clean

_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]+)?")
_ENCODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MOST = 2_000
"""Characters of one text; the longest rows and boxes still show most of it."""


def writable(text: str) -> str:
    """The text, cut where it is very long. `_x0041_` would be read as A: its first sign is encoded."""
    kept = clean(text)
    return _ENCODED.sub("_x005F_", kept if len(kept) <= _MOST else f"{kept[: _MOST - 1]}…")


def int_of(text: str | None, usual: int, times: Decimal = Decimal(1)) -> int:
    """A number out of a file's XML, multiplied and rounded down; `usual` where it is none."""
    return int(Decimal(text) * times) if text and _NUMBER.fullmatch(text) else usual
