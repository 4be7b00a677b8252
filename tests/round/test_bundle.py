"""round bundle: what an office hands up, and what the level above says of a bundle with faults."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from command_line import refused, run
from levels import (
    BRIDGE,
    CITY,
    CLOUD,
    COUNTY,
    FEES,
    GREEN,
    LIST,
    OTHER,
    county,
    decided,
    handed_up,
    leaf,
    members,
    office,
    packed,
    packed_in_order,
    relisted,
    taken,
)
from returns import FORM, sound
from rounds import ADDRESS, CIVIL, OFFICE, TOWN, WATER, WRONG, begin, drop, filled, look, status, take, unit
from xlreport.round.deliver import said
from xlreport.round.disagree import faults_of
from xlreport.round.looked import Inside, look_inside
from xlreport.round.opened import Round
from xlreport.round.place import RoundFolder
from xlreport.round.sources import Source
from xlreport.round.unpack import Piece, unpack
from xlreport.workbook.write import write_workbook

NAME = f"上报包_{OFFICE}_2023_001.zip"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> RoundFolder:
    """A round of which one return was accepted, one came back and one unit is excused."""
    made = begin(tmp_path_factory.mktemp("bundle") / "县")
    drop(made, "a.xlsx", filled())
    drop(made, "b.xlsx", filled(CIVIL, WRONG))
    taken(made)
    why = "机构改革，电话 0571-87654321，zhang@lanxi.example，13812345678"
    decided(made, "exempt", TOWN, why=why)
    return made


@pytest.fixture(scope="module")
def found(place: RoundFolder) -> dict[str, bytes]:
    """Its first bundle."""
    result = run("round", "bundle", place.root, "-o", place.root.parent)
    assert result.exit_code == 0, result.output
    assert "还有 1 个单位没有通过" in result.stderr
    assert result.stdout.strip().endswith(NAME)
    return members(place.root.parent / NAME)


def test_a_bundle_has_what_was_accepted_and_says_of_all_others_why_not(found: Mapping[str, bytes]) -> None:
    listed = json.loads(found[LIST])
    assert (listed["office"], listed["year"], listed["number"], listed["closed"]) == (OFFICE, 2023, 1, False)
    by_unit = {entry["unit"]: entry for entry in listed["units"]}
    assert found[by_unit[WATER]["file"]] == filled()
    assert [by_unit[name]["state"] for name in (WATER, CIVIL, TOWN)] == ["accepted", "returned", "exempt"]
    assert by_unit[CIVIL]["file"] == ""
    assert {*listed["files"], LIST} == set(found)
    words = found["说明.txt"].decode("utf-8-sig")
    assert f"{TOWN}（免报）：机构改革" in words and f"{CIVIL}（退回）" in words


def test_a_bundle_carries_no_key_no_address_and_no_telephone(
    place: RoundFolder, found: Mapping[str, bytes]
) -> None:
    texts = b"".join(found[name] for name in (LIST, "说明.txt", "事件.jsonl"))
    for address in (*ADDRESS.values(), "zhang@lanxi.example", "87654321", "13812345678"):
        assert address.encode() not in texts
    assert place.key.read_bytes().strip() not in b"".join(found.values())
    kinds = {json.loads(line)["kind"] for line in found["事件.jsonl"].splitlines()}
    assert kinds == {"started", "arrived", "exempt"}


def test_numbers_only_grow(tmp_path: Path, found: Mapping[str, bytes], place: RoundFolder) -> None:
    result = run("round", "bundle", place.root, "-o", tmp_path / "b.zip")
    assert result.exit_code == 0
    again = members(tmp_path / "b.zip")
    assert json.loads(again[LIST])["number"] == json.loads(found[LIST])["number"] + 1
    assert again["汇总.xlsx"] == found["汇总.xlsx"]
    assert ".zip" in refused("round", "bundle", place.root, "-o", tmp_path / "a.xlsx")


def test_where_nothing_was_accepted_there_is_nothing_to_hand_up(tmp_path: Path) -> None:
    empty = begin(tmp_path / "县")
    assert "没有可以上报的" in refused("round", "bundle", empty.root, "-o", tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


@pytest.fixture(scope="module")
def sound_one(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """A county's bundle in which all is well."""
    folder = tmp_path_factory.mktemp("sound")
    return members(handed_up(county(folder / "岚溪县"), folder / "岚溪.zip"))


