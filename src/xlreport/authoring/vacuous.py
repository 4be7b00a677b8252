"""Can a check fail at all? A bounded, repeatable search for values that make it.

The fillings are random, but always the same: zeros and large figures, figures around those that the
rule names, every option. What is not found may still exist, so the answer is a hint, never a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import TypeAlias

from xlreport.form.checks import Instance
from xlreport.form.computed import Computed
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formula.evaluate import EvaluationError, evaluate
from xlreport.formula.nodes import Cells, Literal, Node, Type, Value, is_figure
from xlreport.formula.tree import children
from xlreport.frozen import frozen
from xlreport.subject import Subject

TRIES = 1000
"""Fillings tried for each line of a check."""
_SEED = 2021
_SHARES_OF_ZERO = (1.0, 0.9, 0.5, 0.0)
_COMMON = (0, 1, 2, 3, 10, 100, 1_000_000)

_Fillable: TypeAlias = tuple[Subject, Cells]


@frozen
class CaseSearch:
    """What a search for failing values found: whether the check ever applied, and whether it ever failed."""

    applied: bool
    failed: bool


def try_check(form: Form, code: str) -> CaseSearch:
    """Look for values that make a check of the form fail."""
    applied = False
    for instance in (i for i in form.instances if i.check.code == code):
        for applies, holds in _tries(form, instance):
            applied |= applies
            if applies and not holds:
                return CaseSearch(applied, failed=True)
    return CaseSearch(applied, failed=False)


def _tries(form: Form, instance: Instance) -> Iterator[tuple[bool, bool]]:
    """Whether the check applies, and holds, for one filling after the other."""
    nodes = [node for node in (instance.when, instance.expect) if node is not None]
    cells = list(dict(_inputs(form.computed, nodes)).items())
    figures = _figures(nodes)
    random = Random(_SEED)
    for _ in range(TRIES):
        filling = _filling(cells, figures, random)
        values = _Values(form.computed, filling)
        try:
            applies = instance.when is None or evaluate(instance.when, values) is True
            yield applies, applies and evaluate(instance.expect, values) is True
        except EvaluationError:
            continue


class _Values:
    """The value of any cell: inputs as filled in, computed cells computed once."""

    def __init__(self, computed: Mapping[Subject, Computed], filling: Values) -> None:
        self._computed = computed
        self._known = dict(filling)

    def __call__(self, subject: Subject) -> Value:
        if subject not in self._known:
            self._known[subject] = evaluate(self._computed[subject].node, self)
        return self._known[subject]


def _inputs(computed: Mapping[Subject, Computed], nodes: Sequence[Node]) -> Iterator[_Fillable]:
    """The input cells that formulas read, through computed ones, with what can stand in them."""
    for node in nodes:
        if isinstance(node, Cells):
            for subject in node.subjects:
                if subject in computed:
                    yield from _inputs(computed, [computed[subject].node])
                else:
                    yield subject, node
        yield from _inputs(computed, children(node))


def _figures(nodes: Sequence[Node]) -> tuple[int, ...]:
    """Figures worth trying: common ones, and those the rule names with their neighbours."""
    named = [int(v) for v in _literals(nodes) if is_figure(v)]
    around = (figure + step for figure in named for step in (-1, 0, 1))
    return tuple(dict.fromkeys((*_COMMON, *(figure for figure in around if figure >= 0))))


def _literals(nodes: Sequence[Node]) -> Iterator[Value]:
    for node in nodes:
        if isinstance(node, Literal):
            yield node.value
        yield from _literals(children(node))


def _filling(cells: Sequence[_Fillable], figures: Sequence[int], random: Random) -> dict[Subject, Value]:
    """A value for every cell; each block has its own share of zeros, so that some are empty and some full."""
    zeros = {block: random.choice(_SHARES_OF_ZERO) for block in dict.fromkeys(_block(s) for s, _ in cells)}
    return {s: _value(cell, figures, zeros[_block(s)], random) for s, cell in cells}


def _block(subject: Subject) -> str:
    return subject.block or subject


def _value(cell: Cells, figures: Sequence[int], zeros: float, random: Random) -> Value:
    if cell.type is Type.LOGICAL:
        return random.random() < 0.5
    if cell.type is Type.CHOICE:
        return random.choice(list(cell.options or ()))
    if cell.type is Type.TEXT:
        return random.choice((None, "文字", "文字" * 500))
    return 0 if random.random() < zeros else random.choice(figures)
