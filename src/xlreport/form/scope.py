"""Names in formulas: what `year`, `requests[a:b, total]` or a bare row name mean in a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xlreport.form.field import Field, Kind
from xlreport.form.grid import Grid, Line
from xlreport.form.listing import Listing
from xlreport.form.mistake import near
from xlreport.form.outline import Outline
from xlreport.formula.nodes import Cells, FormulaError, Neighbours, Ref, Type
from xlreport.frozen import frozen
from xlreport.subject import Subject

_TYPES: Mapping[Kind, Type] = {
    Kind.TEXT: Type.TEXT,
    Kind.PROSE: Type.TEXT,
    Kind.COUNT: Type.WHOLE,
    Kind.AMOUNT: Type.NUMBER,
    Kind.YEAR: Type.WHOLE,
    Kind.DATE: Type.WHOLE,
    Kind.CHOICE: Type.CHOICE,
    Kind.CONFIRM: Type.LOGICAL,
}


@frozen(slots=False)
class FormScope:
    """The names of a form; with `grid` and one of `row`, `column` also those of that line.

    `row` "requests" line `new_requests` makes bare names mean columns in that row, `column` the
    other way round. `prior` allows last year's figures.
    """

    outline: Outline
    grid: Grid | None = None
    row: str = ""
    column: str = ""
    prior: bool = False

    def resolve(self, ref: Ref) -> Cells:
        """See `xlreport.formula.nodes.Scope`."""
        if ref.prior:
            return self._prior(ref)
        if ref.index:
            return self._indexed(ref)
        line = self._in_line(ref)
        return line if line is not None else self._field(ref)

    def _prior(self, ref: Ref) -> Cells:
        """Last year's cells of the same names. Of a list only the total is known: its lines differ."""
        if not self.prior:
            text = "last year's figures are for checks: what is computed comes from this year's cells alone"
            raise FormulaError(text, position=ref.position)
        cells = self._last_total(ref) or self.resolve(replace(ref, prior=False))
        fields = self.outline.fields
        days = any(fields[s].kind is Kind.DATE for s in cells.subjects if s in fields)
        if cells.type not in (Type.WHOLE, Type.NUMBER) or days:
            text = f"“{ref.name.first}” is no figure: of last year only figures are known"
            raise FormulaError(text, position=ref.position)
        return replace(cells, subjects=tuple(subject.last_year for subject in cells.subjects))

    def _last_total(self, ref: Ref) -> Cells | None:
        listing = self.outline.listings.get(ref.name.first)
        if listing is None or len(ref.index) != 1:
            return None
        column = _list_column(listing, ref)
        if not column.total:
            text = f"of last year's list only totals are known: column “{column.name}” has none"
            raise FormulaError(text, position=ref.position)
        return _cells((listing.total(column),), column.kind, ref, scalar=True)

    def _in_line(self, ref: Ref) -> Cells | None:
        if self.grid is None:
            return None
        lines = self.grid.columns if self.row else self.grid.rows
        if ref.name.first not in {line.name for line in lines}:
            return None
        names = _span(ref.name, lines, ref.position)
        rows, columns = ([self.row], names) if self.row else (names, [self.column])
        return _grid_cells(self.grid, rows, columns, ref, scalar=ref.name.last is None)

    def _field(self, ref: Ref) -> Cells:
        fields = self.outline.fields
        subject = Subject.field(ref.name.first)
        if subject not in fields:
            known = [*fields, *self._line_names(), *self.outline.blocks]
            raise FormulaError(f"unknown name “{subject}”{near(subject, known)}", position=ref.position)
        if ref.name.last is not None:
            raise FormulaError(f"“{subject}” is a single field, not a range", position=ref.position)
        field = fields[subject]
        return Cells((subject,), _TYPES[field.kind], True, field.labels or None, ref.position)

    def _line_names(self) -> list[str]:
        if self.grid is None:
            return []
        return [line.name for line in (self.grid.columns if self.row else self.grid.rows)]

    def _indexed(self, ref: Ref) -> Cells:
        name, index = ref.name.first, ref.index
        match self.outline.blocks.get(name):
            case None:
                text = f"unknown grid or list “{name}”{near(name, self.outline.blocks)}"
            case Grid() as grid if len(index) == 2:
                rows = _span(index[0], grid.rows, ref.position)
                columns = _span(index[1], grid.columns, ref.position)
                scalar = index[0].last is None and index[1].last is None
                return _grid_cells(grid, rows, columns, ref, scalar)
            case Listing() as listing if len(index) == 1 and index[0].last is None:
                column = _list_column(listing, ref)
                subjects = tuple(Subject.cell(name, line, column.name) for line in listing.numbers)
                return _cells(subjects, column.kind, ref, scalar=False)
            case block:
                text = f"“{name}” is a {block.what}: write {block.usage}"
        raise FormulaError(text, position=ref.position)


def _grid_cells(grid: Grid, rows: Sequence[str], columns: Sequence[str], ref: Ref, scalar: bool) -> Cells:
    """Cells of a grid, row by row; with an amount among them all are taken as amounts."""
    kinds = {grid.holds(grid.column(name))[0] for name in columns}
    kind = kinds.pop() if len(kinds) == 1 else Kind.AMOUNT
    subjects = tuple(Subject.cell(grid.name, row, column) for row in rows for column in columns)
    return _cells(subjects, kind, ref, scalar)


def _cells(subjects: tuple[Subject, ...], kind: Kind, ref: Ref, scalar: bool) -> Cells:
    return Cells(subjects, _TYPES[kind], scalar, None, ref.position)


def _span(span: Neighbours, lines: Sequence[Line], position: int) -> list[str]:
    """The names from first to last, in declared order. Raises for an unknown or backward range."""
    names = [line.name for line in lines]
    for name in (span.first, span.last):
        if name is not None and name not in names:
            raise FormulaError(f"unknown row or column “{name}”{near(name, names)}", position=position)
    start = names.index(span.first)
    stop = start if span.last is None else names.index(span.last)
    if stop < start:
        raise FormulaError(
            f"“{span.first}:{span.last}” runs backwards; write “{span.last}:{span.first}”", position=position
        )
    return names[start : stop + 1]


def _list_column(block: Listing, ref: Ref) -> Field:
    name = ref.index[0].first
    for column in block.columns:
        if column.name == name:
            return column
    known = [column.name for column in block.columns]
    raise FormulaError(
        f"list “{block.name}” has no column “{name}”{near(name, known)}", position=ref.position
    )
