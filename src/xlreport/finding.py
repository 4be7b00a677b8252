"""Findings: one thing wrong or noteworthy each, and the catalogue of their codes.

A finding is a value. Sorting, counting and printing are functions over it; the words for a
clerk are Chinese and are written where the finding is made, by the gate that knows both sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error sends the return back, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Status(StrEnum):
    """What becomes of a return. Warnings and notes never hold one back."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    UNREADABLE = "unreadable"


SEVERITY_WORDS: dict[str, str] = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "提示"}
STATUS_WORDS: dict[str, str] = {
    Status.ACCEPTED: "通过",
    Status.RETURNED: "退回",
    Status.UNREADABLE: "无法读取",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or noteworthy in a return.

    `subject` is symbolic and survives moved rows (`requests[carried_over,natural_person]`);
    `sheet` and `cell` name the cell to edit (`C6`), `expected` and `found` the two sides as text.
    """

    code: str
    severity: Severity
    message: str
    fix: str = ""
    subject: str = ""
    sheet: str = ""
    cell: str = ""
    expected: str = ""
    found: str = ""
    file: str = ""

    @property
    def id(self) -> str:
        """Stable across runs and layouts: the code and what it is about."""
        return f"{self.code}:{self.subject}"


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of the catalogue: what a code means, for people who read findings by program."""

    title: str
    severity: Severity


# Codes are never reused. A form's own checks carry the codes of its checks.toml.
CATALOGUE: dict[str, Code] = {
    "WBK001": Code("文件打不开", Severity.ERROR),
    "WBK002": Code("不是本工具生成的工作簿", Severity.ERROR),
    "WBK003": Code("没有对应的报表定义", Severity.ERROR),
    "WBK004": Code("模板版本与现行报表定义不同", Severity.ERROR),
    "WBK005": Code("报表版本不适用于该年度", Severity.ERROR),
    "WBK006": Code("文件内的标识损坏", Severity.ERROR),
    "WBK010": Code("缺少工作表", Severity.ERROR),
    "WBK011": Code("工作表被改名", Severity.ERROR),
    "WBK012": Code("行或列被移动", Severity.ERROR),
    "WBK013": Code("行或列缺失", Severity.ERROR),
    "WBK014": Code("多出工作表", Severity.NOTE),
    "WBK020": Code("公式被数值替换", Severity.ERROR),
    "WBK021": Code("公式被改动", Severity.ERROR),
    "WBK022": Code("公式结果未更新", Severity.WARNING),
    "WBK023": Code("表样文字被改动", Severity.ERROR),
    "WBK024": Code("工作表保护被取消", Severity.WARNING),
    "WBK025": Code("表外填写了内容", Severity.ERROR),
    "WBK026": Code("封面与文件标识不一致", Severity.ERROR),
    "WBK027": Code("同一单位报来多份", Severity.WARNING),
    "VAL001": Code("数字格内填了文字", Severity.ERROR),
    "VAL002": Code("写法不规范，已按数字识别", Severity.NOTE),
    "VAL003": Code("出现负数", Severity.ERROR),
    "VAL004": Code("件数不是整数", Severity.ERROR),
    "VAL005": Code("小数位数过多", Severity.ERROR),
    "VAL006": Code("单元格是错误值", Severity.ERROR),
    "VAL007": Code("数字过大", Severity.ERROR),
    "VAL008": Code("不在可选项内", Severity.ERROR),
    "VAL009": Code("日期写法不能识别", Severity.ERROR),
    "VAL010": Code("应填未填", Severity.ERROR),
    "VAL011": Code("文字过长", Severity.ERROR),
    "VAL012": Code("清单一行只填了一部分", Severity.ERROR),
    "VAL013": Code("填写格里是公式", Severity.ERROR),
    "FIG001": Code("合计与分项之和不符", Severity.ERROR),
    "SYS001": Code("校验规则自身有误，与填报单位无关", Severity.WARNING),
    "SYS002": Code("本工具处理该文件时出错，与填报单位无关", Severity.ERROR),
    "SYS003": Code("报告文件没有生成，与填报单位无关", Severity.WARNING),
}


def count_by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Counts under the keys "error", "warning", "note"; every key is present."""
    counts = {severity.value: 0 for severity in Severity}
    for finding in findings:
        counts[finding.severity.value] += 1
    return counts


def has_errors(findings: Iterable[Finding]) -> bool:
    """True if any finding sends the return back."""
    return any(finding.severity is Severity.ERROR for finding in findings)
