"""The workbook's own formulas: states of checks, differences, progress.

They are written in the form's formula language as bound trees, so that the same evaluator gives
their cached values and nothing about a check is said twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce

from xlreport.finding import Severity
from xlreport.form.cells import cells_of
from xlreport.form.checks import Instance
from xlreport.form.field import Kind
from xlreport.form.listing import Listing
from xlreport.form.model import Form
from xlreport.form.outline import Section
from xlreport.formula.check import type_of
from xlreport.formula.nodes import Binary, Call, Cells, Literal, Node, Type
from xlreport.frozen import frozen
from xlreport.subject import Subject

PASSED, PENDING, IDLE, NO_LAST_YEAR = "通过", "待填", "不适用", "无上年数据"
FAILED = {Severity.ERROR: "不符", Severity.WARNING: "提醒", Severity.NOTE: "提示"}
_NUMBERS = (Type.WHOLE, Type.NUMBER)
_COUNTED = (Kind.COUNT, Kind.AMOUNT, Kind.DATE)


def live(what: str, instance: Instance) -> Subject:
    """The subject of a live cell about a check: its state, left, right, difference, failing."""
    return Subject.live(what, instance.check.code, instance.line)


def state(instance: Instance) -> Node:
    """通过, 不符 (提醒, 提示), 待填 until every figure it needs is there, 不适用 where it does not apply.

    无上年数据 where it needs figures of last year that are not known.
    """
    failed = Literal(FAILED[instance.check.rule.weight])
    node: Node = Call("IF", (instance.expect, Literal(PASSED), failed))
    if instance.needs:
        short = Binary("<", _call("COUNT", instance.needs, Type.WHOLE), Literal(len(instance.needs)))
        node = Call("IF", (short, Literal(PENDING), node))
    if instance.when is not None:
        node = Call("IF", (instance.when, node, Literal(IDLE)))
    return _if_known(instance, node, NO_LAST_YEAR)


def _if_known(instance: Instance, node: Node, otherwise: str) -> Node:
    """The node where all of last year's figures that the check reads are known."""
    if not instance.prior:
        return node
    known = _call("COUNTA", instance.prior, Type.WHOLE)
    return Call("IF", (Binary("<", known, Literal(len(instance.prior))), Literal(otherwise), node))


def figure_or_blank(subject: Subject) -> Node:
    """A figure of last year, nothing where it is not known."""
    cell = Cells((subject,), Type.NUMBER)
    return Call("IF", (Call("ISBLANK", (cell,)), Literal(""), cell))


def failing_flag(instance: Instance) -> Node:
    """1 while the check fails, else 0."""
    cell = Cells((live("state", instance),), Type.TEXT)
    failed = Literal(FAILED[instance.check.rule.weight])
    return Call("IF", (Binary("=", cell, failed), Literal(1), Literal(0)))


def sides(instance: Instance) -> tuple[Node, Node] | None:
    """Both sides of a check that compares two numbers, else None."""
    compared = instance.compared
    if compared is None or type_of(compared.left) not in _NUMBERS:
        return None
    return compared.left, compared.right


def places(node: Node) -> int:
    """Not 0 for a figure that may have decimal places: whole numbers are shown without any."""
    return int(type_of(node) is Type.NUMBER)


def side_or_blank(instance: Instance, node: Node) -> Node:
    """A side or a difference as the sheet shows it: nothing while figures of last year are not known."""
    return _if_known(instance, Call("SUM", (node,)), "") if instance.prior else node


def difference(left: Node, right: Node) -> Node:
    """Left − right."""
    return Binary("-", left, right)


@frozen
class SectionProgress:
    """How far a section is: the number of cells that must be filled, and how many are; what fails in it."""

    required: int
    filled: Node
    errors: Node
    warnings: Node


@lru_cache(maxsize=64)
def section_progress(form: Form) -> Mapping[str, SectionProgress]:
    """The progress of each section by its name."""
    instances: dict[str, list[Instance]] = {section.name: [] for section in form.sections}
    for instance in form.instances:
        instances[form.section_of(instance.cell).name].append(instance)
    return {section.name: _progress(form, section, instances[section.name]) for section in form.sections}


def _progress(form: Form, section: Section, instances: Sequence[Instance]) -> SectionProgress:
    required = _required(form, section)
    errors, warnings = (failures(instances, weight) for weight in (Severity.ERROR, Severity.WARNING))
    return SectionProgress(len(required), filled(form, required), errors, warnings)


def _required(form: Form, section: Section) -> tuple[Subject, ...]:
    """The cells of a section that must not stay blank; of a list that must be filled, its first line."""
    cells = [cell for block in section.blocks for cell in block.mandatory()]
    lines = [listing.line(1).items() for listing in section.listings if listing.required]
    cells += [(subject, field) for line in lines for subject, field in line if field.required]
    return tuple(subject for subject, field in cells if subject not in form.computed and not field.fixed)


def lines_begun(form: Form, listing: Listing) -> Node:
    """How many lines of a list are begun: counted in its first column."""
    first = listing.columns[0].name
    return filled(form, [Subject.cell(listing.name, number, first) for number in listing.numbers])


def one(form: Form, field: Subject) -> Node:
    """A single field of the form as a part of a live formula."""
    whole = form.fields[field].kind in (Kind.COUNT, Kind.YEAR)
    return Cells((field,), Type.WHOLE if whole else Type.TEXT)


def filled(form: Form, subjects: Sequence[Subject]) -> Node:
    """How many of these cells are filled: with a number where a number is due."""
    fields = cells_of(form)
    numbers = [s for s in subjects if fields[s].kind in _COUNTED]
    others = [s for s in subjects if fields[s].kind not in _COUNTED]
    counts = [_call("COUNT", numbers, Type.NUMBER)] if numbers else []
    counts += [_call("COUNTA", others, Type.TEXT)] if others else []
    return reduce(lambda left, right: Binary("+", left, right), counts or [Literal(0)])


def failures(instances: Iterable[Instance], severity: Severity) -> Node:
    """How many of these checks of that weight fail."""
    flags = [live("failing", i) for i in instances if i.check.rule.weight is severity]
    return _call("SUM", flags, Type.WHOLE) if flags else Literal(0)


def joined(*parts: Node | str) -> Node:
    """The parts as one text."""
    nodes = [Literal(part) if isinstance(part, str) else part for part in parts]
    node = nodes[0]
    for part in nodes[1:]:
        node = Binary("&", node, part)
    return node


def _call(function: str, subjects: Sequence[Subject], type_: Type) -> Node:
    return Call(function, (Cells(tuple(subjects), type_, scalar=False),))
