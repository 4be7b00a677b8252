"""Regular expressions that are compiled when they are first used.

The rules on words have some two hundred, most of which a return never needs: compiling all of them takes
longer than reading and verifying it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from xlreport.compiled import compiled


def behind(marks: str, first: str) -> str:
    """A regular expression for a character at the beginning of a text or behind one of these marks.

    It is looked for before what stands in front of it: an expression that begins with characters of its own
    is searched for many times faster than one that begins with a look back.
    """
    return f"{first}(?<![^{marks}]{first})"


class Expression:
    """A regular expression. Its methods are those of `re.Pattern`, each as quick from the second use on."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return compiled(self.pattern, self._flags)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """See `re.Pattern.search`."""
        return self._compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """See `re.Pattern.match`."""
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """See `re.Pattern.fullmatch`."""
        return self._compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """See `re.Pattern.finditer`."""
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """See `re.Pattern.findall`; the whole of what is found, or its group, or a tuple of its groups."""
        return self._compiled.findall

    @cached_property
    def split(self) -> Callable[[str], list[str]]:
        """See `re.Pattern.split`; nothing that it divides at is kept."""
        return self._compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        """See `re.Pattern.sub`."""
        return self._compiled.sub
