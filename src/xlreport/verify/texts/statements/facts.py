"""Statements against the tables, and against each other where no table has the figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from xlreport.finding import Finding, Severity
from xlreport.form.naming import Naming
from xlreport.form.prose import Quantity
from xlreport.formula.tree import subjects
from xlreport.rule import own_rule
from xlreport.verify.places import places_of
from xlreport.verify.reported import Reported
from xlreport.verify.texts.statements.meanings import Meanings
from xlreport.verify.texts.statements.shown_numbers import in_digits, meaning
from xlreport.verify.texts.statements.statement import Said, Statement
from xlreport.verify.texts.statements.table_values import TableValues

_ANY = ("项", "个")
"""Measure words that anything may be counted in."""


def against_tables(reported: Reported, tables: TableValues, every: Sequence[Said]) -> Iterator[Finding]:
    """Every statement gives one of the figures it may mean, as far as the tables have them."""
    meanings = Meanings(reported.form.prose, tables)
    for said in every:
        for statement in said.statements:
            if not all(map(tables.speaks, statement.facts)) or meanings.explain(said, statement):
                continue
            meant = tables.meant(statement.fact)
            if not _is_another(statement, meant):
                yield _finding(reported, statement, meant)


def _is_another(statement: Statement, meant: Sequence[tuple[Quantity, Fraction]]) -> bool:
    """True if the number is of one channel only, and nothing like the figure."""
    stated = statement.numeral.value
    return bool(statement.bound_to) and not any(_is_near(stated, value) for _, value in meant)


def _is_near(stated: Fraction, value: Fraction) -> bool:
    """True if one may be the other, written wrongly: digits exchanged, or little more or less."""
    exchanged = sorted(in_digits(stated)) == sorted(in_digits(value))
    return exchanged or abs(stated - value) <= max(Fraction(1), value / 20)


def _finding(reported: Reported, statement: Statement, meant: list[tuple[Quantity, Fraction]]) -> Finding:
    fact, stated = statement.fact.fact, statement.numeral
    quantity, value = min(meant, key=lambda pair: abs(pair[1] - stated.value))
    unit = stated.unit or fact.unit
    difference = in_digits(abs(stated.value - value))
    message = (
        f"{statement.text.where(statement.start)}：文中写“{statement.quote}”{meaning(stated)}，"
        f"{_sides(reported, meant, unit)}，相差{difference}{unit}。"
    )
    return fact.rule.finding(
        message,
        _fix(reported, statement, quantity, f"{in_digits(value)}{unit}"),
        statement.text.about(statement.start),
        statement.text.origin,
        severity=_severity(statement),
        expected=in_digits(value),
        found=in_digits(stated.value),
    )


def _severity(statement: Statement) -> Severity | None:
    """A denial with words that are not understood may be of a part only."""
    vague = statement.vague and statement.fact.fact.rule.weight is Severity.ERROR
    return Severity.WARNING if vague else None


def _sides(reported: Reported, meant: list[tuple[Quantity, Fraction]], unit: str) -> str:
    """`三、依申请公开“一、本年新收·总计”为11件，“一、本年新收·总计＋二、上年结转·总计”为14件`."""
    words = Naming(reported.form)
    sides, values = [], set()
    for quantity, value in meant:
        if value not in values:
            values.add(value)
            sides.append(f"“{words.formula(quantity.node)}”为{in_digits(value)}{unit}")
    return f"{_tab(reported, meant[0][0])}{'，'.join(sides)}"


def _tab(reported: Reported, quantity: Quantity) -> str:
    return reported.form.section_of(subjects(quantity.node)[0]).tab


def _fix(reported: Reported, statement: Statement, quantity: Quantity, right: str) -> str:
    fact = statement.fact.fact
    where = statement.text.cell or "文中"
    cells = places_of(reported.origins, quantity.inputs)
    table = f"{_tab(reported, quantity)} {cells}" if cells else _tab(reported, quantity)
    if statement.none:
        words = f"请核对：文字有误的，改写 {where} 中“{statement.quote}”一句，写明{right}"
    else:
        words = f"请核对：文字有误的，把 {where} 中的“{statement.number}”改为“{right}”"
    fix = f"{words}；表内数字有误的，改正 {table}"
    return f"{fix}。{fact.fix}" if fact.fix else fix


def against_each_other(tables: TableValues, stated: Sequence[Statement]) -> Iterator[Finding]:
    """Two statements of one quantity agree, where no table says which of them is right."""
    first: dict[str, Statement] = {}
    for statement in stated:
        fact = statement.fact.fact
        if statement.none or not (fact.equals or fact.repeat) or tables.speaks(statement.fact):
            continue
        if statement.listed or statement.what == "…":
            continue
        what = statement.what if statement.bound_to else ""
        key = f"{fact.code} {statement.numeral.unit} {what}"
        earlier = first.setdefault(key, statement)
        if not earlier.numeral.range.meets(statement.numeral.range):
            yield _conflict(earlier, statement)


def _conflict(earlier: Statement, later: Statement) -> Finding:
    difference = in_digits(abs(earlier.numeral.value - later.numeral.value))
    message = (
        f"{later.text.where(later.start)}：文中写“{later.quote}”，"
        f"{earlier.text.where(earlier.start)}却写“{earlier.quote}”，相差{difference}{later.numeral.unit}。"
    )
    where = later.text.cell or "两处文字"
    return own_rule("TXT011").finding(
        message,
        f"请核对这两处说的是不是同一件事：是的，改成同一个数（本处在 {where}）；"
        "不是的，写明各指什么（渠道、时段、范围）",
        later.text.about(later.start),
        later.text.origin,
        expected=in_digits(earlier.numeral.value),
        found=in_digits(later.numeral.value),
    )


def measures(stated: Sequence[Statement]) -> Iterator[Finding]:
    """The customary measure word is used: 申请 are counted in 件. Of each other word the first is told."""
    told: set[str] = set()
    for statement in stated:
        unit, wanted = statement.numeral.unit, statement.fact.fact.unit
        if unit and wanted and unit != wanted and unit not in (*told, *_ANY):
            told.add(unit)
            place, number = statement.text.where(statement.start), in_digits(statement.numeral.value)
            yield own_rule("TXT016").finding(
                f"{place}：文中写“{statement.quote}”，{statement.fact.fact.title}通常以“{wanted}”计，"
                f"这里写的是“{unit}”。",
                f"请把 {statement.text.cell or '文中'} 中的“{statement.number}”改为“{number}{wanted}”",
                statement.text.about(statement.start),
                statement.text.origin,
                expected=wanted,
                found=unit,
            )
