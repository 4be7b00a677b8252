"""Texts that say nothing: 无, 略, 同上, 见附件, 待补充, and what is typed to fill a cell: 测试测试, aaaa."""

from __future__ import annotations

from xlreport.expression import Expression
from xlreport.prose.letters import letters_of

_TO_COME = (
    r"(?:暂?待|稍后|以后|日后|之后|随后|后续?|另行?|尚未|暂未|未|暂不|不|再|请勿|勿)"
    r"(?:填写?|补充?|补报|报送?|定|完善|核实|核定|确认|提供|更新|录入|输入|附)"
)
_ELSEWHERE = (
    r"(?:详|具体|内容|请|可|数据|情况)?(?:见|参见|参阅|参照|同)"
    r"(?:附件|附表|附后|所附|年报|报告|word|excel|文件|官网|(?:门户)?网站|第?[一二三四五六](?:部分|项)?|图片?|表"
    r"|(?:上|下|左|右|前)[一]?[行表图文面格栏列]?|正文|表[一二三四]"
    r"|上年度?|去年|往年|(?:19|20)[0-9]{2}年度?)(?:的?(?:年度)?(?:报告|年报|情况|内容))?(?:相同|一样|一致)?"
    r"|如[上下]?[表图]?所[示述]|(?:详|请)?见(?:附件|附表|年报|word|excel).{0,20}"
    r"|[与和同](?:上年度?|去年|往年|(?:19|20)[0-9]{2}年度?)(?:相同|一样|一致|无变化)"
)
_HEADING = r"(?:存在的?(?:主要)?(?:问题|不足)|主要问题|改进(?:措施|情况))(?:(?:及|和|与)改进(?:措施|情况))?"
_SELF = r"本年度?|本部分|本项|本栏|目前|现|[我本](?:局|委|办|镇|乡|街道|单位|机关|部门)"
_IN_ORDER = (
    r"一切正常|工作(?:正常|有序|顺利)(?:开展|推进|运行)|工作(?:开展|推进|运行)(?:正常|有序|顺利|良好)"
    r"|(?:按照?(?:上级|有关|相关)?(?:要求|规定))?(?:严格)?(?:执行|完成|落实)(?:到位)?|(?:继续|进一步)(?:努力|加强)"
)
_UNDER_REVIEW = r"[待等](?:领导|上级)?审[核定批](?:后.{0,4})?|(?:领导|上级)?审核后再?(?:补充|填写|提供)"
_NOTHING = Expression(
    rf"(?:{_SELF})?(?:暂时?|尚|均|都)?(?:无|没有|没|不存在|未发现|暂未发现|不涉及|未涉及|不适用|未开展|无变化)"
    r"(?:此项|此类|该项|相关|其他|其它|明显|突出|上述|任何)?"
    r"(?:情况|内容|事项|问题|工作|信息|变化|不足|改进|改进措施|措施)?(?:发生)?"
    r"|(?:本部分|本项|此项)?略"
    r"|同上|同前|同上年|同去年|见上|如上|正常|良好|较好|很好|好|一般|是|否|有|已完成|完成|已落实|按要求落实|待定|待补充?"
    rf"|空|空白|不详|不知道|不清楚|未知|{_TO_COME}|{_ELSEWHERE}"
    rf"|{_IN_ORDER}|{_HEADING}(?:暂?无|没有|略|同上)|{_UNDER_REVIEW}"
)
_UNFINISHED = Expression(
    rf"{_TO_COME}|(?:测试|试填|示例|样例|样本|范例|范文|例子|占位符?|默认|文字|文本|内容|标题|数据|此处|这里|省略|图片|表情|正文|test)+[0-9]*"
    r"|qwert(?:y|yuiop)?|asdfg(?:hjkl)?|zxcv(?:bnm)?|fixme|[锟斤拷]{3,}|nbsp|br"
)
_FILLER = Expression(
    r"(?:测试|试填|示例|样例|范文|占位|待(?:补充?|定|填写?|完善|更新)|内容|文字|文本|数据|此处|这里|省略|填写|输入|描述|忽略|这是|一[段个些]|请|某|[a-z0-9])+"
)
_AGAIN = Expression(r"(.{1,12}?)\1{2,}")
_LEAST = 4
"""Chinese characters or other letters of the shortest sentence."""


def is_bare(text: str) -> bool:
    """True for one word, a word of denial or a reference in place of a folded text."""
    return _is_bare(letters_of(text))


def is_unfinished(text: str) -> bool:
    """True for an entry of one line that is still to be written, or typed to see: 待补充, 测试1."""
    return _UNFINISHED.fullmatch(letters_of(text)) is not None


def is_denial(text: str) -> bool:
    """True for a word of denial or a reference: 暂无, 不详, 同上, 见附件."""
    return _NOTHING.fullmatch(letters_of(text)) is not None


def says_nothing(text: str) -> bool:
    """True for a bare text, or for a filler in its place."""
    words = letters_of(text)
    return _is_bare(words) or _FILLER.fullmatch(words) is not None or _AGAIN.fullmatch(words) is not None


def _is_bare(words: str) -> bool:
    return len(words) < _LEAST or _NOTHING.fullmatch(words) is not None
