"""Text as people meant it: without what programs and copying slip in between."""

from __future__ import annotations

import re
import unicodedata

_DROPPED = ("Cc", "Cf", "Cs")
"""Control and format characters (zero width, direction marks) and broken halves of characters."""
_NO_CHARACTERS = "\ufffe\uffff"
"""Codes that no XML file can hold."""
CARRIAGE_RETURN = re.compile("_x000d_", re.IGNORECASE)
"""As spreadsheets write it into XML."""


def clean(text: str) -> str:
    """Text without invisible characters and without blanks at its ends; line breaks stay."""
    text = CARRIAGE_RETURN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(filter(_kept, text)).strip()


def _kept(char: str) -> bool:
    return char in "\n\t" or (unicodedata.category(char) not in _DROPPED and char not in _NO_CHARACTERS)


def squeezed(label: str) -> str:
    """A label without blanks and of one width: what tells labels of a form apart. Of names see `unit.key`."""
    return "".join(unicodedata.normalize("NFKC", label).split())


def one_line(text: str) -> str:
    """Other people's text for a terminal: one line, nothing a terminal would obey or hide."""
    shown = "".join(" " if c in "\n\r\t\u2028\u2029" else c for c in text)
    return "".join(c for c in shown if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
