"""Units that another unit's return already covers: both must not be added up.

What a return covers is the choice on its cover under 统计范围. The first option is a unit by itself, the
last everything below it; one between them covers what is of its own 层级. Who is below whom, the list of
units says; the own organ is above all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlreport.consolidate.child import Child
from xlreport.form.field import Field
from xlreport.form.model import Form
from xlreport.formula.nodes import Value
from xlreport.roster.cells import choices_of
from xlreport.roster.headings import ListColumn
from xlreport.roster.line import Roster
from xlreport.subject import Subject
from xlreport.unit import key


def already_covered(
    form: Form, children: Sequence[Child], own: Child | None, roster: Roster
) -> Mapping[str, str]:
    """Why these returns must not be added to the others, by file."""
    choices = choices_of(form)
    scope, level = choices.get(ListColumn.SCOPE), choices.get(ListColumn.LEVEL)
    if scope is None:
        return {}
    return {
        child.file: f"{other.unit}的报表（{scope.labels[str(_said(other, scope))]}）已经包含它，请只留一份"
        for child in children
        for other in _above(child, children, own, roster)
        if _covers(other, child, scope, level)
    }


def _above(child: Child, children: Sequence[Child], own: Child | None, roster: Roster) -> Iterator[Child]:
    """The returns of the units above one, the highest last."""
    by_unit = {other.key: other for other in children}
    for line in roster.named(child.unit)[:1]:
        for above in roster.above(line):
            names = (key(name) for name in above.unit.names)
            yield from (by_unit[name] for name in names if name in by_unit and by_unit[name] is not own)
    if own is not None and own in children and own is not child:
        yield own


def _covers(other: Child, child: Child, scope: Field, level: Field | None) -> bool:
    options = [option.name for option in scope.options]
    said = _said(other, scope)
    if said not in options or said == options[0]:
        return False
    if said == options[-1]:
        return True
    return level is not None and _said(other, level) == _said(child, level)


def _said(child: Child, field: Field) -> Value:
    return child.inputs.get(Subject.field(field.name))
