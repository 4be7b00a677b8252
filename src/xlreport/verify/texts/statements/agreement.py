"""Rules: what the words state. Every text is read once, and all that it says is judged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from xlreport.finding import Finding
from xlreport.prose.alphabet import fold_words
from xlreport.unit import key
from xlreport.verify.reported import Reported
from xlreport.verify.texts.statements.facts import against_each_other, against_tables, measures
from xlreport.verify.texts.statements.rates import against_last_year, proportions
from xlreport.verify.texts.statements.reading import read
from xlreport.verify.texts.statements.statement import Context, Statement
from xlreport.verify.texts.statements.table_values import TableValues
from xlreport.verify.texts.statements.totals import sums
from xlreport.verify.texts.text import Text, texts_of

_MOST = 20
"""Findings of a kind on one text: whoever sees so many looks at the whole of it."""


def agreement(reported: Reported) -> Iterator[Finding]:
    """What the words state agrees with the tables, with itself and with last year."""
    now = TableValues(reported.form, reported.inputs, reported.unusable)
    before = TableValues(reported.form, reported.prior, frozenset())
    context = _context(reported)
    every: list[Statement] = []
    for text in _texts(reported):
        said = read(context, text)
        stated = [statement for sentence in said for statement in sentence.statements]
        every += stated
        yield from against_tables(reported, now, said)
        if text.has_numerals:
            yield from islice(measures(stated), _MOST)
            yield from islice(sums(text), _MOST)
            yield from islice(against_last_year(now, before, text, stated), _MOST)
            yield from islice(proportions(text, context.prose.totals), _MOST)
    yield from against_each_other(now, every)


def _texts(reported: Reported) -> Iterator[Text]:
    """Every text and remark that is filled in, in order; answers to warnings are no report."""
    for text in texts_of(reported):
        too_long = 0 < text.field.max_length < len(text.value)  # told of already
        if not too_long and not text.subject.is_answer:
            yield text


def _context(reported: Reported) -> Context:
    year = reported.inputs.get(reported.form.year_field)
    names = (reported.inputs.get(name) for name in reported.form.prose.own_names)
    own = (fold_words(key(name)) for name in names if isinstance(name, str))
    known = tuple(filter(None, own))
    return Context(reported.form.prose, year if isinstance(year, int) else None, known)
