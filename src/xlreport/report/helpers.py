"""The calls a narrative template may use: tables, prose, joined figures, remarks, the sign-off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from xlreport.form.model import NOTE, Fields, Form, Grid, Section, cell
from xlreport.formula.nodes import Value
from xlreport.report import tables
from xlreport.report.document import Notes, Paragraph, Part, SignOff
from xlreport.report.slots import Slots
from xlreport.report.text import BlankText, Day, paragraphs, plain, trim

NAMES = ("table", "prose", "parts", "notes", "signoff", "date", "label")
_SAYS_NOTHING = re.compile("(无|没有|[/／\\\\、—–－-]*)[。.]?")


def helpers(
    form: Form, values: Mapping[str, Value], slots: Slots, draft: bool
) -> dict[str, Callable[..., str]]:
    """The helpers by name, bound to one return. Those that make whole parts stand on their own line."""
    return {
        "table": partial(_table, form, values, slots),
        "prose": partial(_prose, slots),
        "parts": _parts,
        "notes": partial(_notes, form, values, slots),
        "signoff": partial(_signoff, slots),
        "date": Day,
        "label": partial(_label, form, values, draft),
    }


def _table(form: Form, values: Mapping[str, Value], slots: Slots, name: str) -> Markup:
    grids = form.tables.get(name)
    if grids is None:
        raise TemplateRuntimeError(f"没有名为 {name} 的表，可用：{'、'.join(form.tables)}")
    caption = grids[0].title or _section(form, grids[0]).title
    return slots.parts((tables.build(grids, values, caption),))


def _section(form: Form, grid: Grid) -> Section:
    return next(section for section in form.sections if grid in section.blocks)


def _prose(slots: Slots, text: str) -> Markup:
    lines = (plain(text),) if isinstance(text, BlankText) else paragraphs(text)
    return slots.parts(tuple(Paragraph(line) for line in lines))


def _parts(pairs: Iterable[tuple[str, int]], unit: str = "") -> str:
    return "、".join(f"{plain(name)}{plain(number)}{unit}" for name, number in pairs if number != 0)


def _notes(form: Form, values: Mapping[str, Value], slots: Slots, table: str = "") -> Markup:
    """The remarks of all grids, or of one table; numbered where there are several."""
    found = [
        f"{row.short or row.label[-1]}：{remark}"
        for grid in form.grids.values()
        if table in ("", grid.table)
        for row in grid.rows
        if _SAYS_NOTHING.fullmatch(remark := trim(plain(values.get(cell(grid.name, row.name, NOTE))))) is None
    ]
    if len(found) > 1:
        found = [f"{number}. {item}" for number, item in enumerate(found, start=1)]
    return slots.parts((Notes((f"注：{found[0]}", *found[1:])),) if found else ())


def _signoff(slots: Slots, *lines: str) -> Markup:
    printed = tuple(text for line in lines if (text := trim(plain(line))))
    parts: tuple[Part, ...] = (SignOff(printed),) if printed else ()
    return slots.parts(parts)


def _label(form: Form, values: Mapping[str, Value], draft: bool, path: str) -> str:
    block, _, name = path.partition(".")
    fields = form.blocks.get(block)
    found = fields.fields if isinstance(fields, Fields) else ()
    field = next((field for field in found if field.name == name), None)
    if field is None or not field.labels:
        raise TemplateRuntimeError(f"没有名为 {path} 的选择项")
    value = values.get(name)
    if value is None:
        return BlankText() if draft and field.required else ""
    code = str(value).lower() if isinstance(value, bool) else str(value)
    return field.labels.get(code, plain(value))
