"""The statement that a number makes: the first fact of the form that its words fit takes it.

A number of several objects that no fact has together is stated of one fact for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from xlreport.expression import Expression
from xlreport.form.fact_model import BoundFact
from xlreport.prose.counts import Count, Span
from xlreport.prose.lexicon import Hit
from xlreport.verify.texts.statements.fitting import about, names_of, says, unknown
from xlreport.verify.texts.statements.limits import is_limited, is_plain
from xlreport.verify.texts.statements.number_words import NumberWords, number_words
from xlreport.verify.texts.statements.sentence_words import SentenceWords
from xlreport.verify.texts.statements.statement import GROWN, PERCENT, Statement
from xlreport.verify.texts.statements.topics import Topics

_ON = ("对", "将", "就", "把")
"""Before a number these speak of something that was done with so many, not of all."""
_COUNTED = frozenset("件条份个项宗起例篇期部次")
_NEAR = 12
_LAST_YEARS = Expression(
    "[比较与和同由从自](?:上一?年度?|去年|前一年)(?:全年|同期)?(?:数|的|为|（)*$|(?:上年|去年)同期(?:数|为|是|有)*$"
)
_HAPPENED = Expression("(?:发生|产生|出现|引起|引发|导致|收到|接到|受理|办理)了?$")
_VERB = 3
_UNCOUNTED = ("", GROWN)


def statement_of_number(words: SentenceWords, topics: Topics, count: Count) -> Statement | None:
    """The statement that a number makes; None where it makes none."""
    if _is_speech(words, count) or _is_last_years(words, count):
        return None
    if words.whole.endswith(_ON, 0, count.numeral.start):
        return None
    number = number_words(words, count)
    names = number.counted.names
    if names & words.prose.foreign:
        topics.change(count.clause.parent, names)
    facts = about(words.prose, names, topics.at(count.clause))
    part = number.part and not _begins_anew(words, number, topics.before)
    for bound, used in _fitting(words, number, _tried(facts, part=part)):
        statement = _statement(words, number, bound, used)
        if statement is None or statement.doubtful or not bound.quantities:
            return statement
        return _with_others(words, number, statement, facts, used)
    return _of_several(words, number)


def _begins_anew(words: SentenceWords, number: NumberWords, topic: str) -> bool:
    """True behind 其中 that opens the sentence, where something else is counted than before: 其中复议1件."""
    names = number.counted.names
    if not names or names & words.prose.passing or topic in ("", *names):
        return False
    start = number.count.numeral.start
    if (
        number.counted.hits[0].start > start
        and _HAPPENED.search(words.whole, max(0, start - _VERB), start) is None
    ):
        return False  # 其中1件引起复议: of what was counted before
    opened = words.marks_near(words.sentence.start, start)
    return bool(opened) and not words.within((Span(words.sentence.start, opened[0]),))


def fitting(
    words: SentenceWords, number: NumberWords, topic: str
) -> Iterator[tuple[BoundFact, tuple[Hit, ...]]]:
    """The facts that the words fit, each with the words by which it is that fact."""
    facts = about(words.prose, number.counted.names, topic)
    yield from _fitting(words, number, _tried(facts, part=number.part))


def _tried(facts: Iterable[BoundFact], *, part: bool) -> Iterator[BoundFact]:
    """A part is of no fact that is a whole."""
    return (bound for bound in facts if bound.fact.part or not part)


def _is_speech(words: SentenceWords, count: Count) -> bool:
    """True for 办结一件申请、解决一个问题: no figures, but what is striven for."""
    if words.whole[count.numeral.digits : count.numeral.end] != "一":
        return False
    return words.ones > 1


def _is_last_years(words: SentenceWords, count: Count) -> bool:
    """True for the figure that is compared with: 与上年（10件）持平, 去年同期为10件."""
    start = max(words.sentence.start, count.numeral.start - _NEAR)
    return _LAST_YEARS.search(words.said(Span(start, count.numeral.start))) is not None


def _fitting(
    words: SentenceWords, number: NumberWords, facts: Iterable[BoundFact]
) -> Iterator[tuple[BoundFact, tuple[Hit, ...]]]:
    """The facts that the words fit, in order, each with the words by which it is that fact."""
    numeral, said = number.count.numeral, names_of(number.telling)
    for bound in facts:
        if bound.fact.zero:
            continue
        used = says(words.prose, bound, words.whole, number.telling, said)
        if used is None or not _has_measure(words, bound, numeral.unit):
            continue
        if words.has_when(bound, numeral.start, number.said):
            yield bound, used


def _has_measure(words: SentenceWords, bound: BoundFact, unit: str) -> bool:
    if unit == PERCENT:
        group = words.prose.groups.get(bound.fact.group)
        return bound.fact.part and group is not None and bool(group.wholes)
    wanted = bound.fact.measures or _COUNTED
    return unit in wanted or unit == bound.fact.unit or (unit in _UNCOUNTED and "件" in wanted)


def _statement(
    words: SentenceWords, number: NumberWords, bound: BoundFact, used: tuple[Hit, ...]
) -> Statement | None:
    """The statement of a fact; a doubtful one where words are not understood or make less of the number."""
    count, numeral = number.count, number.count.numeral
    own = sorted({*used, *number.counted.hits} & {*number.hits}, key=lambda hit: hit.start)
    if not own:
        return None
    start = min(own[0].start, numeral.start)
    end = max(max(hit.end for hit in own), numeral.end + len(numeral.unit))
    plain = is_plain(words, number, own)
    doubtful = (
        not plain
        or bound.fact.slip
        or (bool(bound.quantities) and is_limited(words, start, number.spans, own))
    )
    return Statement(
        bound,
        words.text,
        words.sentence,
        start,
        end,
        numeral,
        listed=number.listed or count.clause.parent is not None,
        vague=not numeral.unit,
        weak=_is_weak(words, bound, used),
        doubtful=doubtful,
        bound_to=_bound_to(words, number),
        what=_what(words, number),
    )


def _is_weak(words: SentenceWords, bound: BoundFact, used: Sequence[Hit]) -> bool:
    """True if a weak word is among those by which it is that fact."""
    said = names_of(used)
    by = next((wanted for wanted in bound.says if wanted <= said), frozenset[str]())
    return bool(by & words.prose.weak)


def _bound_to(words: SentenceWords, number: NumberWords) -> str:
    """The last word that holds for more of the sentence, if what is counted is named in passing only."""
    held = [name for hit in number.telling for name in sorted(hit.names & words.prose.staying)]
    return held[-1] if held and number.counted.names & words.prose.passing else ""


def _what(words: SentenceWords, number: NumberWords) -> str:
    """What is left of the clause up to the number: by it the number is told from another of the fact.

    A word that holds on from another clause leaves it open.
    """
    staying = words.prose.staying
    if any(hit.names & staying for hit in number.telling) and not any(
        hit.names & staying for hit in number.hits
    ):
        return "…"
    clause = words.ahead(number.count.clause, number.count.numeral.start)
    return words.prose.glue.taken_out("".join(unknown(words.whole, (clause,), words.within((clause,)))))


def _with_others(
    words: SentenceWords,
    number: NumberWords,
    statement: Statement,
    facts: Sequence[BoundFact],
    used: tuple[Hit, ...],
) -> Statement:
    """The statement with further facts of its group that the same words name."""
    fact = statement.fact.fact
    if not (fact.group and fact.part):
        return statement
    added: list[BoundFact] = []
    others: list[BoundFact] = []
    spots, said = [used], names_of(number.telling)
    for bound in facts:
        if bound is statement.fact or bound.fact.group != fact.group or not bound.fact.part:
            continue
        found = says(words.prose, bound, words.whole, number.telling, said)
        if not found or found == used:
            continue
        joined = any(_are_joined(words, found, spot) for spot in spots)
        (added if joined else others).append(bound)
        spots += [found] * joined
    return replace(statement, added=tuple(added), others=tuple(others))


def _are_joined(words: SentenceWords, one: tuple[Hit, ...], other: tuple[Hit, ...]) -> bool:
    first, second = sorted((one[0], other[0]), key=lambda hit: hit.start)
    return first.end <= second.start and words.prose.glue.joins(words.whole[first.end : second.start])


def _of_several(words: SentenceWords, number: NumberWords) -> Statement | None:
    """The number of objects that no fact has together: 行政复议、行政诉讼共8件."""
    names = sorted(number.counted.names)
    if len(names) < 2:
        return None
    facts = [bound for name in names if (bound := _alone(words, number, name)) is not None]
    if len(facts) < len(names):
        return None
    first, *more = facts
    statement = _statement(words, number, first, ())
    return None if statement is None else replace(statement, added=tuple(more))


def _alone(words: SentenceWords, number: NumberWords, name: str) -> BoundFact | None:
    """The first fact of one object alone that has figures."""
    every = about(words.prose, frozenset({name}), "")
    facts = (bound for bound in every if bound.quantities and not bound.fact.slip)
    return next((bound for bound, _ in _fitting(words, number, facts)), None)
