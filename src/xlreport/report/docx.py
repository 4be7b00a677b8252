"""A report as a Word file: WordprocessingML laid over the skin's reference.docx."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from xlreport.frozen import frozen
from xlreport.report.base_docx import DOCUMENT, Reference, crosswise, load_reference
from xlreport.report.document import Document, Table, TableCell, turned
from xlreport.report.templating import single_label, writer_template

REFERENCE = "reference.docx"

_CORE = "docProps/core.xml"
_TYPES = "[Content_Types].xml"
_RELATIONS = "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_COMPRESSION = 3
_NO_CELL = TableCell("")


class Placed(NamedTuple):
    """A cell as Word wants it, `merge` being "restart", "continue" or ""; widths in twips."""

    text: str
    columns: int
    width: int
    merge: str
    style: str
    band: bool


@frozen
class PlacedTable:
    """A table with the cells that a span covers written out; a short one stays on one page."""

    caption: str
    head: int
    width: int
    columns: tuple[int, ...]
    rows: tuple[tuple[Placed, ...], ...]
    short: bool


def write_docx(document: Document, skin: Path) -> bytes:
    """The file; the same document and skin give the same bytes. Raises SkinError."""
    reference = load_reference(skin / REFERENCE)
    parts = dict(reference.parts)
    page = _draft_headers(reference, parts) if document.draft else reference.page
    crosswise_ = turned(document.parts)
    pages = {False: page, True: crosswise(page)}
    body = writer_template("body.xml.j2").render(
        parts=document.parts,
        styles=reference.styles,
        placed=partial(_placed_table, reference),
        turned=crosswise_,
        pages={way: Markup(page) for way, page in pages.items()},
    )
    last = pages[crosswise_[-1]] if crosswise_ else page
    parts[DOCUMENT] = f"{reference.opening}{body}{last}{reference.closing}".encode()
    if _CORE in parts:
        parts[_CORE] = writer_template("core.xml.j2").render(document=document).encode()
    return _zip(parts)


def _placed_table(reference: Reference, table: Table) -> PlacedTable:
    return place(table, reference.wide_table_width if table.wide else reference.table_width)


def place(table: Table, width: int) -> PlacedTable:
    """The table with merged cells resolved, `width` twips wide."""
    edges = (0, *(edge * width // 1000 for edge in accumulate(table.widths)))
    columns = tuple(right - left for left, right in pairwise(edges))
    rows = tuple(_place_rows(table, edges))
    return PlacedTable(table.caption, table.head, width, columns, rows, table.short)


def _place_rows(table: Table, edges: tuple[int, ...]) -> Iterator[tuple[Placed, ...]]:
    single = single_label(table)
    above: dict[int, tuple[TableCell, int]] = {}  # by first column: the cell, and rows it still covers
    for row in table.rows:
        cells = iter(row)
        placed = []
        column = 0
        while column < len(table.widths):
            cell, rows = above.get(column, (_NO_CELL, 0))
            covered = rows > 0
            if not covered:
                cell = next(cells)
                rows = cell.rows
            above[column] = (cell, rows - 1)
            width = edges[column + cell.columns] - edges[column]
            placed.append(_placed(cell, covered, width, single, cell.columns == len(table.widths)))
            column += cell.columns
        yield tuple(placed)


def _placed(cell: TableCell, covered: bool, width: int, single: bool, full: bool) -> Placed:
    merge = "continue" if covered else "restart" if cell.rows > 1 else ""
    band = full and cell.header == "column"
    text = "" if covered else cell.text
    return Placed(text, cell.columns, width, merge, _style(cell, single, band), band)


def _style(cell: TableCell, single: bool, band: bool) -> str:
    if not cell.header:
        return "表格数字" if cell.numeric else "表格文字"
    left = band or (cell.header == "row" and not single)
    return "表格文字" if left else "表格表头"


def _draft_headers(reference: Reference, parts: dict[str, bytes]) -> str:
    """Put the draft notice into the head of every page; the page set-up that refers to it."""
    header = writer_template("header.xml.j2").render(style=reference.styles["草稿标记"]).encode()
    types, relations, references = [], [], []
    for place in ("default", "even", "first"):
        name, relation = f"draft_{place}.xml", f"draftHeader{place.capitalize()}"
        parts[f"word/{name}"] = header
        types.append(f'<Override PartName="/word/{name}" ContentType="{_HEADER_TYPE}"/>')
        relations.append(f'<Relationship Id="{relation}" Type="{_OFFICE}/header" Target="{name}"/>')
        references.append(f'<w:headerReference xmlns:r="{_OFFICE}" w:type="{place}" r:id="{relation}"/>')
    _insert(parts, _TYPES, types, "</Types>")
    _insert(parts, _RELATIONS, relations, "</Relationships>")
    page = re.sub(r"<w:headerReference\b[^>]*/>", "", reference.page)
    return re.sub(r"^<w:sectPr\b[^>]*>", lambda match: match[0] + "".join(references), page)


def _insert(parts: dict[str, bytes], name: str, elements: list[str], before: str) -> None:
    parts[name] = parts[name].replace(before.encode(), ("".join(elements) + before).encode())


def _zip(parts: dict[str, bytes]) -> bytes:
    """The package, content types first, without anything that depends on time or machine."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in sorted(parts, key=lambda name: (name != _TYPES, name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            package.writestr(info, parts[name], compresslevel=_COMPRESSION)
    return buffer.getvalue()
