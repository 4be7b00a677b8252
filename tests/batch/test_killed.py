"""convert, killed: originals untouched, nothing half written, and the next run goes on."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from command_line import RETURNS, SOUND, fingerprints, json_lines, refused, run
from killing import Program, posix
from returns import save, sound
from xlreport.archive.gather import Job
from xlreport.batch import convert
from xlreport.batch.work import Plan
from xlreport.run.outcome import Outcome

LEDGER = ".xlreport.sqlite3"
KILLS = 18

pytestmark = pytest.mark.usefixtures("quick_workers")


def command(folder: Path, out: Path, *more: str) -> list[str]:
    return ["convert", str(folder), "-o", str(out), "--jobs", "2", *more]


def made(out: Path) -> dict[str, str]:
    """What convert made, its ledger aside."""
    return {name: digest for name, digest in fingerprints(out).items() if not name.startswith(LEDGER)}


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve returns, among them wrong and unreadable ones."""
    folder = shutil.copytree(RETURNS, tmp_path_factory.mktemp("killed") / "in")
    for number in range(5):
        save(folder, sound({"organ": f"第{number}局"}), f"{number}.xlsx")
    (folder / "坏.xlsx").write_bytes(SOUND.read_bytes()[:3000])
    return folder


@pytest.fixture(scope="module")
def undisturbed(returns: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a run makes that nothing happens to."""
    run(*command(returns, tmp_path_factory.mktemp("here")))
    out = tmp_path_factory.mktemp("undisturbed")
    Program(command(returns, out)).end()
    return made(out)


@posix
def test_a_run_killed_again_and_again_comes_to_the_same_end(
    returns: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    before = fingerprints(returns)
    out = tmp_path / "out"
    finished: list[int] = []
    for number in range(KILLS):
        if number % 6 == 0:  # the first half of a run is killed as often as the second
            shutil.rmtree(out, ignore_errors=True)
        finished.append(Program(command(returns, out, "-v")).kill_after(number % 6 * 2 + 1))
        assert fingerprints(returns) == before
        whole = {name for name in made(out) if not name.endswith(".tmp")}
        assert {name: made(out)[name] for name in whole} == {name: undisturbed[name] for name in whole}
    program = [sys.executable, "-c", "from xlreport.cli.main import main; main()"]
    last = subprocess.run([*program, *command(returns, out)], check=False, capture_output=True)
    assert last.returncode == 1
    assert "不用重做" in last.stdout.decode()
    assert made(out) == undisturbed
    assert fingerprints(returns) == before
    assert len(set(finished)) > 3


def dying_while_writing(job: Job, plan: Plan) -> Outcome:
    """What a worker does, killed with half of a document written."""
    (plan.out / ".xlreport-half.tmp").write_bytes(b"half")
    os._exit(9)


def test_what_was_half_written_is_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(SOUND, folder / "年报.xlsx")
    monkeypatch.setattr(convert, "process", dying_while_writing)
    assert run("convert", folder, "-o", tmp_path / "out", "--jobs", 1).exit_code == 3
    assert made(tmp_path / "out").keys() == {"findings.jsonl", "run.json", "summary.xlsx"}
    monkeypatch.undo()
    (tmp_path / "out" / ".xlreport-half.tmp").write_bytes(b"half")  # of a run that was killed as a whole
    assert run("convert", folder, "-o", tmp_path / "out", "--jobs", 1, "--to", "md").exit_code == 0
    assert made(tmp_path / "out").keys() == {"年报.md", "findings.jsonl", "run.json", "summary.xlsx"}


# Disks -----------------------------------------------------------------------------------------------


def full(job: Job, plan: Plan) -> Outcome:
    """What a worker does when the disk has become full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(plan.out))


