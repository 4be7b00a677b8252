"""Growth rates against last year's figures, shares against the figures beside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from xlreport.expression import Expression
from xlreport.finding import Finding, Severity
from xlreport.form.fact_model import Prose
from xlreport.prose.growths import SAME, Growth, growths
from xlreport.prose.list_marks import PARTS_FOLLOW
from xlreport.prose.numerals import Numeral, numerals
from xlreport.prose.rates import Share, are_fitted, is_cut_off, shares
from xlreport.prose.sentences import Sentence, outside, sentences
from xlreport.rule import own_rule
from xlreport.verify.texts.statements.shown_numbers import in_digits, rounded
from xlreport.verify.texts.statements.statement import GROWN, Said, Statement
from xlreport.verify.texts.statements.table_values import TableValues
from xlreport.verify.texts.text import Text

_CLOSE = 14
"""Characters between a part and its share."""
_LAST_YEAR = Expression(
    "(?:而|较)?(?:上一?年度?|去年|前一年)(?:全年|同期)?(?:数|的?数字)?(?:为|是|有|则|仅|只)*"
)
_SHARE_FOLLOWS = Expression("[，、（]?[^0-9，。；：（）]{0,2}占|（[0-9.]{1,6}%）")
_A_FEW = 2
"""More or less by so many is 持平 still."""
_BACK = 3
"""Numbers before a sentence of which one may be the whole of its parts."""
_MOST = 100
"""Numbers and shares of one text that are looked at."""


def against_last_year(
    now: TableValues, before: TableValues, text: Text, every: Sequence[Said], year: int | None
) -> Iterator[Finding]:
    """What a figure grew by, from last year's figure as it is known, else as the sentence gives it.

    Growth since another year than the one before `year` is nobody's to know.
    """
    by_place = {statement.numeral.digits: statement for said in every for statement in said.statements}
    grown = {statement.numeral.digits: statement for said in every for statement in said.grown}
    for sentence in sentences(text.folded.text):
        stated = growths(text.folded.text, sentence.start, sentence.end)
        found = [growth for growth in stated if growth.year is None or growth.year + 1 == year]
        numbers = _numbers(sentence) if found else []
        told: set[int] = set()  # 增加20件，增幅20%: with one wrong figure both are
        for growth in found:
            number = _before(numbers, growth.number)
            if number is not None and growth.base is None and _is_last_years(sentence, number):
                growth = replace(growth, base=number)
                number = _before(numbers, number.start)
            statement = grown.get(growth.number) if number is None else by_place.get(number.digits)
            if (number is None and statement is None) or growth.number in told:
                continue
            pairs = _pairs(now, before, statement) if statement is not None else []
            if statement is not None and pairs:
                pairs += _of_its_parts(now, before, statement, by_place)
            wrong: list[Finding] = []
            if statement is not None and pairs:
                wrong = list(_known(statement, growth, pairs))
            elif number is not None and growth.base is not None and _is_pair(number, growth.base):
                wrong = list(_within(text, growth, number, growth.base))
            if wrong:
                told.add(growth.number)
            yield from wrong


def _pairs(now: TableValues, before: TableValues, statement: Statement) -> list[tuple[Fraction, Fraction]]:
    """The figures that the number may be, each with last year's."""
    return [
        (value, last)
        for quantity, value in now.meant(statement.fact)
        if statement.numeral.range.allows(value) and (last := before.value(quantity)) is not None
    ]


def _of_its_parts(
    now: TableValues, before: TableValues, statement: Statement, by_place: Mapping[int, Statement]
) -> list[tuple[Fraction, Fraction]]:
    """Those of what stands in parentheses behind it: 办理83件（新收79件、上年结转4件），同比…"""
    sentence = statement.sentence
    inside = sentence.in_parentheses(sentence.clause_at(statement.numeral.end))
    if inside is None:
        return []
    parts = (part for place, part in by_place.items() if inside[0] <= place < inside[1])
    return [pair for part in parts for pair in _pairs(now, before, part) if pair[1] != 0]


def _is_last_years(sentence: Sentence, number: Numeral) -> bool:
    """True for 上年同期为20件, before which the number of this year stands."""
    start = sentence.clause_at(number.digits).start
    return _LAST_YEAR.fullmatch(sentence.text, start, number.start) is not None


def _is_pair(number: Numeral, base: Numeral) -> bool:
    return number.unit == base.unit and number.exact and base.exact and base.value != 0


