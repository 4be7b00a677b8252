"""Decimal figures without rounding: how many digits they have, and how a person writes them."""

from __future__ import annotations

from decimal import Decimal

LARGEST = 10**12 - 1
"""Largest count: sums of a few hundred such stay exact in a spreadsheet's 15 digits."""


def decimal_places(number: Decimal) -> int:
    """Decimal places that matter: of 1.50 one, of 12 none."""
    return max(0, -_bare(number)[1])


def digits(number: Decimal) -> int:
    """Digits that matter: of 120.50 four, of 0.012 two."""
    return len(_bare(number)[0])


def exact(number: Decimal) -> int | Decimal:
    """The number as int where it is whole, else the Decimal without trailing zeros."""
    if number == number.to_integral_value():
        return int(number)
    figures, exponent = _bare(number)
    return Decimal((number.as_tuple().sign, tuple(map(int, figures)), exponent))


def in_full(number: int | Decimal) -> str:
    """The number without an exponent."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)


def _bare(number: Decimal) -> tuple[str, int]:
    """Digits without zeros at either end, and the exponent; Decimal's own way would round at 28 digits."""
    _, figures, exponent = number.as_tuple()
    assert isinstance(exponent, int), "not a finite number"
    text = "".join(map(str, figures)).lstrip("0")
    bare = text.rstrip("0")
    return (bare, exponent + len(text) - len(bare)) if bare else ("", 0)
