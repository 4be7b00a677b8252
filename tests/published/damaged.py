"""What is said of published reports that cannot be read beyond doubt: an example of each code."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from published.pages import is_third, page, put, third, with_tables
from xlreport.batch.published_refill import provenance
from xlreport.finding import Finding
from xlreport.formats.pages import Page, PageTable
from xlreport.layout import lay_out
from xlreport.published.findings import findings_of
from xlreport.published.read import read_report


def published_findings() -> Iterator[Finding]:
    """The findings of each damage."""
    tables = (_without_table(), _without_row(), _slip(), _blank(), _dash())
    for damaged in (*tables, _of_an_old_year(), _remark(), _two()):
        report = read_report(damaged)
        assert report is not None
        yield from findings_of(report)
    report = read_report(page())
    assert report is not None
    yield from islice(provenance(report, lay_out(report.form)), 1)


def _without_table() -> Page:
    return with_tables(lambda table: [] if is_third(table) else [table])


def _without_row() -> Page:
    def shorter(table: PageTable) -> list[PageTable]:
        return [PageTable(table.rows[:-1])] if is_third(table) else [table]

    return with_tables(shorter)


def _slip() -> Page:
    return put((7, 3), "77")


def _blank() -> Page:
    return put((7, 3), "")


def _dash() -> Page:
    row, column = next((r, c) for r in range(3, 28) for c in range(3, 9) if third().rows[r][c].text == "0")
    return put((row, column), "—")


def _two() -> Page:
    return Page((*page().blocks, *page("html", "small_township").blocks))


def _remark() -> Page:
    blocks = list(page().blocks)
    blocks.insert(blocks.index(third()), "表中数据由各科室提供。")
    return Page(tuple(blocks))


def _of_an_old_year() -> Page:
    blocks = page().blocks
    return Page(tuple(block.replace("2023", "2020") if isinstance(block, str) else block for block in blocks))
