"""A form's reference in Markdown, for people: every field and indicator.

With the catalogue of its rules (`feedback/catalogue.py`) it is the form's README.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from xlreport.form.editions import years_served
from xlreport.form.field import Field, Kind
from xlreport.form.fields import Fields
from xlreport.form.grid import Grid, Line
from xlreport.form.listing import Listing
from xlreport.form.model import Form
from xlreport.form.outline import Section

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


def reference(form: Form) -> str:
    """The whole reference; the same form gives the same text."""
    return "\n".join(_lines(form)).rstrip() + "\n"


def _lines(form: Form) -> Iterator[str]:
    yield f"# {form.title}（{form.edition} 版）"
    yield ""
    yield f"<!-- 由程序生成：xlreport form show {form.id} -->"
    yield ""
    yield f"报表 `{form.id}`，适用于 {years_served(form)}。"
    yield ""
    for section in form.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    yield ""
    if section.intro:
        yield section.intro
        yield ""
    for block in section.blocks:
        match block:
            case Fields():
                yield f"### `{block.name}`{_titled(block.title)}"
                yield ""
                yield from _fields(block.fields)
            case Listing():
                yield f"### `{block.name}`{_titled(block.title)}（清单，{block.rows} 行）"
                yield ""
                yield from _fields(block.columns)
            case Grid():
                yield from _grid(block)


def _titled(title: str) -> str:
    return f" {title}" if title else ""


def _fields(fields: Iterable[Field]) -> Iterator[str]:
    rows = [(f"`{f.name}`", f.label, _kind(f), "必填" if f.required else "选填", f.help) for f in fields]
    yield from table(("名称", "项目", "内容", "要求", "填报口径"), rows)


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
    if field.signed:
        words = f"{words}，可填负数"
    return f"{words}，合计由公式计算" if field.total else words


def _grid(grid: Grid) -> Iterator[str]:
    unit = f"，单位：{grid.unit}" if grid.unit else ""
    yield f"### `{grid.name}`{_titled(grid.title or grid.caption)}"
    yield ""
    yield f"{len(grid.rows)} 行 × {len(grid.columns)} 列{unit}。"
    yield ""
    yield from table(("行", "标签", "公式", "填报口径"), [_line(line) for line in grid.rows])
    columns = [replace(line, help=_own_kind(line) + line.help) for line in grid.columns]
    yield from table(("列", "标签", "公式", "填报口径"), [_line(line) for line in columns])


def _own_kind(column: Line) -> str:
    """What a column holds, where it is not what the grid does."""
    if column.kind is None:
        return "可填负数。" if column.signed else ""
    held = Field("", "", column.kind, unit=column.unit, places=column.places, signed=column.signed)
    return f"{_kind(held)}。"


def _line(line: Line) -> tuple[str, ...]:
    return f"`{line.name}`", " / ".join(line.label), f"`{line.formula}`" if line.formula else "", line.help


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table in Markdown, line by line."""
    for row in (head, ("---",) * len(head), *rows):
        yield "| " + " | ".join(single_spaced(text).replace("|", "\\|") for text in row) + " |"
    yield ""


def single_spaced(text: str) -> str:
    """The text with every run of white space made one space."""
    return " ".join(text.split())
