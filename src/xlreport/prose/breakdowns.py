"""Breakdowns: a total and the parts that it is broken into, in every reasonable reading.

    N条，其中甲a条、乙b条        also 包括, 内有, 分别是; after a full stop too
    办理结果如下：甲a条、乙b条    words that only lead to a list
    N条（甲a条、乙b条）          two parts or more; not what is left out (不含…, 另…)
    甲a条，乙b条，共N条          the parts first

A list may hold lists of its own (其中 within 其中), may break one total down twice (…；…), and its end is
not always marked. So a breakdown carries the sums of all its readings, and only what no reading explains
is a mistake. Items are counted in 条, 件, 项, … alike; other measure words are breakdowns of their own
(1件，收取420元). Lists without such a mark are found by `plain_lists.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from operator import add

from xlreport.expression import Expression
from xlreport.prose.announced_lists import announced_lists
from xlreport.prose.breakdown import Breakdown
from xlreport.prose.counted_lists import FEWEST_PARTS, MOST_PARTS, ListPlace
from xlreport.prose.list_marks import LEADS, PARTS_FOLLOW
from xlreport.prose.list_readings import readings
from xlreport.prose.list_words import ListWords
from xlreport.prose.numbered_sentence import NumberedSentence, is_of_two, numbered_sentences
from xlreport.prose.numerals import Numeral
from xlreport.prose.sentences import Sentence, outside
from xlreport.prose.sum_slips import one_slip

_BACKWARD = Expression(
    r"[，；](?:合计|总计|总共|共计|共)[^0-9，。；：（）]{0,10}$|[，；][^0-9，。；：（）]{0,10}(?:合计|总计|共计|共)$"
    r"|[、，；](?:全年|全部)?(?:合计|总计|共计|累计)[^0-9，。；：（）]{0,10}$"
)
_NO_LIST = Expression(
    r"^[^0-9]{0,4}(?:含|另|除|剔除|扣除|比|较|同比|上年|上一年)|^(?:19|20)[0-9]{2}年度?(?:为|是|共)?[0-9]"
)
_COUNTED_IN = Expression("包?含")
"""What is counted in may be all there is or a part; of two such items a plain slip shows that it is all."""
_LONGEST_UNIT = 11
"""Characters between a total and the parenthesis with its parts: the measure word and little more."""
_NEAR = 16
"""Characters before a row of parts that may tell what is counted in them."""


def breakdowns(text: str, words: ListWords) -> Iterator[Breakdown]:
    """Every breakdown in a folded text."""
    for told in numbered_sentences(text, words):
        for breakdown in announced_lists(told):
            if not _is_of_earlier(breakdown, told):
                yield breakdown
        yield from _behind_leads(told)
        yield from _in_parentheses(told)
        yield from _before_totals(told)


def _is_of_earlier(breakdown: Breakdown, told: NumberedSentence) -> bool:
    """True for parts of a larger number said still earlier.

    收到17件，答复16件。答复的16件中，公开12件。其中甲9件、乙8件: of what was received.
    """
    total = breakdown.total
    larger = [other for other in told.earlier if other.unit == total.unit and other.value > total.value]
    afar = not breakdown.fits and total.end <= told.sentence.start
    return afar and any(reading.allows(other.value) for reading in breakdown.sums for other in larger)


def _behind_leads(told: NumberedSentence) -> Iterator[Breakdown]:
    """Lists behind words that only lead to them: 办理结果如下：…, 从内容看，…. Others may lead to less."""
    end = told.sentence.end
    lead = LEADS.search(told.plain, told.sentence.start, end)
    if lead is None:
        return
    heads = [numeral for numeral in told.found if numeral.end <= lead.start()] or told.before
    place = ListPlace(told.plain, lead.end(), end, told.words, told.until(lead.end()), sure=False)
    for breakdown in readings(heads, place):
        of_two = lead["results"] is not None and is_of_two(breakdown, heads)
        if len(breakdown.parts) >= FEWEST_PARTS and (breakdown.fits or not of_two):
            yield breakdown


def _in_parentheses(told: NumberedSentence) -> Iterator[Breakdown]:
    text = told.sentence.text
    for numeral in told.found:
        inside = _parenthesis_behind(told.sentence, numeral)
        if inside is None:
            continue
        start, end = inside
        among = _COUNTED_IN.match(text, start, end) is not None
        if not among and _NO_LIST.match(text[start:end]):
            continue
        for breakdown in readings(
            [numeral], ListPlace(outside(text, 1), start, end, told.words, sure=not among)
        ):
            parts = [part.value for part in breakdown.parts]
            two = among and len(parts) == FEWEST_PARTS and not breakdown.fits
            if len(parts) >= FEWEST_PARTS and (not two or one_slip(numeral.value, parts, plain=True)):
                yield breakdown


def _parenthesis_behind(sentence: Sentence, numeral: Numeral) -> tuple[int, int] | None:
    """The bounds of what stands in parentheses right behind a number and its measure word."""
    if sentence.text.find("（", numeral.end, numeral.end + _LONGEST_UNIT + 1) < 0:
        return None
    clause = sentence.clause_at(numeral.end)
    inside = sentence.in_parentheses(clause)
    unit = sentence.text[numeral.end : clause.end]
    return inside if len(unit) <= _LONGEST_UNIT and not any(char.isdecimal() for char in unit) else None


def _before_totals(told: NumberedSentence) -> Iterator[Breakdown]:
    """The parts first: 甲a条，乙b条，共N条. Nothing marks where the parts begin."""
    for number, total in enumerate(told.found):
        nearby = told.found[max(0, number - MOST_PARTS) : number]
        parts = [numeral for numeral in nearby if numeral.unit == total.unit]
        if len(parts) < FEWEST_PARTS or not _ends_in_total(told, parts, total):
            continue
        from_the_end = accumulate((part.range for part in reversed(parts)), add)
        sums = [*islice(from_the_end, 1, None)][::-1]  # of all, of all but the first, … of the last two
        fits = any(reading.meets(total.range) for reading in sums)
        yield Breakdown((total,), tuple(parts), tuple(sums), fits, partial=False)


def _ends_in_total(told: NumberedSentence, parts: Sequence[Numeral], total: Numeral) -> bool:
    """True if the words say that a number counts the parts before it together.

    收到30件，结转1件，共办结24件 is another count. In 其中甲a条，乙b条，共N条 the total is said again: that
    list is read from its head.
    """
    plain, first = told.plain, told.found[0].start
    gap = plain[parts[-1].end : total.digits]
    return (
        _BACKWARD.search(gap) is not None
        and not told.words.is_another(gap, plain[max(0, first - _NEAR) : parts[-1].start])
        and PARTS_FOLLOW.search(plain, first, total.start) is None
    )
