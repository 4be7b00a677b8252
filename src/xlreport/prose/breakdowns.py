"""Breakdowns: a total and the parts that it is broken into, in every reasonable reading.

    N条，其中甲a条、乙b条        also 包括, 内有, 分别是; after a full stop too
    N条（甲a条、乙b条）          two parts or more; not what is left out (不含…, 另…)
    甲a条，乙b条，共N条          the parts first

A list may hold lists of its own (其中 within 其中), may break one total down twice (…；…), and its end is
not always marked. So a breakdown carries the sums of all its readings, and only what no reading explains
is a mistake. Items are counted in 条, 件, 项, … alike; other measure words are breakdowns of their own
(1件，收取420元). Lists without such a mark are found by `plain_lists.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, combinations, islice, pairwise, takewhile
from operator import add

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.list_ends import ends_of_list, measure_kind
from xlreport.prose.list_words import ListWords
from xlreport.prose.numerals import NOTHING, Numeral, Range, numerals
from xlreport.prose.sentences import ITEM, PART, Sentence, around, outside, sentences
from xlreport.prose.sum_slips import one_slip

_INNER = "其中|内有|包括|分别(?:是|为)"
_AMONG = r"(?:^|(?<=[，；。\n]))在[^，。；：0-9（）]{0,10}(?:信息|申请|件|事项|结果|答复)中(?=，)"
"""在主动公开的信息中，甲a条、乙b条: what was counted before is broken down."""
_AMONG_THESE = Expression(_AMONG)
PARTS_FOLLOW = Expression(rf"{_INNER}|{_AMONG}|具体(?:是|为)|按[^，。；：0-9（）]{{2,10}}分")
_DIVIDED = Expression("按")
"""The same total is broken down once more: 按申请人分，自然人a件、法人b件."""
_LEADS = Expression(
    "内容(?:主要)?(?:涉及|涵盖|包括)|(?P<results>(?:结果|情况|具体|分别)如下)"
    "|(?<![^，。；：\n])[从就][^，。；：0-9（）]{1,12}(?:来看|看|来说)"
)
_BACKWARD = Expression(
    r"[，；](?:合计|总计|总共|共计|共)[^0-9，。；：（）]{0,10}$|[，；][^0-9，。；：（）]{0,10}(?:合计|总计|共计|共)$"
    r"|[、，；](?:全年|全部)?(?:合计|总计|共计|累计)[^0-9，。；：（）]{0,10}$"
)
_CHANGED = ("增加", "增长", "增多", "减少", "下降", "上升", "降低", "增幅", "降幅", "多", "少")
"""A number behind these is a change, no total."""
_NO_LIST = Expression(
    r"^[^0-9]{0,4}(?:含|另|除|剔除|扣除|比|较|同比|上年|上一年)|^(?:19|20)[0-9]{2}年度?(?:为|是|共)?[0-9]"
)
_COUNTED_IN = Expression("包?含")
"""What is counted in may be all there is or a part; of two such items a plain slip shows that it is all."""
_INCLUDED = Expression(r"（包?含[^0-9，。；（）]{0,14}[0-9]")
"""What a total counts in from elsewhere, such as last year: the list behind may leave it out."""
_MEAN = ("均", "平均")
"""A number behind these is no total."""
_MOST_OF_ALL = Expression(r"^[^，；]{0,6}，[^，；]{0,4}占[^，；]{0,10}(?:%|成|多数|大半|大部分)")
"""Behind a list: it names only the larger parts."""
_OPEN = Expression(r"^[^0-9，；]{0,10}等")
_REST = Expression("其[他它余][^，。；：、（）0-9]{0,10}$")
"""A list that ends in these names all there is."""
_FEWEST, _SEVERAL = 2, 3
_ANYTHING = "个"
"""The measure word that stands with whatever is counted."""
_LONGEST_UNIT = 11
"""Characters between a total and the parenthesis with its parts: the measure word and little more."""
_LONGEST_ITEM = 40
"""Characters of an item that are read."""
_NEAR = 16
"""Characters before a list that may say that it names only the main parts."""
_MARGIN, _SHORT = 2, 12
"""Characters before a mark in its sentence: none to speak of; 均按期办结，其中…"""
_NAME = 2
"""Characters before a number by which it is called like another."""
_MUCH, _HALF = Fraction(4, 5), Fraction(1, 2)
_AMONG_WHICH = "其中"
_MANY = 100
"""Of so many a list need not name all; of fewer it names more than half, if it is to name all."""
_MOST_HEADS = 6
# What goes beyond is no list that a person wrote, and is left alone: the readings multiply.
_MOST_INNER = 6
_MOST_MARKS = 8
_MOST_PARTS = 60
_MOST_SUMS = 400


@frozen
class Breakdown:
    """A total and its parts, all with one measure word.

    `totals` are the numbers that can be meant as the total, the likeliest last; `parts` all parts in
    order; `sums` those of all whole readings; `fits` is True if any reading adds up. `partial` is
    True where the words leave room for more parts, `sure` False where they may be no list of this total, or
    end earlier: then only what looks like a slip of the hand is one. A list of `few` may name the main parts
    of a large total only, and does not say so. Where `enumerated` its parts go on behind enumeration commas
    although the first of them make the total.
    """

    totals: tuple[Numeral, ...]
    parts: tuple[Numeral, ...]
    sums: tuple[Range, ...]
    fits: bool
    partial: bool
    sure: bool = True
    few: bool = False
    enumerated: bool = False

    @property
    def nearest(self) -> Range:
        """The sum of the reading that comes nearest to the total."""
        return min(self.sums, key=lambda reading: (abs(reading.low - self.total.value), reading.low))

    @property
    def total(self) -> Numeral:
        """The number most likely meant."""
        return self.totals[-1]


@frozen
class _Span:
    """Where a list stands: the text to read parts from (what is no part blotted out), its bounds, and the
    words of its sentence that lead to it.
    """

    text: str
    start: int
    end: int
    words: ListWords
    lead: str = ""
    inner: bool = False
    sure: bool = True


def breakdowns(text: str, words: ListWords) -> Iterator[Breakdown]:
    """Every breakdown in a folded text."""
    earlier: Sequence[Numeral] = ()
    before: Sequence[Numeral] = ()
    plain = outside(text)
    for sentence in sentences(text):
        found = list(numerals(plain, sentence.start, sentence.end))
        if not found and not before:
            continue
        for breakdown in _after_marks(sentence, plain, before, found, words):
            if not _is_of_earlier(breakdown, sentence, earlier):
                yield breakdown
        yield from _after_leads(sentence, plain, before, found, words)
        yield from _in_parentheses(sentence, found, words)
        yield from _backward(plain, found, words)
        earlier, before = () if sentence.first else before, found


def _is_of_earlier(breakdown: Breakdown, sentence: Sentence, earlier: Sequence[Numeral]) -> bool:
    """True for parts of a larger number said still earlier.

    收到17件，答复16件。答复的16件中，公开12件。其中甲9件、乙8件: of what was received.
    """
    total = breakdown.total
    larger = [other for other in earlier if other.unit == total.unit and other.value > total.value]
    afar = not breakdown.fits and total.end <= sentence.start
    return afar and any(reading.allows(other.value) for reading in breakdown.sums for other in larger)


def _after_marks(
    sentence: Sentence, plain: str, before: Sequence[Numeral], found: Sequence[Numeral], words: ListWords
) -> Iterator[Breakdown]:
    marks = list(PARTS_FOLLOW.finditer(plain, sentence.start, sentence.end))
    totals = [numeral for numeral in found if not plain.endswith(_CHANGED, 0, numeral.start)]
    for number, mark in enumerate(marks[:_MOST_MARKS]):
        anew = number > 0 and _DIVIDED.match(mark[0]) is not None
        opened = marks[0].start() if anew else mark.start()
        heads = [numeral for numeral in totals if numeral.end <= opened]
        ahead = mark.start() - sentence.start
        anew_said = sentence.first and _AMONG_THESE.match(plain, sentence.start) is not None
        afar = not heads and (anew_said or not sentence.first) and ahead <= _SHORT
        if afar:
            heads = list(before)
        inner = number > 0 and not anew
        sure = ahead <= _MARGIN or bool(heads and _is_at_hand(plain, heads[-1], mark.start()))
        sure = sure and not (afar and anew_said)
        ended = number == 1 and inner and _ends_with_it(marks[0].start(), mark, before, found)
        end = around(plain, mark.end(), mark.end(), PART)[1] if inner else sentence.end
        divided = next((other.start() for other in marks[number + 1 :] if _DIVIDED.match(other[0])), end)
        span = _Span(
            plain,
            mark.end(),
            min(end, divided),
            words,
            plain[sentence.start : mark.end()],
            inner and not ended,
            sure and not ended,
        )
        if heads and _is_no_total(plain, heads, opened):
            continue
        if not any(_fits_without_included(sentence, head, span) for head in heads[-1:]):
            part, _ = around(plain, mark.start(), mark.start(), PART)
            opened = max(part, marks[number - 1].start()) if inner else 0
            near = [head for head in heads if head.start >= opened]
            for breakdown in _read(heads[-1:] if inner else heads, span):
                of_each = afar and _are_of_each(plain, heads, breakdown.parts)
                if breakdown.fits or not (of_each or _adds_up(breakdown, near)):
                    yield breakdown


def _ends_with_it(
    outer: int, mark: re.Match[str], before: Sequence[Numeral], found: Sequence[Numeral]
) -> bool:
    """True where a list within ends the outer one, of one item: 51条。其中公开29条，包括甲13条、乙16条.

    What is left behind any part of it does not make the outer total with that item.
    """
    items = [number for number in found if outer < number.start < mark.start()]
    heads = [number for number in found if number.end <= outer] or list(before)
    parts = [number.range for number in found if number.start >= mark.end()]
    if len(items) != 1 or not heads or not _FEWEST < len(parts) <= _MOST_PARTS:
        return False
    sums = accumulate(reversed(parts[1:]), add, initial=items[0].range)
    return not _meet(sums, [head for head in heads if head.unit == items[0].unit])


def _after_leads(
    sentence: Sentence, plain: str, before: Sequence[Numeral], found: Sequence[Numeral], words: ListWords
) -> Iterator[Breakdown]:
    """Lists behind words that only lead to them: 办理结果如下：…, 从内容看，…. Others may lead to less."""
    lead = _LEADS.search(plain, sentence.start, sentence.end)
    if lead is None:
        return
    heads = [numeral for numeral in found if numeral.end <= lead.start()] or list(before)
    span = _Span(plain, lead.end(), sentence.end, words, plain[sentence.start : lead.end()], sure=False)
    for breakdown in _read(heads, span):
        mixed = lead["results"] is not None and _adds_up(breakdown, heads)
        if len(breakdown.parts) >= _FEWEST and (breakdown.fits or not mixed):
            yield breakdown


def _adds_up(breakdown: Breakdown, heads: Sequence[Numeral]) -> bool:
    """True if two numbers before make the sum together, or less one another: 收到12件，上年结转1件."""
    values = [head.value for head in heads[-_MOST_HEADS:]]
    made = {one + sign * two for one, two in combinations(values, 2) for sign in (1, -1)}
    return any(reading.allows(value) for reading in breakdown.sums for value in made)


def _is_at_hand(plain: str, head: Numeral, mark: int) -> bool:
    """True for a number in the part where the mark of its list stands; not 发布18条；宣传中，其中甲2条."""
    part, _ = around(plain, mark, mark, PART)
    return head.start >= part or mark - part <= _MARGIN


def _are_of_each(plain: str, heads: Sequence[Numeral], parts: Sequence[Numeral]) -> bool:
    """True where each number has one part, called alike: 复议9件，诉讼6件。其中涉及公开的复议5件、诉讼3件."""
    return len(heads) == len(parts) > 1 and all(
        plain[head.start - _NAME : head.start] == plain[part.start - _NAME : part.start]
        for head, part in zip(heads, parts, strict=True)
    )


def _is_no_total(plain: str, heads: Sequence[Numeral], mark: int) -> bool:
    """True for a mean, and where a list may break several numbers down together: 复议35件、诉讼28件；其中…"""
    if plain.endswith(_MEAN, 0, heads[-1].start):
        return True
    if not plain.endswith("；", 0, mark):
        return False
    start, _ = around(plain, mark - 2, mark - 2, PART)
    return len({head.digits for head in heads if start <= head.start and head.unit == heads[-1].unit}) > 1


def _fits_without_included(sentence: Sentence, head: Numeral, span: _Span) -> bool:
    """True for 63件（含上年结转3件），其中甲52件、乙8件: the list leaves out what is counted in."""
    opened = _INCLUDED.match(sentence.text, head.end + len(head.unit), sentence.end)
    if opened is None:
        return False
    included = next(numerals(sentence.text, opened.end() - 1, span.start), None)
    if included is None or included.value >= head.value:
        return False
    rest = head.value - included.value
    return any(b.fits for b in _read([replace(head, value=rest, range=Range(rest, rest))], span))


def _in_parentheses(sentence: Sentence, found: Iterable[Numeral], words: ListWords) -> Iterator[Breakdown]:
    text = sentence.text
    for numeral in found:
        clause = sentence.clause_at(numeral.end)
        inside = sentence.in_parentheses(clause)
        unit = text[numeral.end : clause.end]
        if inside is None or len(unit) > _LONGEST_UNIT or any(char.isdecimal() for char in unit):
            continue
        start, end = inside
        among = _COUNTED_IN.match(text, start, end) is not None
        if not among and _NO_LIST.match(text[start:end]):
            continue
        for breakdown in _read([numeral], _Span(outside(text, 1), start, end, words, sure=not among)):
            parts = [part.value for part in breakdown.parts]
            few = among and len(parts) == _FEWEST and not breakdown.fits
            if len(parts) >= _FEWEST and (not few or one_slip(numeral.value, parts, plain=True)):
                yield breakdown


def _backward(plain: str, found: Sequence[Numeral], words: ListWords) -> Iterator[Breakdown]:
    """The parts first: 甲a条，乙b条，共N条. Where the parts begin nobody says."""
    for number, total in enumerate(found):
        nearby = found[max(0, number - _MOST_PARTS) : number]
        parts = [numeral for numeral in nearby if numeral.unit == total.unit]
        gap = plain[parts[-1].end : total.digits] if parts else ""
        if len(parts) < _FEWEST or not _BACKWARD.search(gap):
            continue
        if words.is_another(gap, plain[max(0, found[0].start - _NEAR) : parts[-1].start]):
            continue  # 收到30件，结转1件，共办结24件: another count
        if PARTS_FOLLOW.search(plain, found[0].start, total.start):
            continue  # 其中甲a条，乙b条，共N条: the total is said again, the list is read from its head
        from_the_end = accumulate((part.range for part in reversed(parts)), add)
        sums = [*islice(from_the_end, 1, None)][::-1]  # of all, of all but the first, … of the last two
        fits = any(reading.meets(total.range) for reading in sums)
        yield Breakdown((total,), tuple(parts), tuple(sums), fits, partial=False)


def _read(heads: Sequence[Numeral], span: _Span) -> Iterator[Breakdown]:
    """The breakdowns of a list by measure word, for which there is a total and a part."""
    listed = list(numerals(span.text, span.start, span.end))
    kinds = {measure_kind(head.unit) for head in heads}
    for kind in dict.fromkeys(measure_kind(head.unit) for head in heads):
        parts = tuple(numeral for numeral in listed if measure_kind(numeral.unit) == kind)
        totals = tuple(head for head in heads if measure_kind(head.unit) == kind and _may_hold(head, parts))
        if totals and 0 < len(parts) <= _MOST_PARTS:
            mixed = len({measure_kind(numeral.unit) for numeral in listed} - kinds) > 0
            yield from _breakdowns(totals, parts, listed, span, mixed)


def _may_hold(head: Numeral, parts: Sequence[Numeral]) -> bool:
    """False for 三个领域分别是征地4件、规划3件: so many fields, none of which is counted in 个."""
    return head.unit != _ANYTHING or any(part.unit == _ANYTHING for part in parts)


def _breakdowns(
    totals: tuple[Numeral, ...],
    parts: tuple[Numeral, ...],
    listed: Sequence[Numeral],
    span: _Span,
    mixed: bool,
) -> Iterator[Breakdown]:
    if _fits(totals, parts, listed, span, mixed):
        yield Breakdown(totals, parts, (_sum(parts),), fits=True, partial=False)
        return
    again = _told_twice(totals, parts)
    if again:
        fits = _meet([_sum(again)], totals)
        yield Breakdown(totals, again, (_sum(again),), fits, partial=False, sure=False)
        return
    if _meet(map(_sum, _rows(parts, span)), totals):
        yield Breakdown(totals, parts, (_sum(parts),), fits=True, partial=False)
        return
    unit = totals[-1].unit
    own = tuple(part for part in parts if part.unit == unit)
    if len(own) >= _FEWEST and parts[: len(own)] == own:
        parts = own  # what follows in other measures is something else
    leading = tuple(takewhile(lambda numeral: numeral.unit == unit, listed))
    cut = mixed and len(leading) >= _SEVERAL
    if cut:
        parts, mixed = leading, False  # behind other things that were counted the list hardly goes on
    totals = _likeliest_last([total for total in totals if total.unit == unit], parts)
    stages = _resolved(parts, span)
    if not stages:
        return
    groups = _groups(parts, span)
    if len(groups) > 1 and all(_may_repeat(group, totals) for group in groups):
        for group in groups:
            fits = any(_sum(group).meets(total.range) for total in totals)
            yield Breakdown(totals, group, (_sum(group),), fits, partial=False)
        return
    alike = len({part.unit for part in parts} | {unit}) == 1
    met = [number for number in range(1, len(stages)) if _meet(stages[number], totals)]
    certain = span.sure and alike and not cut
    sure = certain and not met
    enumerated = certain and not any(_may_end(number, parts, span) for number in met)
    ends = [*(range(1, len(parts)) if span.inner else ends_of_list(span.text, parts, span.words))]
    sums = (*stages[-1], *(_sum(parts[:number]) for number in ends))
    head = (span.lead + span.text[span.start : parts[0].start])[-_NEAR:]
    tail = span.text[parts[-1].end + 1 : span.end]
    most = _OPEN.match(tail) is not None or (
        not _shared(parts, span) and _MOST_OF_ALL.match(tail) is not None
    )
    partial = _at_least(parts, span) < _FEWEST or mixed or most or "主要" in head
    among = span.lead.endswith(_AMONG_WHICH) and "：" not in span.text[span.start : parts[0].start]
    much_less = _is_much_less(sums, totals[-1], parts, among=among)
    whole = _REST.search(span.text, parts[0].end, parts[-1].start) is not None
    of_larger = among and _is_of_larger(sums, totals, parts)
    few = ((much_less and totals[-1].exact) or of_larger) and not whole
    partial = partial or (much_less and not totals[-1].exact)
    partial = partial or (among and not any(part.value for part in parts))
    if ends and _ends_early(ends[0], parts, span):
        sure = enumerated = False
        parts = parts[: max(ends[0], _FEWEST)]
    yield Breakdown(
        totals, parts, sums, fits=False, partial=partial, sure=sure, few=few, enumerated=enumerated
    )


def _told_twice(totals: Sequence[Numeral], parts: tuple[Numeral, ...]) -> tuple[Numeral, ...]:
    """The parts that remain where others make the total: 其中自然人6件，法人1件，公开5件，不予公开2件.

    They are all of it once more, up to a slip; the parts before them, or behind.
    """
    for number in range(_FEWEST, len(parts) - 1):
        one, other = parts[:number], parts[number:]
        for made, again in ((one, other), (other, one)):
            values = [part.value for part in again]
            if _meet([_sum(made)], totals) and any(
                _sum(again).meets(total.range) or one_slip(total.value, values, plain=True)
                for total in totals
            ):
                return again
    return ()


def _may_end(number: int, parts: Sequence[Numeral], span: _Span) -> bool:
    """True unless the next part follows behind an enumeration comma: 甲a条、乙b条."""
    gap = span.text[parts[number - 1].end : parts[number].digits] if number < len(parts) else ""
    return "、" not in gap or any(mark in gap for mark in PART + "，")


def _ends_early(end: int, parts: Sequence[Numeral], span: _Span) -> bool:
    """True where a list of semicolons ends behind two items, or one: 其中甲20件；乙2件；全年复议1件.

    So it does where another list is opened behind: 网站30条，其中首发12条；公众号45条，其中原创30条.
    """
    gaps = [span.text[one.end : other.digits] for one, other in pairwise(parts)]
    first, *more = ("；" in gap for gap in gaps)
    anew = any(_opens(parts, number, span) for number in range(_FEWEST, len(parts)))
    return end <= _FEWEST and first and (anew or all(more) or not any(more))


def _is_much_less(sums: Sequence[Range], total: Numeral, parts: Sequence[Numeral], *, among: bool) -> bool:
    """True where a total is far from all readings: its parts are not listed whole.

    It is a rounded one, or the list only says what is `among` so many. A tenth of it is a slip.
    """
    most = total.value * (_HALF if among and total.value < _MANY else _MUCH)
    tenths = [Range(reading.low * 10, reading.high * 10) for reading in sums if reading.high is not None]
    if len(tenths) < len(sums) or any(tenth.meets(total.range) for tenth in tenths):
        return False
    plain = total.value < _MANY
    if total.exact and (not among or one_slip(total.value, [part.value for part in parts], plain=plain)):
        return False
    return all(reading.low < most for reading in sums)


def _is_of_larger(sums: Sequence[Range], totals: Sequence[Numeral], parts: Sequence[Numeral]) -> bool:
    """True where the parts may be some of a larger total told before, and no slip makes them all of one."""
    values = [part.value for part in parts]
    slipped = any(one_slip(total.value, values, plain=True) for total in totals)
    return not slipped and any(_is_much_less(sums, total, parts, among=True) for total in totals[:-1])


def _shared(parts: Sequence[Numeral], span: _Span) -> bool:
    """True where parts before the last have shares of their own."""
    return "占" in span.text[parts[0].end : parts[-1].start]


def _likeliest_last(totals: Sequence[Numeral], parts: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """Of several totals the one that a slip would explain comes last."""
    values = [part.value for part in parts]
    likely = [(one_slip(t.value, values, plain=True), one_slip(t.value, values)) for t in totals]
    return tuple(total for _, total in sorted(zip(likely, totals, strict=True), key=lambda pair: pair[0]))


def _fits(
    totals: Sequence[Numeral], parts: Sequence[Numeral], listed: Sequence[Numeral], span: _Span, mixed: bool
) -> bool:
    """True if any reading adds up: all parts, or those in the total's measure, to where a list may end."""
    readings = {_sum(listed)} if mixed else set()
    for chosen in (parts, [part for part in parts if part.unit in {total.unit for total in totals}]):
        stages = _resolved(chosen, span)
        if chosen and stages:
            readings |= stages[-1].union(
                *(stages[number] for number in ends_of_list(span.text, chosen, span.words, inner=span.inner))
            )
    return _meet(readings, totals)


def _rows(parts: Sequence[Numeral], span: _Span) -> Iterator[Sequence[Numeral]]:
    """The first parts, where they are outlets and what follows is none: 网站3条，其他方式2条，解读1条."""
    places = [around(span.text, part.start, part.end, ITEM) for part in parts]
    items = [span.text[max(start, end - _LONGEST_ITEM) : end] for start, end in places]
    for row in span.words.rows:
        named = [row.names_item(item) for item in items]
        end = named.index(False) if False in named else 0
        if end >= _FEWEST and not any(named[end:]):
            yield parts[:end]


def _meet(readings: Iterable[Range], totals: Sequence[Numeral]) -> bool:
    return any(reading.meets(total.range) for reading in readings for total in totals)


def _resolved(parts: Sequence[Numeral], span: _Span) -> list[set[Range]]:
    """The sums that the first 0, 1, … parts can have, lists within the list counted in or passed over.

    Of a list within nobody knows the end, so every end is a reading. Empty where there are too many.
    """
    sums: list[set[Range]] = [{NOTHING}] + [set() for _ in parts]
    inner = 0
    for number, part in enumerate(parts):
        if len(sums[number]) > _MOST_SUMS:
            return []
        sums[number + 1] |= {reading + part.range for reading in sums[number]}
        if inner < _MOST_INNER and _opens(parts, number, span):
            inner += 1
            for end in range(number + 1, len(parts) + 1):
                sums[end] |= sums[number]
    return sums


