"""Text as people meant it: without what programs and copying slip in between."""

from __future__ import annotations

import unicodedata

_DROPPED = ("Cc", "Cf", "Cs")
"""Control and format characters (zero width, direction marks) and broken halves of characters."""
_BLANKS = " \t\n\u3000\u00a0"


def clean(text: str) -> str:
    """Text without invisible characters and without blanks at its ends; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in _DROPPED)
    return "".join(kept).strip(_BLANKS)
