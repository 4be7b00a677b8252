"""Lists that no word announces: a total and parts that merely stand beside each other.

    共N条，甲a条、乙b条、丙c条       behind a total that says so
    N件：甲a件，乙b件               behind a colon; in each part up to a semicolon others may be counted in
    N条，一是……a条；二是……b条       numbered
    N条，含甲a条、乙b条             counted in
    申请N件……。网上a件，信函b件       ways of sending in or outlets, whose total stands within two sentences
    甲a条、乙b条、丙c条，全年N条       three or more side by side, the whole before or behind them

Lists whose items stand on lines of their own are found by `lists_below.py`.

Nobody can be sure that these are lists. So they are breakdowns that are not sure, and those that do not add
up are given only where one slip explains it; of two parts, and across what else is said, a plain one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.breakdown import Breakdown, sum_of
from xlreport.prose.list_ends import ends_of_list, measure_kind
from xlreport.prose.list_marks import PARTS_FOLLOW
from xlreport.prose.list_words import ListWords, RowWords
from xlreport.prose.lists_below import lists_below
from xlreport.prose.numerals import Numeral, numerals
from xlreport.prose.sentences import CLAUSE, ITEM, PART, around, outside, sentences
from xlreport.prose.sum_slips import one_slip

_TOTAL = Expression("(?:共计?|[合总]计|总共|累计|总数[为是]?)[^，。；：0-9（）]{0,14}$|^(?:共|合|总|累)")
_OPENS = Expression(f"{PARTS_FOLLOW.pattern}|含")
_COLON = Expression("^[^，。；0-9（）]{0,4}(?:：|--)")
_FIRST = Expression("[^0-9，。；：（）]{0,8}[，：；](?:一是|第一|一、)")
_NEXT = Expression("二是|第二|二、")
_HOLDS = Expression("^，?(?:包含|内含|含有|内有|含)")
_SIDE_BY_SIDE = Expression("[^0-9，。；：（）]{0,8}、[^0-9，。；：（）]{1,16}")
_WHOLE = Expression("全年|本年|年内|年度内|[共总]计?|累计")
_LONGEST_ITEM = 40
_MOST = 40
_NEAR = 2
"""Sentences before and behind a list in which its total may stand."""
_TWO, _THREE = 2, 3


@frozen
class _List:
    """The numbers that may be the total, and the parts. `far` if nothing but a plain slip is believed."""

    totals: Sequence[Numeral]
    parts: Sequence[Numeral]
    far: bool = False


def plain_lists(text: str, words: ListWords) -> Iterator[Breakdown]:
    """Every such list in a folded text."""
    plain = outside(text)
    spans = list(sentences(text))
    every = [list(islice(numerals(plain, span.start, span.end), _MOST)) for span in spans]
    for place, found in enumerate(every):
        if not found:
            continue
        lists = [*_behind_totals(plain, found, words), *_numbered(plain, found), *_counted_in(plain, found)]
        before, behind = every[max(0, place - _NEAR) : place], every[place + 1 : place + 1 + _NEAR]
        around_it = list(chain(*before)), list(chain(*behind))
        for places in words.rows:
            lists += _of_places(plain, *around_it, found, places)
        lists += _side_by_side(plain, *around_it, found)
        for each in lists:
            yield from _breakdown(plain, each, words)
    for totals, parts in lists_below(plain, spans, every):
        yield from _breakdown(plain, _List(totals, parts), words)


def _behind_totals(plain: str, found: Sequence[Numeral], words: ListWords) -> Iterator[_List]:
    for place, total in enumerate(found):
        lead = plain[max(0, total.start - 20) : total.digits]
        colon = _COLON.match(plain[total.end + len(total.unit) : total.end + 20]) is not None
        if not colon and _TOTAL.search(lead) is None:
            continue
        parts = _row(plain, total, found[place + 1 :], words)
        if len(parts) >= _TWO:
            yield _List([total], parts)


def _row(plain: str, total: Numeral, behind: Sequence[Numeral], words: ListWords) -> list[Numeral]:
    """The items of one kind that follow a total, up to a word that opens a list or tells of other work.

    A list within an item ends at a semicolon.
    """
    row: list[Numeral] = []
    last, within = total, False
    said = plain[max(0, total.start - _LONGEST_ITEM) : total.start]
    for numeral in behind:
        gap = plain[last.end + len(last.unit) : numeral.digits]
        if measure_kind(numeral.unit) != measure_kind(total.unit) or len(gap) > _LONGEST_ITEM:
            break
        opens = _OPENS.search(gap) is not None
        if opens and not row:
            break
        within = (within and "；" not in gap) or opens
        last = numeral
        if within:
            continue
        if _TOTAL.search(gap) is not None or words.is_another(gap, said):
            break
        if words.tells_outcome(gap):
            return []
        row.append(numeral)
    return row


def _numbered(plain: str, found: Sequence[Numeral]) -> Iterator[_List]:
    """Numbered items behind a total, whatever is said in them: all numbers of its kind are parts."""
    for place, (total, first) in enumerate(pairwise(found)):
        if _FIRST.match(plain, total.end + len(total.unit), first.digits) is None:
            continue
        parts = [n for n in found[place + 1 :] if measure_kind(n.unit) == measure_kind(total.unit)]
        said = plain[total.end : parts[-1].digits] if parts else ""
        if len(parts) >= _TWO and _NEXT.search(said) and not _OPENS.search(said):
            yield _List([total], parts)


def _counted_in(plain: str, found: Sequence[Numeral]) -> Iterator[_List]:
    """What a number holds: up to the next mark that its items do not have between them."""
    for place, (total, first) in enumerate(pairwise(found)):
        behind = total.end + len(total.unit)
        if _HOLDS.match(plain[behind : first.digits]) is None:
            continue
        parts = [first]
        for part in found[place + 2 :]:
            gap = plain[parts[-1].end : part.digits]
            if "；" in gap or "，" in gap or measure_kind(part.unit) != measure_kind(first.unit):
                break
            parts.append(part)
        if len(parts) >= _TWO and measure_kind(first.unit) == measure_kind(total.unit):
            yield _List([total], parts)


def _of_places(
    plain: str,
    before: Sequence[Numeral],
    behind: Sequence[Numeral],
    found: Sequence[Numeral],
    places: RowWords,
) -> Iterator[_List]:
    """Rows of items that each name a place, against what was counted before, else of the whole behind."""
    row: list[Numeral] = []
    for at, numeral in enumerate((*found, None)):
        if numeral is not None and _names_place(plain, numeral, places):
            row.append(numeral)
            continue
        if len(row) >= _TWO and len({measure_kind(part.unit) for part in row}) == 1 and _apart(plain, row):
            ahead = found[: at - len(row)]
            opened = _OPENS.search(plain, ahead[-1].end if ahead else row[0].end, row[-1].start) is not None
            totals = [n for n in (*before, *ahead) if _may_be_total(plain, n, row, places)][-_TWO:]
            after = [n for n in (*found[at:], *behind) if _is_whole(plain, n)]
            wholes = [n for n in after if _may_be_total(plain, n, row, places)][:_TWO]
            if (totals or wholes) and not opened:
                yield _List(totals or wholes, row, far=not (totals or wholes[0] in found))
        row = []


def _side_by_side(
    plain: str, before: Sequence[Numeral], behind: Sequence[Numeral], found: Sequence[Numeral]
) -> Iterator[_List]:
    """Three items or more between enumeration commas, against what is said of the whole around them."""
    row: list[Numeral] = []
    for at, numeral in enumerate((*found, None)):
        gap = plain[row[-1].end + len(row[-1].unit) : numeral.digits] if row and numeral is not None else ""
        if row and numeral is not None and numeral.unit == row[-1].unit and _SIDE_BY_SIDE.fullmatch(gap):
            row.append(numeral)
            continue
        if len(row) >= _THREE and not _is_opened(plain, row[0]):
            nearby = (*before, *found[: at - len(row)], *found[at:], *behind)
            totals = [n for n in nearby if n.unit == row[0].unit and _is_whole(plain, n)]
            if totals:
                yield _List(totals[-_TWO:], row, far=True)
        row = [] if numeral is None else [numeral]


def _is_opened(plain: str, first: Numeral) -> bool:
    """True behind 其中 and its like: such lists are read elsewhere."""
    start, _ = around(plain, first.start, first.end, PART)
    return _OPENS.search(plain, start, first.start) is not None


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


def _breakdown(plain: str, found: _List, words: ListWords) -> Iterator[Breakdown]:
    """The list, unless it neither adds up nor would but for one slip; of several totals the one that fits."""
    parts = found.parts
    whole = sum_of(parts)
    ended = (sum_of(parts[:number]) for number in ends_of_list(plain, parts, words) if number > 1)
    readings = (whole, *ended)
    fitting = [total for total in found.totals if any(reading.meets(total.range) for reading in readings)]
    values = [part.value for part in parts]
    strict = found.far or len(parts) <= _TWO
    near = [total for total in found.totals if one_slip(total.value, values, plain=strict)]
    kept = fitting or near
    if kept:
        yield Breakdown((kept[-1],), tuple(parts), (whole,), bool(fitting), partial=False, sure=False)
