"""Values by name: between the nested JSON that people exchange and flat subjects.

JSON: `{"cover": {"organ": …}, "published": [{"category": …, "count": 2}], "requests": {"new_requests":
{"natural_person": 0}}, "notes": {"requests": {"new_requests": "…"}}, "explanations": {"CASE001": "…"}}`;
absent or null is blank. Explanations are keyed by check, and by `check:line` where it has lines.
Values: a mapping from subject to int, Decimal, str, bool or None; days as "YYYY-MM-DD".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from xlreport.form.mistake import nearest
from xlreport.form.model import (
    NOTE,
    TOTAL,
    Block,
    Field,
    Fields,
    Form,
    Grid,
    Instance,
    Kind,
    Line,
    Listing,
    cell,
)
from xlreport.form.text import clean
from xlreport.formula.nodes import Value

Values: TypeAlias = Mapping[str, Value]

NOTES = "notes"
EXPLANATIONS = "explanations"
LARGEST = 10**12 - 1
"""Largest count: sums of a few hundred such stay exact in a spreadsheet's 15 digits."""
MOST_DIGITS = 15
"""Digits that a spreadsheet keeps of a number."""
MOST_TEXT = 32_000
"""Characters that fit into one cell (Excel's limit is 32,767)."""
MOST_ROWS = 1_000
"""Lines that a list can be given."""


class ValueErrors(ValueError):
    """Values that do not fit the form: one message for each, with its path."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(messages))


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value stands in the form: its subject, kind and rules, as one field."""

    subject: str
    field: Field


def slots(form: Form) -> Iterator[Slot]:
    """Every cell of the form that can hold a value, computed ones and notes included, in order."""
    for block in form.blocks.values():
        if isinstance(block, Fields):
            yield from (Slot(field.name, field) for field in block.fields)
        elif isinstance(block, Listing):
            for number in range(1, block.rows + 1):
                yield from (Slot(cell(block.name, number, column.name), column) for column in block.columns)
            yield from (Slot(cell(block.name, TOTAL, c.name), c) for c in block.columns if c.total)
        else:
            yield from _grid_slots(block)
    for instance in form.instances:
        if instance.explainable:
            yield Slot(instance.explanation, explanation_field(instance))


def explanation_field(instance: Instance) -> Field:
    """The cell in which a unit answers a warning."""
    return Field(instance.explanation, f"{instance.check.code} 情况说明", Kind.TEXT, required=False)


def note_field(row: Line) -> Field:
    """The remark of a grid row."""
    return Field(NOTE, f"{row.short} 备注", Kind.TEXT, required=False)


def figure_field(grid: Grid, row: Line, column: Line) -> Field:
    """A grid's cell as a field."""
    return Field(
        name=cell(grid.name, row.name, column.name),
        label=f"{row.short} {column.short}",
        kind=grid.kind,
        help=row.help or column.help,
        unit=grid.unit,
        places=grid.places,
    )


def _explanation_key(instance: Instance) -> str:
    return f"{instance.check.code}:{instance.line}" if instance.line else instance.check.code


def _grid_slots(grid: Grid) -> Iterator[Slot]:
    for row, column, subject in grid.cells():
        yield Slot(subject, figure_field(grid, row, column))
    if grid.notes:
        for row in grid.rows:
            yield Slot(cell(grid.name, row.name, NOTE), note_field(row))


def rows_needed(form: Form, data: Mapping[str, Any]) -> dict[str, int]:
    """The number of lines each list needs to hold the JSON's rows, never less than declared."""
    needed = {}
    for name, listing in form.listings.items():
        rows = data.get(name)
        needed[name] = max(listing.rows, min(len(rows), MOST_ROWS) if isinstance(rows, list) else 0)
    return needed


def from_json(form: Form, data: Any) -> dict[str, Value]:
    """Values by subject; blanks are left out. Raises ValueErrors naming everything that does not fit."""
    reader = _Reader(form)
    reader.read(data)
    if reader.messages:
        raise ValueErrors(reader.messages)
    return reader.values


