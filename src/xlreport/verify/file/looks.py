"""Rules: what a person sees in a cell is what is read from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from xlreport.area import a1, position
from xlreport.expression import Expression
from xlreport.finding import Finding
from xlreport.form.cells import cells_of
from xlreport.form.naming import Naming, number
from xlreport.formats.drawn import PICTURE, REMARK
from xlreport.formats.snapshot import PLAIN, Raw, SheetSnapshot
from xlreport.formula.nodes import Value
from xlreport.frozen import frozen
from xlreport.layout.cells import Input
from xlreport.origin import InCell
from xlreport.rule import own_rule
from xlreport.stored import is_number
from xlreport.subject import Subject
from xlreport.verify.file.sheet_looks import SheetLooks
from xlreport.verify.places import ranges_of
from xlreport.workbook.locate import Located
from xlreport.workbook.read import merged_over
from xlreport.workbook.submission import Reading, Submission

_REVERSED = Expression(
    r"\u202e[^\u202c\n]*?\S[^\u202c\n]*?[^\s\u202c]"
    r"|[\u200f\u061c\u202b\u2067][^\w\n]*[0-9]+(?:[^\w\n]{2,}|[^\w\n.,:/+-])[0-9]"
    r"|[0-9][^\w\n]*[\u200f\u061c\u202b\u2067][^\w\n]*[0-9]"
)
"""Characters that turn the order of all letters behind them, or of groups of digits (UAX 9)."""
_FIX = "请把这些格改回原来的样式（可用格式刷从同表其他填写格复制），核对数字后再报送"
_AS_ISSUED = "请对照空白模板改回这些格的样式，或在下发的工作簿中重新填写"


@frozen
class _Disguise:
    """How a cell shows something else; what to do where it takes more than giving the cell its look back."""

    words: str
    mend: str = ""


_TURNED = _Disguise(
    "含有颠倒文字次序的控制字符，显示的次序与所存的相反",
    "请清空这些格，重新键入（不要从网页、聊天软件直接粘贴），核对后再报送",
)


@frozen
class _Seen:
    """A cell that shows something else, and what is read from it."""

    subject: Subject | str
    origin: InCell
    disguise: _Disguise
    name: str
    found: Value
    is_input: bool = False


def looks(submission: Submission) -> Iterator[Finding]:
    """A finding for every cell that shows another figure, another label or none, many alike in one."""
    alike: dict[tuple[str, _Disguise, bool], list[_Seen]] = defaultdict(list)
    for cell in (*_entries(submission), *_labels(submission), *_covered(submission)):
        alike[cell.origin.sheet, cell.disguise, cell.is_input].append(cell)
    yield from map(_finding, alike.values())


def _entries(submission: Submission) -> Iterator[_Seen]:
    """Inputs, and results, which are read as computed afresh."""
    fields, naming = cells_of(submission.form), Naming(submission.form)
    sheets = {name: SheetLooks(sheet) for name, sheet in submission.snapshot.sheets.items()}
    for subject, reading in submission.readings.items():
        sheet = sheets[reading.origin.sheet]
        is_input = subject not in submission.form.computed
        value = reading.understood.value if is_input else submission.values.get(subject)
        if value is None:
            continue
        unit = fields[subject].unit
        seen = _of_input(sheet, reading, unit) if is_input else _of_result(sheet, reading, value, unit)
        if seen is not None:
            yield _Seen(subject, reading.origin, seen, naming.cell(subject), value, is_input)


def _of_input(sheet: SheetLooks, reading: Reading, unit: str) -> _Disguise | None:
    place, raw, value = position(reading.origin.cell), reading.raw, reading.understood.value
    found = sheet.found
    if place[0] in found.flat_rows or any(a <= place[1] <= b for a, b in found.narrow_columns):
        return _Disguise("所在的行或列没有高度或宽度，看不见")
    if found.hides_zeros and is_number(raw) and raw == 0:
        return _Disguise("填的是 0，而工作表设为不显示零值，显示为空白")
    if isinstance(raw, str) and _REVERSED.search(raw):
        return _TURNED
    if isinstance(raw, str) and found.looks.get(place, PLAIN).leftward and _REVERSED.search(f"\u200f{raw}"):
        return _Disguise("按从右向左的方向显示，数字的次序颠倒")
    return _covered_by(sheet, place, value) or _how(sheet, place, raw, value, unit)


def _of_result(sheet: SheetLooks, reading: Reading, value: Value, unit: str) -> _Disguise | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    place = position(reading.origin.cell)
    return _covered_by(sheet, place, value) or _how(sheet, place, Decimal(value), value, unit)


def _covered_by(sheet: SheetLooks, place: tuple[int, int], value: Value) -> _Disguise | None:
    """What is drawn over the cell; a seal or a remark over words is no fault."""
    kind = sheet.found.covered.get(place, "")
    if not kind or (isinstance(value, str) and kind in (PICTURE, REMARK)):
        return None
    return _Disguise(f"被{kind}遮住", "请移开或者删除遮住这些格的内容，核对数字后再报送")


def _labels(submission: Submission) -> Iterator[_Seen]:
    """Texts of the form that stand there, but are seen as others."""
    for located in submission.sheets.values():
        if located is not None and _has_looks(located.found):
            yield from _labels_of(located)


def _has_looks(found: SheetSnapshot) -> bool:
    return bool(found.looks or found.conditional or found.covered)


def _labels_of(located: Located) -> Iterator[_Seen]:
    sheet = SheetLooks(located.found)
    for cell in located.sheet.guarded:
        place = located.position(cell.area.top, cell.area.left)
        raw = located.found.raw(*place) if place is not None else ""
        if place is not None and isinstance(raw, str) and raw:
            seen = _covered_by(sheet, place, raw) or _how(sheet, place, raw, raw, "")
            if seen is not None:
                origin = InCell(located.found.name, a1(*place))
                yield _Seen(f"{located.sheet.name}!{origin.cell}", origin, seen, "表样文字", raw)


def _covers_inputs(located: Located, hidden: Mapping[tuple[int, int], str]) -> bool:
    inputs = (cell.area for cell in located.sheet.cells if isinstance(cell, Input))
    return any(located.position(area.top, area.left) in hidden for area in inputs)


def _covered(submission: Submission) -> Iterator[_Seen]:
    """Texts of the form that a merged area covers and that are still in the file.

    Inputs have findings of their own (see `read`), and with them the areas.
    """
    for located in submission.sheets.values():
        hidden = merged_over(located) if located is not None else {}
        if located is None or not located.in_place or not hidden or _covers_inputs(located, hidden):
            continue
        for cell in located.sheet.guarded:
            place = located.position(cell.area.top, cell.area.left)
            raw = located.found.raw(*place) if place in hidden and place is not None else ""
            if place is not None and isinstance(raw, str) and raw:
                origin = InCell(located.found.name, a1(*place))
                seen = _Disguise(f"被并入合并单元格 {hidden[place]}，看不见")
                yield _Seen(f"{located.sheet.name}!{origin.cell}", origin, seen, "表样文字", raw)


def _how(
    sheet: SheetLooks, place: tuple[int, int], raw: Raw | Decimal, value: Value, unit: str
) -> _Disguise | None:
    """How the cell shows something else, as it looks or as a condition may make it look."""
    own, changed = sheet.ways(place)
    seen = "" if own is None else own(raw, value, unit)
    if seen:
        return _Disguise(seen)
    seen = next(filter(None, (way(raw, value, unit) for way in changed)), "")
    return _Disguise(f"有条件格式（或者表格样式），可能使它{seen}") if seen else None


def _finding(cells: list[_Seen]) -> Finding:
    first = cells[0]
    fix = first.disguise.mend or (_FIX if first.is_input else _AS_ISSUED)
    rule = own_rule("WBK036")
    if len(cells) > 1:
        names = tuple(cell.origin.cell for cell in cells)
        where = f"{first.origin.sheet}：{ranges_of(names)} 共 {len(cells)} 格"
        message = f"{where}{first.disguise.words}，读到的是格内所存的内容。"
        return rule.finding(message, fix, first.subject, first.origin, cells=names)
    held = f"“{first.found[:20]}”" if isinstance(first.found, str) else number(first.found)
    message = f"{first.origin.place}（{first.name}）{first.disguise.words}，读到的是 {held}。"
    return rule.finding(message, fix, first.subject, first.origin, found=str(first.found))
