"""Numbers of another level than the report's: of the office alone, or of all that belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from xlreport.expression import Expression
from xlreport.verify.texts.statements.statement import Said, Statement

_ALONE = Expression("本级|(?:委|局|厅|办|院|会)机关")
"""The office without what belongs to it: 县政府本级, 局机关."""
_OTHERS = ("各", "其他", "其它")
"""Behind the unit's own number these have theirs: 县政府制发文件2件，各部门制发7件."""
_OF_IT = Expression(rf"其中，?[^，。；：（）0-9]{{0,8}}(?:{_ALONE.pattern})[^，。；：（）0-9]{{0,12}}$")
"""The office alone as a part."""


def is_of_another_level(
    said: Said, statement: Statement, figures: Collection[Fraction], right: Sequence[Statement]
) -> bool:
    """True if the tables have the number of the other level; `right` are the statements they give.

    全州收到354件。州政府本级收到41件: the report is on the whole area, as in 本级收到4件，各乡镇收到7件.
    全系统收到63件，其中局本级28件: it is on the office.
    """
    if _is_alone(statement):
        return _is_part_of_whole(said, statement, figures, right)
    if statement.listed or statement.none:
        return False
    clause = statement.sentence.clause_at(statement.start)
    if statement.sentence.text.startswith(_OTHERS, clause.start):
        return any(other.fact is statement.fact and other.sentence is statement.sentence for other in right)
    return _holds_office(said, statement, figures)


def _is_part_of_whole(
    said: Said, statement: Statement, figures: Collection[Fraction], right: Sequence[Statement]
) -> bool:
    """True for the office alone where the report is on all that belongs to it."""
    alike = (other for other in said.statements if other.fact.objects == statement.fact.objects)
    others = (*said.unread, *(other.numeral for other in alike if other is not statement))
    return any(statement.numeral.value + other.value in figures for other in others) or any(
        other.fact.objects == statement.fact.objects
        and other.start < statement.start
        and other.numeral.value > statement.numeral.value
        and not _is_alone(other)
        for other in right
    )


def _holds_office(said: Said, statement: Statement, figures: Collection[Fraction]) -> bool:
    """True for all that belongs to the office where the report is on the office, told as a part behind."""
    numbers = (*said.unread, *(other.numeral for other in said.statements))
    text, start = statement.sentence.text, statement.numeral.end
    return any(
        number.value in figures and _OF_IT.search(text, start, number.start) is not None
        for number in numbers
        if start < number.start
    )


def _is_alone(statement: Statement) -> bool:
    """True if the sentence up to the number has come to speak of the office alone."""
    return _ALONE.search(statement.sentence.before(statement.numeral.start)) is not None
