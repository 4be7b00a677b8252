"""Texts and parts set aside while a template becomes Markdown.

Each stands in the Markdown as one private-use character, which means nothing to Jinja2 or to
Markdown, so whatever people typed can be neither. Afterwards the characters are replaced, once.
"""

from __future__ import annotations

from markupsafe import Markup

from xlreport.report.document import Part

_FIRST = 0xF0000


class Slots:
    """What was set aside during one rendering."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._parts: dict[str, tuple[Part, ...]] = {}

    def text(self, text: str) -> Markup:
        """Set a text aside; the character that stands for it."""
        code = self._next()
        self._texts[code] = text
        return Markup(chr(code))

    def parts(self, parts: tuple[Part, ...]) -> Markup:
        """Set whole parts aside; the character that stands for them, on a line of its own."""
        mark = chr(self._next())
        self._parts[mark] = parts
        return Markup(f"\n\n{mark}\n\n")

    def parts_of(self, content: str) -> tuple[Part, ...] | None:
        """The parts a paragraph stands for; None if it is a common paragraph."""
        return self._parts.get(content)

    def fill(self, content: str) -> str:
        """The content with every text back in its place."""
        return content.translate(self._texts)

    def _next(self) -> int:
        return _FIRST + len(self._texts) + len(self._parts)
