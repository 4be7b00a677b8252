"""Lists that no word announces: a total and parts that merely stand beside each other.

    共N条，甲a条、乙b条、丙c条       behind a total that says so
    N件：甲a件，乙b件               behind a colon
    申请N件……。网上a件，信函b件       ways of sending in or outlets, whose total stands within two sentences

Nobody can be sure that these are lists. So they are breakdowns that are not sure, and those that do not add
up are given only where one slip explains it; of two parts a plain one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from xlreport.frozen import frozen
from xlreport.prose.breakdowns import PARTS_FOLLOW, Breakdown
from xlreport.prose.expression import Expression
from xlreport.prose.list_ends import ends_of_list, measure_kind, new_verb
from xlreport.prose.numerals import NOTHING, Numeral, Range, numerals
from xlreport.prose.sentences import CLAUSE, ITEM, around, outside, sentences
from xlreport.prose.sum_slips import one_slip

_TOTAL = Expression("(?:共计?|[合总]计|总共|累计|总数[为是]?)[^，。；：0-9（）]{0,14}$|^(?:共|合|总|累)")
_OPENS = Expression(f"{PARTS_FOLLOW.pattern}|含")
_COLON = Expression("^[^，。；0-9（）]{0,4}：")
_SENT_IN = Expression(
    "网上|网络|线上|在线|互联网|平台|网站|信函|来函|邮寄|邮政|邮件|邮箱|快递|当面|现场|窗口|线下|传真|电话|来信|来访|书面"
    "|其他(?:方式|渠道|形式|途径)"
)
_NOT_SENT_IN = Expression(
    "发布|公开(?!申请)|推送|浏览|访问|转载|答复|回复|培训|宣传|公众号|热线|咨询|留言|建议|提案"
)
_OUTLET = Expression(
    "网站|公众号|微信|微博|客户端|新媒体|抖音|头条|视频号|公开栏|公告栏|公报|电子屏|报刊|报纸|电视|平台"
)
_NO_OUTLET = Expression("申请|阅读|浏览|访问|点击|粉丝|关注|咨询|留言|转载")
_REQUESTS = Expression("申请")
_INFORMATION = Expression("信息|文件|稿件|内容|动态|公开|发布")
_NO_TOTAL = Expression("结转|办结|答复|增加|减少|增长|下降|较|比|其中|同期|上年|去年")
_OUTCOME = Expression("予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|维持|纠正|审结")
"""Other figures may stand between these and their total: what was carried over, what is still open."""


@frozen
class _Places:
    """What items of a list are named after, what they must not speak of, and what their total is of."""

    named: Expression
    unless: Expression
    total: Expression


_WAYS = _Places(_SENT_IN, _NOT_SENT_IN, _REQUESTS)
_OUTLETS = _Places(_OUTLET, _NO_OUTLET, _INFORMATION)
_LONGEST_ITEM = 40
_MOST = 40
_BACK = 2
"""Sentences before a list in which its total may stand."""
_TWO = 2


def plain_lists(text: str) -> Iterator[Breakdown]:
    """Every such list in a folded text."""
    plain = outside(text)
    before: list[Sequence[Numeral]] = []
    for sentence in sentences(text):
        found = list(islice(numerals(plain, sentence.start, sentence.end), _MOST))
        earlier = [numeral for several in before[-_BACK:] for numeral in several]
        lists = [*_behind_totals(plain, found)]
        for places in (_WAYS, _OUTLETS):
            lists += _of_places(plain, earlier, found, places)
        for totals, parts in lists:
            yield from _breakdown(plain, totals, parts)
        before.append(found)


def _behind_totals(
    plain: str, found: Sequence[Numeral]
) -> Iterator[tuple[Sequence[Numeral], Sequence[Numeral]]]:
    for place, total in enumerate(found):
        lead = plain[max(0, total.start - 20) : total.digits]
        colon = _COLON.match(plain[total.end + len(total.unit) : total.end + 20]) is not None
        if not colon and _TOTAL.search(lead) is None:
            continue
        parts = _row(plain, total, found[place + 1 :])
        if len(parts) >= _TWO:
            yield [total], parts


def _row(plain: str, total: Numeral, behind: Sequence[Numeral]) -> list[Numeral]:
    """The items of one kind that follow a total, up to a word that opens a list or tells of other work."""
    row: list[Numeral] = []
    last = total
    said = plain[max(0, total.start - _LONGEST_ITEM) : total.start]
    for numeral in behind:
        gap = plain[last.end + len(last.unit) : numeral.digits]
        if measure_kind(numeral.unit) != measure_kind(total.unit) or len(gap) > _LONGEST_ITEM:
            break
        if _OPENS.search(gap) is not None or _TOTAL.search(gap) is not None or new_verb(gap, said):
            break
        if _OUTCOME.search(gap) is not None:
            return []
        row.append(numeral)
        last = numeral
    return row


def _of_places(
    plain: str, before: Sequence[Numeral], found: Sequence[Numeral], places: _Places
) -> Iterator[tuple[Sequence[Numeral], Sequence[Numeral]]]:
    """Rows of items that each name a place, against what was counted before them."""
    row: list[Numeral] = []
    for at, numeral in enumerate((*found, None)):
        if numeral is not None and _names_place(plain, numeral, places):
            row.append(numeral)
            continue
        if len(row) >= _TWO and len({measure_kind(part.unit) for part in row}) == 1 and _apart(plain, row):
            ahead = found[: at - len(row)]
            opened = _OPENS.search(plain, ahead[-1].end if ahead else row[0].end, row[-1].start) is not None
            totals = [n for n in (*before, *ahead) if _may_be_total(plain, n, row, places)][-_TWO:]
            if totals and not opened:
                yield totals, row
        row = []


def _apart(plain: str, row: Sequence[Numeral]) -> bool:
    """True if each number has an item of its own."""
    return len({around(plain, part.start, part.end, ITEM) for part in row}) == len(row)


def _names_place(plain: str, numeral: Numeral, places: _Places) -> bool:
    """True if the item of a number names a place and nothing that is counted otherwise."""
    start, end = around(plain, numeral.start, numeral.end, ITEM)
    item = plain[start:end]
    return (
        len(item) <= _LONGEST_ITEM
        and places.named.search(item) is not None
        and places.unless.search(item) is None
    )


def _may_be_total(plain: str, numeral: Numeral, row: Sequence[Numeral], places: _Places) -> bool:
    """True for what a clause counts of the whole, before any list."""
    start, end = around(plain, numeral.start, numeral.end, CLAUSE)
    clause = plain[start:end]
    return (
        measure_kind(numeral.unit) == measure_kind(row[0].unit)
        and places.total.search(clause) is not None
        and _NO_TOTAL.search(clause) is None
    )


def _breakdown(plain: str, totals: Sequence[Numeral], parts: Sequence[Numeral]) -> Iterator[Breakdown]:
    """The list, unless it neither adds up nor would but for one slip; of several totals the one that fits."""
    whole = _sum(parts)
    ended = (_sum(parts[:number]) for number in ends_of_list(plain, parts) if number > 1)
    readings = (whole, *ended)
    fitting = [total for total in totals if any(reading.meets(total.range) for reading in readings)]
    values = [part.value for part in parts]
    near = [t for t in totals if one_slip(t.value, values, plain=len(parts) <= _TWO)]
    kept = fitting or near
    if kept:
        yield Breakdown((kept[-1],), tuple(parts), (whole,), bool(fitting), partial=False, sure=False)


def _sum(parts: Sequence[Numeral]) -> Range:
    total = NOTHING
    for part in parts:
        total = total + part.range
    return total
