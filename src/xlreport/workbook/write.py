"""The locked workbook: a layout and values, written with xlsxwriter."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from dataclasses import replace

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlreport.area import Area
from xlreport.cleaning import clean
from xlreport.form.calculate import Calculator
from xlreport.form.field import Kind
from xlreport.form.last_year import prior_cells
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.formula.evaluate import EvaluationError
from xlreport.formula.nodes import Value
from xlreport.layout import Layout, lay_out
from xlreport.layout.cells import Constant, Formula, Given, Input, Link, Look, Sheet
from xlreport.layout.stamp import STAMP_TAB, Stamp, make_stamp
from xlreport.subject import Subject
from xlreport.workbook.addenda import SumTold, write_addendum
from xlreport.workbook.cell_formats import DEFAULT, FIELD_INPUT, LOOKS, PROSE_INPUT, STATES, TEXT_INPUT
from xlreport.workbook.colours import add_colours
from xlreport.workbook.live_entries import entry_rules
from xlreport.workbook.page_setup import set_up_page
from xlreport.workbook.validation import add_rules

_PROTECTION = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
_CREATED = datetime.datetime(2000, 1, 1)
"""Always the same, so that the same inputs give the same bytes."""
_PLAIN_NUMBER = "0"


def write_workbook(
    form: Form,
    values: Values,
    password: str = "",
    prior: Values | None = None,
    seal: Callable[[Stamp], str] | None = None,
    told: SumTold | None = None,
) -> bytes:
    """The locked workbook of a form with these values filled in (inputs only; the rest is computed).

    `prior` are last year's values by subject: what checks read of them is put in, locked. Fields fixed
    with the template are locked where they have a value, and open where they have none. `seal` makes a
    text of the stamp that is put beside it. `told` is what there is to say where the values are a sum. The
    same arguments give the same bytes.
    """
    return _Writer(lay_out(form), values, password, prior or {}, seal, told).write()


class _Page(Worksheet):
    """A sheet whose formulas are written as they are.

    xlsxwriter searches each formula of a colour or a rule for the 130 functions that came after Excel 2007,
    which took a third of the time for a template. Formulas of forms have none of them.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("=")


class _LockedWorkbook(xlsxwriter.Workbook):
    """A workbook whose sheets cannot be added, deleted, renamed or moved; xlsxwriter has no call for it."""

    worksheet_class = _Page

    def _write_workbook_pr(self) -> None:
        super()._write_workbook_pr()
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])


