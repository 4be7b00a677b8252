"""The headings of a list of units, and finding them in a sheet: in any order, some rows down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from xlreport.cleaning import clean, squeezed
from xlreport.formats.snapshot import Raw, SheetSnapshot
from xlreport.frozen import frozen


class ListColumn(StrEnum):
    """What a column of the list says. Only 单位 has to be there."""

    UNIT = "单位"
    SHORT = "简称"
    CODE = "机关代码"
    PARENT = "上级"
    LEVEL = "层级"
    TYPE = "类型"
    SCOPE = "统计范围"
    CONTACT = "联系人"
    EMAIL = "邮箱"
    PHONE = "电话"
    DUE = "期限"
    VALID_FROM = "有效期起"
    VALID_TO = "有效期止"
    FORMER = "曾用名"
    MERGED_INTO = "并入"
    EXEMPT = "免报原因"


_OTHER_WORDS: Mapping[ListColumn, str] = {
    ListColumn.UNIT: "单位名称 单位全称 填报单位 报送单位 机关全称 机关名称 全称",
    ListColumn.SHORT: "单位简称 机关简称",
    ListColumn.CODE: "代码 单位代码 机构代码 统一社会信用代码",
    ListColumn.PARENT: "上级单位 上级机关 主管单位 主管部门",
    ListColumn.LEVEL: "机关层级 行政层级",
    ListColumn.TYPE: "机关类型 单位类型",
    ListColumn.SCOPE: "统计口径 口径",
    ListColumn.CONTACT: "经办人 填报人 联络员",
    ListColumn.EMAIL: "电子邮箱 邮箱地址 电子邮件 E-mail Email",
    ListColumn.PHONE: "联系电话 办公电话 手机 手机号 手机号码",
    ListColumn.DUE: "报送期限 截止日期 报送截止日期",
    ListColumn.VALID_FROM: "有效期开始 成立日期",
    ListColumn.VALID_TO: "有效期结束 撤销日期",
    ListColumn.FORMER: "原名称 原单位名称",
    ListColumn.MERGED_INTO: "并入单位",
    ListColumn.EXEMPT: "免报 不报原因",
}
_BY_WORD = {word.casefold(): heading for heading, words in _OTHER_WORDS.items() for word in words.split()}
_ASIDE = re.compile(r"\(.*?\)|[*:]")
"""What offices add to a heading: （必填）, a star, a colon."""
_DEPTH = 30
"""Rows from the top in which the headings may stand."""


@frozen
class Head:
    """The row of the headings (0-based), the column of each, the unused ones, and those that stand twice."""

    row: int
    columns: Mapping[ListColumn, int]
    unused: tuple[str, ...]
    twice: tuple[ListColumn, ...]


def find_head(sheet: SheetSnapshot) -> Head | None:
    """The row with the most headings, 单位 among them; the upper of two alike. None where there is none."""
    heads = [_head(number, row) for number, row in enumerate(sheet.rows[:_DEPTH])]
    return max(
        (head for head in heads if ListColumn.UNIT in head.columns),
        key=lambda h: len(h.columns),
        default=None,
    )


def _head(number: int, row: Sequence[Raw]) -> Head:
    """Our own words go before other words for the same; of several other words the first counts."""
    found = list(_headings(row))
    columns: dict[ListColumn, int] = {}
    for column, heading, _ in sorted(found, key=lambda entry: not entry[2]):
        columns.setdefault(heading, column)
    own = [heading for _, heading, is_own in found if is_own]
    known = {column for column, *_ in found}
    unused = tuple(clean(str(raw)) for column, raw in enumerate(row) if raw != "" and column not in known)
    return Head(number, columns, unused, tuple(dict.fromkeys(h for h in own if own.count(h) > 1)))


def _headings(row: Sequence[Raw]) -> Iterator[tuple[int, ListColumn, bool]]:
    """Column, heading, and whether it is called by our own word."""
    for column, raw in enumerate(row):
        if not isinstance(raw, str):
            continue
        word = _ASIDE.sub("", squeezed(clean(raw)))
        if word in set(ListColumn):
            yield column, ListColumn(word), True
        elif word.casefold() in _BY_WORD:
            yield column, _BY_WORD[word.casefold()], False
