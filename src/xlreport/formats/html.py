"""Paragraphs and tables of a web page, as a browser shows them.

What a page says of its encoding is not asked: many government pages are GBK and say otherwise, or nothing.
Source: HTML Living Standard, 4.9.12 (forming a table).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from lxml import etree, html

from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import limits
from xlreport.formats.pages import FileCell, Page, PagePart, PageTable, held_in_layout, laid_out

_RESEND = "请用浏览器打开后重新保存整个网页"
_GONE = frozenset({"head", "script", "style", "template", "noscript", "title", "select", "iframe", "object"})
_OWN_LINE = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt"),
        *("fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "table", "ul"),
    )
)
_ROW_GROUPS = ("thead", "tbody", "tfoot")
_NOT_SHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\x0b"


def read_html(data: bytes) -> Page:
    """The page. Raises Unopened where there is nothing in it, or more than a report can have."""
    if data.count(b"<") > limits().tags:
        raise Unopened("网页过大，不是正常的报告", _RESEND)
    text = _decoded(data).replace("\0", "")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise Unopened("网页里没有内容", _RESEND) from error
    return Page(tuple(_blocks(root)))


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    texts = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    return min(texts, key=lambda text: text.count("\ufffd"))


def _blocks(element: etree._Element) -> Iterator[PagePart]:
    """Paragraphs and tables in order."""
    line: list[str] = []
    for piece in _pieces(element):
        if isinstance(piece, str) and piece != _BREAK:
            line.append(piece)
            continue
        if text := _paragraph(line):
            yield text
        line = []
        if isinstance(piece, PageTable):
            yield piece
    if text := _paragraph(line):
        yield text


def _paragraph(line: list[str]) -> str:
    return _BLANKS.sub(" ", "".join(line)).strip()


def _pieces(element: etree._Element) -> Iterator[PagePart]:
    """Texts, breaks between lines, and tables with those inside them."""
    if element.tag in _GONE or _unseen(element):
        return
    apart = element.tag in _OWN_LINE
    if apart or element.tag == "br":
        yield _BREAK
    if element.tag == "table":
        yield from _table(element)
        return
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    if apart:
        yield _BREAK


def _unseen(element: etree._Element) -> bool:
    return "hidden" in element.attrib or bool(_NOT_SHOWN.search(element.get("style", "")))


def _table(table: etree._Element) -> Iterator[PagePart]:
    inside: list[PagePart] = []
    yield laid_out([[_span(cell, inside) for cell in row if _is_cell(cell)] for row in _rows(table)])
    for block in inside:
        yield block
        yield _BREAK


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if _unseen(child):
            continue
        if child.tag == "tr":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from (row for row in child if row.tag == "tr" and not _unseen(row))


def _is_cell(element: etree._Element) -> bool:
    return element.tag in ("td", "th") and not _unseen(element)


def _span(cell: etree._Element, inside: list[PagePart]) -> FileCell:
    blocks = list(_blocks(cell))
    inside += held_in_layout(blocks)
    text = "\n".join(block for block in blocks if isinstance(block, str))
    return FileCell(text, _count(cell.get("rowspan"), least=0), _count(cell.get("colspan"), least=1))


def _count(value: str | None, least: int) -> int:
    """The number with which an attribute begins, as browsers read it; 1 for none."""
    found = re.match(r"\s*([0-9]{1,6})", value or "")
    return max(least, int(found[1])) if found else 1
