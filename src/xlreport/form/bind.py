"""Formulas of a form, parsed and bound to its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from string import Formatter

from xlreport.form.mistake import Mistake, near
from xlreport.form.model import Block, Check, Computed, Fields, Grid, Instance, Line, Listing, Section
from xlreport.form.scope import FormScope
from xlreport.formula.check import bind, comparison, subjects, type_of
from xlreport.formula.nodes import Binary, Cells, FormulaError, Node, Scope, Type
from xlreport.formula.parse import parse
from xlreport.subject import NOTE, Subject

CHECKS = "checks.toml"
_FORMULAS = frozenset({"formula", "expect", "when", "sides", "cell"})
SIDES = frozenset({"left", "right", "left_value", "right_value", "difference"})
PLACEHOLDERS = SIDES | {"place", "cells", "note"}
_YEAR_ON_YEAR = re.compile("YOY(?!000)[0-8][0-9]{2}")


@dataclass(frozen=True)
class Bound:
    """What binding yields: computed cells by subject, instances of checks, and mistakes."""

    computed: Mapping[Subject, Computed]
    instances: tuple[Instance, ...]
    mistakes: tuple[Mistake, ...]


def bind_form(sections: Sequence[Section], checks: Sequence[Check | None]) -> Bound:
    """Bind every formula of a form; all mistakes are returned, none raised. A check may be missing."""
    return _Binder(sections).run(checks)


def syntax_mistakes(file: str, tables: object, path: str = "") -> Iterator[Mistake]:
    """Formulas that cannot be parsed, in a file of which not more than its tables is known."""
    if isinstance(tables, dict):
        for key, value in tables.items():
            here = f"{path}.{key}" if path else str(key)
            if key in _FORMULAS and isinstance(value, str) and value:
                try:
                    parse(value)
                except FormulaError as error:
                    yield Mistake(file, here, FormulaError(error.message, value, error.position).with_caret())
            else:
                yield from syntax_mistakes(file, value, here)
    elif isinstance(tables, list):
        for number, value in enumerate(tables):
            yield from syntax_mistakes(file, value, f"{path}[{number}]")


class _Binder:
    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._blocks: dict[str, Block] = {b.name: b for section in sections for b in section.blocks}
        self._tabs = {b.name: section.tab for section in sections for b in section.blocks}
        self._mistakes: list[Mistake] = []
        self._computed: dict[Subject, Computed] = {}
        self._declared: dict[Subject, tuple[str, str]] = {}

    def run(self, checks: Sequence[Check | None]) -> Bound:
        for section in self._sections:
            for number, block in enumerate(section.blocks):
                self._compute(f"sections/{section.name}.toml", f"block[{number}]", block)
        self._refuse_cycles()
        for subject, computed in self._computed.items():
            self._computed[subject] = replace(computed, inputs=self._inputs([subject]))
        instances = [
            instance
            for number, check in enumerate(checks)
            if check is not None
            for instance in self._instances(f"check[{number}]", check)
        ]
        return Bound(self._computed, tuple(instances), tuple(self._mistakes))

    # Computed cells ------------------------------------------------------------------------------

    def _compute(self, file: str, path: str, block: Block) -> None:
        if isinstance(block, Listing):
            for column in block.columns:
                if column.total:
                    source = f"SUM({block.name}[{column.name}])"
                    self._add(file, path, Subject.total(block.name, column.name), source, self._scope())
        elif isinstance(block, Grid):
            self._compute_rows(file, path, block)
            self._compute_columns(file, path, block)

    def _compute_rows(self, file: str, path: str, grid: Grid) -> None:
        for number, row in enumerate(grid.rows):
            for column in grid.columns:
                if row.formula and not column.formula:
                    scope = self._scope(grid, column=column.name)
                    where = f"{path}.row[{number}].formula"
                    self._add(file, where, Subject.cell(grid.name, row.name, column.name), row.formula, scope)

    def _compute_columns(self, file: str, path: str, grid: Grid) -> None:
        for number, column in enumerate(grid.columns):
            for row in grid.rows:
                if column.formula:
                    scope = self._scope(grid, row=row.name)
                    where = f"{path}.col[{number}].formula"
                    self._add(
                        file, where, Subject.cell(grid.name, row.name, column.name), column.formula, scope
                    )

    def _add(self, file: str, path: str, subject: Subject, source: str, scope: FormScope) -> None:
        node = self._bound(file, path, source, scope, {Type.WHOLE, Type.NUMBER}, "a number")
        if node is not None:
            self._computed[subject] = Computed(subject, source, node)
            self._declared[subject] = (file, path)

    def _refuse_cycles(self) -> None:
        """Drop computed cells that depend on themselves, and say so once per formula."""
        for subject in self._in_cycles():
            source = self._computed.pop(subject).source
            self._fail(*self._declared[subject], f"“{source}” is computed from itself: leave it out")

    def _in_cycles(self) -> list[Subject]:
        """Computed cells that reach themselves."""
        needs = {s: {n for n in subjects(c.node) if n in self._computed} for s, c in self._computed.items()}
        return [subject for subject in needs if subject in _reached(subject, needs)]

    # Checks --------------------------------------------------------------------------------------

    def _instances(self, path: str, check: Check) -> Iterator[Instance]:
        grid = self._blocks.get(check.grid)
        if check.each not in ("", "row", "column"):
            self._fail(CHECKS, f"{path}.each", f"“{check.each}” is not “row” or “column”")
        elif bool(check.each) != bool(check.grid):
            self._fail(CHECKS, path, "`each` and `grid` go together: add the one that is missing")
        elif isinstance(grid, Fields | Listing):
            found = "list" if isinstance(grid, Listing) else "block of fields"
            self._fail(CHECKS, f"{path}.grid", f"“{check.grid}” is a {found}, not a grid: name a grid")
        elif check.grid and grid is None:
            self._fail(CHECKS, f"{path}.grid", f"unknown grid “{check.grid}”{near(check.grid, self._blocks)}")
        elif isinstance(grid, Grid):
            for line in grid.columns if check.each == "column" else grid.rows:
                yield from self._instance(path, check, grid, line)
        else:
            yield from self._instance(path, check, None, None)

    def _instance(self, path: str, check: Check, grid: Grid | None, line: Line | None) -> Iterator[Instance]:
        name = line.name if line else ""
        by_row, by_column = check.each == "row", check.each == "column"
        scope = FormScope(self._blocks, grid, name if by_row else "", name if by_column else "", prior=True)
        known = len(self._mistakes)
        expect = self._bound(CHECKS, f"{path}.expect", check.expect, scope, {Type.LOGICAL}, "TRUE or FALSE")
        when = None
        if check.when:
            when = self._bound(CHECKS, f"{path}.when", check.when, scope, {Type.LOGICAL}, "TRUE or FALSE")
        compared = self._compared(path, check, scope, expect)
        if expect is None or len(self._mistakes) > known:
            return
        edit = self._cell_to_edit(path, check, scope, _this_year(expect))
        self._check_code(path, check, [node for node in (expect, when, compared) if node is not None])
        if edit is not None:
            self._check_templates(path, check, compared, edit)
        if edit is not None and len(self._mistakes) == known:
            yield self._bound_instance(check, line, edit, expect, when, compared)

    def _compared(self, path: str, check: Check, scope: FormScope, expect: Node | None) -> Binary | None:
        """The comparison to show: what `sides` says, else what is expected."""
        if not check.sides:
            return comparison(expect) if expect is not None else None
        node = self._bound(CHECKS, f"{path}.sides", check.sides, scope, {Type.LOGICAL}, "TRUE or FALSE")
        shown = comparison(node) if node is not None else None
        if node is not None and shown is None:
            text = f"“{check.sides}” is no comparison: write one side = the other"
            self._fail(CHECKS, f"{path}.sides", text)
        return shown

    def _check_code(self, path: str, check: Check, nodes: Sequence[Node]) -> None:
        """The codes YOY001 to YOY899 are those of checks that read last year's figures."""
        reads = any(_last_year(node) for node in nodes)
        if reads and not check.code.startswith("YOY"):
            text = f"“{check.code}” reads last year's figures: give it a code from YOY001 to YOY899"
            self._fail(CHECKS, f"{path}.code", text)
        elif not reads and _YEAR_ON_YEAR.fullmatch(check.code):
            text = f"“{check.code}” is for checks that read last year's figures: begin with other letters"
            self._fail(CHECKS, f"{path}.code", text)

    def _bound_instance(
        self,
        check: Check,
        line: Line | None,
        edit: Subject,
        expect: Node,
        when: Node | None,
        compared: Binary | None,
    ) -> Instance:
        inputs = self._inputs(_this_year(expect))
        behind_when = self._inputs(_this_year(when)) if when is not None else ()
        nodes = [node for node in (expect, when, compared) if node is not None]
        figures = (s for s in dict.fromkeys((*inputs, *behind_when)) if self._required(s, figures_only=True))
        return Instance(
            check=check,
            line=line.name if line else "",
            place=self._place(edit, check, line),
            expect=expect,
            when=when,
            cell=edit,
            inputs=inputs,
            needs=tuple(figures),
            conditions=tuple(subject for subject in behind_when if self._required(subject)),
            compared=compared,
            prior=tuple(dict.fromkeys(subject for node in nodes for subject in _last_year(node))),
        )

    def _cell_to_edit(
        self, path: str, check: Check, scope: FormScope, read: tuple[Subject, ...]
    ) -> Subject | None:
        if not check.cell:
            inputs = [subject for subject in read if subject not in self._computed]
            if not inputs:
                self._fail(CHECKS, path, "reads no input: say in `cell` which cell to edit")
            return inputs[0] if inputs else None
        node = self._bound(CHECKS, f"{path}.cell", check.cell, scope, set(Type), "a cell")
        if node is None:
            return None
        if not isinstance(node, Cells):
            self._fail(CHECKS, f"{path}.cell", f"“{check.cell}” is not a cell: name one field or grid cell")
            return None
        if node.subjects[0].is_prior:
            self._fail(CHECKS, f"{path}.cell", f"“{check.cell}” is locked: name a cell of this year")
            return None
        return node.subjects[0]

    def _inputs(self, read: Iterable[Subject]) -> tuple[Subject, ...]:
        """The input cells behind these cells, each once, in order."""
        found: dict[Subject, None] = {}
        for subject in read:
            if subject in self._computed:
                found.update(dict.fromkeys(self._inputs(subjects(self._computed[subject].node))))
            else:
                found[subject] = None
        return tuple(found)

    def _required(self, subject: Subject, figures_only: bool = False) -> bool:
        """True for a cell (a figure) that must not stay blank; rows of lists may."""
        block = self._blocks[self._block_of(subject)]
        if isinstance(block, Fields):
            field = next(field for field in block.fields if field.name == subject)
            return field.required and (field.kind.numeric or not figures_only)
        return isinstance(block, Grid)

    def _check_templates(self, path: str, check: Check, compared: Binary | None, edit: Subject) -> None:
        block = self._blocks[self._block_of(edit)]
        allowed = PLACEHOLDERS if compared is not None else PLACEHOLDERS - SIDES
        if not (isinstance(block, Grid) and block.notes):
            allowed -= {NOTE}
        for key, template in (("message", check.message), ("fix", check.fix)):
            try:
                names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
            except ValueError as error:
                self._fail(CHECKS, f"{path}.{key}", f"{error}: write a brace as two braces")
                continue
            for name in sorted(names - allowed):
                text = f"unknown placeholder {{{name}}}; known: {', '.join(sorted(allowed))}"
                self._fail(CHECKS, f"{path}.{key}", text)

    def _place(self, edit: Subject, check: Check, line: Line | None) -> str:
        block = check.grid or self._block_of(edit)
        tab = self._tabs[block]
        if line is None:
            return tab
        return f"{tab} {line.short}{'列' if check.each == 'column' else '行'}"

    def _block_of(self, subject: Subject) -> str:
        return subject.block or next(
            block.name
            for block in self._blocks.values()
            if isinstance(block, Fields) and subject in {field.name for field in block.fields}
        )

    # Both ----------------------------------------------------------------------------------------

    def _scope(self, grid: Grid | None = None, row: str = "", column: str = "") -> FormScope:
        return FormScope(self._blocks, grid, row, column)

    def _bound(
        self, file: str, path: str, source: str, scope: Scope, wanted: set[Type], words: str
    ) -> Node | None:
        try:
            node = bind(parse(source), scope, source)
            found = type_of(node, source)
        except FormulaError as error:
            self._fail(file, path, error.with_caret())
            return None
        if found not in wanted:
            self._fail(file, path, f"“{source}” must yield {words}")
            return None
        return node

    def _fail(self, file: str, path: str, message: str) -> None:
        mistake = Mistake(file, path, message)
        if mistake not in self._mistakes:  # the same formula is bound once per line
            self._mistakes.append(mistake)


def _this_year(node: Node) -> tuple[Subject, ...]:
    """The cells of this year's return that a formula reads."""
    return tuple(subject for subject in subjects(node) if not subject.is_prior)


def _last_year(node: Node) -> tuple[Subject, ...]:
    """The figures of last year's return that a formula reads, as `prior.…`."""
    return tuple(subject for subject in subjects(node) if subject.is_prior)


def _reached(start: Subject, needs: Mapping[Subject, Set[Subject]]) -> set[Subject]:
    """Everything that a computed cell needs, directly or through others."""
    reached: set[Subject] = set()
    waiting = set(needs[start])
    while waiting:
        subject = waiting.pop()
        reached.add(subject)
        waiting |= needs[subject] - reached
    return reached
