"""Years in a text that are not the year reported on and have no reason to be there.

Many other years are right: of documents and titles, in comparisons, of what last year left over, in
plans, periods and deadlines. Only what none of these explains is a leftover of another year's report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.expression import Expression
from xlreport.frozen import frozen
from xlreport.prose.alphabet import Folded
from xlreport.prose.passage import Passage
from xlreport.prose.quotations import Stretches, quotations
from xlreport.prose.sentences import PART, around

_YEAR = Expression(
    r"(?=[12一二])(?:(?<![0-9])((?:19|20)[0-9]{2})年|([一二][〇○零оo0九][〇○零o0一二三四五六七八九]{2})年)"
)
_NUMERALS = str.maketrans("〇○零оo一二三四五六七八九", "00000123456789")

_PERIOD = Expression(r"((?:19|20)[0-9]{2})年1月1日起?(?:-|~|至|到)+((?:19|20)[0-9]{2})年12月31日")
"""The period of the report: both of its years are the year reported on."""
_NEAR = 200
"""Characters of a sentence on either side that are looked at; longer ones are no sentences."""
_SPAN_BEFORE = Expression(
    r"(?:19|20)[0-9]{2}(?:年度?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?)?(?:-|~|至|到|和|与|、)+$"
)
_SPAN_AFTER = Expression(r"(?:度|[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:-|~|至|到|和|与|、)+((?:19|20)[0-9]{2})")

_COMPARED_BEFORE = Expression(
    r"(?:较|比|与|同|跟|和|[高低多少大小优]于|超过|超出|上一?年度?|去年)"
    r"(?:上一?年度?|去年|前一年)?（?$"
)
_COMPARED_FROM = Expression(r"(?:由|从|自)$")
_COMPARED_AFTER = Expression(r"度?(?:全年)?的?(?:同期|相比|基础上|水平|持平)")
_ANY_YEAR = Expression(r"(?:19|20)[0-9]{2}年")
_COMPARISON = Expression(r"同比|相比|对比|持平|增长|增加|上升|提高|下降|减少|分别")
_FIGURE = Expression(r"度?(?:全年)?(?:则|仅|只)?(?:为|是|有|共)?[0-9]")
_THIS_YEAR = ("今年", "本年", "全年", "当年")

_EVENT = Expression(
    r"版|本》|第[0-9]+[期号次]|(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?起"
    r"|[^，。；\n]{0,12}?(?:修订|修正|施行|实施|颁布|成立|设立|建成|组建|开通|启用|上线|挂牌|揭牌|以来|机构改革"
    r"|结转|遗留|跨年|转[入至到来]|顺延|未办结|未审结)"
)
_ATTRIBUTE = Expression(
    r"(?:以?前|以?后|之前|之后)|[^，。；\n未没无]{0,14}?(?:印发|出台|制定|制发|公布|发布|收到|受理|申请|签订|提出|立案|开始)[^，。；\n]{0,6}?的"
)
_LAST_YEARS_PAPERS = Expression(
    r"[^，。；\n]{0,20}?(?:年度报告|年报|决算|预算|考核|考评|评估|测评|公报|审计|绩效|存在的?|问题|整改|反馈|总结"
    r"|先进|优秀|表彰|排名|名列|位列)"
)
_TOLD_BEFORE = Expression(r"(?:发布|公布|公开|公示|通报)(?:了|我[局委办县市区镇乡]|本[级局])?$")
_TOLD_OF = Expression(r"度?[^，。；\n0-9]{1,30}?(?:情况|结果|报告|数据|信息|名单)")
"""What was published of last year: 发布2022年度建议办理情况."""
_PAPER = Expression(r"度?[^，。；、和与\n0-9]{0,6}?(?:决算|预算|年度报告|年报|要点|计划|公报)")
_COUNTED = Expression(
    r"度?[^，。；\n]{0,10}?(?:印发|出台|制定|制发|公布|发布)的[^，。；、\n0-9]{1,14}[0-9]+[条件项篇个份期]"
)
_DEALT_WITH = Expression(r"(?:对|将|把|清理|废止|修[改订]|失效|评估|继续|沿用|解读|汇编|执行)[^，。；\n]*$")
"""Papers of an earlier year that this year's work was about."""
_CAUSE_BEFORE = Expression(r"(?:因|由|就|针对|不服)$")
_CAUSED = Expression(r"度?[^，。；\n]{0,24}?(?:引发|引起|导致|产生|提起)")
"""What an earlier year led to this year: 因2022年的申请引发的复议."""
_OF_DOCUMENT = Expression(r"[》〕]（$")
_CONTINUED = Expression(r"(?:继续|持续|接续|延续|沿用|巩固)[^，。；\n0-9]{0,8}$")
_TASKS = Expression(
    r"度?[^，。；\n]{0,12}?(?:事项|任务|项目|目录|清单|标准|做法|经验|成效|成果|工作|要求|部署)"
)
_LATER_EVENT = Expression(
    r"度?[^，。；\n]{0,6}?(?:升级|改造|改版|扩建|迁建|迁址|更名|并入|投入使用|扩容|获评|评为|创建)"
)
_LATE_IN_YEAR = Expression(r"1[0-2]月|[底末]")
_CARRIED = Expression(r"结转|转结|接转|遗留|跨年|顺延|延续|转至|转到|转入")

