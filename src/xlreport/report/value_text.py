"""How values become text: numbers, dates, blanks, and what people typed.

Characters that no text file may hold are dropped here, once, so that writers need not fear them.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

TO_FILL = "＿＿"
"""Stands where something is still to be filled in."""

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_ILLEGAL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_EDGES = "\u200b\u2060\ufeff"


class BlankNumber(int):
    """A number left blank: 0 in comparisons and arithmetic, ＿＿ in print."""

    def __str__(self) -> str:
        return TO_FILL


class BlankText(str):
    """A required text left blank in a draft: empty in conditions, ＿＿ in print."""

    __slots__ = ()

    def __str__(self) -> str:
        return TO_FILL


class Day(str):
    """A day as `YYYY-MM-DD`, printed `2024年1月20日`; a text that is no such day stays as it is."""

    __slots__ = ()

    def __str__(self) -> str:
        try:
            day = date.fromisoformat(self)
        except ValueError:
            return printable(self[:])
        return f"{day.year}年{day.month}月{day.day}日"


class Choice(str):
    """The code of a choice, in conditions; its label in print."""

    _label: str

    def __new__(cls, code: str, label: str) -> Choice:
        chosen = super().__new__(cls, code)
        chosen._label = label
        return chosen

    def __str__(self) -> str:
        return printable(self._label)


def printable(text: str) -> str:
    """The text on one line: line breaks and tabs become a space, other control characters vanish."""
    if text.isprintable():
        return text
    return _ILLEGAL.sub("", _BREAKS.sub(" ", text))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a typed text, without the spaces people indent with; empty lines are dropped."""
    stripped = (trim(printable(line)) for line in text.splitlines())
    return tuple(line for line in stripped if line)


def trim(text: str) -> str:
    """The text without white space (full-width too) and invisible characters at its ends."""
    return text.strip().strip(_EDGES).strip()


def printed_value(value: object) -> str:
    """A value in print: figures without separators or exponent. Raises TypeError for inexact numbers."""
    match value:
        case BlankNumber() | BlankText() | Day() | Choice():
            return str(value)
        case str():
            return printable(value)
        case bool():
            return "是" if value else "否"
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")
        case None:
            return ""
        case _:
            raise TypeError(f"a value of type {type(value).__name__} cannot be printed")
