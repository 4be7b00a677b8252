"""Paragraphs and tables of a PDF file, by pdfplumber (the extra `pdf`): lines drawn make the tables.

A table that a page break cuts in two is one, and so is a row: its label may stand on one page, its figures on
the next. Scans have no text and are refused.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from xlreport.formats.foreign import Unopened
from xlreport.formats.pages import FileCell, Page, PagePart, PageTable, laid_out
from xlreport.formats.radicals import as_written
from xlreport.frozen import frozen

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage

_INSTALL = "请安装读 PDF 的组件（pip install 'xlreport[pdf]'），或者用 WPS、Word 打开后另存为 .docx"
_SAVE_AS = "请用 WPS、Word 打开后另存为 .docx，或向发布单位索取 Word 文件"
_MOST_PAGES = 200
_NEAR = 3.0
"""Points by which lines of one edge may lie apart."""
_ONE_LINE = 5.0
"""Points by which letters of one line may lie apart: figures are often set in another font."""
_SAME_SIZE = 0.5
_INDENT, _SHORT = 0.9, 2.5
"""Characters by which a paragraph's first line is set in, and by which its last may end early."""
_PAGE_NUMBER = re.compile(r"[—–\-·\s第]*[0-9]{1,3}[—–\-·\s页]*(?:/\s*[0-9]{1,3}|共\s*[0-9]{1,3}\s*页)?")
_POINT = re.compile(r"\s*[0-9]{1,2}\s*[.．、](?![0-9])")
"""A line that begins so is a paragraph, set in or not."""
_DIGITS = re.compile(r"[0-9]+")
_BLANKS = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+|[ \u3000]+(?=[^\x00-\x7f])")
_NUMBER = re.compile(r"[0-9０-９.,，\s]+|[-—–/]+|无")