Contents = dict[str, bytes]


def _leaf_changed(contents: Contents) -> bytes:
    contents[leaf(contents, GREEN)] = filled(GREEN, FEES)
    return packed(contents)


def _leaf_changed_and_listed(contents: Contents) -> bytes:
    contents[leaf(contents, GREEN)] = filled(GREEN, FEES)
    return relisted(contents)


def _leaf_with_errors(contents: Contents) -> bytes:
    contents[leaf(contents, GREEN)] = filled(GREEN, WRONG)
    return relisted(contents)


def _leaf_of_another(contents: Contents) -> bytes:
    contents[leaf(contents, GREEN)] = filled(BRIDGE)
    return relisted(contents)


def _leaf_gone(contents: Contents) -> bytes:
    del contents[leaf(contents, GREEN)]
    return packed(contents)


def _something_added(contents: Contents) -> bytes:
    return packed({**contents, "报表/多出的.xlsx": filled(TOWN)})


def _events_changed(contents: Contents) -> bytes:
    return packed({**contents, "事件.jsonl": b""})


def _sum_changed(contents: Contents) -> bytes:
    contents["汇总.xlsx"] = write_workbook(FORM, sound({"organ": COUNTY}))
    return relisted(contents)


def _sum_gone(contents: Contents) -> bytes:
    del contents["汇总.xlsx"]
    return packed(contents)


def _not_done(contents: Contents) -> bytes:
    def change(manifest: dict[str, Any]) -> None:
        manifest["units"][1] |= {"state": "not_sent", "file": ""}

    return relisted(contents, change)


def _a_unit_promised(contents: Contents) -> bytes:
    def change(manifest: dict[str, Any]) -> None:
        manifest["units"][1]["file"] = ""

    return relisted(contents, change)


def _a_unit_twice(contents: Contents) -> bytes:
    def change(manifest: dict[str, Any]) -> None:
        manifest["units"].append(dict(manifest["units"][0]))

    return relisted(contents, change)


def _one_return_of_two(contents: Contents) -> bytes:
    contents[leaf(contents, CLOUD)] = contents[leaf(contents, GREEN)]
    return relisted(contents)


def _two_of_one_name(contents: Contents) -> bytes:
    """The first is another, the last the one of the list: programs differ in which they read."""
    name = leaf(contents, GREEN)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return packed_in_order([(name, filled(GREEN, FEES)), *contents.items()])


FAULTS: Mapping[str, tuple[Callable[[Contents], bytes], str]] = {
    "a leaf changed": (_leaf_changed, f"{GREEN}的报表用不了：与上报清单不符"),
    "a leaf changed, the list too": (_leaf_changed_and_listed, "的汇总与各单位之和不符"),
    "a leaf with errors": (_leaf_with_errors, f"{GREEN}的报表核对出 "),
    "a leaf of another unit": (_leaf_of_another, f"清单里{GREEN}的报表，封面写的是“{BRIDGE}”"),
    "a leaf missing": (_leaf_gone, f"缺少{GREEN}的报表"),
    "a file added": (_something_added, "多出文件 报表/多出的.xlsx"),
    "two files of one name": (_two_of_one_name, "分不清用哪一份"),
    "events changed": (_events_changed, "文件 事件.jsonl 与上报清单不符"),
    "a sum changed": (_sum_changed, f"{COUNTY}的汇总与各单位之和不符"),
    "no sum": (_sum_gone, f"缺少{COUNTY}的汇总"),
    "a unit not done": (_not_done, f"还有 1 个单位没有通过：{CLOUD}（未报）"),
    "a unit twice": (_a_unit_twice, f"清单里有 2 行{GREEN}"),
    "one return of two": (_one_return_of_two, f"{GREEN}、{CLOUD}的报表是同一份"),
    "a return promised": (_a_unit_promised, f"清单写{CLOUD}已经通过，却没有它的报表"),
}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """The level above, to which nothing has come yet."""
    return look(office(tmp_path_factory.mktemp("city") / "市", CITY, [COUNTY]))


