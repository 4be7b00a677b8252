"""Three levels hand up by mail alone: each judges all below it again, whatever became of the bundles."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import chain, permutations
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from command_line import run
from levels import (
    ADDRESSES,
    BRIDGE,
    CITY,
    CLOUD,
    COUNTY,
    FEES,
    GREEN,
    OTHER,
    PROVINCE,
    county,
    decided,
    handed_up,
    leaf,
    members,
    office,
    packed,
    relisted,
    taken,
)
from mails import mail
from rounds import Clock, drop, filled, look, status, take, unit
from xlreport.round.as_json import as_json
from xlreport.round.events import Event, Log
from xlreport.round.opened import Round
from xlreport.round.place import RoundFolder

FIRST, SECOND, TAMPERED, ANOTHER = "岚溪1.zip", "岚溪2.zip", "岚溪2改.zip", "云泽1.zip"


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A county's first and second bundle, the second tampered with, and that of another county.

    Between the two a township has sent another return.
    """
    folder = tmp_path_factory.mktemp("levels")
    place = county(folder / "岚溪县")
    first = handed_up(place, folder / FIRST)
    drop(place, "青禾镇（改）.xlsx", filled(GREEN, FEES))
    taken(place)
    second = handed_up(place, folder / SECOND)
    contents = members(second)
    contents[leaf(contents, CLOUD)] = filled(CLOUD, FEES)
    tampered = folder / TAMPERED
    tampered.write_bytes(packed(contents))
    another = handed_up(county(folder / "云泽县", OTHER, [BRIDGE]), folder / ANOTHER)
    return {path.name: path for path in (first, second, tampered, another)}


def above(folder: Path, *paths: Path) -> RoundFolder:
    """The city's round, to which these were sent one after the other."""
    place = office(folder, CITY, [COUNTY, OTHER])
    for path in paths:
        taken(place, path)
    return place


def listing_townships(folder: Path) -> RoundFolder:
    """The city's round with some of the townships in its list."""
    return office(folder, CITY, [COUNTY, OTHER, GREEN, CLOUD], {GREEN: COUNTY, CLOUD: COUNTY})


def stands(round_: Round) -> list[Any]:
    """Where a round stands, whatever the order in which its files came."""
    found = []
    for entry in as_json(round_)["units"]:
        told = ("name", "status", "counts", "fate", "why")
        files = sorted([file[name] for name in told] for file in entry["files"])
        found.append((entry["unit"], entry["state"], entry["next"], files))
    return found


def files_of(place: RoundFolder, name: str) -> dict[str, dict[str, Any]]:
    return {file["name"]: file for file in unit(status(place), name)["files"]}


