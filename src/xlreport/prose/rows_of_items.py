"""Rows of items that are a list by what they name, or by standing side by side; their total is elsewhere.

申请N件……。网上a件，信函b件       ways of sending in or outlets, whose total stands within two sentences
甲a条、乙b条、丙c条，全年N条       three or more side by side, the whole before or behind them
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.list_ends import measure_kind
from xlreport.prose.list_marks import LIST_OPENS
from xlreport.prose.list_words import ListWords, RowWords
from xlreport.prose.numerals import Numeral
from xlreport.prose.sentences import CLAUSE, ITEM, PART, around

_SIDE_BY_SIDE = Expression("[^0-9，。；：（）]{0,8}、[^0-9，。；：（）]{1,16}")
_WHOLE = Expression("全年|本年|年内|年度内|[共总]计?|累计")
_LONGEST_ITEM = 40
_TWO, _THREE = 2, 3


@frozen
class PlainList:
    """The numbers that may be the total, and the parts. `far` if nothing but a plain slip is believed."""

    totals: Sequence[Numeral]
    parts: Sequence[Numeral]
    far: bool = False


@frozen
class NumbersAround:
    """The numbers of a sentence, and those of the sentences before and behind it where a total may stand."""

    plain: str
    before: Sequence[Numeral]
    found: Sequence[Numeral]
    behind: Sequence[Numeral]


def rows_of_items(numbers: NumbersAround, words: ListWords) -> Iterator[PlainList]:
    """All such rows of a sentence."""
    for places in words.rows:
        yield from _of_places(numbers, places)
    yield from _side_by_side(numbers)


def _of_places(numbers: NumbersAround, places: RowWords) -> Iterator[PlainList]:
    """Rows of items that each name a place."""
    row: list[Numeral] = []
    for at, numeral in enumerate((*numbers.found, None)):
        if numeral is not None and _names_place(numbers.plain, numeral, places):
            row.append(numeral)
            continue
        if len(row) >= _TWO and len({measure_kind(part.unit) for part in row}) == 1:
            yield from _with_total(numbers, row, at, places)
        row = []


def _with_total(
    numbers: NumbersAround, row: Sequence[Numeral], at: int, places: RowWords
) -> Iterator[PlainList]:
    """A row that ends before the number `at`, against what was counted before, else of the whole behind."""
    plain, ahead, after = numbers.plain, numbers.found[: at - len(row)], numbers.found[at:]
    opened = LIST_OPENS.search(plain, ahead[-1].end if ahead else row[0].end, row[-1].start)
    if opened is not None or not _apart(plain, row):
        return
    totals = [n for n in (*numbers.before, *ahead) if _may_be_total(plain, n, row, places)][-_TWO:]
    said = [n for n in (*after, *numbers.behind) if _is_whole(plain, n)]
    wholes = [n for n in said if _may_be_total(plain, n, row, places)][:_TWO]
    if totals or wholes:
        yield PlainList(totals or wholes, row, far=not totals and wholes[0] not in numbers.found)


def _side_by_side(numbers: NumbersAround) -> Iterator[PlainList]:
    """Three items or more between enumeration commas, against what is said of the whole around them."""
    row: list[Numeral] = []
    for at, numeral in enumerate((*numbers.found, None)):
        if numeral is not None and row and _is_beside(numbers.plain, row[-1], numeral):
            row.append(numeral)
            continue
        if len(row) >= _THREE and not _is_opened(numbers.plain, row[0]):
            found = numbers.found
            nearby = (*numbers.before, *found[: at - len(row)], *found[at:], *numbers.behind)
            totals = [n for n in nearby if n.unit == row[0].unit and _is_whole(numbers.plain, n)]
            if totals:
                yield PlainList(totals[-_TWO:], row, far=True)
        row = [] if numeral is None else [numeral]


def _is_beside(plain: str, last: Numeral, numeral: Numeral) -> bool:
    """True for the next item behind an enumeration comma, in the same measure."""
    gap = plain[last.end + len(last.unit) : numeral.digits]
    return numeral.unit == last.unit and _SIDE_BY_SIDE.fullmatch(gap) is not None


def _is_opened(plain: str, first: Numeral) -> bool:
    """True behind 其中 and its like: such lists are read elsewhere."""
    start, _ = around(plain, first.start, first.end, PART)
    return LIST_OPENS.search(plain, start, first.start) is not None


def _is_whole(plain: str, numeral: Numeral) -> bool:
    """True for what a clause counts of the whole year, or together."""
    start, _ = around(plain, numeral.start, numeral.end, CLAUSE)
    return _WHOLE.search(plain, start, numeral.digits) is not None


def _apart(plain: str, row: Sequence[Numeral]) -> bool:
    """True if each number has an item of its own."""
    return len({around(plain, part.start, part.end, ITEM) for part in row}) == len(row)


def _names_place(plain: str, numeral: Numeral, places: RowWords) -> bool:
    """True if the item of a number names a place and nothing that is counted otherwise."""
    start, end = around(plain, numeral.start, numeral.end, ITEM)
    return end - start <= _LONGEST_ITEM and places.names_item(plain[start:end])


def _may_be_total(plain: str, numeral: Numeral, row: Sequence[Numeral], places: RowWords) -> bool:
    """True for what a clause counts of the whole, before any list."""
    start, end = around(plain, numeral.start, numeral.end, CLAUSE)
    alike = measure_kind(numeral.unit) == measure_kind(row[0].unit)
    return alike and places.names_total(plain[start:end])
