"""Figures that are asked for and then used by nothing: no rule, no sum, no sentence compared with them."""

from __future__ import annotations

from collections.abc import Iterator, Set

from xlreport.form.fields import Fields
from xlreport.form.grid import Grid
from xlreport.form.listing import Listing
from xlreport.form.model import Form
from xlreport.form.outline import Block
from xlreport.form.scope import FormScope
from xlreport.formula.check import bind, subjects
from xlreport.formula.nodes import FormulaError
from xlreport.formula.parse import parse
from xlreport.subject import Subject


def untouched(form: Form) -> Iterator[tuple[str, str]]:
    """The block and, in words, its cells that nothing touches; as few groups as say it."""
    touched = frozenset(_touched(form))
    for name, block in form.blocks.items():
        yield from ((name, words) for words in _groups(form, block, touched))


def _groups(form: Form, block: Block, touched: Set[Subject]) -> Iterator[str]:
    match block:
        case Fields():
            return (subject for subject, _ in block.figures() if subject not in touched)
        case Listing():
            return _columns(block, touched)
        case Grid():
            return _grid_groups(form, block, touched)


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
        return subjects(bind(parse(formula), FormScope(form)))
    except FormulaError:
        return ()


def _behind(form: Form, read: tuple[Subject, ...]) -> Iterator[Subject]:
    for subject in read:
        computed = form.computed.get(subject)
        yield from (subject,) if computed is None else computed.inputs


def _columns(listing: Listing, touched: Set[Subject]) -> Iterator[str]:
    """The columns of figures of which no line is touched."""
    read = {cell.column for cell in touched if cell.block == listing.name}
    return (c.name for c in listing.columns if c.kind.numeric and c.name not in read)


def _grid_groups(form: Form, grid: Grid, touched: Set[Subject]) -> Iterator[str]:
    """The whole grid, else whole rows, else whole columns, else single cells."""
    inputs = [subject for subject in grid.subjects() if subject not in form.computed]
    left = {subject for subject in inputs if subject not in touched}
    if left and len(left) == len(inputs):
        yield f"all of its {len(inputs)} cells"
        return
    rows = [("row", row.name, {s for s in inputs if s.row == row.name}) for row in grid.rows]
    columns = [("column", c.name, {s for s in inputs if s.column == c.name}) for c in grid.columns]
    for kind, name, own in (*rows, *columns):
        if own and own <= left:
            left -= own
            yield f"{kind} “{name}”"
    yield from (f"cell “{s.row}, {s.column}”" for s in inputs if s in left)
