"""A small round for tests: three units of the invented county, and a clock that the test sets."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from command_line import run
from lists import COUNTY, HEADINGS, save_list
from returns import FORM, sound, written
from xlreport.round.as_json import as_json
from xlreport.round.opened import Round, open_round
from xlreport.round.place import RoundFolder
from xlreport.round.start import new_round

OFFICE = "岚溪县人民政府"
WATER, CIVIL, TOWN = (str(row[0]) for row in COUNTY)
ADDRESS = {WATER: "shuiwu@lanxi.example", CIVIL: "minzheng@lanxi.example", TOWN: "qinghe@lanxi.example"}
CODES = {WATER: "LX-B-001", CIVIL: "LX-B-002", TOWN: "LX-T-007"}
WRONG = {"requests[other,natural_person]": 7}
HERE = timezone(timedelta(hours=8))


@dataclass
class Clock:
    """Tells the time it was set to, and goes on a minute with each look."""

    time: datetime = datetime(2024, 1, 10, 9, 0, tzinfo=HERE)

    def __call__(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time

    def set(self, *parts: int) -> None:
        self.time = datetime(*parts, tzinfo=HERE)  # type: ignore[arg-type,misc]


def begin(
    folder: Path,
    rows: Sequence[Sequence[object]] = COUNTY,
    headings: Sequence[str] = HEADINGS,
    clock: Clock | None = None,
    office: str = OFFICE,
) -> RoundFolder:
    """A new round of these units, with their list beside it: a copy where there was one of them before."""
    if clock is not None:
        source = save_list(folder.parent / "单位名单.xlsx", rows, headings)
        return new_round(folder, FORM, FORM.id, 2023, office, source, clock)
    begun = _begun(tuple(map(tuple, rows)), tuple(headings), office)
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(begun.parent / "单位名单.xlsx", folder.parent)
    place = RoundFolder(Path(shutil.copytree(begun, folder)).resolve())
    place.key.write_text(_key(folder.name, rows, office), encoding="ascii")
    return place


def _key(*round_: object) -> str:
    """Each round of a test has its own key; in the next test it is the same, so that workbooks are too."""
    return hashlib.sha256(repr(round_).encode()).hexdigest() + "\n"


@cache
def _begun(rows: Sequence[Sequence[object]], headings: Sequence[str], office: str) -> Path:
    """A round in which nothing has happened yet, for as long as the tests run."""
    folder = Path(mkdtemp(dir=_begun_rounds().name), "收表")
    return begin(folder, rows, headings, Clock(), office).root


@cache
def _begun_rounds() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


def look(place: RoundFolder, clock: Clock | None = None) -> Round:
    """The round as it is now."""
    return open_round(place, clock or Clock())


def status(place: RoundFolder) -> dict[str, Any]:
    """What `round status --json` says."""
    result = run("round", "status", place.root, "--json")
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def state_at(place: RoundFolder, clock: Clock) -> dict[str, Any]:
    """The same at a time."""
    return as_json(look(place, clock))


def unit(data: dict[str, Any], name: str) -> dict[str, Any]:
    """One unit of it."""
    return next(entry for entry in data["units"] if entry["unit"] == name)


def filled(name: str = WATER, changes: Mapping[str, Any] | None = None) -> bytes:
    """A return of a unit: sound, unless something is changed."""
    return written(sound({"organ": name, "unit_code": CODES.get(name, "LX-X"), **(changes or {})}))


def drop(place: RoundFolder, name: str, data: bytes) -> Path:
    path = place.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def take(place: RoundFolder, *sources: object, code: int = 0) -> str:
    result = run("round", "take", place.root, *sources)
    assert result.exit_code == code, result.output
    return result.output
