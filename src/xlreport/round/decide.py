"""Decisions of the office: each with its reason, each an event, each to be undone by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlreport.cleaning import one_line
from xlreport.round.events import Event
from xlreport.round.file import File
from xlreport.round.fold import DECISIONS
from xlreport.round.issue import found_unit
from xlreport.round.opened import Round
from xlreport.round.place import Refused
from xlreport.round.state import Standing, UnitState

_SHORTEST = 6
"""Characters of a hash that tell a file."""
USAGE: Mapping[str, str] = {
    "exempt": "exempt 单位",
    "choose": "choose 单位 文件",
    "assign": "assign 单位 文件",
    "accept": "accept 单位",
    "undo": "undo 决定编号",
}


def decide(round_: Round, action: str, words: Sequence[str], why: str) -> Event:
    """Put a decision down. Raises Refused where it makes no sense."""
    why = one_line(why).strip()
    if not why:
        raise Refused("请用 --why 写明原因")
    if len(words) != len(USAGE[action].split()) - 1:
        raise Refused(f"用法：xlreport round decide 文件夹 {USAGE[action]} --why 原因")
    round_.add((action, {**_decided(round_, action, words), "why": why}))
    return round_.log.events[-1]


def _decided(round_: Round, action: str, words: Sequence[str]) -> dict[str, Any]:
    if action == "undo":
        return {"event": _to_undo(round_, words[0])}
    line = found_unit(round_, words[0])
    unit = next(unit for unit in round_.state.units if unit.line is line)
    if action == "exempt":
        if unit.standing is Standing.EXEMPT:
            raise Refused(f"{line.name}已经是免报")
        return {"unit": line.name}
    if action == "accept":
        return {"unit": line.name, "sha256": _to_accept(unit).sha256}
    file = _found(_candidates(round_, unit, action), words[1])
    if action == "assign":
        _check_year(round_, file)
    return {"unit": line.name, "sha256": file.sha256}


def _to_undo(round_: Round, text: str) -> str:
    undone = {event["event"] for event in round_.log.events if event.kind == "undo"}
    events = [e for e in round_.log.events if e.kind in DECISIONS and e.id.startswith(text) and text]
    if len(events) != 1:
        raise Refused(f"没有编号为“{text}”的决定；编号见 台账.xlsx 的“决定”表")
    if events[0].id in undone:
        raise Refused(f"决定 {events[0].id} 已经撤销过")
    return events[0].id


def _to_accept(unit: UnitState) -> File:
    newest = unit.newest
    if newest is None:
        raise Refused(f"{unit.line.name}没有可以接受的报表")
    if unit.standing is Standing.ACCEPTED:
        raise Refused(f"{unit.line.name}已经通过")
    return newest


def _candidates(round_: Round, unit: UnitState, action: str) -> list[File]:
    """What can be chosen: what the unit itself sent; what can be assigned: anything that came."""
    if action == "choose":
        return [file for file in unit.files if file.is_return and not file.leaf]
    state = round_.state
    return [*state.unassigned, *(file for other in state.units for file in other.files)]


def _found(files: Sequence[File], text: str) -> File:
    found = {file.sha256: file for file in files if file.sha256.startswith(text.casefold())}
    if len(text) < _SHORTEST or len(found) != 1:
        known = "、".join(f"{file.sha256[:12]}（{file.name}）" for file in files[:10])
        raise Refused(f"没有一份文件的 SHA-256 是“{text}”。可选：{known or '无'}")
    (file,) = found.values()
    return file


def _check_year(round_: Round, file: File) -> None:
    """A return of another year or form can be nobody's in this round."""
    for arrival in round_.state.arrivals:
        if arrival.sha256 == file.sha256 and arrival.collected not in (None, round_.settings.collected):
            year, form = arrival.collected or (None, "")
            raise Refused(f"{file.name} 是 {year} 年度的 {form}，不能归到这次收表；请用 reply 退给单位")


def close(round_: Round) -> list[UnitState]:
    """End the round; gives the units that are not done, and then it stays open."""
    if round_.state.closed:
        raise Refused("这次收表已经结束")
    done = (Standing.ACCEPTED, Standing.EXEMPT)
    open_units = [unit for unit in round_.state.units if unit.standing not in done]
    if not open_units:
        round_.add(("closed", {}))
    return open_units


def reopen(round_: Round, why: str) -> None:
    """Go on with a round that was ended. Raises Refused."""
    if not round_.state.closed:
        raise Refused("这次收表没有结束，不用重开")
    if not one_line(why).strip():
        raise Refused("请用 --why 写明原因")
    round_.add(("reopened", {"why": one_line(why).strip()}))
