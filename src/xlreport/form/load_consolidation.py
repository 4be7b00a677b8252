"""From consolidate.toml to what becomes of each entry in a sum: its mistakes noted."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.form.consolidation import Consolidation, Way
from xlreport.form.field import Field, Kind
from xlreport.form.mistake import Mistake, near
from xlreport.form.outline import Outline
from xlreport.form.toml_folder import Folder
from xlreport.subject import Subject

CONSOLIDATE = "consolidate.toml"
_WRITTEN = (Kind.TEXT, Kind.PROSE)


def read_consolidation(folder: Folder, outline: Outline | None) -> Consolidation:
    """What the form says of sums; nothing without that file. Mistakes are noted in the folder.

    Where not all sections are known there is no outline, and only mistakes that need no names are noted.
    """
    if not (folder.path / CONSOLIDATE).is_file():
        return Consolidation()
    declared = folder.read(CONSOLIDATE, Consolidation)
    if declared is None:
        return Consolidation()
    folder.mistakes += _twice(declared)
    if outline is not None:
        folder.mistakes += [m for way in Way for m in _misplaced(outline, way, getattr(declared, way))]
    return declared


def _twice(declared: Consolidation) -> Iterator[Mistake]:
    seen: dict[str, Way] = {}
    for way in Way:
        for name in getattr(declared, way):
            if name in seen:
                place = "twice" if seen[name] is way else f"in `{seen[name]}` already"
                yield Mistake(CONSOLIDATE, way, f"“{name}” stands {place}: it goes one way")
            seen[name] = way


def _misplaced(outline: Outline, way: Way, names: tuple[str, ...]) -> Iterator[Mistake]:
    blocks = [*outline.listings, *outline.grids]
    for name in names:
        field = outline.fields.get(Subject.field(name))
        if field is None and name not in blocks:
            known = [*outline.fields, *blocks]
            yield Mistake(CONSOLIDATE, way, f"unknown field, list or grid “{name}”{near(name, known)}")
        elif field is not None and (text := _unfit(way, field)):
            yield Mistake(CONSOLIDATE, way, f"“{name}” {text}")
        elif field is None and way in (Way.KEEP, Way.LIST):
            yield Mistake(CONSOLIDATE, way, f"“{name}” is no field: it is in `sum` or `ask`")


def _unfit(way: Way, field: Field) -> str:
    """Why a field cannot go that way."""
    if way is Way.SUM and not field.kind.numeric:
        return f"is of kind “{field.kind}”: only figures are added up"
    if way is Way.LIST and field.kind not in _WRITTEN:
        return f"is of kind “{field.kind}”: only texts are listed"
    return "is fixed: it is given with the template" if way is not Way.ASK and field.fixed else ""
