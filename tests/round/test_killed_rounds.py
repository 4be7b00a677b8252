"""A round whose commands are killed: nothing is lost, nothing is there twice, and the next run goes on."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from command_line import run
from killed_rounds import COMMANDS, kill_often, mailbox
from killing import Moments, Program, posix
from mails import mail
from rounds import ADDRESS, CIVIL, TOWN, WATER, WRONG, begin, drop, filled, look, status
from xlreport.formats.digest import digest
from xlreport.round.place import RoundFolder

pytestmark = [posix, pytest.mark.usefixtures("quick_workers")]


def filled_round(folder: Path) -> RoundFolder:
    place = begin(folder)
    drop(place, "1.eml", mail([("a.xlsx", filled())], ADDRESS[WATER], message_id="1@x"))
    drop(
        place,
        "2.eml",
        mail([("a.xlsx", filled(CIVIL, WRONG)), ("b.txt", b"x")], ADDRESS[CIVIL], message_id="2@x"),
    )
    drop(place, "3.xlsx", filled(TOWN))
    drop(place, "4.xlsx", filled(TOWN))
    return place


@pytest.fixture(autouse=True, scope="module")
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What these programs load and read is there when they are started."""
    run("round", "take", filled_round(tmp_path_factory.mktemp("loaded") / "收表").root)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_killed_at_any_moment_comes_to_the_same_end(command: str, tmp_path: Path) -> None:
    with mailbox() as box:
        found = kill_often(command, 3, 1, box, tmp_path)
    assert found.kills == 3
    assert found.differences == []


def test_a_full_disk_is_said_and_costs_nothing(tmp_path: Path) -> None:
    place = filled_round(tmp_path / "收表")
    before = place.events.read_bytes()
    code, said = Program(["round", "take", str(place.root)], largest_file=20_000).end()
    assert code in (1, 2)
    assert "Traceback" not in said
    assert place.events.read_bytes().startswith(before)
    Program(["round", "take", str(place.root)]).end()
    assert status(place)["totals"]["accepted"] == 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where root may make one."""
    disk = tmp_path / "盘"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root can mount a small disk, and not everywhere")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("left", [0, 10_000, 100_000])
def test_a_disk_that_is_full_is_said_and_what_was_put_down_stays(small_disk: Path, left: int) -> None:
    place = filled_round(small_disk / "收表")
    before = place.events.read_bytes()
    fill(small_disk / "满", left)
    code, said = Program(["round", "take", str(place.root)]).end()
    assert code in (1, 2), said
    assert "Traceback" not in said
    assert place.events.read_bytes().startswith(before)
    (small_disk / "满").unlink()
    Program(["round", "take", str(place.root)]).end()
    assert status(place)["totals"]["accepted"] == 2


def fill(path: Path, left: int) -> None:
    """Leave so many bytes of its disk free."""
    with path.open("wb", buffering=0) as file:
        with suppress(OSError):
            while True:
                file.write(bytes(100_000))
        file.truncate(max(0, file.tell() - left))


@pytest.mark.parametrize("command", ["bundle", "close"])
def test_handing_up_that_is_killed_leaves_no_half_bundle_and_gives_no_number_twice(
    command: str, tmp_path: Path
) -> None:
    begun = filled_round(tmp_path / "begun" / "收表")
    run("round", "take", begun.root)
    for entry in status(begun)["units"]:
        if entry["state"] != "accepted":
            run("round", "decide", begun.root, "exempt", entry["unit"], "--why", "撤销")
    place, out = RoundFolder(tmp_path / "收表"), tmp_path / "收表" / "上报"
    words = ["round", command, str(place.root), *(["-o", f"{out}/"] if command == "bundle" else [])]
    again = words
    shutil.copytree(begun.root, place.root)
    moments = Moments(place.root)
    Program(words, moments=moments).end()
    for part in (1, 2, 3):
        shutil.rmtree(place.root)
        shutil.copytree(begun.root, place.root)
        Program(words, moments=Moments(place.root, moments.seen * part // 4, torn=part == 2)).end()
        code, said = Program(again).end()
        assert code == 0 or "已经结束" in said, said
        numbered = [event for event in look(place).log.events if event.kind == "bundled"]
        assert [event["number"] for event in numbered] == list(range(1, len(numbered) + 1))
        written = {digest(path) for path in place.root.rglob("上报包*.zip")}
        assert numbered[-1]["sha256"] in written <= {event["sha256"] for event in numbered}
