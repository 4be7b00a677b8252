"""From values to a finished report in any of the formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from xlreport.finding import Finding
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.report.document import Document
from xlreport.report.docx import write_docx
from xlreport.report.html import write_html
from xlreport.report.markdown import write_markdown
from xlreport.report.narrative import compose
from xlreport.report.pdf import empty_boxes, write_pdf

Writer: TypeAlias = Callable[[Document, Path], bytes]

FORMATS: Mapping[str, Writer] = {
    "docx": write_docx,
    "html": write_html,
    "pdf": write_pdf,
    "md": write_markdown,
}
"""Formats by the ending of their files."""


def render(
    form: Form, values: Values, to: str, *, draft: bool = False, findings: Sequence[Finding] = ()
) -> bytes:
    """The report of one return in a format of FORMATS. Raises ReportError.

    `findings` are those of the return: where the form prints the answers to its warnings, it needs them.
    """
    return render_document(compose(form, values, draft=draft, findings=findings), form, to)


def render_document(document: Document, form: Form, to: str) -> bytes:
    """A composed report in a format of FORMATS: compose once, write several. Raises ReportError."""
    return FORMATS[to](document, form.skin)


def remarks_on(document: Document, formats: Sequence[str]) -> tuple[Finding, ...]:
    """What to say of the look of a report in these formats, as this computer writes them."""
    found = empty_boxes(document) if "pdf" in formats else None
    return (found,) if found is not None else ()
