"""From what stands in a cell to a value: forgiving in form, exact in content, never guessing.

A cell that cannot be understood yields no value and the reason; one understood in spite of its
form yields the value and a notice. Blank, 0 and text are never confused.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from xlreport.cleaning import clean, squeezed
from xlreport.expression import Expression
from xlreport.finding import Severity
from xlreport.form.exact import LARGEST, decimal_places, digits, exact, in_full
from xlreport.form.field import Field, Kind
from xlreport.formats.number_formats import moment
from xlreport.formats.snapshot import Raw
from xlreport.formula.nodes import Value
from xlreport.frozen import frozen
from xlreport.rule import Rule, own_rule
from xlreport.stored import DIGITS, figure, is_number, shown, told

_ERROR = Expression(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA|[A-Z]+!)|Err:[0-9]{3}")
_NOTHING = frozenset(
    {"/", "-", "--", "—", "——", "–", "\\", "、", "*", "×", "N/A", "NA"}
    | {"无", "没有", "暂无", "未发生", "没有发生", "零", "〇"}
)
_LONGEST = 32_767
"""Characters of a cell, the most that a spreadsheet takes."""
_UNITS = frozenset("件条项份个人次") | {""}
"""What people write behind a count, whatever its unit. Behind an amount only its own unit will do."""
_NUMBER = Expression(r"([-−+]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(\.[0-9]+)?\s?(\D*)")
_REMARK = Expression(r"([0-9]+)[件条项份个人次]?(?:[(;:其]|,\D)")
_DAY = Expression(r"([0-9]{4}) ?[-./年] ?([0-9]{1,2}) ?[-./月] ?([0-9]{1,2}) ?日?")
_TYPE_IT = "请删掉公式，直接填结果"
_PASTE = "请改为直接填结果：复制这一格，再用“选择性粘贴—数值”粘贴到原处"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys((0x3000, 0xA0), " ")


@frozen
class Trouble:
    """Why a cell's content is refused, or (a note) how it was understood. Code, words, what to do."""

    code: str
    message: str
    fix: str

    @property
    def rule(self) -> Rule:
        """The rule that it breaks."""
        return own_rule(self.code)


@frozen
class Understood:
    """A cell's value; `usable` False where there is something that could not be understood."""

    value: Value
    trouble: Trouble | None = None
    usable: bool = True


_BLANK = Understood(None)


def normalise(field: Field, raw: Raw) -> Understood:
    """The value of a cell for a field."""
    if raw == "":
        return _BLANK
    if isinstance(raw, str):
        if len(raw) > _LONGEST:
            return _refused("VAL011", f"共 {len(raw)} 字，超出一格的上限", f"一格最多 {_LONGEST} 字，请精简")
        text = clean(raw)
        if not text:
            return _BLANK
        if _ERROR.fullmatch(text):
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


def as_formula(field: Field, raw: Raw, formula: str) -> Understood:
    """An input cell that holds a formula: of plain figures it is computed anew, any other has to be typed.

    What is stored as its result is what some program left there; a person who opens the file sees the
    formula computed.
    """
    from xlreport.workbook.plain_formulas import plain_result  # of most returns there is none

    stored, words = normalise(field, raw), f"填的是公式“={_short(formula)}”"
    result = plain_result(formula)
    if result is not None:
        return _as_computed(field, stored, result, words)
    if "DISPIMG" in formula.upper():
        what = "数字" if field.kind.numeric else "文字"
        fix = f"这里放的是图片，程序读不到图片里的内容：请删去图片，把内容用{what}填写；图片另行报送"
        return _refused("VAL013", f"{words}（单元格图片）", fix)
    if stored.trouble is not None and stored.trouble.rule.severity is Severity.ERROR:
        return stored
    if stored.value is None:
        return _refused("VAL013", f"{words}，没有计算结果", _TYPE_IT)
    return replace(stored, trouble=Trouble("VAL013", words, _PASTE))


def _as_computed(field: Field, stored: Understood, result: int | Decimal, words: str) -> Understood:
    computed = _of_result(field, result)
    if computed.trouble is not None or stored.value is None or stored.value == computed.value:
        return computed
    message = f"{words}，算出来是 {told(computed.value)}，文件里存的却是 {told(stored.value)}"
    fix = "请删掉公式，直接填正确的数；已按算出来的数读取"
    return replace(computed, trouble=Trouble("VAL013", message, fix))


def _of_result(field: Field, result: int | Decimal) -> Understood:
    """The value of a cell whose formula gives that number."""
    if field.kind.numeric or field.kind is Kind.YEAR:
        return _in_bounds(field, Decimal(result))
    if field.kind is Kind.DATE:
        return _day(moment(float(result)))
    return normalise(field, in_full(result))


def as_swallowed(area: str) -> Understood:
    """An input cell that a merged area of the file covers: what stood in it is gone."""
    fix = "请取消单元格合并，逐格补填"
    return _refused("WBK034", f"被并入合并单元格 {area}，原来的内容没有保留", fix)


# Numbers ---------------------------------------------------------------------------------------------


def _number(field: Field, raw: Raw) -> Understood:
    if isinstance(raw, bool):
        return _refused("VAL001", f"填的是逻辑值 {str(raw).upper()}", "请改填数字，没有发生的填 0")
    if isinstance(raw, (int, float)):
        whole = 0 <= raw <= LARGEST and raw == int(raw)  # what nearly every cell holds
        return Understood(int(raw)) if whole else _in_bounds(field, figure(raw))
    if isinstance(raw, str):
        return _number_text(field, raw)
    return _refused("VAL001", "被当成日期或时间", "请先把单元格格式改为“常规”，再填数字")


