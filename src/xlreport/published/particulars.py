"""What a report says of the unit: its address before the first heading, the day and remarks at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from xlreport.cleaning import squeezed
from xlreport.expression import Expression
from xlreport.form.cells import cells_of
from xlreport.form.coerce import coerce
from xlreport.form.field import Field, Kind
from xlreport.form.fields import Fields
from xlreport.form.model import Form
from xlreport.formula.nodes import Value
from xlreport.origin import InParagraph, Origin
from xlreport.published.labels import head_key, row_key
from xlreport.published.lines import PrintedLine
from xlreport.subject import Subject
from xlreport.unit import key

_STATED = Expression(
    r"(?<![\w])(?P<label>[\w]{2,6})\s*[：:]\s*(?P<value>[^；;，,。：:（）()]{2,80})(?!\w*\s*[：:])"
)
_CALLED = Expression("[与同](?P<name>[^，。；：、与同（）]{2,40}?)联系")
_NOTE = Expression(
    r"(?:注\s*[：:])?\s*(?:[0-9０-９]{1,2}\s*[.．、])?\s*"
    r"(?P<row>[^：:，。；]{2,40})[：:](?P<note>.+)"
)
_SIGNED = 2
"""Lines of a sign-off: the unit's name and the day."""
_DAY = Expression(r"(?P<year>[0-9]{4})[年./-](?P<month>[0-9]{1,2})[月./-](?P<day>[0-9]{1,2})日?")


def particulars_in(
    form: Form, unit: str, lead: Sequence[PrintedLine], closing: Sequence[PrintedLine]
) -> tuple[dict[Subject, Value], dict[Subject, Origin]]:
    """The cover's fields that the report states, and where. What is stated in two ways is left out."""
    stated: dict[Subject, dict[Value, Origin]] = {}
    notes = closing[: _notes_end(closing, unit)]
    found = (
        *_contacts(form, lead),
        *_short_names(form, unit, lead),
        *_notes(form, notes),
        *_signed(form, closing[len(notes) :]),
    )
    for subject, value, origin in found:
        stated.setdefault(subject, {}).setdefault(value, origin)
    once = {subject: next(iter(of.items())) for subject, of in stated.items() if len(of) == 1}
    return {s: value for s, (value, _) in once.items()}, {s: origin for s, (_, origin) in once.items()}


def _contacts(form: Form, lead: Sequence[PrintedLine]) -> Iterator[tuple[Subject, Value, Origin]]:
    """`地址：…；电话：…`: fields by their labels, of which words may be left out (邮编 for 邮政编码)."""
    fields = _cover(form)
    for line in lead:
        for stated in _STATED.finditer(line.text):
            meant = [s for s, field in fields.items() if _short_for(head_key(stated["label"]), field)]
            if len(meant) != 1:
                continue
            with suppress(ValueError):
                value = coerce(fields[meant[0]], stated["value"].strip())
                yield meant[0], value, _at(line, stated.start("value"))


def _cover(form: Form) -> Mapping[Subject, Field]:
    """The texts of the cover, but for the unit's name and its code."""
    blocks = (block for block in form.sections[0].blocks if isinstance(block, Fields))
    cells = (cell for block in blocks for cell in block.cells())
    return {s: f for s, f in cells if f.kind is Kind.TEXT and s not in (form.unit_field, form.code_field)}


def _short_for(words: str, field: Field) -> bool:
    rest = iter(head_key(field.label))
    return all(char in rest for char in words)


def _short_names(
    form: Form, unit: str, lead: Sequence[PrintedLine]
) -> Iterator[tuple[Subject, Value, Origin]]:
    """What a unit calls itself where it asks to be written to, if that is short for its name."""
    for short in (each for each in form.entries.declared.short_name if each.of == form.unit_field):
        for line in lead:
            called = _CALLED.search(line.text)
            if called is not None and unit and _is_short(squeezed(called["name"]), squeezed(unit)):
                yield Subject.field(short.field), called["name"].strip(), _at(line, called.start("name"))


def _is_short(name: str, whole: str) -> bool:
    rest = iter(whole)
    return name != whole and all(char in rest for char in name)


def _notes_end(closing: Sequence[PrintedLine], unit: str) -> int:
    """How many lines there are before the unit's name."""
    return next((n for n, line in enumerate(closing) if key(line.text) == key(unit)), 0)


def _notes(form: Form, lines: Sequence[PrintedLine]) -> Iterator[tuple[Subject, Value, Origin]]:
    """`注：1. 行政复议：…`: remarks on the row of that name, where only one has it."""
    for line in lines:
        note = _NOTE.fullmatch(line.text)
        rows = _rows(form, row_key(note["row"])) if note else []
        if note is not None and len(rows) == 1:
            with suppress(ValueError):
                value = coerce(cells_of(form)[rows[0]], note["note"])
                yield rows[0], value, _at(line, note.start("note"))


def _rows(form: Form, words: str) -> list[Subject]:
    grids = (grid for grid in form.grids.values() if grid.notes)
    return [
        grid.note(row)
        for grid in grids
        for row in grid.rows
        if words in (row_key(row.short), row_key(row.label[-1]))
    ]


def _signed(form: Form, closing: Sequence[PrintedLine]) -> Iterator[tuple[Subject, Value, Origin]]:
    """The day below the unit's name, if the form asks for one day only."""
    days = [subject for subject, field in form.fields.items() if field.kind is Kind.DATE]
    for line in closing[:_SIGNED] if len(days) == 1 else ():
        day = _DAY.fullmatch(squeezed(line.text))
        if day is not None:
            with suppress(ValueError):
                iso = f"{day['year']}-{int(day['month']):02}-{int(day['day']):02}"
                yield days[0], coerce(form.fields[days[0]], iso), line.origin


def _at(line: PrintedLine, start: int) -> InParagraph:
    return InParagraph(line.paragraph, line.character + start)