_FUTURE = Expression(
    r"将|拟|计划|下一?步|下一年|来年|明年|力争|争取|目标|打算|继续|进一步|预计|准备|着力|努力|重点|做好|加强|加大|推进|完善|提升"
    r"|改进|思路|安排|要点|起施行|截止|有效期|到期"
)
_DONE = Expression(r"[0-9][件条次个期篇场]|未收到|收到|受理了|办结|公开了|召开了|开展了")
_LIMIT = Expression(
    r"(?:年度?)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日|底|份)?|第?[一二三四1-4]季度|[上下]半年)?(?:前|底|末|之前|以前|起|年初|初)|[0-9]{1,2}月"
)
_BEFORE_LIMIT = Expression(r"(?:到|至|截至|于|在|转)$")

_OWN_PLAN = Expression(
    r"度?，?(?:(?:我|本)?[^，。；\n0-9]{0,8})?将(?:继续|进一步|持续|着力|着重|重点|努力|不断|从以下|从[一二三四五几]个?方面)"
)
"""The year to come under the name of the year reported on; 将 before a noun is another word."""
_PLANNED_BEFORE = Expression(
    r"(?:将|拟|计划|打算|准备|争取|力争|确保)(?:会|要)?(?:在|于|到)?$|(?:明年|来年|下一?年度?)[（，]?$"
    r"|下一?(?:步|阶段)(?:工作)?，?(?:[^，。；\n0-9]{0,8})?(?:在|于)?$"
)
_PLANNED_AFTER = Expression(
    r"(?:度|全年|年?内|里|期间)*[，）]?(?:[^，。；\n0-9]{0,8}?将)?(?:再|更|要|并)?"
    r"(?:进一步|继续|持续|不断|着力|着重|重点[推做抓加围开解]|努力|全面[推实加提落完建]|加[大强快]|推[进动]|提[升高]|完善|优化|深化|拓展|扩大|健全|强化|规范"
    r"|做好|开展|围绕|紧扣|认真|切实|积极|力争|争取|实现|从以下|从[一二三四五几]个?方面|组织|举办|建[立设成])"
    r"(?![^，。；\n]{0,6}的(?:基础|问题|经验))"
)
"""A plan for a year: what stands before it and behind it."""

_OWN_DEADLINE = Expression(r"[1-3]月(?:[0-9]{1,2}日|底|份)?(?:之前|以前|前|内)")
_PUBLISHED = Expression(r"公布|公开|发布|报送|报出|编制|上报")


@frozen
class _Mention:
    """A year in its sentence; `before` and `after` are what stands on either side in that sentence."""

    year: int
    before: str
    after: str


def stray_years(folded: Folded, reported: int) -> Iterator[Passage]:
    """The years that do not belong in a report on `reported`; the note says which year would."""
    text = folded.text
    quoted: Stretches | None = None
    of_period = set(_wrong_in_periods(text, reported))
    for found in _YEAR.finditer(text):
        start, end = found.span()
        if start in of_period:
            yield Passage(start, end)
            continue
        stray = _stray(text, found, reported)
        if stray is None:
            continue
        if quoted is None:
            quoted = quotations(text)
        if not quoted.hold(start):
            yield stray


def _stray(text: str, found: re.Match[str], reported: int) -> Passage | None:
    """The year if it does not belong there, whether quoted or not."""
    start, end = found.span()
    year = int((found[1] or found[2]).translate(_NUMERALS))
    if year != reported:
        return None if _explained(_mention(text, start, end, year), reported) else Passage(start, end)
    deadline = _OWN_DEADLINE.match(text, end)
    if deadline is None:
        note = f"打算在{reported + 1}年做的事写成了{reported}年"
        return Passage(start, end, note) if _is_plan(text, start, end) else None
    if not _early_deadline(_mention(text, start, end, year), reported):
        return None
    return Passage(start, deadline.end(), f"{reported}年度的报告在{reported + 1}年才公布")


def _mention(text: str, start: int, end: int, year: int) -> _Mention:
    first, last = around(text, start, end, PART)
    return _Mention(year, text[max(first, start - _NEAR) : start], text[end : min(last, end + _NEAR)])


