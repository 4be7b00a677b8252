"""Rules: what a person sees in a cell is what is read from it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from xlreport.area import position
from xlreport.finding import Finding
from xlreport.form.cells import cells_of
from xlreport.form.field import Field
from xlreport.form.naming import Naming, number
from xlreport.formats.number_display import seen_number, seen_text
from xlreport.formats.snapshot import PLAIN, Appearance, SheetSnapshot
from xlreport.formula.nodes import Value
from xlreport.prose.expression import Expression
from xlreport.rule import own_rule
from xlreport.verify.places import ranges_of
from xlreport.workbook.submission import Reading, Submission

_NUMBER = Expression(r"[¥￥$]?\s*([-−]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(.*)", re.DOTALL)
_BOOKED = Expression(r"\((.*)\)")
"""A figure below 0 as bookkeepers write it."""
_MISLEADING = Expression(r"[0-9%‰十百千万亿]")
_TURNED = "含有颠倒文字次序的控制字符，显示的次序与所存的相反"
_TYPE_ANEW = "请清空这些格，重新键入（不要从网页、聊天软件直接粘贴），核对后再报送"
_REVERSED = Expression("\u202e[^\u202c\n]*[0-9][^\u202c\n]*[0-9]")
"""The character behind which text runs from right to left, digits too, before digits."""
_FIX = "请把这些格改回原来的样式（可用格式刷从同表其他填写格复制），核对数字后再报送"


def looks(submission: Submission) -> Iterator[Finding]:
    """A finding for every input that shows another figure or none, many alike in one."""
    alike: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    fields = cells_of(submission.form)
    for subject, reading in submission.readings.items():
        value = reading.understood.value
        if subject in submission.form.computed or value is None:
            continue
        seen = _seen(submission, reading, fields[subject], value)
        if seen:
            alike[reading.origin.sheet, seen].append(reading)
    for (sheet, seen), readings in alike.items():
        yield _finding(submission, sheet, seen, readings)


def _seen(submission: Submission, reading: Reading, field: Field, value: Value) -> str:
    """How the cell shows something else than it holds, "" where it does not."""
    sheet, place = submission.snapshot.sheets[reading.origin.sheet], position(reading.origin.cell)
    if place[0] in sheet.flat_rows or any(a <= place[1] <= b for a, b in sheet.narrow_columns):
        return "所在的行或列没有高度或宽度，看不见"
    if isinstance(reading.raw, str) and _REVERSED.search(reading.raw):
        return _TURNED
    look = sheet.looks.get(place, PLAIN)
    seen = "" if look is PLAIN else _disguised(look, value, field.unit)
    return seen or next(filter(None, _conditional(sheet, place, value, field.unit)), "")


def _conditional(sheet: SheetSnapshot, place: tuple[int, int], value: Value, unit: str) -> Iterator[str]:
    """How conditional formats may show it, where they do."""
    row, column = place
    for area, look in sheet.conditional:
        if area.top <= row <= area.bottom and area.left <= column <= area.right:
            seen = _disguised(look, value, unit)
            if seen:
                yield f"有条件格式，可能使它{seen}"


@lru_cache(maxsize=4096)
def _disguised(look: Appearance, value: Value, unit: str) -> str:
    if any(part.unseen for part in (look, *look.runs)):
        return "文字和底色相同或者字号过小，看不见"
    if any(part.struck for part in (look, *look.runs)):
        return "带删除线，像是作废的"
    if look.repeated:
        return "按“填充”方式对齐，会重复显示"
    if not isinstance(value, str) and any(part.raised for part in look.runs):
        return "有上标或下标"
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return ""
    shown = _text(look, value)
    if not shown.strip():
        return "数字格式使内容不显示"
    return "" if _same(shown, value, unit) else f"显示为“{shown[:20]}”"


def _text(look: Appearance, value: int | Decimal | str) -> str:
    if isinstance(value, str):
        return seen_text(look.number_format, value)
    return seen_number(look.number_format, Decimal(value))


def _same(shown: str, value: int | Decimal | str, unit: str) -> bool:
    """True if a person reads the value: the figure, and behind it at most a word that says nothing else."""
    if isinstance(value, str):
        return shown == value
    found = _NUMBER.fullmatch(_BOOKED.sub(r"-\1", shown.strip()))
    if found is None:
        return False
    behind = found[2].removeprefix(unit).strip()
    return Decimal(found[1].replace(",", "").replace("−", "-")) == value and not _MISLEADING.search(behind)


def _finding(submission: Submission, sheet: str, seen: str, readings: list[Reading]) -> Finding:
    first, fix = readings[0], _TYPE_ANEW if seen == _TURNED else _FIX
    value = first.understood.value
    if len(readings) > 1:
        cells = tuple(reading.origin.cell for reading in readings)
        message = f"{sheet}：{ranges_of(cells)} 共 {len(cells)} 格{seen}，读到的是格内所存的内容。"
        return own_rule("WBK036").finding(message, fix, first.subject, first.origin, cells=cells)
    name = Naming(submission.form).cell(first.subject)
    held = f"“{value[:20]}”" if isinstance(value, str) else number(value)
    message = f"{first.origin.place}（{name}）{seen}，读到的是 {held}。"
    return own_rule("WBK036").finding(message, fix, first.subject, first.origin, found=str(value))
