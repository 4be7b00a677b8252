"""Reading a form from its folder: every mistake of its author at once, or a complete frozen Form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from xlreport.form.bind import Bound, bind_form, syntax_mistakes
from xlreport.form.bind_checks import CHECKS
from xlreport.form.bind_facts import bind_prose
from xlreport.form.checks import Check
from xlreport.form.consistency import inconsistencies
from xlreport.form.declare import ChecksToml, FactsToml, FormToml, SectionToml
from xlreport.form.fact_mistakes import FACTS
from xlreport.form.library import find_form
from xlreport.form.load_analysis import read_analysis
from xlreport.form.load_consolidation import read_consolidation
from xlreport.form.load_entries import read_entries
from xlreport.form.load_succession import read_succession
from xlreport.form.load_vocabulary import read_vocabulary
from xlreport.form.mistake import FormErrors, Mistake
from xlreport.form.model import Form
from xlreport.form.outline import Outline, Section
from xlreport.form.toml_folder import Folder
from xlreport.subject import Subject, is_name

_FILE = re.compile("[a-z][a-z0-9_]{0,63}")
"""A section names a file of its own folder, never a path."""
_FILE_HINT = "lower-case letters, digits and _, 64 characters at most"


def read_folder(path: Path) -> Form:
    """The form in a folder. Raises FormErrors with every mistake."""
    folder = Folder(path)
    declared = folder.read("form.toml", FormToml)
    if declared is None:
        _read_rest(folder)
        raise FormErrors([*folder.mistakes, *_formula_mistakes(folder, None)])
    sections = tuple(section for name in declared.sections if (section := _section(folder, name)) is not None)
    outline = Outline(sections) if len(sections) == len(declared.sections) else None
    checks = folder.read(CHECKS, ChecksToml)
    definition = folder.digest()  # what follows shapes no workbook
    facts = folder.read(FACTS, FactsToml) if (path / FACTS).is_file() else FactsToml()
    vocabulary, succession = read_vocabulary(folder, outline), read_succession(folder, outline)
    entries, consolidation = read_entries(folder, outline), read_consolidation(folder, outline)
    folder.mistakes += inconsistencies(
        declared, path.resolve().name, sections, checks.check if checks else ()
    )
    analysis = read_analysis(folder, None if folder.mistakes else outline)  # else it only echoes them
    if outline is None or checks is None or facts is None or folder.mistakes:
        raise FormErrors([*folder.mistakes, *_formula_mistakes(folder, outline)])
    bound = bind_form(outline, checks.check)
    prose, mistakes = bind_prose(outline, bound.computed, facts)
    if bound.mistakes or mistakes:
        raise FormErrors([*bound.mistakes, *mistakes])
    form = _form(declared, path, definition, sections, checks.check, bound)
    return replace(
        form,
        prose=prose,
        vocabulary=vocabulary,
        succession=succession,
        entries=entries,
        consolidation=consolidation,
        analysis=analysis,
    )


def _read_rest(folder: Folder) -> None:
    """The mistakes in the other files, where form.toml does not say which they are."""
    for path in sorted((folder.path / "sections").glob("*.toml")):
        folder.read(f"sections/{path.name}", SectionToml)
    folder.read(CHECKS, ChecksToml)
    if (folder.path / FACTS).is_file():
        folder.read(FACTS, FactsToml)
    read_vocabulary(folder, None)
    read_succession(folder, None)
    read_entries(folder, None)
    read_consolidation(folder, None)
    read_analysis(folder, None)


def _section(folder: Folder, name: str) -> Section | None:
    if _FILE.fullmatch(name) is None:
        folder.mistakes.append(Mistake("form.toml", "sections", f"“{name[:40]}” is no name: {_FILE_HINT}"))
        return None
    declared = folder.read(f"sections/{name}.toml", SectionToml)
    if declared is None:
        return None
    tab = declared.tab or declared.title
    return Section(name, declared.title, tab, declared.block, declared.intro, declared.wide)


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
        unit_field=Subject.field(declared.unit_field),
        year_field=Subject.field(declared.year_field),
        code_field=Subject.field(declared.code_field),
        definition=definition,
        folder=path,
        skin=_skin(declared, path),
    )


def _skin(declared: FormToml, path: Path) -> Path:
    """The form's own skin, or that of the form it borrows from."""
    return (find_form(declared.skin) if declared.skin else path) / "skin"


def _formula_mistakes(folder: Folder, outline: Outline | None) -> Iterable[Mistake]:
    """Mistakes in formulas; where not all cells are known, only those that need no names."""
    if outline is None or not _can_be_bound(outline):
        return [m for file, tables in folder.tables.items() for m in syntax_mistakes(file, tables)]
    return bind_form(outline, folder.understood(CHECKS, "check", Check)).mistakes


def _can_be_bound(outline: Outline) -> bool:
    """True if every cell has a sound name, and those of grids hold figures."""
    lists, grids = outline.listings.values(), outline.grids.values()
    columns = (column.name for listing in lists for column in listing.columns)
    lines = (line.name for grid in grids for line in (*grid.rows, *grid.columns))
    return all(map(is_name, (*outline.blocks, *outline.fields, *columns, *lines))) and all(
        grid.holds(column)[0].numeric for grid in grids for column in grid.columns
    )