def test_a_city_sees_every_township(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    place = above(tmp_path / "市", bundles[FIRST], bundles[ANOTHER])
    data = status(place)
    assert (data["totals"]["accepted"], data["totals"]["expected"]) == (2, 2)
    files = files_of(place, COUNTY)
    assert files[FIRST]["counts"] and files[FIRST]["status"] == "accepted"
    inside = [name.partition("/")[2] for name in files if name != FIRST]
    assert len(inside) == 2 and all(name.startswith("报表/岚溪县") for name in inside)
    assert all(file["fate"] == "counts" for file in files.values())
    assert data["unassigned"] == []


def test_the_same_bundle_is_one_however_it_comes(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    place = above(tmp_path / "市", bundles[FIRST])
    events = place.events.read_bytes()
    again = tmp_path / "再发.zip"
    again.write_bytes(packed({f"上报包/{name}": data for name, data in members(bundles[FIRST]).items()}))
    letter = tmp_path / "1.eml"
    letter.write_bytes(mail([("上报.zip", bundles[FIRST].read_bytes())]))
    for path in (bundles[FIRST], again, letter):
        assert "新收到 0 份" in take(place, path)
    assert place.events.read_bytes() == events


def test_several_bundles_and_other_files_may_come_in_one_archive(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    together = {
        f"{folder}/{name}": data
        for folder, path in (("岚溪", bundles[SECOND]), ("云泽", bundles[ANOTHER]))
        for name, data in members(path).items()
    }
    whole = tmp_path / "全部.zip"
    whole.write_bytes(packed({**together, "丰原县.txt": b"x"}))
    place = above(tmp_path / "市", whole)
    data = status(place)
    assert [entry["state"] for entry in data["units"]] == ["accepted", "accepted"]
    assert [unit(data, name)["files"][0]["name"] for name in (COUNTY, OTHER)] == [
        "全部.zip/岚溪",
        "全部.zip/云泽",
    ]
    assert [file["name"] for file in data["unassigned"]] == ["全部.zip/丰原县.txt"]
    assert taken(place, bundles[SECOND]) == []


def test_a_later_number_replaces_an_earlier_one_in_any_order(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    place = above(tmp_path / "市", bundles[SECOND])
    said = take(place, bundles[FIRST])
    assert "是第 1 号上报包，以第 2 号" in said
    files = files_of(place, COUNTY)
    assert [files[SECOND]["fate"], files[FIRST]["fate"]] == ["counts", "superseded"]
    counting = [name for name, file in files.items() if file["counts"]]
    assert len(counting) == 3 and all(name.startswith(SECOND) for name in counting)
    assert all("以第 2 号为准" in files[name]["why"] for name in files if name.startswith(f"{FIRST}/"))


def test_what_a_later_number_changed_is_said(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    place = above(tmp_path / "市", bundles[FIRST])
    assert f"与第 1 号相比：更换{GREEN}" in take(place, bundles[SECOND])
    status(place)
    assert f"与第 1 号相比：更换{GREEN}；汇总改动 2 处" in place.page.read_text("utf-8")


def test_another_bundle_of_the_same_number_says_what_differs(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    def first_made_later(manifest: dict[str, Any]) -> None:
        manifest["number"] = 1
        manifest["at"] = (datetime.fromisoformat(manifest["at"]) + timedelta(hours=1)).isoformat()

    again = tmp_path / "又一个1.zip"
    again.write_bytes(relisted(members(bundles[SECOND]), first_made_later))
    said = [
        take(above(tmp_path / f"市{one.stem}", one), other)
        for one, other in ((bundles[FIRST], again), (again, bundles[FIRST]))
    ]
    assert f"与同一号的另一包相比：更换{GREEN}" in said[0]
    assert f"以同一号的 {again.name} 为准" in said[1]


def test_any_order_gives_the_same_state(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    round_ = look(above(tmp_path / "市", *bundles.values()))
    groups: dict[str, list[Event]] = {}
    for event in round_.log.events[1:]:
        groups.setdefault(event["bundle"]["id"], []).append(event)
    assert len(groups) == len(bundles)
    with_townships = listing_townships(tmp_path / "市2")
    for other in (round_, look(with_townships)):
        states = []
        for order in permutations(groups.values()):
            log = Log((round_.log.events[0], *chain(*order)), 0)
            states.append(stands(Round(other.place, other.settings, other.roster, log, Clock())))
        assert {entry[1] for entry in states[0]} == {"accepted"}
        assert all(state == states[0] for state in states)


@pytest.mark.parametrize("began", ["2099-03-01T09:00:00+08:00", "2011-01-01T12:00:00+08:00"])
def test_an_office_whose_clock_was_wrong_does_not_win_for_ever(
    began: str, bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    def misdated(manifest: dict[str, Any]) -> None:
        manifest["began"] = began

    wrong = tmp_path / "钟不准.zip"
    wrong.write_bytes(relisted(members(bundles[SECOND]), misdated))
    place = above(tmp_path / "市", wrong)
    (entry,) = [files_of(place, COUNTY)[wrong.name]]
    assert entry["counts"] and f"收表开始时间是 {began[:10]}，打包的电脑时钟不对" in entry["why"]
    for order in ((wrong, bundles[FIRST]), (bundles[FIRST], wrong)):
        place = above(tmp_path / f"市{order[0].stem}", *order)
        files = files_of(place, COUNTY)
        assert files[FIRST]["counts"] and files[wrong.name]["fate"] == "superseded"
        assert f"以另一次收表的第 1 号 {FIRST} 为准" in files[wrong.name]["why"]
        counting = [name for name, file in files.items() if file["counts"]]
        assert len(counting) == 3 and all(name.startswith(FIRST) for name in counting)
    decided(place, "choose", COUNTY, files[wrong.name]["sha256"][:12], why="已电话核实，后一次才是新的")
    assert files_of(place, COUNTY)[wrong.name]["counts"]
    both = tmp_path / "两包"
    both.mkdir()
    for path in (wrong, bundles[FIRST]):
        (both / path.name).write_bytes(path.read_bytes())
    result = run("consolidate", both, "-o", tmp_path / "汇总.xlsx", "--unit", COUNTY, "--year", 2023)
    assert "是第 2 号，以另一次收表的第 1 号为准" in result.stderr


def test_a_bundle_that_was_lost_is_a_county_that_has_not_sent(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    place = above(tmp_path / "市", bundles[SECOND])
    assert unit(status(place), OTHER)["state"] == "not_sent"
    assert unit(status(place), COUNTY)["state"] == "accepted"


def test_a_tampered_bundle_does_not_count_and_its_office_is_told(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    place = above(tmp_path / "市", bundles[FIRST], bundles[TAMPERED])
    entry = unit(status(place), COUNTY)
    assert entry["state"] == "returned"
    files = files_of(place, COUNTY)
    assert files[FIRST]["counts"] and not files[TAMPERED]["counts"]
    assert f"{CLOUD}的报表用不了：与上报清单不符" in files[TAMPERED]["why"]
    assert run("round", "reply", place.root).exit_code == 0
    letter = (place.web_mail / f"退回_{COUNTY}" / "正文.txt").read_text("utf-8-sig")
    assert f"1. {CLOUD}的报表用不了：与上报清单不符" in letter
    assert "重新打包" in letter and f"以早先通过的 {FIRST} 为准" in letter
    assert "下发的工作簿" not in letter


def test_the_letter_that_gives_a_bundle_back_goes_aside_when_a_sound_one_counts(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    for later in (SECOND, FIRST):  # of the same number, and an earlier one that a person chooses
        place = above(tmp_path / later, bundles[TAMPERED])
        assert run("round", "reply", place.root).exit_code == 0
        draft = place.outbox / f"退回_{COUNTY}.eml"
        assert draft.is_file()
        said = take(place, bundles[later], code=0)
        if later == FIRST:
            sha = files_of(place, COUNTY)[FIRST]["sha256"]
            said = run("round", "decide", place.root, "choose", COUNTY, sha[:12], "--why", "已核实").output
        assert f"{COUNTY}：退回邮件已不需要" in said and not draft.exists()


def test_a_province_sees_every_township_by_mail_alone(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    city = above(tmp_path / "市", bundles[SECOND], bundles[ANOTHER])
    bundle = handed_up(city, tmp_path / "栖川.zip")
    place = office(tmp_path / "省", PROVINCE, [CITY])
    take(place, bundle)
    entry = unit(status(place), CITY)
    assert entry["state"] == "accepted"
    names = [file["name"] for file in entry["files"] if file["counts"]]
    for township, above_it in ((GREEN, COUNTY), (CLOUD, COUNTY), (BRIDGE, OTHER)):
        (found,) = [name for name in names if f"/{township}_" in name]
        assert found.startswith(f"栖川.zip/下级/{above_it}")
    assert len(names) == 1 + 2 + 3
    told = json.loads(members(bundle)["清单.json"])
    assert {entry["unit"]: bool(entry["below"]) for entry in told["units"]} == {COUNTY: True, OTHER: True}
    shown = run("round", "status", place.root).stdout
    for depth, name in ((4, COUNTY), (6, GREEN), (6, CLOUD), (4, OTHER), (6, BRIDGE)):
        assert f"\n{' ' * depth}通过  {name}" in shown
    page = place.page.read_text("utf-8")
    assert re.search(rf'data-above="0 1"[^>]*>\s*<tr>\s*<th scope="row" class="depth2">{GREEN}', page)
    assert f"{COUNTY}收到报表：通过" in page
    assert "下级单位（上报包里的）<span>应报 5，通过 5（100%）" in page
    book = load_workbook(place.board)
    (counts,) = [row for row in rows_of(book["汇总"]) if row[0] == "下级单位（上报包里的）"]
    assert counts[1] == 5 and counts[-2:] == [0, None]
    below = rows_of(book["下级单位"])
    assert [COUNTY, GREEN, "通过"] in [[row[1], row[2], row[4]] for row in below]


def rows_of(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_fault_deep_below_is_found_at_the_top(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    city = above(tmp_path / "市", bundles[SECOND], bundles[ANOTHER])
    contents = members(handed_up(city, tmp_path / "栖川.zip"))
    contents[leaf(contents, GREEN)] = filled(GREEN)
    place = office(tmp_path / "省", PROVINCE, [CITY])
    drop(place, "栖川.zip", packed(contents))
    take(place, code=1)
    (file,) = [file for name, file in files_of(place, CITY).items() if name == "栖川.zip"]
    assert file["status"] == "returned"
    assert f"{COUNTY}的{GREEN}的报表用不了" in file["why"]


def test_a_sum_of_bundles_counts_every_return_once(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    city = above(tmp_path / "市", bundles[SECOND], bundles[ANOTHER])
    nested = handed_up(city, tmp_path / "栖川.zip")
    both = tmp_path / "两县"
    both.mkdir()
    for name in (FIRST, SECOND, ANOTHER):
        (both / name).write_bytes(bundles[name].read_bytes())
    townships = {GREEN, CLOUD, BRIDGE}
    for source, units in ((nested, townships), (both, townships), (city.root, {COUNTY, OTHER})):
        out = tmp_path / f"{source.stem}汇总.xlsx"
        result = run("consolidate", source, "-o", out, "--unit", CITY, "--year", 2023, "--json")
        assert result.exit_code == 0, result.output
        assert {child["unit"] for child in json.loads(result.stdout)["children"]} == units
        again = run("reconcile", out, nested)
        assert again.exit_code == 0, again.output
    assert "第 1 号，以第 2 号为准" in run("reconcile", out, both).stderr
    analysed = run("analyse", city.root, "-o", tmp_path / "分析")
    assert analysed.exit_code == 0 and "统计了 3 份" in analysed.stdout, analysed.output


def test_what_is_not_as_listed_is_in_no_sum(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "汇总.xlsx"
    result = run("consolidate", bundles[TAMPERED], "-o", out, "--unit", COUNTY, "--year", 2023, "--json")
    assert [child["unit"] for child in json.loads(result.stdout)["children"]] == [GREEN]
    assert f"{CLOUD}" in result.stderr and "与上报清单不符，没有采用" in result.stderr


def test_a_bundle_from_another_countys_address_waits_for_a_person(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    letter = tmp_path / "1.eml"
    letter.write_bytes(mail([(FIRST, bundles[FIRST].read_bytes())], sender=ADDRESSES[OTHER]))
    place = above(tmp_path / "市", letter)
    data = status(place)
    assert [file["fate"] for file in data["unassigned"]] == ["waiting"] * 3
    assert f"却由{OTHER}的邮箱发来" in data["unassigned"][0]["why"]
    sha256 = data["unassigned"][0]["sha256"]
    decided(place, "assign", COUNTY, sha256[:12], why="由云泽县代发")
    entry = unit(status(place), COUNTY)
    assert entry["state"] == "accepted"
    assert all(file["counts"] for file in entry["files"]) and len(entry["files"]) == 3


def test_townships_that_the_city_lists_too_stand_by_themselves(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    place = listing_townships(tmp_path / "市")
    for path in (bundles[SECOND], bundles[FIRST]):
        take(place, path)
    data = status(place)
    assert [entry["state"] for entry in data["units"]] == ["accepted", "not_sent", "accepted", "accepted"]
    files = {file["name"].partition("/")[0]: file for file in unit(data, GREEN)["files"]}
    assert (files[SECOND]["fate"], files[FIRST]["fate"]) == ("counts", "superseded")
    assert len(unit(data, COUNTY)["files"]) == 2


def test_a_township_that_the_city_lists_too_is_added_up_once(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    city = listing_townships(tmp_path / "市")
    for path in (bundles[SECOND], bundles[ANOTHER]):
        taken(city, path)
    out = tmp_path / "汇总.xlsx"
    of_list = ("--unit", CITY, "--year", 2023, "--roster", city.list, "--json")
    result = run("consolidate", city.root, "-o", out, *of_list)
    assert result.exit_code == 0, result.output
    assert {child["unit"] for child in json.loads(result.stdout)["children"]} == {COUNTY, OTHER}
    bundle = handed_up(city, tmp_path / "栖川.zip")
    assert [entry["unit"] for entry in json.loads(members(bundle)["清单.json"])["units"]] == [COUNTY, OTHER]
    assert run("reconcile", out, bundle).exit_code == 0  # with every township of it once
    place = office(tmp_path / "省", PROVINCE, [CITY])
    (said, *_) = taken(place, bundle)
    assert (said.status, said.errors) == ("accepted", 0), said.why


def added_up(place: RoundFolder, out: Path) -> list[str]:
    """The units whose returns make the sum of a city."""
    wanted = ("--unit", CITY, "--year", 2023, "--json")
    result = run("consolidate", place.root, "-o", out / "汇总.xlsx", *wanted)
    return [child["unit"] for child in json.loads(result.stdout)["children"]]


def test_a_township_whose_county_has_to_mend_its_bundle_is_added_up_by_itself(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    city = listing_townships(tmp_path / "市")
    taken(city, bundles[TAMPERED])
    result = run(
        "consolidate", city.root, "-o", tmp_path / "汇总.xlsx", "--unit", CITY, "--year", 2023, "--json"
    )
    assert [child["unit"] for child in json.loads(result.stdout)["children"]] == [GREEN]


def test_what_an_office_without_a_return_to_give_has_sent_is_in_no_sum(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    city = above(tmp_path / "市", bundles[SECOND], bundles[ANOTHER])
    decided(city, "exempt", OTHER, why="已并入岚溪县")
    result = run(
        "consolidate", city.root, "-o", tmp_path / "汇总.xlsx", "--unit", CITY, "--year", 2023, "--json"
    )
    assert [child["unit"] for child in json.loads(result.stdout)["children"]] == [COUNTY]
    entry = unit(status(city), OTHER)
    assert entry["state"] == "exempt" and f"报来的 {ANOTHER} 不计入" in entry["next"]
    analysed = run("analyse", city.root, "-o", tmp_path / "分析")
    assert "统计了 2 份" in analysed.stdout, analysed.output


@pytest.fixture(scope="module")
def of_two(bundles: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The other county's bundle with a township that the first one has too, and another return of it."""
    folder = tmp_path_factory.mktemp("twice")
    place = office(folder / "云泽县", OTHER, [BRIDGE, GREEN])
    drop(place, "石桥.xlsx", filled(BRIDGE))
    drop(place, "青禾.xlsx", filled(GREEN))
    taken(place)
    return handed_up(place, folder / "云泽（含青禾）.zip")


def test_a_township_of_two_counties_waits_for_a_person_and_is_in_no_sum(
    bundles: Mapping[str, Path], of_two: Path, tmp_path: Path
) -> None:
    place = above(tmp_path / "市", bundles[FIRST], of_two)
    data = status(place)
    for name, other in ((COUNTY, OTHER), (OTHER, COUNTY)):
        entry = unit(data, name)
        assert entry["state"] == "waiting"
        assert f"{GREEN}在{other}的上报包里也有，会重复计算" in entry["next"]
    assert added_up(place, tmp_path) == []
    assert run("round", "close", place.root).exit_code == 1
    (told, *_) = taken(above(tmp_path / "再", bundles[FIRST]), of_two)
    assert told.fate == "waiting" and GREEN in told.why


def test_which_county_it_is_may_be_decided(bundles: Mapping[str, Path], of_two: Path, tmp_path: Path) -> None:
    place = above(tmp_path / "市", bundles[SECOND], of_two)  # two returns that differ
    assert unit(status(place), COUNTY)["state"] == "waiting"
    decided(place, "accept", OTHER, why="是两个单位，名称相同")
    assert [unit(status(place), name)["state"] for name in (COUNTY, OTHER)] == ["accepted", "accepted"]
    province = office(tmp_path / "省", PROVINCE, [CITY])
    (told, *_) = taken(province, handed_up(place, tmp_path / "栖川.zip"))
    assert told.status == "accepted" and "决定接受：是两个单位，名称相同" in told.why

    def undecided(manifest: dict[str, Any]) -> None:
        for entry in manifest["units"]:
            entry["why"] = ""

    (tmp_path / "栖川.zip").write_bytes(relisted(members(tmp_path / "栖川.zip"), undecided))
    (told, *_) = taken(office(tmp_path / "另", PROVINCE, [CITY]), tmp_path / "栖川.zip")
    assert told.status == "returned"
    assert f"{GREEN}在{COUNTY}、{OTHER}报来的里都有，会重复计算" in told.why


def test_a_township_that_came_by_itself_and_in_a_bundle_is_added_up_where_the_list_says(
    bundles: Mapping[str, Path], tmp_path: Path
) -> None:
    place = office(tmp_path / "市", CITY, [COUNTY, GREEN])
    drop(place, "青禾.xlsx", filled(GREEN))
    taken(place)
    taken(place, bundles[FIRST])
    data = status(place)
    assert [entry["state"] for entry in data["units"]] == ["waiting", "waiting"]
    assert f"归{COUNTY}的，在名单里写上级" in unit(data, GREEN)["next"]
    place.list.write_bytes(office(tmp_path / "改", CITY, [COUNTY, GREEN], {GREEN: COUNTY}).list.read_bytes())
    assert [entry["state"] for entry in status(place)["units"]] == ["accepted", "accepted"]
    assert added_up(place, tmp_path) == [COUNTY]
