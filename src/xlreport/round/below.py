"""The units below offices that handed up bundles: as those offices have them, and as judged here."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from xlreport.frozen import frozen
from xlreport.prose.personal import masked
from xlreport.round.bundles import manifest_of, nodes_of
from xlreport.round.file import File
from xlreport.round.fold import DECISION_WORDS
from xlreport.round.history import Happened
from xlreport.round.inside import OfficeNode
from xlreport.round.manifest import HandedUp
from xlreport.round.opened import Round
from xlreport.round.place import EVENTS, original_name
from xlreport.round.state import Standing, UnitState
from xlreport.unit import key

ALL_BELOW = "下级单位（上报包里的）"
"""All units below, as a clerk calls them."""


def of_below(office: str) -> str:
    """Those below one office."""
    return f"{office}的下级单位"


@frozen
class BelowUnit:
    """A unit below an office. `offices` are those down to it; `file` is its return, None for none."""

    name: str
    code: str
    offices: tuple[str, ...]
    standing: Standing
    why: str
    file: File | None
    history: tuple[Happened, ...] = ()


def units_below(round_: Round, unit: UnitState) -> Iterator[BelowUnit]:
    """All units below one, each behind the one above it; those that the list has are shown there."""
    counting = unit.counting
    manifest = manifest_of(round_, counting) if counting is not None else None
    if counting is None or counting.handed is None or manifest is None:
        return
    id_ = counting.handed.id
    inside = [f.handed for f in unit.leaves if f.handed is not None]
    files = {(h.leaf, h.offices): f for h, f in zip(inside, unit.leaves, strict=True) if h.id == id_}
    events = _events(round_, unit)
    nodes = {node.offices: node for node in nodes_of(round_, manifest, (manifest.office,))}
    for node, each in _walk(nodes, nodes[(manifest.office,)]):
        if round_.roster.in_branch(each.name, unit.line) is None:
            about = node.offices[-1], key(each.name)
            history = sorted(_history(about[0], events.get(about, ())), key=lambda happened: happened.at)
            yield _judged(node, each, files.get((each.name, node.offices)), tuple(history))


def _walk(
    nodes: Mapping[tuple[str, ...], OfficeNode], node: OfficeNode
) -> Iterator[tuple[OfficeNode, HandedUp]]:
    for unit in node.manifest.units:
        yield node, unit
        inner = nodes.get((*node.offices, unit.name))
        if inner is not None:
            yield from _walk(nodes, inner)


def _judged(node: OfficeNode, unit: HandedUp, file: File | None, history: tuple[Happened, ...]) -> BelowUnit:
    office = node.offices[-1]
    standing = _standing(unit.state)
    why = f"{office}：{unit.why}" if unit.why else ""
    if standing is Standing.ACCEPTED and (file is None or not file.accepted):
        standing = Standing.RETURNED
    if file is not None:
        why = file.why or (f"核对出 {file.errors} 处错误" if file.errors else "")
    return BelowUnit(unit.name, unit.code, node.offices, standing, masked(why), file, history)


def _standing(state: str) -> Standing:
    return Standing(state) if state in list(Standing) else Standing.WAITING


def _events(round_: Round, unit: UnitState) -> Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]:
    """What the offices below have told, by office and unit: each event once by its id."""
    found: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for file in unit.files:
        manifest = manifest_of(round_, file)
        for node in nodes_of(round_, manifest, (manifest.office,)) if manifest is not None else ():
            hash_ = node.manifest.files.get(EVENTS)
            for event in _read(round_, hash_) if hash_ is not None else ():
                about = node.offices[-1], key(str(event.get("unit") or ""))
                found[about].setdefault(event["id"], event)
    return {about: list(events.values()) for about, events in found.items()}


def _read(round_: Round, hash_: str) -> Iterator[dict[str, Any]]:
    """The events of one office; a line that is none is passed over, and so is a file that is gone."""
    try:
        lines = (round_.place.originals / original_name(hash_, EVENTS)).read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            event = json.loads(line)
            datetime.fromisoformat(event["at"]).astimezone()
            if isinstance(event["id"], str) and isinstance(event["kind"], str):
                yield event
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            continue


def _history(office: str, events: Sequence[Mapping[str, Any]]) -> Iterator[Happened]:
    """What the office above a unit has put down of it."""
    for event in events:
        words = _words(event)
        if words:
            at, why = datetime.fromisoformat(event["at"]).astimezone(), event.get("why")
            yield Happened(at, f"{office}{words}", masked(str(why)) if why else "")


def _words(event: Mapping[str, Any]) -> str:
    kind, errors = event["kind"], event.get("errors")
    if kind == "issued":
        return "下发工作簿"
    if kind == "arrived":
        results = {"accepted": "通过", "returned": f"有错误（{errors} 处）"}
        return f"收到报表：{results.get(str(event.get('status')), '不能读')}"
    return f"决定：{DECISION_WORDS[kind]}" if kind in DECISION_WORDS else ""
