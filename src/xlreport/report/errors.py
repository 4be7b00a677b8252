"""What can go wrong while a report is written, apart from the figures themselves."""

from __future__ import annotations


class ReportError(Exception):
    """A report cannot be written; the message says why and what to do, for people."""


class NarrativeError(ReportError):
    """A mistake in a form's report.md.j2, in words for its author.

    `line` counts from 1; 0 when the place is unknown.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"report.md.j2 第{line}行：{message}" if line else f"report.md.j2：{message}")
        self.words = message
        self.line = line


class SkinError(ReportError):
    """A file of the skin (reference.docx, report.css, report.typ) lacks something the writer needs."""


class MissingFontError(ReportError):
    """No Chinese font is installed, so a PDF would show empty boxes."""
