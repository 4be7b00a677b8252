"""The rule: every text of a return is read once, and all that it says is judged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from xlreport.finding import Finding
from xlreport.form.model import EXPLANATION
from xlreport.prose.alphabet import fold_words
from xlreport.verify.reported import Figures
from xlreport.verify.texts.statements.facts import against_each_other, against_tables, measures
from xlreport.verify.texts.statements.rates import growth, proportions
from xlreport.verify.texts.statements.statement import Context, Statement, statements
from xlreport.verify.texts.statements.sums import parts
from xlreport.verify.texts.statements.tables import Tables
from xlreport.verify.texts.text import Text, texts_of

_MOST = 20
"""Findings of a kind on one text: whoever sees so many looks at the whole of it."""


def words(figures: Figures) -> Iterator[Finding]:
    """What the words state agrees with the tables, with itself and with last year."""
    now = Tables(figures.form, figures.inputs, figures.unusable)
    before = Tables(figures.form, figures.prior, frozenset())
    context = _context(figures)
    every: list[Statement] = []
    for text in _texts(figures):
        stated = statements(context, text)
        every += stated
        yield from against_tables(figures, now, stated)
        if text.has_figures:
            yield from islice(measures(stated), _MOST)
            yield from islice(parts(text), _MOST)
            yield from islice(growth(now, before, text, stated), _MOST)
            yield from islice(proportions(text), _MOST)
    yield from against_each_other(now, every)


def _texts(figures: Figures) -> Iterator[Text]:
    """Every text and remark that is filled in, in order; answers to warnings are no report."""
    for text in texts_of(figures):
        too_long = 0 < text.field.max_length < len(text.value)  # told of already
        if not too_long and not text.subject.startswith(f"{EXPLANATION}["):
            yield text


def _context(figures: Figures) -> Context:
    year = figures.inputs.get(figures.form.year_field)
    names = (figures.inputs.get(name) for name in figures.form.prose.own_names)
    own = tuple(fold_words(name) for name in names if isinstance(name, str))
    return Context(figures.form.prose, year if isinstance(year, int) else None, own)
