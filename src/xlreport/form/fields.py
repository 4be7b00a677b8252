"""A block of single fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from xlreport.form.computed import DeclaredFormula
from xlreport.form.field import Field
from xlreport.frozen import frozen
from xlreport.subject import Subject


@frozen
class Fields:
    """Single fields, one below the other."""

    name: str
    fields: tuple[Field, ...]
    title: str = ""

    what: ClassVar[str] = "block of fields"

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which formulas know its cells."""
        return tuple(field.name for field in self.fields)

    @property
    def usage(self) -> str:
        """How formulas refer to its cells."""
        return "the field's name alone"

    def cells(self) -> Iterator[tuple[Subject, Field]]:
        """Every cell that can hold a value."""
        return ((Subject.field(field.name), field) for field in self.fields)

    def figures(self) -> Iterator[tuple[Subject, Field]]:
        """The figures that every return has."""
        return ((subject, field) for subject, field in self.cells() if field.kind.numeric)

    def mandatory(self) -> Iterator[tuple[Subject, Field]]:
        """The cells that must not stay blank in any return."""
        return ((subject, field) for subject, field in self.cells() if field.required)

    def formulas(self) -> Iterator[DeclaredFormula]:
        """The formulas of its computed cells: it has none."""
        return iter(())

    def label(self, cell: Subject) -> str:
        """What a clerk calls a cell."""
        return dict(self.cells())[cell].label

    def helps(self) -> Iterator[tuple[str, str]]:
        """Label and help of each item."""
        return ((field.label, field.help) for field in self.fields)
