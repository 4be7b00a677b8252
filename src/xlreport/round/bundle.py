"""A round handed up to the level above: one numbered zip with the returns that count and a list of all files.

It has everything that the level above needs to run every rule again: each return, those of the levels below
with the offices that counted them, the sum, and why units have no return. It carries no key, no mail and
nobody's address. Nothing in it is proven by a signature: it is proven by being added up again.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime

from xlreport.files import safe_name
from xlreport.formats.digest import digest_of
from xlreport.frozen import frozen
from xlreport.round.arrival import ARRIVED
from xlreport.round.contacts import without_contacts
from xlreport.round.explain import explained
from xlreport.round.file import File
from xlreport.round.fold import decided_why
from xlreport.round.manifest import (
    BELOW,
    LEAVES,
    MANIFEST,
    NOTES,
    SUM,
    HandedUp,
    Manifest,
    manifest_bytes,
    read_manifest,
)
from xlreport.round.opened import Round
from xlreport.round.place import EVENTS, Refused, original_name
from xlreport.round.state import UnitState
from xlreport.round.summed import is_summed, on_their_own
from xlreport.round.told_up import events_up
from xlreport.round.totals import Total, total_of

BUNDLED = "bundled"
_TIME = (2000, 1, 1, 0, 0, 0)


@frozen
class Bundled:
    """A bundle that was made. `errors` are those of the office's own report; `open_units` are not done."""

    name: str
    data: bytes
    number: int
    errors: int
    open_units: int


def bundle(round_: Round, workers: int) -> Bundled:
    """Make the next bundle, and put its number down. Raises Refused where there can be none, OSError."""
    total = total_of(round_, workers)
    number = 1 + max((e["number"] for e in round_.log.events if e.kind == BUNDLED), default=0)
    at = round_.clock()
    files = {SUM: total.data, EVENTS: events_up(round_.log.events)}
    own = on_their_own(round_.state)
    units = [_unit(round_, unit) for unit in own]
    for unit in own:
        files |= _files(round_, unit)
    draft = _manifest(round_, number, at, total, units, {})
    files[NOTES] = explained(draft, total.adjusted)
    listed = {name: digest_of(data) for name, data in files.items() if _is_own(name)}
    manifest = _manifest(round_, number, at, total, units, listed)
    data = _packed({MANIFEST: manifest_bytes(manifest), NOTES: files[NOTES], **files})
    settings = round_.settings
    name = f"{safe_name(f'上报包_{settings.office}_{settings.year}_{number:03}')}.zip"
    round_.add((BUNDLED, {"number": number, "name": name, "sha256": digest_of(data)}))
    totals = round_.state.totals
    return Bundled(name, data, number, total.errors, totals["expected"] - totals["accepted"])


def lacks_bundle(round_: Round) -> bool:
    """True for a round that was closed without its bundle lying there: the program ended in between."""
    if not round_.state.closed:
        return False
    last = next(event for event in reversed(round_.log.events) if event.kind in ("closed", BUNDLED))
    return last.kind != BUNDLED or not (round_.place.handed_up / last["name"]).is_file()


def _manifest(
    round_: Round,
    number: int,
    at: datetime,
    total: Total,
    units: list[HandedUp],
    files: Mapping[str, str],
) -> Manifest:
    settings, first = round_.settings, round_.log.events[0]
    return Manifest(
        settings.office,
        settings.form.id,
        settings.year,
        first.id,
        first.at,
        number,
        at,
        round_.state.closed,
        total.written,
        tuple(units),
        files,
    )


def _unit(round_: Round, unit: UnitState) -> HandedUp:
    """What the list says of a unit."""
    parent = round_.roster.parent(unit.line)
    counting = unit.counting if is_summed(unit) else None
    errors, why = 0, unit.next
    if counting is not None:
        accepted = decided_why(round_.log.events, "accept", counting.sha256)
        errors, why = (counting.errors, accepted) if accepted else (0, "")
    own = unit.line.unit
    return HandedUp(
        own.name,
        own.code,
        own.aliases,
        parent.name if parent is not None else "",
        unit.standing.value,
        without_contacts(why),
        _member(round_, unit, counting) if counting is not None else "",
        errors,
        _folder(unit, counting) if counting is not None and counting.is_bundle else "",
    )


def _member(round_: Round, unit: UnitState, counting: File) -> str:
    """What a unit's return is called; its hash tells units apart whose names a system cannot."""
    if counting.is_bundle:
        return f"{_folder(unit, counting)}{SUM}"
    stem = safe_name(f"{unit.line.name}_{round_.settings.year}_{counting.sha256[:8]}")
    return f"{LEAVES}/{stem}{counting.file[len(counting.sha256) :]}"


def _folder(unit: UnitState, counting: File) -> str:
    """Where all lies that an office below has handed up, as it has."""
    return f"{BELOW}/{safe_name(f'{unit.line.name}_{counting.sha256[:8]}')}/"


def _files(round_: Round, unit: UnitState) -> dict[str, bytes]:
    """A unit's return, or all that it has handed up. Raises OSError where an original is missing."""
    counting = unit.counting if is_summed(unit) else None
    if counting is None:
        return {}
    if counting.is_bundle:
        listed = next(
            event["manifest"]
            for event in round_.log.events
            if event.kind == ARRIVED and event["sha256"] == counting.sha256 and event.get("manifest")
        )
        return dict(_unfolded(round_, listed, _folder(unit, counting)))
    data = (round_.place.originals / counting.file).read_bytes()
    return {_member(round_, unit, counting): data}


def _unfolded(round_: Round, listed: str, folder: str) -> Iterator[tuple[str, bytes]]:
    """An office's list and all files of it, those of the offices below it too."""
    data = (round_.place.originals / listed).read_bytes()
    yield f"{folder}{MANIFEST}", data
    manifest = read_manifest(data)
    assert manifest is not None, listed
    for name, hash_ in manifest.files.items():
        original = original_name(hash_, name)
        if name.rpartition("/")[2] == MANIFEST:
            yield from _unfolded(round_, original, f"{folder}{name.removesuffix(MANIFEST)}")
        else:
            path = round_.place.originals / original
            if not path.is_file():
                raise Refused(f"{folder}{name} 在收到的上报包里就缺少，请让它重新上报")
            yield f"{folder}{name}", path.read_bytes()


def _is_own(name: str) -> bool:
    """True for what this list vouches for: of an office below, its list vouches for the rest."""
    return not name.startswith(f"{BELOW}/") or (name.count("/") == 2 and name.endswith(f"/{MANIFEST}"))


def _packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
