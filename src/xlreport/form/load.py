"""Loading a form: every mistake of its author at once, or a complete frozen Form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from xlreport.form.bind import CHECKS, Bound, bind_form
from xlreport.form.declare import ChecksToml, Folder, FormToml, SectionToml
from xlreport.form.library import find_form
from xlreport.form.mistake import FormErrors, Mistake, near
from xlreport.form.model import NOTE, Block, Check, Field, Fields, Form, Grid, Kind, Listing, Section

_TAB_LENGTH = 31  # Excel's limit for a sheet's name
_TAB_FORBIDDEN = set("\\/?*[]:'")
_PROMPT_LENGTH = 255  # Excel's limit for an input prompt
_OWN_TABS = {"填报说明", "校验", "_xlreport"}


@cache
def load_form(name: str | Path) -> Form:
    """The form of that id or folder. Raises FileNotFoundError, or FormErrors with every mistake."""
    return read_form(find_form(name))


def read_form(path: Path) -> Form:
    """The form in a folder, read afresh. Raises FormErrors with every mistake."""
    folder = Folder(path)
    declared = folder.read("form.toml", FormToml)
    if declared is None:
        raise FormErrors(folder.mistakes)
    sections = [section for name in declared.sections if (section := _section(folder, name)) is not None]
    checks = folder.read(CHECKS, ChecksToml)
    folder.mistakes += _mistakes(declared, sections, checks.check if checks else ())
    complete = len(sections) == len(declared.sections) and checks is not None
    if not complete or folder.mistakes:
        raise FormErrors(folder.mistakes + _formula_mistakes(sections, checks, complete))
    assert checks is not None
    bound = bind_form(sections, checks.check)
    if bound.mistakes:
        raise FormErrors(bound.mistakes)
    return _form(declared, path, folder.digest(), sections, checks.check, bound)


@cache
def resize(form: Form, rows: tuple[tuple[str, int], ...]) -> Form:
    """The same form with other numbers of lines in its lists: pairs of list name and lines."""
    wanted = dict(rows)
    if all(form.listings[name].rows == count for name, count in wanted.items()):
        return form
    sections = tuple(replace(s, blocks=tuple(_resized(b, wanted) for b in s.blocks)) for s in form.sections)
    bound = bind_form(sections, form.checks)
    return replace(form, sections=sections, computed=bound.computed, instances=bound.instances)


def _resized(block: Block, rows: Mapping[str, int]) -> Block:
    return replace(block, rows=rows.get(block.name, block.rows)) if isinstance(block, Listing) else block


def _section(folder: Folder, name: str) -> Section | None:
    declared = folder.read(f"sections/{name}.toml", SectionToml)
    if declared is None:
        return None
    blocks = tuple(
        replace(block, table=block.table or block.name) if isinstance(block, Grid) else block
        for block in declared.block
    )
    return Section(
        name, declared.title, declared.tab or declared.title, blocks, declared.intro, declared.wide
    )


def _form(
    declared: FormToml,
    path: Path,
    definition: str,
    sections: Sequence[Section],
    checks: Sequence[Check],
    bound: Bound,
) -> Form:
    return Form(
        id=declared.id,
        title=declared.title,
        edition=declared.edition,
        years=(declared.first_year, declared.last_year),
        sections=tuple(sections),
        checks=tuple(checks),
        instances=bound.instances,
        computed=bound.computed,
        instructions=declared.instructions,
        unit_field=declared.unit_field,
        year_field=declared.year_field,
        code_field=declared.code_field,
        definition=definition,
        folder=path,
        skin=_skin(declared, path),
    )


def _skin(declared: FormToml, path: Path) -> Path:
    """The form's own skin, or that of the form it borrows from."""
    return (find_form(declared.skin) if declared.skin else path) / "skin"


def _formula_mistakes(
    sections: Sequence[Section], checks: ChecksToml | None, complete: bool
) -> list[Mistake]:
    """Mistakes in formulas, where the names they use are all known; else only guesses would come."""
    if not complete:
        return []
    return list(bind_form(sections, checks.check if checks else ()).mistakes)


