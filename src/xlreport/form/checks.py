"""Rules between cells: as declared, and bound to the cells that they compare."""

from __future__ import annotations

from functools import cached_property

from xlreport.finding import Severity
from xlreport.formula.nodes import Binary, Node
from xlreport.formula.tree import comparison
from xlreport.frozen import frozen
from xlreport.rule import Rule
from xlreport.subject import Subject


@frozen(slots=False)
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

    @cached_property
    def rule(self) -> Rule:
        """The rule that it declares; a warning is explained line by line."""
        warns = self.severity is Severity.WARNING and not self.trial
        return Rule(self.code, self.title, self.severity, answerable=warns, trial=self.trial)


@frozen
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
    def is_equality(self) -> bool:
        """True for a check whose difference must be 0."""
        compared = comparison(self.expect)
        return compared is not None and compared.operator == "="

    @property
    def subject(self) -> Subject:
        """What a finding of this instance is about: `requests[,natural_person]` by column."""
        if self.check.each == "column":
            return Subject.cell(self.check.grid, "", self.line)
        if self.check.each == "row":
            return Subject.cell(self.check.grid, self.line, "")
        return self.cell
