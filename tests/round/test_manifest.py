"""清单.json: whatever stands in it, it is understood, another's, or refused in words."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from levels import COUNTY, GREEN
from rounds import HERE
from xlreport.round.manifest import BadManifest, HandedUp, Manifest, manifest_bytes, read_manifest

BEGAN, MADE = datetime(2024, 1, 5, 9, tzinfo=HERE), datetime(2024, 2, 1, 9, tzinfo=HERE)
UNIT = HandedUp(GREEN, "LX-T-007", ("青禾镇",), "", "accepted", "", "报表/青  禾.xlsx", 0, "")
SOUND = Manifest(
    COUNTY, "ogi_annual_2021", 2023, "ab", BEGAN, 3, MADE, True, False, (UNIT,), {UNIT.file: "0" * 64}
)
STRANGE = (None, [], {}, "x", -1, 10**6, 1.5, True, "9999-12-31T23:59:59+00:00", "0001-01-01")


def content() -> dict[str, Any]:
    return dict(json.loads(manifest_bytes(SOUND)))


def understood(data: bytes) -> bool:
    try:
        return read_manifest(data) is not None
    except BadManifest as error:
        assert str(error).startswith("上报清单")
        return False


def test_what_is_written_is_read() -> None:
    assert read_manifest(manifest_bytes(SOUND)) == SOUND


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000, b'{"kind": "xlreport-bundle"}'])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(BadManifest):
        read_manifest(data)


@pytest.mark.parametrize("began", ["1980-01-01T00:00:00+08:00", "1999-12-31", "2099-01-01T00:00:00Z"])
def test_a_clock_that_is_wrong_makes_no_list_unusable(began: str) -> None:
    assert understood(json.dumps({**content(), "began": began, "at": began}).encode())


@pytest.mark.parametrize("data", [b"{}", b"[]", b"1", b'{"kind": "other"}'])
def test_another_programs_file_is_none(data: bytes) -> None:
    assert read_manifest(data) is None


@pytest.mark.parametrize("name", sorted(set(content()) - {"kind"}))
def test_a_part_that_is_missing_or_of_another_kind_is_refused(name: str) -> None:
    left_out = content()
    del left_out[name]
    assert not understood(json.dumps(left_out).encode())
    for strange in STRANGE:
        understood(json.dumps({**content(), name: strange}).encode())


@pytest.mark.parametrize("name", sorted(content()["units"][0]))
def test_a_part_of_a_unit_likewise(name: str) -> None:
    for strange in (None, [], {}):
        changed = content()
        changed["units"][0][name] = strange
        assert understood(json.dumps(changed).encode()) is (name == "aliases" and strange == [])


def test_texts_are_one_line_and_have_an_end() -> None:
    changed = content()
    changed["units"][0]["why"] = "一\n二\x1b[31m" + "长" * 5_000
    found = read_manifest(json.dumps(changed).encode())
    assert found is not None
    assert (
        "\n" not in found.units[0].why
        and "\x1b" not in found.units[0].why
        and len(found.units[0].why) == 1_000
    )


@pytest.mark.parametrize(
    "change",
    [
        {"office": ""},
        {"office": " \u200b\n"},
        {"office": "\ud800"},
        {"files": {"x" * 100_000: "0" * 64}},
        {"units": [{**content()["units"][0], "unit": ""}]},
        {"units": [{**content()["units"][0], "errors": -5}]},
        {"units": [{**content()["units"][0], "file": "x" * 100_000}]},
    ],
)
def test_nobody_s_list_endless_names_and_less_than_no_errors_are_refused(change: dict[str, Any]) -> None:
    assert not understood(json.dumps({**content(), **change}).encode())
