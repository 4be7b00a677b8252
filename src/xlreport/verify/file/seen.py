"""How a cell shows something else than it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial

from xlreport.expression import Expression
from xlreport.formats.date_display import is_that_day, seen_day
from xlreport.formats.format_sections import ink_of, section_for_number, section_for_text, sections_of
from xlreport.formats.number_display import seen_number, seen_text
from xlreport.formats.snapshot import Appearance, Raw
from xlreport.formula.nodes import Value
from xlreport.stored import figure, is_number

_NUMBER = Expression(
    r"(?:[¥￥$]|CNY|RMB|(?:合计|共计?)[:：]?)?\s*"
    r"([-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*(.*)",
    re.DOTALL,
)
_BOOKED = Expression(r"\((.*)\)")
"""A figure below 0 as bookkeepers write it."""
_BEHIND = Expression(r"[件条项份个人次宗起例家部卷篇页户批名张]?\s*(?:CNY|RMB|USD|EUR)?\s*\.?\s*")
"""What may stand behind a figure: a word that only counts, a currency, a point without decimals."""
_CURRENCY_SIGNS = Expression("[¥￥$]")
_NOTHING_BOOKED = ("-", "−", "–", "—")
"""A 0 as bookkeepers write it."""
_WHOLE = "0"
"""The format of most figures; it shows a whole number as it is."""
_MOST = 10**15
"""Spreadsheets know numbers by fifteen digits."""
_HIDDEN_BY_FORMAT = "数字格式使内容不显示"


def disguised(look: Appearance, raw: Raw | Decimal, value: Value, unit: str = "") -> str:
    """How a cell with that content shows something else than the value read from it, "" where it does not."""
    parts = (look, *look.runs)
    if any(part.unseen for part in parts):
        return "文字和底色相同、字号过小或者缩进过大，看不见"
    if any(part.unsure for part in parts):
        return "文字或底色的颜色写法特殊，看不看得见无法判断"
    if any(part.struck for part in parts):
        return "带删除线，像是作废的"
    if look.crossed and not isinstance(value, str):
        return "被斜线划去，像是作废的"
    if look.foreign:
        return "存的是特殊的数据类型，显示的是另外的内容"
    if look.turned:
        return "文字是倒着的"
    if look.repeated:
        return "按“填充”方式对齐，会重复显示"
    if not isinstance(value, str) and any(part.raised for part in look.runs):
        return "有上标或下标"
    if any(part.pictorial for part in parts) and _has_letters(raw):
        return "用的是图形符号字体，字母和数字显示成图形"
    return _by_format(look, raw, value, unit)


@lru_cache(maxsize=64)
def of_look(look: Appearance) -> Callable[[Raw | Decimal, Value, str], str]:
    """The same for all cells that look so: a look is compared once, and not again for each content."""
    return lru_cache(maxsize=256, typed=True)(partial(disguised, look))


def _has_letters(raw: Raw | Decimal) -> bool:
    """True if a font of pictures has some for it: of other scripts it has nothing."""
    return not isinstance(raw, str) or any(char.isascii() and char.isalnum() for char in raw)


def _by_format(look: Appearance, raw: Raw | Decimal, value: Value, unit: str) -> str:
    code, number = look.number_format, _number(raw, value)
    if not code or (raw == "" and number is None):
        return ""
    if code == _WHOLE and _is_usual(number) and not isinstance(value, str):
        return ""
    if number is not None:
        section, shown = section_for_number(sections_of(code), number)[0] or [], seen_number(code, number)
        same = _is_figure(shown, number, unit) if not isinstance(value, str) else _is_code(shown, value)
    elif isinstance(raw, str):
        section, shown = section_for_text(sections_of(code)), seen_text(code, raw)
        same = shown == raw
    elif isinstance(raw, date):
        section, shown = sections_of(code)[0], seen_day(code, raw)
        same = is_that_day(shown, raw)
    else:
        return ""
    ink = ink_of(section)
    if not shown.strip() or (ink and replace(look, ink=ink).unseen):
        return _HIDDEN_BY_FORMAT
    return "" if same else f"显示为“{shown[:20]}”"


def _is_usual(number: Decimal | None) -> bool:
    """True for a whole number of which spreadsheets hold all digits."""
    return number is not None and abs(number) < _MOST and number == number.to_integral_value()


def _number(raw: Raw | Decimal, value: Value) -> Decimal | None:
    """The number that the cell shows, of a formula without a result the computed one; else None."""
    if isinstance(raw, Decimal):
        return raw
    computed = raw == "" or is_number(raw)
    if computed and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    return figure(raw) if is_number(raw) else None


def _is_code(shown: str, read: str) -> bool:
    """True if the digits of a number that is read as a text are all there, and no nought before them."""
    return shown.strip().replace(",", "") == read


def _is_figure(shown: str, number: Decimal, unit: str) -> bool:
    """True if a person reads that figure, and behind it at most a word that says nothing else."""
    if number == 0 and _CURRENCY_SIGNS.sub("", shown).strip() in _NOTHING_BOOKED:
        return True
    found = _NUMBER.fullmatch(_BOOKED.sub(r"-\1", shown.strip()))
    if found is None:
        return False
    same = Decimal(found[1].replace(",", "").replace("−", "-")) == number
    return same and _BEHIND.fullmatch(found[2].removeprefix(unit)) is not None
