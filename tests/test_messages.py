"""All messages in one file: whoever changes a wording sees it there as a clerk would."""

from __future__ import annotations

from message_list import LIST, provoked, text, unprovoked

_FAULTS = {"SYS001", "SYS002", "SYS003", "SYS004", "SYS005", "SYS006"}
"""Of a form's author or of the program itself: tests/verify and tests/run provoke them."""


def test_the_list_of_messages_is_up_to_date() -> None:
    written = LIST.read_text(encoding="utf-8")
    assert text() == written, "make docs writes it anew: read what changed"


def test_every_code_has_an_example() -> None:
    assert unprovoked(provoked()) <= _FAULTS
