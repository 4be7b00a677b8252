"""The skin's reference.docx: everything of a Word file but its text.

An office restyles it in Word, which may rename parts, relations and style ids on the way; so
styles are found by their names and the page set-up is taken over as it stands.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from xlreport.frozen import frozen
from xlreport.report.errors import SkinError

DOCUMENT = "word/document.xml"
STYLES = (
    *("Title", "heading 1", "heading 2", "heading 3", "Body Text"),
    *("表格文字", "表格数字", "表格表头", "表格附注", "落款", "草稿标记", "报表"),
)
"""The styles a reference.docx must have, by the names Word keeps in the file."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARGIN = 567  # 1 cm in twentieths of a point


@frozen
class Reference:
    """`opening` of document.xml up to its text, `page` the section's properties, `closing` the rest.

    `parts` are the other files by name, `styles` the ids of STYLES by name; `table_width`, and that on a
    page set crosswise, are in twentieths of a point.
    """

    parts: Mapping[str, bytes]
    opening: str
    page: str
    closing: str
    styles: Mapping[str, str]
    table_width: int
    wide_table_width: int


@lru_cache(maxsize=16)
def load_reference(path: Path) -> Reference:
    """The reference, read once. Raises SkinError if it is no Word file or lacks a style."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
        document = parts.pop(DOCUMENT).decode("utf-8")
        styles = _styles(parts["word/styles.xml"])
    except (OSError, KeyError, zipfile.BadZipFile, ElementTree.ParseError) as error:
        raise SkinError(f"样式文件 {path.name} 不能作为 Word 文档打开：{error}") from error
    start, end = document.find("<w:body>"), document.rfind("<w:sectPr")
    if start < 0 or end < 0:
        raise SkinError(f"样式文件 {path.name} 没有页面设置，请在 Word 中重新保存")
    close = document.index("</w:body>", end)
    page = document[end:close]
    opening, closing = document[: start + len("<w:body>")], document[close:]
    widths = _table_width(page), _table_width(crosswise(page))
    return Reference(parts, opening, page, closing, styles, *widths)


def _styles(xml: bytes) -> dict[str, str]:
    found = {
        name.get(f"{_W}val", ""): style.get(f"{_W}styleId", "")
        for style in ElementTree.fromstring(xml).iter(f"{_W}style")
        if (name := style.find(f"{_W}name")) is not None
    }
    if missing := [name for name in STYLES if name not in found]:
        raise SkinError(f"样式文件缺少样式：{'、'.join(missing)}")
    return {name: found[name] for name in STYLES}


def _table_width(page: str) -> int:
    """Tables run an eighth wider than the text, but keep a centimetre from the edges of the paper."""
    width = _twips(page, "pgSz", "w")
    text = width - _twips(page, "pgMar", "left") - _twips(page, "pgMar", "right")
    return min(text * 9 // 8, width - 2 * _MARGIN)


def crosswise(page: str) -> str:
    """The section's properties for pages set crosswise."""
    width, height = _twips(page, "pgSz", "w"), _twips(page, "pgSz", "h")
    size = f'<w:pgSz w:w="{height}" w:h="{width}" w:orient="landscape"/>'
    return re.sub(r"<w:pgSz\b[^>]*/>", size, page)


def _twips(page: str, element: str, attribute: str) -> int:
    match = re.search(rf'<w:{element}\b[^>]*\bw:{attribute}="(\d+)"', page)
    if match is None:
        raise SkinError("样式文件没有纸张大小和页边距，请在 Word 中重新设置")
    return int(match[1])
