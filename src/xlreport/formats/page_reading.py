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
        return read_page(path)
    except Unopened:
        return None


def read_page(path: Path) -> Page | None:
    """The document; None for a file of another kind. Raises Unopened for one that cannot be read."""
    data = bytes_of(path)
    kind = kind_of(data, path.name)
    if kind is FileKind.PDF:
        from xlreport.formats.pdf import read_pdf

        return read_pdf(data)
    if kind is FileKind.WORD:
        from xlreport.formats.word import read_word

        return read_word(data)
    if kind is FileKind.PAGE:
        from xlreport.formats.html import read_html
        from xlreport.formats.mht import is_mht, page_in

        return read_html(page_in(data) if is_mht(data) else data)
    return None