def _wrong_in_periods(text: str, reported: int) -> Iterator[int]:
    """Where a period that begins or ends with the year reported on has another year at its other end."""
    for found in _PERIOD.finditer(text):
        others = [number for number in (1, 2) if int(found[number]) != reported]
        if len(others) == 1:
            yield found.start(others[0])


def _is_plan(text: str, start: int, end: int) -> bool:
    """True where what is still to be done is put into the year reported on."""
    if _OWN_PLAN.match(text, end):
        return True
    before = text[max(0, start - 24) : start]
    return _PLANNED_BEFORE.search(before) is not None and _PLANNED_AFTER.match(text, end) is not None


def _early_deadline(mention: _Mention, reported: int) -> bool:
    """True for 于2024年1月15日前公布 where the report on 2024 itself is what is published."""
    sentence = mention.before + mention.after
    own = re.search(
        rf"{reported}年(?:度报告|(?!1?[0-9]月)[^。；]{{0,20}}(?:年度报告|年报))|本年度报告|本报告",
        sentence,
    )
    earlier = f"{reported - 1}年" in sentence or "上年" in sentence or "上一年" in sentence
    return own is not None and not earlier and _PUBLISHED.search(sentence) is not None


def _explained(mention: _Mention, reported: int) -> bool:
    if _in_span(mention, reported):
        return True
    if mention.year > reported:
        return _planned(mention, reported)
    return _compared(mention, reported) or _historical(mention, reported)


def _in_span(mention: _Mention, reported: int) -> bool:
    """Part of a period of several years, such as 2021—2025年 or 2023年至2024年."""
    ahead = _SPAN_AFTER.match(mention.after)
    if ahead is not None and int(ahead[1]) > mention.year and int(ahead[1]) >= reported:
        return True
    behind = _SPAN_BEFORE.search(mention.before)
    return behind is not None and int(behind[0][:4]) < mention.year and mention.year >= reported


def _planned(mention: _Mention, reported: int) -> bool:
    """What is still to come; for the next year also everything that is not told as done."""
    if _LIMIT.match(mention.after) or _BEFORE_LIMIT.search(mention.before):
        return True
    sentence = mention.before + mention.after
    if _FUTURE.search(sentence) or _CARRIED.search(sentence):
        return True
    return mention.year == reported + 1 and _DONE.search(mention.after) is None


def _compared(mention: _Mention, reported: int) -> bool:
    if _COMPARED_BEFORE.search(mention.before) or _COMPARED_AFTER.match(mention.after):
        return True
    if _COMPARED_FROM.search(mention.before) and mention.after.startswith(("的", "度的")):
        return True
    sentence = mention.before + mention.after
    own = _named_apart(sentence, reported)
    if own and _FIGURE.match(mention.after):
        return True  # 2022年收到5件，2021年为4件
    if own and len(set(_ANY_YEAR.findall(sentence))) > 1:
        return True  # a series of years that leads to this one
    here = own or any(words in sentence for words in _THIS_YEAR)
    return here and _COMPARISON.search(sentence) is not None


def _named_apart(sentence: str, reported: int) -> bool:
    """True if the year reported on stands there for itself, not for one of its papers: 2025年部门预算."""
    named = re.finditer(f"{reported}年", sentence)
    return any(_PAPER.match(sentence, found.end()) is None for found in named)


def _historical(mention: _Mention, reported: int) -> bool:
    """Events of earlier years that go on to matter, and last year's papers that this year deals with."""
    if _EVENT.match(mention.after) or _goes_on(mention):
        return True
    if _ATTRIBUTE.match(mention.after) and not _is_count(mention):
        return True
    if _OF_DOCUMENT.search(mention.before):
        return True
    if _CAUSE_BEFORE.search(mention.before) and _CAUSED.match(mention.after):
        return True
    if mention.year != reported - 1:
        return False
    over = _LATE_IN_YEAR.match(mention.after) and f"{reported}年" in mention.after
    published = _TOLD_BEFORE.search(mention.before) and _TOLD_OF.match(mention.after)
    return bool(over) or bool(published) or _LAST_YEARS_PAPERS.match(mention.after) is not None


def _goes_on(mention: _Mention) -> bool:
    """True for 继续做好2021年公开事项, and for the later of two events: 2016年建成，2021年完成升级."""
    if _CONTINUED.search(mention.before) and _TASKS.match(mention.after):
        return True
    return _LATER_EVENT.match(mention.after) is not None and any(
        int(earlier[:4]) < mention.year for earlier in _ANY_YEAR.findall(mention.before)
    )


def _is_count(mention: _Mention) -> bool:
    """True for 2022年发布的文件4件, a year's own figure, where nothing is done to those papers."""
    return _COUNTED.match(mention.after) is not None and _DEALT_WITH.search(mention.before) is None