@cache
def _looked(piece: Piece, originals: Path) -> Inside:
    return look_inside(piece, originals / piece.file, None)


def faults(city: Round, data: bytes) -> list[str]:
    """What the level above says of a bundle."""
    path = drop(city.place, "岚溪.zip", data)
    whole, *inside = unpack(Source(path, path.name, path.name), city.place.originals)
    insides = {
        piece.member: _looked(replace(piece, key="", name="", member=""), city.place.originals)
        for piece in inside
    }
    assert whole.bundle is not None
    return [words for words, _ in faults_of(whole.bundle, insides, city.roster, city.roster.line(COUNTY))]


def test_nothing_is_said_of_a_sound_bundle(sound_one: Mapping[str, bytes], city: Round) -> None:
    assert faults(city, packed(sound_one)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_told(fault: str, sound_one: Mapping[str, bytes], city: Round) -> None:
    change, words = FAULTS[fault]
    told = faults(city, change(dict(sound_one)))
    others = [each for each in told if words not in each]
    assert len(others) < len(told)
    follow = (f"{COUNTY}的汇总与各单位之和不符", f"清单里{CLOUD}的报表，封面写的是“{GREEN}”")
    assert all(any(each_ in each for each_ in follow) for each in others), told


def test_all_faults_are_told_at_once(sound_one: Mapping[str, bytes], city: Round) -> None:
    contents = dict(sound_one)
    contents[leaf(contents, GREEN)] = filled(GREEN, WRONG)
    told = faults(city, _events_changed(contents))
    assert len(told) == 2 and GREEN in told[1]


def test_a_bundle_with_a_fault_goes_back(sound_one: Mapping[str, bytes], tmp_path: Path) -> None:
    above = office(tmp_path / "市", CITY, [COUNTY])
    drop(above, "岚溪.zip", _leaf_with_errors(dict(sound_one)))
    (said,) = taken(above)
    assert GREEN in said.why
    entry = unit(status(above), COUNTY)
    assert (entry["state"], entry["next"]) == ("returned", "单位：改正后重新打包上报")
    (file,) = [file for file in entry["files"] if file["name"] == "岚溪.zip"]
    assert file["status"] == "returned" and GREEN in file["why"]


def _another_version(manifest: dict[str, Any]) -> None:
    manifest["version"] = 2


def _no_units(manifest: dict[str, Any]) -> None:
    del manifest["units"]


def _another_year(manifest: dict[str, Any]) -> None:
    manifest["year"] = 2022


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_another_version, "上报清单是另一版本的（2），两级要用同一版本的程序。请双方装好同一版本的程序"),
        (_no_units, "上报清单不完整"),
        (_another_year, "上报包是 2022 年度的报表，本次收的是 2023 年度"),
    ],
)
def test_a_bundle_that_cannot_be_used_is_said_and_answered(
    change: Callable[[dict[str, Any]], None], words: str, sound_one: Mapping[str, bytes], tmp_path: Path
) -> None:
    above = office(tmp_path / "市", CITY, [COUNTY])
    drop(above, f"{COUNTY}.zip", relisted(sound_one, change))
    take(above, code=1)
    entry = unit(status(above), COUNTY)
    assert entry["state"] == "waiting"
    (file,) = entry["files"]
    assert file["fate"] == "unreadable" and words in file["why"]
    assert run("round", "reply", above.root).exit_code == 0
    letter = (above.web_mail / f"退回_{COUNTY}" / "正文.txt").read_text("utf-8-sig")
    assert words in letter and "把整个 .zip 发来" in letter and "下发的工作簿" not in letter
    assert entry["next"] == "单位：报来的上报包不能用，请重新打包上报"


