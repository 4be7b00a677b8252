"""Growth as a text states it, against last year's figures in the tables, else in the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from xlreport.expression import Expression
from xlreport.finding import Finding
from xlreport.frozen import frozen
from xlreport.prose.growths import SAME, Growth, growths
from xlreport.prose.numerals import Numeral
from xlreport.prose.sentences import Sentence, sentences
from xlreport.rule import own_rule
from xlreport.verify.texts.statements.near_numbers import last_before, outer_numbers
from xlreport.verify.texts.statements.shown_numbers import in_digits, rounded
from xlreport.verify.texts.statements.statement import GROWN, Said, Statement
from xlreport.verify.texts.statements.table_values import TableValues
from xlreport.verify.texts.text import Text

_LAST_YEAR = Expression(
    "(?:而|较)?(?:上一?年度?|去年|前一年)(?:全年|同期)?(?:数|的?数字)?(?:为|是|有|则|仅|只)*"
)
_A_FEW = 2
"""More or less by so many is 持平 still."""


@frozen
class _Known:
    """The figures of both years, and the statements of a text by where their numbers stand.

    `grown` are those of the growth itself, whose number is no figure: 收到申请同比增长20%.
    """

    now: TableValues
    before: TableValues
    by_place: Mapping[int, Statement]
    grown: Mapping[int, Statement]

    def pairs(self, statement: Statement) -> list[tuple[Fraction, Fraction]]:
        """The figures that the number may be, each with last year's."""
        return [
            (value, last)
            for quantity, value in self.now.meant(statement.fact)
            if statement.numeral.range.allows(value) and (last := self.before.value(quantity)) is not None
        ]

    def pairs_of_parts(self, statement: Statement) -> list[tuple[Fraction, Fraction]]:
        """Those of what stands in parentheses behind it: 办理83件（新收79件、上年结转4件），同比…"""
        sentence = statement.sentence
        inside = sentence.in_parentheses(sentence.clause_at(statement.numeral.end))
        if inside is None:
            return []
        parts = (part for place, part in self.by_place.items() if inside[0] <= place < inside[1])
        return [pair for part in parts for pair in self.pairs(part) if pair[1] != 0]


def against_last_year(
    now: TableValues, before: TableValues, text: Text, every: Sequence[Said], year: int | None
) -> Iterator[Finding]:
    """What a figure grew by, from last year's figure as it is known, else as the sentence gives it.

    Growth since another year than the one before `year` is not checked: no figure of that year is known.
    """
    by_place = {statement.numeral.digits: statement for said in every for statement in said.statements}
    grown = {statement.numeral.digits: statement for said in every for statement in said.grown}
    known = _Known(now, before, by_place, grown)
    for sentence in sentences(text.folded.text):
        stated = growths(text.folded.text, sentence.start, sentence.end)
        found = [growth for growth in stated if growth.year is None or growth.year + 1 == year]
        if found:
            yield from _wrong_in(known, text, sentence, found)


def _wrong_in(known: _Known, text: Text, sentence: Sentence, found: Sequence[Growth]) -> Iterator[Finding]:
    """One finding for each figure: with a wrong one both are wrong in 增加20件，增幅20%."""
    numbers = outer_numbers(sentence)
    told: set[int] = set()
    for growth in found:
        finding = None if growth.number in told else _wrong(known, text, sentence, numbers, growth)
        if finding is not None:
            told.add(growth.number)
            yield finding


def _wrong(
    known: _Known, text: Text, sentence: Sentence, numbers: Sequence[Numeral], growth: Growth
) -> Finding | None:
    number = last_before(numbers, growth.number)
    if number is not None and growth.base is None and _is_last_years(sentence, number):
        growth = replace(growth, base=number)
        number = last_before(numbers, number.start)
    statement = known.grown.get(growth.number) if number is None else known.by_place.get(number.digits)
    pairs = known.pairs(statement) if statement is not None else []
    if statement is not None and pairs:
        return _by_tables(statement, growth, [*pairs, *known.pairs_of_parts(statement)])
    if number is not None and growth.base is not None and _is_pair(number, growth.base):
        return _by_sentence(text, growth, number, growth.base)
    return None


def _is_last_years(sentence: Sentence, number: Numeral) -> bool:
    """True for 上年同期为20件, before which the number of this year stands."""
    start = sentence.clause_at(number.digits).start
    return _LAST_YEAR.fullmatch(sentence.text, start, number.start) is not None


def _is_pair(number: Numeral, base: Numeral) -> bool:
    return number.unit == base.unit and number.exact and base.exact and base.value != 0


def _by_tables(
    statement: Statement, growth: Growth, pairs: Sequence[tuple[Fraction, Fraction]]
) -> Finding | None:
    """The growth where last year's figure is known: that figure first, if the words give it."""
    if growth.base is not None and not any(growth.base.range.allows(last) for _, last in pairs):
        return _wrong_base(statement, growth, growth.base, pairs[0][1])
    if any(last == 0 for _, last in pairs) or any(_is_right(growth, *pair) for pair in pairs):
        return None
    says = f"“{statement.fact.fact.title}”本年"
    unit = statement.fact.fact.unit if statement.numeral.unit == GROWN else statement.numeral.unit
    return _wrong_growth(statement.text, growth, unit, says, *pairs[0])


def _by_sentence(text: Text, growth: Growth, number: Numeral, base: Numeral) -> Finding | None:
    """The growth by the two figures in the sentence."""
    if _is_right(growth, number.value, base.value):
        return None
    return _wrong_growth(text, growth, number.unit, "文中本年", number.value, base.value)


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
