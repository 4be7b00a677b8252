"""xlreport verify --annotate."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from openpyxl import load_workbook

from command_line import RETURNS, SOUND, STRANGER, TEXT_IN_NUMBERS, WRONG_TOTALS, fingerprints, refused, run
from xlreport.verify.verdict import verify_file


def test_a_copy_is_written_and_named(tmp_path: Path) -> None:
    result = run("verify", TEXT_IN_NUMBERS, "--annotate", tmp_path / "退回")
    copy = tmp_path / "退回" / f"{TEXT_IN_NUMBERS.stem}_核对意见.xlsx"
    assert result.exit_code == 1
    assert str(copy) in result.stderr
    assert load_workbook(copy).sheetnames[0] == "核对意见"
    assert len(verify_file(copy).findings) == len(verify_file(TEXT_IN_NUMBERS).findings)


def test_the_answer_stays_the_same(tmp_path: Path) -> None:
    plain, with_copy = run("verify", WRONG_TOTALS), run("verify", WRONG_TOTALS, "--annotate", tmp_path)
    assert (plain.stdout, plain.exit_code) == (with_copy.stdout, with_copy.exit_code)
    as_json = run("verify", WRONG_TOTALS, "--annotate", tmp_path, "--json")
    assert json.loads(as_json.stdout)[0]["status"] == "returned"


def test_no_original_is_changed_and_folders_are_mirrored(tmp_path: Path) -> None:
    before = fingerprints(RETURNS)
    files = sorted(RETURNS.rglob("*.xlsx"))
    run("verify", *files, "--annotate", tmp_path)
    assert fingerprints(RETURNS) == before
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    readable = [path for path in files if path != STRANGER]
    assert made == {
        path.relative_to(RETURNS).with_name(f"{path.stem}_核对意见.xlsx").as_posix() for path in readable
    }


def test_files_of_one_name_get_copies_of_their_own(tmp_path: Path) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        shutil.copy(SOUND, tmp_path / folder / "年报.xlsx")
    shutil.copy(SOUND, tmp_path / "甲" / "年报.xlsm")
    run("verify", *tmp_path.glob("*/*"), tmp_path / "甲" / "年报.xlsx", "--annotate", tmp_path / "out")
    assert len(fingerprints(tmp_path / "out")) == 3


def test_a_copy_that_came_back_is_never_written_over(tmp_path: Path) -> None:
    run("verify", TEXT_IN_NUMBERS, "--annotate", tmp_path)
    [copy] = tmp_path.iterdir()
    before = fingerprints(tmp_path)
    run("verify", copy, "--annotate", tmp_path)
    after = fingerprints(tmp_path)
    assert after.items() >= before.items()
    assert len(after) == 2
    run("verify", copy, "--annotate", tmp_path / "二")
    assert [path.name for path in (tmp_path / "二").iterdir()] == [copy.name]


def test_an_unreadable_file_has_no_copy_and_is_answered(tmp_path: Path) -> None:
    result = run("verify", STRANGER, "--annotate", tmp_path)
    assert result.exit_code == 1
    assert "无法读取" in result.stdout
    assert "没有写标注的副本" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "不是文件夹" in refused("verify", SOUND, "--annotate", tmp_path / "file")
