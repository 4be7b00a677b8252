"""What a file holds of last year: a workbook of ours, a published report, or a table of figures."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from xlreport.archive.figure_table import TEXT_ENDINGS, lines_in
from xlreport.archive.folder import is_workbook, path_text
from xlreport.finding import Finding, UnreadableWorkbook
from xlreport.formats.digest import digest
from xlreport.formats.sniff import DOCUMENT_ENDINGS
from xlreport.frozen import frozen
from xlreport.unit import Unit
from xlreport.verify.published import open_published
from xlreport.workbook.read import Glance, glance


@frozen
class Candidate:
    """A return of last year: a workbook of ours, a `published` report, or the `row` of a table of figures.

    `name` is the path of its file below the place given, `digest` that of the content.
    """

    name: str
    path: Path
    digest: str
    glance: Glance
    published: bool = False
    row: int = 0

    @property
    def what(self) -> str:
        """What a clerk calls it."""
        return ("工作簿", "报告", "数据表")[self.rank]

    @property
    def rank(self) -> int:
        """The lower, the more it says: of several only those of the lowest count."""
        return 2 if self.row else int(self.published)


Glanced: TypeAlias = tuple[Candidate, ...] | Finding | OSError
"""What a file holds of last year, or why nothing of it can be used."""


def may_be_last_year(path: Path) -> bool:
    """True for a name that last year's figures may have; only what is in the file decides."""
    return is_workbook(path) or _is_document(path) or path.name.casefold().endswith(TEXT_ENDINGS)


def glanced(path: Path) -> Glanced:
    """The candidates in a file; a table of figures has a row for each unit.

    Plain data, so that another process may find it. Never raises for what the file contains.
    """
    try:
        return _candidates(path)
    except UnreadableWorkbook as error:
        return error.finding
    except OSError as error:
        return error


def _candidates(path: Path) -> tuple[Candidate, ...]:
    name = path_text(Path(path.name))
    content = digest(path) or ""  # of a file that has none, glancing says why
    published = _published(path) if _is_document(path) else None
    if published is not None:
        return (Candidate(name, path, content, published, published=True),)
    try:
        return (Candidate(name, path, content, glance(path)),)
    except UnreadableWorkbook:
        lines = lines_in(path, content)
        if not lines:
            raise
    return tuple(
        Candidate(name, path, content, Glance(line.form, line.year, Unit(line.unit)), row=line.row)
        for line in lines
    )


def _published(path: Path) -> Glance | None:
    report = open_published(path)
    return Glance(report.form.id, report.year, Unit(report.unit)) if report is not None else None


def _is_document(file: Path) -> bool:
    return file.name.casefold().endswith(DOCUMENT_ENDINGS)
