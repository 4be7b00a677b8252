"""The events: only added to, whole or not at all; the ledger made from them; one clerk at a time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from command_line import refused, run
from rounds import HERE, WATER, Clock, begin, look, status
from xlreport.round.arrival import arrivals_in, times_of
from xlreport.round.events import altered, append, read_log
from xlreport.round.lock import writing
from xlreport.round.opened import changing
from xlreport.round.place import Refused, RoundFolder


@pytest.fixture
def place(tmp_path: Path) -> RoundFolder:
    return begin(tmp_path / "收表")


def exempted(place: RoundFolder, clock: Clock | None = None) -> None:
    with changing(place, clock or Clock()) as round_:
        round_.add(("exempt", {"unit": WATER, "why": "垂直管理"}))


def test_a_line_cut_short_never_happened_and_the_next_one_is_whole(place: RoundFolder) -> None:
    exempted(place)
    whole = place.events.read_bytes()
    for size in range(len(whole) - 1, whole.rfind(b"\n", 0, -1), -7):
        place.events.write_bytes(whole[:size])
        assert [event.kind for event in read_log(place.events).events] == ["started"]
        exempted(place)
        assert [event.kind for event in read_log(place.events).events] == ["started", "exempt"]
        assert altered(place.events) == []


def test_events_are_added_and_never_rewritten(place: RoundFolder) -> None:
    before = place.events.read_bytes()
    exempted(place)
    assert place.events.read_bytes().startswith(before)


def test_a_damaged_line_is_refused_and_named(place: RoundFolder) -> None:
    exempted(place)
    lines = place.events.read_bytes().splitlines(keepends=True)
    place.events.write_bytes(lines[0][:20] + b"\n" + lines[1])
    assert "事件.jsonl 第 1 行已损坏" in refused("round", "status", place.root)


def test_a_line_changed_by_hand_is_found(place: RoundFolder) -> None:
    exempted(place)
    place.events.write_text(
        place.events.read_text(encoding="utf-8").replace("垂直", "水平"), encoding="utf-8"
    )
    result = run("round", "check", place.root)
    assert result.exit_code == 1
    assert "事件.jsonl 第 2 行被改动过" in result.stdout


@pytest.mark.parametrize("damage", ["missing", "text", "empty", "newer"])
def test_the_ledger_can_always_be_made_anew(place: RoundFolder, damage: str) -> None:
    exempted(place)
    before = status(place)
    if damage == "missing":
        place.ledger.unlink()
    elif damage == "newer":
        with closing(sqlite3.connect(place.ledger)) as tables, tables:
            tables.execute("CREATE TABLE more (x)")
            tables.execute("DROP TABLE unit")
    else:
        place.ledger.write_bytes(b"no ledger" if damage == "text" else b"")
    assert {**status(place), "at": ""} == {**before, "at": ""}
    assert run("round", "rebuild", place.root).exit_code == 0
    with closing(sqlite3.connect(place.ledger)) as tables:
        found = tables.execute("SELECT state FROM unit WHERE name = ?", (WATER,)).fetchone()
        names = {name for (name,) in tables.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert found == ("exempt",)
    assert names == {"event", "unit", "file"}


def test_two_clerks_cannot_write_at_once_and_the_second_may_look(place: RoundFolder) -> None:
    with writing(place):
        assert "正由" in refused("round", "rebuild", place.root)
        assert status(place)["totals"]["expected"] == 3
        with pytest.raises(Refused, match="进程"), changing(place):
            raise AssertionError("not reached")
    assert run("round", "rebuild", place.root).exit_code == 0


def test_what_a_failed_command_had_put_down_stays(place: RoundFolder) -> None:
    with pytest.raises(ZeroDivisionError), changing(place, Clock()) as round_:
        round_.add(("exempt", {"unit": WATER, "why": "x"}))
        raise ZeroDivisionError
    assert status(place)["totals"]["exempt"] == 1


def test_a_clock_that_went_back_is_told_of_and_changes_no_order(place: RoundFolder) -> None:
    clock = Clock()
    clock.set(2024, 1, 20)
    exempted(place, clock)
    clock.set(2024, 1, 1)
    with changing(place, clock) as round_:
        round_.add(("exempt", {"unit": WATER, "why": "另一个原因"}))
    result = run("round", "status", place.root)
    assert "时钟" in result.stderr
    assert "另一个原因" in result.stdout


def test_adding_nothing_writes_nothing(place: RoundFolder) -> None:
    log = read_log(place.events)
    assert append(place.events, log, [], Clock()()) is log


def test_a_round_that_is_looked_at_leaves_no_trace(place: RoundFolder) -> None:
    before = sorted(path.name for path in place.root.iterdir())
    look(place)
    assert sorted(path.name for path in place.root.iterdir()) == before


def arrived(number: int, dated: str | None) -> dict[str, object]:
    blank = dict.fromkeys(("name", "file", "source", "status", "unit", "lean", "why", "sender"), "")
    return {**blank, "key": str(number), "sha256": "", "dated": dated, "fate": "return", "errors": 0}


def test_what_is_taken_later_is_newer_whatever_the_clock_says(place: RoundFolder) -> None:
    clock, log = Clock(), read_log(place.events)
    for day, dated in (
        (20, None),
        (5, None),
        (21, "2024-01-02T09:00:00+08:00"),
        (22, "2099-01-01T09:00:00+08:00"),
    ):
        clock.set(2024, 1, day)
        log = append(place.events, log, [("arrived", arrived(day, dated))], clock())
    times = times_of(log.events, arrivals_in(log.events)).values()
    assert [time.astimezone(HERE).date().isoformat() for time in times] == [
        "2024-01-20",
        "2024-01-20",
        "2024-01-02",
        "2024-01-22",
    ]
