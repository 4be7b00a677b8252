"""Input rules: what a cell accepts, the prompt that explains it, the words when it refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlreport.area import Area
from xlreport.form.exact import LARGEST
from xlreport.form.field import Field, Kind
from xlreport.layout.cells import Input, Sheet
from xlreport.subject import Subject

_TITLE_LENGTH = 32
_TEXT_LENGTH = 255

_COUNT_ERROR = "这里只能填 0 或正整数：没有发生的填 0，不要填“无”“/”“-”，不要带“件”“条”等单位。"
_SIGNED_ERROR = "这里只能填整数：增加的填正数，减少的填负数（如 -2），没有变化的填 0，不要写“减”“增”。"
_AMOUNT_ERROR = "这里只能填{bound}数，最多 {places} 位小数，不要带单位和千位分隔符。没有发生的填 0。"


def input_rule(field: Field, cell: str, declared: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The data validation of an input; `cell` is the A1 name of the first cell it applies to.

    What the form itself declares of the entry goes before what its kind says.
    """
    rule = dict(declared) if declared else _accepts(field, cell)
    prompt = field.help or _default_prompt(field)
    if prompt:
        rule |= {"input_title": field.label[:_TITLE_LENGTH], "input_message": prompt[:_TEXT_LENGTH]}
    return rule


def _accepts(field: Field, cell: str) -> dict[str, Any]:
    if field.kind is Kind.COUNT:
        error = _SIGNED_ERROR if field.signed else _COUNT_ERROR
        return _refusing("请填整数", error) | _between("integer", _least(field), LARGEST)
    if field.kind is Kind.AMOUNT:
        formula = f"=AND(ISNUMBER({cell}),{cell}>={_least(field)},ROUND({cell},{field.places})={cell})"
        error = _AMOUNT_ERROR.format(bound="" if field.signed else "不小于 0 的", places=field.places)
        return _refusing("请填金额", error) | {"validate": "custom", "value": formula}
    if field.labels:
        labels = list(field.labels.values())
        return _refusing("请从下拉框中选择", "请点右侧箭头选择一项，不要自行输入。") | {
            "validate": "list",
            "source": labels,
        }
    if field.kind is Kind.DATE:
        return _refusing("请填日期", "请按 2024-1-20 的样式填写日期。") | _between("date", 36526, 73050)
    if field.max_length > 0:
        words = f"这里最多填 {field.max_length} 个字，请精简后再填。"
        return _refusing("文字过长", words) | {
            "validate": "length",
            "criteria": "<=",
            "value": field.max_length,
        }
    return {"validate": "any"}


def _least(field: Field) -> int:
    return -LARGEST if field.signed else 0


def _between(validate: str, least: int, most: int) -> dict[str, Any]:
    return {"validate": validate, "criteria": "between", "minimum": least, "maximum": most}


def _refusing(title: str, message: str) -> dict[str, Any]:
    return {"error_title": title, "error_message": message, "error_type": "stop"}


def _default_prompt(field: Field) -> str:
    if field.kind is Kind.COUNT:
        return "填整数，减少的填负数，没有变化的填 0。" if field.signed else "填 0 或正整数，没有发生的填 0。"
    return ""


def wrong_figure(field: Field, cell: str) -> str:
    """A condition that is true for what was pasted past the rule: text, negatives, broken counts.

    IF keeps text out of INT: AND and OR would compute all their parts and fail.
    """
    broken = f",{cell}<>INT({cell})" if field.kind is Kind.COUNT else ""
    return f"=IF(ISNUMBER({cell}),OR({cell}<{_least(field)}{broken}),NOT(ISBLANK({cell})))"


def add_rules(page: Worksheet, sheet: Sheet, declared: Mapping[Subject, Mapping[str, Any]]) -> None:
    """The data validation of every input of a sheet; neighbours with one rule share it.

    `declared` are the rules on single fields that the form declares (`live_entries.py`).
    """
    for first, last, field in _alike(sheet):
        rule = input_rule(field, first.first, declared.get(Subject(field.name)))
        page.data_validation(first.top, first.left, last.top, last.left, rule)


def _alike(sheet: Sheet) -> Iterator[tuple[Area, Area, Field]]:
    """Neighbouring inputs with one rule: first cell, last cell, and the field that stands for them."""
    start: Input | None = None
    end: Input | None = None
    for cell in sheet.cells:
        if not isinstance(cell, Input) or cell.field.fixed:
            continue
        if start and end and _continues(start, end, cell):
            end = cell
            continue
        if start and end:
            yield start.area, end.area, start.field
        start = end = cell
    if start and end:
        yield start.area, end.area, start.field


def _continues(start: Input, end: Input, cell: Input) -> bool:
    same = _rule_key(start.field) == _rule_key(cell.field)
    beside = cell.area.top == end.area.top and cell.area.left == end.area.right + 1
    return same and cell.field.kind.numeric and beside


def _rule_key(field: Field) -> tuple[object, ...]:
    return field.kind, field.help, field.places, field.signed
