"""What is a workbook among the files of a folder: said once, for this year's returns and last year's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from command_line import json_lines, run
from last_year import OVER, Changes, save_last
from other_programs import resave
from returns import said, save, sound
from xlreport.archive.folder import look_through
from xlreport.archive.gather import gather
from xlreport.archive.last_year import LastYear
from xlreport.verify.verdict import verify_file

ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".XLSX", ".Ods")
OTHERS = (
    "说明.docx",
    "名单.csv",
    "附件.zip",
    "年报.xlsx.bak",
    "年报",
    "~$年报.xlsx",
    "._年报.xlsx",
    ".~lock.年报.ods#",
)
ONE_OFF: Changes = {OVER.format("natural_person"): 4, "requests[other,natural_person]": 2}
UNIT = "岚溪县自然资源和规划局"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with workbooks of every ending, also below it, and files that are none."""
    place = tmp_path / "各单位"
    (place / "乡镇").mkdir(parents=True)
    for number, ending in enumerate(ENDINGS):
        (place / ("乡镇" if number % 2 else "") / f"{number}{ending}").touch()
    for name in OTHERS:
        (place / name).touch()
    return place


def test_the_same_files_are_workbooks_for_this_year_and_for_last(folder: Path, tmp_path: Path) -> None:
    found = look_through(folder)
    assert sorted(path.suffix for path in found.workbooks) == sorted(ENDINGS)
    assert found.skipped == len(OTHERS) - 3  # what programs leave behind is passed over without a word
    gathered = gather([folder], tmp_path / "out")
    assert sorted(job.path for job in gathered.jobs) == sorted(found.workbooks)
    assert gathered.skipped == found.skipped
    last = LastYear.of(folder)
    assert (last.candidates, last.skipped) == ((), len(ENDINGS) + found.skipped)  # none of them can be read


def test_a_file_named_by_itself_is_taken_whatever_its_name(tmp_path: Path) -> None:
    path = save_last(tmp_path, name="~$上年.bak")
    assert [job.path for job in gather([path], tmp_path / "out").jobs] == [path.resolve()]
    assert len(LastYear.of(path).candidates) == 1


def test_a_folder_within_is_left_out_where_it_is_the_output(folder: Path) -> None:
    assert all(path.parent == folder for path in look_through(folder, folder / "乡镇").workbooks)


def test_the_order_is_always_the_same(folder: Path) -> None:
    workbooks = look_through(folder).workbooks
    assert list(workbooks) == sorted(workbooks)


@pytest.mark.parametrize("ending", ENDINGS)
def test_last_year_s_return_is_found_whatever_the_ending(ending: str, tmp_path: Path) -> None:
    """What is inside decides how it is read; people and programs rename files."""
    save_last(tmp_path / "2022", name=f"上年{ending}")
    path = save(tmp_path, sound(ONE_OFF))
    verdict = verify_file(path, LastYear.of(tmp_path / "2022"))
    assert said(verdict) == {"YOY001:requests[,natural_person]": "error"}


def test_last_year_s_return_is_found_in_every_format(tmp_path: Path) -> None:
    (tmp_path / "2022").mkdir()
    endings = ("ods", "xls", "xlsb")
    resave("sheetjs", {save_last(tmp_path): [tmp_path / "2022" / f"上年.{ending}" for ending in endings]})
    last = LastYear.of(tmp_path / "2022")
    assert ([candidate.path.suffix[1:] for candidate in last.candidates], last.skipped) == (list(endings), 0)


def test_a_name_that_is_no_utf_8_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "2022").mkdir()
    try:
        save_last(tmp_path).rename(tmp_path / "2022" / os.fsdecode("上年.xlsx".encode("gbk")))
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    (candidate,) = LastYear.of(tmp_path / "2022").candidates
    assert candidate.name.encode().endswith(b".xlsx")


# What is passed over is told ---------------------------------------------------------------------------


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """Last year's folder: the unit's return, a lock file, and a file that is none."""
    save_last(tmp_path / "2022", name="上年.ods")
    (tmp_path / "2022" / "~$上年.ods").touch()
    (tmp_path / "2022" / "名单.csv").touch()
    return tmp_path / "2022"


TOLD = "上年文件夹里跳过 1 个其他文件"


def test_verify_tells_what_it_passed_over(before: Path, tmp_path: Path) -> None:
    result = run("verify", save(tmp_path, sound(ONE_OFF)), "--prior", before)
    assert "上年报告“四、结转下年度”3" in result.stdout
    assert result.stderr == f"{TOLD}\n"
    assert run("verify", save(tmp_path), "--prior", before, "-q").stderr == ""


def test_template_tells_what_it_passed_over(before: Path, tmp_path: Path) -> None:
    result = run("template", "--year", 2023, "--unit", UNIT, "--prior", before, "-o", tmp_path / "t.xlsx")
    assert result.exit_code == 0 and result.stderr == f"{TOLD}\n"


def test_convert_tells_what_it_passed_over(before: Path, tmp_path: Path) -> None:
    (tmp_path / "2023").mkdir()
    save(tmp_path / "2023", sound(ONE_OFF), "本年.xlsx")
    (tmp_path / "2023" / "~$本年.xlsx").touch()
    out = tmp_path / "out"
    result = run("convert", tmp_path / "2023", "-o", out, "--jobs", 1, "--to", "md", "--prior", before)
    assert TOLD in result.stderr
    (line,) = json_lines(out / "findings.jsonl")
    assert [finding["code"] for finding in line["findings"]] == ["YOY001"]
