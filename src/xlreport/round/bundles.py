"""What a round knows of the bundles that it took in: their lists, their faults, what changed between two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlreport.round.arrival import ARRIVED
from xlreport.round.events import Event
from xlreport.round.file import File
from xlreport.round.inside import OfficeNode
from xlreport.round.manifest import MANIFEST, BadManifest, HandedUp, Manifest, read_manifest
from xlreport.round.opened import Round
from xlreport.round.place import original_name
from xlreport.round.state import UnitState
from xlreport.round.versions import COMPARED

_NAMED = 5
"""Units that a sentence names."""


def faults_told(round_: Round, file: File) -> list[tuple[str, str]]:
    """What is wrong with a bundle, each with what to do; nothing for any other file."""
    event = _event(round_, file)
    return [(words, fix) for words, fix in event["told"]] if event is not None else []


def own_errors(round_: Round, file: File) -> int:
    """How many errors a bundle's sum has in itself."""
    event = _event(round_, file)
    return int(event["sum_errors"]) if event is not None else 0


def manifest_of(round_: Round, file: File) -> Manifest | None:
    """The list of a bundle; None where the original is gone."""
    event = _event(round_, file)
    return _listed(round_, event["manifest"]) if event is not None else None


def nodes_of(round_: Round, manifest: Manifest, offices: tuple[str, ...]) -> Iterator[OfficeNode]:
    """An office in a bundle and those below it."""
    yield OfficeNode("", manifest, offices)
    for unit in manifest.units:
        hash_ = manifest.files.get(f"{unit.below}{MANIFEST}") if unit.below else None
        found = _listed(round_, original_name(hash_, MANIFEST)) if hash_ is not None else None
        if found is not None:
            yield from nodes_of(round_, found, (*offices, unit.name))


def change_since(round_: Round, unit: UnitState, file: File) -> str:
    """What a bundle has changed since the one before it, of the same number too; "" for a first one."""
    if not file.is_bundle or file.handed is None:
        return ""
    others = (f for f in unit.files if f.is_bundle and f.is_return)
    older = [f for f in others if f.order < file.order]
    last = max(older, key=lambda f: f.order, default=None)
    before = manifest_of(round_, last) if last is not None else None
    after = manifest_of(round_, file)
    if last is None or before is None or after is None:
        return ""
    words = "；".join((*_changes(before, after), *_figures(round_, last, file)))
    same = (before.began, before.number) == (after.began, after.number)
    return (
        f"与{'同一号的另一包' if same else f'第 {before.number} 号'}相比：{words or '各单位的报表没有变化'}"
    )


def _figures(round_: Round, older: File, newer: File) -> Iterator[str]:
    """How many entries of the sum changed, once they were compared."""
    for event in round_.log.events:
        if event.kind == COMPARED and (event["older"], event["newer"]) == (older.sha256, newer.sha256):
            if event["count"]:
                yield f"汇总改动 {event['count']} 处"
            return


def _changes(before: Manifest, after: Manifest) -> Iterator[str]:
    old, new = _returns(before), _returns(after)
    kinds = {
        "新增": [name for name in new if name not in old],
        "更换": [name for name in new if name in old and new[name] != old[name]],
        "撤下": [name for name in old if name not in new],
    }
    for words, names in kinds.items():
        if names:
            more = f"等 {len(names)} 个" if len(names) > _NAMED else ""
            yield f"{words}{'、'.join(names[:_NAMED])}{more}"


def _returns(manifest: Manifest) -> Mapping[str, str]:
    """The content of each unit's return, or of all that it has handed up itself."""
    return {unit.name: manifest.files.get(_vouched(unit), "") for unit in manifest.units if unit.file}


def _vouched(unit: HandedUp) -> str:
    return f"{unit.below}{MANIFEST}" if unit.below else unit.file


def _event(round_: Round, file: File) -> Event | None:
    if not file.is_bundle:
        return None
    for event in round_.log.events:
        if event.kind == ARRIVED and event["sha256"] == file.sha256 and event.get("manifest"):
            return event
    return None


def _listed(round_: Round, name: str) -> Manifest | None:
    try:
        return read_manifest((round_.place.originals / name).read_bytes())
    except (OSError, BadManifest):
        return None
