"""Which returns are analysed: accepted ones, of each unit and year the newest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xlreport.consolidate.child import Child, NamedFile, judged
from xlreport.form.indicators import indicators
from xlreport.formula.nodes import Figure, Value, is_figure
from xlreport.frozen import frozen
from xlreport.prose.personal import masked
from xlreport.roster.line import Roster
from xlreport.tables.analysed import Analysed


@frozen
class Suspect:
    """A return as it was read, and as it is analysed."""

    child: Child
    known: Analysed


@frozen
class Picked:
    """The returns that are analysed, all of one form, and why others are not, by file."""

    form: str
    returns: Sequence[Analysed]
    left: Sequence[tuple[str, str]]


def candidate(source: NamedFile) -> Suspect:
    """A return with the places of its figures. Raises UnreadableWorkbook."""
    child, submission = judged(source)
    values, origins = submission.values, submission.origins
    subjects = [each.subject for each in indicators(submission.form)]
    places = tuple(origins[subject].place if subject in origins else "" for subject in subjects)
    figures = tuple(_figure(values.get(subject)) for subject in subjects)
    file, unit = masked(child.file), masked(child.unit)
    return Suspect(child, Analysed(file, child.form, unit, child.key, child.year or 0, figures, places))


def pick(candidates: Sequence[Suspect], roster: Roster | None = None) -> Picked:
    """The accepted returns of the form and part of the year that most are of, each unit and year once."""
    form, period = _commonest(candidates)
    newest: dict[tuple[str, int], Suspect] = {}
    left: list[tuple[str, str]] = []
    for each in sorted(candidates, key=lambda one: one.child.rank):
        why = _why_left(form, period, each.child)
        unit = each.known.key, each.known.year
        if why:
            left.append((each.child.file, why))
            continue
        if unit in newest and newest[unit].child.inputs != each.child.inputs:
            left.append((newest[unit].child.file, f"{each.child.unit}另有较新的一份 {each.child.file}"))
        newest[unit] = each
    chosen = sorted((each.known for each in newest.values()), key=lambda one: (one.year, one.key))
    return Picked(form, [_with_parent(each, roster) for each in chosen], left)


def _commonest(candidates: Sequence[Suspect]) -> tuple[str, str]:
    kinds = Counter((each.child.form, each.child.period) for each in candidates)
    return min(kinds, key=lambda kind: (-kinds[kind], kind), default=("", ""))


def _why_left(form: str, period: str, child: Child) -> str:
    if not child.key:
        return "没有填写单位名称"
    if child.year is None:
        return "没有写明年度"
    if child.form != form:
        return f"不是同一种报表（{child.form}）"
    if child.period != period:
        return f"报的是{child.period or '全年'}，其他的报的是{period or '全年'}"
    if child.sum is not None:
        return "是汇总的报表，不与下级的一起统计"
    return f"有 {child.errors} 处错误" if child.errors else ""


def _with_parent(each: Analysed, roster: Roster | None) -> Analysed:
    line = next(iter(roster.named(each.unit)), None) if roster is not None else None
    if line is None or not line.parent:
        return each
    places = (each.figures, each.places, line.parent)
    return Analysed(each.file, each.form, each.unit, each.key, each.year, *places)


def _figure(value: Value) -> Figure | None:
    return value if is_figure(value) else None
