"""Shares as a text states them (占比), against the part and the whole in the tables or in the same text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from itertools import islice

from xlreport.expression import Expression
from xlreport.finding import Finding, Severity
from xlreport.form.fact_model import Prose
from xlreport.frozen import frozen
from xlreport.prose.list_marks import PARTS_FOLLOW
from xlreport.prose.numerals import Numeral, numerals
from xlreport.prose.rates import Share, are_fitted, is_cut_off, shares
from xlreport.prose.sentences import Sentence, sentences
from xlreport.rule import own_rule
from xlreport.verify.texts.statements.near_numbers import last_before, outer_numbers
from xlreport.verify.texts.statements.shown_numbers import in_digits, rounded
from xlreport.verify.texts.statements.statement import Statement
from xlreport.verify.texts.statements.table_values import TableValues
from xlreport.verify.texts.text import Text

_CLOSE = 14
"""Characters between a part and its share."""
_SHARE_FOLLOWS = Expression("[，、（]?[^0-9，。；：（）]{0,2}占|（[0-9.]{1,6}%）")
_BACK = 3
"""Numbers before a sentence of which one may be the whole of its parts."""
_MOST = 100
"""Numbers and shares of one text that are looked at."""


@frozen
class _Portion:
    """A share, the number before it that is the part, and the numbers among which that stands.

    `fitted` if the shares of its sentence may have been adjusted to make a hundred.
    """

    sentence: Sentence
    share: Share
    part: Numeral
    beside: Sequence[Numeral]
    fitted: bool


def proportions(
    prose: Prose, now: TableValues, text: Text, stated: Sequence[Statement], alone: Set[int]
) -> Iterator[Finding]:
    """占比 against the part before it and its whole, in the tables or in the same text.

    Shares at the places `alone` are of what their own words say.
    """
    whole = text.folded.text
    if "占" not in whole and "%）" not in whole:
        return
    by_place = {statement.numeral.digits: statement for statement in stated}
    every = list(islice(numerals(whole, 0, len(whole)), _MOST))
    shared = frozenset(n.digits for n in every if _SHARE_FOLLOWS.match(whole, n.end + len(n.unit)))
    for portion in _portions(prose, whole, every):
        if portion.share.start in alone:
            continue
        statement = by_place.get(portion.part.digits)
        wholes = _wholes(prose, now, statement, portion) if _may_be_of_tables(prose, text, portion) else []
        if statement is not None and _is_echo(now, statement, portion.share, wholes):
            continue
        if wholes or not portion.share.bare or _is_of_a_list(portion, every):
            with_shares = _with_shares(portion, shared)
            others = [number for number in every if number.digits not in with_shares]
            yield from _wrong_share(text, portion, others, wholes)


def _portions(prose: Prose, whole: str, every: Sequence[Numeral]) -> Iterator[_Portion]:
    """The shares that stand close behind an exact number."""
    for sentence, outer, share, fitted in islice(_shares(prose, whole), _MOST):
        numbers = _in_its_parenthesis(sentence, every, share) or outer
        part = last_before(numbers, share.start)
        if part is not None and part.exact and _stands_close(sentence.text, part, share):
            yield _Portion(sentence, share, part, numbers, fitted)


def _stands_close(text: str, part: Numeral, share: Share) -> bool:
    """True unless something else stands between, were it a number without a measure word: 公开3，占25%."""
    between = text[part.end : share.start]
    return len(between) <= _CLOSE and not any(map(str.isdecimal, between))


def _shares(prose: Prose, whole: str) -> Iterator[tuple[Sentence, Sequence[Numeral], Share, bool]]:
    """Each share with the numbers of its sentence, and whether its shares may have been adjusted."""
    for sentence in sentences(whole):
        found = list(shares(whole, sentence.start, sentence.end, prose.totals))
        numbers = outer_numbers(sentence) if found else []
        fitted = are_fitted([share.stated for share in found])
        yield from ((sentence, numbers, share, fitted) for share in found)


def _in_its_parenthesis(sentence: Sentence, every: Sequence[Numeral], share: Share) -> list[Numeral]:
    """The numbers before a share in the parenthesis that it stands in: （网络31件，占64.6%；…）."""
    holder = sentence.clause_at(share.start).parent
    inside = None if holder is None else sentence.in_parentheses(holder)
    if inside is None:
        return []
    return [number for number in every if inside[0] <= number.start < share.start]


def _with_shares(portion: _Portion, shared: Set[int]) -> Set[int]:
    """Where numbers stand that have a share of their own: the part is none of theirs, unless 其中 says so."""
    text, start = portion.sentence.text, portion.sentence.start
    mark = max((mark.end() for mark in PARTS_FOLLOW.finditer(text, start, portion.part.start)), default=0)
    held = last_before(portion.beside, mark)
    return shared - ({held.digits} if held is not None else set())


def _may_be_of_tables(prose: Prose, text: Text, portion: _Portion) -> bool:
    """True where the field is about something that the tables have, or the sentence has named such."""
    if text.subject in prose.topics:
        return True
    named = prose.lexicon.hits(portion.sentence.text, portion.sentence.start, portion.share.start)
    return any(hit.names & (prose.topical - prose.foreign) for hit in named)


def _wholes(prose: Prose, now: TableValues, statement: Statement | None, portion: _Portion) -> list[Fraction]:
    """What the part may be a share of, by the tables.

    A share of 答复总数 is of one of the totals of the form that hold its part, whatever that is.
    """
    if statement is not None:
        group = prose.groups.get(statement.fact.fact.group)
        found = map(now.value, group.wholes if group is not None else ())
        return [value for value in found if value]
    if portion.share.bare:
        return []
    totals = (now.value(whole) for group in prose.groups.values() for whole in group.wholes)
    return [value for value in dict.fromkeys(totals) if value and value >= portion.part.value]


def _is_echo(now: TableValues, statement: Statement, share: Share, wholes: Sequence[Fraction]) -> bool:
    """True if only the part is wrong, which is told already: with the table's figure the share is right."""
    if any(statement.numeral.range.allows(value) for _, value in now.meant(statement.fact)):
        return False
    return any(
        share.range.allows(value / whole * 100) for _, value in now.meant(statement.fact) for whole in wholes
    )


