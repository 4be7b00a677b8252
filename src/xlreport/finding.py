"""Findings: one thing wrong or noteworthy each, and the catalogue of their codes.

A finding is a value. Sorting, counting and printing are functions over it; the words for a
clerk are Chinese and are written where the finding is made, by the gate that knows both sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from xlreport.subject import Subject


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
EXPLAINED_WORDS = "已说明"
STATUS_WORDS: dict[str, str] = {
    Status.ACCEPTED: "通过",
    Status.RETURNED: "退回",
    Status.UNREADABLE: "无法读取",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or noteworthy in a return.

    `subject` is symbolic and survives moved rows: a value (`requests[carried_over,natural_person]`), a
    place in a text, or where the file itself is at fault the template's name of a sheet or of a part of it;
    `sheet` and `cell` name the cell to edit (`C6`), `expected` and `found` the two sides as text.
    `explanation` is what the unit answers to a warning on the 校验 sheet. `cells` are all the cells meant
    where one finding speaks of several; `cell` is the first of them.
    """

    code: str
    severity: Severity
    message: str
    fix: str = ""
    subject: Subject | str = ""
    sheet: str = ""
    cell: str = ""
    expected: str = ""
    found: str = ""
    file: str = ""
    explanation: str = ""
    cells: tuple[str, ...] = ()

    @property
    def explained(self) -> bool:
        """True for a warning that the unit has answered. Errors cannot be explained away."""
        return self.severity is Severity.WARNING and bool(self.explanation)

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
    "WBK030": Code("文件里有宏", Severity.NOTE),
    "WBK031": Code("文件引用了其他文件或程序", Severity.WARNING),
    "WBK032": Code("文件里有批注、图片等不进入报告的内容", Severity.NOTE),
    "WBK033": Code("工作表、行或列被隐藏", Severity.NOTE),
    "WBK034": Code("填写格被合并", Severity.ERROR),
    "WBK035": Code("文件名与内容的年度不符", Severity.WARNING),
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
    "YOY901": Code("没有找到上年的工作簿", Severity.NOTE),
    "YOY902": Code("上年的工作簿没有通过核对，未用于比对", Severity.WARNING),
    "YOY903": Code("上年有多份工作簿对得上", Severity.WARNING),
    "YOY904": Code("预填的上年数据被改动", Severity.ERROR),
    "YOY905": Code("与上年的数字只差相邻两位互换", Severity.NOTE),
    "YOY906": Code("与上年相比全部错开一列或一行", Severity.WARNING),
    "TXT001": Code("文字中的年份与报告年度不符", Severity.WARNING),
    "TXT002": Code("文字中留有格式文件的说明语", Severity.ERROR),
    "TXT003": Code("文字部分只有一个词或没有实际内容", Severity.ERROR),
    "TXT004": Code("序号跳号、重复或混用", Severity.WARNING),
    "TXT005": Code("文号有误或已被替代", Severity.ERROR),
    "TXT006": Code("写的是上级或其他范围的工作", Severity.WARNING),
    "TXT007": Code("中文中夹有半角标点", Severity.NOTE),
    "TXT008": Code("字词重复", Severity.WARNING),
    "TXT009": Code("与上年报告的文字大段相同", Severity.WARNING),
    "TXT010": Code("与其他单位报告的文字大段相同", Severity.WARNING),
    "TXT011": Code("同一数量前后说法不一", Severity.WARNING),
    "TXT012": Code("分项之和大于总数", Severity.ERROR),
    "TXT013": Code("分项之和与总数不符", Severity.WARNING),
    "TXT014": Code("增长率与两年数字不符", Severity.WARNING),
    "TXT015": Code("占比与数字不符", Severity.WARNING),
    "TXT016": Code("计量单位不合习惯", Severity.NOTE),
    "TXT017": Code("用词不规范", Severity.WARNING),
    "TXT018": Code("六个部分没有列全", Severity.ERROR),
    "PUB001": Code("文字中有身份证号码", Severity.ERROR),
    "PUB002": Code("文字中有手机号码", Severity.ERROR),
    "PUB003": Code("文字中有银行卡号", Severity.ERROR),
    "PUB004": Code("文字中有密级标志", Severity.ERROR),
    "PUB005": Code("文字中有内部资料标志", Severity.ERROR),
    "SYS001": Code("校验规则自身有误，与填报单位无关", Severity.WARNING),
    "SYS002": Code("本工具处理该文件时出错，与填报单位无关", Severity.ERROR),
    "SYS003": Code("报告文件没有生成，与填报单位无关", Severity.WARNING),
    "SYS004": Code("处理该文件超时", Severity.ERROR),
    "SYS005": Code("处理该文件用的内存过多", Severity.ERROR),
}


def count_by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Counts under the keys "error", "warning", "note"; every key is present.

    A warning that the unit has answered is no longer counted here: see `count_explained`.
    """
    counts = {severity.value: 0 for severity in Severity}
    for finding in findings:
        counts[finding.severity.value] += not finding.explained
    return counts


def count_explained(findings: Iterable[Finding]) -> int:
    """How many warnings the unit has answered."""
    return sum(finding.explained for finding in findings)


def has_errors(findings: Iterable[Finding]) -> bool:
    """True if any finding sends the return back."""
    return any(finding.severity is Severity.ERROR for finding in findings)


class UnreadableWorkbook(Exception):
    """A file that is no return of ours: the one finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding
