"""Lists that no word announces: a total and parts that merely stand beside each other.

    共N条，甲a条、乙b条、丙c条       behind a total that says so
    N件：甲a件，乙b件               behind a colon; in each part up to a semicolon others may be counted in
    N条，一是……a条；二是……b条       numbered
    N条，含甲a条、乙b条             counted in

Items that are a list by what they name are found by `rows_of_items.py`, those on lines of their own by
`lists_below.py`.

It is not certain that these are lists. So they are breakdowns that are not sure, and those that do not add
up are given only where one slip explains it; of two parts, and across what else is said, a plain one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise

from xlreport.expression import Expression
from xlreport.prose.breakdown import Breakdown, sum_of
from xlreport.prose.list_ends import ends_of_list, measure_kind
from xlreport.prose.list_marks import LIST_OPENS
from xlreport.prose.list_words import ListWords
from xlreport.prose.lists_below import lists_below
from xlreport.prose.numerals import Numeral, numerals
from xlreport.prose.rows_of_items import NumbersAround, PlainList, rows_of_items
from xlreport.prose.sentences import outside, sentences
from xlreport.prose.sum_slips import one_slip

_TOTAL = Expression("(?:共计?|[合总]计|总共|累计|总数[为是]?)[^，。；：0-9（）]{0,14}$|^(?:共|合|总|累)")
_COLON = Expression("^[^，。；0-9（）]{0,4}(?:：|--)")
_FIRST = Expression("[^0-9，。；：（）]{0,8}[，：；](?:一是|第一|一、)")
_NEXT = Expression("二是|第二|二、")
_HOLDS = Expression("^，?(?:包含|内含|含有|内有|含)")
_LONGEST_ITEM = 40
_MOST = 40
_NEAR = 2
"""Sentences before and behind a list in which its total may stand."""
_TWO = 2


def plain_lists(text: str, words: ListWords) -> Iterator[Breakdown]:
    """Every such list in a folded text."""
    plain = outside(text)
    spans = list(sentences(text))
    every = [list(islice(numerals(plain, span.start, span.end), _MOST)) for span in spans]
    for place, found in enumerate(every):
        if found:
            before, behind = every[max(0, place - _NEAR) : place], every[place + 1 : place + 1 + _NEAR]
            numbers = NumbersAround(plain, list(chain(*before)), found, list(chain(*behind)))
            for each in _lists(numbers, words):
                yield from _breakdown(plain, each, words)
    for totals, parts in lists_below(plain, spans, every):
        yield from _breakdown(plain, PlainList(totals, parts), words)


def _lists(numbers: NumbersAround, words: ListWords) -> Iterator[PlainList]:
    yield from _behind_totals(numbers.plain, numbers.found, words)
    yield from _numbered(numbers.plain, numbers.found)
    yield from _counted_in(numbers.plain, numbers.found)
    yield from rows_of_items(numbers, words)


def _behind_totals(plain: str, found: Sequence[Numeral], words: ListWords) -> Iterator[PlainList]:
    for place, total in enumerate(found):
        lead = plain[max(0, total.start - 20) : total.digits]
        colon = _COLON.match(plain[total.end + len(total.unit) : total.end + 20]) is not None
        if not colon and _TOTAL.search(lead) is None:
            continue
        parts = _row(plain, total, found[place + 1 :], words)
        if len(parts) >= _TWO:
            yield PlainList([total], parts)


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
        opens = LIST_OPENS.search(gap) is not None
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


def _numbered(plain: str, found: Sequence[Numeral]) -> Iterator[PlainList]:
    """Numbered items behind a total, whatever is said in them: all numbers of its kind are parts."""
    for place, (total, first) in enumerate(pairwise(found)):
        if _FIRST.match(plain, total.end + len(total.unit), first.digits) is None:
            continue
        parts = [n for n in found[place + 1 :] if measure_kind(n.unit) == measure_kind(total.unit)]
        said = plain[total.end : parts[-1].digits] if parts else ""
        if len(parts) >= _TWO and _NEXT.search(said) and not LIST_OPENS.search(said):
            yield PlainList([total], parts)


def _counted_in(plain: str, found: Sequence[Numeral]) -> Iterator[PlainList]:
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
            yield PlainList([total], parts)


def _breakdown(plain: str, found: PlainList, words: ListWords) -> Iterator[Breakdown]:
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
