"""A round handed up to the level above: one zip with the accepted returns and a list that vouches for them.

The level above takes it in like any archive: each return is verified again, and one whose content is not that
of the list is not believed. It carries no key, no mails and nobody's address.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from xlreport.files import safe_name
from xlreport.round.arrival import File
from xlreport.round.manifest import KIND, MANIFEST
from xlreport.round.opened import Round
from xlreport.round.state import Standing, UnitState

_VERSION = 1
_FOLDER = "报表"
_TIME = (2000, 1, 1, 0, 0, 0)
"""Always the same, so that the same round gives the same bytes."""


def bundle(round_: Round) -> bytes:
    """The zip. Raises OSError where an original is missing."""
    files = dict(_files(round_))
    manifest = {
        "kind": KIND,
        "version": _VERSION,
        "office": round_.settings.office,
        "form": round_.settings.form.id,
        "year": round_.settings.year,
        "closed": round_.state.closed,
        "totals": round_.state.totals,
        "units": [_unit(round_, unit) for unit in round_.state.units],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = json.dumps(manifest, ensure_ascii=False, indent=2).encode()
        for name, data in {MANIFEST: listed, **files}.items():
            archive.writestr(zipfile.ZipInfo(name, _TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _files(round_: Round) -> Iterator[tuple[str, bytes]]:
    for unit in round_.state.units:
        counting = _handed_up(unit)
        if counting is not None:
            yield _name(round_, unit, counting), (round_.place.originals / counting.file).read_bytes()


def _handed_up(unit: UnitState) -> File | None:
    """The unit's accepted return; None where there is none, or the unit is exempt."""
    counting = unit.counting
    if counting is None or not counting.accepted or unit.standing is Standing.EXEMPT:
        return None
    return counting


def _name(round_: Round, unit: UnitState, counting: File) -> str:
    """What a unit's return is called; its hash tells units apart whose names a system cannot."""
    stem = safe_name(f"{unit.line.name}_{round_.settings.year}_{counting.sha256[:8]}")
    return f"{_FOLDER}/{stem}{counting.file[len(counting.sha256) :]}"


def _unit(round_: Round, unit: UnitState) -> dict[str, Any]:
    counting = _handed_up(unit)
    parent = round_.roster.parent(unit.line)
    return {
        "unit": unit.line.name,
        "code": unit.line.unit.code,
        "parent": parent.name if parent is not None else "",
        "state": unit.standing.value,
        "why": unit.next,
        "file": _name(round_, unit, counting) if counting is not None else "",
        "sha256": counting.sha256 if counting is not None else "",
    }