@frozen
class _Cell:
    """A cell as drawn: its edges in points, and its text."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@frozen
class _Paragraph:
    """A paragraph on one page: whether its first line is set in, and whether its last one ends early.

    `size` is that of its letters in points: what is set in another size is another paragraph.
    """

    text: str
    size: float
    begins: bool
    ends: bool


@frozen
class _Drawn:
    """A table on one page."""

    cells: tuple[_Cell, ...]


def read_pdf(data: bytes) -> Page:
    """The document. Raises Unopened where it cannot be read, with what to do."""
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError as error:
        raise Unopened("文件是 PDF，这台电脑没有安装读 PDF 的组件", _INSTALL) from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it says of fonts is nothing for a clerk
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise Unopened(f"PDF 超过 {_MOST_PAGES} 页，不是正常的报告", _SAVE_AS)
            seen = _without_running_heads(map(_seen, pdf.pages))
            pages = [list(_in_order(tables, lines)) for tables, lines in seen]
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise Unopened("PDF 设了打开密码，无法读取", "请去掉打开密码后再处理") from error
        raise Unopened("PDF 已损坏，无法读取", _SAVE_AS) from error
    blocks = tuple(_blocks(_joined(pages)))
    _check(blocks)
    return Page(blocks)


def _check(blocks: Sequence[PagePart]) -> None:
    text = "".join(block for block in blocks if isinstance(block, str))
    if not blocks:
        raise Unopened("PDF 是扫描件或图片，里面没有文字", f"不识别扫描件；{_SAVE_AS}")
    if "(cid:" in text or "\ufffd" in text:
        raise Unopened("PDF 里的字体没有对应的文字，无法读取", _SAVE_AS)


# A page ----------------------------------------------------------------------------------------------


_Line: TypeAlias = dict[str, Any]


def _seen(page: PdfPage) -> tuple[list[tuple[float, _Drawn]], list[_Line]]:
    """The tables of a page with their tops, and the lines of text beside them."""
    page = page.filter(lambda thing: not _is_ground(thing, page))
    tables = [t for t in _found(page) if len(t.rows) > 1 and len(t.columns) > 1]
    drawn = [(table.bbox[1], _Drawn(tuple(_cells(page, table)))) for table in tables]
    return drawn, _lines(page, [table.bbox for table in tables])


def _is_ground(thing: dict[str, Any], page: PdfPage) -> bool:
    """True for the coloured ground of most of a page, which frames no table."""
    if thing.get("object_type") != "rect" or thing.get("stroke"):
        return False
    return bool(thing["width"] > page.width / 2 and thing["height"] > page.height / 4)


def _found(page: PdfPage) -> list[Any]:
    """The tables on a page; a browser draws no line where the page cuts a row, so that one is put there."""
    tables = page.find_tables()
    cuts = [cut for table in tables for cut in _cuts(page, table.bbox)]
    return page.find_tables({"explicit_horizontal_lines": cuts}) if cuts else tables


def _cuts(page: PdfPage, box: tuple[float, float, float, float]) -> Iterator[float]:
    """Where lines between columns end beyond a table, above it or below."""
    left, top, right, bottom = box
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    own = [edge for edge in upright if left - _NEAR <= edge["x0"] <= right + _NEAR]
    above = [edge["top"] for edge in own if edge["top"] + _NEAR < top <= edge["bottom"] + _NEAR]
    below = [edge["bottom"] for edge in own if edge["top"] - _NEAR <= bottom < edge["bottom"] - _NEAR]
    if len(above) > 2:
        yield min(above)
    if len(below) > 2:
        yield max(below)


def _without_running_heads(
    pages: Iterable[tuple[list[tuple[float, _Drawn]], list[_Line]]],
) -> Iterator[tuple[list[tuple[float, _Drawn]], list[_Line]]]:
    """Pages without their numbers, and without the first and last line that all have at one height."""
    seen = list(pages)
    heads = [{_running(lines[at]) for _, lines in seen if lines} for at in (0, -1)]
    running = {next(iter(head)) for head in heads if len(head) == 1 and len(seen) > 1}
    for drawn, lines in seen:
        ends = [line for line in (*lines[:1], *lines[-1:]) if _running(line) in running]
        yield drawn, [line for line in lines if line not in ends and not _is_number(line)]


def _running(line: _Line) -> tuple[str, int]:
    """What a line has in common with those of other pages: its text but for numbers, and its height."""
    return _DIGITS.sub("", line["text"]), round(line["top"])


def _in_order(tables: list[tuple[float, _Drawn]], lines: list[_Line]) -> Iterator[_Paragraph | _Drawn]:
    """Paragraphs and tables from the top down."""
    things: list[tuple[float, _Drawn | _Line]] = [*tables, *((line["top"], line) for line in lines)]
    things.sort(key=_top)
    waiting: list[dict[str, Any]] = []
    for _, thing in things:
        if isinstance(thing, dict):
            waiting.append(thing)
            continue
        yield from _paragraphs(waiting)
        waiting = []
        yield thing
    yield from _paragraphs(waiting)


def _top(thing: tuple[float, Any]) -> float:
    return thing[0]


def _is_number(line: dict[str, Any]) -> bool:
    return _PAGE_NUMBER.fullmatch(line["text"].strip()) is not None


def _lines(page: PdfPage, boxes: Sequence[tuple[float, float, float, float]]) -> list[_Line]:
    """Lines of text outside the tables."""

    def outside(thing: dict[str, Any]) -> bool:
        if thing.get("object_type") != "char":
            return True
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    return page.filter(outside).extract_text_lines(y_tolerance=_ONE_LINE, return_chars=True)


def _paragraphs(lines: Sequence[dict[str, Any]]) -> Iterator[_Paragraph]:
    """Lines put together: a new paragraph is set in, or follows a line that ends early."""
    if not lines:
        return
    left = min(line["x0"] for line in lines)
    right = max(line["x1"] for line in lines)
    text, before, begins, ended = "", 0.0, False, False
    for line in lines:
        size = line["chars"][0]["size"]
        set_in = line["x0"] > left + _INDENT * size
        apart = set_in or abs(size - before) > _SAME_SIZE or _POINT.match(line["text"]) is not None
        if text and (ended or apart):
            yield _Paragraph(text, before, begins, ends=True)
            text = ""
        begins = begins if text else set_in or _POINT.match(line["text"]) is not None
        text += _plain(line["text"])
        ended = line["x1"] < right - _SHORT * size
        before = size
    yield _Paragraph(text, before, begins, ended)


def _plain(text: str) -> str:
    return _BLANKS.sub("", as_written(text).strip())


def _cells(page: PdfPage, table: Any) -> Iterator[_Cell]:
    for left, top, right, bottom in table.cells:
        text = page.crop((left, top, right, bottom), strict=False).extract_text(y_tolerance=_ONE_LINE) or ""
        yield _Cell(left, top, right, bottom, _plain(text.replace("\n", "")))


# Tables over pages -----------------------------------------------------------------------------------


def _joined(pages: Sequence[Sequence[_Paragraph | _Drawn]]) -> Iterator[str | list[_Drawn]]:
    """Paragraphs and tables that go on at the top of the next page together."""
    before: list[_Paragraph | _Drawn] = []
    for page in pages:
        for place, thing in enumerate(page):
            goes_on = bool(before) and place == 0 and _goes_on(before[-1], thing)
            if before and not goes_on:
                yield _whole(before)
                before = []
            before = [*before, thing]
    if before:
        yield _whole(before)


def _whole(parts: Sequence[_Paragraph | _Drawn]) -> str | list[_Drawn]:
    tables = [part for part in parts if isinstance(part, _Drawn)]
    return tables or "".join(part.text for part in parts if isinstance(part, _Paragraph))


def _goes_on(one: _Paragraph | _Drawn, other: _Paragraph | _Drawn) -> bool:
    """True for two parts of one paragraph or table, at the end of a page and at the top of the next."""
    if isinstance(one, _Paragraph) and isinstance(other, _Paragraph):
        return not one.ends and not other.begins and abs(one.size - other.size) <= _SAME_SIZE
    return isinstance(one, _Drawn) and isinstance(other, _Drawn) and _alike(one, other)


def _alike(one: _Drawn, other: _Drawn) -> bool:
    """True for tables with the same edges to the left and to the right.

    Below a cut the cells of merged labels may have no edge to the left: then all other edges are the same.
    """
    above, below = _upright(one), _upright(other)
    ends = abs(above[-1] - below[-1]) <= _NEAR
    inside = len(below) > 2 and all(any(abs(x - y) <= _NEAR for y in above) for x in below)
    return ends and (abs(above[0] - below[0]) <= _NEAR or inside)


def _upright(table: _Drawn) -> list[float]:
    return _edges(edge for cell in table.cells for edge in (cell.left, cell.right))


def _blocks(things: Iterator[str | list[_Drawn]]) -> Iterator[PagePart]:
    for thing in things:
        if isinstance(thing, str):
            yield thing
        else:
            yield _table(thing)


def _table(pieces: Sequence[_Drawn]) -> PageTable:
    columns = _edges(edge for piece in pieces for cell in piece.cells for edge in (cell.left, cell.right))
    lines: list[list[FileCell]] = []
    for piece in pieces:
        rows = _rows(piece, columns)
        if lines and rows and _is_cut(lines[-1], rows[0]):
            lines[-1] = _one(lines[-1], rows.pop(0))
        lines += rows
    return laid_out(lines)


def _rows(piece: _Drawn, columns: Sequence[float]) -> list[list[FileCell]]:
    edges = _edges(edge for cell in piece.cells for edge in (cell.top, cell.bottom))
    rows: list[list[FileCell]] = [[] for _ in edges[1:]]
    for cell in sorted(piece.cells, key=lambda cell: cell.left):
        top, bottom = _at(edges, cell.top), _at(edges, cell.bottom)
        left, right = _at(columns, cell.left), _at(columns, cell.right)
        if top < bottom and left < right:
            rows[top].append(FileCell(cell.text, bottom - top, right - left, left))
    return rows


def _edges(places: Iterator[float]) -> list[float]:
    """The lines of a grid: places nearly the same are one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


def _at(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - place))


def _is_cut(above: Sequence[FileCell], below: Sequence[FileCell]) -> bool:
    """True for the two halves of a row: one has all the figures, and the other nothing in their columns."""
    figures = [{cell.column for cell in row if _NUMBER.fullmatch(cell.text)} for row in (above, below)]
    if bool(figures[0]) == bool(figures[1]):
        return False
    full, rest = (figures[0], below) if figures[0] else (figures[1], above)
    there = [cell for cell in rest if cell.column in full]
    return bool(there) and not any(cell.text for cell in there)


def _one(above: Sequence[FileCell], below: Sequence[FileCell]) -> list[FileCell]:
    texts = {cell.column: cell.text for cell in below}
    return [FileCell(c.text + texts.get(c.column, ""), c.rows, c.columns, c.column) for c in above]
