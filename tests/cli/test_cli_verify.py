"""xlreport verify."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from command_line import RETURNS, SOUND, STRANGER, TEXT_IN_NUMBERS, WRONG_TOTALS, fingerprints, refused, run
from returns import save, sound

FINDING_KEYS = {"code", "severity", "message", "fix", "subject", "sheet", "cell"} | {
    *("expected", "found", "file", "explanation", "cells", "id")
}


def test_a_sound_return_passes() -> None:
    result = run("verify", SOUND)
    assert result.exit_code == 0
    assert "通过" in result.stdout
    assert "没有发现问题" in result.stdout


def test_findings_are_grouped_by_severity_with_what_to_do() -> None:
    result = run("verify", TEXT_IN_NUMBERS)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].endswith("退回")
    assert "岚溪县水务局  2023 年  错误 2，提示 2" in lines[1]
    marks = [line.strip()[:4] for line in lines if "【" in line]
    assert marks == ["【错误】", "【错误】", "【提示】", "【提示】"]
    assert sum(line.strip().startswith("改法：") for line in lines) == 4


def test_a_stranger_s_workbook_is_answered() -> None:
    result = run("verify", STRANGER)
    assert result.exit_code == 1
    assert "无法读取" in result.stdout
    assert "请在下发的工作簿里填写" in result.stdout


def test_several_files_end_with_the_worst() -> None:
    assert run("verify", SOUND, SOUND).exit_code == 0
    assert run("verify", SOUND, WRONG_TOTALS).exit_code == 1


def test_json_has_one_object_per_file() -> None:
    result = run("verify", SOUND, WRONG_TOTALS, STRANGER, "--json")
    assert result.exit_code == 1
    good, wrong, stranger = json.loads(result.stdout)
    assert good == {
        "file": str(SOUND),
        "source_sha256": hashlib.sha256(SOUND.read_bytes()).hexdigest(),
        "status": "accepted",
        "form": "ogi_annual_2021",
        "unit": "岚溪县自然资源和规划局",
        "year": 2023,
        "counts": {"error": 0, "warning": 0, "note": 0},
        "explained": 0,
        "findings": [],
    }
    assert wrong["status"] == "returned"
    assert wrong["counts"]["error"] == len(wrong["findings"]) == 2
    assert set(wrong["findings"][0]) == FINDING_KEYS
    assert wrong["findings"][0]["id"] == "REQ001:requests[,natural_person]"
    assert stranger["status"] == "unreadable"
    assert stranger["form"] is None
    assert stranger["source_sha256"] == hashlib.sha256(STRANGER.read_bytes()).hexdigest()
    assert "岚溪县" in result.stdout  # not escaped


def test_no_file_is_ever_changed() -> None:
    before = fingerprints(RETURNS)
    run("verify", *sorted(RETURNS.rglob("*.xlsx")))
    run("verify", *sorted(RETURNS.rglob("*.xlsx")), "--json")
    assert fingerprints(RETURNS) == before


def test_text_of_units_does_nothing_to_a_terminal(tmp_path: Path) -> None:
    path = save(tmp_path, sound({"organ": "[bold]某局[/bold] \u202e{x}"}))
    result = run("verify", path)
    assert "[bold]某局[/bold]" in result.stdout
    assert not set(result.stdout) & {"\x1b", "\u202e"}


def test_what_cannot_be_verified_is_refused(tmp_path: Path) -> None:
    assert "找不到" in refused("verify", tmp_path / "没有.xlsx")
    assert "文件夹" in refused("verify", tmp_path)
    assert "找不到" in refused("verify", SOUND, tmp_path / "没有.xlsx")


def test_a_file_that_is_no_workbook_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "年报.xlsx").write_bytes(b"hello")
    result = run("verify", tmp_path / "年报.xlsx")
    assert result.exit_code == 1
    assert "无法读取" in result.stdout


def test_a_minus_sign_survives_a_code_page_that_lacks_it() -> None:
    start = "from xlreport.cli.main import main; main()"
    program = [sys.executable, "-c", start, "verify", str(WRONG_TOTALS)]
    done = subprocess.run(program, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "gbk"})
    assert "相差-1件" in done.stdout.decode("gbk")