def _number_text(field: Field, text: str) -> Understood:
    plain = text.translate(_FULL_WIDTH)
    match = _NUMBER.fullmatch(plain)
    if match is None or not _is_unit(field, match[4]):
        return _not_a_number(field, text, plain, match[4] if match else "")
    sign, whole, fraction = match[1], re.sub("[, ]", "", match[2]), match[3] or ""
    number = Decimal(f"{'-' if sign in ('-', '−') else ''}{whole}{fraction}")
    understood = _in_bounds(field, number)
    if not understood.usable:
        return understood
    words = f"以文字形式填写“{_short(text)}”，已按 {exact(number)} 识别"
    fix = "请把这格改为单纯的数字，表内合计才能自动计算"
    return Understood(understood.value, Trouble("VAL002", words, fix))


def _is_unit(field: Field, word: str) -> bool:
    if field.kind is Kind.YEAR:
        return word in ("", "年", "年度")
    return word in ("", field.unit) or (field.kind is Kind.COUNT and word in _UNITS)


def _not_a_number(field: Field, text: str, plain: str, unit: str) -> Understood:
    if plain in _NOTHING:
        return _refused("VAL001", f"填了“{_short(text)}”，不是数字", "没有发生的请填 0")
    remark = _REMARK.match(plain)
    if remark is not None:
        fix = f"这格只填数字（如 {remark[1]}），其余文字写到“备注”或正文"
    elif field.signed:
        fix = "这格只填数字：增加的填正数，减少的填负数（如 -4），没有变化的填 0"
    elif field.unit and re.search("[万亿千百]|元", unit):
        fix = f"请换算成以“{field.unit}”为单位的数字，只填数字"
    else:
        fix = "这格只填数字；需要说明的写到“备注”或正文"
    return _refused("VAL001", f"填了文字“{_short(text)}”", fix)


def _in_bounds(field: Field, number: Decimal) -> Understood:
    if not number.is_finite():
        return _refused("VAL001", "不是有效的数字", "请改填数字")
    shown = _written(number)
    if number < 0 and not field.signed:
        return _refused("VAL003", f"填了负数 {shown}", "请核对后改填 0 或正数；冲减情况另作说明")
    if abs(number) > LARGEST:
        return _refused(
            "VAL007", f"数字过大，整数部分有 {number.adjusted() + 1} 位", "请核对是否多输了位数：最多 12 位"
        )
    places = decimal_places(number)
    if field.kind is not Kind.AMOUNT and places > 0:
        return _refused("VAL004", f"填了小数 {shown}，应为整数", "请核对后改填整数")
    if places > field.places and field.kind is Kind.AMOUNT:
        fix = f"最多保留 {field.places} 位小数，请核对单位后四舍五入"
        return _refused("VAL005", f"{shown} 有 {places} 位小数", fix)
    if digits(number) > DIGITS:
        fix = f"表格软件只能准确保存 {DIGITS} 位数字，请减少小数位数"
        return _refused("VAL007", f"数字 {shown} 位数过多", fix)
    return Understood(exact(number))


def _written(number: Decimal) -> str:
    """A number for a message: in full where that is short."""
    short = -15 < number.adjusted() < 16 and digits(number) < 25
    return (in_full(exact(number)) if short else f"{number:.3E}").replace("-", "−")


# Other kinds -----------------------------------------------------------------------------------------


def _day(raw: Raw) -> Understood:
    if isinstance(raw, datetime):
        return Understood(raw.date().isoformat())
    if isinstance(raw, date):
        return Understood(raw.isoformat())
    if isinstance(raw, str):
        match = _DAY.fullmatch(raw.translate(_FULL_WIDTH))
        if match:
            try:
                return Understood(date(int(match[1]), int(match[2]), int(match[3])).isoformat())
            except ValueError:
                return _refused("VAL009", f"“{_short(raw)}”不是有效日期", "请按 2024-1-20 的样式填写")
    return _refused("VAL009", f"“{_short(shown(raw))}”不是日期", "请按 2024-1-20 的样式填写")


def _choice(field: Field, raw: Raw) -> Understood:
    text = shown(raw)
    for code, label in field.labels.items():
        if squeezed(text) == squeezed(label):
            return Understood(code == "true" if field.kind is Kind.CONFIRM else code)
    labels = "、".join(field.labels.values())
    return _refused("VAL008", f"填了“{_short(text)}”，不在可选项内", f"请从下拉框中选一项：{labels}")


def _text(field: Field, raw: Raw) -> Understood:
    if is_number(raw) and abs(raw) >= 10**DIGITS:
        words = f"是数字 {shown(raw)}，表格软件只保存前 {DIGITS} 位，后面的已经丢失"
        return _refused("VAL007", words, "请把这格的格式设为“文本”，再重新填写")
    text = shown(raw)
    if 0 < field.max_length < len(text):
        message = f"共 {len(text)} 字，超过 {field.max_length} 字"
        trouble = Trouble("VAL011", message, f"请精简到 {field.max_length} 字以内")
        return Understood(text, trouble)
    return Understood(text)


def _refused(code: str, message: str, fix: str) -> Understood:
    return Understood(None, Trouble(code, message, fix), usable=False)


def _short(text: str) -> str:
    """Text for a message: one line, at most 20 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 20 else line[:19] + "…"
