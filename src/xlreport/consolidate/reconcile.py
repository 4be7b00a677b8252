"""A parent against its children: the differences, and every smallest explanation of all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlreport.consolidate.causes import Causes, UnitFigures, Vector, readings
from xlreport.consolidate.child import Child, resized_form
from xlreport.consolidate.compare import Compared, compare
from xlreport.consolidate.figures import Figures, figures_of
from xlreport.form.exact import decimal_places, exact
from xlreport.formula.nodes import Figure
from xlreport.frozen import frozen


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


def reconcile(parent: Child, children: Iterable[Child]) -> Reconciled:
    """Compare a parent with the newest return of each unit; older ones are looked at for an explanation."""
    left: list[Left] = []
    versions: dict[str, list[Child]] = defaultdict(list)
    for child in sorted(children, key=lambda child: child.rank, reverse=True):
        why = _why_left(parent, child, versions[child.key])
        if why:
            left.append(Left(child.file, why))
        else:
            versions[child.key].append(child)
    units = [versions[unit] for unit in sorted(versions) if versions[unit]]
    older = [child for _, *others in units for child in others]
    cells = compare(parent, [newest for newest, *_ in units], older)
    vectors = _Vectors(cells, [child for unit in units for child in unit])
    parts = [_part(unit, vectors) for unit in units]
    return Reconciled(
        cells,
        readings(vectors.of({each.cell: each.difference for each in cells}), parts),
        vectors.scale,
        len(units),
        [part.unit for part in parts if not any(part.figures)],
        left,
    )


def _why_left(parent: Child, child: Child, versions: Sequence[Child]) -> str:
    if not child.key:
        return "没有填写单位名称"
    if child.form != parent.form:
        return f"不是同一种报表（{child.form}）"
    if child.year != parent.year:
        return f"是 {child.year or '没有写明的'} 年度的"
    if child.inputs == parent.inputs:
        return "就是上级的报表"
    same = next((other for other in versions if other.inputs == child.inputs), None)
    return f"与 {same.file} 的内容相同" if same is not None else ""


def _part(versions: Sequence[Child], vectors: _Vectors) -> UnitFigures:
    newest, *others = versions
    return UnitFigures(
        newest.unit, newest.file, vectors.of_child(newest), {o.file: vectors.of_child(o) for o in others}
    )


class _Vectors:
    """Figures as whole numbers, each cell at the same place."""

    def __init__(self, cells: Sequence[Compared], children: Iterable[Child]) -> None:
        self._cells = [each.cell for each in cells]
        self._figures: Mapping[str, Figures] = {
            child.file: figures_of(resized_form(child), child.inputs) for child in children
        }
        returns = [*self._figures.values(), {each.cell: each.parent for each in cells}]
        decimals = (
            figure for figures in returns for figure in figures.values() if isinstance(figure, Decimal)
        )
        self.scale = max(map(decimal_places, decimals), default=0)

    def of_child(self, child: Child) -> Vector:
        return self.of(self._figures[child.file])

    def of(self, figures: Figures) -> Vector:
        return tuple(int(Decimal(figures.get(cell, 0)).scaleb(self.scale)) for cell in self._cells)