def _at_least(parts: Sequence[Numeral], span: _Span) -> int:
    """How many parts are surely of the list itself; a list within may take all up to the next semicolon."""
    inner, sure = False, 0
    for number, part in enumerate(parts):
        apart = number > 0 and "；" in span.text[parts[number - 1].end : part.digits]
        inner = not apart and (inner or _opens(parts, number, span))
        sure += not inner
    return sure


def _opens(parts: Sequence[Numeral], number: int, span: _Span) -> bool:
    return (
        number > 0 and re.search(_INNER, span.text[parts[number - 1].end : parts[number].digits]) is not None
    )


def _groups(parts: Sequence[Numeral], span: _Span) -> list[tuple[Numeral, ...]]:
    """The parts between semicolons."""
    groups: list[tuple[Numeral, ...]] = [()]
    for number, part in enumerate(parts):
        if number > 0 and "；" in span.text[parts[number - 1].end : part.digits]:
            groups.append(())
        groups[-1] += (part,)
    return groups


def _may_repeat(group: Sequence[Numeral], totals: Sequence[Numeral]) -> bool:
    """True if these parts can be one total broken down once more."""
    return len(group) >= _FEWEST and any(
        total.range.high is None or _sum(group).low <= total.range.high for total in totals
    )


def _sum(parts: Iterable[Numeral]) -> Range:
    total = NOTHING
    for part in parts:
        total = total + part.range
    return total
