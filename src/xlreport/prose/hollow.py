"""Texts that say nothing: 无, 略, 同上, 见附件, and what is typed to fill a cell: 测试测试, aaaa."""

from __future__ import annotations

from xlreport.prose.expression import Expression

_WORDS = Expression(r"[\W_]+")
_NOTHING = Expression(
    r"(?:本年度?|目前|现)?(?:暂时?|尚|均|都)?(?:无|没有|没|不存在|未发现|暂未发现|不涉及|未涉及|不适用|未开展|无变化)"
    r"(?:此项|此类|相关|其他|其它|明显|突出|上述|任何)?(?:情况|内容|事项|问题|工作|信息|变化)?"
    r"|略|同上|同前|同上年|同去年|见上|如上|正常|良好|较好|很好|好|一般|是|否|有|已完成|完成|已落实|按要求落实|待定|待补充?"
    r"|待填|空|不详|详?见(?:附件|附表|下表|上表|表[一二三四]|网站|上文|前文|正文)"
)
_FILLER = Expression(
    r"(?:测试|试填|示例|样例|范文|占位|待(?:补充?|定|填写?|完善|更新)|内容|文字|文本|数据|此处|这里|省略|填写|输入|请|某|[a-z0-9])+"
)
_AGAIN = Expression(r"(.{1,12}?)\1{2,}")
_LEAST = 4
"""Chinese characters or other letters of the shortest sentence."""


def is_bare(text: str) -> bool:
    """True for one word, a word of denial or a reference in place of a folded text."""
    words = _WORDS.sub("", text)
    return len(words) < _LEAST or _NOTHING.fullmatch(words) is not None


def says_nothing(text: str) -> bool:
    """True for a bare text, or for a filler in its place."""
    words = _WORDS.sub("", text)
    if is_bare(text):
        return True
    return _FILLER.fullmatch(words) is not None or _AGAIN.fullmatch(words) is not None
