"""xlreport extract."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import SOUND, STRANGER, TEXT_IN_NUMBERS, refused, run
from returns import edit, sample_json, save, sound


def test_what_was_filled_in_comes_back_exactly(tmp_path: Path) -> None:
    note = "requests[new_requests,note]"
    values = {"charges[administrative_charges,amount]": "59237.2449", note: "含上年补登 2 件"}
    from decimal import Decimal

    path = save(tmp_path, sound(values | {"charges[administrative_charges,amount]": Decimal("59237.2449")}))
    result = run("extract", path)
    assert result.exit_code == 0
    content = json.loads(result.stdout)
    assert content["charges"]["administrative_charges"]["amount"] == "59237.2449"
    assert content["notes"]["requests"]["new_requests"] == "含上年补登 2 件"
    expected = sample_json()
    assert content["requests"] == expected["requests"]
    assert content["published"] == expected["published"]


def test_it_can_be_filled_in_again(tmp_path: Path) -> None:
    out = tmp_path / "数据.json"
    assert run("extract", SOUND, "-o", out).stdout == f"{out}\n"
    organ = json.loads(out.read_text(encoding="utf-8"))["cover"]["organ"]
    again = tmp_path / "again.xlsx"
    assert run("template", "--year", 2023, "--unit", organ, "--values", out, "-o", again).exit_code == 0
    assert json.loads(run("extract", again).stdout) == json.loads(out.read_text(encoding="utf-8"))


def test_text_in_number_cells_is_not_lost() -> None:
    result = run("extract", TEXT_IN_NUMBERS)
    assert result.exit_code == 0
    content = json.loads(result.stdout)
    assert content["documents"]["rules"]["issued"] == "/"
    assert content["documents"]["normative_documents"]["in_force"] == "22（其中修订16件）"
    assert content["licensing"]["administrative_licences"]["decisions"] == 120
    assert "2 格" in result.stderr


def test_a_number_that_cannot_be_comes_back_as_it_stands(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {"requests[new_requests,natural_person]": -3})
    content = json.loads(run("extract", path).stdout)
    assert content["requests"]["new_requests"]["natural_person"] == "-3"


def test_a_stranger_s_workbook_has_nothing_to_extract(tmp_path: Path) -> None:
    out = tmp_path / "v.json"
    result = run("extract", STRANGER, "-o", out)
    assert result.exit_code == 1
    assert "无法读取" in result.stderr
    assert not out.exists()


def test_the_workbook_is_never_written_over() -> None:
    before = SOUND.read_bytes()
    assert "应以 .json 结尾" in refused("extract", SOUND, "-o", SOUND)
    assert SOUND.read_bytes() == before


def test_out_may_be_a_folder_there_or_not(tmp_path: Path) -> None:
    for out in (f"{tmp_path}", f"{tmp_path}/新/"):
        result = run("extract", SOUND, "-o", out)
        assert result.exit_code == 0, result.stderr
        assert json.loads((Path(out) / f"{SOUND.stem}.json").read_text(encoding="utf-8"))["cover"]


def test_data_is_never_written_over_a_workbook(tmp_path: Path) -> None:
    other = tmp_path / "别的.xlsx"
    other.write_bytes(b"kept")
    assert "应以 .json 结尾" in refused("extract", SOUND, "-o", other)
    assert other.read_bytes() == b"kept"
