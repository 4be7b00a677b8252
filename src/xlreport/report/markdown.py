"""A report as Markdown; the official tables stand in it as HTML, since only that has merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from xlreport.report.document import Document, Heading, Notes, Paragraph, Part, SignOff, Table, Title
from xlreport.report.templating import DRAFT_NOTICE, single_label, writer_template
from xlreport.report.value_text import printable

_SPECIAL = re.compile(r"[\\`*_\[\]<>&#~$]")
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])")
_LINE_START = re.compile(r"^([-+=:])")


def write_markdown(document: Document, skin: Path) -> bytes:  # noqa: ARG001 - every writer takes a skin
    """The report as CommonMark, UTF-8; what people typed stays text."""
    blocks = [block for part in document.parts for block in _blocks(part)]
    if document.draft:
        blocks.insert(0, f"> **{DRAFT_NOTICE}**")
    return ("\n\n".join(blocks) + "\n").encode()


def escape(text: str) -> str:
    """The text so that Markdown, and HTML in it, reads exactly this text."""
    text = _SPECIAL.sub(r"\\\g<0>", printable(text)).strip()
    return _LINE_START.sub(r"\\\1", _LIST_NUMBER.sub(r"\1\\\2", text))


def _blocks(part: Part) -> Iterator[str]:
    match part:
        case Title(lines):
            yield from (f"# {escape(line)}" for line in lines)
        case Heading(level, text):
            yield f"{'#' * (level + 1)} {escape(text)}"
        case Paragraph(text):
            yield escape(text)
        case Table():
            yield _table(part)
        case Notes(lines) | SignOff(lines):
            yield from map(escape, lines)


def _table(table: Table) -> str:
    module = cast(Any, writer_template("table.html.j2").module)
    return str(module.table_html(table, single_label(table))).strip()
