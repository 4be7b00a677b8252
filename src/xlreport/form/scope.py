"""Names in formulas: what `year`, `requests[a:b, total]` or a bare row name mean in a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from xlreport.form.mistake import near
from xlreport.form.model import Block, Field, Fields, Grid, Kind, Line, Listing
from xlreport.formula.nodes import Cells, FormulaError, Ref, Span, Type
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


@dataclass(frozen=True)
class FormScope:
    """The names of a form; with `grid` and one of `row`, `column` also those of that line.

    `row` "requests" line `new_requests` makes bare names mean columns in that row, `column` the
    other way round. `prior` allows last year's figures.
    """

    blocks: Mapping[str, Block]
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
        fields = _fields(self.blocks)
        days = any(fields[s].kind is Kind.DATE for s in cells.subjects if s in fields)
        if cells.type not in (Type.WHOLE, Type.NUMBER) or days:
            text = f"“{ref.name.first}” is no figure: of last year only figures are known"
            raise FormulaError(text, position=ref.position)
        return replace(cells, subjects=tuple(subject.last_year for subject in cells.subjects))

    def _last_total(self, ref: Ref) -> Cells | None:
        block = self.blocks.get(ref.name.first)
        if not isinstance(block, Listing) or len(ref.index) != 1:
            return None
        column = _list_column(block, ref)
        if not column.total:
            text = f"of last year's list only totals are known: column “{column.name}” has none"
            raise FormulaError(text, position=ref.position)
        return _cells((Subject.total(block.name, column.name),), column.kind, ref, scalar=True)

    def _in_line(self, ref: Ref) -> Cells | None:
        if self.grid is None:
            return None
        lines = self.grid.columns if self.row else self.grid.rows
        if ref.name.first not in {line.name for line in lines}:
            return None
        names = _span(ref.name, lines, ref.position)
        subjects = tuple(self._line_cell(self.grid, name) for name in names)
        columns = names if self.row else [self.column]
        return _cells(subjects, _kind(self.grid, columns), ref, scalar=ref.name.last is None)

    def _line_cell(self, grid: Grid, name: str) -> Subject:
        row, column = (self.row, name) if self.row else (name, self.column)
        return Subject.cell(grid.name, row, column)

    def _field(self, ref: Ref) -> Cells:
        fields = _fields(self.blocks)
        name = ref.name.first
        if name not in fields:
            known = [*fields, *self._line_names(), *self.blocks]
            raise FormulaError(f"unknown name “{name}”{near(name, known)}", position=ref.position)
        if ref.name.last is not None:
            raise FormulaError(f"“{name}” is a single field, not a range", position=ref.position)
        field = fields[name]
        return Cells((Subject.field(name),), _TYPES[field.kind], True, field.labels or None, ref.position)

    def _line_names(self) -> list[str]:
        if self.grid is None:
            return []
        return [line.name for line in (self.grid.columns if self.row else self.grid.rows)]

    def _indexed(self, ref: Ref) -> Cells:
        block = self.blocks.get(ref.name.first)
        if isinstance(block, Grid) and len(ref.index) == 2:
            rows = _span(ref.index[0], block.rows, ref.position)
            columns = _span(ref.index[1], block.columns, ref.position)
            subjects = tuple(Subject.cell(block.name, row, column) for row in rows for column in columns)
            scalar = ref.index[0].last is None and ref.index[1].last is None
            return _cells(subjects, _kind(block, columns), ref, scalar)
        if isinstance(block, Listing) and len(ref.index) == 1 and ref.index[0].last is None:
            column = _list_column(block, ref)
            lines = range(1, block.rows + 1)
            subjects = tuple(Subject.cell(block.name, line, column.name) for line in lines)
            return _cells(subjects, column.kind, ref, scalar=False)
        raise FormulaError(_not_indexable(ref, block, self.blocks), position=ref.position)


def _kind(grid: Grid, columns: Sequence[str]) -> Kind:
    """The kind of cells from these columns: with an amount among them they are taken as amounts."""
    kinds = {grid.holds(grid.column(name))[0] for name in columns}
    return kinds.pop() if len(kinds) == 1 else Kind.AMOUNT


def _cells(subjects: tuple[Subject, ...], kind: Kind, ref: Ref, scalar: bool) -> Cells:
    return Cells(subjects, _TYPES[kind], scalar, None, ref.position)


def _fields(blocks: Mapping[str, Block]) -> dict[str, Field]:
    return {f.name: f for block in blocks.values() if isinstance(block, Fields) for f in block.fields}


def _span(span: Span, lines: Sequence[Line], position: int) -> list[str]:
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


def _not_indexable(ref: Ref, block: Block | None, blocks: Mapping[str, Block]) -> str:
    name = ref.name.first
    explain: dict[type, Callable[[], str]] = {
        Grid: lambda: f"“{name}” is a grid: write {name}[row, column]",
        Listing: lambda: f"“{name}” is a list: write {name}[column]",
        Fields: lambda: f"“{name}” is a block of fields: write the field's name alone",
    }
    if block is None:
        return f"unknown grid or list “{name}”{near(name, blocks)}"
    return explain[type(block)]()
