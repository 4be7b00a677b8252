"""What needs doing now: the first checks that fail or ask, at the head of the 校验 sheet.

Plain formulas that every spreadsheet program computes: each check has a number while it is open, and
line n looks up the n-th smallest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlreport.area import Area
from xlreport.finding import Severity
from xlreport.form.answers import live_answer
from xlreport.form.checks import Instance
from xlreport.formula.nodes import Binary, Call, Cells, Literal, Node, Type
from xlreport.layout import live_formulas as live
from xlreport.layout.cells import Look
from xlreport.subject import Subject

MOST_CHECKS = 6
"""Checks shown at the head of the sheet."""
SHOWN = ("code", "level", "place", "rule", "left", "right", "difference", "state")
"""The columns of the list that a line repeats, from the left."""
_CLOSED = 1_000_000
"""The number of a check that needs nothing."""
_AFTER_ERRORS = {Severity.ERROR: 0, Severity.WARNING: 100_000}


def check_number(instance: Instance, place: int) -> Node:
    """The number of an open check: errors first, then warnings that are not answered yet."""
    weight = instance.check.rule.weight
    if weight not in _AFTER_ERRORS:
        return Literal(_CLOSED)
    is_open: Node = Binary("=", Cells((live.live("failing", instance),), Type.WHOLE), Literal(1))
    answer = live_answer(instance)
    if answer is not None:
        unanswered = Call("ISBLANK", (Cells((answer.subject,), Type.TEXT),))
        is_open = Call("AND", (is_open, unanswered))
    return Call("IF", (is_open, Literal(_AFTER_ERRORS[weight] + place), Literal(_CLOSED)))


def summary_line(instances: Sequence[Instance]) -> Node:
    """How many errors must be mended and how many warnings are open."""
    errors = live.failures(instances, Severity.ERROR)
    warnings = live.failures(instances, Severity.WARNING)
    told = live.joined("不符 ", errors, " 项，须改正；提醒 ", warnings, " 项，须核对，无误的说明情况")
    none = Call("AND", (Binary("=", errors, Literal(0)), Binary("=", warnings, Literal(0))))
    return Call("IF", (none, Literal("已填的数字没有不符，也没有提醒"), told))


def columns(instances: Sequence[Instance]) -> Mapping[str, Cells]:
    """The columns of the list that lines look up, by what stands in them."""
    wanted = (*SHOWN, "target", "answer", "number")
    return {
        what: Cells(tuple(live.live(what, each) for each in instances), Type.TEXT, scalar=False)
        for what in wanted
    }


def line(columns: Mapping[str, Cells], n: int) -> Iterator[tuple[Look, Subject, Node]]:
    """The n-th line: looks, subjects and formulas of the shown columns, both links, the place looked up."""
    position = Subject.live("first", str(n), "position")
    found = Cells((position,), Type.WHOLE)

    def shown(node: Node) -> Node:
        return Call("IF", (Binary("=", found, Literal(0)), Literal(""), node))

    def looked_up(what: str) -> Node:
        return Call("INDEX", (columns[what], found))

    for what in SHOWN:
        yield _LOOKS.get(what, Look.LIVE), Subject.live("first", str(n), what), shown(looked_up(what))
    go = Call("HYPERLINK", (looked_up("target"), Literal("查看")))
    yield Look.LINK, Subject.live("first", str(n), "go"), shown(go)
    explain = Call("HYPERLINK", (looked_up("answer"), Literal("核对无误的，点这里说明情况")))
    to_do = Call(
        "IF", (Binary("=", looked_up("answer"), Literal("")), Literal("请点“查看”，改正数字"), explain)
    )
    yield Look.LINK, Subject.live("first", str(n), "todo"), shown(to_do)
    yield Look.CODE, position, _position(columns["number"], n)


_LOOKS: Mapping[str, Look] = {"place": Look.PLAIN, "rule": Look.PLAIN, "state": Look.LIVE_TEXT}


def _position(numbers: Cells, n: int) -> Node:
    """In which line of the list the n-th open check stands; 0 for none."""
    smallest = Call("SMALL", (numbers, Literal(n)))
    none = Binary("=", smallest, Literal(_CLOSED))
    return Call("IF", (none, Literal(0), Call("MATCH", (smallest, numbers, Literal(0)))))


def link_to(area: Area) -> str:
    """Where HYPERLINK goes within the workbook."""
    return "#" + Area.cell(area.sheet, area.top, area.left).reference("")
