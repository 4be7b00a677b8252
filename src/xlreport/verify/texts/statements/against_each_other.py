"""Statements against each other, where no table has the figure, and against the customary measure words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.finding import Finding
from xlreport.prose.list_marks import PARTS_FOLLOW
from xlreport.rule import own_rule
from xlreport.verify.texts.statements.shown_numbers import in_digits
from xlreport.verify.texts.statements.statement import Statement
from xlreport.verify.texts.statements.table_values import TableValues

_MOST = 20
"""Numbers of one fact that later ones are compared with."""
_ANY = ("项", "个")
"""Measure words that anything may be counted in."""


def against_each_other(tables: TableValues, stated: Sequence[Statement]) -> Iterator[Finding]:
    """Two statements of one quantity agree, where no table says which of them is right."""
    first: dict[str, list[Statement]] = {}
    for statement in stated:
        fact = statement.fact.fact
        if statement.none or not (fact.repeat or (fact.equals and not tables.speaks(statement.fact))):
            continue
        if statement.listed or statement.what == "…":
            continue
        earlier = first.setdefault(f"{fact.code} {statement.numeral.unit}", [])
        same = next((other for other in earlier if _is_same(other, statement)), None)
        if same is None:
            earlier[_MOST:] = [statement]
        elif not same.numeral.range.meets(statement.numeral.range) and not _is_part(same, statement):
            yield _conflict(same, statement)


def _is_same(one: Statement, other: Statement) -> bool:
    """True if two numbers of a fact count the same: in one channel, called alike."""
    if not one.bound_to:
        return True
    called = sorted((one.what, other.what), key=len)
    return called[0] in called[1] and (called[0] != "" or called[1] == "")


def _is_part(one: Statement, other: Statement) -> bool:
    """True behind 其中 of one sentence, where a semicolon does not end the list: 5件，其中甲1件；公开2件."""
    less = other.numeral.value < one.numeral.value
    between = one.sentence.text[one.numeral.end : other.start] if one.sentence is other.sentence else ""
    return less and PARTS_FOLLOW.search(between) is not None


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
