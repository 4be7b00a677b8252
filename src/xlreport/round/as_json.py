"""Where a round stands, as the plain data of `round status --json`."""

from __future__ import annotations

from typing import Any

from xlreport.round.file import File
from xlreport.round.opened import Round
from xlreport.round.state import UnitState


def as_json(round_: Round) -> dict[str, Any]:
    """The object; docs/json.md tells what it says."""
    state, settings = round_.state, round_.settings
    return {
        "office": settings.office,
        "form": settings.form.id,
        "year": settings.year,
        "at": round_.clock().isoformat(timespec="seconds"),
        "totals": state.totals,
        "units": [_unit(round_, unit) for unit in state.units],
        "unassigned": [_unassigned(file) for file in state.unassigned],
    }


def _unit(round_: Round, unit: UnitState) -> dict[str, Any]:
    parent = round_.roster.parent(unit.line)
    return {
        "unit": unit.line.name,
        "code": unit.line.unit.code,
        "parent": parent.name if parent is not None else "",
        "state": unit.standing.value,
        "due": unit.due.isoformat() if unit.due is not None else None,
        "late": unit.late,
        "next": unit.next,
        "files": [_file(file) for file in (*unit.files, *unit.leaves)],
    }


def _file(file: File) -> dict[str, Any]:
    return {
        "sha256": file.sha256,
        "name": file.name,
        "received": file.received.isoformat(timespec="seconds"),
        "source": file.source,
        "status": file.status,
        "counts": file.counts,
        "fate": file.fate.value,
        "why": file.why,
    }


def _unassigned(file: File) -> dict[str, Any]:
    return {
        "sha256": file.sha256,
        "name": file.name,
        "source": file.source,
        "fate": file.fate.value,
        "why": file.why,
    }
