"""run.json of a round: what was verified in it, and doing some of that again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from command_line import quick_workers, run
from rounds import CIVIL, WRONG, begin, drop, filled, look, take
from xlreport.batch.program import signature
from xlreport.round.events import Event, Log
from xlreport.round.place import RoundFolder
from xlreport.round.receipt import write_receipt


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundFolder]:
    """A round that has taken in a sound return, a wrong one twice, a broken one and a note."""
    with quick_workers():
        made = begin(tmp_path_factory.mktemp("receipt") / "县")
        drop(made, "a.xlsx", filled())
        drop(made, "b.xlsx", filled(CIVIL, WRONG))
        drop(made, "再报.xlsx", filled(CIVIL, WRONG))
        drop(made, "坏.xlsx", filled()[:3000])
        drop(made, "说明.txt", "收齐".encode())
        take(made, code=1)
        yield made


def receipt(place: RoundFolder) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((place.root / "run.json").read_text(encoding="utf-8"))
    return found


def check(place: RoundFolder, *more: object) -> tuple[int, str]:
    with quick_workers():
        result = run("check-run", place.root / "run.json", "--jobs", 1, *more)
    return result.exit_code, result.output


def test_every_workbook_that_was_verified_stands_there_once(place: RoundFolder) -> None:
    lines = receipt(place)["files"]
    assert len(lines) == len({line["sha256"] for line in lines}) >= 2
    assert all((place.root / line["file"]).is_file() and line["documents"] == "" for line in lines)
    assert "说明.txt" not in json.dumps(lines, ensure_ascii=False)


def test_a_round_done_again_is_the_same(place: RoundFolder) -> None:
    code, said = check(place)
    assert (code, f"相同 {len(receipt(place)['files'])}（" in said) == (0, True)


def test_taking_nothing_new_leaves_it_as_it_is(place: RoundFolder) -> None:
    before = (place.root / "run.json").read_bytes()
    with quick_workers():
        run("round", "take", place.root)
    assert (place.root / "run.json").read_bytes() == before


def test_what_another_program_verified_is_not_said_to_be_this_one_s(place: RoundFolder) -> None:
    round_ = look(place)
    own = signature()
    assert all("program" not in line for line in receipt(place)["files"])
    events = [as_verified_by(event, by) for event, by in zip(round_.log.events, count(), strict=False)]
    round_.log = Log(tuple(events), round_.log.size)
    before = (place.root / "run.json").read_bytes()
    write_receipt(round_, None)
    try:
        found = {line.get("program", "") for line in receipt(place)["files"]}
        assert found == {"0.0.9 abc", "unknown"} and own not in found
        code, said = check(place)
        assert code == 0 and "程序版本（当时 0.0.9" in said and "没有记下是哪一版" in said
    finally:
        (place.root / "run.json").write_bytes(before)


def as_verified_by(event: Event, number: int) -> Event:
    """The same by an earlier version, or by one that did not put down which it was."""
    if not event.get("outcome"):
        return event
    data = {name: value for name, value in event.data.items() if name != "program"}
    return replace(event, data={**data, "program": "0.0.9 abc"} if number % 2 else data)


def test_an_original_that_was_changed_is_named(place: RoundFolder) -> None:
    name = receipt(place)["files"][0]["file"]
    original = place.root / name
    whole, mode = original.read_bytes(), original.stat().st_mode
    original.chmod(0o644)
    try:
        original.write_bytes(whole + b"\0")
        code, said = check(place)
        assert (code, f"{name}：文件的内容已经不是当时的" in said) == (1, True)
    finally:
        original.write_bytes(whole)
        original.chmod(mode)
