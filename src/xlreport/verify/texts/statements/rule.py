"""The rule: every text of a return is read once, and all that it says is judged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from xlreport.finding import Finding
from xlreport.unit import key
from xlreport.verify.reported import Figures
from xlreport.verify.texts.statements.facts import against_each_other, against_tables, measures
from xlreport.verify.texts.statements.folded_texts import texts
from xlreport.verify.texts.statements.rates import growth, proportions
from xlreport.verify.texts.statements.statement import Context, Statement, statements
from xlreport.verify.texts.statements.sums import parts
from xlreport.verify.texts.statements.tables import Tables

_MOST = 20
"""Findings of a kind on one text: whoever sees so many looks at the whole of it."""


def words(figures: Figures) -> Iterator[Finding]:
    """What the words state agrees with the tables, with itself and with last year."""
    now = Tables(figures.form, figures.inputs, figures.unusable)
    before = Tables(figures.form, figures.prior, frozenset())
    context = _context(figures)
    every: list[Statement] = []
    for written in texts(figures):
        stated = statements(context, written)
        every += stated
        yield from against_tables(figures, now, stated)
        if written.has_figures:
            yield from islice(measures(stated), _MOST)
            yield from islice(parts(written), _MOST)
            yield from islice(growth(now, before, written, stated), _MOST)
            yield from islice(proportions(written), _MOST)
    yield from against_each_other(now, every)


def _context(figures: Figures) -> Context:
    year = figures.inputs.get(figures.form.year_field)
    names = (figures.inputs.get(name) for name in figures.form.prose.own_names)
    own = tuple(key(name) for name in names if isinstance(name, str))
    return Context(figures.form.prose, year if isinstance(year, int) else None, own)
