"""The locked workbook: a layout and values, written with xlsxwriter."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlreport.finding import Severity
from xlreport.form.calculate import Calculator
from xlreport.form.model import Field, Form, Kind
from xlreport.form.text import clean
from xlreport.form.values import Values
from xlreport.formula.evaluate import EvaluationError
from xlreport.formula.nodes import Value
from xlreport.workbook import looks
from xlreport.workbook.layout import Layout, lay_out
from xlreport.workbook.layout.area import Area, rectangles
from xlreport.workbook.layout.cells import Formula, Input, Link, Look, Sheet, Text
from xlreport.workbook.layout.live import FAILED, PASSED
from xlreport.workbook.layout.stamp import STAMP_TAB, make_stamp
from xlreport.workbook.rules import input_rule, wrong_figure

_PROTECTION = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
_A4 = 9
_ONE_PAGE = 900
"""Sheets up to this height in points are printed on one page."""
_CREATED = datetime.datetime(2000, 1, 1)
"""Always the same, so that the same inputs give the same bytes."""
_PLAIN_NUMBER = "0"


def write_workbook(form: Form, values: Values, password: str = "") -> bytes:
    """The locked workbook of a form with these values filled in (inputs only; the rest is computed).

    Fields fixed with the template are locked where they have a value, and open where they have none.
    The same arguments give the same bytes.
    """
    return _Writer(lay_out(form), values, password).write()


class _LockedWorkbook(xlsxwriter.Workbook):
    """A workbook whose sheets cannot be added, deleted, renamed or moved; xlsxwriter has no call for it."""

    def _write_workbook_pr(self) -> None:
        super()._write_workbook_pr()
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])


class _Writer:
    def __init__(self, layout: Layout, values: Values, password: str) -> None:
        self._layout = layout
        self._form = layout.form
        self._values = {s: clean(value) if isinstance(value, str) else value for s, value in values.items()}
        self._password = password
        self._calculator = Calculator(layout.form, self._values, layout.live)
        self._out = io.BytesIO()
        options = {"in_memory": True, "default_format_properties": dict(looks.DEFAULT)}
        self._book = _LockedWorkbook(self._out, options)
        self._formats: dict[tuple[Look, str, str], Format] = {}
        self._states = {name: self._book.add_format(p) for name, p in _STATE_LOOKS.items()}

    def write(self) -> bytes:
        unit = str(self._values.get(self._form.unit_field) or "")
        year = self._values.get(self._form.year_field)
        named = f"{year}年" if isinstance(year, int) else ""
        self._book.set_properties({"title": f"{unit}{named}{self._form.title}", "created": _CREATED})
        for sheet in self._layout.sheets:
            self._sheet(self._book.add_worksheet(sheet.name), sheet)
        self._stamp(unit, year if isinstance(year, int) else None)
        self._book.close()
        return self._out.getvalue()

    def _stamp(self, unit: str, year: int | None) -> None:
        page = self._book.add_worksheet(STAMP_TAB)
        for row, (name, text) in enumerate(make_stamp(self._form, unit, year).lines()):
            page.write_string(row, 0, name)
            page.write_string(row, 1, text)
        page.very_hidden()
        page.protect(self._password)

    # One sheet -----------------------------------------------------------------------------------

    def _sheet(self, page: Worksheet, sheet: Sheet) -> None:
        self._grid_lines(page, sheet)
        code = self._format(Look.CODE)
        for (row, column), name in sheet.codes.items():
            page.write_string(row, column, name, code)
        for cell in sheet.cells:
            if isinstance(cell, Text):
                self._text(page, cell)
            elif isinstance(cell, Input):
                self._input(page, cell)
            elif isinstance(cell, Formula):
                self._formula(page, cell)
            else:
                self._link(page, cell)
        self._rules(page, sheet)
        self._colours(page, sheet)
        self._page_setup(page, sheet)
        page.protect(self._password, _PROTECTION)

    def _grid_lines(self, page: Worksheet, sheet: Sheet) -> None:
        for column, width in sheet.widths.items():
            page.set_column(column, column, width, None, {"hidden": column in sheet.hidden_columns})
        for row, height in sheet.heights.items():
            page.set_row(row, height)
        for row in sheet.hidden_rows:
            page.set_row(row, None, None, {"hidden": True})

    def _text(self, page: Worksheet, cell: Text) -> None:
        format_ = self._format(cell.look)
        self._merge(page, cell.area, format_)
        page.write_string(cell.area.top, cell.area.left, cell.text, format_)

    def _link(self, page: Worksheet, cell: Link) -> None:
        format_ = self._format(cell.look)
        self._merge(page, cell.area, format_)
        target = self._layout.areas.get(cell.target) or Area.cell(cell.target, 0, 1)
        url = "internal:" + Area.cell(target.sheet, target.top, target.left).reference("")
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

    def _formula(self, page: Worksheet, cell: Formula) -> None:
        format_ = self._format(cell.look, "" if cell.places else _PLAIN_NUMBER)
        self._merge(page, cell.area, format_)
        text = "=" + self._layout.excel[cell.subject]
        page.write_formula(cell.area.top, cell.area.left, text, format_, self._cached(cell.subject))

    def _cached(self, subject: str) -> Any:
        try:
            value: Value = self._calculator.value(subject)
        except EvaluationError as error:
            return error.code
        return float(value) if isinstance(value, Decimal) else value  # a text would be stored as text

    def _merge(self, page: Worksheet, area: Area, format_: Format) -> None:
        if not area.single:
            page.merge_range(area.top, area.left, area.bottom, area.right, "", format_)

    # Formats -------------------------------------------------------------------------------------

    def _format(self, look: Look, number: str = "", variant: str = "") -> Format:
        key = (look, number, variant)
        if key not in self._formats:
            properties = _ALIGNED[variant] if variant else looks.LOOKS[look]
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

    # Rules and colours ---------------------------------------------------------------------------

    def _rules(self, page: Worksheet, sheet: Sheet) -> None:
        for first, last, field in _alike(sheet):
            rule = input_rule(field, first.first)
            page.data_validation(first.top, first.left, last.top, last.left, rule)

    def _colours(self, page: Worksheet, sheet: Sheet) -> None:
        for alarm in sheet.alarms:
            state = self._layout.areas[alarm.state]
            reference = Area.cell(state.sheet, state.top, state.left).reference(sheet.name)
            colour = "error" if alarm.severity is Severity.ERROR else "warning"
            self._colour(page, alarm.area, f'={reference}="{FAILED[alarm.severity]}"', colour)
        self._figure_colours(page, sheet)
        for look, conditions in _LIVE_COLOURS.items():
            for area in _joined(c.area for c in sheet.cells if isinstance(c, Formula) and c.look is look):
                for condition, colour in conditions:
                    self._colour(page, area, condition.format(cell=area.first), colour)

    def _figure_colours(self, page: Worksheet, sheet: Sheet) -> None:
        """What was pasted past the validation turns red in the cell itself."""
        by_kind: dict[Kind, list[Area]] = {}
        fields: dict[Kind, Field] = {}
        for cell in sheet.cells:
            if isinstance(cell, Input) and cell.field.kind.numeric:
                by_kind.setdefault(cell.field.kind, []).append(cell.area)
                fields[cell.field.kind] = cell.field
        for kind, areas in by_kind.items():
            for area in _joined(areas):
                self._colour(page, area, wrong_figure(fields[kind], area.first), "error")

    def _colour(self, page: Worksheet, area: Area, condition: str, colour: str) -> None:
        rule = {"type": "formula", "criteria": condition, "format": self._states[colour]}
        page.conditional_format(area.top, area.left, area.bottom, area.right, rule)

    # Page ----------------------------------------------------------------------------------------

    def _page_setup(self, page: Worksheet, sheet: Sheet) -> None:
        page.hide_gridlines(2)
        page.freeze_panes(*sheet.freeze)
        page.set_paper(_A4)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.center_horizontally()
        page.fit_to_pages(1, 1 if sum(sheet.heights.values()) < _ONE_PAGE else 0)
        page.set_footer("&C&9第 &P 页，共 &N 页&R&9&A")
        if sheet.wide:
            page.set_landscape()
        if sheet.repeat is not None:
            page.repeat_rows(*sheet.repeat)
        if sheet.filter is not None:
            page.autofilter(sheet.filter.top, sheet.filter.left, sheet.filter.bottom, sheet.filter.right)
        bottom = max(cell.area.bottom for cell in sheet.cells)
        right = max(column for column in sheet.widths if column not in sheet.hidden_columns)
        page.print_area(0, 1, bottom, right)


_VARIANTS = {Kind.TEXT: "text", Kind.PROSE: "prose"}
_ALIGNED = {"field": looks.FIELD_INPUT, "text": looks.TEXT_INPUT, "prose": looks.PROSE_INPUT}
_NUMBERS = {Kind.DATE: "yyyy-mm-dd", Kind.COUNT: _PLAIN_NUMBER, Kind.YEAR: _PLAIN_NUMBER, Kind.TEXT: "@"}
"""Text cells are @, so that a postcode typed there stays text."""
_STATE_LOOKS: Mapping[str, dict[str, Any]] = {
    "error": looks.ERROR,
    "warning": looks.WARNING,
    "done": looks.DONE,
    "idle": looks.IDLE,
}
_LIVE_COLOURS: Mapping[Look, tuple[tuple[str, str], ...]] = {
    Look.DIFFERENCE: (("={cell}<>0", "error"), ("={cell}=0", "done")),
    Look.TALLY: (("={cell}>0", "warning"), ("={cell}=0", "done")),
    Look.LIVE_TEXT: (
        (f'={{cell}}="{FAILED[Severity.ERROR]}"', "error"),
        (f'={{cell}}="{FAILED[Severity.WARNING]}"', "warning"),
        (f'={{cell}}="{PASSED}"', "done"),
    ),
    Look.VERDICT: (('=LEFT({cell},1)="已"', "done"), ('=LEFT({cell},1)<>"已"', "warning")),
}


def _joined(areas: Iterable[Area]) -> Iterator[Area]:
    """Neighbouring single cells as rectangles, merged cells one by one."""
    found = list(areas)
    yield from rectangles(area for area in found if area.single)
    yield from (area for area in found if not area.single)


def _code(value: Value) -> str:
    """The code under which a choice's or confirmation's label is listed."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _alike(sheet: Sheet) -> Iterator[tuple[Area, Area, Field]]:
    """Neighbouring inputs with one rule: first cell, last cell, and the field that stands for them."""
    start: Input | None = None
    end: Input | None = None
    for cell in sheet.cells:
        if not isinstance(cell, Input) or cell.field.fixed:
            continue
        if start and end and _continues(start, end, cell):
            end = cell
            continue
        if start and end:
            yield start.area, end.area, start.field
        start = end = cell
    if start and end:
        yield start.area, end.area, start.field


def _continues(start: Input, end: Input, cell: Input) -> bool:
    same = (start.field.kind, start.field.help) == (cell.field.kind, cell.field.help)
    beside = cell.area.top == end.area.top and cell.area.left == end.area.right + 1
    return same and cell.field.kind.numeric and beside