def _is_of_a_list(portion: _Portion, every: Sequence[Numeral]) -> bool:
    """True behind N件，其中…: the share is one of a whole that the sentence names, or the one before."""
    part, start = portion.part, portion.sentence.start
    mark = PARTS_FOLLOW.search(portion.sentence.text, start, part.start)
    if mark is None:
        return False
    named = [number for number in every if number.end <= mark.start()]
    inside = [number for number in named if number.start >= start]
    named = inside if mark.start() > start else named[-_BACK:]
    return any(whole.unit == part.unit and whole.value >= part.value for whole in named)


def _wrong_share(
    text: Text, portion: _Portion, others: Sequence[Numeral], known: Sequence[Fraction]
) -> Iterator[Finding]:
    """The share if no whole explains it: a note only if it is cut off or fitted to a hundred."""
    stated, part = portion.share, portion.part
    numbers = [number for number in others if _may_be_whole(number, part)]
    wholes = [*known, *(number.value for number in numbers if number.exact)]
    found = [part.value / whole * 100 for whole in wholes]
    vague = any(not number.exact for number in numbers)
    if not found or vague or any(map(stated.range.allows, found)):
        return
    if not any(map(stated.near.allows, found)):
        yield _finding(text, portion, wholes[0])
        return
    nearest = min(range(len(found)), key=lambda number: abs(found[number] - stated.stated))
    yield _finding(text, portion, wholes[nearest], _how_rounded(portion, found))


def _may_be_whole(number: Numeral, part: Numeral) -> bool:
    return number.unit == part.unit and number.digits != part.digits and 0 < part.value <= number.value


def _how_rounded(portion: _Portion, found: Sequence[Fraction]) -> str:
    """How a share may have come about that is nearly right."""
    if portion.fitted:
        return "可能是为凑足100%而调整的，"
    stated, step = portion.share.stated, portion.share.step
    return "可能是舍去了尾数，" if any(is_cut_off(stated, step, value) for value in found) else ""


def _finding(text: Text, portion: _Portion, whole: Fraction, rounding: str = "") -> Finding:
    stated, part = portion.share, portion.part
    share = part.value / whole * 100
    right = rounded(share)
    return own_rule("TXT015").finding(
        f"{text.where(stated.start)}：文中写“{text.folded.quote(stated.start, stated.end)}”，"
        f"{in_digits(part.value)}{part.unit}占{in_digits(whole)}{part.unit}的{right}%，"
        f"相差{rounded(abs(share - stated.stated))}个百分点。",
        f"{rounding}请核对 {text.cell or '文中'} 的占比：应为{right}%（按四舍五入保留位数）",
        text.about(stated.start),
        text.origin,
        severity=Severity.NOTE if rounding else None,
        expected=right,
        found=in_digits(stated.stated),
    )