def _before(found: Sequence[Numeral], start: int) -> Numeral | None:
    """The last number before a place."""
    place = bisect_right(found, start, key=lambda numeral: numeral.end)
    return found[place - 1] if place else None


def _numbers(sentence: Sentence) -> list[Numeral]:
    """The numbers of a sentence outside parentheses."""
    return list(numerals(outside(sentence.text), sentence.start, sentence.end))


def _known(
    statement: Statement, growth: Growth, pairs: Sequence[tuple[Fraction, Fraction]]
) -> Iterator[Finding]:
    """The growth where last year's figure is known: that figure first, if the words give it."""
    if growth.base is not None and not any(growth.base.range.allows(last) for _, last in pairs):
        yield _wrong_base(statement, growth, growth.base, pairs[0][1])
    elif any(last == 0 for _, last in pairs):
        return
    elif not any(_is_right(growth, *pair) for pair in pairs):
        says = f"“{statement.fact.fact.title}”本年"
        unit = statement.fact.fact.unit if statement.numeral.unit == GROWN else statement.numeral.unit
        yield _wrong_growth(statement.text, growth, unit, says, *pairs[0])


def _within(text: Text, growth: Growth, number: Numeral, base: Numeral) -> Iterator[Finding]:
    """The growth by the two figures in the sentence."""
    if not _is_right(growth, number.value, base.value):
        yield _wrong_growth(text, growth, number.unit, "文中本年", number.value, base.value)


def _is_right(growth: Growth, value: Fraction, last: Fraction) -> bool:
    few = growth.how == SAME and abs(value - last) <= _A_FEW
    return few or growth.range.allows(_grown(growth, value, last))


def _grown(growth: Growth, value: Fraction, last: Fraction) -> Fraction:
    return (value - last) / last * 100 if growth.relative else value - last


def _wrong_base(statement: Statement, growth: Growth, base: Numeral, last: Fraction) -> Finding:
    text, unit = statement.text, base.unit
    return own_rule("TXT014").finding(
        f"{text.where(growth.start)}：文中写“{text.folded.quote(growth.start, growth.end)}”，"
        f"“{statement.fact.fact.title}”上年为{in_digits(last)}{unit}，写的是{in_digits(base.value)}{unit}，"
        f"相差{in_digits(abs(last - base.value))}{unit}。",
        f"请把 {text.cell or '文中'} 的上年数改为“{in_digits(last)}{unit}”；上年口径有调整的，在文中说明",
        text.about(growth.start),
        text.origin,
        expected=in_digits(last),
        found=in_digits(base.value),
    )


def _wrong_growth(
    text: Text, growth: Growth, measure: str, says: str, value: Fraction, last: Fraction
) -> Finding:
    unit = "%" if growth.relative else measure
    grown = _grown(growth, value, last)
    off = f"，相差{rounded(abs(grown - growth.stated))}{'个百分点' if growth.relative else unit}"
    right = f"{'增长' if grown >= 0 else '下降'}{rounded(abs(grown))}{unit}"
    message = (
        f"{text.where(growth.start)}：文中写“{text.folded.quote(growth.start, growth.end)}”，"
        f"{says}{in_digits(value)}{measure}、上年{in_digits(last)}{measure}，"
        f"应为{right}{'' if growth.how else off}。"
    )
    return own_rule("TXT014").finding(
        message,
        f"请把 {text.cell or '文中'} 的增减幅度改为“{right}”；上年口径有调整的，在文中说明",
        text.about(growth.start),
        text.origin,
        expected=rounded(grown),
        found=growth.how or rounded(growth.stated),
    )


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
    said = (
        (sentence, numbers, share, are_fitted([share.stated for share in found]))
        for sentence in sentences(whole)
        for found in [list(shares(whole, sentence.start, sentence.end, prose.totals))]
        for numbers in [_numbers(sentence) if found else []]
        for share in found
    )
    for sentence, outer, share, fitted in islice(said, _MOST):
        numbers = _in_its_parenthesis(sentence, every, share) or outer
        part = _before(numbers, share.start)
        if share.start in alone or part is None or not part.exact or share.start - part.end > _CLOSE:
            continue
        statement = by_place.get(part.digits)
        wholes = _wholes(prose, now, statement)
        if statement is None and not share.bare:
            wholes = _named_wholes(prose, now)
        if statement is not None and _is_echo(now, statement, share, wholes):
            continue
        if wholes or not share.bare or _of_a_list(sentence, part, every):
            beside = _beside(sentence, numbers, part, shared)
            others = [number for number in every if number.digits not in beside]
            yield from _share(text, share, part, others, wholes, fitted=fitted)


