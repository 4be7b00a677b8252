"""What may become of a report before it is read: a damage by seed, and what of it is taken for certain.

python -c "from published.damages import outcome; print(outcome(range(10_000)))"
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from published.pages import figures, of_text, page
from published.slips import SLIPS
from returns import FORM
from xlreport.finding import Severity
from xlreport.formats.pages import Page, PagePart, PageTable
from xlreport.published.findings import findings_of
from xlreport.published.read import PublishedReport, read_report
from xlreport.subject import Subject
from xlreport.verify.judge import judge
from xlreport.verify.published import reported_by_document

SAMPLES = ("busy_bureau", "nil_federation", "small_township", "county_government", "unbalanced_bureau")
Rows = list[list[str]]
_FIGURE = re.compile(r"[0-9]+(\.[0-9]+)?")
Chance = random.Random


def damaged(seed: int) -> tuple[str, str, Page]:
    """The kind of the damage, the sample, and the page."""
    chance = Chance(seed)
    kind, sample = chance.choice(list(DAMAGES)), chance.choice(SAMPLES)
    return kind, sample, DAMAGES[kind](chance, page("html", sample))


def wrong(report: PublishedReport, sample: str) -> list[Subject]:
    """Figures that are taken for certain, are not those of the sample, and are told of in no way."""
    there = figures(sample)
    taken = {s: cell.printed.figure for s, cell in report.cells.items() if cell.taken}
    differing = [subject for subject, figure in taken.items() if figure != there[subject]]
    if not differing:
        return []
    told = {cell for finding in findings_of(report) for cell in _told(report, str(finding.subject))}
    told |= set(_of_failed_checks(report))
    return [subject for subject in differing if subject not in told]


def _of_failed_checks(report: PublishedReport) -> Iterable[Subject]:
    """The inputs of the form's checks that fail: the verdict tells of them."""
    failed = {finding.id for finding in judge(reported_by_document(report))}
    for instance in FORM.instances:
        if f"{instance.check.code}:{instance.subject}" in failed:
            yield from instance.inputs
            yield from (s for s in report.cells if s in FORM.computed and s.column in instance.subject)


def _told(report: PublishedReport, subject: str) -> Iterable[Subject]:
    """The cells that a finding on a row or a table speaks of; of a table without totals all."""
    line = Subject.parse(subject) if subject else Subject("")
    if not subject or not line.block:
        return ()
    table = FORM.grids[line.block].table if line.block in FORM.grids else ""
    grids = {grid.name for grid in FORM.grids.values() if grid.table == table}
    if line.row:
        return [cell for cell in report.cells if cell.block == line.block and cell.row == line.row]
    return [cell for cell in report.cells if cell.block in grids and not FORM.grids[cell.block].in_line]


def outcome(seeds: Iterable[int]) -> Mapping[str, Counter[str]]:
    """By kind of damage: reports of which all is certain, those with errors, no reports, and wrong ones."""
    found: dict[str, Counter[str]] = {kind: Counter() for kind in DAMAGES}
    for seed in seeds:
        kind, sample, source = damaged(seed)
        report = read_report(source)
        found[kind][_word(report, sample)] += 1
    return found


def _word(report: PublishedReport | None, sample: str) -> str:
    if report is None:
        return "no report"
    if report.form.id == FORM.id and wrong(report, sample):
        return "WRONG"
    errors = any(finding.severity is Severity.ERROR for finding in findings_of(report))
    return "told" if errors else "certain"


# The damages -----------------------------------------------------------------------------------------


def _rows(table: PageTable) -> Rows:
    return [[cell.text for cell in row] for row in table.rows]


def _with(source: Page, change: Callable[[int, Rows], Sequence[Rows]]) -> Page:
    """The page with its tables changed, of which each has a number."""
    blocks: list[PagePart] = []
    number = 0
    for block in source.blocks:
        if isinstance(block, PageTable):
            blocks += [of_text(rows) for rows in change(number, _rows(block)) if rows]
            number += 1
        else:
            blocks.append(block)
    return Page(tuple(blocks))


def _one(chance: Chance, source: Page, change: Callable[[Rows], None]) -> Page:
    """One table changed."""
    which = chance.choice((1, 1, 1, 2, 0))

    def changed(number: int, rows: Rows) -> Sequence[Rows]:
        if number == which:
            change(rows)
        return [rows]

    return _with(source, changed)


def _slipped(slip: Callable[[Chance, Rows], None]) -> Callable[[Chance, Page], Page]:
    """A slip in the table of requests."""

    def damage(chance: Chance, source: Page) -> Page:
        def changed(number: int, rows: Rows) -> Sequence[Rows]:
            if number == 1:
                slip(chance, rows)
            return [rows]

        return _with(source, changed)

    return damage


