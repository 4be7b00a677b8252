"""Rules: what the words state. Every text is read once, and all that it says is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from itertools import islice

from xlreport.expression import Expression
from xlreport.finding import Finding
from xlreport.prose.alphabet import fold_words
from xlreport.unit import key
from xlreport.verify import capped
from xlreport.verify.reported import Reported
from xlreport.verify.texts.statements.against_each_other import against_each_other, measures
from xlreport.verify.texts.statements.against_tables import against_tables, confirmed
from xlreport.verify.texts.statements.echoes import tried, with_echoes
from xlreport.verify.texts.statements.grown_figures import against_last_year
from xlreport.verify.texts.statements.portions import against_wholes
from xlreport.verify.texts.statements.reading import statements_in
from xlreport.verify.texts.statements.stated_shares import proportions
from xlreport.verify.texts.statements.statement import Context, Said, Statement
from xlreport.verify.texts.statements.table_values import TableValues
from xlreport.verify.texts.statements.totals import sums
from xlreport.verify.texts.text import Text, texts_of

_LEVEL = Expression("[省县旗]|(?<![城都])市(?![场政容])|(?<![社小园校景])区")
_MOST = capped.MOST_ALIKE + 1
"""Findings of a kind on one text: one more than is told, so that it is told that there are more."""


def agreement(reported: Reported) -> Iterator[Finding]:
    """What the words state agrees with the tables, with itself and with last year."""
    judge = _Judge(reported)
    every: list[Statement] = []
    for text in _texts(reported):
        said = statements_in(judge.context, text)
        if not said and not text.has_numerals:
            continue
        stated = [statement for sentence in said for statement in sentence.statements]
        every += stated
        wrong = tried(list(islice(against_tables(reported, judge.now, said), _MOST)))
        lists = (
            list(islice(sums(text, judge.lists, judge.confirmed(said)), _MOST)) if text.has_numerals else []
        )
        further = judge.further(text, said) if text.has_numerals else []
        yield from with_echoes(text, wrong, lists, further, judge.again)
        yield from islice(measures(stated), _MOST)
    yield from against_each_other(judge.now, every)


class _Judge:
    """Judges numbers of a text against each other and last year."""

    def __init__(self, reported: Reported) -> None:
        self.context = _context(reported)
        self.lists = self.context.prose.lists
        self.now = TableValues(reported.form, reported.inputs, reported.unusable)
        self._before = TableValues(reported.form, reported.prior, frozenset())

    def confirmed(self, said: Sequence[Said]) -> Callable[[], Set[int]]:
        """What tells where the numbers stand that the tables give."""
        return lambda: confirmed(self.context.prose, self.now, said)

    def again(self, text: Text) -> list[Finding]:
        """The findings on lists and rates of a text, read afresh."""
        said = statements_in(self.context, text)
        return [
            *(each.finding for each in islice(sums(text, self.lists, self.confirmed(said)), _MOST)),
            *self.further(text, said),
        ]

    def further(self, text: Text, said: Sequence[Said]) -> list[Finding]:
        """Findings on growth and shares."""
        stated = [statement for sentence in said for statement in sentence.statements]
        alone = {share.numeral.start for sentence in said for share in sentence.portions}
        return [
            *islice(against_last_year(self.now, self._before, text, said, self.context.year), _MOST),
            *islice(proportions(self.context.prose, self.now, text, stated, alone), _MOST),
            *islice(against_wholes(self.context.prose, self.now, said), _MOST),
        ]


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
    levels = _LEVEL.findall(max(known, key=len, default=""))
    return Context(reported.form.prose, year if isinstance(year, int) else None, known, "".join(levels[-1:]))
