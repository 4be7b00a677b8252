"""round bundle: a round handed up, and taken in by the level above."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from command_line import refused, run
from rounds import CIVIL, OFFICE, TOWN, WATER, WRONG, begin, drop, filled, status, take, unit
from xlreport.round.place import RoundFolder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> RoundFolder:
    """A round of which one return was accepted; bundling changes nothing in it."""
    made = begin(tmp_path_factory.mktemp("bundle") / "县")
    drop(made, "a.xlsx", filled())
    drop(made, "b.xlsx", filled(CIVIL, WRONG))
    take(made, code=1)
    return made


def bundled(place: RoundFolder) -> Path:
    path = place.root.parent / "县.zip"
    result = run("round", "bundle", place.root, "-o", path)
    assert result.exit_code == 0, result.output
    assert "还有 2 个单位没有通过" in result.stderr
    return path


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_bundle_has_what_was_accepted_and_says_of_all_others_why_not(place: RoundFolder) -> None:
    found = members(bundled(place))
    listed = json.loads(found["bundle.json"])
    assert (listed["office"], listed["year"], listed["closed"]) == (OFFICE, 2023, False)
    assert len(found) == 2
    by_unit = {entry["unit"]: entry for entry in listed["units"]}
    assert found[by_unit[WATER]["file"]] == filled()
    assert [by_unit[name]["state"] for name in (WATER, CIVIL, TOWN)] == ["accepted", "returned", "not_sent"]
    assert by_unit[CIVIL]["file"] == ""


def test_a_bundle_carries_no_key_and_no_address(place: RoundFolder) -> None:
    data = b"".join(members(bundled(place)).values())
    assert b"@lanxi.example" not in data
    assert place.key.read_bytes().strip() not in data


def test_the_same_round_gives_the_same_bundle(place: RoundFolder) -> None:
    before = bundled(place).read_bytes()
    assert bundled(place).read_bytes() == before


def test_the_level_above_takes_it_in_and_verifies_again(place: RoundFolder, tmp_path: Path) -> None:
    above = begin(tmp_path / "市")
    take(above, bundled(place))
    data = status(above)
    (file,) = unit(data, WATER)["files"]
    assert file["name"].startswith("县.zip/报表/")
    assert unit(data, WATER)["state"] == "accepted"
    assert data["unassigned"] == []
    assert "新收到 0 份" in take(above, place.root.parent / "县.zip")


def test_a_member_that_is_not_what_the_list_says_is_not_believed(place: RoundFolder, tmp_path: Path) -> None:
    contents = members(bundled(place))
    (name,) = set(contents) - {"bundle.json"}
    contents[name] = filled(changes={"fee_notices": 1, "fee_amount": 100})
    contents["报表/多出的.xlsx"] = filled(TOWN)
    above = begin(tmp_path / "市")
    drop(above, "县.zip", packed(contents))
    take(above, code=1)
    data = status(above)
    assert data["totals"]["accepted"] == 0
    found = [f for entry in data["units"] for f in entry["files"]] + data["unassigned"]
    assert len(found) == 2
    assert all(f["fate"] == "unreadable" and "与上报清单不符" in f["why"] for f in found)


def test_a_bundle_is_a_zip(place: RoundFolder) -> None:
    assert ".zip" in refused("round", "bundle", place.root, "-o", place.root.parent / "a.xlsx")
