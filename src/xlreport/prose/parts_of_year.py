"""Months, quarters and halves of a year that a report names as its own and that are not those it is on.

Most others are right: days and deadlines (5月底前), spans (1—6月), comparisons with the month before or with
last year, plans, what began or was found earlier. Only a part of the year that opens a sentence on what the
unit has done in it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from xlreport.expression import Expression
from xlreport.prose.alphabet import Folded
from xlreport.prose.passage import Passage
from xlreport.prose.sentences import SENTENCE, pieces

_DIGITS = {str(number): number for number in range(1, 13)}
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", start=1)}
_MONTHS = {**_DIGITS, **_NUMERALS, "十一": 11, "十二": 12}
_KINDS = {
    12: (r"(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?", _MONTHS),
    4: (r"第?([1-4一二三四])季度", {**_DIGITS, **_NUMERALS}),
    2: (r"([上下])半年", {"上": 1, "下": 2}),
}
"""By the number of parts: how one is written, and which it is."""
_LEAD = r"(?:(?P<year>(?:19|20)[0-9]{2})年|今年|本年度?|在)?"
_OWN = (
    r"(?:期间|里|内|中|以来)?，?(?:(?:我|本|全)[^，。；0-9]{1,8}|[^，。；0-9]{0,4}"
    r"(?:共|累计|总共|一共|合计)[^，。；0-9]{0,6}[0-9])"
)
"""Behind it who has done something, or how many there were: 我单位, 全镇, 共检查12."""
_INNOCENT = Expression(
    r"较|比|相比|同期|去年|上年|上月|上季度|上一|上个|增长|增加|减少|下降|上升|持平|分别|将|拟|计划|打算|下一?步|下月|下个|继续"
    r"|准备|力争|截至|截止|至今|以来|起|结转|遗留|补报|更正|印发的|下发的|部署的|发现的|开始的|活动月|生产月|宣传月|法治月"
)
"""Words of a sentence that has a reason to name another time."""


def stray_parts(folded: Folded, year: int, own: int, parts: int) -> Iterator[Passage]:
    """The parts of the year that sentences give for their own in a report on part `own` of `parts`."""
    if parts not in _KINDS:
        return
    opening, named = _patterns(parts)
    for start, end in pieces(folded.text, SENTENCE):
        found = opening.match(folded.text, start, end)
        if found is None or (found["year"] is not None and int(found["year"]) != year):
            continue
        sentence = folded.text[start:end]
        mentioned = {_KINDS[parts][1][name] for name in named.findall(sentence)}
        if len(mentioned) == 1 and own not in mentioned and not _INNOCENT.search(sentence):
            yield Passage(*found.span("part"))


@lru_cache
def _patterns(parts: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A sentence that opens with a part of the year as its own, and any part that is named."""
    written = _KINDS[parts][0]
    numbering = r"(?:（?[0-9一二三四五六七八九十]{1,2}[）、。]|[一二三四五六七八九十]是)?"
    inner = written.replace("(", "(?:", 1)
    return re.compile(f"{numbering}{_LEAD}(?P<part>{inner}){_OWN}"), re.compile(written)
