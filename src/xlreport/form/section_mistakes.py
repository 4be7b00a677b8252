"""What the types cannot say of a section and its blocks: names, labels, what a sheet can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.form.field import Field, Kind
from xlreport.form.fields import Fields
from xlreport.form.grid import Grid, Line
from xlreport.form.listing import MOST_LINES, Listing
from xlreport.form.mistake import Mistake, duplicates, near, unsaid
from xlreport.form.outline import Section
from xlreport.form.values import EXPLANATIONS, NOTES
from xlreport.subject import ANSWERS, NOTE, TOTAL, is_name

_TAB_LENGTH = 31  # Excel's limit for a sheet's name
_TAB_FORBIDDEN = set("\\/?*[]:'")
_PROMPT_LENGTH = 255  # Excel's limit for an input prompt
_OWN_TABS = {
    *("填报说明", "上年数据", "校验", "汇总说明", "各单位文字", "_xlreport"),
    "history",  # Excel keeps “History” for itself
}
_OWN_BLOCKS = {NOTES, EXPLANATIONS, ANSWERS}
_MOST_PLACES = 9


def section_mistakes(section: Section) -> Iterator[Mistake]:
    """Every mistake in a file of sections/, formulas apart."""
    file = f"sections/{section.name}.toml"
    yield from _tab_mistakes(file, section.tab)
    for number, block in enumerate(section.blocks):
        path = f"block[{number}]"
        yield from _name_mistakes(file, path, block.name)
        if block.name in _OWN_BLOCKS:
            text = f"“{block.name}” is reserved for notes and answers: choose another name"
            yield Mistake(file, f"{path}.name", text)
        match block:
            case Fields():
                yield from _field_mistakes(file, f"{path}.field", block.fields)
            case Listing():
                yield from _list_mistakes(file, path, block)
            case Grid():
                yield from _grid_mistakes(file, path, block)


def _tab_mistakes(file: str, tab: str) -> Iterator[Mistake]:
    if tab.casefold() in _OWN_TABS:
        yield Mistake(file, "tab", f"“{tab}” cannot be a sheet's name: it is taken, choose another")
    elif len(tab) > _TAB_LENGTH or _TAB_FORBIDDEN & set(tab):
        text = f"“{tab}” cannot be a sheet's name: at most 31 characters, none of \\ / ? * [ ] : '"
        yield Mistake(file, "tab", text)


def _list_mistakes(file: str, path: str, listing: Listing) -> Iterator[Mistake]:
    yield from _field_mistakes(file, f"{path}.column", listing.columns)
    if any(column.carry for column in listing.columns):
        yield Mistake(file, f"{path}.column", "lists are not taken over: take `carry` out")
    if not 1 <= listing.rows <= MOST_LINES:
        yield Mistake(file, f"{path}.rows", f"offer between 1 and {MOST_LINES} lines")


def _field_mistakes(file: str, path: str, fields: Sequence[Field]) -> Iterator[Mistake]:
    yield from duplicates(file, path, [field.name for field in fields], "name")
    for number, field in enumerate(fields):
        here = f"{path}[{number}]"
        yield from _name_mistakes(file, here, field.name)
        if not field.label.strip():
            yield Mistake(file, f"{here}.label", "the label is empty: say what the clerk should enter")
        if field.kind is Kind.CHOICE and not field.options:
            yield Mistake(file, f"{here}.options", "a choice needs options: add name and label of each")
        if field.total and not field.kind.numeric:
            yield Mistake(file, f"{here}.total", "only a count or an amount has a total")
        if field.max_length < 0:
            yield Mistake(file, f"{here}.max_length", "the length is 0 or more; 0 sets no limit")
        yield from _places_mistakes(file, here, field.kind, field.places)
        if field.signed and not field.kind.numeric:
            yield Mistake(file, f"{here}.signed", "only a count or an amount has a sign: take it out")
        yield from _option_mistakes(file, here, field)
        yield from _help_mistakes(file, here, field.help)


def _places_mistakes(file: str, path: str, kind: Kind, places: int) -> Iterator[Mistake]:
    if kind is Kind.AMOUNT and not 0 <= places <= _MOST_PLACES:
        yield Mistake(file, f"{path}.places", f"{places} decimal places: give between 0 and {_MOST_PLACES}")
    elif kind is not Kind.AMOUNT and places != 0:
        yield Mistake(file, f"{path}.places", "only an amount has decimal places: take it out")


def _option_mistakes(file: str, path: str, field: Field) -> Iterator[Mistake]:
    yield from duplicates(file, f"{path}.options", [option.name for option in field.options], "option")
    yield from duplicates(file, f"{path}.options", [option.label for option in field.options], "label")
    if len(",".join(option.label for option in field.options)) > _PROMPT_LENGTH:
        yield Mistake(file, f"{path}.options", "the labels together exceed the 255 characters of a drop-down")
    for option in field.options:
        yield from unsaid(file, f"{path}.options", {"label": option.label})
        if "," in option.label:
            yield Mistake(file, f"{path}.options", f"“{option.label}”: a drop-down's labels hold no comma")


def _help_mistakes(file: str, path: str, text: str) -> Iterator[Mistake]:
    if len(text) > _PROMPT_LENGTH:
        yield Mistake(file, f"{path}.help", f"{len(text)} characters; a prompt holds {_PROMPT_LENGTH}")


def _grid_mistakes(file: str, path: str, grid: Grid) -> Iterator[Mistake]:
    if not grid.kind.numeric:
        yield Mistake(file, f"{path}.kind", f"a grid holds counts or amounts, not “{grid.kind}”")
    yield from _places_mistakes(file, path, grid.kind, grid.places)
    for key, lines in (("row", grid.rows), ("col", grid.columns)):
        yield from duplicates(file, f"{path}.{key}", [line.name for line in lines], "name")
        if not lines:
            yield Mistake(file, f"{path}.{key}", "the grid has none: add at least one")
        for number, line in enumerate(lines):
            yield from _line_mistakes(file, f"{path}.{key}[{number}]", line)
            yield from _own_kind_mistakes(file, f"{path}.{key}[{number}]", line, is_row=key == "row")
            yield from _prior_mistakes(file, f"{path}.{key}[{number}].prior", line, lines)


def _own_kind_mistakes(file: str, path: str, line: Line, is_row: bool) -> Iterator[Mistake]:
    """Only columns have a kind of their own, and unit and places go with it."""
    own = {"unit": bool(line.unit), "places": line.places != 0}
    if is_row:
        own |= {"kind": line.kind is not None, "signed": line.signed}
    for key in own:
        if own[key] and (is_row or line.kind is None):
            text = "a row has none of its own: say it of a column" if is_row else "goes with `kind`: add it"
            yield Mistake(file, f"{path}.{key}", text)
    if line.kind is not None and not is_row:
        if not line.kind.numeric:
            yield Mistake(file, f"{path}.kind", f"a grid holds counts or amounts, not “{line.kind}”")
        yield from _places_mistakes(file, path, line.kind, line.places)


def _line_mistakes(file: str, path: str, line: Line) -> Iterator[Mistake]:
    yield from _name_mistakes(file, path, line.name)
    if line.name == NOTE:
        yield Mistake(file, f"{path}.name", "“note” is reserved for the remarks: choose another name")
    if line.name == TOTAL and not line.formula:
        yield Mistake(file, f"{path}.name", "“total” is reserved for computed lines: choose another name")
    if not line.label or not all(part.strip() for part in line.label):
        yield Mistake(file, f"{path}.label", "the label is empty: give its header cells from outside in")
    yield from _help_mistakes(file, path, line.help)


def _prior_mistakes(file: str, path: str, line: Line, lines: Sequence[Line]) -> Iterator[Mistake]:
    names = [other.name for other in lines]
    if line.prior and line.prior not in names:
        yield Mistake(file, path, f"unknown line “{line.prior}”{near(line.prior, names)}")
    elif line.prior and line.formula:
        yield Mistake(file, path, "a computed line is not filled in beforehand: take one of the two out")


def _name_mistakes(file: str, path: str, name: str) -> Iterator[Mistake]:
    if not is_name(name):
        yield Mistake(file, f"{path}.name", f"“{name}” is no name: use lower-case words joined by _")
