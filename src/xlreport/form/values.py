"""Values by name: between the nested JSON that people exchange and flat subjects.

JSON: `{"cover": {"organ": …}, "published": [{"category": …, "count": 2}], "requests": {"new_requests":
{"natural_person": 0}}, "notes": {"requests": {"new_requests": "…"}}, "explanations": {"CASE001": "…"}}`;
absent or null is blank. Explanations are keyed by check, and by `check:line` where it has lines.
Values: a mapping from subject to int, Decimal, str, bool or None; days as "YYYY-MM-DD".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from xlreport.form.answers import answers
from xlreport.form.cells import cells_of
from xlreport.form.coerce import coerce, perhaps
from xlreport.form.exact import in_full
from xlreport.form.field import Field, Kind
from xlreport.form.fields import Fields
from xlreport.form.grid import Grid
from xlreport.form.listing import MOST_LINES, Listing
from xlreport.form.model import Form
from xlreport.form.outline import Block
from xlreport.formula.nodes import Value
from xlreport.subject import Subject

Values: TypeAlias = Mapping[Subject, Value]

NOTES = "notes"
EXPLANATIONS = "explanations"


class ValueErrors(ValueError):
    """Values that do not fit the form: one message for each, with its path."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(messages))


def rows_needed(form: Form, data: Mapping[str, Any]) -> dict[str, int]:
    """The number of lines each list needs to hold the JSON's rows, never less than declared."""
    needed = {}
    for name, listing in form.listings.items():
        rows = data.get(name)
        needed[name] = max(listing.rows, min(len(rows), MOST_LINES) if isinstance(rows, list) else 0)
    return needed


def from_json(form: Form, data: Any) -> dict[Subject, Value]:
    """Values by subject; blanks are left out. Raises ValueErrors naming everything that does not fit."""
    reader = _Reader(form)
    reader.read(data)
    if reader.messages:
        raise ValueErrors(reader.messages)
    return reader.values


def to_json(form: Form, values: Values) -> dict[str, Any]:
    """The nested JSON of all inputs and notes that are not blank. Amounts become strings."""
    inputs = {subject: value for subject, value in values.items() if subject not in form.computed}
    result = {name: nested for name, block in form.blocks.items() if (nested := _nested(block, inputs))}
    notes = {name: _notes_json(grid, values) for name, grid in form.grids.items()}
    if any(notes.values()):
        result[NOTES] = {name: rows for name, rows in notes.items() if rows}
    answered = [answer for answer in answers(form) if values.get(answer.subject) is not None]
    if answered:
        result[EXPLANATIONS] = {answer.key: values[answer.subject] for answer in answered}
    return result


def _nested(block: Block, inputs: Values) -> Any:
    """What is filled in of a block: fields by name, a list's rows, a grid's rows by name."""
    match block:
        case Fields():
            return {str(subject): value for subject, value in _filled(block.cells(), inputs)}
        case Listing():
            lines = (_filled(line.items(), inputs) for line in block.lines())
            rows = [{subject.column: value for subject, value in line} for line in lines]
            return [row for row in rows if row]
        case Grid():
            table: dict[str, dict[str, Any]] = {}
            for subject, value in _filled(block.figures(), inputs):
                table.setdefault(subject.row, {})[subject.column] = value
            return table


def _filled(cells: Iterable[tuple[Subject, Field]], values: Values) -> Iterator[tuple[Subject, Any]]:
    """The cells that are not blank, with their values as JSON."""
    for subject, field in cells:
        value = values.get(subject)
        if value is not None:
            yield subject, _plain(value, field.kind)


def _plain(value: Value, kind: Kind) -> int | str | bool | None:
    """A value as JSON: amounts are strings, so that no reader makes a float of them."""
    if isinstance(value, Decimal) or (kind is Kind.AMOUNT and isinstance(value, int)):
        return in_full(value)
    return value


def _notes_json(grid: Grid, values: Values) -> dict[str, Any]:
    notes = {row.name: values.get(grid.note(row)) for row in grid.rows}
    return {name: note for name, note in notes.items() if note is not None}


class _Reader:
    """Walks a nested JSON along the form and collects values and messages."""

    def __init__(self, form: Form) -> None:
        self.values: dict[Subject, Value] = {}
        self.messages: list[str] = []
        self._form = form
        self._fields = cells_of(form)

    def read(self, data: Any) -> None:
        for name, content in self._members("", data, [*self._form.blocks, NOTES, EXPLANATIONS]):
            if name == NOTES:
                self._notes(content)
            elif name == EXPLANATIONS:
                self._explanations(content)
            else:
                self._block(self._form.blocks[name], content)

    def _block(self, block: Block, content: Any) -> None:
        match block:
            case Fields():
                self._single(block, content)
            case Listing():
                self._listing(block, content)
            case Grid():
                self._grid(block, content)

    def _single(self, block: Fields, content: Any) -> None:
        for field, value in self._members(block.name, content, list(block.names)):
            self._take(f"{block.name}.{field}", Subject.field(field), value)

    def _listing(self, block: Listing, content: Any) -> None:
        if not isinstance(content, list):
            self.messages.append(f"{block.name}: 应为列表")
            return
        if len(content) > block.rows:
            self.messages.append(f"{block.name}: 共 {len(content)} 行，最多 {block.rows} 行")
        for number, row in enumerate(content[: block.rows], start=1):
            path = f"{block.name}[{number}]"
            for column, value in self._members(path, row, [c.name for c in block.columns]):
                self._take(f"{path}.{column}", Subject.cell(block.name, number, column), value)

    def _grid(self, grid: Grid, content: Any) -> None:
        for row, columns in self._members(grid.name, content, [line.name for line in grid.rows]):
            path = f"{grid.name}.{row}"
            for column, value in self._members(path, columns, [line.name for line in grid.columns]):
                self._take(f"{path}.{column}", Subject.cell(grid.name, row, column), value)

    def _notes(self, content: Any) -> None:
        with_notes = [name for name, grid in self._form.grids.items() if grid.notes]
        for grid, rows in self._members(NOTES, content, with_notes):
            names = [line.name for line in self._form.grids[grid].rows]
            for row, value in self._members(f"{NOTES}.{grid}", rows, names):
                self._take(f"{NOTES}.{grid}.{row}", Subject.note(grid, row), value)

    def _explanations(self, content: Any) -> None:
        known = {answer.key: answer.subject for answer in answers(self._form)}
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
                self.messages.append(f"{here}: 报表中没有这个名称{perhaps(name, known)}")
            elif value is not None:
                yield name, value

    def _take(self, path: str, subject: Subject, value: Any) -> None:
        if value == "":
            return  # an empty text is a blank cell
        try:
            coerced = coerce(self._fields[subject], value)
        except ValueError as error:
            self.messages.append(f"{path}: {error}")
        else:
            if coerced is not None:
                self.values[subject] = coerced
