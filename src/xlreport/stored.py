"""A stored value as a person sees it.

A spreadsheet number has 15 digits; a file holds the binary fraction behind them: 0.1 + 0.2 is stored as
0.30000000000000004 and shown as 0.3. Whatever is said of a stored value, or compared with it, goes by what is
shown.
"""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from math import isfinite
from typing import TypeGuard

DIGITS = 15
"""Digits that a spreadsheet keeps of a number."""


def is_number(raw: object) -> TypeGuard[int | float]:
    """True for a number that a cell can show."""
    return isinstance(raw, (int, float)) and not isinstance(raw, bool) and isfinite(raw)


def figure(number: float) -> Decimal:
    """The number with the digits that are shown; infinite ones stay so."""
    return Decimal(f"{number:.{DIGITS}g}")


def shown(raw: object) -> str:
    """A cell's content as its text: a phone number that became a number has no ".0"."""
    if isinstance(raw, bool):
        return str(raw).upper()
    if is_number(raw):
        return "0" if raw == 0 else f"{figure(raw):f}"
    if isinstance(raw, float):
        return "?"
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()
    return str(raw)


def told(raw: object) -> str:
    """The same for a message: a number with a real minus sign."""
    return shown(raw).replace("-", "−") if is_number(raw) else shown(raw)


def told_shortly(raw: object, most: int = 20) -> str:
    """The beginning of it for a message; 空 for a blank cell."""
    return told(raw)[:most] or "空"
