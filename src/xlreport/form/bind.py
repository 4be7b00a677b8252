"""Formulas of a form, parsed and bound to its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlreport.form.bind_checks import bind_checks
from xlreport.form.bind_computed import bind_computed
from xlreport.form.binder import Binder
from xlreport.form.checks import Check, Instance
from xlreport.form.computed import Computed
from xlreport.form.mistake import Mistake
from xlreport.form.outline import Outline
from xlreport.formula.nodes import FormulaError
from xlreport.formula.parse import parse
from xlreport.subject import Subject

_FORMULAS = frozenset({"formula", "expect", "when", "sides", "cell"})


@dataclass(frozen=True)
class Bound:
    """What binding yields: computed cells by subject, instances of checks, and mistakes."""

    computed: Mapping[Subject, Computed]
    instances: tuple[Instance, ...]
    mistakes: tuple[Mistake, ...]


def bind_form(outline: Outline, checks: Sequence[Check | None]) -> Bound:
    """Bind every formula of a form; all mistakes are returned, none raised. A check may be missing."""
    binder = Binder(outline)
    computed = bind_computed(binder)
    instances = bind_checks(binder, computed, checks)
    return Bound(computed, instances, tuple(binder.mistakes))


def syntax_mistakes(file: str, tables: object, path: str = "") -> Iterator[Mistake]:
    """Formulas that cannot be parsed, in a file of which not more than its tables is known."""
    if isinstance(tables, dict):
        for key, value in tables.items():
            here = f"{path}.{key}" if path else str(key)
            if key in _FORMULAS and isinstance(value, str) and value:
                try:
                    parse(value)
                except FormulaError as error:
                    yield Mistake(file, here, FormulaError(error.message, value, error.position).with_caret())
            else:
                yield from syntax_mistakes(file, value, here)
    elif isinstance(tables, list):
        for number, value in enumerate(tables):
            yield from syntax_mistakes(file, value, f"{path}[{number}]")
