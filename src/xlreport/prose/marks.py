"""Marks of secrecy and of internal use: stamped on a text, as against words that speak of them.

“属于国家秘密的不予公开” speaks of secrets; “机密★5年” is a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.prose.alphabet import Folded
from xlreport.prose.passage import Passage
from xlreport.prose.sentences import PARAGRAPH, around

_GRADE = "(?:绝密|机密|秘密)"
_TERM = "(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:年|个月)|长期)?"
_SECRECY = re.compile(
    f"{_GRADE}级?[★☆✩*]{_TERM}|[★☆✩]{_GRADE}|(?:密级|保密级别|秘密等级)[：是为]?{_GRADE}"
    f"|[〔（]{_GRADE}[级件]?{_TERM}[〕）]|^{_GRADE}[级件]?{_TERM}$",
    re.MULTILINE,
)
_INTERNAL = (
    r"(?:内部(?:资料|文件|材料|刊物|参考|明电|传阅|掌握|使用)|仅供内部(?:使用|参考|传阅|掌握)?(?:使用)?"
    r"|(?:不得|请勿|严禁)外传|注意保存|妥善保管)"
)
_INTERNAL_MARK = re.compile(
    rf"(?:^|(?<=[。；（〔\n]))，*({_INTERNAL}(?:[，；：·]*{_INTERNAL})*)(?=$|[。；）〕！\n])"
)
_FACILITY = re.compile(r"(?:仅供)?内部(?:使用|参考|传阅|掌握)+|妥善保管|注意保存")


def secrecy_marks(folded: Folded) -> Iterator[Passage]:
    """Marks such as 机密★5年, 密级：秘密, （秘密） and 绝密 on a line of its own."""
    for found in _SECRECY.finditer(folded.text):
        yield Passage(*found.span())


def internal_marks(folded: Folded) -> Iterator[Passage]:
    """Marks such as 内部资料，不得外传 that make up a whole clause, bracket or line.

    Not sure where the words may as well describe a thing: a computer （仅供内部使用）.
    """
    text = folded.text
    for found in _INTERNAL_MARK.finditer(text):
        start, end = found.span(1)
        line = around(text, start, end, PARAGRAPH)[0]
        alone = text[line:start].strip("（〔") == ""
        yield Passage(start, end, sure=alone or _FACILITY.fullmatch(found[1]) is None)
