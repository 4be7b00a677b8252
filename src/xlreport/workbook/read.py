"""Reading a return: open it, recognise its form by the stamp, find its cells, understand them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path

from xlreport.area import a1
from xlreport.finding import UnreadableWorkbook
from xlreport.form.bounds import period_of
from xlreport.form.cells import cells_of
from xlreport.form.editions import closed_edition, years_served
from xlreport.form.field import Field
from xlreport.form.load import load_issued, resize
from xlreport.form.mistake import FormErrors
from xlreport.form.model import Form
from xlreport.formats.container import open_container
from xlreport.formats.foreign import Unopened
from xlreport.formats.reading import take_snapshot
from xlreport.formats.snapshot import Snapshot
from xlreport.formula.nodes import Value
from xlreport.frozen import frozen
from xlreport.layout import Layout, lay_out
from xlreport.layout.cells import Corners, Input, Sheet, corners_of
from xlreport.layout.stamp import STAMP_TAB, Stamp, StampError, read_stamp
from xlreport.origin import InCell
from xlreport.rule import own_rule
from xlreport.subject import Subject
from xlreport.unit import Unit
from xlreport.workbook.kinship import form_of
from xlreport.workbook.locate import Located, locate
from xlreport.workbook.normalise import as_formula, as_merged_over, normalise
from xlreport.workbook.submission import Reading, Submission

_POURED = (
    "；已经填好的不必重填：表样还认得出，可用 refill 命令（xlreport refill）把内容带入新模板，再逐格核对"
)


def read(path: str | Path) -> Submission:
    """Read a return. Never changes the file. Raises UnreadableWorkbook if it is not ours."""
    file = Path(path)
    snapshot = open_snapshot(file)
    return understand(file, snapshot, *recognise(file, snapshot))


def open_snapshot(file: Path) -> Snapshot:
    """The workbook as it came. Raises UnreadableWorkbook."""
    try:
        return take_snapshot(open_container(file))
    except Unopened as error:
        raise _unreadable(file, "WBK001", f"{error.message}。", error.fix) from error


def recognise(file: Path, snapshot: Snapshot) -> tuple[Stamp, Form]:
    """What the stamp says and the form it names. Raises UnreadableWorkbook."""
    stamp = _stamp(file, snapshot)
    return stamp, _form(file, stamp)


def understand(
    file: Path,
    snapshot: Snapshot,
    stamp: Stamp,
    form: Form,
    find: Callable[[Sheet, Snapshot], Located | None] = locate,
) -> Submission:
    """The cells of a form, each understood; `find` says where its sheets are."""
    layout = lay_out(form, stamp.layout)
    sheets = {sheet.name: find(sheet, snapshot) for sheet in layout.sheets}
    readings = {reading.subject: reading for reading in _readings(layout, sheets)}
    prior = dict(_issued(layout.form, stamp))
    return Submission(str(file), layout.form, stamp, layout, snapshot, sheets, readings, prior)


def _issued(form: Form, stamp: Stamp) -> Iterator[tuple[Subject, Value]]:
    """Last year's figures as the template was issued with them."""
    fields = cells_of(form)
    for prior in sorted(form.prior & stamp.prior.keys()):
        yield prior.this_year, normalise(fields[prior.this_year], stamp.prior[prior]).value


@frozen
class Glance:
    """What a return is, without reading all of it. The year is as stamped, else as filled in.

    `period` is the part of the year that it reports on, "" for all of it.
    """

    form: str
    year: int | None
    unit: Unit
    period: str = ""


def glance(path: str | Path) -> Glance:
    """Whose return a file is, of which form and year. Raises UnreadableWorkbook as `read` does."""
    file = Path(path)
    try:
        container = open_container(file)
        stamp = _stamp(file, take_snapshot(container, {STAMP_TAB}))
        layout = lay_out(_form(file, stamp), stamp.layout)
        names = (layout.form.unit_field, layout.form.code_field, layout.form.year_field)
        period = layout.form.entries.declared.period
        read_too = (*names, *((Subject.field(period.field),) if period is not None else ()))
        tabs = {layout.areas[name].sheet for name in read_too}
        snapshot = take_snapshot(container, tabs)
    except Unopened as error:
        raise _unreadable(file, "WBK001", f"{error.message}。", error.fix) from error
    sheets = {sheet.name: locate(sheet, snapshot) for sheet in layout.sheets if sheet.name in tabs}
    found = {r.subject: r.understood.value for r in _readings(layout, sheets)}
    unit, code, year = (found.get(name) for name in names)
    filled = year if isinstance(year, int) else None
    whose = Unit(str(unit or stamp.unit), str(code or ""))
    return Glance(stamp.form, stamp.year or filled, whose, period_of(layout.form, found))