def _figure_places(rows: Rows) -> list[tuple[int, int]]:
    places = ((r, c) for r, row in enumerate(rows) for c in range(len(row)))
    return [(r, c) for r, c in places if _FIGURE.fullmatch(rows[r][c])]


def cells_lost(chance: Chance, source: Page) -> Page:
    def change(rows: Rows) -> None:
        for row, column in chance.sample(_figure_places(rows), chance.randint(1, 4)):
            if chance.random() < 0.5:
                rows[row][column] = ""
            else:
                rows[row][column:] = [*rows[row][column + 1 :], ""]

    return _one(chance, source, change)


def digits_lost(chance: Chance, source: Page) -> Page:
    def change(rows: Rows) -> None:
        places = _figure_places(rows)
        for row, column in chance.sample(places, min(len(places), chance.randint(1, 3))):
            text = rows[row][column]
            at = chance.randrange(len(text))
            rows[row][column] = text[:at] + text[at + 1 :] if len(text) > 1 else str(chance.randrange(10))

    return _one(chance, source, change)


def rows_moved(chance: Chance, source: Page) -> Page:
    def change(rows: Rows) -> None:
        heads = next((n for n, row in enumerate(rows) if any(t[:1].isdigit() for t in row[-2:])), 1)
        old = chance.randrange(heads, len(rows))
        row = rows.pop(old)
        rows.insert(chance.randrange(heads, len(rows) + 1), row)

    return _one(chance, source, change)


def figures_moved(chance: Chance, source: Page) -> Page:
    """The figures of a row come one row lower, and so on to the end."""

    def change(rows: Rows) -> None:
        places = _figure_places(rows)
        start, first = chance.choice(places)[0], min(column for _, column in places)
        for below in range(len(rows) - 1, start, -1):
            rows[below][first:] = rows[below - 1][first:]
        rows[start][first:] = [""] * len(rows[start][first:])

    return _one(chance, source, change)


def columns_shifted(chance: Chance, source: Page) -> Page:
    def change(rows: Rows) -> None:
        first = min(column for _, column in _figure_places(rows))
        numbers = [n for n in range(len(rows)) if rows[n][first][:1].isdigit()]
        for number in numbers[chance.randrange(len(numbers)) :]:
            rows[number][first:] = ["0", *rows[number][first:-1]]

    return _one(chance, source, change)


def excerpt(chance: Chance, source: Page) -> Page:
    keep = chance.random()

    def changed(number: int, rows: Rows) -> Sequence[Rows]:
        if chance.random() < 0.4:
            return []
        return [rows[: max(1, int(len(rows) * keep))]] if chance.random() < 0.5 else [rows]

    return _with(source, changed)


def without_tables(chance: Chance, source: Page) -> Page:
    """As where the tables are pictures; sometimes only one is."""
    gone = {0, 1, 2} if chance.random() < 0.5 else {chance.randrange(3)}
    return _with(source, lambda number, rows: [] if number in gone else [rows])


def other_year(chance: Chance, source: Page) -> Page:
    year = str(chance.choice((2018, 2020, 2021, 2022, 2024)))
    return Page(tuple(b.replace("2023", year) if isinstance(b, str) else b for b in source.blocks))


def two_reports(chance: Chance, source: Page) -> Page:
    other = page("html", chance.choice(SAMPLES))
    return Page((*source.blocks, *other.blocks))


_EARLIER = [
    ("本年制发件数", "本年新制作数量"),
    ("3.其他", "（七）其他处理"),
    ("现行有效件数", "对外公开总数量"),
]


def other_edition(chance: Chance, source: Page) -> Page:
    """Rows and heads of the earlier edition in the tables."""

    def changed(_: int, rows: Rows) -> Sequence[Rows]:
        for old, new in chance.sample(_EARLIER, 2):
            rows = [[text.replace(old, new) for text in row] for row in rows]
        return [rows]

    return _with(source, changed)


DAMAGES: dict[str, Callable[[Chance, Page], Page]] = {
    "cells lost": cells_lost,
    "digits lost": digits_lost,
    "rows moved": rows_moved,
    "figures moved": figures_moved,
    "columns shifted": columns_shifted,
    "excerpt": excerpt,
    "without tables": without_tables,
    "other year": other_year,
    "two reports": two_reports,
    "other edition": other_edition,
    **{name: _slipped(slip) for name, slip in SLIPS.items()},
}
