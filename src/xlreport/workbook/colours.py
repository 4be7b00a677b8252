"""Colours that follow what is filled in: failing checks, states, contradictions, wrong figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlreport.area import Area, rectangles
from xlreport.finding import Severity
from xlreport.form.field import Field, Kind
from xlreport.form.model import Form
from xlreport.layout import Layout, lay_out
from xlreport.layout.cells import Formula, Input, Look, Sheet
from xlreport.layout.live_formulas import FAILED, PASSED
from xlreport.workbook.cell_formats import CellState
from xlreport.workbook.live_entries import contradictions
from xlreport.workbook.validation import wrong_figure

_LIVE: Mapping[Look, tuple[tuple[str, CellState], ...]] = {
    Look.DIFFERENCE: (("=AND(ISNUMBER({cell}),{cell}<>0)", CellState.ERROR), ("={cell}=0", CellState.DONE)),
    Look.TALLY: (("={cell}>0", CellState.WARNING), ("={cell}=0", CellState.DONE)),
    Look.LIVE_TEXT: (
        (f'={{cell}}="{FAILED[Severity.ERROR]}"', CellState.ERROR),
        (f'={{cell}}="{FAILED[Severity.WARNING]}"', CellState.WARNING),
        (f'={{cell}}="{PASSED}"', CellState.DONE),
    ),
    Look.VERDICT: (('=LEFT({cell},1)="已"', CellState.DONE), ('=LEFT({cell},1)<>"已"', CellState.WARNING)),
}
"""Conditions and states by the look of a live cell."""


def add_colours(page: Worksheet, sheet: Sheet, form: Form, states: Mapping[CellState, Format]) -> None:
    """Every conditional colour of a sheet; each state has its format."""
    for area, condition, state in _colours(form)[sheet.name]:
        rule = {"type": "formula", "criteria": condition, "format": states[state]}
        page.conditional_format(area.top, area.left, area.bottom, area.right, rule)


@lru_cache(maxsize=64)
def _colours(form: Form) -> Mapping[str, tuple[tuple[Area, str, CellState], ...]]:
    """The areas, conditions and states by sheet: found once, as all workbooks of a form have the same."""
    layout = lay_out(form)
    return {
        sheet.name: (
            *_alarms(sheet, layout),
            *_figures(sheet),
            *_live(sheet),
            *contradictions(layout, sheet.name),
        )
        for sheet in layout.sheets
    }


def _alarms(sheet: Sheet, layout: Layout) -> Iterator[tuple[Area, str, CellState]]:
    """The cell to edit shows that its check fails."""
    for alarm in sheet.alarms:
        words = layout.areas[alarm.state]
        reference = Area.cell(words.sheet, words.top, words.left).reference(sheet.name)
        state = CellState.ERROR if alarm.severity is Severity.ERROR else CellState.WARNING
        yield alarm.area, f'={reference}="{FAILED[alarm.severity]}"', state


def _figures(sheet: Sheet) -> Iterator[tuple[Area, str, CellState]]:
    """What was pasted past the validation turns red in the cell itself."""
    areas: dict[tuple[Kind, bool], list[Area]] = {}
    fields: dict[tuple[Kind, bool], Field] = {}
    for cell in sheet.cells:
        if isinstance(cell, Input) and cell.field.kind.numeric:
            alike = (cell.field.kind, cell.field.signed)
            areas.setdefault(alike, []).append(cell.area)
            fields[alike] = cell.field
    for alike, found in areas.items():
        for area in _joined(found):
            yield area, wrong_figure(fields[alike], area.first), CellState.ERROR


def _live(sheet: Sheet) -> Iterator[tuple[Area, str, CellState]]:
    for look, conditions in _LIVE.items():
        for area in _joined(c.area for c in sheet.cells if isinstance(c, Formula) and c.look is look):
            for condition, state in conditions:
                yield area, condition.format(cell=area.first), state


def _joined(areas: Iterable[Area]) -> Iterator[Area]:
    """Neighbouring single cells as rectangles, merged cells one by one."""
    found = list(areas)
    yield from rectangles(area for area in found if area.single)
    yield from (area for area in found if not area.single)
