"""Whose sum a unit belongs into, as the list of units says."""

from __future__ import annotations

from xlreport.roster.line import Roster
from xlreport.unit import key


def other_parent(roster: Roster, parent: str, unit: str) -> str:
    """Whom a unit reports to instead of this parent; "" where it belongs there, or nobody says otherwise.

    Units directly below the office that keeps the list belong to a parent that is no line of it.
    """
    lines = roster.named(unit)
    if not lines:
        return ""
    chain = [lines[0], *roster.above(lines[0])]
    names = [_name(roster, line.parent) for line in chain if key(line.parent)]
    listed = bool(roster.named(parent))
    if key(parent) in map(key, names) or (not key(chain[-1].parent) and not listed):
        return ""
    return names[0] if names else "收表单位"


def _name(roster: Roster, text: str) -> str:
    line = roster.line(text)
    return line.name if line is not None else text
