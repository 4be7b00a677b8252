"""A round whose commands are killed at any moment, compared with one that never was.

`python tests/killed_rounds.py 100` kills each of take, fetch, reply and issue a hundred times and prints what
came of it.
"""

from __future__ import annotations

import imaplib
import json
import random
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from command_line import fingerprints, in_this_process, run
from killing import Moments, Program
from mail_server import PASSWORD, Box, serving, use_box
from mails import forwarding, mail
from rounds import ADDRESS, CIVIL, TOWN, WATER, WRONG, begin, drop, filled, status
from xlreport.form.load import load_form
from xlreport.round.place import RoundFolder

COMMANDS = ("take", "fetch", "reply", "issue")
_OF_THE_MOMENT = ("id", "at", "received")
_MADE_ANEW = ("台账.xlsx", "台账.html", "ledger.sqlite", ".lock", "事件.jsonl", "round.toml")
_MOST_KILLS = 3
"""In a row, before the command may end."""


@dataclass
class Killed:
    """What came of killing a command: how often it was, how many moments it has, and what differed."""

    command: str
    kills: int = 0
    moments: int = 0
    differences: list[str] = field(default_factory=list)


def kill_often(command: str, times: int, seed: int, box: Box, folder: Path) -> Killed:
    """Kill a command at so many moments, chosen by the seed; after each it runs again to its end."""
    rounds = _Rounds(command, box, folder)
    found = Killed(command, moments=rounds.undisturbed())
    chance = random.Random(f"{command} {seed}")
    while found.kills < times:
        place = rounds.fresh()
        for _ in range(chance.randint(1, min(_MOST_KILLS, times - found.kills))):
            at, torn = chance.randint(1, found.moments), chance.random() < 0.5
            found.kills += rounds.kill(place, at, torn=torn)
        rounds.end(place)
        if differs := rounds.compared(place):
            found.differences.append("，".join(differs))
    return found


class _Rounds:
    """Copies of one round that is ready for the command, and how it ends undisturbed."""

    def __init__(self, command: str, box: Box, folder: Path) -> None:
        self._command = command
        self._box = box
        self._folder = folder / command
        self._begun = _ready(self._folder / "ready" / "收表", command, box).root
        self._originals: Mapping[str, str] = fingerprints(self._begun / "收件")
        self._expected: Mapping[str, Any] = {}
        with in_this_process():  # what was read here, those that are forked from here know
            run("round", command, self.fresh().root)

    def undisturbed(self) -> int:
        """Run it to its end; how many moments there are."""
        place = self.fresh()
        moments = Moments(place.root)
        Program(["round", self._command, str(place.root)], moments=moments).end()
        self._expected = _all_of(place)
        return moments.seen

    def fresh(self) -> RoundFolder:
        """The round before the command, always at one place."""
        place = RoundFolder(self._folder / "收表")
        shutil.rmtree(place.root, ignore_errors=True)
        shutil.copytree(self._begun, place.root)
        return place

    def kill(self, place: RoundFolder, at: int, *, torn: bool) -> bool:
        """True if it was killed: a run that goes on where another ended has fewer moments."""
        moments = Moments(place.root, at, torn=torn)
        code, said = Program(["round", self._command, str(place.root)], moments=moments).end()
        assert "Traceback" not in said, said
        return code < 0

    def end(self, place: RoundFolder) -> None:
        """Let it run to its end."""
        code, said = Program(["round", self._command, str(place.root)]).end()
        assert code in (0, 1) and "Traceback" not in said, said

    def compared(self, place: RoundFolder) -> list[str]:
        """What is not as in the round that was never killed."""
        found = _all_of(place)
        differs = [name for name in self._expected if found[name] != self._expected[name]]
        return differs + (["收件"] if fingerprints(place.inbox) != self._originals else [])


def _ready(root: Path, command: str, box: Box) -> RoundFolder:
    """A round in which there is something for that command to do."""
    place = begin(root)
    use_box(place, box)
    if command in ("take", "reply"):
        for number, data in enumerate(_mails(), start=1):
            drop(place, f"{number}.eml", data)
        drop(place, "3.xlsx", filled(TOWN))
        drop(place, "副本.xlsx", filled(TOWN))
    if command == "reply":
        Program(["round", "take", str(place.root)]).end()
    return place


def _mails() -> list[bytes]:
    """Sound and faulty returns, versions, a picture, a damaged workbook, a mail in a mail."""
    later = "Wed, 10 Jan 2024 10:00:00 +0800"
    better = mail([("改.xlsx", filled(WATER, {"fees": 1}))], ADDRESS[WATER], date=later, message_id="4@x")
    return [
        mail([("a.xlsx", filled())], ADDRESS[WATER], message_id="1@x"),
        mail([("a.xlsx", filled(CIVIL, WRONG)), ("b.txt", b"x")], ADDRESS[CIVIL], message_id="2@x"),
        mail([("青禾.xlsx", filled(TOWN)[:9000])], ADDRESS[TOWN], message_id="3@x"),
        forwarding(better, ADDRESS[WATER], message_id="5@x"),
    ]


def _all_of(place: RoundFolder) -> dict[str, Any]:
    """All that a round is, but for when it was and the ids that follow from that."""
    lines = [json.loads(line) for line in place.events.read_text(encoding="utf-8").splitlines()]
    events = [{k: v for k, v in line.items() if k not in _OF_THE_MOMENT} for line in lines]
    board = status(place)
    for entry in board["units"]:
        for file in entry["files"]:
            del file["received"]
    files = {p: h for p, h in fingerprints(place.root).items() if p not in _MADE_ANEW}
    modes = {path.name: path.stat().st_mode for path in place.originals.iterdir()}
    return {
        "events": sorted(json.dumps(event, sort_keys=True) for event in events),
        "board": {**board, "at": ""},
        "files": files,
        "originals": modes,
    }


@contextmanager
def mailbox() -> Iterator[Box]:
    """A mailbox with these mails, which this process and what is forked from it can reach."""
    with pytest.MonkeyPatch.context() as patch, serving(Box()) as box:
        patch.setattr(imaplib, "IMAP4_SSL", lambda h, p, **o: imaplib.IMAP4(h, p, timeout=o["timeout"]))
        patch.setenv("XLREPORT_MAIL_PASSWORD", PASSWORD)
        for data in _mails():
            box.add(data)
        yield box


def main(times: int, seed: int) -> int:
    """Print a line for each command; 1 if anything was lost, there twice or changed."""
    load_form("ogi_annual_2021")
    lost = False
    with mailbox() as box, TemporaryDirectory() as folder:
        for command in COMMANDS:
            found = kill_often(command, times, seed, box, Path(folder))
            became = "；".join(found.differences) or "always the same end"
            sys.stdout.write(f"{command}: {found.moments} moments, killed {found.kills} times, {became}\n")
            lost = lost or bool(found.differences)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
