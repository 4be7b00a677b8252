"""Texts without their marks: letters and digits of any script stay, whatever else stands between them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.prose.letters import letters_of


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("", ""),
        ("，。 ", ""),
        ("公开、答复；共3件。", "公开答复共3件"),
        ("★公开_目录☎12.5%", "公开目录125"),
        ("A-1①Ⅳ", "A1①Ⅳ"),
    ],
)
def test_letters_and_digits_stay(text: str, letters: str) -> None:
    assert letters_of(text) == letters


@given(st.text())
def test_nothing_else_does(text: str) -> None:
    assert letters_of(text) == re.sub(r"[\W_]+", "", text)
