"""What was read from a return: values by name, each with its origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property

from xlreport.cleaning import clean
from xlreport.form.calculate import complete
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formats.snapshot import Raw, Snapshot
from xlreport.frozen import frozen
from xlreport.layout import Layout
from xlreport.layout.stamp import Stamp
from xlreport.origin import InCell
from xlreport.subject import Subject
from xlreport.workbook.locate import Located
from xlreport.workbook.understood import Understood


@frozen
class Reading:
    """One cell as read: where it stands in the file, what stood there, how it was understood."""

    subject: Subject
    origin: InCell
    raw: Raw
    understood: Understood


@frozen(slots=False)
class Submission:
    """A completed workbook, read. Nothing in it is judged yet."""

    file: str
    form: Form
    stamp: Stamp
    layout: Layout
    snapshot: Snapshot
    sheets: Mapping[str, Located | None]
    """By the template's sheet name; None for a sheet that is gone."""
    readings: Mapping[Subject, Reading]
    """Input and computed cells by subject; cells whose row, column or sheet is gone are missing."""
    prior: Values = field(default_factory=dict)
    """Last year's values by subject: the figures it was issued with, or all that is known besides."""
    prior_from: str = ""
    """The workbooks that last year's values were read from; "" as issued."""

    @cached_property
    def origins(self) -> Mapping[Subject, InCell]:
        """Where each cell stands in the file, by subject."""
        return {subject: reading.origin for subject, reading in self.readings.items()}

    @cached_property
    def written(self) -> Mapping[Subject, str]:
        """Texts as they stand in their cells, blanks and unseen characters included, by subject."""
        return {
            subject: reading.raw
            for subject, reading in self.readings.items()
            if isinstance(reading.raw, str) and reading.understood.value == clean(reading.raw)
        }

    @cached_property
    def inputs(self) -> Values:
        """The inputs that are filled and usable, by subject."""
        return {
            subject: reading.understood.value
            for subject, reading in self.readings.items()
            if subject not in self.form.computed and reading.understood.value is not None
        }

    @cached_property
    def values(self) -> Values:
        """The inputs and every computed cell, computed afresh."""
        return complete(self.form, self.inputs)

    @cached_property
    def unusable(self) -> frozenset[Subject]:
        """Inputs that hold something that could not be understood, or whose cell is gone."""
        return frozenset(
            cell.subject
            for cell in self.layout.inputs
            if cell.subject not in self.readings or not self.readings[cell.subject].understood.usable
        )

    @property
    def in_place(self) -> bool:
        """True if every sheet, row and column of the template is where the template put it."""
        return all(located is not None and located.in_place for located in self.sheets.values())

    @property
    def whole(self) -> bool:
        """True if every sheet, row and column of the template is somewhere in the file."""
        sheets = self.sheets.values()
        return all(found is not None and not (found.lost_rows or found.lost_columns) for found in sheets)

    @property
    def unit(self) -> str:
        """The reporting unit's name as filled in, else as stamped."""
        return str(self.inputs.get(self.form.unit_field) or self.stamp.unit)

    @property
    def year(self) -> int | None:
        """The year reported on as stamped, else as filled in."""
        if self.stamp.year is not None:
            return self.stamp.year
        year = self.inputs.get(self.form.year_field)
        return year if isinstance(year, int) else None
