"""From what stands in a cell to a value: forgiving in form, exact in content, never guessing.

A cell that cannot be understood yields no value and the reason; one understood in spite of its
form yields the value and a notice. Blank, 0 and text are never confused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from xlreport.finding import Severity
from xlreport.form.model import Field, Kind
from xlreport.form.values import LARGEST, decimal_places, exact
from xlreport.formula.nodes import Value
from xlreport.workbook.snapshot import Raw

_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})
_NOTHING = frozenset({"/", "-", "—", "——", "–", "无", "没有", "\\", "、", "*", "×", "N/A", "NA"})
_UNITS = "件条项份个人次元"
_NUMBER = re.compile(rf"([-−+]?)(\d{{1,3}}(?:[,，]\d{{3}})+|\d+)(\.\d+)?(?:[{_UNITS}]|万元)?$")
_LEADING = re.compile(r"(\d+)\D")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a cell's content is refused, or (a note) how it was understood. Code, words, what to do."""

    code: str
    severity: Severity
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A cell's value; `usable` False where there is something that could not be understood."""

    value: Value
    trouble: Trouble | None = None
    usable: bool = True


def normalise(field: Field, raw: Raw) -> Understood:
    """The value of a cell for a field."""
    if isinstance(raw, str):
        text = clean(raw)
        if not text:
            return Understood(None)
        if text in _ERRORS:
            return _refused(
                "VAL006", f"是错误值 {text}", "请删掉这格内容，直接填数字" if field.kind.numeric else "请重填"
            )
        raw = text
    if field.kind.numeric or field.kind is Kind.YEAR:
        return _number(field, raw)
    if field.kind is Kind.DATE:
        return _day(raw)
    if field.labels:
        return _choice(field, raw)
    return _text(field, raw)


def clean(text: str) -> str:
    """Text without control and invisible characters, without blanks at its ends; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return "".join(kept).strip(" \t\n\u3000\u00a0")


# Numbers ---------------------------------------------------------------------------------------------


def _number(field: Field, raw: Raw) -> Understood:
    if isinstance(raw, bool):
        return _refused("VAL001", f"填的是逻辑值 {str(raw).upper()}", "请改填数字，没有发生的填 0")
    if isinstance(raw, int | float):
        return _in_bounds(field, _decimal(raw))
    if isinstance(raw, str):
        return _number_text(field, raw)
    return _refused("VAL001", "被当成日期或时间", "请先把单元格格式改为“常规”，再填数字")


def _decimal(number: int | float) -> Decimal:
    """The decimal a person typed: the shortest one that stands for the stored double."""
    return Decimal(repr(number))


def _number_text(field: Field, text: str) -> Understood:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    match = _NUMBER.match(plain)
    if match is None:
        return _not_a_number(text, plain)
    sign, whole, fraction = match[1], re.sub("[,，]", "", match[2]), match[3] or ""
    if len(whole) > 40 or len(fraction) > 40:
        return _refused("VAL007", "数字过长", "请核对后改填正确的数字")
    number = Decimal(f"{'-' if sign in ('-', '−') else ''}{whole}{fraction}")
    understood = _in_bounds(field, number)
    if not understood.usable:
        return understood
    words = f"以文字形式填写“{_short(text)}”，已按 {exact(number)} 识别"
    fix = "请把这格改为单纯的数字，表内合计才能自动计算"
    return Understood(understood.value, Trouble("VAL002", Severity.NOTE, words, fix))


def _not_a_number(text: str, plain: str) -> Understood:
    if plain in _NOTHING:
        return _refused("VAL001", f"填了“{_short(text)}”，不是数字", "没有发生的请填 0")
    leading = _LEADING.match(plain)
    if leading:
        fix = f"这格只填数字（如 {leading[1]}），其余文字写到本行“备注”"
    else:
        fix = "这格只填数字；需要说明的写到本行“备注”"
    return _refused("VAL001", f"填了文字“{_short(text)}”", fix)


def _in_bounds(field: Field, number: Decimal) -> Understood:
    if not number.is_finite():
        return _refused("VAL001", "不是有效的数字", "请改填数字")
    shown = format(exact(number), "f") if number < LARGEST else f"{number:.3E}"
    if number < 0:
        return _refused(
            "VAL003", f"填了负数 {shown.replace('-', '−')}", "请核对后改填 0 或正数；冲减情况写到备注"
        )
    if number > LARGEST:
        return _refused("VAL007", f"数字 {shown} 过大", "请核对是否多输了位数")
    places = decimal_places(number)
    if field.kind is not Kind.AMOUNT and places > 0:
        return _refused("VAL004", f"填了小数 {shown}，应为整数", "请核对后改填整数")
    if places > field.places and field.kind is Kind.AMOUNT:
        fix = f"最多保留 {field.places} 位小数，请核对单位后四舍五入"
        return _refused("VAL005", f"{shown} 有 {places} 位小数", fix)
    return Understood(exact(number))


# Other kinds -----------------------------------------------------------------------------------------


def _day(raw: Raw) -> Understood:
    if isinstance(raw, datetime):
        return Understood(raw.date().isoformat())
    if isinstance(raw, date):
        return Understood(raw.isoformat())
    if isinstance(raw, str):
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", raw))
        match = re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", plain)
        if match:
            try:
                return Understood(date(int(match[1]), int(match[2]), int(match[3])).isoformat())
            except ValueError:
                return _refused("VAL009", f"“{_short(raw)}”不是有效日期", "请按 2024-1-20 的样式填写")
    return _refused("VAL009", f"“{_short(_shown(raw))}”不是日期", "请按 2024-1-20 的样式填写")


def _choice(field: Field, raw: Raw) -> Understood:
    text = _shown(raw)
    for code, label in field.labels.items():
        if text == label:
            return Understood(code == "true" if field.kind is Kind.CONFIRM else code)
    labels = "、".join(field.labels.values())
    return _refused("VAL008", f"填了“{_short(text)}”，不在可选项内", f"请从下拉框中选一项：{labels}")


def _text(field: Field, raw: Raw) -> Understood:
    text = _shown(raw)
    if 0 < field.max_length < len(text):
        message = f"共 {len(text)} 字，超过 {field.max_length} 字"
        trouble = Trouble("VAL011", Severity.ERROR, message, f"请精简到 {field.max_length} 字以内")
        return Understood(text, trouble)
    return Understood(text)


def _shown(raw: Raw) -> str:
    """A raw value as the text a person sees: a phone number that became a number has no ".0"."""
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, float):
        return format(exact(_decimal(raw)), "f") if raw == raw and abs(raw) != float("inf") else "?"
    if isinstance(raw, datetime | date | time):
        return raw.isoformat()
    return str(raw) if isinstance(raw, str | timedelta) else str(raw)


def _refused(code: str, message: str, fix: str) -> Understood:
    return Understood(None, Trouble(code, Severity.ERROR, message, fix), usable=False)


def _short(text: str) -> str:
    """Text for a message: one line, at most 20 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 20 else line[:19] + "…"
