"""A form as a frozen value: what a folder of TOML files declares, with every formula already bound.

Nothing here knows a spreadsheet address or reads a file: cells are known by their subjects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path

from xlreport.form.analysis import AnalysisTable
from xlreport.form.checks import Check, Instance
from xlreport.form.computed import Computed
from xlreport.form.consolidation import Consolidation
from xlreport.form.entries import Entries
from xlreport.form.fact_model import Fact, Prose
from xlreport.form.outline import Outline
from xlreport.form.succession import Succession
from xlreport.form.vocabulary import Vocabulary
from xlreport.frozen import frozen
from xlreport.rule import Rule
from xlreport.subject import Subject


@frozen(eq=False, slots=False)
class Form(Outline):
    """One report definition in one edition, complete and bound. Forms are equal only to themselves.

    `definition` is the hash of everything that shapes the workbook; it is part of the stamp.
    `years` are the first and last year of reporting the edition serves (last None: still in use).
    `unit_field`, `code_field`, `year_field` name the fields that say who reports and on what year.
    `skin` is the folder that says how its reports look, `vocabulary` what must not stand in its texts,
    `succession` where a unit says what it was last year, `entries` what its entries must look like,
    `consolidation` what becomes of them in a sum of returns, `analysis` what is worth knowing of many.
    """

    id: str
    title: str
    edition: str
    years: tuple[int, int | None]
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
    prose: Prose = field(default_factory=Prose)
    succession: Succession = field(default_factory=Succession)
    entries: Entries = field(default_factory=Entries)
    consolidation: Consolidation = field(default_factory=Consolidation)
    analysis: tuple[AnalysisTable, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What prose may state, as declared."""
        return tuple(bound.fact for bound in self.prose.facts)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that the form itself declares, checks first."""
        return (*(check.rule for check in self.checks), *(fact.rule for fact in self.facts))

    @property
    def cover(self) -> str:
        """The tab of the sheet on which a unit says who it is."""
        return self.section_of(self.unit_field).tab

    @cached_property
    def prior(self) -> frozenset[Subject]:
        """Last year's figures that any check reads, as `prior.…`."""
        return frozenset(subject for instance in self.instances for subject in instance.prior)

    def serves(self, year: int) -> bool:
        """True if this edition is the one to use for a report on `year`."""
        first, last = self.years
        return first <= year and (last is None or year <= last)
