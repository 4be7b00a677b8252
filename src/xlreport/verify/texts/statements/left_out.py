"""Statements that are left out once the whole sentence is read: they say too much or too little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlreport.expression import Expression
from xlreport.prose.counts import Span
from xlreport.prose.numerals import Numeral
from xlreport.verify.texts.statements.sentence_words import SentenceWords
from xlreport.verify.texts.statements.statement import Said, Statement

_OWN = Expression(
    "其中，?(?:我|本)(?:局|委|办|厅|院|校|会|站|所|镇|乡|街道|单位|机关|部门|中心|级)(?![不未没无])"
)
"""The unit itself, as a part of something wider; not 其中本机关不掌握."""
_OF_WHICH = Expression("(?:涉及|属于|关于|与)[^，。；：0-9]{2,16}的?(?:有|共|为)?$")
"""Parts are told without 其中 as well: 应诉23件，涉及信息公开的3件."""


def without_wider(
    words: SentenceWords, statements: Sequence[Statement], unread: Sequence[Numeral]
) -> Iterator[Statement]:
    """The statements but for wholes of which only a part is what the form is about: 其中信息公开类5件.

    So are those of which the unit has a part only: 全市收到…，其中我局5件.
    """
    if not statements:
        return
    own = next((number.start for number in words.numbers if _is_own(words, number)), None)
    loose = (*unread, *(found.numeral for found in statements if _is_passing(words, found)))
    part = next((number.start for number in loose if _is_part(words, number)), None)
    parts = [
        found
        for found in statements
        if found.fact.quantities and _is_part(words, found.numeral) and _is_about(words, found)
    ]
    for statement in statements:
        if not statement.listed and own is not None and statement.start < own:
            continue
        wider = not statement.listed and (
            (part is not None and statement.start < part) or _holds_one(statement, parts)
        )
        if not wider or _is_passing(words, statement) or _is_about(words, statement):
            yield statement


def _is_passing(words: SentenceWords, statement: Statement) -> bool:
    return any(names & words.prose.passing for names in statement.fact.objects)


def _is_about(words: SentenceWords, statement: Statement) -> bool:
    """True if the words themselves name what the form is about."""
    said = words.whole[statement.start : statement.end]
    return any(word in said for word in words.prose.about)


def _holds_one(whole: Statement, parts: Sequence[Statement]) -> bool:
    """True if one of the parts is behind it and of the same objects."""
    return any(whole.start < part.start and whole.fact.objects == part.fact.objects for part in parts)


def _is_own(words: SentenceWords, number: Numeral) -> bool:
    """True for a number behind 其中 that is the unit's own."""
    if not words.marks or number.start <= words.marks[0]:
        return False
    return (
        _OWN.search(words.said(words.ahead(words.sentence.clause_at(number.digits), number.start)))
        is not None
    )


def _is_part(words: SentenceWords, number: Numeral) -> bool:
    """True for a number behind 其中, or 涉及, whose clause says what the form is about."""
    said = words.said(words.ahead(words.sentence.clause_at(number.digits), number.start))
    if (not words.marks or number.start <= words.marks[0]) and _OF_WHICH.match(said) is None:
        return False
    return any(word in said for word in words.prose.about)


def without_wider_before(words: SentenceWords, before: Said) -> Said:
    """Likewise where the next sentence, by its `words`, tells a part: 复议9件。其中涉及信息公开的1件."""
    if not (words.numbers and words.marks) or words.whole[words.sentence.start : words.marks[0]].strip("，"):
        return before
    first = words.numbers[0]
    ahead = Span(words.sentence.start, first.end)
    named = [word for word in words.prose.about if word in words.said(ahead)]
    if not named:
        return before
    clause = words.sentence.clause_at(first.digits)
    hits = words.within((Span(words.sentence.start, clause.end),))
    names = frozenset[str]().union(*(hit.names for hit in hits))
    if names & words.prose.ways:
        return before
    counted = names & words.prose.topical or words.prose.topical
    kept = tuple(
        found
        for found in before.statements
        if found.listed
        or found.numeral.value <= first.value
        or counted.isdisjoint(frozenset[str]().union(*found.fact.objects))
        or any(word in _clause_to(found) for word in named)
    )
    return before if len(kept) == len(before.statements) else replace(before, statements=kept)


def _clause_to(statement: Statement) -> str:
    sentence = statement.sentence
    return sentence.text[sentence.clause_at(statement.start).start : statement.end]


def without_weak(said: Said) -> Said:
    """Weak words count beside others of their group only, and not where they are a part of one of these."""
    strong = [statement for statement in said.statements if not statement.weak]
    if len(strong) == len(said.statements):
        return said
    kept = tuple(found for found in said.statements if not found.weak or _counts(found, strong))
    lost = tuple(statement.numeral for statement in said.statements if statement not in kept)
    return replace(said, statements=kept, unread=(*said.unread, *lost))


def _counts(weak: Statement, strong: Sequence[Statement]) -> bool:
    group = [other for other in strong if other.fact.fact.group == weak.fact.fact.group]
    is_part = weak.listed and any(other.fact.fact.part and not other.listed for other in group)
    return bool(group) and not is_part
