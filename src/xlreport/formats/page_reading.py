"""One way in for documents: from a file to its paragraphs and tables."""

from __future__ import annotations

from pathlib import Path

from xlreport.formats.container import bytes_of
from xlreport.formats.docx import read_docx
from xlreport.formats.foreign import Unopened
from xlreport.formats.html import read_html
from xlreport.formats.pages import Page
from xlreport.formats.sniff import FileKind, kind_of


def page_of(path: Path) -> Page | None:
    """The document, by content; None where the file is none that is read, or cannot be read."""
    try:
        data = bytes_of(path)
        kind = kind_of(data, path.name)
        if kind is FileKind.WORD:
            return read_docx(data)
        return read_html(data) if kind is FileKind.PAGE else None
    except Unopened:
        return None
