"""Statements against the figures of the tables that they may mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

from xlreport.finding import Severity
from xlreport.form.fact_model import Prose, Quantity
from xlreport.form.naming import Naming
from xlreport.formula.tree import subjects
from xlreport.frozen import frozen
from xlreport.prose.numerals import Numeral
from xlreport.prose.sum_slips import one_slip
from xlreport.verify.places import places_of
from xlreport.verify.reported import Reported
from xlreport.verify.texts.statements.levels import is_of_another_level
from xlreport.verify.texts.statements.meanings import (
    Meanings,
    counts_in_what_is_beside,
    meant,
    whole_of_what_is_beside,
)
from xlreport.verify.texts.statements.shown_numbers import in_digits, meaning
from xlreport.verify.texts.statements.statement import Said, Statement
from xlreport.verify.texts.statements.table_values import TableValues
from xlreport.verify.texts.statements.wrong import Correction, Wrong

_LARGE = 100
"""So large a number is next to a figure, or has two of its digits exchanged, by a slip and not by chance."""


@frozen
class _Side:
    """One figure that a statement may mean, as the sum of figures of the tables."""

    quantities: tuple[Quantity, ...]
    values: tuple[Fraction, ...]

    @property
    def value(self) -> Fraction:
        return sum(self.values, Fraction(0))


_Meant: TypeAlias = tuple[Statement, Sequence[_Side]]
"""A statement and the figures that it may mean."""


def against_tables(reported: Reported, tables: TableValues, every: Sequence[Said]) -> Iterator[Wrong]:
    """The statements that give none of the figures they may mean, as far as the tables have them."""
    if not every:
        return
    meanings = Meanings(reported.form.prose, tables)
    right, wrong = _judged(tables, meanings, every)
    sound = {statement.numeral.digits for statement in right}
    for said, unexplained in zip(every, wrong, strict=True):
        found = (
            *_unexplained(tables, said, unexplained, right),
            *_counted_in(tables, said, sound),
            *_said_again(tables, meanings, said, sound),
            *_slips_of_doubtful(tables, meanings, said),
        )
        yield from (_wrong(reported, statement, sides) for statement, sides in found)


def _unexplained(
    tables: TableValues, said: Said, unexplained: Sequence[Statement], right: Sequence[Statement]
) -> Iterator[_Meant]:
    """Those of the statements that no reading explains that are of the report's own level and channel."""
    for statement in unexplained:
        sides = _sides(tables, said, statement)
        figures = [side.value for side in sides]
        if not _is_another(statement, sides) and not is_of_another_level(said, statement, figures, right):
            yield statement, sides


def _counted_in(tables: TableValues, said: Said, sound: Set[int]) -> Iterator[_Meant]:
    """Those that are right only with what is stated beside them, though no word counts that in, or only as
    a part of what they are said to be.
    """
    for statement in said.statements:
        if statement.numeral.digits not in sound or not all(map(tables.speaks, statement.facts)):
            continue
        if counts_in_what_is_beside(tables, said, statement):
            yield replace(statement, vague=True), _sides(tables, said, statement)[:1]
        elif (whole := whole_of_what_is_beside(tables, said, statement)) is not None:
            yield replace(statement, vague=True), [_Side((whole[0],), (whole[1],))]


def _said_again(tables: TableValues, meanings: Meanings, said: Said, sound: Set[int]) -> Iterator[_Meant]:
    """What a sentence says more of a number that the tables give, at a `sound` place: 收到12件，均已办结."""
    for statement in said.again:
        known = statement.numeral.digits in sound and all(map(tables.speaks, statement.facts))
        if known and not meanings.explain(said, statement):
            yield statement, _sides(tables, said, statement)


def _slips_of_doubtful(tables: TableValues, meanings: Meanings, said: Said) -> Iterator[_Meant]:
    """Large numbers in words that are not understood, which only a slip tells from a figure."""
    for statement in said.doubtful:
        if statement.numeral.value < _LARGE or not all(map(tables.speaks, statement.facts)):
            continue
        sides = _sides(tables, said, statement)
        slips = [side for side in sides if _is_slip(statement.numeral, side.value)]
        if slips and not meanings.explain(said, statement):
            yield statement, slips


def confirmed(prose: Prose, tables: TableValues, every: Sequence[Said]) -> set[int]:
    """Where the numbers stand that the tables give."""
    right, _ = _judged(tables, Meanings(prose, tables), every)
    return {statement.numeral.digits for statement in right}


