"""The list of units as a workbook that says what belongs in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from xlreport.form.field import Field
from xlreport.form.model import Form
from xlreport.roster.cells import choices_of
from xlreport.roster.headings import ListColumn
from xlreport.roster.line import ListedUnit
from xlreport.tables.guided_list import Column, guided_list

_HELP: Mapping[ListColumn, tuple[int, str]] = {
    ListColumn.UNIT: (30, "单位全称，与印章一致。只有这一列必填；一个单位一行。"),
    ListColumn.SHORT: (14, "平时怎样称呼，如“水务局”。各单位的简称不要相同。"),
    ListColumn.CODE: (22, "汇总机关分配的代码，或统一社会信用代码。各单位的代码不同。"),
    ListColumn.PARENT: (26, "由哪个单位汇总上报，填它在本名单里的名称、简称或代码；由本办公室直接收的留空。"),
    ListColumn.LEVEL: (10, "行政层级。"),
    ListColumn.TYPE: (14, "机关类型。"),
    ListColumn.SCOPE: (20, "报来的数字包括哪些机关。"),
    ListColumn.CONTACT: (12, "经办人。只用于联系，不写入报告。"),
    ListColumn.EMAIL: (28, "报表发到、收自哪个邮箱。几个单位不要共用一个。"),
    ListColumn.PHONE: (16, "联系电话。只用于联系，不写入报告和台账网页。"),
    ListColumn.DUE: (12, "报送期限，如 2024-1-20。不填的按收表设置的期限。"),
    ListColumn.VALID_FROM: (12, "从哪天起是报送单位。一直是的留空。"),
    ListColumn.VALID_TO: (12, "到哪天为止是报送单位。现在还是的留空。"),
    ListColumn.FORMER: (24, "改过名的填原来的全称，几个用顿号隔开：凭它找到上年的报表。"),
    ListColumn.MERGED_INTO: (24, "并入了本名单里的哪个单位；并入以后不再单独报送。"),
    ListColumn.EXEMPT: (24, "不用报送的，写明原因，如“垂直管理，向市局报送”。"),
}
_GUIDE = (
    "一个单位一行，只有“单位”必填，其余不清楚的留空。点选单元格会显示填什么。不要合并单元格，不要写合计；"
    "可以插入、删除整行。填好后保存，运行 xlreport round check 查对。"
)
_DAYS = (ListColumn.DUE, ListColumn.VALID_FROM, ListColumn.VALID_TO)


def guided_roster(title: str, form: Form, lines: Iterable[ListedUnit]) -> bytes:
    """The workbook with these lines."""
    choices = choices_of(form)
    columns = [
        Column(heading, help_, width, _labels(choices.get(heading)), days=heading in _DAYS)
        for heading, (width, help_) in _HELP.items()
    ]
    return guided_list(title, _GUIDE, columns, [_row(line, choices) for line in lines])


def _labels(field: Field | None) -> tuple[str, ...]:
    return tuple(field.labels.values()) if field is not None else ()


def _row(line: ListedUnit, choices: Mapping[ListColumn, Field]) -> list[str | datetime.date | None]:
    """In the order of the columns."""

    def label(heading: ListColumn, code: str) -> str:
        return choices[heading].labels.get(code, code) if heading in choices else code

    return [
        line.name,
        line.short,
        line.unit.code,
        line.parent,
        label(ListColumn.LEVEL, line.level),
        label(ListColumn.TYPE, line.type),
        label(ListColumn.SCOPE, line.scope),
        line.contact,
        "；".join(line.emails),
        line.phone,
        line.due,
        line.valid_from,
        line.valid_to,
        "、".join(line.former),
        line.merged_into,
        line.exempt,
    ]
