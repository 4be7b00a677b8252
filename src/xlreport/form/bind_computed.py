"""The computed cells of a form: their formulas bound, and the inputs that decide them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from xlreport.form.binder import Binder
from xlreport.form.computed import Computed
from xlreport.form.outline import Block
from xlreport.form.scope import FormScope
from xlreport.formula.tree import subjects
from xlreport.subject import Subject


def bind_computed(binder: Binder) -> dict[Subject, Computed]:
    """Every computed cell whose formula has no mistake, in the order of the form."""
    bound: dict[Subject, Computed] = {}
    declared: dict[Subject, tuple[str, str]] = {}
    for section in binder.outline.sections:
        file = f"sections/{section.name}.toml"
        for number, block in enumerate(section.blocks):
            for path, computed in _block(binder, file, f"block[{number}]", block):
                bound[computed.subject] = computed
                declared[computed.subject] = (file, path)
    for subject in _in_cycles(bound):
        source = bound.pop(subject).source
        binder.fail(*declared[subject], f"“{source}” is computed from itself: leave it out")
    return {s: replace(computed, inputs=inputs_behind(bound, [s])) for s, computed in bound.items()}


def inputs_behind(computed: Mapping[Subject, Computed], read: Iterable[Subject]) -> tuple[Subject, ...]:
    """The input cells behind these cells, each once, in order."""
    found: dict[Subject, None] = {}
    for subject in read:
        if subject in computed:
            found.update(dict.fromkeys(inputs_behind(computed, subjects(computed[subject].node))))
        else:
            found[subject] = None
    return tuple(found)


def _block(binder: Binder, file: str, path: str, block: Block) -> Iterable[tuple[str, Computed]]:
    """The computed cells of a block, each with the place of its formula."""
    grid = binder.outline.grids.get(block.name)
    for formula in block.formulas():
        place = f"{path}.{formula.path}" if formula.path else path
        scope = FormScope(binder.outline, grid, formula.row, formula.column)
        node = binder.number(file, place, formula.source, scope)
        if node is not None:
            yield place, Computed(formula.subject, formula.source, node)


def _in_cycles(bound: Mapping[Subject, Computed]) -> list[Subject]:
    """Computed cells that reach themselves."""
    needs = {s: {n for n in subjects(computed.node) if n in bound} for s, computed in bound.items()}
    return [subject for subject in needs if subject in _reached(subject, needs)]


def _reached(start: Subject, needs: Mapping[Subject, Set[Subject]]) -> set[Subject]:
    """Everything that a computed cell needs, directly or through others."""
    reached: set[Subject] = set()
    waiting = set(needs[start])
    while waiting:
        subject = waiting.pop()
        reached.add(subject)
        waiting |= needs[subject] - reached
    return reached