def to_json(form: Form, values: Values) -> dict[str, Any]:
    """The nested JSON of all inputs and notes that are not blank. Amounts become strings."""
    result: dict[str, Any] = {}
    for block in form.blocks.values():
        if isinstance(block, Fields):
            nested: Any = _fields_json(block, values)
        elif isinstance(block, Listing):
            nested = _list_json(block, values)
        else:
            nested = _grid_json(form, block, values)
        if nested:
            result[block.name] = nested
    notes = {grid.name: _notes_json(grid, values) for grid in form.grids.values()}
    if any(notes.values()):
        result[NOTES] = {name: rows for name, rows in notes.items() if rows}
    explained = [i for i in form.instances if _filled(values, i.explanation)]
    if explained:
        result[EXPLANATIONS] = {_explanation_key(i): values[i.explanation] for i in explained}
    return result


def _filled(values: Values, subject: str) -> bool:
    return values.get(subject) is not None


def _plain(value: Value, kind: Kind) -> int | str | bool | None:
    """A value as JSON: amounts are strings, so that no reader makes a float of them."""
    if isinstance(value, Decimal) or (kind is Kind.AMOUNT and isinstance(value, int)):
        return in_full(value)
    return value


def _fields_json(block: Fields, values: Values) -> dict[str, Any]:
    filled = [field for field in block.fields if _filled(values, field.name)]
    return {field.name: _plain(values[field.name], field.kind) for field in filled}


def _list_json(block: Listing, values: Values) -> list[dict[str, Any]]:
    rows = []
    for number in range(1, block.rows + 1):
        subjects = [(column, cell(block.name, number, column.name)) for column in block.columns]
        row = {c.name: _plain(values[s], c.kind) for c, s in subjects if _filled(values, s)}
        if row:
            rows.append(row)
    return rows


def _grid_json(form: Form, grid: Grid, values: Values) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for row, column, subject in grid.cells():
        if subject not in form.computed and _filled(values, subject):
            rows.setdefault(row.name, {})[column.name] = _plain(values[subject], grid.kind)
    return rows


def _notes_json(grid: Grid, values: Values) -> dict[str, Any]:
    subjects = {row.name: cell(grid.name, row.name, NOTE) for row in grid.rows}
    return {name: values[subject] for name, subject in subjects.items() if _filled(values, subject)}


class _Reader:
    """Walks a nested JSON along the form and collects values and messages."""

    def __init__(self, form: Form) -> None:
        self.values: dict[str, Value] = {}
        self.messages: list[str] = []
        self._form = form
        self._fields = {slot.subject: slot.field for slot in slots(form)}

    def read(self, data: Any) -> None:
        for name, content in self._members("", data, [*self._form.blocks, NOTES, EXPLANATIONS]):
            if name == NOTES:
                self._notes(content)
            elif name == EXPLANATIONS:
                self._explanations(content)
            else:
                self._block(self._form.blocks[name], content)

    def _block(self, block: Block, content: Any) -> None:
        if isinstance(block, Listing):
            self._listing(block, content)
        elif isinstance(block, Grid):
            self._grid(block, content)
        else:
            for field, value in self._members(block.name, content, [f.name for f in block.fields]):
                self._take(f"{block.name}.{field}", field, value)

    def _listing(self, block: Listing, content: Any) -> None:
        if not isinstance(content, list):
            self.messages.append(f"{block.name}: 应为列表")
            return
        if len(content) > block.rows:
            self.messages.append(f"{block.name}: 共 {len(content)} 行，最多 {block.rows} 行")
        for number, row in enumerate(content[: block.rows], start=1):
            path = f"{block.name}[{number}]"
            for column, value in self._members(path, row, [c.name for c in block.columns]):
                self._take(f"{path}.{column}", cell(block.name, number, column), value)

    def _grid(self, grid: Grid, content: Any) -> None:
        for row, columns in self._members(grid.name, content, [line.name for line in grid.rows]):
            path = f"{grid.name}.{row}"
            for column, value in self._members(path, columns, [line.name for line in grid.columns]):
                self._take(f"{path}.{column}", cell(grid.name, row, column), value)

    def _notes(self, content: Any) -> None:
        with_notes = [name for name, grid in self._form.grids.items() if grid.notes]
        for grid, rows in self._members(NOTES, content, with_notes):
            names = [line.name for line in self._form.grids[grid].rows]
            for row, value in self._members(f"{NOTES}.{grid}", rows, names):
                self._take(f"{NOTES}.{grid}.{row}", cell(grid, row, NOTE), value)

    def _explanations(self, content: Any) -> None:
        known = {_explanation_key(i): i.explanation for i in self._form.instances if i.explainable}
        for key, value in self._members(EXPLANATIONS, content, list(known)):
            self._take(f"{EXPLANATIONS}.{key}", known[key], value)

    def _members(self, path: str, data: Any, known: list[str]) -> Iterator[tuple[str, Any]]:
        """The known members that are not null; others are complained of."""
        if not isinstance(data, Mapping):
            self.messages.append(f"{path or '全文'}: 应为 JSON 对象")
            return
        for name, value in data.items():
            if name not in known:
                here = f"{path}.{name}" if path else name
                self.messages.append(f"{here}: 报表中没有这个名称{_perhaps(name, known)}")
            elif value is not None:
                yield name, value

    def _take(self, path: str, subject: str, value: Any) -> None:
        if value == "":
            return  # an empty text is a blank cell
        try:
            coerced = coerce(self._fields[subject], value)
        except ValueError as error:
            self.messages.append(f"{path}: {error}")
        else:
            if coerced is not None:
                self.values[subject] = coerced


