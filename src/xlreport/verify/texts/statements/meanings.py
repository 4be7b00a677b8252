"""What a stated number may mean in the tables: every reading of the words that is not far-fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from operator import add

from xlreport.expression import Expression
from xlreport.form.fact_model import BoundFact, Prose, Quantity
from xlreport.prose.numerals import Numeral, numerals
from xlreport.verify.texts.statements.number_words import is_rest
from xlreport.verify.texts.statements.statement import Said, Statement
from xlreport.verify.texts.statements.table_values import TableValues

_TWO = 2
_COUNTED_IN = Expression("[含（）]|其中|包括|内有")
_AHEAD = 4
"""Characters before a number that may say that it is counted in."""
_ADDED = Expression("另|加上|加之|此外|连同|外加|除此")
_ALTOGETHER = Expression("[共合总累]计?")
_MOST = 200
"""Sums of figures that are tried."""


class Meanings:
    """Finds the figures of the tables that explain a statement, beside those of its fact."""

    def __init__(self, prose: Prose, tables: TableValues) -> None:
        self._prose = prose
        self._tables = tables

    def explain(self, said: Said, statement: Statement) -> bool:
        """True if the tables give the number in some reading of the words."""
        allowed = statement.numeral.range
        if any(allowed.allows(value) for value in self.values(said, statement)):
            return True
        return not statement.none and (
            self._is_rest(said, statement)
            or (statement.fact.fact.loose and _has_own_parts(statement))
            or _is_of_its_own_fact(said, statement)
            or self._with_untabled(said, statement)
            or _is_rest_of_text(said, statement)
            or self._with_its_like(said, statement)
            or self._is_made_of_others(said, statement)
            or self._is_left_of_its_figure(said, statement)
        )

    def _is_rest(self, said: Said, statement: Statement) -> bool:
        """True for what the numbers beside leave of the total of their group, those of no fact among them."""
        unread = _sums(said.unread)
        return any(
            statement.numeral.range.allows(rest - more)
            for rest in self._rests(said, statement)
            for more in unread
        )

    def _is_made_of_others(self, said: Said, statement: Statement) -> bool:
        """True if its parts in parentheses are of its group: 公开类51件（全部公开44件、部分公开7件）."""
        inside = statement.sentence.in_parentheses(statement.sentence.clause_at(statement.numeral.end))
        group = statement.fact.fact.group
        if inside is None or not group:
            return False
        parts = [other for other in said.statements if inside[0] <= other.start < inside[1]]
        figures = [self._first(part.fact) for part in parts if part.fact.fact.group == group]
        total = sum((figure for figure in figures if figure is not None), Fraction(0))
        return len(parts) > 1 and len(figures) == len(parts) and statement.numeral.range.allows(total)

    def _is_left_of_its_figure(self, said: Said, statement: Statement) -> bool:
        """True for a part of the figure itself: 对现行41件清理，废止3件、修改2件、继续有效36件."""
        objects = _objects(statement)
        values = [other.numeral.value for other in said.statements if objects & _objects(other)]
        total = sum(values[1:], Fraction(0))
        return len(values) > 2 and total == values[0] and total in self.values(said, statement)

    def values(self, said: Said, statement: Statement) -> list[Fraction]:
        """The figures that its words may mean."""
        every = [self._figures(said, statement, fact) for fact in statement.facts]
        sums = [reduce(add, figures) for figures in _few(product(*every))]
        other = [figure for fact in statement.others for figure in self._figures(said, statement, fact)]
        return [*sums, *other, *(one + more for one in sums for more in other)]

    def _figures(self, said: Said, statement: Statement, fact: BoundFact) -> list[Fraction]:
        """Those of one fact, and those that hold more, where the words beside do not state the rest."""
        figures = [value for _, value in meant(self._tables, said, fact, statement)]
        return figures + self._together(said, statement, fact, figures[:1]) if fact.together else figures

    def _together(
        self, said: Said, statement: Statement, fact: BoundFact, alone: Sequence[Fraction]
    ) -> list[Fraction]:
        """The figures that hold more than that of the fact `alone`."""
        figures: list[Fraction] = []
        beside = {
            subject
            for other in said.statements
            if other is not statement
            for more in other.facts
            for quantity in more.quantities
            for subject in quantity.inputs
        }
        own = {subject for quantity in fact.quantities for subject in quantity.inputs}
        for quantity in fact.together:
            if not beside & (set(quantity.inputs) - own):
                value = self._tables.value(quantity)
                told = value is None or any(_tells_rest(said, statement, value - one) for one in alone)
                figures += [] if value is None or told else [value]
        return figures

    def _rests(self, said: Said, statement: Statement) -> Iterator[Fraction]:
        """What the statements beside leave of the total of their group, by the tables and as stated."""
        fact = statement.fact.fact
        beside = said.beside(statement)
        whole = self._prose.groups[fact.group].total if fact.rest and beside else None
        total = None if whole is None else self._tables.value(whole)
        if total is None:
            return
        yield total - sum((other.numeral.value for other in beside), Fraction(0))
        rest = self._without(total, beside)
        if rest is not None:
            yield rest

    def _without(self, total: Fraction, beside: Sequence[Statement]) -> Fraction | None:
        """What the figures of these statements leave of the total."""
        for other in beside:
            for more in other.facts:
                value = self._first(more)
                if more.fact.rest or value is None:
                    return None
                total -= value
        return total

    def _first(self, fact: BoundFact) -> Fraction | None:
        meant = self._tables.meant(fact)
        return meant[0][1] if meant else None

    def _with_untabled(self, said: Said, statement: Statement) -> bool:
        """True if the number and those beside that no table has make the figure: 新制定5件、修改4件."""
        objects = _objects(statement)
        beside = [
            other.numeral.range
            for other in (*said.statements, *said.doubtful)
            if other.listed == statement.listed and not other.fact.quantities and objects & _objects(other)
        ]
        total = statement.numeral.range
        for more in beside:
            total = total + more
            if any(total.allows(value) for value in self.values(said, statement)):
                return True
        return False

    def _with_its_like(self, said: Said, statement: Statement) -> bool:
        """True if what is stated of the same fact beside makes the figure together: 失效2件、废止4件."""
        like = [other for other in said.statements if other.fact is statement.fact and not other.none]
        beside = [other for other in like if other is not statement and other.listed == statement.listed]
        total = statement.numeral.range
        for other in beside:
            total = total + other.numeral.range
        return bool(beside) and any(total.allows(value) for value in self.values(said, statement))


def meant(
    tables: TableValues, said: Said, fact: BoundFact, statement: Statement
) -> list[tuple[Quantity, Fraction]]:
    """The figures that a fact may equal, but for those that count in what the sentence tells apart.

    新收11件，上年结转1件: not 12 with those; 收到12件，上年结转1件 may be.
    """
    found = tables.meant(fact)
    if len(found) < _TWO or not fact.fact.apart:
        return found
    own = set(found[0][0].inputs)
    others = [set(o.fact.quantities[0].inputs) for o in said.statements if _is_told_apart(statement, o)]
    return [one for one in found if not any(other and other <= set(one[0].inputs) - own for other in others)]


def _is_rest_of_text(said: Said, statement: Statement) -> bool:
    """True for what other numbers of the sentence leave of one before: 收到11件，当面9件，其余2件均已答复.

    Where that one stands elsewhere, nobody knows of what it is the rest.
    """
    number = statement.numeral
    text, start = statement.sentence.text, statement.sentence.start
    if not statement.fact.fact.rest or not is_rest(text, start, number.start):
        return False
    every = (*said.unread, *(other.numeral for other in said.statements if other is not statement))
    before = sorted((other for other in every if other.start < number.start), key=lambda each: each.start)
    elsewhere = statement.listed or not before
    return elsewhere or before[0].value - number.value in _sums(before[1:])


def whole_of_what_is_beside(
    tables: TableValues, said: Said, statement: Statement
) -> tuple[Quantity, Fraction] | None:
    """What a number must be that the sentence breaks down, where it is given as one of the parts.

    办理11件，办结11件，剩余1件 are 12 together; 办理11件，结转1件 are those that were finished.
    """
    beside = [other for other in said.statements if _may_be_part(statement, other)]
    found = tables.meant(statement.fact)
    own = [set(quantity.inputs) for quantity, value in found if statement.numeral.value == value]
    parts = [other for other in beside if set(other.fact.quantities[0].inputs) in own]
    if not parts or len(own) != 1:
        return None
    rest = {other.numeral.value for other in beside} - {Fraction(0)}
    wholes = (pair for pair in found if pair[1] - statement.numeral.value in rest)
    return next(wholes, None)


def _may_be_part(statement: Statement, other: Statement) -> bool:
    behind = other.start >= statement.numeral.end and not other.listed and not other.none
    return behind and bool(other.fact.quantities) and other.fact is not statement.fact


def counts_in_what_is_beside(tables: TableValues, said: Said, statement: Statement) -> bool:
    """True where only with what the sentence states beside it a number is the figure, and nothing says so.

    收到8件，上年结转1件 where 7 were new: 8 with that one, or 7 written wrongly. Where the 7 are told as
    well it is with that one.
    """
    found = tables.meant(statement.fact)
    if len(found) < _TWO or not statement.fact.fact.apart or statement.listed or not statement.numeral.exact:
        return False
    first, *more = found
    if statement.numeral.value == first[1] or any(number == first[1] for number in _numbers(said)):
        return False
    own = set(first[0].inputs)
    held = [set(quantity.inputs) - own for quantity, value in more if statement.numeral.value == value]
    return any(
        set(other.fact.quantities[0].inputs) <= more_of_it
        for other in said.statements
        if _stands_beside(statement, other)
        for more_of_it in held
    )


def _numbers(said: Said) -> Iterator[Fraction]:
    yield from (statement.numeral.value for statement in said.statements)
    yield from (number.value for number in said.unread)


def _stands_beside(statement: Statement, other: Statement) -> bool:
    """True for another figure of the sentence that no word counts in; 共 may count in what stands before."""
    if other is statement or other.listed or not other.fact.quantities or other.none:
        return False
    if _COUNTED_IN.search(_between(statement, other)) is not None:
        return False
    clause = statement.sentence.clause_at(statement.start)
    own = statement.sentence.text[clause.start : statement.numeral.digits]
    return other.start >= statement.numeral.end or _ALTOGETHER.search(own) is None


def _between(statement: Statement, other: Statement) -> str:
    """What may say that another is counted in: what leads to it, from the number on or a few characters."""
    text, number = statement.sentence.text, statement.numeral
    behind = other.start >= number.end
    return text[number.end : other.start] if behind else text[max(0, other.start - _AHEAD) : other.start]


def _is_told_apart(statement: Statement, other: Statement) -> bool:
    """True for what is stated beside a number that leaves it out, or behind a word that adds it."""
    if other is statement or other.listed or not other.fact.quantities or other.none:
        return False
    text, number = statement.sentence.text, statement.numeral
    between = _between(statement, other)
    if _COUNTED_IN.search(between) is not None:
        return False
    own = text[statement.start : number.start]
    added = other.start >= number.end and _ADDED.search(between) is not None
    return added or any(word in own for word in statement.fact.fact.apart)


def _tells_rest(said: Said, statement: Statement, rest: Fraction) -> bool:
    """True if what no table has stands beside for the rest: 不予处理2件，撤回1件 are not 不予处理3件."""
    return any(
        not other.fact.quantities and other.listed == statement.listed and other.numeral.value == rest
        for other in said.statements
    )


def _objects(statement: Statement) -> frozenset[str]:
    return frozenset[str]().union(*statement.fact.objects)


def _sums(numbers: Sequence[Numeral]) -> set[Fraction]:
    """What some of these numbers make together."""
    sums = {Fraction(0)}
    for number in numbers:
        if len(sums) < _MOST:
            sums |= {one + number.value for one in sums}
    return sums


def _few(sums: Iterator[tuple[Fraction, ...]]) -> Iterator[tuple[Fraction, ...]]:
    for number, figures in enumerate(sums):
        if number == _MOST:
            return
        yield figures


def _is_of_its_own_fact(said: Said, statement: Statement) -> bool:
    """True for a part of what was said of the same fact before: 印发8件（其中新制定5件、修订3件）."""
    return statement.listed and any(
        other.fact is statement.fact
        and not other.listed
        and other.start < statement.start
        and statement.numeral.value < other.numeral.value
        for other in said.statements
    )


def _has_own_parts(statement: Statement) -> bool:
    """True if the number is the sum of parts in the parenthesis behind it, of whatever kind."""
    sentence, number = statement.sentence, statement.numeral
    inside = sentence.in_parentheses(sentence.clause_at(number.end))
    if inside is None:
        return False
    parts = [part for part in numerals(sentence.text, *inside) if part.unit == number.unit]
    return len(parts) > 1 and number.range.allows(sum((part.value for part in parts), Fraction(0)))
