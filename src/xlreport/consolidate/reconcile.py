"""A parent against its children: the differences, and every smallest explanation of all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlreport.consolidate.adjust import Adjustment, adjusted_cells
from xlreport.consolidate.belonging import other_parent
from xlreport.consolidate.causes import Cause, CauseKind, Causes, UnitFigures, Vector, causes_of
from xlreport.consolidate.child import Child
from xlreport.consolidate.compare import Compared, compare
from xlreport.consolidate.figures import Figures, Slot, minus, slot_called
from xlreport.form.exact import decimal_places, exact
from xlreport.formula.nodes import Figure
from xlreport.frozen import frozen
from xlreport.roster.line import Roster


@frozen
class Left:
    """A return that was not compared, and why."""

    file: str
    why: str


@dataclass(frozen=True)
class Reconciled:
    """What a comparison gave. `zeros` are the units whose figures are all 0: they leave no trace in a sum.

    The effects in the readings are figures times ten to the power of `scale`, for each of the `cells`.
    """

    cells: Sequence[Compared]
    readings: Sequence[Causes]
    scale: int
    units: int
    zeros: Sequence[str]
    left: Sequence[Left]

    @property
    def differences(self) -> Sequence[Compared]:
        """The cells that differ."""
        return [cell for cell in self.cells if cell.difference != 0]

    def effect(self, whole: int) -> Figure:
        """A figure of a reading's effect as it is written."""
        return exact(Decimal(whole).scaleb(-self.scale))


def reconcile(
    parent: Child,
    children: Iterable[Child],
    roster: Roster | None = None,
    adjustments: Sequence[Adjustment] = (),
) -> Reconciled:
    """Compare a parent with the newest return of each unit; older ones are looked at for an explanation.

    So are units that the list puts below another parent, and adjustments. Those that the parent's workbook
    names are part of the sum.
    """
    left: list[Left] = []
    versions: dict[str, list[Child]] = defaultdict(list)
    for child in sorted(children, key=lambda child: child.rank, reverse=True):
        why = _why_left(parent, child, versions[child.key])
        if why:
            left.append(Left(child.file, why))
        else:
            versions[child.key].append(child)
    units = [versions[unit] for unit in sorted(versions) if versions[unit]]
    whose = [other_parent(roster, parent.unit, unit[0].unit) if roster else "" for unit in units]
    left += [Left(unit[0].file, f"名单里归{of}") for unit, of in zip(units, whose, strict=True) if of]
    own = own_adjustments(parent)
    cells = _cells(parent, units, whose, adjusted_cells(own))
    vectors = _Vectors(cells, [child for unit in units for child in unit], [*own, *adjustments])
    parts = [_part(unit, of, vectors) for unit, of in zip(units, whose, strict=True)]
    return Reconciled(
        cells,
        causes_of(
            vectors.of({each.cell: each.difference for each in cells}),
            parts,
            list(_adjustment_causes(vectors, own, adjustments)),
        ),
        vectors.scale,
        sum(not of for of in whose),
        [part.unit for part in parts if not any(part.figures)],
        left,
    )


def own_adjustments(parent: Child) -> list[Adjustment]:
    """The adjustments that the parent's workbook names."""
    stamped = parent.sum.adjustments if parent.sum is not None else ()
    return [
        Adjustment(slot_called(each.cell), each.label, exact(Decimal(each.change)), each.reason, each.source)
        for each in stamped
    ]


def _cells(
    parent: Child, units: Sequence[Sequence[Child]], whose: Sequence[str], adjusted: Figures
) -> Sequence[Compared]:
    added: list[Child] = []
    others: list[Child] = []
    for (newest, *older), of in zip(units, whose, strict=True):
        (others if of else added).append(newest)
        others += older
    return compare(parent, added, others, adjusted)


def _adjustment_causes(
    vectors: _Vectors, own: Sequence[Adjustment], given: Sequence[Adjustment]
) -> Iterator[Cause]:
    """Each of the parent's own adjustments not made after all, each other one made, all others together."""
    for each in own:
        effect = vectors.of({each.cell: minus(0, each.change)})
        words = f"上级工作簿里列有调整 {each.signed}（{each.reason}），但没有计入"
        yield Cause(CauseKind.ADJUSTMENT, effect, cell=vectors.place(each.cell), words=words)
    more = [each for each in given if (each.cell, each.change) not in {(e.cell, e.change) for e in own}]
    for each in more:
        effect = vectors.of({each.cell: each.change})
        words = f"差额恰好等于调整 {each.signed}（{each.reason}），上级计入了这处调整"
        yield Cause(CauseKind.ADJUSTMENT, effect, cell=vectors.place(each.cell), words=words)
    if len(more) > 1:
        words = f"差额恰好等于调整表里的 {len(more)} 处调整，上级全部计入了"
        yield Cause(CauseKind.ADJUSTMENT, vectors.of(adjusted_cells(more)), words=words)


def _why_left(parent: Child, child: Child, versions: Sequence[Child]) -> str:
    if not child.key:
        return "没有填写单位名称"
    if child.form != parent.form:
        return f"不是同一种报表（{child.form}）"
    if child.year != parent.year:
        return f"是 {child.year or '没有写明的'} 年度的"
    if child.period != parent.period:
        return f"报的是{child.period or '全年'}，上级报的是{parent.period or '全年'}"
    if child.inputs == parent.inputs:
        return "就是上级的报表"
    same = next((other for other in versions if other.inputs == child.inputs), None)
    return f"与 {same.file} 的内容相同" if same is not None else ""


def _part(versions: Sequence[Child], other: str, vectors: _Vectors) -> UnitFigures:
    newest, *others = versions
    older = {each.file: vectors.of_child(each) for each in others}
    return UnitFigures(newest.unit, newest.file, vectors.of_child(newest), older, other)


class _Vectors:
    """Figures as whole numbers, each cell at the same place."""

    def __init__(
        self, cells: Sequence[Compared], children: Iterable[Child], adjustments: Iterable[Adjustment]
    ) -> None:
        self._cells = [each.cell for each in cells]
        of_children = [child.figures for child in children]
        changed: list[Figures] = [{each.cell: each.change} for each in adjustments]
        returns = [*of_children, {each.cell: each.parent for each in cells}, *changed]
        decimals = (
            figure for figures in returns for figure in figures.values() if isinstance(figure, Decimal)
        )
        self.scale = max(map(decimal_places, decimals), default=0)
        self._unit = 10**self.scale

    def place(self, cell: Slot) -> int:
        return self._cells.index(cell) if cell in self._cells else -1

    def of_child(self, child: Child) -> Vector:
        return self.of(child.figures)

    def of(self, figures: Figures) -> Vector:
        scale, unit = self.scale, self._unit
        written = [figures.get(cell, 0) for cell in self._cells]
        return tuple([f * unit if isinstance(f, int) else int(f.scaleb(scale)) for f in written])
