"""What entries.toml declares, as input rules of the sheet, as far as a spreadsheet can tell.

A sheet never refuses what verification would take: a picture that a spreadsheet cannot check in full is
checked in part, or not at all. What is only a warning there, is one here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from xlreport.area import Area
from xlreport.finding import Severity
from xlreport.form.bounds import bound
from xlreport.form.entries import Contradiction, DateRange, Distinct, Pattern
from xlreport.form.field import Field, Kind
from xlreport.form.values import Values
from xlreport.formula.excel import to_excel
from xlreport.layout import Layout
from xlreport.subject import Subject
from xlreport.workbook.cell_formats import CellState

_MOST = 255
"""Characters of a rule's formula and of its words."""
_TITLE = "请核对"
_PARTS = re.compile(r"\[([^\[\]]+)\]")


def entry_rules(layout: Layout, values: Values) -> dict[Subject, dict[str, Any]]:
    """The input rules of single fields by subject; `values` say which year the workbook is for."""
    declared = layout.form.entries.declared
    rules: dict[Subject, dict[str, Any]] = {}
    for pattern in declared.pattern:
        rules |= _rule(layout, pattern.field, _shape(layout, pattern), pattern.says, pattern.severity)
    for distinct in declared.distinct:
        name = distinct.fields[-1]
        rules |= _rule(layout, name, _not_all_alike(layout, distinct), distinct.says, Severity.WARNING)
    for span in reversed(declared.span):
        if not span.when:
            rules |= _days(layout, span, values)
    return rules


def _rule(
    layout: Layout, name: str, formula: str, says: str, severity: Severity
) -> dict[Subject, dict[str, Any]]:
    subject = Subject.field(name)
    field = layout.form.fields[subject]
    if not formula or field.fixed:
        return {}
    if field.max_length > 0:
        formula = f"AND(LEN({_cell(layout, name)})<={field.max_length},{formula})"
    if len(formula) >= _MOST:
        return {}
    return {subject: {"validate": "custom", "value": f"={formula}"} | _words(says, severity)}


def _words(says: str, severity: Severity) -> dict[str, Any]:
    kind = "stop" if severity is Severity.ERROR else "warning"
    return {"error_title": _TITLE, "error_message": f"{says}。"[:_MOST], "error_type": kind}


def _cell(layout: Layout, name: str) -> str:
    return layout.areas[Subject.field(name)].first


def contradictions(layout: Layout, sheet: str) -> Iterator[tuple[Area, str, CellState]]:
    """Cells of a sheet that turn amber or red while entries contradict each other, with the condition."""
    for rule in layout.form.entries.declared.contradiction:
        area = layout.areas[Subject.field(rule.cell)]
        if area.sheet == sheet:
            parts = [f'{_at(layout, rule.cell, sheet)}<>""', *_conditions(layout, rule, sheet)]
            yield area, f"=AND({','.join(parts)})", CellState(rule.severity)


def _conditions(layout: Layout, rule: Contradiction, sheet: str) -> Iterator[str]:
    condition = layout.form.entries.condition(rule.when)
    if condition is not None:
        yield to_excel(condition, lambda subjects: layout.references(subjects, sheet))
    if rule.field:
        name = _at(layout, rule.field, sheet)
        yield _any_of(name, rule.like)
        if rule.unless:
            yield f"NOT({_any_of(name, rule.unless)})"


def _any_of(cell: str, pictures: tuple[str, ...]) -> str:
    shapes = (_one(cell, variant) for picture in pictures for variant in _variants(picture))
    return f"OR({','.join(shapes)})"


def _at(layout: Layout, name: str, sheet: str) -> str:
    return layout.references((Subject.field(name),), sheet)[0]


# Pictures --------------------------------------------------------------------------------------------


def _shape(layout: Layout, pattern: Pattern) -> str:
    """A condition on the cell that holds for whatever looks like one of the pictures; "" for none."""
    cell = _cell(layout, pattern.field)
    variants = [variant for picture in pattern.like for variant in _variants(picture)]
    shapes = [_one(cell, variant) for variant in dict.fromkeys(variants)]
    whole = shapes[0] if len(shapes) == 1 else f"OR({','.join(shapes)})"
    if pattern.several or len(whole) > _MOST // 2:
        shortest = min(len(variant.replace("*", "")) for variant in variants)
        return f"LEN({cell})>={shortest}" if shortest > 1 else ""
    return whole


def _variants(picture: str) -> Iterator[str]:
    """The picture with and without each of its parts in brackets."""
    parts = _PARTS.split(picture)
    optional = [[parts[at], ""] for at in range(1, len(parts), 2)]
    for chosen in product(*optional):
        pairs = zip(parts[::2], [*chosen, ""], strict=True)
        yield "".join(fixed + part for fixed, part in pairs)


def _one(cell: str, picture: str) -> str:
    """COUNTIF knows ? and *; digits in front of the first * stand at known places."""
    wild = picture.replace("#", "?").replace('"', '""')
    shape = f'COUNTIF({cell},"{wild}")>0'
    digits = [
        f"ISNUMBER(-MID({cell},{found.start() + 1},{len(found[0])}))"
        for found in re.finditer("#+", picture.partition("*")[0])
    ]
    return f"AND({','.join([shape, *digits])})" if digits else shape


def _not_all_alike(layout: Layout, distinct: Distinct) -> str:
    first, *others = (_cell(layout, name) for name in distinct.fields)
    return f"NOT(AND({','.join(f'{first}={other}' for other in others)}))"


# Days ------------------------------------------------------------------------------------------------


def _days(layout: Layout, span: DateRange, values: Values) -> Mapping[Subject, dict[str, Any]]:
    """Between two days; where one of them is open or not known, the widest that a sheet takes."""
    subject = Subject.field(span.field)
    field: Field = layout.form.fields[subject]
    if field.kind is not Kind.DATE or field.fixed or span.severity is not Severity.ERROR:
        return {}
    first, last = (bound(text, layout.form, values) for text in (span.first, span.last))
    if not first and not last:
        return {}
    between = {
        "validate": "date",
        "criteria": "between",
        "minimum": _day(first) or datetime.date(2000, 1, 1),
        "maximum": _day(last) or datetime.date(2099, 12, 31),
    }
    return {subject: between | _words(span.says, span.severity)}


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if "-" in text else None
