"""The units of a round as a tree, and how far each branch of it has come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlreport.frozen import frozen
from xlreport.prose.personal import masked
from xlreport.roster.line import ListedUnit
from xlreport.round.below import BelowUnit
from xlreport.round.opened import Round
from xlreport.round.state import STANDING_WORDS, Standing, UnitState

_ORDER = (Standing.ACCEPTED, Standing.RETURNED, Standing.WAITING, Standing.NOT_SENT)


@frozen
class StandingCount:
    """How many units stand so."""

    words: str
    number: int


@frozen
class BranchProgress:
    """How many of some units stand where, exempt ones left out."""

    name: str
    shares: tuple[StandingCount, ...]

    @property
    def expected(self) -> int:
        """All of them."""
        return sum(share.number for share in self.shares)

    @property
    def done(self) -> int:
        """Those that were accepted."""
        return sum(s.number for s in self.shares if s.words == STANDING_WORDS[Standing.ACCEPTED])

    @property
    def percent(self) -> int:
        """Rounded down: only all is 100."""
        return 100 * self.done // self.expected if self.expected else 100

    @property
    def label(self) -> str:
        """In words, for who cannot see the picture."""
        return "，".join(f"{share.words} {share.number}" for share in self.shares) or "没有应报单位"


class Tree:
    """The units, each behind the one above it; otherwise in the order of the list.

    `above` has for each the numbers of the units above it in that order, the highest first.
    """

    def __init__(self, round_: Round) -> None:
        units = {unit.line: unit for unit in round_.state.units}
        below: dict[ListedUnit | None, list[ListedUnit]] = defaultdict(list)
        for line in units:
            below[round_.roster.parent(line)].append(line)
        self.units = [units[line] for line in _walk(below, None)]
        numbers = {unit.line: number for number, unit in enumerate(self.units)}
        chains = (reversed(round_.roster.above(unit.line)) for unit in self.units)
        self.above = [tuple(numbers[line] for line in chain) for chain in chains]

    def branches(self) -> Iterator[tuple[int, str]]:
        """The units with others below them, by number and name."""
        for number in sorted({number for chain in self.above for number in chain}):
            yield number, masked(self.units[number].line.name)

    def progress(self) -> Iterator[BranchProgress]:
        """Of all, and of each branch directly below the office: that unit and all below it."""
        yield branch_progress("全部", self.units)
        members: dict[int, list[UnitState]] = defaultdict(list)
        for number, (unit, chain) in enumerate(zip(self.units, self.above, strict=True)):
            members[chain[0] if chain else number].append(unit)
        for number, name in self.branches():
            if not self.above[number]:
                yield branch_progress(name, members[number])


def _walk(
    below: Mapping[ListedUnit | None, Sequence[ListedUnit]], line: ListedUnit | None
) -> Iterator[ListedUnit]:
    for child in below.get(line, ()):
        yield child
        yield from _walk(below, child)


def branch_progress(name: str, units: Iterable[UnitState | BelowUnit]) -> BranchProgress:
    """How far some units have come."""
    counts = Counter(unit.standing for unit in units)
    return BranchProgress(
        name, tuple(StandingCount(STANDING_WORDS[s], counts[s]) for s in _ORDER if counts[s])
    )