def test_a_list_that_is_cut_off_is_no_ordinary_archive(
    sound_one: Mapping[str, bytes], tmp_path: Path
) -> None:
    above = office(tmp_path / "市", CITY, [COUNTY, GREEN])
    drop(above, f"{COUNTY}.zip", packed({**sound_one, LIST: sound_one[LIST][:200]}))
    taken(above)
    assert unit(status(above), GREEN)["files"] == []
    assert "上报清单读不出来" in unit(status(above), COUNTY)["files"][0]["why"]


def test_a_bundle_without_its_list_is_no_archive_of_returns(
    sound_one: Mapping[str, bytes], tmp_path: Path
) -> None:
    above = office(tmp_path / "市", CITY, [COUNTY, GREEN])
    others = {f"再打包/{name}": data for name, data in sound_one.items() if name != LIST}
    drop(above, f"{COUNTY}.zip", packed(others))
    (said,) = taken(above)
    assert "缺少上报清单" in said.why and "原样转发" in said.why
    assert unit(status(above), GREEN)["files"] == []


def test_two_lists_are_none(sound_one: Mapping[str, bytes], tmp_path: Path) -> None:
    above = office(tmp_path / "市", CITY, [COUNTY, GREEN])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drop(above, f"{COUNTY}.zip", packed_in_order([*sound_one.items(), (LIST, b"{}")]))
    (said,) = taken(above)
    assert "几份不同的上报清单" in said.why and said.unit == COUNTY


def test_two_files_of_one_name_and_one_content_are_one(sound_one: Mapping[str, bytes], city: Round) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert faults(city, packed_in_order([*sound_one.items()] * 2)) == []


def test_an_owner_file_in_a_bundle_is_no_fault(sound_one: Mapping[str, bytes], city: Round) -> None:
    assert faults(city, packed({**sound_one, "报表/~$青禾镇.xlsx": b"x"})) == []


def test_who_unpacks_a_bundle_is_told_not_to(sound_one: Mapping[str, bytes], tmp_path: Path) -> None:
    above = office(tmp_path / "市", CITY, [COUNTY])
    drop(above, LIST, sound_one[LIST])
    (said,) = taken(above)
    assert "请把整个 .zip 放进收件" in said.why


def lay_out(folder: Path, contents: Mapping[str, bytes]) -> None:
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.mark.parametrize("where", ["", "上报包_岚溪县/", "邮件附件/上报包/"])
def test_a_bundle_that_was_unpacked_is_that_bundle(
    where: str, sound_one: Mapping[str, bytes], tmp_path: Path
) -> None:
    above = office(tmp_path / "市", CITY, [COUNTY, OTHER])
    lay_out(above.inbox / where, sound_one)
    drop(above, f"{where}石桥.xlsx", filled(OTHER))
    told = {each.name: each.status for each in taken(above)}
    assert told == {where.strip("/") or "收件": "accepted", "石桥.xlsx": "accepted"}
    assert [entry["state"] for entry in status(above)["units"]] == ["accepted", "accepted"]
    assert status(above)["unassigned"] == []
    drop(above, "岚溪.zip", packed(sound_one))
    assert taken(above) == []  # it is the same one


def test_an_unpacked_bundle_that_is_not_whole_goes_back_as_a_bundle(
    sound_one: Mapping[str, bytes], tmp_path: Path
) -> None:
    for left_out, words in (
        ("汇总.xlsx", f"缺少{COUNTY}的汇总"),
        (LIST, "缺少上报清单"),
        (leaf(sound_one, GREEN), f"缺少{GREEN}的报表"),
    ):
        above = office(tmp_path / f"市{left_out[:2]}", CITY, [COUNTY, GREEN])
        lay_out(above.inbox / f"上报包_{COUNTY}", {n: d for n, d in sound_one.items() if n != left_out})
        (said, *_) = taken(above)
        assert words in said.why and said.unit == COUNTY
        assert [e["state"] for e in status(above)["units"]] in (
            ["returned", "not_sent"],
            ["waiting", "not_sent"],
        )


