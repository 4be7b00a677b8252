"""How the content of a cell is understood as a number, within the bounds of its field."""

from __future__ import annotations

import re
from decimal import Decimal

from xlreport.expression import Expression
from xlreport.form.exact import LARGEST, decimal_places, digits, exact, in_full
from xlreport.form.field import Field, Kind
from xlreport.formats.snapshot import Raw
from xlreport.stored import DIGITS, figure
from xlreport.workbook.understood import TO_HALF_WIDTH, Trouble, Understood, refused, shortly

_NOTHING = frozenset(
    {"/", "-", "--", "—", "——", "–", "\\", "、", "*", "×", "N/A", "NA"}
    | {"无", "没有", "暂无", "未发生", "没有发生", "零", "〇"}
)
_UNITS = frozenset("件条项份个人次") | {""}
"""What people write behind a count, whatever its unit. Behind an amount only its own unit will do."""
_NUMBER = Expression(r"([-−+]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(\.[0-9]+)?\s?(\D*)")
_REMARK = Expression(r"([0-9]+)[件条项份个人次]?(?:[(;:其]|,\D)")


def number_of(field: Field, raw: Raw) -> Understood:
    """The number in a cell, also in one of text: full-width digits, thousands separators, 3件."""
    if isinstance(raw, bool):
        return refused("VAL001", f"填的是逻辑值 {str(raw).upper()}", "请改填数字，没有发生的填 0")
    if isinstance(raw, (int, float)):
        whole = 0 <= raw <= LARGEST and raw == int(raw)  # what nearly every cell holds
        return Understood(int(raw)) if whole else in_bounds(field, figure(raw))
    if isinstance(raw, str):
        return _number_text(field, raw)
    return refused("VAL001", "被当成日期或时间", "请先把单元格格式改为“常规”，再填数字")


def _number_text(field: Field, text: str) -> Understood:
    plain = text.translate(TO_HALF_WIDTH)
    match = _NUMBER.fullmatch(plain)
    if match is None or not _is_unit(field, match[4]):
        return _not_a_number(field, text, plain, match[4] if match else "")
    sign, whole, fraction = match[1], re.sub("[, ]", "", match[2]), match[3] or ""
    number = Decimal(f"{'-' if sign in ('-', '−') else ''}{whole}{fraction}")
    understood = in_bounds(field, number)
    if not understood.usable:
        return understood
    words = f"以文字形式填写“{shortly(text)}”，已按 {exact(number)} 识别"
    fix = "请把这格改为单纯的数字，表内合计才能自动计算"
    return Understood(understood.value, Trouble("VAL002", words, fix))


def _is_unit(field: Field, word: str) -> bool:
    if field.kind is Kind.YEAR:
        return word in ("", "年", "年度")
    return word in ("", field.unit) or (field.kind is Kind.COUNT and word in _UNITS)


def _not_a_number(field: Field, text: str, plain: str, unit: str) -> Understood:
    if plain in _NOTHING:
        return refused("VAL001", f"填了“{shortly(text)}”，不是数字", "没有发生的请填 0")
    remark = _REMARK.match(plain)
    if remark is not None:
        fix = f"这格只填数字（如 {remark[1]}），其余文字写到“备注”或正文"
    elif field.signed:
        fix = "这格只填数字：增加的填正数，减少的填负数（如 -4），没有变化的填 0"
    elif field.unit and re.search("[万亿千百]|元", unit):
        fix = f"请换算成以“{field.unit}”为单位的数字，只填数字"
    else:
        fix = "这格只填数字；需要说明的写到“备注”或正文"
    return refused("VAL001", f"填了文字“{shortly(text)}”", fix)


def in_bounds(field: Field, number: Decimal) -> Understood:
    """A number as the field takes it: its sign, its size, its decimals."""
    if not number.is_finite():
        return refused("VAL001", "不是有效的数字", "请改填数字")
    shown = _written(number)
    if number < 0 and not field.signed:
        return refused("VAL003", f"填了负数 {shown}", "请核对后改填 0 或正数；冲减情况另作说明")
    if abs(number) > LARGEST:
        return refused(
            "VAL007", f"数字过大，整数部分有 {number.adjusted() + 1} 位", "请核对是否多输了位数：最多 12 位"
        )
    places = decimal_places(number)
    if field.kind is not Kind.AMOUNT and places > 0:
        return refused("VAL004", f"填了小数 {shown}，应为整数", "请核对后改填整数")
    if places > field.places and field.kind is Kind.AMOUNT:
        fix = f"最多保留 {field.places} 位小数，请核对单位后四舍五入"
        return refused("VAL005", f"{shown} 有 {places} 位小数", fix)
    if digits(number) > DIGITS:
        fix = f"表格软件只能准确保存 {DIGITS} 位数字，请减少小数位数"
        return refused("VAL007", f"数字 {shown} 位数过多", fix)
    return Understood(exact(number))


def _written(number: Decimal) -> str:
    """A number for a message: in full where that is short."""
    short = -15 < number.adjusted() < 16 and digits(number) < 25
    return (in_full(exact(number)) if short else f"{number:.3E}").replace("-", "−")
