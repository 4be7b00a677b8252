"""Published reports to read: the sample's, as its writers print it, and what may become of its tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from returns import FORM, sample_json
from xlreport.form.calculate import complete
from xlreport.form.values import from_json
from xlreport.formats.docx import read_docx
from xlreport.formats.html import read_html
from xlreport.formats.pages import Page, PageCell, PageTable
from xlreport.formula.nodes import Value
from xlreport.report.render import render
from xlreport.subject import Subject

READERS: dict[str, Callable[[bytes], Page]] = {"docx": read_docx, "html": read_html}


@lru_cache(maxsize=8)
def figures(sample: str = "busy_bureau") -> dict[Subject, Value]:
    """What the sample reports, totals included."""
    return complete(FORM, from_json(FORM, sample_json(sample)))


@lru_cache(maxsize=8)
def report(to: str = "html", sample: str = "busy_bureau") -> bytes:
    """The sample's report as a file."""
    return render(FORM, figures(sample), to)


@lru_cache(maxsize=8)
def page(to: str = "html", sample: str = "busy_bureau") -> Page:
    """The same read."""
    return READERS[to](report(to, sample))


def with_tables(change: Callable[[PageTable], list[PageTable]]) -> Page:
    """The sample's report with its tables changed."""
    blocks = [
        new for block in page().blocks for new in (change(block) if isinstance(block, PageTable) else [block])
    ]
    return Page(tuple(blocks))


def of_text(rows: list[list[str]]) -> PageTable:
    """A table of single cells."""
    return PageTable(
        tuple(tuple(PageCell(text, r, c) for c, text in enumerate(row)) for r, row in enumerate(rows))
    )


def put(place: tuple[int, int], text: str) -> Page:
    """The third table's cell at that place (from 0) with another text."""

    def change(table: PageTable) -> list[PageTable]:
        if not is_third(table):
            return [table]
        rows = [list(row) for row in table.rows]
        rows[place[0]][place[1]] = replace(rows[place[0]][place[1]], text=text)
        return [PageTable(tuple(map(tuple, rows)))]

    return with_tables(change)


def third() -> PageTable:
    """The table of requests: three rows of heads, three columns of labels."""
    return next(table for table in page().tables if is_third(table))


def is_third(table: PageTable) -> bool:
    """True for the table of requests."""
    return any("申请人情况" in cell.text for cell in table.rows[0])
