"""A report as one self-contained, accessible HTML page; its looks are the skin's report.css."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from xlreport.report.document import Document, turned
from xlreport.report.templating import single_label, writer_template

STYLE = "report.css"


def write_html(document: Document, skin: Path) -> bytes:
    """The page, UTF-8. Scripts are forbidden in it and nothing is fetched."""
    page = writer_template("page.html.j2").render(
        document=document,
        style=_style(skin / STYLE),
        single_label=single_label,
        turned=turned(document.parts),
    )
    return page.encode()


@lru_cache(maxsize=16)
def _style(path: Path) -> Markup:
    return Markup(path.read_text(encoding="utf-8").strip())
