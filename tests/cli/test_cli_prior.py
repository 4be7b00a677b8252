"""--prior on the command line: template, verify, convert."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import xlreport
from command_line import STRANGER, fingerprints, json_lines, quick_workers, refused, run
from last_year import FORWARD, OVER, PROSE, Changes, save_last
from returns import save, sound
from xlreport.archive.last_year import LastYear

UNIT = "岚溪县自然资源和规划局"
ONE_OFF: Changes = {OVER.format("natural_person"): 4, "requests[other,natural_person]": 2}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the person works."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(here: Path, *args: object) -> xlreport.Submission:
    """The template that a command makes, read."""
    result = run("template", "--year", 2023, *args, "-o", "t.xlsx")
    assert result.exit_code == 0, result.stderr
    return xlreport.read(here / "t.xlsx")


def declared(here: Path, **cover: Any) -> Path:
    path = here / "数据.json"
    path.write_text(json.dumps({"cover": cover}, ensure_ascii=False), encoding="utf-8")
    return path


# template --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [False, True])
def test_a_template_begins_where_last_year_ended(here: Path, folder: bool) -> None:
    place = save_last(here / "2022")
    submission = made(here, "--unit", UNIT, "--prior", place.parent if folder else place)
    assert submission.inputs[OVER.format("natural_person")] == 3
    assert submission.inputs["phone"] == "0590-7330826"
    assert "prepared_by" not in submission.inputs and "proactive" not in submission.inputs
    assert submission.prior[FORWARD.format("total")] == 4


def test_what_values_say_goes_before_last_year(here: Path) -> None:
    values = declared(here, phone="0590-1111111")
    submission = made(here, "--unit", UNIT, "--prior", save_last(here), "--values", values)
    assert submission.inputs["phone"] == "0590-1111111"
    assert submission.inputs["unit_code"] == "LX-B-014"


def test_another_unit_s_workbook_is_refused_unless_declared(here: Path) -> None:
    last = save_last(here)
    said = refused("template", "--year", 2023, "--unit", "别局", "--prior", last)
    assert UNIT in said and "cover.predecessors" in said
    assert not list(here.glob("别局*"))
    values = declared(here, organ_change="renamed", predecessors=UNIT)
    assert made(here, "--unit", "别局", "--prior", last, "--values", values).unit == "别局"


def test_a_workbook_of_another_year_is_refused(here: Path) -> None:
    said = refused("template", "--year", 2024, "--unit", UNIT, "--prior", save_last(here))
    assert "2023 年度" in said and "2022 年度的" in said
    assert "predecessors" not in said


def test_a_workbook_that_was_not_accepted_is_refused(here: Path) -> None:
    last = save_last(here, {FORWARD.format("natural_person"): 1})
    assert "没有通过核对" in refused("template", "--year", 2023, "--unit", UNIT, "--prior", last)


def test_a_file_that_is_no_workbook_of_ours_is_refused(here: Path) -> None:
    for command in (("template", "--year", 2023, "--unit", UNIT), ("verify", save(here))):
        assert "--prior" in refused(*command, "--prior", STRANGER)


def test_a_folder_without_the_unit_gives_a_template_without_last_year_and_says_so(here: Path) -> None:
    save_last(here / "2022")
    result = run("template", "--year", 2023, "--unit", "别局", "--prior", here / "2022", "-o", "t.xlsx")
    assert result.exit_code == 0
    assert "没有预填上年的数" in result.stderr
    assert xlreport.read(here / "t.xlsx").prior == {}


def test_the_file_of_last_year_is_never_written_over(here: Path) -> None:
    last = save_last(here, name="a.xlsx")
    refused("template", "--year", 2023, "--unit", UNIT, "--prior", last, "-o", last)


def test_a_folder_with_a_faulty_return_of_the_unit_gives_its_sound_figures_and_says_so(here: Path) -> None:
    save_last(here / "2022", {FORWARD.format("natural_person"): 1})
    result = run("template", "--year", 2023, "--unit", UNIT, "--prior", here / "2022", "-o", "t.xlsx")
    assert result.exit_code == 0
    assert "没有通过核对" in result.stderr and "没有预填" not in result.stderr
    inputs = xlreport.read(here / "t.xlsx").inputs
    assert OVER.format("natural_person") not in inputs
    assert inputs[OVER.format("commercial_enterprise")] == 0


@pytest.mark.parametrize("code", ["LX-B-014", "无", "000000"])
def test_a_neighbour_s_address_is_never_filled_in(here: Path, code: str) -> None:
    save_last(here / "2022", {"unit_code": code})
    values = declared(here, unit_code=code)
    submission = made(here, "--unit", "岚溪县青禾镇人民政府", "--prior", here / "2022", "--values", values)
    assert submission.prior == {}
    assert set(submission.inputs) == {"organ", "year", "unit_code"}


def test_a_filler_is_not_carried_over_as_a_code(here: Path) -> None:
    submission = made(here, "--unit", UNIT, "--prior", save_last(here / "2022", {"unit_code": "无"}).parent)
    assert "unit_code" not in submission.inputs
    assert submission.inputs["phone"] == "0590-7330826"


# verify ----------------------------------------------------------------------------------------------


def test_verify_compares_with_last_year(here: Path) -> None:
    path, last = save(here, sound(ONE_OFF)), save_last(here / "2022")
    assert run("verify", path).exit_code == 0
    result = run("verify", path, "--prior", last.parent)
    assert result.exit_code == 1
    assert "上年报告“四、结转下年度”3" in result.stdout
    assert xlreport.verify_file(path, xlreport.LastYear.of(last)).status == "returned"


def test_what_was_skipped_is_told_to_all_but_those_who_want_quiet(here: Path) -> None:
    save_last(here / "2022")
    shutil.copy(STRANGER, here / "2022" / "自制.xlsx")
    path = save(here)
    assert "跳过 1 个" in run("verify", path, "--prior", here / "2022").stderr
    assert run("verify", path, "--prior", here / "2022", "-q").stderr == ""


# convert ---------------------------------------------------------------------------------------------


@pytest.fixture
def batch(here: Path) -> Path:
    """Two returns that continue last year's, one that does not; last year's in a folder beside them."""
    for number, changes in enumerate(({}, ONE_OFF, {})):
        own: Changes = {"organ": f"第{number}局", "unit_code": f"C-{number}"}
        save_last(here / "2022", own, f"{number}.xlsx")
        (here / "2023").mkdir(exist_ok=True)
        save(here / "2023", sound({**PROSE, **changes, **own}), f"{number}.xlsx")
    return here


def codes(out: Path) -> list[list[str]]:
    return [[f["code"] for f in line["findings"]] for line in json_lines(out / "findings.jsonl")]


def convert(batch: Path, out: str, *args: object) -> Any:
    return run("convert", batch / "2023", "-o", batch / out, "--to", "md", "--prior", batch / "2022", *args)


def test_a_batch_is_compared_with_last_year_s_folder_whatever_the_jobs(batch: Path) -> None:
    assert convert(batch, "one", "--jobs", 1).exit_code == 1
    with quick_workers():
        assert convert(batch, "two", "--jobs", 2).exit_code == 1  # the index goes to workers of their own
    assert codes(batch / "one") == [[], ["YOY001"], []]
    prints = [fingerprints(batch / out) for out in ("one", "two")]
    for found in prints:
        del found[".xlreport.sqlite3"]
    assert prints[0] == prints[1]


def test_a_batch_is_done_again_when_last_year_changes(batch: Path) -> None:
    convert(batch, "out", "--jobs", 1)
    assert "其中 3 个没有变化" in convert(batch, "out", "--jobs", 1).stdout
    save_last(batch / "2022", {"organ": "第1局", "unit_code": "C-1", FORWARD.format("natural_person"): 4,
                               "requests[new_requests,natural_person]": 40}, "1.xlsx")  # fmt: skip
    assert "没有变化" not in convert(batch, "out", "--jobs", 1).stdout
    assert codes(batch / "out") == [[], [], []]


def test_only_the_workbooks_asked_for_are_read_whole(batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from xlreport.archive import sound as past

    asked: list[str] = []
    whole = past.read

    def read(path: Path) -> xlreport.Submission:
        asked.append(path.name)
        return whole(path)

    monkeypatch.setattr(past, "read", read)
    xlreport.verify_file(batch / "2023" / "1.xlsx", LastYear.of(batch / "2022"))
    assert asked == ["1.xlsx"]
