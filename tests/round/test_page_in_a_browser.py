"""台账.html as people use it: in Chromium, in a wide and in a narrow window, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import run
from other_programs import browse
from rounds import CIVIL, TOWN, WATER, WRONG, begin, drop, filled, take

SCHOOL = "岚溪县第一中学"
UNITS = {"read": "#list tbody th"}
SHOWN = {"read": "#shown"}
TAB, ENTER, SPACE, DOWN = {"press": "Tab"}, {"press": "Enter"}, {"press": "Space"}, {"press": "ArrowDown"}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [(WATER, "LX-B-001", ""), (SCHOOL, "33120041", WATER), (CIVIL, "", ""), (TOWN, "", "")]
    place = begin(tmp_path_factory.mktemp("page") / "收表", rows, ["单位", "机关代码", "上级"])
    drop(place, "<img src=x onerror=alert(1)>.xlsx", filled())
    drop(place, "民政.xlsx", filled(CIVIL, WRONG))
    drop(place, "<script>document.title='x'</script>.txt", b"x")
    take(place, code=1)
    run("round", "decide", place.root, "exempt", TOWN, "--why", "</script><script>alert(1)</script>")
    run("round", "status", place.root)
    return place.page


@pytest.mark.parametrize("width", [1280, 400])
def test_the_page_keeps_nobody_out_asks_for_nothing_and_runs_nothing_of_what_units_wrote(
    page: Path, width: int
) -> None:
    found = browse(page, width)
    assert found.violations == []
    assert found.overflow == 0
    assert (found.asked, found.troubles) == (1, [])


def test_search_branch_state_and_order_work_by_keyboard(page: Path) -> None:
    to_late = [TAB] * 8  # past search, branch, five states
    steps = [
        *(UNITS, TAB, {"type": "第一"}, UNITS, SHOWN, {"press": "Backspace", "times": 2}),
        *(TAB, DOWN, UNITS, {"press": "ArrowUp"}),  # the branch of the first unit
        *(TAB, TAB, TAB, TAB, SPACE, UNITS, SPACE),  # without those that are accepted
    ]
    found = browse(page, 1280, steps)
    assert found.seen[0] == [WATER, SCHOOL, CIVIL, TOWN]
    assert found.seen[1:3] == [[SCHOOL], ["显示 1 家，共 4 家"]]
    assert found.seen[3] == [WATER, SCHOOL]
    assert found.seen[4] == [SCHOOL, CIVIL, TOWN]
    first_heading = [*to_late, TAB, TAB]  # only late ones, the scrolling list, 单位
    sorted_ = browse(page, 1280, [*first_heading, ENTER, UNITS, ENTER, UNITS, ENTER, UNITS])
    assert sorted_.seen[0] == sorted_.seen[1][::-1] != sorted_.seen[2]
    assert sorted_.seen[2] == [WATER, SCHOOL, CIVIL, TOWN]


def test_the_history_of_a_unit_opens_and_closes(page: Path) -> None:
    history = {"read": "#list .more li"}
    to_history = [{"press": "Tab", "times": 8 + 1 + 7 + 1}, history, ENTER, history, ENTER, history]
    closed, opened, again = browse(page, 1280, to_history).seen
    assert closed == again == []
    assert len(opened) == 1 and "<img src=x onerror=alert(1)>.xlsx：通过，以此为准" in opened[0]
