"""From unit.toml to what became of a unit since last year: its mistakes noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from xlreport.form.declare import Folder
from xlreport.form.mistake import Mistake, near
from xlreport.form.model import Field, Fields, Kind, Section
from xlreport.form.succession import Change, Succession

UNIT = "unit.toml"
_CHANGE, _PREDECESSORS = "change", "predecessors"


def read_succession(folder: Folder, sections: Sequence[Section], known: bool) -> Succession:
    """What the form asks of last year's unit; nothing without that file. Mistakes are noted in the folder.

    Where not all sections are `known`, only mistakes that need no names are.
    """
    declared = folder.read(UNIT, Succession) if (folder.path / UNIT).is_file() else None
    if declared is None:
        return Succession()
    folder.mistakes += _inconsistencies(declared)
    if known:
        blocks = [block for section in sections for block in section.blocks if isinstance(block, Fields)]
        folder.mistakes += _unknown(
            declared, {field.name: field for block in blocks for field in block.fields}
        )
    return declared


def _inconsistencies(declared: Succession) -> Iterator[Mistake]:
    if not declared.change and not declared.predecessors:
        yield Mistake(UNIT, "", "no field is named: give `change`, `predecessors` or both")
    for change, option in declared.options.items():
        if not declared.change:
            yield Mistake(UNIT, change, f"“{option}” is an option of what? Name the choice in `change`")
    for option, count in Counter(declared.options.values()).items():
        if count > 1:
            yield Mistake(UNIT, "", f"option “{option}” stands for {count} changes: it means one")
    if declared.merged and not declared.predecessors:
        text = "merged units are found by name: name the field for them in `predecessors`"
        yield Mistake(UNIT, Change.MERGED, text)


def _unknown(declared: Succession, fields: Mapping[str, Field]) -> Iterator[Mistake]:
    wanted = {_CHANGE: (declared.change, Kind.CHOICE), _PREDECESSORS: (declared.predecessors, Kind.TEXT)}
    for key, (name, kind) in wanted.items():
        if name and name not in fields:
            yield Mistake(UNIT, key, f"unknown field “{name}”{near(name, fields)}")
        elif name and fields[name].kind is not kind:
            text = f"“{name}” is of kind “{fields[name].kind}”: name a field of kind “{kind}”"
            yield Mistake(UNIT, key, text)
    choice = fields.get(declared.change)
    for change, option in declared.options.items():
        if choice is not None and choice.kind is Kind.CHOICE and option not in choice.labels:
            yield Mistake(
                UNIT, change, f"“{choice.name}” has no option “{option}”{near(option, choice.labels)}"
            )
