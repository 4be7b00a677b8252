"""The calls a narrative template may use: tables, prose, joined figures, remarks, the sign-off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from xlreport.finding import Finding
from xlreport.form.answers import answers
from xlreport.form.grid import Grid
from xlreport.form.model import Form
from xlreport.form.outline import Section
from xlreport.form.values import Values
from xlreport.report.document import Notes, Paragraph, Part, SignOff
from xlreport.report.slots import Slots
from xlreport.report.tables import official_table
from xlreport.report.value_text import BlankText, Day, paragraphs, printed_value, trim
from xlreport.subject import Subject

NAMES = ("table", "prose", "parts", "notes", "explanations", "signoff", "date", "label")
_SAYS_NOTHING = re.compile("(无|没有|[/／\\\\、—–－-]*)[。.]?")


def helpers(
    form: Form, values: Values, slots: Slots, draft: bool, findings: Sequence[Finding]
) -> dict[str, Callable[..., str]]:
    """The helpers by name, bound to one return. Those that make whole parts stand on their own line."""
    return {
        "table": partial(_table, form, values, slots),
        "prose": partial(_prose, slots),
        "parts": _parts,
        "notes": partial(_notes, form, values, slots),
        "explanations": partial(_explanations, form, findings, slots),
        "signoff": partial(_signoff, slots),
        "date": Day,
        "label": partial(_label, form, values, draft),
    }


def _table(form: Form, values: Values, slots: Slots, name: str) -> Markup:
    grids = form.tables.get(name)
    if grids is None:
        raise TemplateRuntimeError(no_table(form, name))
    caption = grids[0].title or _section(form, grids[0]).title
    return slots.parts((official_table(grids, values, caption),))


def _section(form: Form, grid: Grid) -> Section:
    return next(section for section in form.sections if grid in section.blocks)


def _prose(slots: Slots, text: str) -> Markup:
    lines = (printed_value(text),) if isinstance(text, BlankText) else paragraphs(text)
    return slots.parts(tuple(Paragraph(line) for line in lines))


def _parts(pairs: Iterable[tuple[str, int]], unit: str = "") -> str:
    printed = ((printed_value(name), printed_value(number)) for name, number in pairs if number != 0)
    return "、".join(f"{name}{number}{unit}" for name, number in printed)


def _notes(form: Form, values: Values, slots: Slots, table: str = "") -> Markup:
    """The remarks of all grids, or of one table; numbered where there are several."""
    found = [
        f"{row.short or row.label[-1]}：{remark}"
        for grid in form.grids.values()
        if table in ("", grid.table)
        for row in grid.rows
        if _SAYS_NOTHING.fullmatch(remark := trim(printed_value(values.get(grid.note(row))))) is None
    ]
    return _below(slots, found)


def _explanations(form: Form, findings: Sequence[Finding], slots: Slots, *codes: str) -> Markup:
    """What the unit answers to the warnings of these codes; nothing where there are none."""
    unknown = [code for code in codes if code not in answerable(form)]
    if unknown:
        raise TemplateRuntimeError(not_answerable(unknown))
    found = [
        trim(printed_value(f.explanation))
        for code in codes
        for f in findings
        if f.explained and f.code == code
    ]
    return _below(slots, list(dict.fromkeys(found)))


def answerable(form: Form) -> set[str]:
    """The codes of warnings that a unit can answer."""
    return {answer.code for answer in answers(form)}


def _below(slots: Slots, remarks: Sequence[str]) -> Markup:
    """Remarks as notes, numbered where there are several."""
    if len(remarks) > 1:
        remarks = [f"{number}. {remark}" for number, remark in enumerate(remarks, start=1)]
    return slots.parts((Notes((f"注：{remarks[0]}", *remarks[1:])),) if remarks else ())


def _signoff(slots: Slots, *lines: str) -> Markup:
    printed = tuple(text for line in lines if (text := trim(printed_value(line))))
    parts: tuple[Part, ...] = (SignOff(printed),) if printed else ()
    return slots.parts(parts)


def _label(form: Form, values: Values, draft: bool, path: str) -> str:
    block, _, name = path.partition(".")
    subject = Subject.field(name)
    field = form.fields.get(subject)
    if field is None or not field.labels or form.block_of(subject).name != block:
        raise TemplateRuntimeError(f"there is no choice “{path}”")
    value = values.get(subject)
    if value is None:
        return BlankText() if draft and field.required else ""
    code = str(value).lower() if isinstance(value, bool) else str(value)
    return field.labels.get(code, printed_value(value))


def no_table(form: Form, name: str) -> str:
    """What an author is told who asks for a table that is not there."""
    return f"there is no table “{name}”; there are {', '.join(form.tables)}"


def not_answerable(codes: Iterable[str]) -> str:
    """What an author is told who asks for answers to rules that have none."""
    return f"no rule that can be answered: {', '.join(codes)}"
