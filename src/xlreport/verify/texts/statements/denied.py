"""The statements that a denial makes: that there is none of what its words name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.form.fact_model import WRITTEN_NAMES, BoundFact
from xlreport.prose.counts import Span
from xlreport.prose.denials import Denial
from xlreport.prose.lexicon import Hit
from xlreport.prose.numerals import NOTHING, Numeral
from xlreport.verify.texts.statements.fitting import CAUSES, Heads, about, chain, denies, is_understood, plain
from xlreport.verify.texts.statements.limits import is_limited
from xlreport.verify.texts.statements.sentence_words import SentenceWords
from xlreport.verify.texts.statements.statement import Statement
from xlreport.verify.texts.statements.topics import Topics


def statements_of_denial(words: SentenceWords, topics: Topics, denial: Denial) -> Iterator[Statement]:
    """The statements that there is none; of several objects, where no fact has them together."""
    prose = words.prose
    hits = (*_holding(words, denial), *words.within(denial.words))
    if not hits or (denial.verb and not _begins_known(words, denial, hits)):
        return
    counted = chain(prose, words.whole, [hit for hit in hits if hit.names & prose.objects], denied=True)
    passed_over = prose.objects | prose.weak | WRITTEN_NAMES
    telling = [
        hit for hit in hits if not hit.names & passed_over and hit.start >= _cause_ends(words, counted)
    ]
    own = sorted({*telling, *counted.hits}, key=lambda hit: hit.start)
    if not own:
        return
    for bound in _facts(words, denial, counted.names, topics.at(denial.clause), telling):
        statement = _none(words, denial, bound, hits, own)
        if statement is not None:
            yield statement


def _cause_ends(words: SentenceWords, counted: Heads) -> int:
    """Where what is counted begins, if what stands before is its cause: 无办理申请引发的行政复议."""
    start = counted.hits[0].start if counted.hits else 0
    caused = CAUSES.search(words.whole, words.sentence.start, start) if start else None
    return start if caused is not None else words.sentence.start


def _holding(words: SentenceWords, denial: Denial) -> tuple[Hit, ...]:
    """The object that holds its denial, if any: 零申请."""
    found = words.within((Span(denial.start, denial.end),))
    return tuple(hit for hit in found if hit.end > denial.end and hit.names & words.prose.objects)


def _begins_known(words: SentenceWords, denial: Denial, hits: Sequence[Hit]) -> bool:
    """True if a verb follows that says of something that it is there: 未收到, but not 未减免."""
    between = words.whole[denial.end : hits[0].start]
    return words.prose.glue.adds_nothing(between) or words.whole[denial.end : denial.end + 1] in "有因被"


def _facts(
    words: SentenceWords, denial: Denial, names: frozenset[str], topic: str, telling: Sequence[Hit]
) -> list[BoundFact]:
    """The fact that has all objects together, else those that have one of them."""
    together = _fact(words, denial, names, topic, telling)
    if together is not None:
        return [together]
    alone = sorted(names) if len(names) > 1 else []
    facts = (_fact(words, denial, frozenset({name}), topic, telling) for name in alone)
    return [bound for bound in facts if bound is not None]


def _fact(
    words: SentenceWords, denial: Denial, names: frozenset[str], topic: str, telling: Sequence[Hit]
) -> BoundFact | None:
    """The first fact that says what is denied, those that say there is none before others."""
    said = plain(words.whole, denial.words)
    alone = bool(names) and words.whole[denial.start] != "不"  # 不存在行政处罚 may be against the unit
    facts = about(words.prose, names, topic)
    for bound in sorted(facts, key=lambda bound: not bound.fact.zero):
        if not bound.quantities or not (bound.fact.zero or bound.says or alone):
            continue
        if denies(words.prose, bound, words.whole, telling) and words.has_when(bound, denial.start, said):
            return bound
    return None


def _none(
    words: SentenceWords, denial: Denial, bound: BoundFact, hits: Sequence[Hit], own: Sequence[Hit]
) -> Statement | None:
    """The statement of a fact, unless the words go on with what is not understood, or make less of it."""
    if not is_understood(words.prose, words.whole, own[-1].end, denial.words[-1].end, hits):
        return None
    start = denial.start if denial.behind else own[0].start
    if is_limited(words, start, denial.words, own):
        return None
    vague = denial.behind and any(
        not is_understood(words.prose, words.whole, span.start, span.end, hits) for span in denial.words
    )
    end = max(own[-1].end, denial.end)
    number = Numeral(end, denial.start, end, NOTHING.low, NOTHING)
    return Statement(bound, words.text, words.sentence, start, end, number, vague=vague)
