"""Workers that die: each costs its own file and no other."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bad_workers import greedy, hang, hanging, hoarding, mortal, process_id, process_id_again
from command_line import SOUND, STRANGER, json_lines, run
from xlreport.batch import convert, single
from xlreport.formats.limits import VARIABLE
from xlreport.run import pool
from xlreport.verify.verdict import Prior, Verdict, verify_file

pytestmark = pytest.mark.usefixtures("workers")


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


def only_hanging_takes_time(patch: pytest.MonkeyPatch, folder: Path, at_once: int = 1) -> None:
    """However slow the machine is, what is late is what hangs: no other second passes.

    A worker that hangs says so again and again, which is a second each time. Where so many hang `at_once`, no
    time passes before all of them do: then nobody is at work whom it would cost his file. From then on it
    passes with any of them, because they are ended one by one.
    """

    def seconds() -> float:
        said = [path.stat().st_size for path in folder.iterdir()]
        return float(sum(said)) if len(said) >= at_once else 0.0

    folder.mkdir()
    patch.setattr(pool, "monotonic", seconds)


@pytest.mark.skipif(sys.platform != "linux", reason="workers that start at once are forked")
def test_a_team_stays_from_one_kind_of_work_to_the_next_and_replaces_whom_it_loses() -> None:
    team = pool.Team(1, alone=True)
    try:
        (first,) = (answer for _, answer in team.each(process_id, ["a"]))
        assert list(team.each(process_id_again, ["b", "死", "c"]))[:2] == [
            ("b", first),
            ("死", pool.Lost(False)),
        ]
        ((_, second),) = team.each(process_id, ["d"])
        assert isinstance(second, int) and second != first
        os.kill(second, signal.SIGKILL)
        os.waitid(os.P_PID, second, os.WEXITED | os.WNOWAIT)
        ((_, third),) = team.each(process_id, ["e"])
        assert isinstance(third, int) and third != second
    finally:
        team.end()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_hangs_costs_its_file_only(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "process", hanging)
    monkeypatch.setenv(VARIABLE, "seconds=1")
    only_hanging_takes_time(monkeypatch, tmp_path / "waited", jobs)
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "挂", "挂2"):
        shutil.copy(STRANGER, folder / f"{name}.xlsx")
    result = run("convert", folder, "-o", tmp_path / "out", "--jobs", jobs, "--to", "md")
    assert result.exit_code == 3
    lines = {line["file"]: line["findings"] for line in json_lines(tmp_path / "out" / "findings.jsonl")}
    assert {file: [f["code"] for f in found] for file, found in lines.items()} == {
        "a.xlsx": ["WBK002"],
        "挂.xlsx": ["SYS004"],
        "挂2.xlsx": ["SYS004"],
    }
    assert "超过 1 秒" in lines["挂.xlsx"][0]["message"]
    assert "XLREPORT_LIMITS" in lines["挂.xlsx"][0]["fix"]


def test_a_file_that_takes_too_much_memory_costs_itself_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "process", greedy)
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("大", "小"):
        shutil.copy(SOUND, folder / f"{name}.xlsx")
    result = run("convert", folder, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert result.exit_code == 3
    lines = {line["file"]: line for line in json_lines(tmp_path / "out" / "findings.jsonl")}
    assert [finding["code"] for finding in lines["大.xlsx"]["findings"]] == ["SYS005"]
    assert lines["小.xlsx"]["status"] == "accepted"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to RLIMIT_AS")
def test_workers_keep_to_the_memory_they_are_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "process", hoarding)
    monkeypatch.setenv(VARIABLE, "memory_mb=1000")
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(SOUND, folder / "大.xlsx")
    run("convert", folder, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    (line,) = json_lines(tmp_path / "out" / "findings.jsonl")
    assert [finding["code"] for finding in line["findings"]] == ["SYS005"]
    assert "超过 1000 MB" in line["findings"][0]["message"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers do not inherit what a test changed")
@pytest.mark.parametrize("command", [("verify",), ("render", "--to", "md"), ("verify", "--annotate", "back")])
def test_other_commands_lose_no_more_than_the_file(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def verify(path: Path, prior: Prior | None = None) -> Verdict:
        match path.stem:
            case "挂":
                hang(tmp_path / "waited" / "挂")
            case "死":
                os._exit(9)
            case "大":
                raise MemoryError
            case "错":
                raise RuntimeError("a fault of ours")
        return verify_file(path, prior)

    monkeypatch.setattr(single, "verify_file", verify)
    monkeypatch.setattr(single, "verify_any", verify)
    monkeypatch.setenv(VARIABLE, "seconds=1")
    only_hanging_takes_time(monkeypatch, tmp_path / "waited")
    monkeypatch.chdir(tmp_path)
    files = [shutil.copy(SOUND, tmp_path / f"{name}.xlsx") for name in "甲挂死大错乙"]
    done = run(*command, *files)
    said = done.output
    assert done.exit_code == 3
    assert all(f"{name}.xlsx  无法读取" in said for name in "挂死大错")
    assert "超过 1 秒" in said and "进程意外终止" in said and "内存超过" in said
    assert "RuntimeError：a fault of ours" in said and "Traceback" not in said
    made = {"verify": "{}.xlsx  通过", "render": "{}.md"}[command[0]]
    assert all(made.format(name) in said for name in "甲乙")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers do not inherit what a test changed")
def test_extract_and_refill_tell_of_a_file_that_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xlreport.workbook.read.open_snapshot", lambda file: threading.Event().wait())
    monkeypatch.setattr("xlreport.workbook.salvage.open_snapshot", lambda file: threading.Event().wait())
    monkeypatch.setenv(VARIABLE, "seconds=1")
    for command in (("extract", SOUND), ("refill", SOUND, "-o", tmp_path / "new.xlsx")):
        done = run(*command)
        assert (done.exit_code, "超过 1 秒" in done.stderr) == (3, True)
    assert list(tmp_path.iterdir()) == []


ENDLESS = """
import os, sys, threading
from pathlib import Path
from xlreport.batch import convert
from xlreport.batch import single
from xlreport.batch import work
from xlreport.archive.gather import Job
from xlreport.batch.work import Plan
from xlreport.batch.ledger import Ledger
from xlreport.run.engine import Local

def endless(job, plan):
    os.write(1, f"{os.getpid()}\\n".encode())  # whole, beside that of the other worker
    threading.Event().wait()

if __name__ == "__main__":
    convert.process = endless
    jobs = [Job(name, Path(name), name, Path(name)) for name in "ab"]
    convert.convert(jobs, Ledger(Plan(Path("out").resolve(), ("md",))), Local(2), print)
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
