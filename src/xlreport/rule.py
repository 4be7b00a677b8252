"""Rules: what findings are made from. The program's own are in the table below.

What a form declares in checks.toml and facts.toml gives rules of the same kind (`Check.rule`, `Fact.rule`).
Which function makes the findings of a rule, and in which order they run, is said in `verify/registry.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from xlreport.finding import SEVERITY_WORDS, Finding, Severity
from xlreport.frozen import frozen
from xlreport.origin import Origin
from xlreport.subject import Subject

TRIAL = "trial"
STATE_WORDS: Mapping[str, str] = {TRIAL: "试行", **SEVERITY_WORDS}
TEXTS = "文字部分"
"""What rules on texts are about, as a clerk calls it."""


@frozen
class Rule:
    """What one code stands for.

    `severity` is that of its findings unless they say otherwise. A unit can explain the warnings of an
    `answerable` rule on the 校验 sheet; `about` is the part of the workbook that is named there, ""
    where a unit says who it is. A rule on `trial` gives notes only, and they say so.

    What a finding of a rule that `doubts` is about is not to be relied on: rules that measure others by it
    wait. An error of one that is `final` is the last word, as all others would only echo it. Findings of one
    that is `year_on_year` say which of last year's workbooks they compare with. One that tells of a
    `breakdown` says that xlreport itself failed on the file.
    """

    code: str
    title: str
    severity: Severity
    answerable: bool = False
    about: str = ""
    trial: bool = False
    doubts: bool = False
    final: bool = False
    year_on_year: bool = False
    breakdown: bool = False

    @property
    def weight(self) -> Severity:
        """How much its findings weigh: on trial never more than a note."""
        return Severity.NOTE if self.trial else self.severity

    @property
    def state(self) -> str:
        """Where the rule stands in its life: trial, note, warning or error."""
        return TRIAL if self.trial else self.severity.value

    def finding(
        self,
        message: str,
        fix: str,
        subject: Subject | str = "",
        origin: Origin | None = None,
        *,
        sheet: str = "",
        severity: Severity | None = None,
        expected: str = "",
        found: str = "",
        file: str = "",
        cells: tuple[str, ...] = (),
    ) -> Finding:
        """A finding of this rule. It stands where `origin` says, or is about a whole `sheet`."""
        return Finding(
            self.code,
            severity or self.weight,
            f"（{STATE_WORDS[TRIAL]}）{message}" if self.trial else message,
            fix,
            subject,
            origin.sheet if origin else sheet,
            origin.cell if origin else "",
            expected,
            found,
            file,
            cells=cells,
        )


OWN_RULES = (
    Rule("WBK001", "文件打不开", Severity.ERROR),
    Rule("WBK002", "不是本工具生成的工作簿", Severity.ERROR),
    Rule("WBK003", "没有对应的报表定义", Severity.ERROR),
    Rule("WBK004", "模板版本与现行报表定义不同", Severity.ERROR, final=True),
    Rule("WBK005", "报表版本不适用于该年度", Severity.ERROR, doubts=True),
    Rule("WBK006", "文件内的标识损坏", Severity.ERROR),
    Rule("WBK010", "缺少工作表", Severity.ERROR),
    Rule("WBK011", "工作表被改名", Severity.ERROR),
    Rule("WBK012", "行或列被移动", Severity.ERROR),
    Rule("WBK013", "行或列缺失", Severity.ERROR),
    Rule("WBK014", "多出工作表", Severity.NOTE),
    Rule("WBK020", "公式被数值替换", Severity.ERROR),
    Rule("WBK021", "公式被改动", Severity.ERROR),
    Rule("WBK022", "公式结果未更新", Severity.WARNING),
    Rule("WBK023", "表样文字被改动", Severity.ERROR),
    Rule("WBK024", "工作表保护被取消", Severity.WARNING),
    Rule("WBK025", "表外填写了内容", Severity.ERROR),
    Rule("WBK026", "封面与文件标识不一致", Severity.ERROR, answerable=True, doubts=True),
    Rule("WBK027", "同一单位报来多份", Severity.WARNING),
    Rule("WBK028", "两个单位用了同一机关代码", Severity.WARNING),
    Rule("WBK030", "文件里有宏", Severity.NOTE),
    Rule("WBK031", "文件引用了其他文件或程序", Severity.WARNING),
    Rule("WBK032", "文件里有批注、图片等不进入报告的内容", Severity.NOTE),
    Rule("WBK033", "工作表、行或列被隐藏", Severity.NOTE),
    Rule("WBK034", "填写格被合并", Severity.ERROR),
    Rule("WBK035", "文件名与内容的年度不符", Severity.WARNING),
    Rule("WBK036", "看到的与读到的不同", Severity.WARNING),
    Rule("WBK040", "单位不在名单里", Severity.WARNING),
    Rule("WBK041", "汇总不完整", Severity.ERROR),
    Rule("WBK042", "汇总的数经过调整", Severity.NOTE),
    Rule("VAL001", "数字格内填了文字", Severity.ERROR),
    Rule("VAL002", "写法不规范，已按数字识别", Severity.NOTE),
    Rule("VAL003", "出现负数", Severity.ERROR),
    Rule("VAL004", "件数不是整数", Severity.ERROR),
    Rule("VAL005", "小数位数过多", Severity.ERROR),
    Rule("VAL006", "单元格是错误值", Severity.ERROR),
    Rule("VAL007", "数字过大", Severity.ERROR),
    Rule("VAL008", "不在可选项内", Severity.ERROR),
    Rule("VAL009", "日期写法不能识别", Severity.ERROR),
    Rule("VAL010", "应填未填", Severity.ERROR),
    Rule("VAL011", "文字过长", Severity.ERROR),
    Rule("VAL012", "清单一行只填了一部分", Severity.ERROR),
    Rule("VAL013", "填写格里是公式", Severity.ERROR),
    Rule("VAL014", "写法与规定的样式不符", Severity.WARNING, answerable=True),
    Rule("VAL015", "日期或年份不在合理的范围", Severity.WARNING, answerable=True),
    Rule("VAL016", "几处不应相同的填写相同", Severity.WARNING, answerable=True),
    Rule("VAL017", "各项填写互相矛盾", Severity.WARNING, answerable=True),
    Rule("VAL018", "填的不是实际内容", Severity.ERROR),
    Rule("VAL019", "清单中同一类别填了不止一行", Severity.ERROR),
    Rule("VAL020", "清单中有合计行或“其中”行", Severity.ERROR),
    Rule("VAL021", "代码存成了数字", Severity.NOTE),
    Rule("RPT001", "报告里缺少表格", Severity.ERROR),
    Rule("RPT002", "报告的表格缺少行或列", Severity.ERROR),
    Rule("RPT003", "报告中的数字不能确认", Severity.ERROR),
    Rule("RPT004", "报告的表格没有合计可以验算", Severity.NOTE),
    Rule("RPT005", "报告的格式不适用于该年度", Severity.ERROR),
    Rule("RPT006", "报告用符号表示零", Severity.NOTE),
    Rule("RPT007", "报告里的文字没有对应的栏目", Severity.NOTE),
    Rule("RPT008", "内容取自发布的报告", Severity.NOTE),
    Rule("RPT009", "一个文件里有几份报告", Severity.ERROR),
    Rule("FIG001", "合计与分项之和不符", Severity.ERROR),
    Rule("YOY901", "没有找到上年的工作簿", Severity.NOTE),
    Rule("YOY902", "上年的工作簿没有通过核对", Severity.WARNING),
    Rule("YOY903", "上年有多份工作簿对得上", Severity.WARNING),
    Rule("YOY904", "预填的上年数据被改动", Severity.ERROR),
    Rule("YOY905", "与上年的数字只差相邻两位互换", Severity.NOTE, year_on_year=True),
    Rule("YOY906", "与上年相比全部错开一列或一行", Severity.WARNING, year_on_year=True),
    Rule("YOY907", "机关代码上年是另一单位的", Severity.WARNING, answerable=True),
    Rule("YOY908", "单位名称与上年只差一个字", Severity.WARNING, answerable=True),
    Rule("YOY909", "机构变动与上年的工作簿不符", Severity.WARNING, answerable=True),
    Rule("TXT001", "文字中的年份与报告年度不符", Severity.WARNING, answerable=True, about=TEXTS),
    Rule("TXT002", "文字中留有格式文件的说明语", Severity.ERROR),
    Rule("TXT003", "文字部分只有一个词或没有实际内容", Severity.ERROR),
    Rule("TXT004", "序号跳号、重复或混用", Severity.WARNING, answerable=True, about=TEXTS),
    Rule("TXT005", "文号有误或已被替代", Severity.ERROR),
    Rule("TXT006", "写的是上级或其他范围的工作", Severity.WARNING, answerable=True, about=TEXTS),
    Rule("TXT007", "中文中夹有半角标点", Severity.NOTE),
    Rule("TXT008", "字词重复", Severity.WARNING, answerable=True, about=TEXTS),
    Rule("TXT009", "与上年报告的文字大段相同", Severity.WARNING, True, TEXTS, year_on_year=True),
    Rule("TXT010", "与其他单位报告的文字大段相同", Severity.WARNING),
    Rule("TXT011", "同一数量前后说法不一", Severity.WARNING, answerable=True, about=TEXTS),
    Rule("TXT012", "分项之和大于总数", Severity.ERROR),
    Rule("TXT013", "分项之和与总数不符", Severity.WARNING, answerable=True, about=TEXTS),
    Rule("TXT014", "增长率与两年数字不符", Severity.WARNING, answerable=True, about=TEXTS, year_on_year=True),
    Rule("TXT015", "占比与数字不符", Severity.WARNING, answerable=True, about=TEXTS),
    Rule("TXT016", "计量单位不合习惯", Severity.NOTE),
    Rule("TXT017", "用词不规范", Severity.WARNING, answerable=True, about=TEXTS),
    Rule("TXT018", "报告的各部分没有列全", Severity.ERROR),
    Rule("TXT019", "文字写的事，表里说没有", Severity.WARNING, answerable=True, about=TEXTS),
    Rule("TXT020", "文字中的月份（季度、半年）与所报的不符", Severity.WARNING),
    Rule("PUB001", "文字中有身份证号码", Severity.ERROR),
    Rule("PUB002", "文字中有手机号码", Severity.ERROR),
    Rule("PUB003", "文字中有银行卡号", Severity.ERROR),
    Rule("PUB004", "文字中有密级标志", Severity.ERROR),
    Rule("PUB005", "文字中有内部资料标志", Severity.ERROR),
    Rule("PUB006", "文件名或工作表名里有个人号码或密级标志", Severity.ERROR),
    Rule("PUB007", "文件属性里有个人号码或密级标志", Severity.WARNING),
    Rule("SYS001", "校验规则自身有误，与填报单位无关", Severity.WARNING),
    Rule("SYS002", "本工具处理该文件时出错，与填报单位无关", Severity.ERROR, breakdown=True),
    Rule("SYS003", "报告文件没有生成，与填报单位无关", Severity.WARNING, breakdown=True),
    Rule("SYS004", "处理该文件超时", Severity.ERROR, breakdown=True),
    Rule("SYS005", "处理该文件用的内存过多", Severity.ERROR, breakdown=True),
    Rule("SYS006", "PDF 中有字显示为空框，与填报单位无关", Severity.WARNING),
)
"""The program's own rules. Codes are never reused, by no form either.

Answerable are those that a unit knows the answer to: not what the office itself has to settle (what became of
last year's workbooks, returns that came twice, texts that two units share).
"""

_BY_CODE = {rule.code: rule for rule in OWN_RULES}


def own_rule(code: str) -> Rule:
    """The rule of the program's own with that code. Raises KeyError."""
    return _BY_CODE[code]


def is_breakdown(code: str) -> bool:
    """True for a code by which xlreport says that it failed itself."""
    return code in _BY_CODE and _BY_CODE[code].breakdown
