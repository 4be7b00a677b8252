"""Wrong figures in a table of totals: found where only one reading mends it, else nothing is believed."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from published.pages import figures, page
from returns import FORM
from xlreport.form.values import Values
from xlreport.published.cell_figure import Printed
from xlreport.published.fewest import MOST
from xlreport.published.proof import Reliance, Weighed, prove
from xlreport.published.read import read_report
from xlreport.subject import Subject

GRID = FORM.grids["requests"]


@pytest.fixture(scope="module")
def printed() -> dict[Subject, Printed]:
    """The sample's table of requests as it is printed."""
    report = read_report(page())
    assert report is not None
    return {subject: report.cells[subject].printed for subject in GRID.subjects()}


def judged(printed: dict[Subject, Printed], wrong: Values) -> dict[Subject, Weighed]:
    """What the totals prove, with other figures in these cells."""
    changed = {s: replace(printed[s], figure=figure, text=str(figure)) for s, figure in wrong.items()}
    return prove(FORM, GRID, {**printed, **changed}, misfit=False)


def slipped(chance: random.Random, figure: int) -> int:
    """Another digit, two exchanged, one lost or one too many."""
    digits = str(figure)
    at = chance.randrange(len(digits))
    ways = (
        digits[:at] + chance.choice("0123456789") + digits[at + 1 :],
        digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :],
        digits[:at] + digits[at + 1 :] or "0",
        digits + chance.choice("0123456789"),
    )
    return int(chance.choice(ways))


def wrong_ones(count: int, chance: random.Random) -> dict[Subject, int]:
    """So many cells with other figures than the sample's."""
    found: dict[Subject, int] = {}
    while len(found) < count:
        subject = chance.choice(list(GRID.subjects()))
        figure = slipped(chance, int(str(figures()[subject])))
        if figure != figures()[subject]:
            found[subject] = figure
    return found


@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_few_wrong_figures_are_found_and_the_right_ones_proposed(
    count: int, printed: dict[Subject, Printed]
) -> None:
    found = 0
    for seed in range(40):
        wrong = wrong_ones(count, random.Random(f"{count} {seed}"))
        cells = judged(printed, wrong)
        assert not wrongly(cells)
        proposed = {s: cell.proposed for s, cell in cells.items() if cell.standing is Reliance.PROPOSED}
        if proposed:
            assert proposed == {subject: figures()[subject] for subject in wrong}
            found += 1
        else:
            assert {cell.standing for cell in cells.values()} == {Reliance.DOUBTFUL}
    assert found >= 38  # some threes have two readings


def wrongly(cells: dict[Subject, Weighed]) -> list[Subject]:
    return [s for s, cell in cells.items() if cell.taken and cell.printed.figure != figures()[s]]


@pytest.mark.parametrize("seed", range(20))
def test_of_more_nothing_is_believed(seed: int, printed: dict[Subject, Printed]) -> None:
    cells = judged(printed, wrong_ones(MOST + 1 + seed % 4, random.Random(seed)))
    assert {cell.standing for cell in cells.values()} == {Reliance.DOUBTFUL}


def test_two_readings_of_equal_size_are_none(printed: dict[Subject, Printed]) -> None:
    """Two corners of a rectangle one too large: one too large the other two would look the same."""
    corners = ("disclosed", "natural_person"), ("other", "commercial_enterprise")
    subjects = [Subject.cell(GRID.name, row, column) for row, column in corners]
    cells = judged(printed, {subject: int(str(figures()[subject])) + 1 for subject in subjects})
    assert {cell.standing for cell in cells.values()} == {Reliance.DOUBTFUL}


def test_what_could_not_be_read_is_among_them(printed: dict[Subject, Printed]) -> None:
    lost, slip = (Subject.cell(GRID.name, row, "natural_person") for row in ("new_requests", "disclosed"))
    blank = {**printed, lost: replace(printed[lost], figure=None, text="")}
    cells = judged(blank, {slip: int(str(figures()[slip])) + 1})
    proposed = {s: cell.proposed for s, cell in cells.items() if cell.standing is Reliance.PROPOSED}
    assert proposed == {s: figures()[s] for s in (lost, slip)}
    assert not wrongly(cells)
