"""Which returns of a round make its sum: each once, though its unit may stand in the list and in a bundle.

What an office above has handed up of a unit of the list is in that office's sum already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from xlreport.frozen import frozen
from xlreport.round.file import File
from xlreport.round.state import Standing, State, UnitState


@frozen
class Summand:
    """A unit whose return is added up; `includes` are the other units of the list that are in it."""

    unit: UnitState
    file: File
    includes: tuple[str, ...] = ()


def is_summed(unit: UnitState) -> bool:
    """True if its return was accepted, and it is one of those that are to report."""
    return unit.counting is not None and unit.counting.accepted and unit.standing is not Standing.EXEMPT


def on_their_own(state: State) -> list[UnitState]:
    """The units but those whose return is in the sum of an office above."""
    within = _within(state)
    return [unit for unit in state.units if not within[unit.line.name]]


def summands(state: State) -> list[Summand]:
    """The returns that are added up."""
    includes: dict[str, list[str]] = defaultdict(list)
    for name, offices in _within(state).items():
        for office in offices:
            includes[office].append(name)
    own = [unit for unit in on_their_own(state) if is_summed(unit)]
    return [Summand(u, u.counting, tuple(includes[u.line.name])) for u in own if u.counting is not None]


def _within(state: State) -> dict[str, Sequence[str]]:
    """By each unit's name the offices in whose accepted bundles its return is."""
    offices = {
        unit.counting.handed.id: unit.line.name
        for unit in state.units
        if unit.counting is not None and unit.counting.handed is not None
        if unit.counting.is_bundle and is_summed(unit)
    }
    found: dict[str, Sequence[str]] = {}
    for unit in state.units:
        inside = (file.handed.id for file in unit.files if file.handed is not None and file.leaf)
        found[unit.line.name] = [*dict.fromkeys(offices[id_] for id_ in inside if id_ in offices)]
    return found
