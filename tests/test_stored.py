"""A stored number is what a person sees: fifteen digits, whatever binary fraction is behind them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.formats.snapshot import Raw
from xlreport.stored import figure, is_number, shown, told


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        (0.1 + 0.2, "0.3"),
        (1.1 * 3, "3.3"),
        (59237.2449, "59237.2449"),
        (59237.244900000005, "59237.2449"),
        (12.0, "12"),
        (12, "12"),
        (-4.5, "-4.5"),
        (-0.0, "0"),
        (1e-7, "0.0000001"),
        (1e20, "100000000000000000000"),
        (999999999999999.0, "999999999999999"),
        (1234567890123456.0, "1234567890123460"),
        (float("inf"), "?"),
        (float("nan"), "?"),
        (True, "TRUE"),
        (datetime(2024, 1, 20), "2024-01-20"),
        (datetime(2024, 1, 20, 9, 30), "2024-01-20 09:30:00"),
        (date(2024, 1, 20), "2024-01-20"),
        ("0.30000000000000004", "0.30000000000000004"),  # a text is what somebody typed
        ("", ""),
    ],
)
def test_a_cell_is_shown_as_a_person_sees_it(stored: Raw, seen: str) -> None:
    assert shown(stored) == seen


def test_in_a_message_a_number_has_a_real_minus_sign() -> None:
    assert told(-4.5) == "−4.5"
    assert told("2-1") == "2-1"


@given(st.decimals(-(10**12), 10**12, places=3))
def test_what_was_typed_comes_back(typed: Decimal) -> None:
    assert figure(float(typed)) == typed


@pytest.mark.parametrize("raw", [True, "1", float("inf"), float("nan"), date(2024, 1, 20), ""])
def test_only_finite_numbers_are_numbers(raw: Raw) -> None:
    assert not is_number(raw)
    assert is_number(0) and is_number(0.5)
