"""A round whose commands are killed: nothing is lost, nothing is there twice, and the next run goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from killing import Program, posix
from mails import mail
from rounds import ADDRESS, CIVIL, TOWN, WATER, WRONG, begin, drop, filled, status
from xlreport.round.place import RoundFolder

pytestmark = [posix, pytest.mark.usefixtures("quick_workers")]


def filled_round(folder: Path) -> RoundFolder:
    place = begin(folder)
    drop(place, "1.eml", mail([("a.xlsx", filled())], ADDRESS[WATER], message_id="1@x"))
    drop(
        place,
        "2.eml",
        mail([("a.xlsx", filled(CIVIL, WRONG)), ("b.txt", b"x")], ADDRESS[CIVIL], message_id="2@x"),
    )
    drop(place, "3.xlsx", filled(TOWN))
    drop(place, "4.xlsx", filled(TOWN))
    return place


def standing(place: RoundFolder) -> dict[str, Any]:
    """Everything but when it was."""
    data = status(place)
    for entry in data["units"]:
        for file in entry["files"]:
            del file["received"]
    return {**data, "at": ""}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_taking_that_is_killed_again_and_again_comes_to_the_same_end(tmp_path: Path) -> None:
    undisturbed = filled_round(tmp_path / "甲")
    lines = Program(["round", "take", str(undisturbed.root)]).end()[1].count("\n")
    place = filled_round(tmp_path / "乙")
    for number in range(1, lines + 1):
        Program(["round", "take", str(place.root)]).kill_after(number)
    Program(["round", "take", str(place.root)]).end()
    assert standing(place) == standing(undisturbed)
    for kept in ("originals", "reports", "outbox"):
        assert names(getattr(place, kept)) == names(getattr(undisturbed, kept))


def test_issuing_that_is_killed_gives_each_unit_one_workbook_and_one_draft(tmp_path: Path) -> None:
    place = begin(tmp_path / "收表")
    for number in range(1, 5):
        Program(["round", "issue", str(place.root)]).kill_after(number)
    Program(["round", "issue", str(place.root)]).end()
    assert names(place.issued) == {f"{name}_2023_ogi_annual_2021.xlsx" for name in (WATER, CIVIL, TOWN)}
    assert names(place.outbox) == {f"下发_{name}.eml" for name in (WATER, CIVIL, TOWN)}
    lines = place.events.read_text(encoding="utf-8")
    assert lines.count('"kind": "issued"') == lines.count('"kind": "drafted"') == 3


def test_a_full_disk_is_said_and_costs_nothing(tmp_path: Path) -> None:
    place = filled_round(tmp_path / "收表")
    before = place.events.read_bytes()
    code, said = Program(["round", "take", str(place.root)], largest_file=20_000).end()
    assert code in (1, 2)
    assert "Traceback" not in said
    assert place.events.read_bytes().startswith(before)
    Program(["round", "take", str(place.root)]).end()
    assert status(place)["totals"]["accepted"] == 2