def _in_its_parenthesis(sentence: Sentence, every: Sequence[Numeral], share: Share) -> list[Numeral]:
    """The numbers before a share in the parenthesis that it stands in: （网络31件，占64.6%；…）."""
    holder = sentence.clause_at(share.start).parent
    inside = None if holder is None else sentence.in_parentheses(holder)
    if inside is None:
        return []
    return [number for number in every if inside[0] <= number.start < share.start]


def _beside(sentence: Sentence, numbers: Sequence[Numeral], part: Numeral, shared: Set[int]) -> Set[int]:
    """Where numbers stand that have a share of their own: the part is none of theirs, unless 其中 says so."""
    mark = max((m.end() for m in PARTS_FOLLOW.finditer(sentence.text, sentence.start, part.start)), default=0)
    held = _before(numbers, mark)
    return shared - ({held.digits} if held is not None else set())


def _wholes(prose: Prose, now: TableValues, statement: Statement | None) -> list[Fraction]:
    """What the part may be a share of, by the tables."""
    group = prose.groups.get(statement.fact.fact.group) if statement is not None else None
    found = map(now.value, group.wholes) if group is not None else ()
    return [value for value in found if value]


def _named_wholes(prose: Prose, now: TableValues) -> list[Fraction]:
    """All totals of the form: a share of 答复总数 is of one of them, whatever its part is."""
    found = (now.value(whole) for group in prose.groups.values() for whole in group.wholes)
    return [value for value in dict.fromkeys(found) if value]


def _is_echo(now: TableValues, statement: Statement, share: Share, wholes: Sequence[Fraction]) -> bool:
    """True if only the part is wrong, which is told already: with the table's figure the share is right."""
    if any(statement.numeral.range.allows(value) for _, value in now.meant(statement.fact)):
        return False
    return any(
        share.range.allows(value / whole * 100) for _, value in now.meant(statement.fact) for whole in wholes
    )


def _of_a_list(sentence: Sentence, part: Numeral, every: Sequence[Numeral]) -> bool:
    """True behind N件，其中…: the share is one of a whole that the sentence names, or the one before."""
    mark = PARTS_FOLLOW.search(sentence.text, sentence.start, part.start)
    if mark is None:
        return False
    named = [number for number in every if number.end <= mark.start()]
    if mark.start() == sentence.start:
        named = named[-_BACK:]
    else:
        named = [number for number in named if number.start >= sentence.start]
    return any(whole.unit == part.unit and whole.value >= part.value for whole in named)


def _share(
    text: Text,
    stated: Share,
    part: Numeral,
    every: Sequence[Numeral],
    known: Sequence[Fraction],
    *,
    fitted: bool,
) -> Iterator[Finding]:
    """The share if no whole explains it: a note only if it is cut off or fitted to a hundred."""
    numbers = [
        numeral
        for numeral in every
        if numeral.unit == part.unit and numeral.digits != part.digits and 0 < part.value <= numeral.value
    ]
    wholes = [*known, *(numeral.value for numeral in numbers if numeral.exact)]
    found = [part.value / whole * 100 for whole in wholes]
    vague = any(not numeral.exact for numeral in numbers)
    if not found or vague or any(map(stated.range.allows, found)):
        return
    near = any(map(stated.near.allows, found))
    nearest = min(range(len(found)), key=lambda number: abs(found[number] - stated.stated))
    whole = wholes[nearest if near else 0]
    right = rounded(part.value / whole * 100)
    near = near and (fitted or any(is_cut_off(stated.stated, stated.step, value) for value in found))
    rounding = ("可能是为凑足100%而调整的，" if fitted else "可能是舍去了尾数，") if near else ""
    yield own_rule("TXT015").finding(
        f"{text.where(stated.start)}：文中写“{text.folded.quote(stated.start, stated.end)}”，"
        f"{in_digits(part.value)}{part.unit}占{in_digits(whole)}{part.unit}的{right}%，"
        f"相差{rounded(abs(part.value / whole * 100 - stated.stated))}个百分点。",
        f"{rounding}请核对 {text.cell or '文中'} 的占比：应为{right}%（按四舍五入保留位数）",
        text.about(stated.start),
        text.origin,
        severity=Severity.NOTE if near else None,
        expected=right,
        found=in_digits(stated.stated),
    )
