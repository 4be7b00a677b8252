"""round decide, close, reopen: what the office decides, each with its reason, each to be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import refused, run
from lists import COUNTY, save_list
from mails import mail
from rounds import ADDRESS, CIVIL, TOWN, WATER, WRONG, begin, drop, filled, status, take, unit
from xlreport.round.place import RoundFolder


@pytest.fixture
def place(tmp_path: Path) -> RoundFolder:
    return begin(tmp_path / "收表")


def decide(place: RoundFolder, *words: object) -> str:
    """A decision's id."""
    result = run("round", "decide", place.root, *words, "--why", "来电核实")
    assert result.exit_code == 0, result.output
    return result.stdout.split()[-1]


def sha(place: RoundFolder, name: str) -> str:
    data = status(place)
    files = [file for entry in data["units"] for file in entry["files"]] + data["unassigned"]
    return str(next(file["sha256"] for file in files if file["name"] == name))


def state(place: RoundFolder, name: str = WATER) -> str:
    return str(unit(status(place), name)["state"])


def test_an_exempt_unit_is_not_expected_until_that_is_undone(place: RoundFolder) -> None:
    number = decide(place, "exempt", "LX-B-001")
    data = status(place)
    assert state(place) == "exempt"
    assert (data["totals"]["expected"], data["totals"]["exempt"]) == (2, 1)
    assert unit(data, WATER)["next"] == "来电核实"
    assert "已经是免报" in refused("round", "decide", place.root, "exempt", WATER, "--why", "x")
    decide(place, "undo", number)
    assert state(place) == "not_sent"
    assert "已经撤销过" in refused("round", "decide", place.root, "undo", number, "--why", "x")


def test_a_return_with_errors_may_be_accepted_and_its_report_is_made(place: RoundFolder) -> None:
    drop(place, "a.xlsx", filled(changes=WRONG))
    take(place, code=1)
    number = decide(place, "accept", WATER)
    (file,) = unit(status(place), WATER)["files"]
    assert state(place) == "accepted"
    assert file["status"] == "returned"
    assert "办公室决定接受" in file["why"]
    assert len(list(place.reports.iterdir())) == 2
    decide(place, "undo", number)
    assert state(place) == "returned"
    assert list(place.reports.iterdir()) == []


def test_a_version_is_chosen_until_a_newer_one_comes(place: RoundFolder) -> None:
    drop(place, "1.xlsx", filled())
    take(place)
    drop(place, "2.xlsx", filled(changes={"fee_notices": 1, "fee_amount": 100}))
    take(place)
    first = sha(place, "1.xlsx")
    assert unit(status(place), WATER)["files"][1]["counts"]
    decide(place, "choose", WATER, first[:8])
    files = {file["name"]: file for file in unit(status(place), WATER)["files"]}
    assert (files["1.xlsx"]["counts"], files["2.xlsx"]["counts"]) == (True, False)
    assert state(place) == "accepted"
    drop(place, "3.xlsx", filled(changes=WRONG))
    take(place, code=1)
    assert state(place) == "returned"


def test_a_file_that_waits_is_assigned(place: RoundFolder) -> None:
    drop(place, "1.eml", mail([("a.xlsx", filled())], ADDRESS[CIVIL]))
    take(place, code=1)
    assert state(place) == "waiting"
    decide(place, "assign", WATER, sha(place, "a.xlsx"))
    data = status(place)
    assert state(place) == "accepted"
    assert data["unassigned"] == []
    assert len(list(place.reports.iterdir())) == 2


def test_a_return_of_another_year_is_nobody_s(place: RoundFolder) -> None:
    drop(place, "a.xlsx", filled(TOWN, {"year": 2022}))
    take(place, code=1)
    said = refused("round", "decide", place.root, "assign", TOWN, sha(place, "a.xlsx"), "--why", "x")
    assert "2022 年度" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("exempt", "没有的局"), "名单里没有"),
        (("choose", WATER, "abcdef"), "没有一份文件"),
        (("choose", WATER), "用法"),
        (("exempt", WATER, CIVIL), "用法"),
        (("accept", WATER), "没有可以接受的报表"),
        (("undo", "0123456789ab"), "没有编号"),
        (("undo", ""), "没有编号"),
        (("assign", WATER, "abc"), "没有一份文件"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    place: RoundFolder, words: tuple[str, ...], said: str
) -> None:
    before = place.events.read_bytes()
    assert said in refused("round", "decide", place.root, *words, "--why", "x")
    assert place.events.read_bytes() == before


def test_a_reason_is_needed(place: RoundFolder) -> None:
    assert "--why" in refused("round", "decide", place.root, "exempt", WATER)
    assert "原因" in refused("round", "decide", place.root, "exempt", WATER, "--why", " \t")


def test_a_round_ends_when_everybody_is_accepted_or_exempt(place: RoundFolder) -> None:
    drop(place, "a.xlsx", filled())
    take(place)
    result = run("round", "close", place.root)
    assert result.exit_code == 1
    assert CIVIL in result.stdout and WATER not in result.stdout
    decide(place, "exempt", CIVIL)
    decide(place, "exempt", TOWN)
    assert run("round", "close", place.root).exit_code == 0
    for command in (("take",), ("issue",), ("reply",), ("remind",), ("close",)):
        assert "已经结束" in refused("round", *command, place.root)
    assert "已经结束" in refused("round", "decide", place.root, "exempt", WATER, "--why", "x")
    assert "（已结束）" in run("round", "status", place.root).stdout
    assert run("round", "reopen", place.root, "--why", "更正").exit_code == 0
    assert "没有结束" in refused("round", "reopen", place.root, "--why", "更正")
    assert "新收到 0 份" in take(place)


def test_a_unit_that_leaves_the_list_leaves_its_files_to_nobody(place: RoundFolder) -> None:
    drop(place, "a.xlsx", filled())
    take(place)
    save_list(place.list, COUNTY[1:])
    (file,) = status(place)["unassigned"]
    assert (file["fate"], file["why"]) == ("unknown_unit", f"“{WATER}”不在名单里了")
    renamed = [("岚溪县水利局", "LX-B-009", WATER)]
    save_list(place.list, renamed, ["单位", "机关代码", "曾用名"])
    assert state(place, "岚溪县水利局") == "accepted"
