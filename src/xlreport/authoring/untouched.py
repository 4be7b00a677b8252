"""Figures that are asked for and then used by nothing: no rule, no sum, no sentence compared with them."""

from __future__ import annotations

from collections.abc import Iterator, Set

from xlreport.form.model import Block, Fields, Form, Grid, Line, Listing
from xlreport.form.scope import FormScope
from xlreport.formula.check import bind, subjects
from xlreport.formula.nodes import FormulaError
from xlreport.formula.parse import parse
from xlreport.subject import Subject


def untouched(form: Form) -> Iterator[tuple[str, str]]:
    """The block and, in words, its cells that nothing touches; as few groups as say it."""
    touched = frozenset(_touched(form))
    for block in form.blocks.values():
        for words in _groups(form, block, touched):
            yield block.name, words


def _touched(form: Form) -> Iterator[Subject]:
    for computed in form.computed.values():
        yield from computed.inputs
    for instance in form.instances:
        yield from instance.inputs
        if instance.when is not None:
            yield from _behind(form, subjects(instance.when))
    for fact in form.facts:
        for formula in fact.equals:
            yield from _behind(form, _read_by(form, formula))


def _read_by(form: Form, formula: str) -> tuple[Subject, ...]:
    """The cells a fact's formula reads; none of one that has a mistake, of which the author is told."""
    try:
        return subjects(bind(parse(formula), FormScope(form.blocks)))
    except FormulaError:
        return ()


def _behind(form: Form, read: tuple[Subject, ...]) -> Iterator[Subject]:
    for subject in read:
        computed = form.computed.get(subject)
        yield from (subject,) if computed is None else computed.inputs


def _groups(form: Form, block: Block, touched: Set[str]) -> Iterator[str]:
    if isinstance(block, Grid):
        yield from _grid_groups(form, block, touched)
    elif isinstance(block, Fields):
        yield from (field.name for field in block.fields if field.kind.numeric and field.name not in touched)
    else:
        yield from (column for column in _columns(block) if not _any(block, column, touched))


def _columns(block: Listing) -> Iterator[str]:
    return (column.name for column in block.columns if column.kind.numeric)


def _any(block: Listing, column: str, touched: Set[str]) -> bool:
    return any(Subject.cell(block.name, row, column) in touched for row in range(1, block.rows + 1))


def _grid_groups(form: Form, grid: Grid, touched: Set[str]) -> Iterator[str]:
    """The whole grid, else whole rows, else whole columns, else single cells."""
    inputs = {s: (row, column) for row, column, s in grid.cells() if s not in form.computed}
    left = {subject for subject in inputs if subject not in touched}
    if left and len(left) == len(inputs):
        yield f"all of its {len(inputs)} cells"
        return
    for kind, lines, number in (("row", grid.rows, 0), ("column", grid.columns, 1)):
        for line in lines:
            own = {s for s, place in inputs.items() if place[number] is line}
            if own and own <= left:
                left -= own
                yield f"{kind} “{line.name}”"
    yield from (f"cell “{_pair(*inputs[s])}”" for s in inputs if s in left)


def _pair(row: Line, column: Line) -> str:
    return f"{row.name}, {column.name}"
