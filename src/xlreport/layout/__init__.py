"""Where everything stands in the workbook of a form. This package alone knows addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from xlreport.area import Area, rectangles
from xlreport.form.model import Form
from xlreport.formula.excel import to_excel
from xlreport.formula.nodes import Literal, Node
from xlreport.frozen import frozen
from xlreport.layout.cells import Constant, Formula, Given, Input, Sheet
from xlreport.layout.checks_sheet import checks_sheet
from xlreport.layout.front_sheet import front_sheet
from xlreport.layout.prior_sheet import prior_sheet
from xlreport.layout.section_sheets import section_sheet
from xlreport.layout.stamp import NEWEST_LAYOUT
from xlreport.origin import InCell
from xlreport.subject import Subject


@frozen(slots=False)
class Layout:
    """The laid out workbook of one form: its visible sheets in order."""

    form: Form
    sheets: tuple[Sheet, ...]

    @cached_property
    def areas(self) -> Mapping[Subject, Area]:
        """Where each input, computed, live and last year's cell stands, and each named text."""
        return {
            cell.subject: cell.area
            for sheet in self.sheets
            for cell in sheet.cells
            if isinstance(cell, (Input, Given, Formula, Constant)) and cell.subject is not None
        }

    @cached_property
    def origins(self) -> Mapping[Subject, InCell]:
        """The same for values that were read from the template as it is."""
        return {subject: InCell(area.sheet, area.first) for subject, area in self.areas.items()}

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every input cell, in the order of the sheets."""
        return tuple(cell for sheet in self.sheets for cell in sheet.cells if isinstance(cell, Input))

    @cached_property
    def given(self) -> tuple[Given, ...]:
        """Every cell of last year's figures."""
        return tuple(cell for sheet in self.sheets for cell in sheet.cells if isinstance(cell, Given))

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """Every formula cell, in the order of the sheets."""
        return tuple(cell for sheet in self.sheets for cell in sheet.cells if isinstance(cell, Formula))

    @cached_property
    def live(self) -> Mapping[str, Node]:
        """The workbook's own formulas by subject, and the texts that they read, for the calculator."""
        own = {cell.subject: cell.node for cell in self.formulas if cell.subject not in self.form.computed}
        cells = (cell for sheet in self.sheets for cell in sheet.cells)
        texts = (cell for cell in cells if isinstance(cell, Constant) and cell.subject is not None)
        return own | {str(cell.subject): Literal(cell.text) for cell in texts}

    @cached_property
    def computed(self) -> Mapping[str, str]:
        """The text of the form's own formulas, without the leading "="."""
        own = (cell for cell in self.formulas if cell.subject in self.form.computed)
        return {cell.subject: self._excel(cell) for cell in own}

    @cached_property
    def excel(self) -> Mapping[str, str]:
        """The text of every formula, without the leading "="."""
        return {cell.subject: self._excel(cell) for cell in self.formulas}

    def references(self, subjects: Sequence[Subject], sheet: str) -> tuple[str, ...]:
        """How a formula on `sheet` refers to these cells."""
        if len(subjects) == 1:
            area = self.areas[subjects[0]]
            return (Area.cell(area.sheet, area.top, area.left).reference(sheet),)
        return tuple(area.reference(sheet) for area in rectangles(self.areas[s] for s in subjects))

    def _excel(self, cell: Formula) -> str:
        return to_excel(cell.node, lambda subjects: self.references(subjects, cell.area.sheet))


@lru_cache(maxsize=64)
def lay_out(form: Form, arrangement: int = NEWEST_LAYOUT) -> Layout:
    """The layout of a form in the arrangement that a workbook's stamp names; a function of these alone."""
    sections = [section_sheet(form, section) for section in form.sections]
    prior = [prior_sheet(form)] if form.prior else []
    areas = {cell.subject: cell.area for sheet in sections for cell in sheet.entries}
    checks = checks_sheet(form, areas if arrangement > 1 else None)
    return Layout(form, (front_sheet(form), *sections, *prior, checks))


__all__ = ["Layout", "lay_out"]