def _judged(
    tables: TableValues, meanings: Meanings, every: Sequence[Said]
) -> tuple[list[Statement], list[list[Statement]]]:
    """The statements that the tables give, and sentence by sentence those that they do not."""
    right: list[Statement] = []
    wrong: list[list[Statement]] = []
    for said in every:
        wrong.append([])
        for statement in said.statements:
            if all(map(tables.speaks, statement.facts)):
                (right if meanings.explain(said, statement) else wrong[-1]).append(statement)
    return right, wrong


def _sides(tables: TableValues, said: Said, statement: Statement) -> list[_Side]:
    """What the statement may mean; of facts added up the first figure of each, beside those of the first."""
    rest = [tables.meant(fact)[0] for fact in statement.added]
    return [
        _Side((quantity, *(more for more, _ in rest)), (value, *(more for _, more in rest)))
        for quantity, value in meant(tables, said, statement.fact, statement)
    ]


def _is_slip(stated: Numeral, figure: Fraction) -> bool:
    """True if nothing but a plain slip tells an exact number from a figure."""
    return stated.exact and stated.value != figure and one_slip(figure, (stated.value,), plain=True)


def _is_another(statement: Statement, sides: Sequence[_Side]) -> bool:
    """True if the number is of one channel only, and nothing like the figure."""
    stated = statement.numeral.value
    return bool(statement.bound_to) and not any(_is_near(stated, side.value) for side in sides)


def _is_near(stated: Fraction, value: Fraction) -> bool:
    """True if one may be the other, written wrongly: digits exchanged, or little more or less."""
    exchanged = sorted(in_digits(stated)) == sorted(in_digits(value))
    return exchanged or abs(stated - value) <= max(Fraction(1), value / 20)


def _wrong(reported: Reported, statement: Statement, sides: Sequence[_Side]) -> Wrong:
    fact, stated = statement.fact.fact, statement.numeral
    side = min(sides, key=lambda side: abs(side.value - stated.value))
    unit = stated.unit or fact.unit
    difference = in_digits(abs(stated.value - side.value))
    message = (
        f"{statement.text.where(statement.start)}：文中写“{statement.quote}”{meaning(stated)}，"
        f"{_shown(reported, sides, unit)}，相差{difference}{unit}。"
    )
    finding = fact.rule.finding(
        message,
        _fix(reported, statement, side, f"{in_digits(side.value)}{unit}"),
        statement.text.about(statement.start),
        statement.text.origin,
        severity=_severity(statement),
        expected=in_digits(side.value),
        found=in_digits(stated.value),
    )
    right = () if statement.none else dict.fromkeys(side.value for side in sides)
    return Wrong(finding, tuple(Correction(stated, value) for value in right))


def _severity(statement: Statement) -> Severity | None:
    """What has words that are not understood may be said of a part only."""
    vague = (statement.vague or statement.doubtful) and statement.fact.fact.rule.weight is Severity.ERROR
    return Severity.WARNING if vague else None


def _shown(reported: Reported, sides: Sequence[_Side], unit: str) -> str:
    """`三、依申请公开“一、本年新收·总计”为11件，“一、本年新收·总计＋二、上年结转·总计”为14件`."""
    words = Naming(reported.form)
    shown, values = [], set()
    for side in sides:
        if side.value not in values:
            values.add(side.value)
            terms = [
                f"“{words.formula(quantity.node)}”为{in_digits(value)}{unit}"
                for quantity, value in zip(side.quantities, side.values, strict=True)
            ]
            total = f"，合计{in_digits(side.value)}{unit}" if len(terms) > 1 else ""
            shown.append("、".join(terms) + total)
    return f"{_tab(reported, sides[0])}{'，'.join(shown)}"


def _tab(reported: Reported, side: _Side) -> str:
    return reported.form.section_of(subjects(side.quantities[0].node)[0]).tab


def _fix(reported: Reported, statement: Statement, side: _Side, right: str) -> str:
    fact = statement.fact.fact
    where = statement.text.cell or "文中"
    inputs = dict.fromkeys(subject for quantity in side.quantities for subject in quantity.inputs)
    cells = places_of(reported.origins, tuple(inputs))
    table = f"{_tab(reported, side)} {cells}" if cells else _tab(reported, side)
    if statement.none:
        words = f"请核对：文字有误的，改写 {where} 中“{statement.quote}”一句，写明{right}"
    else:
        words = f"请核对：文字有误的，把 {where} 中的“{statement.number}”改为“{right}”"
    fix = f"{words}；表内数字有误的，改正 {table}"
    return f"{fix}。{fact.fix}" if fact.fix else fix
