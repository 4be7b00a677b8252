"""A place in a text, and the text around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENDS = re.compile(r"[。；！？;!?\n]")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """Something noteworthy in a text: `words` stand there from `start` on, counted from 0.

    `note` says what is wrong, for a clerk, where the words alone do not. `sure` is false where they
    may also mean something harmless.
    """

    start: int
    words: str
    note: str = ""
    sure: bool = True

    @property
    def end(self) -> int:
        """Behind the last character."""
        return self.start + len(self.words)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds these characters begins and ends; semicolons part sentences too."""
    before = max((text.rfind(mark, 0, start) for mark in "。；！？;!?\n"), default=-1)
    after = _ENDS.search(text, end)
    return before + 1, after.start() if after else len(text)


def shortened(text: str, most: int = _SHOWN) -> str:
    """A text on one line, its middle left out where it is long."""
    text = " ".join(text.split())
    half = most // 2
    return text if len(text) <= most else f"{text[:half]}……{text[-half:]}"
