"""The catalogue of all rules of a form in Markdown: what each asks, why, and what it says when it fails.

The example of a rule is what it really says on the first of its cases that fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.authoring.cases import read_cases
from xlreport.authoring.reference import single_spaced, table
from xlreport.authoring.run_cases import example
from xlreport.finding import SEVERITY_WORDS, Finding
from xlreport.form.answers import has_prose
from xlreport.form.checks import Check
from xlreport.form.fact_model import Fact
from xlreport.form.model import Form
from xlreport.rule import OWN_RULES, STATE_WORDS, Rule

_LINES = {"row": "逐行", "column": "逐列"}
_FAMILIES = {
    "WBK": ("文件和表样", "表样被改动的工作簿，数字会读错位置，也不能与别的单位汇总"),
    "VAL": ("填写的内容", "空白不等于0，文字不能相加；填法不一，汇总时只能靠人去猜"),
    "FIG": ("合计", "合计由程序按分项计算，另外给出的合计只用来对照"),
    "YOY": ("与上年比对", "上年结束时的数字是今年的起点，对不上说明两年中有一年填错"),
    "TXT": ("文字", "公开后被指出的差错，多数在文字里：照抄上年、照抄格式说明、前后数字不一"),
    "PUB": ("公开前的审查", "上网信息不涉密，涉密信息不上网；个人信息一经公开就无法收回"),
    "SYS": ("程序和报表定义", "不是填报单位的问题，由报表的维护人员处理"),
}
_WORDS = ("TXT", "PUB")
"""Families that only speak of what is written in paragraphs."""


def catalogue(form: Form) -> str:
    """The whole catalogue; the same form gives the same text."""
    return "\n".join(_lines(form)).rstrip() + "\n"


def _lines(form: Form) -> Iterator[str]:
    cases = read_cases(form)
    yield f"## 校验规则（{len(form.checks)} 条）"
    yield ""
    for check in form.checks:
        yield from _declared(check, _check(check), example(form, cases, check.code))
    if form.facts:
        yield f"## 文字与数字的核对（{len(form.facts)} 条）"
        yield ""
    for fact in form.facts:
        yield from _declared(fact, _fact(fact), example(form, cases, fact.code))
    yield from _own(form)


def _declared(declared: Check | Fact, asks: Iterator[str], said: Finding | None) -> Iterator[str]:
    rule = declared.rule
    yield f"### {rule.code}（{STATE_WORDS[rule.state]}）{rule.title}"
    yield ""
    yield from asks
    if declared.why:
        yield f"- 为什么：{declared.why}"
    if declared.source:
        yield f"- 依据：{declared.source}"
    if said is not None:
        yield f"- 例子：{single_spaced(said.message)}"
    yield f"- 改法：{single_spaced(said.fix if said is not None else declared.fix)}"
    if rule.answerable:
        yield "- 说明：核对无误的，可以在“校验”表说明情况"
    yield ""


def _check(check: Check) -> Iterator[str]:
    where = f"`{check.grid}` {_LINES.get(check.each, '')}：" if check.each else ""
    yield f"- 规则：{where}`{single_spaced(check.expect)}`"
    if check.when:
        yield f"- 适用：`{single_spaced(check.when)}`"


def _fact(fact: Fact) -> Iterator[str]:
    for label, names in (("数的是", fact.object), ("说的是", fact.says)):
        if names:
            yield f"- {label}：{' 或 '.join(f'`{single_spaced(name)}`' for name in names)}"
    if fact.equals:
        yield f"- 应等于：{' 或 '.join(f'`{single_spaced(formula)}`' for formula in fact.equals)}"


def _own(form: Form) -> Iterator[str]:
    """What the program itself checks in every form, family by family."""
    answers = has_prose(form)
    yield "## 程序自带的核对"
    yield ""
    for family, (title, why) in _FAMILIES.items():
        if family in _WORDS and not answers:
            continue
        yield f"### {title}"
        yield ""
        yield f"{why}。"
        yield ""
        rules = [rule for rule in OWN_RULES if rule.code.startswith(family)]
        yield from table(("编号", "内容", "级别", "说明情况"), [_row(rule, answers) for rule in rules])


def _row(rule: Rule, answers: bool) -> tuple[str, ...]:
    answerable = "可以" if answers and rule.answerable else ""
    return rule.code, rule.title, SEVERITY_WORDS[rule.severity], answerable
