"""Text as people meant it: without what programs and copying slip in between."""

from __future__ import annotations

import unicodedata

_DROPPED = ("Cc", "Cf", "Cs")
"""Control and format characters (zero width, direction marks) and broken halves of characters."""
_NO_CHARACTERS = "\ufffe\uffff"
"""Codes that no XML file can hold."""
_BLANKS = " \t\n\u3000\u00a0"


def clean(text: str) -> str:
    """Text without invisible characters and without blanks at its ends; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return "".join(filter(_kept, text)).strip(_BLANKS)


def _kept(char: str) -> bool:
    return char in "\n\t" or (unicodedata.category(char) not in _DROPPED and char not in _NO_CHARACTERS)
