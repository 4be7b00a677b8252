"""A published report as values by subject: figures from its tables, proven by totals, and its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from xlreport.cleaning import squeezed
from xlreport.expression import Expression
from xlreport.form.editions import all_forms
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formats.pages import Page
from xlreport.origin import InParagraph, InParagraphs, InTable, Origin
from xlreport.published.headings import heading_of, section_begun
from xlreport.published.lines import PrintedLine, lines_of
from xlreport.published.locate import FoundCells, find_cells
from xlreport.published.particulars import particulars_in
from xlreport.published.proof import Weighed, prove
from xlreport.published.texts import read_words
from xlreport.subject import Subject

_TITLE = Expression("(?P<unit>[^0-9]{0,60})(?P<year>(?:19|20)[0-9]{2})年度?(?P<title>[^0-9]{4,40})")
_LONGEST_NAME = 40


@dataclass(frozen=True)
class PublishedReport:
    """What a published report says. `cells` are all that its tables print of the form, judged by totals."""

    form: Form
    unit: str
    year: int | None
    cells: Mapping[Subject, Weighed]
    titled: Mapping[Subject, Origin]
    """Where the title stands that says whose report it is, and of which year."""
    words: Values = field(default_factory=dict)
    """The texts, and what the report states of the unit."""
    worded: Mapping[Subject, Origin] = field(default_factory=dict)
    """Where these stand."""
    left: tuple[PrintedLine, ...] = ()
    """Lines that belong to no text of the form."""
    other: PrintedLine | None = None
    """The title of another report in the same document, which is not read."""

    @cached_property
    def inputs(self) -> Values:
        """What can be used without asking: inputs of the form only, totals are computed."""
        figures = {
            subject: cell.printed.figure
            for subject, cell in self.cells.items()
            if cell.taken and subject not in self.form.computed
        }
        says = {self.form.unit_field: self.unit or None, self.form.year_field: self.year}
        return {s: value for s, value in {**self.words, **says, **figures}.items() if value is not None}

    @cached_property
    def unusable(self) -> frozenset[Subject]:
        """The inputs that a person has to decide on."""
        return frozenset(subject for subject, cell in self.cells.items() if not cell.taken)

    @cached_property
    def origins(self) -> Mapping[Subject, Origin]:
        """Where each value stands."""
        figures = {subject: cell.printed.origin for subject, cell in self.cells.items()}
        return {**self.worded, **self.titled, **figures}

    def place(self, subject: Subject | str) -> str:
        """Where the value, the row or the column of that name stands; "" where that is not known.

        Of a row the one cell that is to be decided on, if there is just one.
        """
        if subject in self.origins:
            return _place_in(self.origins[Subject(subject)], 1)
        try:
            line = Subject.parse(subject)
        except ValueError:
            return ""
        if line.character is not None:
            whole = self.origins.get(Subject(subject.rpartition("@")[0]))
            return _place_in(whole, line.character) if whole is not None else ""
        cells = [judged for cell, judged in self.cells.items() if _on_line(cell, line)]
        doubted = [judged for judged in cells if not judged.taken]
        if line.row and len(doubted) == 1:
            return doubted[0].printed.origin.place
        return _line_place(line, cells[0].printed.origin) if cells else ""


def _place_in(origin: Origin, character: int) -> str:
    """The place of a character of what stands there, counted from 1."""
    return (origin.at(character - 1) if isinstance(origin, InParagraphs) else origin).place


def _on_line(cell: Subject, line: Subject) -> bool:
    if not line.block or cell.block != line.block:
        return False
    return line.row in ("", cell.row) and line.column in ("", cell.column)


def _line_place(line: Subject, first: InTable) -> str:
    if line.row:
        return f"{first.table} 第{first.row}行"
    return f"{first.table} {first.column}列" if line.column else first.table


def read_report(page: Page) -> PublishedReport | None:
    """The report in a document, in the edition of which it has most; None where it has no table of any.

    Of several reports in one document the first is read.
    """
    report = _read(page)
    if report is None:
        return None
    cut = _second(report, page)
    if cut is None:
        return report
    first = _read(Page(page.blocks[: cut[0]]))
    return replace(first, other=cut[1]) if first is not None else report


def _second(report: PublishedReport, page: Page) -> tuple[int, PrintedLine] | None:
    """Where another unit's or year's report begins: its title, with tables of the form before and behind."""
    lines = list(lines_of(page))
    places = [number for number, block in enumerate(page.blocks) if isinstance(block, str)]
    for number, line in enumerate(lines):
        unit, year, titled = _title(report.form, lines[max(0, number - 1) : number + 1])
        if year is None or (unit, year) == (report.unit, report.year) or not (unit or report.unit):
            continue
        start = places[min(getattr(o, "paragraph", 1) for o in titled.values()) - 1]
        parts = (Page(page.blocks[:start]), Page(page.blocks[start:]))
        if all(find_cells(report.form, part.tables).cells for part in parts):
            return start, line
    return None


def _read(page: Page) -> PublishedReport | None:
    found = [(form, find_cells(form, page.tables)) for form in all_forms()]
    best = max(found, key=lambda each: len(each[1].cells), default=None)
    return _with_words(_judged(*best), page) if best is not None and best[1].cells else None


def _judged(form: Form, found: FoundCells) -> PublishedReport:
    cells: dict[Subject, Weighed] = {}
    for grid in form.grids.values():
        cells |= prove(form, grid, found.cells, misfit=grid.name in found.misfits)
    return PublishedReport(form, "", None, cells, {})


def _with_words(report: PublishedReport, page: Page) -> PublishedReport:
    """The report with what its words say."""
    form, lines = report.form, list(lines_of(page))
    unit, year, titled = _title(form, lines)
    first = titled.get(form.year_field)
    begins = first.paragraph if isinstance(first, InParagraph) else 0
    worded = read_words(form, unit, [line for line in lines if line.paragraph > begins])
    stated, places = particulars_in(form, unit, worded.lead, worded.closing)
    words = {**worded.texts, **stated}
    return replace(
        report,
        unit=unit,
        year=year,
        titled=titled,
        words={subject: value for subject, value in words.items() if value is not None},
        worded={**worded.origins, **places},
        left=worded.left,
    )


def _title(form: Form, lines: Sequence[PrintedLine]) -> tuple[str, int | None, Mapping[Subject, Origin]]:
    """Unit and year from the report's title: `某局` above or before `2023年政府信息公开工作年度报告`.

    A web page may have the title twice: before the first section the one that names a unit counts.
    """
    first = next(_titles(form, lines), ("", None, {}))
    again = (title for title in _titles(form, _head(form, lines)) if title[0] and title[1] == first[1])
    return first if first[0] else next(again, first)


def _head(form: Form, lines: Sequence[PrintedLine]) -> Sequence[PrintedLine]:
    """What stands before the first section."""
    begun = (
        heading is not None and section_begun(form, heading) is not None
        for heading in (heading_of(line.text) for line in lines)
    )
    return lines[: next((number for number, begins in enumerate(begun) if begins), len(lines))]


def _titles(
    form: Form, lines: Sequence[PrintedLine]
) -> Iterator[tuple[str, int | None, Mapping[Subject, Origin]]]:
    for number, line in enumerate(lines):
        found = _TITLE.fullmatch(squeezed(line.text))
        if found is None or not _same_title(found["title"], form.title):
            continue
        place = InParagraph(line.paragraph, line.character + found.start("year"))
        year = {form.year_field: place}
        if found["unit"]:
            yield found["unit"], int(found["year"]), {form.unit_field: line.origin, **year}
            continue
        above = squeezed(lines[number - 1].text) if number > 0 else ""
        if above.isalnum() and len(above) <= _LONGEST_NAME:
            yield above, int(found["year"]), {form.unit_field: lines[number - 1].origin, **year}
        else:
            yield "", int(found["year"]), year


def _same_title(written: str, title: str) -> bool:
    """True for a title in which words are left out, such as 工作, but neither its beginning nor its end."""
    if written[:2] != title[:2] or written[-2:] != title[-2:]:
        return False
    rest = iter(title)
    return len(written) * 2 >= len(title) and all(char in rest for char in written)
