"""The summary workbook of a batch: who has reported, what is wrong, all figures, and who has most of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xlreport.run.outcome import Outcome
from xlreport.tables.absent import absent_sheet
from xlreport.tables.expected import Expected
from xlreport.tables.figures import figures_sheet
from xlreport.tables.filed import Filed, by_form, filed, title_of
from xlreport.tables.overview import fill_overview, overview_sheet
from xlreport.tables.problems import problems_sheet
from xlreport.tables.ranking import ranking_sheet
from xlreport.tables.written import Written


def summary(outcomes: Iterable[Outcome], formats: Sequence[str], expected: Expected | None = None) -> bytes:
    """The workbook, with links to the documents of these formats; the same outcomes give the same bytes.

    Each form has a sheet of figures: 数据 for the one with most returns, 数据2 and so on for others.
    """
    returns: list[Filed] = []
    book = Written()
    overview = overview_sheet(book, formats)
    if expected is not None:
        absent_sheet(book, expected.missing)
    problems_sheet(book, _filed(outcomes, returns))
    fill_overview(book, overview, returns, formats, expected)
    for number, (form, several) in enumerate(by_form(returns).items(), start=1):
        figures_sheet(book, "数据" if number == 1 else f"数据{number}", form, several)
    ranking_sheet(book, returns)
    return book.bytes(title_of(returns))


def _filed(outcomes: Iterable[Outcome], returns: list[Filed]) -> Iterator[Outcome]:
    """The outcomes as they go by; what is kept of them is added to `returns`."""
    for outcome in outcomes:
        returns.append(filed(outcome))
        yield outcome
