"""round new and check: the folder, the guided list, the settings, the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import fingerprints, refused, run
from lists import read_list, save_list
from rounds import CIVIL, OFFICE, TOWN, WATER, begin, status
from xlreport.round.key import make_key, read_key
from xlreport.round.place import RoundFolder

NEW = ("--year", 2023, "--office", OFFICE)


def test_a_new_round_has_all_it_needs(tmp_path: Path) -> None:
    result = run("round", "new", tmp_path / "收表", *NEW)
    assert result.exit_code == 0, result.stderr
    names = {path.name for path in (tmp_path / "收表").iterdir()}
    files = {"round.toml", "名单.xlsx", "事件.jsonl", ".key"}
    assert names == files | {"下发", "收件", "原件", "待发", "报告", "信件"}


def test_the_list_of_a_new_round_says_what_belongs_in_it_and_is_a_list(tmp_path: Path) -> None:
    place = begin(tmp_path / "收表")
    found = read_list(place.list)
    assert found.mistakes == ()
    assert [line.name for line in found.roster] == [WATER, CIVIL, TOWN]
    assert found.roster.lines[2].type == "township"
    assert run("round", "check", place.root).exit_code == 0


def test_the_key_is_its_owner_s_alone(tmp_path: Path) -> None:
    place = begin(tmp_path / "收表")
    assert place.key.stat().st_mode & 0o777 == 0o600
    key = read_key(place.key)
    assert key is not None
    assert key.secret.hex() not in repr(key)
    make_key(tmp_path / "一")
    make_key(tmp_path / "二")
    assert (tmp_path / "一").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "一").read_text(encoding="ascii") != (tmp_path / "二").read_text(encoding="ascii")
    place.key.chmod(0o644)
    result = run("round", "check", place.root)
    assert result.exit_code == 1
    assert "别人也能读" in result.stdout


def test_a_round_begins_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "收表").mkdir()
    (tmp_path / "收表" / "年报.xlsx").write_bytes(b"x")
    before = fingerprints(tmp_path)
    assert "已有文件" in refused("round", "new", tmp_path / "收表", *NEW)
    assert fingerprints(tmp_path) == before


def test_a_new_round_takes_the_units_of_the_one_before_and_knows_it(tmp_path: Path) -> None:
    begin(tmp_path / "2022")
    result = run("round", "new", tmp_path / "2023", *NEW, "--from", tmp_path / "2022")
    assert result.exit_code == 0, result.stderr
    place = RoundFolder(tmp_path / "2023")
    assert 'prior = "../2022"' in place.settings.read_text(encoding="utf-8")
    assert [entry["unit"] for entry in status(place)["units"]] == [WATER, CIVIL, TOWN]


@pytest.mark.parametrize("office", ['甲"局', "甲\\局", "[局]", "甲局 # 乙", "'''"])
def test_an_office_s_name_is_only_a_name(tmp_path: Path, office: str) -> None:
    assert run("round", "new", tmp_path / "r", "--year", 2023, "--office", office).exit_code == 0
    save_list(tmp_path / "r" / "名单.xlsx", [("甲局",)], ["单位"])
    assert status(RoundFolder(tmp_path / "r"))["office"] == office


def test_a_folder_that_is_no_round_is_refused_with_what_to_do(tmp_path: Path) -> None:
    for command in ("check", "status", "rebuild"):
        assert "round new" in refused("round", command, tmp_path)


def test_all_mistakes_of_settings_and_list_are_told_at_once(tmp_path: Path) -> None:
    place = begin(tmp_path / "收表")
    save_list(place.list, [("甲局", "丙局"), ("甲局", "")], ["单位", "上级"])
    text = place.settings.read_text(encoding="utf-8")
    place.settings.write_text(text.replace("due = 2024-01-31", 'prior = "没有"'), encoding="utf-8")
    result = run("round", "check", place.root)
    assert result.exit_code == 1
    for words in ("第 2 行：上级“丙局”不在名单里", "第 3 行：单位名称“甲局”与第 2 行重复", "prior 指的 没有"):
        assert words in result.stdout
    assert "第 3 行" in refused("round", "status", place.root)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("year = 2023", "year = '2023'", "year 应为整数"),
        ("year = 2023", "", "缺少 year"),
        ("year = 2023", "jahr = 2023", "没有 jahr"),
        ("due = 2024-01-31", "due = '1月底'", "due 应为日期"),
        ('form = "ogi_annual_2021"', 'form = "没有"', "没有"),
        ("port = 465", "prot = 465", "是否为 port"),
        ('security = "tls"', 'security = "ssl3"', "security 应为"),
        ("office", "office office", "TOML"),
        ('folder = "INBOX"', "folder = []", "folder 应为文件夹的名称"),
        ('folder = "INBOX"', 'folder = ["INBOX", 3]', "folder 应为文件夹的名称"),
        ("per_minute = 20", "per_minute = 0", "per_minute 应为 1 以上"),
        ("per_minute = 20", 'per_minute = "20"', "per_minute 应为整数"),
    ],
)
def test_wrong_settings_are_explained(tmp_path: Path, old: str, new: str, words: str) -> None:
    place = begin(tmp_path / "收表")
    text = place.settings.read_text(encoding="utf-8")
    place.settings.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = run("round", "check", place.root)
    assert result.exit_code == 1
    assert words in result.stdout
    assert words in refused("round", "status", place.root)
