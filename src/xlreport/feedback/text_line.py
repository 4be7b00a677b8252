"""A line for people, before it is known where it is shown."""

from __future__ import annotations

from xlreport.frozen import frozen


@frozen
class TextLine:
    """One line; `tone` is a status or a severity by value, "fix", or "" for plain text."""

    text: str
    tone: str = ""
