"""Naming cells for a clerk: few words for many cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xlreport.area import Area, position, rectangles
from xlreport.form.model import Form
from xlreport.subject import Subject
from xlreport.workbook.submission import Reading

_MOST = 12


def cells_of(readings: Mapping[Subject, Reading], subjects: Iterable[Subject]) -> str:
    """The cells of these subjects in the file, as few ranges: `C6:H7、C9`."""
    return listed([readings[s].cell for s in subjects if s in readings])


def listed(cells: Sequence[str]) -> str:
    """Cells as few ranges; a long list is cut with 等."""
    areas = rectangles(Area.cell("", *position(cell)) for cell in cells)
    shown = "、".join(area.range for area in areas[:_MOST])
    return shown + "等" if len(areas) > _MOST else shown


def tab_of(form: Form, subject: Subject) -> str:
    """The tab of the sheet on which a cell stands."""
    return form.section_of(subject).tab
