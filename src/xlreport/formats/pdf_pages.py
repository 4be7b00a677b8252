"""One page of a PDF file, as pdfplumber sees it: lines drawn make the tables, lines of text paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from xlreport.formats.pdf_parts import NEAR, SAME_SIZE, DrawnCell, DrawnParagraph, DrawnTable
from xlreport.formats.radicals import as_written
from xlreport.frozen import frozen

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage

_ONE_LINE = 5.0
"""Points by which letters of one line may lie apart: figures are often set in another font."""
_INDENT, _SHORT = 0.9, 2.5
"""Characters by which a paragraph's first line is set in, and by which its last may end early."""
_FEWEST = 3
"""Lines between columns that end at a cut: a table has an edge on each side, and one at least within."""
_PAGE_NUMBER = re.compile(r"[—–\-·\s第]*[0-9]{1,3}[—–\-·\s页]*(?:/\s*[0-9]{1,3}|共\s*[0-9]{1,3}\s*页)?")
_POINT = re.compile(r"\s*[0-9]{1,2}\s*[.．、](?![0-9])")
"""A line that begins so is a paragraph, set in or not."""
_DIGITS = re.compile(r"[0-9]+")
_BLANKS = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+|[ \u3000]+(?=[^\x00-\x7f])")

_Line: TypeAlias = dict[str, Any]
"""A line of text with its letters and edges, as pdfplumber gives it."""


@frozen
class _Seen:
    """The tables of a page with their tops, and the lines of text beside them."""

    tables: list[tuple[float, DrawnTable]]
    lines: list[_Line]


def parts_in_order(pages: Iterable[PdfPage]) -> Iterator[list[DrawnParagraph | DrawnTable]]:
    """Each page's paragraphs and tables from the top down, without what all pages have at top and bottom."""
    for seen in _without_running_heads(list(map(_seen, pages))):
        yield list(_in_order(seen))


def _seen(page: PdfPage) -> _Seen:
    page = page.filter(lambda thing: not _is_ground(thing, page))
    tables = [t for t in _found(page) if len(t.rows) > 1 and len(t.columns) > 1]
    drawn = [(table.bbox[1], DrawnTable(tuple(_cells(page, table)))) for table in tables]
    return _Seen(drawn, _lines(page, [table.bbox for table in tables]))


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
    own = [edge for edge in upright if left - NEAR <= edge["x0"] <= right + NEAR]
    above = [edge["top"] for edge in own if edge["top"] + NEAR < top <= edge["bottom"] + NEAR]
    below = [edge["bottom"] for edge in own if edge["top"] - NEAR <= bottom < edge["bottom"] - NEAR]
    if len(above) >= _FEWEST:
        yield min(above)
    if len(below) >= _FEWEST:
        yield max(below)


def _without_running_heads(pages: Sequence[_Seen]) -> Iterator[_Seen]:
    """Pages without their numbers, and without the first and last line that all have at one height."""
    heads = [{_running(page.lines[at]) for page in pages if page.lines} for at in (0, -1)]
    running = {next(iter(head)) for head in heads if len(head) == 1 and len(pages) > 1}
    for page in pages:
        ends = [line for line in (*page.lines[:1], *page.lines[-1:]) if _running(line) in running]
        kept = [line for line in page.lines if line not in ends and not _is_page_number(line)]
        yield replace(page, lines=kept)


def _running(line: _Line) -> tuple[str, int]:
    """What a line has in common with those of other pages: its text but for numbers, and its height."""
    return _DIGITS.sub("", line["text"]), round(line["top"])


def _in_order(page: _Seen) -> Iterator[DrawnParagraph | DrawnTable]:
    """Paragraphs and tables from the top down."""
    things: list[tuple[float, DrawnTable | _Line]] = [
        *page.tables,
        *((line["top"], line) for line in page.lines),
    ]
    things.sort(key=_top)
    waiting: list[_Line] = []
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


def _is_page_number(line: _Line) -> bool:
    return _PAGE_NUMBER.fullmatch(line["text"].strip()) is not None


def _lines(page: PdfPage, boxes: Sequence[tuple[float, float, float, float]]) -> list[_Line]:
    """Lines of text outside the tables."""

    def outside(thing: dict[str, Any]) -> bool:
        if thing.get("object_type") != "char":
            return True
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    return page.filter(outside).extract_text_lines(y_tolerance=_ONE_LINE, return_chars=True)


def _paragraphs(lines: Sequence[_Line]) -> Iterator[DrawnParagraph]:
    """Lines put together: a new paragraph is set in, or follows a line that ends early."""
    if not lines:
        return
    left = min(line["x0"] for line in lines)
    right = max(line["x1"] for line in lines)
    text, before, begins, ended = "", 0.0, False, False
    for line in lines:
        size = line["chars"][0]["size"]
        set_in = line["x0"] > left + _INDENT * size
        apart = set_in or abs(size - before) > SAME_SIZE or _POINT.match(line["text"]) is not None
        if text and (ended or apart):
            yield DrawnParagraph(text, before, begins, ends=True)
            text = ""
        begins = begins if text else set_in or _POINT.match(line["text"]) is not None
        text += _plain(line["text"])
        ended = line["x1"] < right - _SHORT * size
        before = size
    yield DrawnParagraph(text, before, begins, ended)


def _plain(text: str) -> str:
    return _BLANKS.sub("", as_written(text).strip())


def _cells(page: PdfPage, table: Any) -> Iterator[DrawnCell]:
    for left, top, right, bottom in table.cells:
        text = page.crop((left, top, right, bottom), strict=False).extract_text(y_tolerance=_ONE_LINE) or ""
        yield DrawnCell(left, top, right, bottom, _plain(text.replace("\n", "")))
