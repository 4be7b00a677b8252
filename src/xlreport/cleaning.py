"""Text as people meant it: without what programs and copying slip in between."""

from __future__ import annotations

import re
import unicodedata

from xlreport.expression import Expression

_DROPPED = ("Cc", "Cf", "Cs")
"""Control and format characters (zero width, direction marks) and broken halves of characters."""
_NO_CHARACTERS = "\ufffe\uffff"
"""Codes that no XML file can hold."""
CARRIAGE_RETURN = Expression("_x000d_", re.IGNORECASE)
"""As spreadsheets write it into XML."""
_LINE_BREAKS = Expression("\r\n|[\r\v\f\x85\u2028\u2029]")
"""What ends a line: Word leaves a vertical tab where Shift and Enter were pressed, a form feed for a page."""
_HYPHEN = "\x1e"
"""Word's hyphen at which a line does not break."""
_FILLERS = Expression(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Characters without a shape of their own: fillers, the blank of Braille, selectors of variants."""


def clean(text: str) -> str:
    """Text without invisible characters and without blanks at its ends; line breaks stay."""
    text = _LINE_BREAKS.sub("\n", CARRIAGE_RETURN.sub("", text)).replace(_HYPHEN, "-")
    text = _FILLERS.sub("", text)
    return (text if text.isprintable() else "".join(filter(_kept, text))).strip()


def _kept(char: str) -> bool:
    return char in "\n\t" or (unicodedata.category(char) not in _DROPPED and char not in _NO_CHARACTERS)


def squeezed(label: str) -> str:
    """A label without blanks and of one width: what tells labels of a form apart. Of names see `unit.key`."""
    return "".join(unicodedata.normalize("NFKC", label).split())


def one_line(text: str) -> str:
    """Other people's text for a terminal: one line, nothing a terminal would obey or hide."""
    if text.isprintable():
        return text
    shown = "".join(" " if c in "\n\r\t\u2028\u2029" else c for c in text)
    return "".join(c for c in shown if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
