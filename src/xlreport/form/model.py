"""A form as frozen values: what a folder of TOML files declares, with every formula already bound.

Nothing here knows a spreadsheet address or reads a file: cells are known by their subjects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from xlreport.finding import Severity
from xlreport.form.vocabulary import Vocabulary
from xlreport.formula.nodes import Binary, Node
from xlreport.prose.phrases import Phrase
from xlreport.rule import TEXTS, Rule
from xlreport.subject import Subject


class Kind(StrEnum):
    """What a cell holds, as authors write it in TOML."""

    TEXT = "text"
    """One line of text."""
    PROSE = "prose"
    """Paragraphs, separated by line breaks."""
    COUNT = "count"
    """An integer ≥ 0."""
    AMOUNT = "amount"
    """An exact decimal ≥ 0 with at most `places` decimal places."""
    YEAR = "year"
    """The year reported on; fixed when the template is made, locked in the sheet."""
    DATE = "date"
    """A calendar day; `YYYY-MM-DD` in JSON."""
    CHOICE = "choice"
    """One of `options`: its code in JSON and formulas, its label in the sheet."""
    CONFIRM = "confirm"
    """Yes or no; true/false in JSON, 是/否 in the sheet. Blank counts as no."""

    @property
    def numeric(self) -> bool:
        """True for the kinds whose cells hold reported figures."""
        return self in (Kind.COUNT, Kind.AMOUNT)


CONFIRM_LABELS: Mapping[str, str] = {"true": "是", "false": "否"}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: `name` is its code, `label` what people see."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """An input with a name: a single field, or a column of a list.

    `help` is the 填报口径 shown as input prompt; `unit` (件, 万元) is printed beside the cell;
    `required` fields must not stay blank; `fixed` fields are locked and set with the template; a
    `signed` figure may be below 0. What stands in a `carry` field of last year's return is taken over
    into the template.
    """

    name: str
    label: str
    kind: Kind
    help: str = ""
    required: bool = True
    fixed: bool = False
    unit: str = ""
    places: int = 0
    max_length: int = 0
    options: tuple[Option, ...] = ()
    total: bool = False
    signed: bool = False
    carry: bool = False

    @property
    def labels(self) -> Mapping[str, str]:
        """Code to label, for choices and confirmations; empty for other kinds."""
        if self.kind is Kind.CONFIRM:
            return CONFIRM_LABELS
        return {option.name: option.label for option in self.options}


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a grid.

    `label` is the path of header cells from the outside in; equal neighbours become one merged
    cell. `short` stands in messages. `formula` (source text) makes the whole line computed. A column
    whose cells are of another kind than the grid's says so in `kind`, and with it in `unit` and
    `places`; `signed` columns may hold figures below 0.
    `prior` names the line of last year's grid whose figures this one carries over.
    """

    name: str
    label: tuple[str, ...]
    short: str
    help: str = ""
    formula: str = ""
    kind: Kind | None = None
    unit: str = ""
    places: int = 0
    signed: bool = False
    prior: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """A block of single fields, one below the other."""

    name: str
    fields: tuple[Field, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A growing list: `rows` lines are offered in the sheet, more when the values have more."""

    name: str
    columns: tuple[Field, ...]
    rows: int
    title: str = ""
    required: bool = True
    help: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A cross table with named rows and named columns, all cells of one kind unless a column has its own.

    Grids that name the same `table` are stacked into one official table (default: the grid's name).
    `in_line` prints the rows side by side in one line. `corner` fills the header cell above the row
    labels, `caption` is a title row across the grid. Where a computed row crosses a computed column,
    the column's formula stands in the cell.
    """

    name: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    kind: Kind
    title: str = ""
    table: str = ""
    unit: str = ""
    places: int = 0
    corner: str = ""
    caption: str = ""
    in_line: bool = False
    notes: bool = True

    def row(self, name: str) -> Line:
        """The row of that name. Raises KeyError."""
        return _named(self.rows, name)

    def column(self, name: str) -> Line:
        """The column of that name. Raises KeyError."""
        return _named(self.columns, name)

    def holds(self, column: Line) -> tuple[Kind, str, int]:
        """Kind, unit and decimal places of a column's cells."""
        if column.kind is None:
            return self.kind, self.unit, self.places
        return column.kind, column.unit, column.places

    def cells(self) -> Iterator[tuple[Line, Line, Subject]]:
        """Every (row, column, subject), row by row."""
        for row in self.rows:
            for column in self.columns:
                yield row, column, Subject.cell(self.name, row.name, column.name)


Block: TypeAlias = Fields | Listing | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet of the workbook: a title, an introduction for the clerk, and blocks in order.

    `tab` is the name on the sheet's tab; `wide` prints the sheet in landscape.
    """

    name: str
    title: str
    tab: str
    blocks: tuple[Block, ...]
    intro: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Computed:
    """A locked formula cell: `source` is the formula as declared, `node` the same bound to its cells.

    `inputs` are the input cells that decide it, those behind other computed cells included.
    """

    subject: Subject
    source: str
    node: Node
    inputs: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One declared rule, taken once per line of a grid if `each` is "row" or "column".

    `title` says the rule in a few words, `why` what it is good for; `message` and `fix` are templates,
    see `docs/forms.md`. `sides` is the comparison that message and workbook show where `expect` is none
    or another. A rule on trial only ever gives notes.
    """

    code: str
    severity: Severity
    title: str
    expect: str
    message: str
    fix: str
    source: str = ""
    when: str = ""
    grid: str = ""
    each: str = ""
    cell: str = ""
    sides: str = ""
    why: str = ""
    trial: bool = False

    @property
    def rule(self) -> Rule:
        """The rule that it declares; a warning is explained line by line."""
        warns = self.severity is Severity.WARNING and not self.trial
        return Rule(self.code, self.title, self.severity, answerable=warns, trial=self.trial)


@dataclass(frozen=True, slots=True)
class Fact:
    """A quantity that prose may state, and the figures it must equal (facts.toml).

    `phrases` are the wordings, `equals` formulas of which one must give the number stated; without any the
    words only take their number, so that no other fact does. `zero` facts say that there is none. `part`
    facts may also stand after 其中. A fact with a `topic` holds where the sentence, or the field, is about
    it, one with `when` where one of these words stands before. `unit` is the customary measure word. `repeat`
    compares what several sentences say of a quantity that no formula gives.
    """

    code: str
    severity: Severity
    title: str
    phrases: tuple[str, ...]
    equals: tuple[str, ...] = ()
    topic: str = ""
    when: tuple[str, ...] = ()
    zero: bool = False
    part: bool = False
    repeat: bool = False
    unit: str = ""
    fix: str = ""
    why: str = ""
    source: str = ""
    trial: bool = False

    @property
    def rule(self) -> Rule:
        """The rule that it declares; a fact that equals nothing has no findings."""
        warns = self.severity is Severity.WARNING and not self.trial and bool(self.equals)
        return Rule(self.code, self.title, self.severity, answerable=warns, about=TEXTS, trial=self.trial)


@dataclass(frozen=True, slots=True)
class Topic:
    """What sentences can be about: the words that say so, and the fields that are about it anyway."""

    name: str
    words: tuple[str, ...]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A formula that a fact may equal. `needs` must be filled for it to count, and one of `some`, if any."""

    node: Node
    needs: tuple[Subject, ...]
    some: tuple[Subject, ...] = ()

    @property
    def inputs(self) -> tuple[Subject, ...]:
        """The input cells behind it."""
        return (*self.needs, *self.some)


@dataclass(frozen=True, slots=True)
class BoundFact:
    """A fact with its phrases parsed and its formulas bound."""

    fact: Fact
    phrases: tuple[Phrase, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, eq=False)
class Prose:
    """How the words of a return are read (facts.toml).

    `elsewhere` are phrases after which a sentence speaks of another period or body, until one of `whole`
    speaks of the whole year again; `aside` phrases make a clause say less than the whole. `own_names` are the
    fields that say what the unit is called.
    """

    facts: tuple[BoundFact, ...] = ()
    topics: tuple[Topic, ...] = ()
    elsewhere: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    own_names: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """A check bound to its cells: for one line of a grid, or for the form as a whole.

    `line` is the row's or column's name ("" for a check without `each`), `place` what a clerk
    calls it (`三、… 自然人列`), `cell` the subject of the cell to edit, `inputs` the input cells that
    decide it, those behind computed cells included. `needs` are the figures that must be there before
    the check says anything, `conditions` the cells that must be filled to know whether it applies.
    `compared` is the comparison whose two sides are shown. `prior` are last year's figures that it
    reads (`prior.…`): without any of them nothing is said.
    """

    check: Check
    line: str
    place: str
    expect: Node
    when: Node | None
    cell: Subject
    inputs: tuple[Subject, ...]
    needs: tuple[Subject, ...]
    conditions: tuple[Subject, ...] = ()
    compared: Binary | None = None
    prior: tuple[Subject, ...] = ()

    @property
    def subject(self) -> Subject:
        """What a finding of this instance is about: `requests[,natural_person]` by column."""
        if self.check.each == "column":
            return Subject.cell(self.check.grid, "", self.line)
        if self.check.each == "row":
            return Subject.cell(self.check.grid, self.line, "")
        return self.cell


@dataclass(frozen=True, eq=False)
class Form:
    """One report definition in one edition, complete and bound. Forms are equal only to themselves.

    `definition` is the hash of everything that shapes the workbook; it is part of the stamp.
    `years` are the first and last year of reporting the edition serves (last None: still in use).
    `unit_field`, `code_field`, `year_field` name the fields that say who reports and on what year.
    `skin` is the folder that says how its reports look, `vocabulary` what must not stand in its texts.
    """

    id: str
    title: str
    edition: str
    years: tuple[int, int | None]
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]
    instances: tuple[Instance, ...]
    computed: Mapping[Subject, Computed]
    instructions: tuple[str, ...]
    unit_field: Subject
    year_field: Subject
    code_field: Subject
    definition: str
    folder: Path
    skin: Path
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    prose: Prose = Prose()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What prose may state, as declared."""
        return tuple(bound.fact for bound in self.prose.facts)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that the form itself declares, checks first."""
        return (*(check.rule for check in self.checks), *(fact.rule for fact in self.facts))

    @cached_property
    def blocks(self) -> Mapping[str, Block]:
        """Blocks by name, in the order of the form; the names are the keys of the values JSON."""
        return {block.name: block for section in self.sections for block in section.blocks}

    @cached_property
    def fields(self) -> Mapping[Subject, Field]:
        """Single fields by name."""
        return {
            Subject.field(field.name): field
            for block in self.blocks.values()
            if isinstance(block, Fields)
            for field in block.fields
        }

    @cached_property
    def grids(self) -> Mapping[str, Grid]:
        """Grids by name."""
        return {name: block for name, block in self.blocks.items() if isinstance(block, Grid)}

    @cached_property
    def listings(self) -> Mapping[str, Listing]:
        """Growing lists by name."""
        return {name: block for name, block in self.blocks.items() if isinstance(block, Listing)}

    @cached_property
    def tables(self) -> Mapping[str, tuple[Grid, ...]]:
        """Official tables by name, each the grids stacked in it."""
        tables: dict[str, list[Grid]] = {}
        for grid in self.grids.values():
            tables.setdefault(grid.table, []).append(grid)
        return {name: tuple(grids) for name, grids in tables.items()}

    @cached_property
    def prior(self) -> frozenset[Subject]:
        """Last year's figures that any check reads, as `prior.…`."""
        return frozenset(subject for instance in self.instances for subject in instance.prior)

    def serves(self, year: int) -> bool:
        """True if this edition is the one to use for a report on `year`."""
        first, last = self.years
        return first <= year and (last is None or year <= last)


def _named(lines: tuple[Line, ...], name: str) -> Line:
    for line in lines:
        if line.name == name:
            return line
    raise KeyError(name)