def _stamp(file: Path, snapshot: Snapshot) -> Stamp:
    sheet = snapshot.sheets.get(STAMP_TAB)
    if sheet is None:
        message = (
            "文件里没有本工具的标识，不是下发的填报工作簿（可能是自己新建的表，或者把内容复制到了别的文件）。"
        )
        fix = "请在下发的工作簿里填写，填好后直接报送该文件"
        if form_of(snapshot) is not None:
            fix += _POURED
        raise _unreadable(file, "WBK002", message + _of_closed_edition(snapshot), fix)
    try:
        return read_stamp(sheet.rows)
    except StampError as error:
        fix = "请在下发的工作簿里重新填写"
        raise _unreadable(file, "WBK006", f"文件内的标识已损坏：{error}。", fix) from error


def _of_closed_edition(snapshot: Snapshot) -> str:
    """What to add if the sheets are those of an edition no longer in use."""
    rows = (row for sheet in snapshot.sheets.values() for row in sheet.rows)
    known = closed_edition(value for row in rows for value in row if isinstance(value, str))
    if known is None:
        return ""
    form, labels = known
    shown = "".join(f"“{label}”" for label in labels[:3])
    return (
        f"表中{shown}等是“{form.title}”{form.edition} 版的栏目，"
        f"该版只适用于 {years_served(form)}，以后年度的报告不能再用这种表样。"
    )


def _form(file: Path, stamp: Stamp) -> Form:
    try:
        form = load_issued(stamp.form)
    except (FileNotFoundError, FormErrors) as error:
        message = f"文件属于报表“{stamp.form}”（{stamp.edition} 版），本机没有这个报表的定义。"
        raise _unreadable(
            file, "WBK003", message, "请把该报表文件夹所在的位置写入环境变量 XLREPORT_FORMS 后再处理"
        ) from error
    known = {name: count for name, count in stamp.rows.items() if name in form.listings}
    return resize(form, tuple(sorted(known.items())))


def _unreadable(file: Path, code: str, message: str, fix: str) -> UnreadableWorkbook:
    return UnreadableWorkbook(own_rule(code).finding(message, fix, file=str(file)))


def _readings(layout: Layout, sheets: dict[str, Located | None]) -> Iterator[Reading]:
    fields = cells_of(layout.form)
    for located in sheets.values():
        if located is not None:
            yield from _sheet_readings(fields, located)


def _sheet_readings(fields: Mapping[Subject, Field], located: Located) -> Iterator[Reading]:
    found = located.found
    covered = merged_over(located)
    for cell in located.sheet.entries:
        field, position = fields.get(cell.subject), located.position(cell.area.top, cell.area.left)
        if field is not None and position is not None:
            raw = found.raw(*position)
            is_input = isinstance(cell, Input)
            if is_input and position in covered:
                understood = as_merged_over(covered[position])
            elif is_input and position in found.formulas:
                understood = as_formula(field, raw, found.formulas[position])
            else:
                understood = normalise(field, raw)
            yield Reading(cell.subject, InCell(found.name, a1(*position)), raw, understood)


def _corners(located: Located) -> Iterator[Corners]:
    """The template's areas as they stand in the file."""
    for top, left, bottom, right in located.sheet.corners:
        first, last = located.position(top, left), located.position(bottom, right)
        if first is not None and last is not None:
            yield *first, *last


def merged_over(located: Located) -> dict[tuple[int, int], str]:
    """Cells of the template that lost their own content to a merged area (`C5:D6`) of the file.

    A merged area keeps only its first cell. Each area is looked at as far as the template reaches,
    and each cell until one area is found for it: a file may merge a million cells a million times.
    """
    expected = located.sheet.corners if located.intact else set(_corners(located))
    strange = [area for area in located.found.merged if corners_of(area) not in expected]
    if not strange:
        return {}
    open_ = {place for start in located.sheet.starts if (place := located.position(*start)) is not None}
    bottom = max(row for row, _ in open_)
    right = max(column for _, column in open_)
    found: dict[tuple[int, int], str] = {}
    for area in strange:
        rows = range(area.top, min(area.bottom, bottom) + 1)
        columns = range(area.left, min(area.right, right) + 1)
        if len(rows) * len(columns) < len(open_):
            inside = {place for place in product(rows, columns) if place in open_}
        else:
            inside = {place for place in open_ if place[0] in rows and place[1] in columns}
        inside.discard((area.top, area.left))
        open_ -= inside
        found |= dict.fromkeys(inside, area.range)
    return found