def test_a_sum_beside_an_unpacked_bundle_of_another_program_is_an_ordinary_file(tmp_path: Path) -> None:
    above = office(tmp_path / "市", CITY, [COUNTY])
    lay_out(above.inbox / "县", {LIST: b'{"kind": "other"}', "汇总.xlsx": filled(COUNTY)})
    assert {each.name: each.status for each in taken(above)}["汇总.xlsx"] == "accepted"


def test_a_sum_reads_an_unpacked_bundle_like_a_packed_one(
    sound_one: Mapping[str, bytes], tmp_path: Path
) -> None:
    lay_out(tmp_path / "来件" / "岚溪县", sound_one)
    out = tmp_path / "汇总.xlsx"
    result = run("consolidate", tmp_path / "来件", "-o", out, "--unit", CITY, "--year", 2023, "--json")
    assert {child["unit"] for child in json.loads(result.stdout)["children"]} == {GREEN, CLOUD}


def test_a_bundle_of_an_office_that_is_not_listed_belongs_to_nobody(
    sound_one: Mapping[str, bytes], tmp_path: Path
) -> None:
    above = office(tmp_path / "市", CITY, [OTHER, GREEN])
    drop(above, "岚溪.zip", packed(sound_one))
    taken(above)
    data = status(above)
    (file,) = data["unassigned"]
    assert file["fate"] == "unknown_unit" and f"“{COUNTY}”不在名单里" in file["why"]
    assert unit(data, GREEN)["state"] == "accepted"
    assert unit(data, OTHER)["files"] == []


def test_returns_of_another_office_are_told(sound_one: Mapping[str, bytes], tmp_path: Path) -> None:
    above = office(tmp_path / "市", CITY, [COUNTY, OTHER, GREEN], {GREEN: OTHER})
    drop(above, "岚溪.zip", packed(sound_one))
    taken(above)
    assert f"名单里它不归{COUNTY}" in unit(status(above), COUNTY)["files"][0]["why"]
    assert unit(status(above), GREEN)["files"] == []


def test_a_unit_of_the_level_above_may_have_the_same_name(
    sound_one: Mapping[str, bytes], tmp_path: Path
) -> None:
    above = office(tmp_path / "市", CITY, [COUNTY, GREEN])
    drop(above, "岚溪.zip", packed(sound_one))
    taken(above)
    data = status(above)
    assert (unit(data, COUNTY)["state"], len(unit(data, COUNTY)["files"])) == ("accepted", 3)
    assert unit(data, GREEN)["state"] == "not_sent"


def test_returns_that_the_office_accepted_with_errors_are_told_and_hold_nothing_back(tmp_path: Path) -> None:
    place = county(tmp_path / "县", units=[GREEN])
    drop(place, "改.xlsx", filled(GREEN, WRONG))
    taken(place)
    decided(place, "accept", GREEN, why="差额已核实")
    above = office(tmp_path / "市", CITY, [COUNTY])
    taken(above, handed_up(place, tmp_path / "岚溪.zip"))
    entry = unit(status(above), COUNTY)
    assert entry["state"] == "accepted"
    assert f"{COUNTY}决定接受：差额已核实" in entry["files"][0]["why"]
    (file,) = entry["files"][1:]
    assert (file["status"], file["fate"], file["counts"]) == ("returned", "counts", True)


def test_an_office_of_its_own_name_is_an_archive_of_its_returns(
    found: Mapping[str, bytes], tmp_path: Path
) -> None:
    again = begin(tmp_path / "另一处")
    drop(again, "县.zip", packed(found))
    take(again)
    data = status(again)
    (file,) = unit(data, WATER)["files"]
    assert file["name"].startswith("县.zip/报表/") and file["counts"]
    assert unit(data, WATER)["state"] == "accepted"
    assert data["unassigned"] == []