class _Writer:
    def __init__(
        self,
        layout: Layout,
        values: Values,
        password: str,
        prior: Values,
        seal: Callable[[Stamp], str] | None,
        told: SumTold | None,
    ) -> None:
        self._layout = layout
        self._form = layout.form
        self._values = {s: clean(value) if isinstance(value, str) else value for s, value in values.items()}
        self._prior = prior_cells(layout.form, prior)
        self._password = password
        self._seal = seal
        self._told = told
        self._calculator = Calculator(layout.form, {**self._values, **self._prior}, layout.live)
        self._entry_rules = entry_rules(layout, self._values)
        self._out = io.BytesIO()
        options = {"in_memory": True, "default_format_properties": dict(DEFAULT)}
        self._book = _LockedWorkbook(self._out, options)
        self._formats: dict[tuple[Look, str, str], Format] = {}
        self._states = {name: self._book.add_format(look) for name, look in STATES.items()}

    def write(self) -> bytes:
        unit = str(self._values.get(self._form.unit_field) or "")
        year = self._values.get(self._form.year_field)
        named = f"{year}年" if isinstance(year, int) else ""
        self._book.set_properties({"title": f"{unit}{named}{self._form.title}", "created": _CREATED})
        for sheet in self._layout.sheets:
            self._sheet(self._book.add_worksheet(sheet.name), sheet)
        for addendum in self._told.sheets if self._told is not None else ():
            write_addendum(self._book, addendum, self._password)
        self._stamp(unit, year if isinstance(year, int) else None)
        self._book.close()
        return self._out.getvalue()

    def _stamp(self, unit: str, year: int | None) -> None:
        page = self._book.add_worksheet(STAMP_TAB)
        stamp = make_stamp(self._form, unit, year, self._prior)
        if self._told is not None:
            stamp = replace(stamp, sum=self._told.stamped)
        if self._seal is not None:
            stamp = replace(stamp, seal=self._seal(stamp))
        for row, (name, text) in enumerate(stamp.lines()):
            page.write_string(row, 0, name)
            page.write_string(row, 1, text)
        page.very_hidden()
        page.protect(self._password)

    # One sheet -----------------------------------------------------------------------------------

    def _sheet(self, page: Worksheet, sheet: Sheet) -> None:
        set_up_page(page, sheet, self._values, with_prior=bool(self._prior))
        code = self._format(Look.CODE)
        for (row, column), name in sheet.codes.items():
            page.write_string(row, column, name, code)
        for cell in sheet.cells:
            if isinstance(cell, Constant):
                self._text(page, cell)
            elif isinstance(cell, Input):
                self._input(page, cell)
            elif isinstance(cell, Given):
                self._given(page, cell)
            elif isinstance(cell, Formula):
                self._formula(page, cell)
            else:
                self._link(page, cell)
        add_rules(page, sheet, self._entry_rules)
        add_colours(page, sheet, self._form, self._states)
        page.protect(self._password, _PROTECTION)

    def _text(self, page: Worksheet, cell: Constant) -> None:
        format_ = self._format(cell.look)
        self._merge(page, cell.area, format_)
        page.write_string(cell.area.top, cell.area.left, cell.text, format_)

    def _link(self, page: Worksheet, cell: Link) -> None:
        format_ = self._format(cell.look)
        self._merge(page, cell.area, format_)
        if isinstance(cell.target, Subject):
            area = self._layout.areas[cell.target]
            target = Area.cell(area.sheet, area.top, area.left)
        else:
            target = Area.cell(cell.target, 0, 1)
        url = "internal:" + target.reference("")
        page.write_url(cell.area.top, cell.area.left, url, format_, cell.text)

    def _input(self, page: Worksheet, cell: Input) -> None:
        row, column = cell.area.top, cell.area.left
        format_ = self._input_format(cell)
        self._merge(page, cell.area, format_)
        value = self._values.get(cell.subject)
        if value is None:
            page.write_blank(row, column, None, format_)
        elif cell.field.labels:
            page.write_string(row, column, cell.field.labels[_code(value)], format_)
        elif cell.field.kind is Kind.DATE:
            page.write_datetime(row, column, datetime.date.fromisoformat(str(value)), format_)
        elif isinstance(value, str):
            page.write_string(row, column, value, format_)
        else:
            page.write_number(row, column, value, format_)

    def _given(self, page: Worksheet, cell: Given) -> None:
        format_ = self._format(cell.look, "" if cell.field.places else _PLAIN_NUMBER)
        page.write(cell.area.top, cell.area.left, self._prior.get(cell.subject), format_)

    def _formula(self, page: Worksheet, cell: Formula) -> None:
        format_ = self._format(cell.look, "" if cell.places else _PLAIN_NUMBER)
        self._merge(page, cell.area, format_)
        text = "=" + self._layout.excel[cell.subject]
        page.write_formula(cell.area.top, cell.area.left, text, format_, self._cached(cell.subject))

    def _cached(self, subject: Subject) -> Value:
        try:
            return self._calculator.value(subject)
        except EvaluationError as error:
            return error.code

    def _merge(self, page: Worksheet, area: Area, format_: Format) -> None:
        if not area.single:
            page.merge_range(area.top, area.left, area.bottom, area.right, "", format_)

    # Formats -------------------------------------------------------------------------------------

    def _format(self, look: Look, number: str = "", variant: str = "") -> Format:
        key = (look, number, variant)
        if key not in self._formats:
            properties = _ALIGNED[variant] if variant else LOOKS[look]
            shown = {"num_format": number} if number else {}
            self._formats[key] = self._book.add_format(properties | shown)
        return self._formats[key]

    def _input_format(self, cell: Input) -> Format:
        look = cell.look
        if look is Look.FIXED and self._values.get(cell.subject) is None:
            look = Look.INPUT
        kind = cell.field.kind
        variant = "" if look is not Look.INPUT or kind.numeric else _VARIANTS.get(kind, "field")
        return self._format(look, _NUMBERS.get(kind, ""), variant)


_VARIANTS = {Kind.TEXT: "text", Kind.PROSE: "prose"}
_ALIGNED = {
    "field": FIELD_INPUT,
    "text": TEXT_INPUT,
    "prose": PROSE_INPUT,
}
_NUMBERS = {Kind.DATE: "yyyy-mm-dd", Kind.COUNT: _PLAIN_NUMBER, Kind.YEAR: _PLAIN_NUMBER, Kind.TEXT: "@"}
"""Text cells are @, so that a postcode typed there stays text."""


def _code(value: Value) -> str:
    """The code under which a choice's or confirmation's label is listed."""
    return str(value).lower() if isinstance(value, bool) else str(value)
