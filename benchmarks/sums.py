"""Sums up the levels and analyses, beside the usual way: pandas.read_excel, concat and groupby."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pandas as pd

from returns import FORM, copies_of_returns, form, sample
from timing import Seconds, print_table, shown, timed
from whole import PROGRAM
from xlreport.consolidate.analysis_page import analysis_page
from xlreport.consolidate.child import Child
from xlreport.consolidate.reconcile import reconcile
from xlreport.consolidate.sums import summed
from xlreport.form.indicators import indicators
from xlreport.tables.analysed import Analysed, Analysis
from xlreport.tables.analysis_book import analysis_book
from xlreport.tables.long_form import write_long_form

CHILDREN, USUAL, ANALYSED = 3_000, 30, 100_000
_UNIT, _YEAR = "岚溪县人民政府", 2023
_YEARS = (2022, 2023)


def measure_sums(children: int = CHILDREN, usual: int = USUAL, many: int = ANALYSED) -> None:
    """Whole runs over workbooks, then what is done with figures that are known already."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [*_whole(Path(folder), children, usual), _reconciled(children), *_analysed(many)]
    print_table("(j) Sums and analyses", ("", "returns", "all", "one"), rows)


def _whole(folder: Path, children: int, usual: int) -> list[tuple[str, str, str, str]]:
    returns, parent = folder / "returns", folder / "parent.xlsx"
    copies_of_returns(returns, children)
    places = (str(returns), "-o", str(parent), "--unit", _UNIT, "--year", str(_YEAR))
    some = sorted(returns.iterdir())[:usual]
    return [
        _row(
            "consolidate: read, verify, add up, write", children, timed(lambda: _run("consolidate", *places))
        ),
        _row(
            "reconcile: read and compare",
            children,
            timed(lambda: _run("reconcile", str(parent), str(returns))),
        ),
        _row("pandas: read one sheet, concat, groupby", usual, timed(lambda: _by_pandas(some))),
    ]


def _run(*arguments: str) -> None:
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _by_pandas(paths: list[Path]) -> pd.DataFrame:
    """The figures of one table of each return, added up by row; nothing is verified."""
    tab = next(section.tab for section in form().sections if section.name == "requests")
    frames = [pd.read_excel(path, sheet_name=tab, header=None) for path in paths]
    numeric = pd.concat(frames).apply(pd.to_numeric, errors="coerce")
    return numeric.groupby(level=0).sum()


def _reconciled(children: int) -> tuple[str, str, str, str]:
    """Known figures against a parent from which one unit was left out and another counted twice."""
    random = Random(1)
    known = [_child(number, random) for number in range(children)]
    total = summed(form(), [each.inputs for each in (*known[1:], known[-1])])
    parent = Child("parent.xlsx", FORM, _lines(), _UNIT, _YEAR, total.values, "")
    for each in (*known, parent):
        assert each.figures is not None and each.spellings is not None
    return _row("reconcile: known figures, two causes", children, timed(lambda: reconcile(parent, known)))


def _child(number: int, random: Random) -> Child:
    inputs = {
        subject: random.randint(0, 400) if isinstance(value, int) and not isinstance(value, bool) else value
        for subject, value in sample().items()
        if "[" in subject and not subject.startswith("published")
    }
    unit = f"第{number}局"
    return Child(f"{unit}.xlsx", FORM, _lines(), unit, _YEAR, inputs, "")


def _lines() -> dict[str, int]:
    return {name: listing.rows for name, listing in form().listings.items()}


def _analysed(many: int) -> list[tuple[str, str, str, str]]:
    random = Random(1)
    width = len(list(indicators(form())))
    figures = [tuple(random.choices(range(400), k=width)) for _ in range(many)]
    returns = [_one(number, many, row) for number, row in enumerate(figures)]
    analysis = Analysis(FORM, returns)
    steps: dict[str, Callable[[], object]] = {
        "analyse: sums, ranks, what to look at first, page": lambda: analysis_page(
            "", Analysis(FORM, returns)
        ),
        "analyse: workbook with charts and all figures": lambda: analysis_book("", analysis),
        "analyse: long form": lambda: write_long_form(io.StringIO(), returns),
        "pandas: frame, groupby, sum": lambda: _frame(returns).groupby("year").sum(numeric_only=True),
    }
    return [_row(f"{name} ({width} figures)", many, timed(step)) for name, step in steps.items()]


def _one(number: int, many: int, figures: tuple[int, ...]) -> Analysed:
    unit = f"第{number % (many // 2)}局"
    year = _YEARS[number * 2 // many]
    return Analysed(f"{number}.xlsx", FORM, unit, unit, year, figures, ("E8",) * len(figures))


def _frame(returns: list[Analysed]) -> pd.DataFrame:
    frame = pd.DataFrame([each.figures for each in returns])
    frame["year"] = [each.year for each in returns]
    return frame


def _row(name: str, count: int, taken: Seconds) -> tuple[str, str, str, str]:
    return name, f"{count:,}", shown(taken.wall), shown(taken.wall / count)