def test_an_office_s_own_bundle_without_a_unit_of_the_list_is_told(
    found: Mapping[str, bytes], tmp_path: Path
) -> None:
    again = begin(tmp_path / "另一处", [("岚溪县体育局",)], ["单位"])
    drop(again, "县.zip", packed(found))
    taken(again)
    (entry,) = status(again)["unassigned"]
    assert (entry["name"], entry["fate"]) == ("县.zip", "not_ours")
    assert "没有名单里的单位" in entry["why"]


def test_what_stands_in_a_name_is_told_in_few_words(sound_one: Mapping[str, bytes], city: Round) -> None:
    told = faults(city, packed({**sound_one, f"{'长' * 9_000}.xlsx": b"x"}))
    assert len(told) == 1 and len(said([(words, "") for words in told])) < 600


def test_the_report_that_the_office_wrote_is_its_sum(sound_one: Mapping[str, bytes], tmp_path: Path) -> None:
    place = county(tmp_path / "县", units=[GREEN])
    own = {"organ": COUNTY, "unit_type": "government", "level": "county"}
    place.sum.write_bytes(filled(COUNTY, own))
    above = office(tmp_path / "市", CITY, [COUNTY])
    taken(above, handed_up(place, tmp_path / "岚溪.zip"))
    (file, _) = unit(status(above), COUNTY)["files"]
    assert (file["status"], file["why"]) == ("accepted", "")
    place.sum.write_bytes(filled(COUNTY, {**own, **FEES}))
    said = refused("round", "bundle", place.root, "-o", tmp_path / "2.zip")
    assert "与各单位之和不符" in said and "请重新汇总" in said
    place.sum.write_bytes(filled(GREEN))
    assert f"不是{COUNTY}" in refused("round", "bundle", place.root, "-o", tmp_path / "2.zip")


def test_the_own_organ_may_be_a_unit_of_the_office_s_name(tmp_path: Path) -> None:
    place = office(tmp_path / "县", COUNTY, [COUNTY, GREEN])
    for name in (COUNTY, GREEN):
        drop(place, f"{name}.xlsx", filled(name))
    taken(place)
    of_list = ("--unit", COUNTY, "--year", 2023, "--roster", place.list, "--json")
    result = run("consolidate", place.root, "-o", place.sum, *of_list)
    assert result.exit_code == 0, result.output
    children = {child["unit"]: child["why"] for child in json.loads(result.stdout)["children"]}
    assert children == {COUNTY: "", GREEN: ""}
    handed_up(place, tmp_path / "县.zip")


def test_a_round_that_is_closed_lies_ready_to_be_handed_up(tmp_path: Path) -> None:
    place = county(tmp_path / "县", units=[GREEN])
    settings = place.settings.read_text("utf-8")
    above = f'[above]\nname = "{CITY}"\nemail = "ogi@qichuan.example"'
    place.settings.write_text(settings.replace('[above]\nname = ""', above).replace('email = ""\n', "", 1))
    result = run("round", "close", place.root)
    assert result.exit_code == 0, result.output
    (bundle,) = place.handed_up.iterdir()
    assert bundle.name == f"上报包_{COUNTY}_2023_001.zip"
    assert json.loads(members(bundle)[LIST])["closed"] is True
    letter = message_from_bytes((place.outbox / f"上报_{CITY}.eml").read_bytes(), policy=SMTP)
    assert letter["To"] == "ogi@qichuan.example"
    (attached,) = letter.iter_attachments()
    assert attached.get_content_type() == "application/zip"
    assert attached.get_content() == bundle.read_bytes()
    assert "应报 1 个单位，通过 1 个" in (place.web_mail / f"上报_{CITY}" / "正文.txt").read_text("utf-8-sig")
    assert run("round", "check", place.root).exit_code == 0
