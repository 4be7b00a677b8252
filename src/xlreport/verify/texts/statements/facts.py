"""Statements against the tables, and against each other where no table has the figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from xlreport.finding import CATALOGUE, Finding, Severity
from xlreport.form.model import Quantity
from xlreport.form.naming import Naming
from xlreport.formula.tree import subjects
from xlreport.verify.places import cells_of, tab_of
from xlreport.verify.reported import Figures
from xlreport.verify.texts.statements.say import meaning, plain
from xlreport.verify.texts.statements.statement import Statement
from xlreport.verify.texts.statements.tables import Tables


def against_tables(figures: Figures, tables: Tables, stated: Sequence[Statement]) -> Iterator[Finding]:
    """Every statement gives one of the figures it may mean, as far as the tables have them."""
    for statement in stated:
        if not tables.speaks(statement.fact):
            continue
        meant = tables.meant(statement.fact)
        if not any(statement.figure.range.allows(value) for _, value in meant):
            yield _finding(figures, statement, meant)


def _finding(figures: Figures, statement: Statement, meant: list[tuple[Quantity, Fraction]]) -> Finding:
    fact, stated = statement.fact.fact, statement.figure
    quantity, value = min(meant, key=lambda pair: abs(pair[1] - stated.value))
    unit = stated.unit or fact.unit
    difference = plain(abs(stated.value - value))
    message = (
        f"{statement.text.where(statement.start)}：文中写“{statement.quote}”{meaning(stated)}，"
        f"{_sides(figures, meant, unit)}，相差{difference}{unit}。"
    )
    return Finding(
        code=fact.code,
        severity=fact.weight,
        message=message,
        fix=_fix(figures, statement, quantity, f"{plain(value)}{unit}"),
        subject=statement.text.about(statement.start),
        sheet=statement.text.sheet,
        cell=statement.text.cell,
        expected=plain(value),
        found=plain(stated.value),
    )


def _sides(figures: Figures, meant: list[tuple[Quantity, Fraction]], unit: str) -> str:
    """`三、依申请公开“一、本年新收·总计”为11件，“一、本年新收·总计＋二、上年结转·总计”为14件`."""
    words = Naming(figures.form)
    sides, values = [], set()
    for quantity, value in meant:
        if value not in values:
            values.add(value)
            sides.append(f"“{words.formula(quantity.node)}”为{plain(value)}{unit}")
    return f"{_tab(figures, meant[0][0])}{'，'.join(sides)}"


def _tab(figures: Figures, quantity: Quantity) -> str:
    return tab_of(figures.form, subjects(quantity.node)[0])


def _fix(figures: Figures, statement: Statement, quantity: Quantity, right: str) -> str:
    fact = statement.fact.fact
    where = statement.text.cell or "文中"
    cells = cells_of(figures.readings, quantity.inputs)
    table = f"{_tab(figures, quantity)} {cells}" if cells else _tab(figures, quantity)
    if fact.zero:
        words = f"请核对：文字有误的，改写 {where} 中“{statement.quote}”一句，写明{right}"
    else:
        words = f"请核对：文字有误的，把 {where} 中的“{statement.number}”改为“{right}”"
    fix = f"{words}；表内数字有误的，改正 {table}"
    return f"{fix}。{fact.fix}" if fact.fix else fix


def against_each_other(tables: Tables, stated: Sequence[Statement]) -> Iterator[Finding]:
    """Two statements of one quantity agree, where no table says which of them is right."""
    first: dict[str, Statement] = {}
    for statement in stated:
        fact = statement.fact.fact
        if fact.zero or not (fact.equals or fact.repeat) or tables.speaks(statement.fact):
            continue
        earlier = first.setdefault(f"{fact.code} {statement.figure.unit}", statement)
        if not earlier.figure.range.meets(statement.figure.range):
            yield _conflict(earlier, statement)


def _conflict(earlier: Statement, later: Statement) -> Finding:
    difference = plain(abs(earlier.figure.value - later.figure.value))
    message = (
        f"{later.text.where(later.start)}：文中写“{later.quote}”，"
        f"{earlier.text.where(earlier.start)}却写“{earlier.quote}”，相差{difference}{later.figure.unit}。"
    )
    where = later.text.cell or "两处文字"
    return Finding(
        "TXT011",
        CATALOGUE["TXT011"].severity,
        message,
        f"请核对这两处说的是不是同一件事：是的，改成同一个数（本处在 {where}）；"
        "不是的，写明各指什么（渠道、时段、范围）",
        later.text.about(later.start),
        later.text.sheet,
        later.text.cell,
        expected=plain(earlier.figure.value),
        found=plain(later.figure.value),
    )


def measures(stated: Sequence[Statement]) -> Iterator[Finding]:
    """The customary measure word is used: 申请 are counted in 件."""
    for statement in stated:
        unit, wanted = statement.figure.unit, statement.fact.fact.unit
        if unit and wanted and unit != wanted:
            place, number = statement.text.where(statement.start), plain(statement.figure.value)
            yield Finding(
                "TXT016",
                Severity.NOTE,
                f"{place}：文中写“{statement.quote}”，{statement.fact.fact.title}通常以“{wanted}”计，"
                f"这里写的是“{unit}”。",
                f"请把 {statement.text.cell or '文中'} 中的“{statement.number}”改为“{number}{wanted}”",
                statement.text.about(statement.start),
                statement.text.sheet,
                statement.text.cell,
                expected=wanted,
                found=unit,
            )
