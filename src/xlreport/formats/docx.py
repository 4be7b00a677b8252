"""Paragraphs and tables of a Word document (.docx), as a person reads them.

What was deleted with changes tracked and what is hidden is left out; what was inserted, content controls and
text boxes count. Of what Word writes twice, for newer and older programs, the newer is read.
Source: ECMA-376 part 1, 17.3 (paragraphs), 17.4 (tables), 17.13.5 (revisions); part 3, 10.2 (alternates).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from xlreport.formats.foreign import Unopened
from xlreport.formats.opc import ROOT
from xlreport.formats.package import Package, open_zip
from xlreport.formats.pages import FileCell, Page, PagePart, held_in_layout, laid_out

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_ALTERNATES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_GONE = frozenset({"del", "moveFrom", "pPr", "rPr", "delText", "instrText", "tblPr", "tblGrid", "sectPr"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = ("0", "false", "off")


def read_docx(data: bytes) -> Page:
    """The document. Raises Unopened where the file is none, damaged or too large."""
    package = Package(open_zip(data))
    mains = [each.part for each in package.relations(ROOT).values() if each.kind == "officeDocument"]
    if len(mains) != 1:
        raise Unopened("文件已损坏，找不到其中的文档", "请用 Word 或 WPS 打开后另存为 .docx")
    root = package.xml(mains[0])
    body = next((child for child in root if _name(child) == "body"), None)
    if _name(root) != "document" or body is None:
        raise Unopened("文件不是 Word 文档", "请用 Word 或 WPS 打开后另存为 .docx")
    return Page(tuple(block for block in _blocks(body) if block != ""))


def _name(element: etree._Element) -> str:
    """What an element of Word is called; "" for those of others."""
    return _called(element.tag)


@lru_cache(maxsize=1024)
def _called(tag: str) -> str:
    name = etree.QName(tag)
    if name.namespace == _ALTERNATES:
        return name.localname
    return name.localname if name.namespace in _WORD else ""


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """What is inside, without what a person does not see; of alternates the first."""
    for child in element:
        name = _name(child)
        if name == "AlternateContent":
            yield from list(child)[:1]
        elif name not in _GONE:
            yield child


def _blocks(element: etree._Element) -> Iterator[PagePart]:
    """Paragraphs and tables in order, also those in controls and in boxes."""
    for child in _children(element):
        name = _name(child)
        if name == "p":
            yield _text(child).strip()
            if next(child.iter("{*}txbxContent"), None) is not None:
                yield from _boxes(child)
        elif name == "tbl":
            yield from _table(child)
        else:
            yield from _blocks(child)


def _text(element: etree._Element) -> str:
    """The text of a paragraph, without that of boxes in it."""
    parts: list[str] = []
    for child in _children(element):
        name = _name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name not in ("txbxContent", "tbl") and not (name == "r" and _hidden(child)):
            parts.append(_text(child))
    return "".join(parts)


def _hidden(run: etree._Element) -> bool:
    marks = (mark for rule in run if _name(rule) == "rPr" for mark in rule)
    return any(_name(mark) == "vanish" and _value(mark) not in _OFF for mark in marks)


def _boxes(element: etree._Element) -> Iterator[PagePart]:
    for child in _children(element):
        if _name(child) == "txbxContent":
            yield from _blocks(child)
        else:
            yield from _boxes(child)


def _table(table: etree._Element) -> Iterator[PagePart]:
    """A table, and what cells hold that have tables inside."""
    rows = [row for row in _within(table, "tr") if not _deleted(row)]
    inside: list[PagePart] = []
    yield laid_out(_heights([_spans(row, inside) for row in rows]))
    yield from inside


def _within(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table, or cells of a row, also those in controls."""
    for child in _children(element):
        if _name(child) == wanted:
            yield child
        elif _name(child) not in ("tbl", "tr", "tc", "p"):
            yield from _within(child, wanted)


def _deleted(row: etree._Element) -> bool:
    return _setting(row, "trPr", "del") is not None


def _spans(row: etree._Element, inside: list[PagePart]) -> list[tuple[FileCell, bool]]:
    """The cells of a row, and of each whether it goes on with the one above."""
    spans: list[tuple[FileCell, bool]] = []
    column = _number(_setting(row, "trPr", "gridBefore"), 0)
    for cell in _within(row, "tc"):
        blocks = list(_blocks(cell))
        inside += held_in_layout(blocks)
        text = "\n".join(block for block in blocks if isinstance(block, str)).strip()
        width = _number(_setting(cell, "tcPr", "gridSpan"), 1)
        merged = _setting(cell, "tcPr", "vMerge")
        goes_on = merged is not None and _value(merged) in ("", "continue")
        spans.append((FileCell(text, 1, width, column), goes_on))
        column += width
    return spans


def _heights(rows: list[list[tuple[FileCell, bool]]]) -> list[list[FileCell]]:
    """Cells that go on with those above taken up into them."""
    lines: list[list[FileCell]] = []
    open_: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        lines.append([])
        above, open_ = open_, {}
        for span, goes_on in row:
            place = above.get(span.column) if goes_on else None
            if place is None:
                lines[number].append(span)
                place = (number, len(lines[number]) - 1)
            else:
                first = lines[place[0]][place[1]]
                lines[place[0]][place[1]] = FileCell(first.text, first.rows + 1, first.columns, first.column)
            open_[span.column] = place
    return lines


def _setting(element: etree._Element, group: str, name: str) -> etree._Element | None:
    settings = (setting for child in element if _name(child) == group for setting in child)
    return next((setting for setting in settings if _name(setting) == name), None)


def _value(setting: etree._Element) -> str:
    return next((setting.get(f"{{{space}}}val", "") for space in _WORD if setting.get(f"{{{space}}}val")), "")


def _number(setting: etree._Element | None, default: int) -> int:
    text = _value(setting) if setting is not None else ""
    return int(text) if text.isdecimal() and len(text) < 5 else default
