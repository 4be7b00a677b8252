"""One JSON value as a cell's value: typed, within its limits, refused with words a clerk understands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from xlreport.cleaning import clean
from xlreport.form.exact import LARGEST, decimal_places, digits, exact
from xlreport.form.field import Field, Kind
from xlreport.form.mistake import nearest
from xlreport.formula.nodes import Value
from xlreport.stored import DIGITS

MOST_TEXT = 32_000
"""Characters that fit into one cell (Excel's limit is 32,767)."""


def coerce(field: Field, value: Any) -> Value:
    """A JSON value as the field's kind, None for empty text. Raises ValueError with a message in Chinese."""
    if field.kind is Kind.CONFIRM:
        confirmed: bool = _typed(value, bool, "应为 true 或 false")
        return confirmed
    if field.kind is Kind.AMOUNT:
        return _amount(field, value)
    if field.kind in (Kind.COUNT, Kind.YEAR):
        return _count(field, value)
    text = clean(_typed(value, str, "应为文字"))
    if not text:
        return None
    if field.kind is Kind.CHOICE and text not in field.labels:
        raise ValueError(f"“{text}”不在可选项内：{'、'.join(field.labels)}{perhaps(text, field.labels)}")
    if field.kind is Kind.DATE:
        return _day(text)
    most = field.max_length if field.max_length > 0 else MOST_TEXT
    if len(text) > most:
        raise ValueError(f"文字过长：{len(text)} 字，最多 {most} 字")
    return text


def _typed(value: Any, wanted: type, message: str) -> Any:
    if not isinstance(value, wanted):
        raise ValueError(message)
    return value


def _count(field: Field, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("应为整数")
    least = -LARGEST if field.signed else 0
    if not least <= value <= LARGEST:
        raise ValueError(f"应在 {least} 至 {LARGEST} 之间")
    return value


def _amount(field: Field, value: Any) -> int | Decimal:
    if isinstance(value, bool | float) or not isinstance(value, int | str | Decimal):
        raise ValueError('金额应写成字符串，如 "12.5"')
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"“{value}”不是数字") from None
    if not amount.is_finite() or (amount < 0 and not field.signed):
        raise ValueError("金额应为数字" if field.signed else "金额应为不小于 0 的数")
    if not -LARGEST <= amount <= LARGEST:
        raise ValueError(f"金额过大，最多 {LARGEST}")
    if decimal_places(amount) > field.places:
        raise ValueError(f"最多 {field.places} 位小数")
    if digits(amount) > DIGITS:
        raise ValueError(f"数字过长，表格软件只能准确保存 {DIGITS} 位")
    return exact(amount)


def _day(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("日期应写成 2024-01-20")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"没有“{text}”这一天") from None


def perhaps(name: str, known: Iterable[str]) -> str:
    """A question after the known name that was probably meant, or nothing."""
    close = nearest(name, known)
    return f"，是否为 {close}？" if close is not None else ""
