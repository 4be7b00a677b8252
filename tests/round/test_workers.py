"""Workers that die: each costs its own file and no other."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
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


ENDLESS = """
import os, sys, threading
from pathlib import Path
from xlreport.round import convert
from xlreport.round.gather import Job
from xlreport.round.work import Plan

def endless(job, plan):
    print(os.getpid(), flush=True)
    threading.Event().wait()

if __name__ == "__main__":
    convert.process = endless
    jobs = [Job(name, Path(name), name) for name in "ab"]
    convert.convert(jobs, Plan(Path("out").resolve(), ("md",)), 2, print)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX systems do")
def test_workers_end_when_the_program_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS, encoding="utf-8")
    with subprocess.Popen([sys.executable, script], cwd=tmp_path, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        workers = [int(program.stdout.readline()) for _ in range(2)]
        program.kill()
        try:
            program.communicate(timeout=60)  # the end of the output: nobody holds it any more
        except subprocess.TimeoutExpired:
            for worker in workers:
                os.kill(worker, signal.SIGKILL)
            raise
