"""What an event names is on the disk before the event is, by the order in which the program asks for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from command_line import quick_workers, run
from rounds import begin, drop, filled, take
from xlreport.round.place import RoundFolder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers that are forked, folders made safe")


class Moments:
    """What was made safe and what was named, in order, by the program and the workers forked from it."""

    def __init__(self, patch: pytest.MonkeyPatch, notes: Path) -> None:
        self._notes = notes
        fsync, replace = os.fsync, os.replace

        def made_safe(file: int) -> None:
            self._note(f"safe {os.fstat(file).st_ino}")
            fsync(file)

        def named(before: Path, after: Path) -> None:
            self._note(f"named {Path(before).stat().st_ino}")
            replace(before, after)

        patch.setattr(os, "fsync", made_safe)
        patch.setattr(os, "replace", named)

    def _note(self, words: str) -> None:
        with self._notes.open("a") as notes:
            notes.write(f"{words}\n")

    def all(self) -> list[str]:
        return self._notes.read_text().splitlines()


def _is_safe_before_its_event(seen: list[str], file: Path, events: Path) -> None:
    own, folder = file.stat().st_ino, file.parent.stat().st_ino
    assert seen.count(f"safe {own}") == 1
    assert seen.index(f"safe {own}") < seen.index(f"named {own}")
    rest = seen[seen.index(f"named {own}") :]
    assert rest.index(f"safe {folder}") < rest.index(f"safe {events.stat().st_ino}")


@pytest.fixture
def place(tmp_path: Path) -> RoundFolder:
    return begin(tmp_path / "收表")


def test_an_original_is_safe_before_the_event_that_names_it(
    place: RoundFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drop(place, "年报.xlsx", filled())
    drop(place, "说明.txt", b"x")
    moments = Moments(monkeypatch, tmp_path / "notes")
    with quick_workers():
        take(place)
    for original in place.originals.iterdir():
        _is_safe_before_its_event(moments.all(), original, place.events)
    folder = f"safe {place.originals.stat().st_ino}"
    assert moments.all().count(folder) == 1, "once for all that was taken together"


def test_a_workbook_is_safe_before_the_event_that_says_it_was_issued(
    place: RoundFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    moments = Moments(monkeypatch, tmp_path / "notes")
    with quick_workers():
        assert run("round", "issue", place.root).exit_code == 0
    (first, *_) = sorted(place.issued.iterdir())
    _is_safe_before_its_event(moments.all(), first, place.events)


def test_nothing_is_asked_of_the_disk_where_nothing_is_new(
    place: RoundFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drop(place, "年报.xlsx", filled())
    with quick_workers():
        take(place)
        moments = Moments(monkeypatch, tmp_path / "notes")
        take(place)
    assert not [words for words in moments.all() if words.startswith("safe")]
