"""What goes on over pages of a PDF file: a paragraph or a table that a page break cuts in two is one.

So is a row: its label may stand on one page, its figures on the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xlreport.formats.pages import FileCell, PagePart, PageTable, laid_out
from xlreport.formats.pdf_parts import NEAR, SAME_SIZE, DrawnCell, DrawnParagraph, DrawnTable

_NUMBER = re.compile(r"[0-9０-９.,，\s]+|[-—–/]+|无")


def page_parts(pages: Iterable[Sequence[DrawnParagraph | DrawnTable]]) -> Iterator[PagePart]:
    """The paragraphs and tables of a document."""
    for thing in _joined(pages):
        yield thing if isinstance(thing, str) else _table(thing)


def _joined(pages: Iterable[Sequence[DrawnParagraph | DrawnTable]]) -> Iterator[str | list[DrawnTable]]:
    """Paragraphs and tables that go on at the top of the next page together."""
    before: list[DrawnParagraph | DrawnTable] = []
    for page in pages:
        for place, thing in enumerate(page):
            goes_on = bool(before) and place == 0 and _goes_on(before[-1], thing)
            if before and not goes_on:
                yield _put_together(before)
                before = []
            before = [*before, thing]
    if before:
        yield _put_together(before)


def _put_together(parts: Sequence[DrawnParagraph | DrawnTable]) -> str | list[DrawnTable]:
    tables = [part for part in parts if isinstance(part, DrawnTable)]
    return tables or "".join(part.text for part in parts if isinstance(part, DrawnParagraph))


def _goes_on(one: DrawnParagraph | DrawnTable, other: DrawnParagraph | DrawnTable) -> bool:
    """True for two parts of one paragraph or table, at the end of a page and at the top of the next."""
    if isinstance(one, DrawnParagraph) and isinstance(other, DrawnParagraph):
        return not one.ends and not other.begins and abs(one.size - other.size) <= SAME_SIZE
    return isinstance(one, DrawnTable) and isinstance(other, DrawnTable) and _alike(one, other)


def _alike(one: DrawnTable, other: DrawnTable) -> bool:
    """True for tables with the same edges to the left and to the right.

    Below a cut the cells of merged labels may have no edge to the left: then all other edges are the same.
    """
    above, below = _upright(one.cells), _upright(other.cells)
    ends = abs(above[-1] - below[-1]) <= NEAR
    inside = len(below) > 2 and all(any(abs(x - y) <= NEAR for y in above) for x in below)
    return ends and (abs(above[0] - below[0]) <= NEAR or inside)


def _upright(cells: Iterable[DrawnCell]) -> list[float]:
    return _edges(edge for cell in cells for edge in (cell.left, cell.right))


def _table(pieces: Sequence[DrawnTable]) -> PageTable:
    columns = _upright(cell for piece in pieces for cell in piece.cells)
    lines: list[list[FileCell]] = []
    for piece in pieces:
        rows = _rows(piece, columns)
        if lines and rows and _is_cut(lines[-1], rows[0]):
            lines[-1] = _as_one(lines[-1], rows.pop(0))
        lines += rows
    return laid_out(lines)


def _rows(piece: DrawnTable, columns: Sequence[float]) -> list[list[FileCell]]:
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
        if not edges or place - edges[-1] > NEAR:
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


def _as_one(above: Sequence[FileCell], below: Sequence[FileCell]) -> list[FileCell]:
    texts = {cell.column: cell.text for cell in below}
    return [FileCell(c.text + texts.get(c.column, ""), c.rows, c.columns, c.column) for c in above]
