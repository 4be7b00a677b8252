"""xlreport convert --return: what goes back to units, and what is cleared away."""

from __future__ import annotations

import datetime
import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from command_line import (
    RETURNS,
    SOUND,
    STRANGER,
    TEXT_IN_NUMBERS,
    WRONG_TOTALS,
    fingerprints,
    json_lines,
    refused,
    run,
)
from lists import save_list
from returns import save, sound
from xlreport.batch.return_folder import RECORD
from xlreport.feedback.letter import letter

COPY, TEXT = "年报_核对意见.xlsx", "年报_核对意见.txt"


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A folder with a single faulty return."""
    (tmp_path / "in").mkdir()
    shutil.copy(WRONG_TOTALS, tmp_path / "in" / "年报.xlsx")
    return tmp_path / "in"


def convert(place: Path, *more: object, code: int = 1) -> str:
    """Run it with --return; what it said."""
    back = place.parent / "退回"
    result = run(
        "convert", place, "-o", place.parent / "out", "--to", "md", "--return", back, "--jobs", 1, *more
    )
    assert result.exit_code == code, result.output
    return result.output


def given(place: Path) -> dict[str, str]:
    """What lies in the folder, the notes aside."""
    return {name: d for name, d in fingerprints(place.parent / "退回").items() if name != RECORD}


def text(place: Path, name: str = TEXT) -> str:
    """A text for a mail."""
    return (place.parent / "退回" / name).read_text(encoding="utf-8-sig")


# What is written -----------------------------------------------------------------------------------


def test_only_faulty_returns_are_given_back_each_with_a_text(tmp_path: Path) -> None:
    place = shutil.copytree(RETURNS, tmp_path / "回收")
    before = fingerprints(place)
    assert "要退回的 4 份" in convert(place)
    stems = ("县政府2023年报", "部门/住建局信息公开年报（已核对）", "部门/水务局-年报-改2")
    assert set(given(place)) == {
        *(f"{stem}_核对意见{suffix}" for stem in stems for suffix in (".xlsx", ".txt")),
        "部门/文旅局公开情况统计（自制）_核对意见.txt",
    }
    assert fingerprints(place) == before
    copy = load_workbook(tmp_path / "退回" / "部门" / "水务局-年报-改2_核对意见.xlsx")
    assert copy.sheetnames[0] == "核对意见"


def test_nothing_is_written_for_accepted_ones(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(SOUND, tmp_path / "in")
    assert "要退回的 0 份" in convert(tmp_path / "in", code=0)
    assert given(tmp_path / "in") == {}


def test_the_text_says_whose_how_many_what_and_what_to_do(one: Path) -> None:
    convert(one)
    said = text(one)
    assert said.startswith("岚溪县住房和城乡建设局：\n")
    assert "2023年度政府信息公开工作年度报告（文件“年报.xlsx”）" in said
    assert "有 2 处错误" in said
    assert "自然人列：一、本年新收60＋" in said and "（E32）" in said
    assert f"附件“{COPY}”" in said
    assert "日前报回" not in said
    assert (one.parent / "退回" / TEXT).read_bytes().count(b"\r\n") == said.count("\n")


def test_the_day_by_which_it_is_wanted_comes_from_the_list(one: Path) -> None:
    rows = [
        ("岚溪县住房和城乡建设局", datetime.date(2024, 1, 20)),
        ("岚溪县水务局", datetime.date(2024, 3, 3)),
    ]
    convert(one, "--roster", save_list(one.parent / "名单.xlsx", rows, ("单位", "期限")))
    assert "请在2024年1月20日前报回。" in text(one)


def test_what_cannot_be_read_gets_a_text_alone(one: Path) -> None:
    shutil.copy(STRANGER, one / "年报.xlsx")
    convert(one)
    assert list(given(one)) == [TEXT]
    assert "无法作为报表读取" in text(one) and "没有本工具的标识" in text(one)
    assert "下发的工作簿" in text(one)


def test_notes_and_what_came_along_with_a_return_are_sent_back_to_nobody(one: Path) -> None:
    for name in ("催报记录.txt", "说明.MD", "通知.url"):
        (one / name).write_text("周五前报。", encoding="utf-8")
    with zipfile.ZipFile(one / "发改局.zip", "w") as archive:
        archive.write(SOUND, "年报2.xlsx")
        archive.writestr("盖章件.pdf", b"%PDF-1.4")
    with zipfile.ZipFile(one / "林业局.zip", "w") as archive:
        archive.writestr("盖章件.pdf", b"%PDF-1.4")
    assert "要退回的 2 份" in convert(one)
    assert set(given(one)) == {COPY, TEXT, "林业局.zip/盖章件_核对意见.txt"}
    told = {line["file"]: line["status"] for line in json_lines(one.parent / "out" / "findings.jsonl")}
    assert told["催报记录.txt"] == told["发改局.zip/盖章件.pdf"] == "unreadable"


def test_a_note_in_place_of_a_return_is_answered_where_the_list_knows_whose_it_is(one: Path) -> None:
    (one / "水务局年报.txt").write_text("收 3 件", encoding="utf-8")
    (one / "青禾镇.exe").write_bytes(b"MZ")
    (one / "自然资源和规划局说明.txt").write_text("见年报", encoding="utf-8")
    (one / "空.txt").write_bytes(b"")
    shutil.copy(SOUND, one / "规划.xlsx")
    names = ("岚溪县水务局", "岚溪县青禾镇人民政府", "岚溪县自然资源和规划局", "岚溪县住房和城乡建设局")
    rows = [(name, datetime.date(2024, 1, 20)) for name in names]
    convert(one, "--roster", save_list(one.parent / "名单.xlsx", rows, ("单位", "期限")))
    assert set(given(one)) == {COPY, TEXT, "水务局年报_核对意见.txt", "青禾镇_核对意见.txt"}
    told = text(one, "水务局年报_核对意见.txt")
    assert told.startswith("岚溪县水务局：") and "下发的工作簿" in told and "2024年1月20日前" in told


def test_an_archive_that_cannot_be_opened_is_answered_where_the_list_knows_whose_it_is(one: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(SOUND, "年报.xlsx")
    (one / "卫健局年报.zip").write_bytes(packed.getvalue()[:20_000])
    (one / "水务局.zip").write_bytes(b"PK\3\4")
    (one / "谁的.zip").write_bytes(packed.getvalue()[:20_000])
    rows = [(name, datetime.date(2024, 1, 20)) for name in ("岚溪县卫生健康局", "岚溪县水务局")]
    words = ("--roster", save_list(one.parent / "名单.xlsx", rows, ("单位", "期限")))
    assert "要退回的 3 份" in convert(one, *words)
    letters = {"卫健局年报_核对意见.txt", "水务局_核对意见.txt"}
    assert set(given(one)) == {COPY, TEXT, *letters}
    told = text(one, "卫健局年报_核对意见.txt")
    assert told.startswith("岚溪县卫生健康局：") and "压缩包已损坏" in told and "2024年1月20日前" in told
    before = given(one)
    convert(one, *words)
    assert given(one) == before
    with zipfile.ZipFile(one / "水务局.zip", "w") as archive:  # comes again, whole
        archive.write(SOUND, "年报.xlsx")
    save(one, sound({"organ": "岚溪县卫生健康局"}), "卫健局.xlsx")
    convert(one, *words)
    assert not letters & set(given(one))


def record(errors: int, **more: Any) -> dict[str, Any]:
    """The verdict on a return with that many errors."""
    error = {"severity": "error", "message": "填了“/”，不是数字", "sheet": "表", "cell": "C7", "fix": "填 0"}
    known = {"file": "部门/a.xlsx", "form": "f", "unit": "甲局", "year": 2023}
    return {**known, "findings": [error] * errors + [{**error, "severity": "note"}], **more}


def test_a_few_errors_are_told_and_all_where_no_copy_goes_along() -> None:
    with_copy, without = letter(record(7), "报表", "a.xlsx", None), letter(record(7), "报表", "", None)
    assert (with_copy.count("改法"), without.count("改法")) == (5, 7)
    assert "还有 2 处，见附件。" in with_copy and "还有" not in without
    assert "原来的工作簿" in without and "附件“" not in without
    assert "（表 C7）" in with_copy


def test_an_unknown_year_or_a_name_of_several_lines_breaks_no_text() -> None:
    said = letter(record(1, year=None, unit="甲\n局\x1b[31m"), "报表", "", None)
    assert said.splitlines()[0].endswith("：") and "\x1b" not in said
    assert "None" not in said


def test_numbers_of_persons_are_masked() -> None:
    assert "13912345678" not in letter(record(1, unit="王五 13912345678"), "报表", "", None)


# Running again -------------------------------------------------------------------------------------


def test_a_second_run_leaves_what_is_there(one: Path) -> None:
    convert(one)
    first = {p.name: p.stat().st_mtime_ns for p in (one.parent / "退回").iterdir() if p.name != RECORD}
    convert(one)
    assert first == {
        p.name: p.stat().st_mtime_ns for p in (one.parent / "退回").iterdir() if p.name != RECORD
    }


def test_what_disappeared_is_written_again(one: Path) -> None:
    convert(one)
    before = given(one)
    (one.parent / "退回" / COPY).unlink()
    convert(one)
    assert given(one) == before


def test_a_unit_that_is_fine_by_now_has_nothing_lying_about(one: Path) -> None:
    shutil.copy(TEXT_IN_NUMBERS, one / "另一份.xlsx")
    convert(one)
    shutil.copy(SOUND, one / "年报.xlsx")
    convert(one)
    assert set(given(one)) == {"另一份_核对意见.xlsx", "另一份_核对意见.txt"}


def test_a_copy_that_somebody_changed_stays(one: Path) -> None:
    convert(one)
    (one.parent / "退回" / COPY).write_bytes(b"changed by hand")
    convert(one)
    assert (one.parent / "退回" / COPY).read_bytes() == b"changed by hand"
    assert "年报-2_核对意见.xlsx" in given(one)
    shutil.copy(SOUND, one / "年报.xlsx")
    convert(one, code=0)
    assert list(given(one)) == [COPY]


def test_a_file_of_somebody_else_s_is_never_written_over(one: Path) -> None:
    (one.parent / "退回").mkdir()
    (one.parent / "退回" / TEXT).write_text("别人的", encoding="utf-8")
    convert(one)
    assert (one.parent / "退回" / TEXT).read_text(encoding="utf-8") == "别人的"
    assert {"年报-2_核对意见.xlsx", "年报-2_核对意见.txt"} <= set(given(one))


def test_files_that_would_be_called_alike_keep_apart(one: Path) -> None:
    shutil.copy(TEXT_IN_NUMBERS, one / COPY)
    convert(one)
    names = set(given(one))
    assert len(names) == 4
    convert(one)
    assert set(given(one)) == names


def test_returns_of_another_run_are_left_alone(one: Path) -> None:
    convert(one)
    (one.parent / "b").mkdir()
    shutil.copy(TEXT_IN_NUMBERS, one.parent / "b" / "乙.xlsx")
    convert(one.parent / "b")
    assert len(given(one)) == 4


@pytest.mark.parametrize(
    "line",
    [
        b'{"name": "x.xlsx", "stem"',
        b"\xff\xfe",
        b"[]",
        b"7",
        '{"name": "年报.xlsx", "stem": "x", "made_of": "", "files": {"../in/x.txt": "0"}}'.encode(),
        b'{"name": 1, "stem": "x", "made_of": "", "files": {}}',
        b'{"name": "x", "stem": "x", "made_of": "", "files": 4}',
    ],
)
def test_notes_that_are_torn_or_strange_hurt_nothing(one: Path, line: bytes) -> None:
    convert(one)
    before = given(one)
    with (one.parent / "退回" / RECORD).open("ab") as notes:
        notes.write(line)
    convert(one)
    assert given(one) == before


# Refusals ------------------------------------------------------------------------------------------


def test_copies_do_not_go_among_the_returns(one: Path) -> None:
    said = refused("convert", one, "-o", one.parent / "out", "--return", one / "退回")
    assert "不能放在收表的文件夹里" in said
    assert not (one.parent / "out").exists()
    inside = run(
        "convert", one, "-o", one / "报告", "--to", "md", "--jobs", 1, "--return", one / "报告" / "退回"
    )
    assert inside.exit_code == 1  # what is made is left out the next time
    assert (one / "报告" / "退回" / COPY).is_file()
