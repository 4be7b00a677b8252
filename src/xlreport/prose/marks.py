"""Marks of secrecy and of internal use: stamped on a text, as against words that speak of them.

“属于国家秘密的不予公开” speaks of secrets; “机密★5年” is a mark. A mark may be spaced out: 内 部 资 料.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xlreport.expression import Expression
from xlreport.prose.alphabet import Folded
from xlreport.prose.lexicon import words_of
from xlreport.prose.passage import Passage
from xlreport.prose.sentences import PARAGRAPH, around

_FILLERS = " \n·.。-_/~*|"
_GAP = f"[{re.escape(_FILLERS)}]{{0,2}}"
"""What may stand between the characters of a mark."""
_FILLED = Expression(f"[{re.escape(_FILLERS)}]+")


def _any_of(*words: str) -> str:
    """A regular expression for one of these, spaced out or not."""
    return "(?:" + "|".join(_GAP.join(map(re.escape, word)) for word in words) + ")"


_STAR = "[★☆✩✭✯⋆⭐🌟]"
_SIGN = "[*※〓\u2500-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
_GRADES = ("绝密", "机密", "秘密")
_GRADE = f"[绝机秘]{_GAP}密"
_TERM = "(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:年|个月)|长期)"
_TERM_BEHIND = rf"[-·:：（(]?{_TERM}[）)]?"
_BEFORE, _BEHIND = "(?:^|(?<=[。；：，、（〔“\n]))", "(?=$|[。；，、）〕”！\n])"
_LABEL = _any_of("密级", "保密级别", "保密等级", "秘密等级", "涉密等级", "定密")
_SECRECY = Expression(
    f"{_GRADE}级?{_SIGN}{_TERM}?|{_STAR}{_GRADE}|{_SIGN}{_GRADE}级?(?:{_SIGN}|{_BEHIND})"
    f"|{_LABEL}[：是为]?“?(?:工作)?{_GRADE}|{_GRADE}[·-]?启用前"
    f"|〔{_GRADE}[级件]?{_TERM}?〕|（{_GRADE}[级件]?{_TERM}?）"
    f"|{_BEFORE}{_GRADE}级?{_TERM_BEHIND}{_BEHIND}"
    f"|(?:^|(?<=[\n。])|(?<=[\n。]“)|(?<=^“))(?:工作)?{_GRADE}[级件]?(?=”?(?:$|[\n。]))",
)
_PAPERS = words_of(
    "内部资料 内部事项 内部文件 内部材料 内部刊物 内部参考 内部明电 内部传阅 内部掌握 内部使用"
)
_ORDERS = words_of("内部发行 仅供内部 注意保存 妥善保管 严禁公开 不得公开")
_SPREADING = words_of("外传 外泄 扩散 翻印 转载 转发 复制")
_FORBIDDEN = Expression(f"(?:不得|请勿|严禁|切勿)(?:{'|'.join(_SPREADING)})")
_INTERNAL = (
    f"(?:{_any_of(*_PAPERS)}|{_any_of(*_ORDERS)}{_any_of('使用', '参考', '传阅', '掌握', '')}"
    f"|{_FORBIDDEN.pattern})"
)
_INTERNAL_MARK = Expression(
    rf"(?:^|(?<=[。；（〔“★\n]))，*({_INTERNAL}(?:[，；：·、]*{_INTERNAL})*)(?=$|[。；）〕”！★\n])"
)
_ATTRIBUTE = Expression(
    f"(?=[此本〔内公])(?:(?:^|(?<=[。；，：（〔“\n]))[此本](?:文|件|文件|资料|材料)(?:内容)?(?:不|不予|不宜|暂不|不得|不能)(?:对外|主动)*"
    f"(?:公开|公布|发布){_BEHIND}"
    rf"|〔内部〕|(?:^|(?<=[。；\n]))内部{_STAR}{_TERM}?{_BEHIND}"
    r"|(?:^|(?<=[。；（〔\n]))公开(?:属性|方式|类别|形式)[：:](?:不予|不宜|暂不|不)公开(?=$|[。；）〕\n]))"
)
_FACILITY = Expression(r"(?:仅供)?内部(?:使用|参考|传阅|掌握)+|妥善保管|注意保存|[不严][得禁]公开")
_HAN_BEFORE_QUOTE = Expression("[\u4e00-\u9fff]“$")


def secrecy_marks(folded: Folded) -> Iterator[Passage]:
    """Marks such as 机密★5年, 密级：秘密, （秘密） and 绝密 on a line of its own."""
    if "密" not in folded.text or not _may_hold(folded.text, _GRADES):
        return
    for found in _SECRECY.finditer(folded.text):
        if not _is_spoken_of(folded.text, found.start()):
            yield Passage(*found.span())


def internal_marks(folded: Folded) -> Iterator[Passage]:
    """Marks such as 内部资料，不得外传 or 此件不公开 that make up a whole clause, bracket or line.

    Not sure where the words may as well describe a thing: a computer （仅供内部使用）.
    """
    text = folded.text
    for found in _INTERNAL_MARK.finditer(text):
        start, end = found.span(1)
        if not _is_spoken_of(text, start):
            line = around(text, start, end, PARAGRAPH)[0]
            alone = text[line:start].strip("（〔“★") == ""
            yield Passage(start, end, sure=alone or _FACILITY.fullmatch(found[1]) is None)
    for found in _ATTRIBUTE.finditer(text):
        if not _is_spoken_of(text, found.start()):
            yield Passage(*found.span())


def may_be_internal(text: str) -> bool:
    """False if a folded text surely has no mark of internal use: most have none of the words."""
    return (
        _may_hold(text, (*_PAPERS, *_ORDERS))
        or _FORBIDDEN.search(text) is not None
        or _ATTRIBUTE.search(text) is not None
    )


def _may_hold(text: str, words: Iterable[str]) -> bool:
    """False if there surely is none of these words, spaced out or not."""
    closed_up = _FILLED.sub("", text)
    return any(word in closed_up for word in words)


def _is_spoken_of(text: str, start: int) -> bool:
    """True within quotation marks behind other words: 标注“内部资料”的文件."""
    return _HAN_BEFORE_QUOTE.search(text[max(0, start - 2) : start]) is not None
