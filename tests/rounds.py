"""A small round for tests: three units of the invented county, and a clock that the test sets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from command_line import run
from lists import COUNTY, HEADINGS, save_list
from returns import FORM, sound
from xlreport.form.calculate import complete
from xlreport.report.narrative import compose
from xlreport.report.render import render_document
from xlreport.round.as_json import as_json
from xlreport.round.opened import Round, open_round
from xlreport.round.place import RoundFolder
from xlreport.round.start import new_round
from xlreport.verify.gates import verify_file
from xlreport.workbook.write import write_workbook

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
    """A new round of these units."""
    warm()
    source = save_list(folder.parent / "单位名单.xlsx", rows, headings)
    return new_round(folder, FORM, FORM.id, 2023, office, source, clock or Clock())


@cache
def warm() -> None:
    """Load what workers would otherwise load, each for itself."""
    for name in ("report.docx", "report.html", "report.narrative", "batch.single", "round.answers"):
        import_module(f"xlreport.{name}")
    form = FORM
    render_document(compose(form, complete(form, sound()), draft=False, findings=()), form, "docx")
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        path.write_bytes(filled())
        verify_file(path)


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


@cache
def _filled(name: str, changes: tuple[tuple[str, Any], ...]) -> bytes:
    return write_workbook(FORM, sound({"organ": name, "unit_code": CODES.get(name, "LX-X"), **dict(changes)}))


def filled(name: str = WATER, changes: Mapping[str, Any] | None = None) -> bytes:
    """A return of a unit: sound, unless something is changed."""
    return _filled(name, tuple((changes or {}).items()))


def drop(place: RoundFolder, name: str, data: bytes) -> Path:
    path = place.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def take(place: RoundFolder, *sources: object, code: int = 0) -> str:
    result = run("round", "take", place.root, *sources)
    assert result.exit_code == code, result.output
    return result.output
