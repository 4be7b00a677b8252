"""round status: the board as a workbook and a page, and when somebody is late."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html
from openpyxl import load_workbook

from command_line import run
from lists import HEADINGS
from rounds import CIVIL, TOWN, WATER, WRONG, Clock, begin, drop, filled, look, state_at, status, take, unit
from xlreport.round import board
from xlreport.round.place import RoundFolder


@pytest.fixture
def place(tmp_path: Path) -> RoundFolder:
    return begin(tmp_path / "收表")


def test_the_board_has_every_unit_file_and_decision(place: RoundFolder) -> None:
    drop(place, "水务.xlsx", filled())
    drop(place, "民政.xlsx", filled(CIVIL, WRONG))
    drop(place, "说明.txt", b"x")
    take(place, code=1)
    run("round", "decide", place.root, "exempt", TOWN, "--why", "=HYPERLINK(1)")
    result = run("round", "status", place.root)
    assert result.exit_code == 0
    assert "应报 2，已下发 0，未报 0，待处理 0，退回 1，通过 1，免报 1" in result.stdout
    book = load_workbook(place.board)
    sheets = ["汇总", "单位", "未报", "待处理", "退回", "通过", "免报", "文件", "未归属", "改动", "决定"]
    assert book.sheetnames == sheets
    assert [cell.value for cell in book["汇总"][2]][:7] == ["全部", 2, 0, 0, 1, 1, 1]
    assert [row[0].value for row in book["退回"].iter_rows(min_row=2)] == [CIVIL]
    assert [row[1].value for row in book["文件"].iter_rows(min_row=2)] == ["水务.xlsx", "民政.xlsx"]
    assert book["决定"]["F2"].value == "=HYPERLINK(1)"
    assert book["决定"]["F2"].data_type == "s"
    page = place.page.read_text(encoding="utf-8")
    for words in (WATER, "民政.xlsx", "说明.txt", "=HYPERLINK(1)"):
        assert words in unescape(page)


def test_the_page_needs_nothing_and_shows_no_telephone_numbers_nor_markup_of_others(tmp_path: Path) -> None:
    rows = [("甲局<b>", "33120045", "", "", "", "a@b.example", None, "张三", "13912345678")]
    place = begin(tmp_path / "收表", rows, [*HEADINGS, "联系人", "电话"])
    drop(place, "<script>13912345678.txt", b"x")
    drop(place, "甲局20240115.txt", b"y")
    take(place)
    run("round", "decide", place.root, "exempt", "甲局<b>", "--why", "来电 0590-7336015、7336016 说明")
    run("round", "status", place.root)
    page = place.page.read_text(encoding="utf-8")
    assert "甲局&lt;b&gt;" in page and "33120045" in page and "甲局20240115.txt" in page
    assert "<script>13912345678" not in page and page.count("<script") == 1
    assert "7336015" not in page and "7336016" not in page and "来电 ****、**** 说明" in page
    assert "13912345678" not in page and "张三" not in page and "a@b.example" not in page
    assert re.findall(r"(?:src|href)=|https?://|url\(|fetch|@import", page) == []
    assert load_workbook(place.board)["单位"]["J2"].value == "13912345678"


def test_a_board_that_is_open_gets_a_numbered_copy(
    place: RoundFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = board.write_whole

    def locked(path: Path, data: bytes) -> None:
        if path.name == "台账.xlsx":
            raise PermissionError(13, "open in Excel")
        write(path, data)

    monkeypatch.setattr(board, "write_whole", locked)
    result = run("round", "status", place.root)
    assert result.exit_code == 0
    assert (place.root / "台账-2.xlsx").exists()
    assert "台账-2.xlsx" in result.stderr


def test_json_tells_what_the_design_says(place: RoundFolder) -> None:
    data = status(place)
    assert set(data) == {"office", "form", "year", "at", "totals", "units", "unassigned"}
    assert set(data["totals"]) == {
        *("expected", "issued", "not_sent", "waiting", "returned", "accepted", "exempt", "late")
    }
    assert set(unit(data, WATER)) == {"unit", "code", "parent", "state", "due", "late", "next", "files"}


def test_a_unit_is_late_past_its_day_or_if_its_first_accepted_return_was(place: RoundFolder) -> None:
    clock = Clock()
    assert state_at(place, clock)["totals"]["late"] == 0
    clock.set(2024, 1, 31, 23, 0)
    assert state_at(place, clock)["totals"]["late"] == 0
    clock.set(2024, 2, 1, 0, 1)
    assert state_at(place, clock)["totals"]["late"] == 3
    drop(place, "a.xlsx", filled())
    take(place)
    clock.set(2030, 1, 1)
    assert unit(state_at(place, clock), WATER)["late"]


def test_the_same_round_gives_the_same_board(place: RoundFolder) -> None:
    run("round", "status", place.root)
    before = place.board.read_bytes()
    run("round", "status", place.root)
    assert place.board.read_bytes() == before


def test_a_board_is_written_again_when_anything_of_it_has_changed(
    place: RoundFolder,
) -> None:
    clock = Clock()
    paths = [place.board, place.page]

    def written() -> list[str]:
        before = {path: path.stat().st_ino for path in paths if path.exists()}
        assert board.write_board(look(place, clock)) == paths
        return [path.name for path in paths if path.stat().st_ino != before.get(path)]

    both = ["台账.xlsx", "台账.html"]
    assert written() == both and written() == []
    clock.set(2024, 2, 1)
    assert written() == both  # who is late
    place.page.write_text("改过")
    assert written() == both and written() == []
    place.board.unlink()
    assert written() == both
    drop(place, "说明.txt", b"x")
    take(place)
    assert written() == both and written() == []
    (place.outbox / f"催报_{WATER}.eml").touch()
    assert written() == both
    assert board.write_board(look(place, clock), people=True) and written() == both


def test_the_page_shows_the_tree_its_progress_and_what_happened_to_each_unit(tmp_path: Path) -> None:
    school, primary = "岚溪县第一中学", "岚溪县实验小学"
    rows = [(school, "33120041", WATER), (WATER, "LX-B-001", ""), (primary, "33120042", school)]
    rows.append((CIVIL, "", ""))
    place = begin(tmp_path / "收表", rows, ["单位", "机关代码", "上级"])
    drop(place, "水务.xlsx", filled())
    drop(place, "一中.xlsx", filled(school, WRONG | {"unit_code": "33120041"}))
    take(place, code=1)
    run("round", "decide", place.root, "exempt", CIVIL, "--why", "来电 7336016 已撤并")
    undone = look(place).log.events[-1].id
    run("round", "decide", place.root, "undo", undone, "--why", "没有撤并")
    run("round", "status", place.root)
    tree = html.fromstring(place.page.read_bytes())
    units = tree.xpath("//table[@id='list']/tbody")
    assert [unit.xpath("string(tr[1]/th)") for unit in units] == [WATER, school, primary, CIVIL]
    assert [unit.get("data-above") for unit in units] == ["", "0", "0 1", ""]
    assert [bar.get("aria-label") for bar in tree.xpath("//div[@class='bar']")] == [
        "全部：通过 1，退回 1，未报 2",
        f"{WATER}：通过 1，退回 1，未报 1",
    ]
    assert [option.text for option in tree.xpath("//select/option")] == ["全部", WATER, school]
    history = ["".join(line.itertext()).split(" ", 2)[-1].strip() for line in units[3].xpath(".//li")]
    assert history == ["办公室决定：免报。原因：来电 **** 已撤并", "办公室撤销决定：免报。原因：没有撤并"]
    assert "收到 一中.xlsx：有错误（1 处），以此为准" in "".join(units[1].itertext())


def test_names_and_telephones_are_on_the_page_only_if_asked_for(tmp_path: Path) -> None:
    rows = [("甲局", "33120045", "张三", "0590-7336015")]
    place = begin(tmp_path / "收表", rows, ["单位", "机关代码", "联系人", "电话"])
    run("round", "status", place.root)
    assert "张三" not in place.page.read_text(encoding="utf-8")
    run("round", "status", place.root, "--contacts")
    assert all(text in place.page.read_text(encoding="utf-8") for text in ("张三", "0590-7336015"))


def test_a_unit_s_line_opens_its_return_its_draft_and_its_report(place: RoundFolder) -> None:
    drop(place, "水务 #1 50%.xlsx", filled())
    drop(place, "民政.xlsx", filled(CIVIL, WRONG))
    take(place, code=1)
    run("round", "reply", place.root)
    run("round", "status", place.root)
    cells = [cell for row in load_workbook(place.board)["单位"] for cell in row if cell.hyperlink]
    found = [place.root / unquote(cell.hyperlink.target).replace("\\", "/") for cell in cells]
    assert [path for path in found if not path.is_file()] == []
    assert sorted(path.parent.name for path in found) == ["原件", "原件", "待发", "报告"]
    assert any(CIVIL in cell.hyperlink.target for cell in cells)  # as a person reads it


def test_versions_of_a_return_are_compared_cell_by_cell(place: RoundFolder) -> None:
    drop(place, "一稿.xlsx", filled(changes=WRONG))
    take(place, code=1)
    drop(place, "二稿.xlsx", filled(changes={"phone": "0590-7336015", "signed_on": "2024-01-25"}))
    take(place)
    drop(place, "三稿.xlsx", filled(changes={"phone": "0590-7336016", "signed_on": "2024-01-25"}))
    take(place)
    run("round", "status", place.root)
    rows = list(load_workbook(place.board)["改动"].iter_rows(min_row=2, values_only=True))
    assert [row[:3] for row in rows] == [(WATER, "一稿.xlsx", "二稿.xlsx")] * 3 + [
        (WATER, "二稿.xlsx", "三稿.xlsx")
    ]
    changed = {row[4]: row[5:] for row in rows[:3]}
    assert ("7", "1") in changed.values()
    assert rows[3][5:] == ("0590-7336015", "0590-7336016")
    events = len(look(place).log.events)
    take(place)
    assert len(look(place).log.events) == events
    assert "7336016" not in place.page.read_text(encoding="utf-8")
