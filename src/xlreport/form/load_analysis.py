"""From analysis.toml to bound tables: its mistakes noted."""

from __future__ import annotations

from xlreport.form.analysis import AnalysisTable, AnalysisToml, Item, TableToml
from xlreport.form.binder import Binder
from xlreport.form.mistake import Mistake
from xlreport.form.outline import Outline
from xlreport.form.scope import FormScope
from xlreport.form.toml_folder import Folder

ANALYSIS = "analysis.toml"


def read_analysis(folder: Folder, outline: Outline | None) -> tuple[AnalysisTable, ...]:
    """The form's tables, none without that file. Mistakes are noted in the folder.

    Where not all sections are known there is no outline, and only mistakes that need no names are noted.
    """
    if not (folder.path / ANALYSIS).is_file():
        return ()
    declared = folder.read(ANALYSIS, AnalysisToml)
    if declared is None:
        return ()
    for number, table in enumerate(declared.table):
        if not table.item:
            folder.mistakes.append(Mistake(ANALYSIS, f"table[{number}].item", "no item: say what it shows"))
    if outline is None:
        return ()
    binder = Binder(outline)
    tables = tuple(_bound(binder, number, table) for number, table in enumerate(declared.table))
    folder.mistakes += binder.mistakes
    return tables


def _bound(binder: Binder, number: int, table: TableToml) -> AnalysisTable:
    scope = FormScope(binder.outline)
    items = []
    for place, item in enumerate(table.item):
        path = f"table[{number}].item[{place}]"
        value = binder.number(ANALYSIS, f"{path}.value", item.value, scope)
        of = binder.number(ANALYSIS, f"{path}.of", item.of, scope) if item.of else None
        if value is not None:
            items.append(Item(item.label, value, of))
    return AnalysisTable(table.title, tuple(items), table.most)
