"""What is drawn on the pages of a PDF file: paragraphs, and tables with the edges of their cells."""

from __future__ import annotations

from xlreport.frozen import frozen

NEAR = 3.0
"""Points by which lines of one edge may lie apart."""
SAME_SIZE = 0.5
"""Points by which letters of one size may differ."""


@frozen
class DrawnCell:
    """A cell as drawn: its edges in points, and its text."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@frozen
class DrawnParagraph:
    """A paragraph on one page: whether its first line is set in, and whether its last one ends early.

    `size` is that of its letters in points: what is set in another size is another paragraph.
    """

    text: str
    size: float
    begins: bool
    ends: bool


@frozen
class DrawnTable:
    """A table on one page."""

    cells: tuple[DrawnCell, ...]
