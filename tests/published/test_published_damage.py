"""No wrong figure is ever taken silently, whatever became of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pytest

from published.damages import DAMAGES, SAMPLES, damaged, outcome, wrong
from published.pages import figures, page
from returns import FORM
from shared import once
from xlreport.formats.pages import Page
from xlreport.published.findings import findings_of
from xlreport.published.read import read_report

SEEDS, _TOGETHER = 500, 25


def found(starts: Iterable[int]) -> dict[str, Counter[str]]:
    """What became of all damages. Two workers that begin at either end share the work."""
    outcomes = [_outcome(start) for start in starts]
    return {kind: sum((each[kind] for each in outcomes), Counter()) for kind in outcomes[0]}


def _outcome(start: int) -> Mapping[str, Counter[str]]:
    return once(f"published {start}", lambda: outcome(range(start, start + _TOGETHER)))


def test_no_wrong_figure_is_taken_silently() -> None:
    became = found(range(0, SEEDS, _TOGETHER))
    assert sum(counts.total() for counts in became.values()) == SEEDS
    assert not [kind for kind, counts in became.items() if "WRONG" in counts]


def test_each_damage_is_done_and_most_are_told() -> None:
    became = found(reversed(range(0, SEEDS, _TOGETHER)))
    assert set(became) == set(DAMAGES) and all(became.values())
    assert all("told" in became[kind] for kind in DAMAGES)
    assert became["rows moved"]["certain"] > became["rows moved"]["told"]


def test_the_measure_sees_a_wrong_figure() -> None:
    seed = next(seed for seed in range(SEEDS) if damaged(seed)[1] == "busy_bureau")
    report = read_report(page("html", damaged(seed)[1]))
    assert report is not None
    assert wrong(report, "busy_bureau") == []
    assert wrong(report, "county_government")


@pytest.mark.parametrize("sample", SAMPLES[1:3])
def test_of_two_reports_the_first_is_read_and_the_other_told(sample: str) -> None:
    report = read_report(Page((*page().blocks, *page("html", sample).blocks)))
    assert report is not None
    assert {s: cell.printed.figure for s, cell in report.cells.items()} == {
        s: figures()[s] for s in report.cells
    }
    assert report.unit == figures()[FORM.unit_field]
    (finding,) = [each for each in findings_of(report) if each.code == "RPT009"]
    assert str(figures(sample)[FORM.unit_field])[:6] in finding.message


def test_the_same_title_again_is_no_other_report() -> None:
    report = read_report(Page(("岚溪县2023年政府信息公开工作年度报告", *page().blocks)))
    assert report is not None
    assert report.other is None