def coerce(field: Field, value: Any) -> Value:
    """A JSON value as the field's kind, None for empty text. Raises ValueError with a message in Chinese."""
    if field.kind is Kind.CONFIRM:
        confirmed: bool = _typed(value, bool, "应为 true 或 false")
        return confirmed
    if field.kind is Kind.AMOUNT:
        return _amount(field, value)
    if field.kind in (Kind.COUNT, Kind.YEAR):
        return _count(value)
    text = clean(_typed(value, str, "应为文字"))
    if not text:
        return None
    if field.kind is Kind.CHOICE and text not in field.labels:
        raise ValueError(f"“{text}”不在可选项内：{'、'.join(field.labels)}{_perhaps(text, field.labels)}")
    if field.kind is Kind.DATE:
        return _day(text)
    most = field.max_length if field.max_length > 0 else MOST_TEXT
    if len(text) > most:
        raise ValueError(f"文字过长：{len(text)} 字，最多 {most} 字")
    return text


def _perhaps(name: str, known: Iterable[str]) -> str:
    close = nearest(name, known)
    return f"，是否为 {close}？" if close is not None else ""


def _typed(value: Any, wanted: type, message: str) -> Any:
    if not isinstance(value, wanted):
        raise ValueError(message)
    return value


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("应为整数")
    if not 0 <= value <= LARGEST:
        raise ValueError(f"应在 0 至 {LARGEST} 之间")
    return value


def _amount(field: Field, value: Any) -> int | Decimal:
    if isinstance(value, bool | float) or not isinstance(value, int | str | Decimal):
        raise ValueError('金额应写成字符串，如 "12.5"')
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"“{value}”不是数字") from None
    if not amount.is_finite() or amount < 0:
        raise ValueError("金额应为不小于 0 的数")
    if amount > LARGEST:
        raise ValueError(f"金额过大，最多 {LARGEST}")
    if decimal_places(amount) > field.places:
        raise ValueError(f"最多 {field.places} 位小数")
    if digits(amount) > MOST_DIGITS:
        raise ValueError(f"数字过长，表格软件只能准确保存 {MOST_DIGITS} 位")
    return exact(amount)


def decimal_places(number: Decimal) -> int:
    """Decimal places that matter: of 1.50 one, of 12 none."""
    return max(0, -_bare(number)[1])


def digits(number: Decimal) -> int:
    """Digits that matter: of 120.50 four, of 0.012 two."""
    return len(_bare(number)[0])


def exact(number: Decimal) -> int | Decimal:
    """The number as int where it is whole, else the Decimal without trailing zeros."""
    figures, exponent = _bare(number)
    if exponent >= 0:
        return int(number)
    return Decimal((number.as_tuple().sign, tuple(map(int, figures)), exponent))


def in_full(number: int | Decimal) -> str:
    """The number without an exponent."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)


def _bare(number: Decimal) -> tuple[str, int]:
    """Digits without zeros at either end, and the exponent; Decimal's own way would round at 28 digits."""
    _, figures, exponent = number.as_tuple()
    assert isinstance(exponent, int), "not a finite number"
    text = "".join(map(str, figures)).lstrip("0")
    bare = text.rstrip("0")
    return (bare, exponent + len(text) - len(bare)) if bare else ("", 0)


def _day(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("日期应写成 2024-01-20")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"没有“{text}”这一天") from None
