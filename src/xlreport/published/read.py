"""A published report as values by subject: read from its tables, proven by its totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlreport.cleaning import squeezed
from xlreport.form.editions import all_forms
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formats.pages import Page
from xlreport.origin import InParagraph, InTable, Origin
from xlreport.prose.expression import Expression
from xlreport.published.locate import locate
from xlreport.published.proof import Weighed, prove
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

    @cached_property
    def inputs(self) -> Values:
        """What can be used without asking: inputs of the form only, totals are computed."""
        figures = {
            subject: cell.printed.figure
            for subject, cell in self.cells.items()
            if cell.taken and subject not in self.form.computed
        }
        says = {self.form.unit_field: self.unit or None, self.form.year_field: self.year}
        return {s: value for s, value in {**says, **figures}.items() if value is not None}

    @cached_property
    def unusable(self) -> frozenset[Subject]:
        """The inputs that a person has to decide on."""
        return frozenset(subject for subject, cell in self.cells.items() if not cell.taken)

    @cached_property
    def origins(self) -> Mapping[Subject, Origin]:
        """Where each value stands."""
        return {**self.titled, **{subject: cell.printed.origin for subject, cell in self.cells.items()}}

    def place(self, subject: Subject | str) -> str:
        """Where the value, the row or the column of that name stands; "" where that is not known.

        Of a row the one cell that is to be decided on, if there is just one.
        """
        if subject in self.origins:
            return self.origins[Subject(subject)].place
        try:
            line = Subject.parse(subject)
        except ValueError:
            return ""
        cells = [judged for cell, judged in self.cells.items() if _on_line(cell, line)]
        doubted = [judged for judged in cells if not judged.taken]
        if line.row and len(doubted) == 1:
            return doubted[0].printed.origin.place
        return _line_place(line, cells[0].printed.origin) if cells else ""


def _on_line(cell: Subject, line: Subject) -> bool:
    if not line.block or cell.block != line.block:
        return False
    return line.row in ("", cell.row) and line.column in ("", cell.column)


def _line_place(line: Subject, first: InTable) -> str:
    if line.row:
        return f"{first.table} 第{first.row}行"
    return f"{first.table} {first.column}列" if line.column else first.table


def read_report(page: Page) -> PublishedReport | None:
    """The report in a document, in the edition of which it has most; None where it has no table of any."""
    best = max(
        (_in_form(form, page) for form in all_forms()), key=lambda report: len(report.cells), default=None
    )
    return best if best is not None and best.cells else None


def _in_form(form: Form, page: Page) -> PublishedReport:
    found = locate(form, page.tables)
    cells: dict[Subject, Weighed] = {}
    for grid in form.grids.values():
        cells |= prove(form, grid, found.cells, misfit=grid.name in found.misfits)
    unit, year, titled = _title(form, [block for block in page.blocks if isinstance(block, str)])
    return PublishedReport(form, unit, year, cells, titled)


def _title(form: Form, paragraphs: Sequence[str]) -> tuple[str, int | None, Mapping[Subject, Origin]]:
    """Unit and year from the report's title: `某局` above or before `2023年政府信息公开工作年度报告`."""
    for number, paragraph in enumerate(paragraphs, start=1):
        found = _TITLE.fullmatch(squeezed(paragraph))
        if found is None or not _same_title(found["title"], form.title):
            continue
        year, before = InParagraph(number, found.start("year") + 1), found["unit"]
        if before:
            return (
                before,
                int(found["year"]),
                {form.unit_field: InParagraph(number, 1), form.year_field: year},
            )
        above = squeezed(paragraphs[number - 2]) if number > 1 else ""
        if above.isalnum() and len(above) <= _LONGEST_NAME:
            origins: dict[Subject, Origin] = {form.unit_field: InParagraph(number - 1, 1)}
            return above, int(found["year"]), {**origins, form.year_field: year}
        return "", int(found["year"]), {form.year_field: year}
    return "", None, {}


def _same_title(written: str, title: str) -> bool:
    """True for a title in which words are left out, such as 工作, but neither its beginning nor its end."""
    if written[:2] != title[:2] or written[-2:] != title[-2:]:
        return False
    rest = iter(title)
    return len(written) * 2 >= len(title) and all(char in rest for char in written)
