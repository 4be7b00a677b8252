"""From unit.toml to what became of a unit since last year: its mistakes noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from xlreport.form.field import Field, Kind
from xlreport.form.mistake import Mistake, near
from xlreport.form.outline import Outline
from xlreport.form.succession import Succession, UnitChange
from xlreport.form.toml_folder import Folder
from xlreport.subject import Subject

UNIT_FILE = "unit.toml"
_CHANGE, _PREDECESSORS = "change", "predecessors"


def read_succession(folder: Folder, outline: Outline | None) -> Succession:
    """What the form asks of last year's unit; nothing without that file. Mistakes are noted in the folder.

    Where not all sections are known there is no outline, and only mistakes that need no names are noted.
    """
    declared = folder.read(UNIT_FILE, Succession) if (folder.path / UNIT_FILE).is_file() else None
    if declared is None:
        return Succession()
    folder.mistakes += _inconsistencies(declared)
    if outline is not None:
        folder.mistakes += _unknown(declared, outline.fields)
    return declared


def _inconsistencies(declared: Succession) -> Iterator[Mistake]:
    if not declared.change and not declared.predecessors:
        yield Mistake(UNIT_FILE, "", "no field is named: give `change`, `predecessors` or both")
    for change, option in declared.options.items():
        if not declared.change:
            yield Mistake(UNIT_FILE, change, f"“{option}” is an option of what? Name the choice in `change`")
    for option, count in Counter(declared.options.values()).items():
        if count > 1:
            yield Mistake(UNIT_FILE, "", f"option “{option}” stands for {count} changes: it means one")
    if declared.merged and not declared.predecessors:
        text = "merged units are found by name: name the field for them in `predecessors`"
        yield Mistake(UNIT_FILE, UnitChange.MERGED, text)


def _unknown(declared: Succession, fields: Mapping[Subject, Field]) -> Iterator[Mistake]:
    change, predecessors = Subject.field(declared.change), Subject.field(declared.predecessors)
    wanted = {_CHANGE: (change, Kind.CHOICE), _PREDECESSORS: (predecessors, Kind.TEXT)}
    for key, (name, kind) in wanted.items():
        if name and name not in fields:
            yield Mistake(UNIT_FILE, key, f"unknown field “{name}”{near(name, fields)}")
        elif name and fields[name].kind is not kind:
            text = f"“{name}” is of kind “{fields[name].kind}”: name a field of kind “{kind}”"
            yield Mistake(UNIT_FILE, key, text)
    choice = fields.get(change)
    for key, option in declared.options.items():
        if choice is not None and choice.kind is Kind.CHOICE and option not in choice.labels:
            yield Mistake(
                UNIT_FILE, key, f"“{choice.name}” has no option “{option}”{near(option, choice.labels)}"
            )
