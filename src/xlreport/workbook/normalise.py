"""From what stands in a cell to a value: forgiving in form, exact in content, never guessing.

A cell that cannot be understood yields no value and the reason; one understood in spite of its
form yields the value and a notice. Blank, 0 and text are never confused.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from xlreport.cleaning import clean, squeezed
from xlreport.expression import Expression
from xlreport.finding import Severity
from xlreport.form.exact import in_full
from xlreport.form.field import Field, Kind
from xlreport.formats.number_formats import moment
from xlreport.formats.snapshot import Raw
from xlreport.stored import DIGITS, is_number, shown, told
from xlreport.workbook.numbers import in_bounds, number_of
from xlreport.workbook.understood import TO_HALF_WIDTH, Trouble, Understood, refused, shortly

_ERROR = Expression(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA|[A-Z]+!)|Err:[0-9]{3}")
_LONGEST = 32_767
"""Characters of a cell, the most that a spreadsheet takes."""
_DAY = Expression(r"([0-9]{4}) ?[-./年] ?([0-9]{1,2}) ?[-./月] ?([0-9]{1,2}) ?日?")
_TYPE_IT = "请删掉公式，直接填结果"
_PASTE = "请改为直接填结果：复制这一格，再用“选择性粘贴—数值”粘贴到原处"


_BLANK = Understood(None)


def normalise(field: Field, raw: Raw) -> Understood:
    """The value of a cell for a field."""
    if raw == "":
        return _BLANK
    if isinstance(raw, str):
        if len(raw) > _LONGEST:
            return refused("VAL011", f"共 {len(raw)} 字，超出一格的上限", f"一格最多 {_LONGEST} 字，请精简")
        text = clean(raw)
        if not text:
            return _BLANK
        if _ERROR.fullmatch(text):
            return refused(
                "VAL006", f"是错误值 {text}", "请删掉这格内容，直接填数字" if field.kind.numeric else "请重填"
            )
        raw = text
    if field.kind.numeric or field.kind is Kind.YEAR:
        return number_of(field, raw)
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

    stored, words = normalise(field, raw), f"填的是公式“={shortly(formula)}”"
    result = plain_result(formula)
    if result is not None:
        return _as_computed(field, stored, result, words)
    if "DISPIMG" in formula.upper():
        what = "数字" if field.kind.numeric else "文字"
        fix = f"这里放的是图片，程序读不到图片里的内容：请删去图片，把内容用{what}填写；图片另行报送"
        return refused("VAL013", f"{words}（单元格图片）", fix)
    if stored.trouble is not None and stored.trouble.rule.severity is Severity.ERROR:
        return stored
    if stored.value is None:
        return refused("VAL013", f"{words}，没有计算结果", _TYPE_IT)
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
        return in_bounds(field, Decimal(result))
    if field.kind is Kind.DATE:
        return _day(moment(float(result)))
    return normalise(field, in_full(result))


def as_merged_over(area: str) -> Understood:
    """An input cell that a merged area of the file covers: what stood in it is gone."""
    fix = "请取消单元格合并，逐格补填"
    return refused("WBK034", f"被并入合并单元格 {area}，原来的内容没有保留", fix)


def _day(raw: Raw) -> Understood:
    if isinstance(raw, datetime):
        return Understood(raw.date().isoformat())
    if isinstance(raw, date):
        return Understood(raw.isoformat())
    if isinstance(raw, str):
        match = _DAY.fullmatch(raw.translate(TO_HALF_WIDTH))
        if match:
            try:
                return Understood(date(int(match[1]), int(match[2]), int(match[3])).isoformat())
            except ValueError:
                return refused("VAL009", f"“{shortly(raw)}”不是有效日期", "请按 2024-1-20 的样式填写")
    return refused("VAL009", f"“{shortly(shown(raw))}”不是日期", "请按 2024-1-20 的样式填写")


def _choice(field: Field, raw: Raw) -> Understood:
    text = shown(raw)
    for code, label in field.labels.items():
        if squeezed(text) == squeezed(label):
            return Understood(code == "true" if field.kind is Kind.CONFIRM else code)
    labels = "、".join(field.labels.values())
    return refused("VAL008", f"填了“{shortly(text)}”，不在可选项内", f"请从下拉框中选一项：{labels}")


def _text(field: Field, raw: Raw) -> Understood:
    if is_number(raw) and abs(raw) >= 10**DIGITS:
        words = f"是数字 {shown(raw)}，表格软件只保存前 {DIGITS} 位，后面的已经丢失"
        return refused("VAL007", words, "请把这格的格式设为“文本”，再重新填写")
    text = shown(raw)
    if 0 < field.max_length < len(text):
        message = f"共 {len(text)} 字，超过 {field.max_length} 字"
        trouble = Trouble("VAL011", message, f"请精简到 {field.max_length} 字以内")
        return Understood(text, trouble)
    return Understood(text)
