"""Workers that die: each costs its own file and no other."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from command_line import SOUND, json_lines, run
from xlreport.round import convert
from xlreport.round.gather import Job
from xlreport.round.work import Outcome, Plan, process


def mortal(job: Job, plan: Plan) -> Outcome:
    """What a worker does, dying of some files as if the system had killed it."""
    if "死" in job.name:
        os._exit(9)
    return process(job, plan)


def test_a_worker_that_is_killed_costs_its_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "process", mortal)
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b", "死", "c", "d"):
        shutil.copy(SOUND, folder / f"{name}.xlsx")
    result = run("convert", folder, "-o", tmp_path / "out", "--jobs", 2, "--to", "md")
    assert result.exit_code == 3
    lines = {line["file"]: line for line in json_lines(tmp_path / "out" / "findings.jsonl")}
    assert [finding["code"] for finding in lines.pop("死.xlsx")["findings"]] == ["SYS002"]
    assert {line["status"] for line in lines.values()} == {"accepted"}