def test_a_full_disk_ends_the_run_and_is_no_fault_of_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(SOUND, folder / "年报.xlsx")
    monkeypatch.setattr(convert, "process", full)
    result = run("convert", folder, "-o", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 2
    assert "磁盘空间不足" in result.stderr
    assert made(tmp_path / "out") == {}
    monkeypatch.undo()
    assert run("convert", folder, "-o", tmp_path / "out", "--jobs", 1, "--to", "md").exit_code == 0


def full_while_another_writes(job: Job, plan: Plan) -> Outcome:
    """What two workers do: one finds the disk full when the other is in the middle of a document."""
    meeting = plan.out / "meeting"
    if job.name == "1.xlsx":
        (plan.out / ".xlreport-half.tmp").write_bytes(b"half")
        meeting.write_bytes(b"written")  # a pipe: the other has come when this returns
        signal.pause()
    meeting.read_bytes()
    return full(job, plan)


@posix
def test_a_full_disk_ends_a_worker_in_the_middle_of_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    for place in (folder, out):
        place.mkdir()
    for name in ("1.xlsx", "2.xlsx"):
        shutil.copy(SOUND, folder / name)
    os.mkfifo(out / "meeting")
    monkeypatch.setattr(convert, "process", full_while_another_writes)
    assert run("convert", folder, "-o", out, "--jobs", 2).exit_code == 2
    assert not list(out.glob("*.tmp"))


@posix
@pytest.mark.parametrize("most", [3_000, 9_000, 20_000])
def test_files_may_grow_only_so_far(most: int, returns: Path, tmp_path: Path) -> None:
    """A limit on the size of files (as a quota sets it) stands in for a full disk."""
    code, said = Program(command(returns, tmp_path / "out"), largest_file=most).end()
    assert code == 2, said
    assert "不能写入" in said and "Traceback" not in said
    assert not [name for name in made(tmp_path / "out") if name.endswith(".tmp")]
    assert Program(command(returns, tmp_path / "out")).end()[0] == 1


def small_disk(folder: Path) -> bool:
    """Mount a disk of 400 KB there; False where that is not allowed."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    return (
        shutil.which("mount") is not None
        and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    )


@posix
def test_a_disk_that_runs_full_and_is_given_room(
    returns: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    if not small_disk(out):
        pytest.skip("needs the right to mount a small disk")
    try:
        before = fingerprints(returns)
        code, said = Program(command(returns, out)).end()
        assert code == 2, said
        assert "不能写入" in said and "磁盘" in said and "Traceback" not in said
        assert {name: made(out)[name] for name in made(out)}.items() <= undisturbed.items()
        subprocess.run(["mount", "-o", "remount,size=20m", str(out)], check=True)
        assert Program(command(returns, out)).end()[0] == 1
        assert made(out) == undisturbed
        assert fingerprints(returns) == before
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
        refused_ = run("convert", returns, "-o", out, "--jobs", 1, "--to", "md")
        assert (refused_.exit_code, "只读" in refused_.stderr) == (2, True)
        assert made(out) == undisturbed
    finally:
        subprocess.run(["umount", str(out)], check=True)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user can enter: those of pytest are for the user who runs it alone."""
    with TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def become_nobody() -> None:
    """Everything is allowed to root; who is not root stays who he is."""
    if os.geteuid() == 0:
        import pwd

        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)


def refused_to_nobody(*args: object) -> str:
    """What is said to a user without rights. Forked, because he may not be able to read this checkout."""
    with ProcessPoolExecutor(1, get_context("fork"), become_nobody) as other:
        return other.submit(refused, *args).result()


@posix
@pytest.mark.parametrize("name", ["out", "out/报告"])
def test_a_folder_without_the_right_to_write(public: Path, name: str) -> None:
    folder, out = public / "in", public / "out"
    folder.mkdir()
    shutil.copy(SOUND, folder / "年报.xlsx")
    run("convert", folder, "-o", public / "own", "--jobs", 1, "--to", "md")  # loads what nobody may not read
    out.mkdir(mode=0o555)
    said = refused_to_nobody("convert", folder, "-o", public / name, "--jobs", 1, "--to", "md")
    assert "没有权限" in said
    assert list(out.iterdir()) == []


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    from xlreport.batch.ledger import Ledger

    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(SOUND, folder / "年报.xlsx")
    first = Ledger(Plan(tmp_path / "out", ("md",)))
    try:
        assert "正被另一次运行使用" in refused("convert", folder, "-o", tmp_path / "out", "--jobs", 1)
    finally:
        first.close()
    assert run("convert", folder, "-o", tmp_path / "out", "--jobs", 1, "--to", "md").exit_code == 0
    assert [line["status"] for line in json_lines(tmp_path / "out" / "findings.jsonl")] == ["accepted"]