# What the types cannot say ---------------------------------------------------------------------------


def _mistakes(declared: FormToml, sections: Sequence[Section], checks: Sequence[Check]) -> Iterator[Mistake]:
    blocks = [block for section in sections for block in section.blocks]
    fields = [f.name for block in blocks if isinstance(block, Fields) for f in block.fields]
    if len(sections) == len(declared.sections):
        yield from _named_fields(declared, fields)
    yield from _skin_mistakes(declared)
    names = [block.name for block in blocks if not isinstance(block, Fields)] + fields
    yield from _duplicates("sections/", "", names, "field, list or grid")
    yield from _duplicates("sections/", "", [block.name for block in blocks], "block")
    yield from _duplicates("sections/", "", [section.tab for section in sections], "tab")
    yield from _duplicates(CHECKS, "", [check.code for check in checks], "check code")
    for section in sections:
        yield from _section_mistakes(section)


def _skin_mistakes(declared: FormToml) -> Iterator[Mistake]:
    try:
        _skin(declared, Path())
    except FileNotFoundError:
        yield Mistake("form.toml", "skin", f"unknown form “{declared.skin}”: name a form with a skin folder")


def _named_fields(declared: FormToml, fields: Sequence[str]) -> Iterator[Mistake]:
    for key in ("unit_field", "code_field", "year_field"):
        name = getattr(declared, key)
        if name not in fields:
            yield Mistake("form.toml", key, f"unknown field “{name}”{near(name, fields)}")


def _section_mistakes(section: Section) -> Iterator[Mistake]:
    file = f"sections/{section.name}.toml"
    if len(section.tab) > _TAB_LENGTH or _TAB_FORBIDDEN & set(section.tab) or section.tab in _OWN_TABS:
        text = f"“{section.tab}” cannot be a sheet's name: at most 31 characters, none of \\ / ? * [ ] : '"
        yield Mistake(file, "tab", text)
    for number, block in enumerate(section.blocks):
        path = f"block[{number}]"
        if isinstance(block, Grid):
            yield from _grid_mistakes(file, path, block)
        elif isinstance(block, Listing):
            yield from _field_mistakes(file, f"{path}.column", block.columns)
            if not 1 <= block.rows <= 1000:
                yield Mistake(file, f"{path}.rows", "offer between 1 and 1000 lines")
        else:
            yield from _field_mistakes(file, f"{path}.field", block.fields)


def _field_mistakes(file: str, path: str, fields: Sequence[Field]) -> Iterator[Mistake]:
    yield from _duplicates(file, path, [field.name for field in fields], "name")
    for number, field in enumerate(fields):
        here = f"{path}[{number}]"
        if not field.label.strip():
            yield Mistake(file, f"{here}.label", "the label is empty: say what the clerk should enter")
        if field.kind is Kind.CHOICE and not field.options:
            yield Mistake(file, f"{here}.options", "a choice needs options: add name and label of each")
        if field.total and not field.kind.numeric:
            yield Mistake(file, f"{here}.total", "only a count or an amount has a total")
        yield from _option_mistakes(file, here, field)
        yield from _help_mistakes(file, here, field.help)


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
    for key, lines in (("row", grid.rows), ("col", grid.columns)):
        yield from _duplicates(file, f"{path}.{key}", [line.name for line in lines], "name")
        if not lines:
            yield Mistake(file, f"{path}.{key}", "the grid has none: add at least one")
        for number, line in enumerate(lines):
            here = f"{path}.{key}[{number}]"
            if line.name == NOTE:
                yield Mistake(file, f"{here}.name", "“note” is reserved for the remarks: choose another name")
            if not line.label or not all(part.strip() for part in line.label):
                yield Mistake(
                    file, f"{here}.label", "the label is empty: give its header cells from outside in"
                )
            yield from _help_mistakes(file, here, line.help)


def _duplicates(file: str, path: str, names: Iterable[str], what: str) -> Iterator[Mistake]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Mistake(file, path, f"{what} “{name}” stands {count} times: rename all but one")
