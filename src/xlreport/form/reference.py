"""A form's reference in Markdown, for people: every field and indicator, every check.

It is the form's README.md and what `xlreport form show` prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlreport.finding import SEVERITY_WORDS
from xlreport.form.model import Check, Fact, Field, Fields, Form, Grid, Kind, Line, Listing, Section

_KINDS = {
    Kind.TEXT: "文字",
    Kind.PROSE: "段落",
    Kind.COUNT: "整数",
    Kind.AMOUNT: "小数",
    Kind.YEAR: "年份",
    Kind.DATE: "日期",
    Kind.CHOICE: "选项",
    Kind.CONFIRM: "是/否",
}
_LINES = {"row": "逐行", "column": "逐列"}


def reference(form: Form) -> str:
    """The whole reference; the same form gives the same text."""
    return "\n".join(_lines(form)).rstrip() + "\n"


def years_served(form: Form) -> str:
    """`2021 年及以后`, `2019—2020 年`."""
    first, last = form.years
    if last is None:
        return f"{first} 年及以后"
    return f"{first} 年" if first == last else f"{first}—{last} 年"


def _lines(form: Form) -> Iterator[str]:
    yield f"# {form.title}（{form.edition} 版）"
    yield ""
    yield f"<!-- 由程序生成：xlreport form show {form.id} -->"
    yield ""
    yield f"报表 `{form.id}`，适用于 {years_served(form)}。"
    yield ""
    for section in form.sections:
        yield from _section(section)
    yield f"## 校验规则（{len(form.checks)} 条）"
    yield ""
    for check in form.checks:
        yield from _check(check)
    if form.facts:
        yield f"## 文字中的数字（{len(form.facts)} 种说法）"
        yield ""
        yield "单位自己写的文字中出现这些说法的，其中的数字应与表中一致；没有公式的只用来分辨说法，不核对。"
        yield ""
        head = ("代码", "程度", "说的是什么", "应等于")
        yield from _table(head, [_fact(fact) for fact in form.facts])


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    yield ""
    if section.intro:
        yield section.intro
        yield ""
    for block in section.blocks:
        if isinstance(block, Fields):
            yield f"### `{block.name}`{_titled(block.title)}"
            yield ""
            yield from _fields(block.fields)
        elif isinstance(block, Listing):
            yield f"### `{block.name}`{_titled(block.title)}（清单，{block.rows} 行）"
            yield ""
            yield from _fields(block.columns)
        else:
            yield from _grid(block)


def _titled(title: str) -> str:
    return f" {title}" if title else ""


def _fields(fields: Iterable[Field]) -> Iterator[str]:
    rows = [(f"`{f.name}`", f.label, _kind(f), "必填" if f.required else "选填", f.help) for f in fields]
    yield from _table(("名称", "项目", "内容", "要求", "填报口径"), rows)


def _kind(field: Field) -> str:
    words = _KINDS[field.kind]
    if field.options:
        return "、".join(f"{option.label} `{option.name}`" for option in field.options)
    if field.kind is Kind.AMOUNT:
        words = f"最多 {field.places} 位小数"
    if field.max_length > 0:
        words = f"{words}，最多 {field.max_length} 字"
    if field.unit:
        words = f"{words}（{field.unit}）"
    return f"{words}，合计由公式计算" if field.total else words


def _grid(grid: Grid) -> Iterator[str]:
    unit = f"，单位：{grid.unit}" if grid.unit else ""
    yield f"### `{grid.name}`{_titled(grid.title or grid.caption)}"
    yield ""
    yield f"{len(grid.rows)} 行 × {len(grid.columns)} 列{unit}。"
    yield ""
    yield from _table(("行", "标签", "公式", "填报口径"), [_line(line) for line in grid.rows])
    yield from _table(("列", "标签", "公式", "填报口径"), [_line(line) for line in grid.columns])


def _line(line: Line) -> tuple[str, ...]:
    return f"`{line.name}`", " / ".join(line.label), f"`{line.formula}`" if line.formula else "", line.help


def _check(check: Check) -> Iterator[str]:
    yield f"### {check.code}（{SEVERITY_WORDS[check.severity]}）"
    yield ""
    where = f"`{check.grid}` {_LINES.get(check.each, '')}：" if check.each else ""
    yield f"- 规则：{where}`{_one_line(check.expect)}`"
    if check.when:
        yield f"- 适用：`{_one_line(check.when)}`"
    yield f"- 提示：{check.message}"
    yield f"- 改法：{check.fix}"
    if check.source:
        yield f"- 依据：{check.source}"
    yield ""


def _fact(fact: Fact) -> tuple[str, ...]:
    figures = "0，即 " if fact.zero else ""
    equals = figures + " 或 ".join(f"`{formula}`" for formula in fact.equals) if fact.equals else "–"
    return fact.code, SEVERITY_WORDS[fact.weight], fact.title, equals


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield "| " + " | ".join(_one_line(text).replace("|", "\\|") for text in row) + " |"
    yield ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
