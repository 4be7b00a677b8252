"""A passage of a text to which there is something to say."""

from __future__ import annotations

from xlreport.frozen import frozen

_SHOWN = 40


@frozen
class Passage:
    """Characters of a folded text from `start` up to `end`, counted from 0.

    `note` says what is wrong, for a clerk, where the words alone do not. `sure` is false where they
    may also mean something harmless.
    """

    start: int
    end: int
    note: str = ""
    sure: bool = True


def shortened(text: str, most: int = _SHOWN) -> str:
    """A text on one line, its middle left out where it is long."""
    text = " ".join(text.split())
    half = most // 2
    return text if len(text) <= most else f"{text[:half]}……{text[-half:]}"
