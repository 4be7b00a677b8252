"""The checks of a form, each bound once per line that it is taken for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Formatter

from xlreport.form.bind_computed import inputs_behind
from xlreport.form.binder import Binder
from xlreport.form.checks import Check, Instance
from xlreport.form.computed import Computed
from xlreport.form.grid import Grid, Line
from xlreport.form.mistake import near
from xlreport.form.scope import FormScope
from xlreport.formula.nodes import Binary, Cells, Node, Type
from xlreport.formula.tree import comparison, subjects
from xlreport.subject import NOTE, Subject

CHECKS = "checks.toml"
SIDES = frozenset({"left", "right", "left_value", "right_value", "difference"})
PLACEHOLDERS = SIDES | {"place", "cells", "note"}
_YEAR_ON_YEAR = re.compile("YOY(?!000)[0-8][0-9]{2}")


def bind_checks(
    binder: Binder, computed: Mapping[Subject, Computed], checks: Sequence[Check | None]
) -> tuple[Instance, ...]:
    """The instances of all checks without a mistake; one of which nothing is known is None."""
    return tuple(
        instance
        for number, check in enumerate(checks)
        if check is not None
        for instance in _BoundCheck(binder, computed, f"check[{number}]", check).instances()
    )


class _BoundCheck:
    """One check on its way: `path` is where it is declared."""

    def __init__(self, binder: Binder, computed: Mapping[Subject, Computed], path: str, check: Check) -> None:
        self._binder = binder
        self._outline = binder.outline
        self._computed = computed
        self._path = path
        self._check = check

    def instances(self) -> Iterator[Instance]:
        """The check for each line of its grid, or for the form as a whole."""
        check = self._check
        grid = self._outline.grids.get(check.grid)
        if check.each not in ("", "row", "column"):
            self._fail("each", f"“{check.each}” is not “row” or “column”")
        elif bool(check.each) != bool(check.grid):
            self._fail("", "`each` and `grid` go together: add the one that is missing")
        elif grid is not None:
            for line in grid.columns if check.each == "column" else grid.rows:
                yield from self._instance(grid, line)
        elif not check.grid:
            yield from self._instance(None, None)
        elif check.grid in self._outline.blocks:
            what = self._outline.blocks[check.grid].what
            self._fail("grid", f"“{check.grid}” is a {what}, not a grid: name a grid")
        else:
            self._fail("grid", f"unknown grid “{check.grid}”{near(check.grid, self._outline.blocks)}")

    def _instance(self, grid: Grid | None, line: Line | None) -> Iterator[Instance]:
        check, known = self._check, len(self._binder.mistakes)
        name = line.name if line else ""
        row, column = (name, "") if check.each == "row" else ("", name)
        scope = FormScope(self._outline, grid, row, column, prior=True)
        expect = self._condition("expect", check.expect, scope)
        when = self._condition("when", check.when, scope) if check.when else None
        compared = self._compared(scope, expect)
        if expect is None or len(self._binder.mistakes) > known:
            return
        edit = self._cell_to_edit(scope, _this_year(expect))
        self._check_code([node for node in (expect, when, compared) if node is not None])
        if edit is not None:
            self._check_templates(compared, edit)
        if edit is not None and len(self._binder.mistakes) == known:
            yield self._bound(line, edit, expect, when, compared)

    def _bound(
        self, line: Line | None, edit: Subject, expect: Node, when: Node | None, compared: Binary | None
    ) -> Instance:
        inputs = self._inputs(_this_year(expect))
        behind_when = self._inputs(_this_year(when)) if when is not None else ()
        nodes = [node for node in (expect, when, compared) if node is not None]
        mandatory = self._outline.mandatory
        needs = (s for s in dict.fromkeys((*inputs, *behind_when)) if s in mandatory)
        return Instance(
            check=self._check,
            line=line.name if line else "",
            place=self._place(edit, line),
            expect=expect,
            when=when,
            cell=edit,
            inputs=inputs,
            needs=tuple(s for s in needs if mandatory[s].kind.numeric),
            conditions=tuple(s for s in behind_when if s in mandatory),
            compared=compared,
            prior=tuple(dict.fromkeys(subject for node in nodes for subject in _last_year(node))),
        )

    def _compared(self, scope: FormScope, expect: Node | None) -> Binary | None:
        """The comparison to show: what `sides` says, else what is expected."""
        if not self._check.sides:
            return comparison(expect) if expect is not None else None
        node = self._condition("sides", self._check.sides, scope)
        shown = comparison(node) if node is not None else None
        if node is not None and shown is None:
            self._fail("sides", f"“{self._check.sides}” is no comparison: write one side = the other")
        return shown

    def _cell_to_edit(self, scope: FormScope, read: Sequence[Subject]) -> Subject | None:
        cell = self._check.cell
        if not cell:
            inputs = [subject for subject in read if subject not in self._computed]
            if not inputs:
                self._fail("", "reads no input: say in `cell` which cell to edit")
            return inputs[0] if inputs else None
        node = self._binder.bound(CHECKS, f"{self._path}.cell", cell, scope, set(Type), "a cell")
        if node is None:
            return None
        if not isinstance(node, Cells):
            self._fail("cell", f"“{cell}” is not a cell: name one field or grid cell")
            return None
        if node.subjects[0].is_prior:
            self._fail("cell", f"“{cell}” is locked: name a cell of this year")
            return None
        return node.subjects[0]

    def _check_code(self, nodes: Iterable[Node]) -> None:
        """The codes YOY001 to YOY899 are those of checks that read last year's figures."""
        code, reads = self._check.code, any(_last_year(node) for node in nodes)
        if reads and not code.startswith("YOY"):
            self._fail("code", f"“{code}” reads last year's figures: give it a code from YOY001 to YOY899")
        elif not reads and _YEAR_ON_YEAR.fullmatch(code):
            text = f"“{code}” is for checks that read last year's figures: begin with other letters"
            self._fail("code", text)

    def _check_templates(self, compared: Binary | None, edit: Subject) -> None:
        grid = self._outline.grids.get(edit.block)
        allowed = PLACEHOLDERS if compared is not None else PLACEHOLDERS - SIDES
        if grid is None or not grid.notes:
            allowed -= {NOTE}
        for key, template in (("message", self._check.message), ("fix", self._check.fix)):
            try:
                names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
            except ValueError as error:
                self._fail(key, f"{error}: write a brace as two braces")
                continue
            for name in sorted(names - allowed):
                self._fail(key, f"unknown placeholder {{{name}}}; known: {', '.join(sorted(allowed))}")

    def _place(self, edit: Subject, line: Line | None) -> str:
        """What a clerk calls the part of the workbook that the check is about."""
        about = Subject.cell(self._check.grid, "", "") if self._check.grid else edit
        tab = self._outline.section_of(about).tab
        if line is None:
            return tab
        return f"{tab} {line.short}{'列' if self._check.each == 'column' else '行'}"

    def _inputs(self, read: Iterable[Subject]) -> tuple[Subject, ...]:
        return inputs_behind(self._computed, read)

    def _condition(self, key: str, source: str, scope: FormScope) -> Node | None:
        return self._binder.condition(CHECKS, f"{self._path}.{key}", source, scope)

    def _fail(self, key: str, message: str) -> None:
        self._binder.fail(CHECKS, f"{self._path}.{key}" if key else self._path, message)


def _this_year(node: Node) -> tuple[Subject, ...]:
    """The cells of this year's return that a formula reads."""
    return tuple(subject for subject in subjects(node) if not subject.is_prior)


def _last_year(node: Node) -> tuple[Subject, ...]:
    """The figures of last year's return that a formula reads, as `prior.…`."""
    return tuple(subject for subject in subjects(node) if subject.is_prior)
