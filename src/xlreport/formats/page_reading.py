"""One way in for documents: from a file to its paragraphs and tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.formats.container import bytes_of
from xlreport.formats.foreign import Unopened
from xlreport.formats.sniff import FileKind, kind_of

if TYPE_CHECKING:
    from xlreport.formats.pages import Page


def page_of(path: Path) -> Page | None:
    """The document, by content; None where the file is none that is read, or cannot be read."""
    try:
        data = bytes_of(path)
        kind = kind_of(data, path.name)
        if kind is FileKind.WORD:
            from xlreport.formats.docx import read_docx

            return read_docx(data)
        if kind is FileKind.PAGE:
            from xlreport.formats.html import read_html

            return read_html(data)
    except Unopened:
        pass
    return None
