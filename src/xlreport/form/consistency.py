"""What the types cannot say: names that are free, labels that are there, what Excel can hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlreport.form.bind import CHECKS
from xlreport.form.declare import FormToml
from xlreport.form.library import find_form
from xlreport.form.mistake import Mistake, near
from xlreport.form.model import Check, Field, Fields, Grid, Kind, Line, Listing, Section
from xlreport.form.values import EXPLANATIONS, NOTES
from xlreport.subject import ANSWERS, NOTE, TOTAL, is_part

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAB_LENGTH = 31  # Excel's limit for a sheet's name
_TAB_FORBIDDEN = set("\\/?*[]:'")
_PROMPT_LENGTH = 255  # Excel's limit for an input prompt
_OWN_TABS = {"填报说明", "上年数据", "校验", "_xlreport", "history"}  # Excel keeps “History” for itself
_ID = re.compile(r"[a-z0-9_]{1,64}")
_OWN_CODE = re.compile(r"(WBK|VAL|FIG|TXT|PUB|SYS)\d+|YOY(?!(?!000)[0-8]\d\d$)\d+")  # built in, now and later
_OWN_BLOCKS = {NOTES, EXPLANATIONS, ANSWERS}
_MOST_PLACES = 9


def inconsistencies(
    declared: FormToml, folder: str, sections: Sequence[Section], checks: Sequence[Check]
) -> Iterator[Mistake]:
    """Every mistake in what is declared in the folder of that name, formulas apart."""
    blocks = [block for section in sections for block in section.blocks]
    fields = [field for block in blocks if isinstance(block, Fields) for field in block.fields]
    yield from _id_mistakes(declared.id, folder)
    if len(sections) == len(declared.sections):
        yield from _named_fields(declared, {field.name: field.kind for field in fields})
    yield from _skin_mistakes(declared)
    names = [block.name for block in blocks if not isinstance(block, Fields)]
    names += [field.name for field in fields]
    yield from _duplicates("sections/", "", names, "field, list or grid")
    yield from _duplicates("sections/", "", [block.name for block in blocks], "block")
    yield from _duplicates("sections/", "", [section.tab.casefold() for section in sections], "tab")
    yield from _duplicates(CHECKS, "", [check.code for check in checks], "check code")
    yield from _code_mistakes(checks)
    for section in sections:
        yield from _section_mistakes(section)


def _id_mistakes(name: str, folder: str) -> Iterator[Mistake]:
    """A return names its form by id, and the form is looked for in the folder of that name."""
    if _ID.fullmatch(name) is None:
        text = f"“{name}” is no id: use at most 64 lower-case letters, digits and _"
        yield Mistake("form.toml", "id", text)
    elif name != folder:
        text = f"“{name}” is not the folder's name “{folder}”: give both the same name"
        yield Mistake("form.toml", "id", text)


def _code_mistakes(checks: Sequence[Check]) -> Iterator[Mistake]:
    for number, check in enumerate(checks):
        if not check.code or not is_part(check.code):
            text = f"“{check.code}” is no code: use letters and digits"
            yield Mistake(CHECKS, f"check[{number}].code", text)
        if _OWN_CODE.fullmatch(check.code):
            text = f"“{check.code}” is a code of xlreport itself: begin with other letters"
            yield Mistake(CHECKS, f"check[{number}].code", text)


def _skin_mistakes(declared: FormToml) -> Iterator[Mistake]:
    if declared.skin:
        try:
            find_form(declared.skin)
        except FileNotFoundError:
            text = f"unknown form “{declared.skin}”: name a form with a skin folder"
            yield Mistake("form.toml", "skin", text)


def _named_fields(declared: FormToml, kinds: Mapping[str, Kind]) -> Iterator[Mistake]:
    wanted = {"unit_field": Kind.TEXT, "code_field": None, "year_field": Kind.YEAR}
    for key, kind in wanted.items():
        name = getattr(declared, key)
        if name not in kinds:
            yield Mistake("form.toml", key, f"unknown field “{name}”{near(name, kinds)}")
        elif kind not in (None, kinds[name]):
            text = f"“{name}” is of kind “{kinds[name]}”: name a field of kind “{kind}”"
            yield Mistake("form.toml", key, text)


def _section_mistakes(section: Section) -> Iterator[Mistake]:
    file = f"sections/{section.name}.toml"
    yield from _tab_mistakes(file, section.tab)
    for number, block in enumerate(section.blocks):
        path = f"block[{number}]"
        yield from _name_mistakes(file, path, block.name)
        if block.name in _OWN_BLOCKS:
            text = f"“{block.name}” is reserved for notes and answers: choose another name"
            yield Mistake(file, f"{path}.name", text)
        if isinstance(block, Grid):
            yield from _grid_mistakes(file, path, block)
        elif isinstance(block, Listing):
            yield from _field_mistakes(file, f"{path}.column", block.columns)
            if any(column.carry for column in block.columns):
                yield Mistake(file, f"{path}.column", "lists are not taken over: take `carry` out")
            if not 1 <= block.rows <= 1000:
                yield Mistake(file, f"{path}.rows", "offer between 1 and 1000 lines")
        else:
            yield from _field_mistakes(file, f"{path}.field", block.fields)


def _tab_mistakes(file: str, tab: str) -> Iterator[Mistake]:
    if tab.casefold() in _OWN_TABS:
        yield Mistake(file, "tab", f"“{tab}” cannot be a sheet's name: it is taken, choose another")
    elif len(tab) > _TAB_LENGTH or _TAB_FORBIDDEN & set(tab):
        text = f"“{tab}” cannot be a sheet's name: at most 31 characters, none of \\ / ? * [ ] : '"
        yield Mistake(file, "tab", text)


def _field_mistakes(file: str, path: str, fields: Sequence[Field]) -> Iterator[Mistake]:
    yield from _duplicates(file, path, [field.name for field in fields], "name")
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
    yield from _duplicates(file, f"{path}.options", [option.name for option in field.options], "option")
    yield from _duplicates(file, f"{path}.options", [option.label for option in field.options], "label")
    if len(",".join(option.label for option in field.options)) > _PROMPT_LENGTH:
        yield Mistake(file, f"{path}.options", "the labels together exceed the 255 characters of a drop-down")
    for option in field.options:
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
        yield from _duplicates(file, f"{path}.{key}", [line.name for line in lines], "name")
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
    if _NAME.fullmatch(name) is None:
        yield Mistake(file, f"{path}.name", f"“{name}” is no name: use lower-case words joined by _")


def _duplicates(file: str, path: str, names: Iterable[str], what: str) -> Iterator[Mistake]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Mistake(file, path, f"{what} “{name}” stands {count} times: rename all but one")
