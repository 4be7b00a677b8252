"""The events of a round as the level above may know them: what happened, when, to whom, and why.

Senders, subjects, names of files and mails stay here. The ids are those of the round's own events, so that
the same event told twice is one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from xlreport.round.arrival import ARRIVED
from xlreport.round.contacts import without_contacts
from xlreport.round.events import Event

_DECIDED = ("unit", "sha256", "why")
_TOLD: Mapping[str, Sequence[str]] = {
    "started": ("office", "form", "year"),
    "issued": ("unit",),
    ARRIVED: ("unit", "sha256", "fate", "status", "errors"),
    "exempt": ("unit", "why"),
    "choose": _DECIDED,
    "assign": _DECIDED,
    "accept": _DECIDED,
    "undo": ("event", "why"),
    "closed": (),
    "reopened": ("why",),
    "bundled": ("number",),
}
"""What is told of each kind of event."""


def events_up(events: Sequence[Event]) -> bytes:
    """A line of JSON for each event that is told."""
    lines = [json.dumps(_told(event), ensure_ascii=False) + "\n" for event in events if _is_told(event)]
    return "".join(lines).encode(errors="backslashreplace")


def _is_told(event: Event) -> bool:
    """True for what is known above; files of nobody and returns within bundles are left out."""
    return event.kind in _TOLD and (event.kind != ARRIVED or bool(event["unit"]))


def _told(event: Event) -> dict[str, Any]:
    at = event.at.isoformat(timespec="seconds")
    parts = {name: _clean(event.get(name)) for name in _TOLD[event.kind]}
    return {"id": event.id, "at": at, "kind": event.kind, **parts}


def _clean(value: Any) -> Any:
    return without_contacts(value) if isinstance(value, str) else value
