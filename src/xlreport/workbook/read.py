"""Reading a return: open it, recognise its form by the stamp, find its cells, understand them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from xlreport.finding import CATALOGUE, Finding
from xlreport.form.cells import cells_of
from xlreport.form.load import load_issued, resize
from xlreport.form.mistake import FormErrors
from xlreport.form.model import Field, Form
from xlreport.workbook.container import Unopened, open_container
from xlreport.workbook.layout import Layout, lay_out
from xlreport.workbook.layout.area import a1
from xlreport.workbook.layout.cells import Formula, Input
from xlreport.workbook.layout.stamp import STAMP_TAB, Stamp, StampError, read_stamp
from xlreport.workbook.locate import Located, locate
from xlreport.workbook.normalise import as_formula, as_swallowed, normalise
from xlreport.workbook.snapshot import Snapshot, take_snapshot
from xlreport.workbook.submission import Reading, Submission, UnreadableWorkbook


def read(path: str | Path) -> Submission:
    """Read a return. Never changes the file. Raises UnreadableWorkbook if it is none of ours."""
    file = Path(path)
    try:
        snapshot = take_snapshot(open_container(file))
    except Unopened as error:
        raise _unreadable(file, "WBK001", f"{error.message}。", error.fix) from error
    stamp = _stamp(file, snapshot)
    layout = lay_out(_form(file, stamp))
    sheets = {sheet.name: locate(sheet, snapshot) for sheet in layout.sheets}
    readings = {reading.subject: reading for reading in _readings(layout, sheets)}
    return Submission(str(file), layout.form, stamp, layout, snapshot, sheets, readings)


def _stamp(file: Path, snapshot: Snapshot) -> Stamp:
    sheet = snapshot.sheets.get(STAMP_TAB)
    if sheet is None:
        message = (
            "文件里没有本工具的标识，不是下发的填报工作簿（可能是自己新建的表，或者把内容复制到了别的文件）。"
        )
        raise _unreadable(file, "WBK002", message, "请在下发的工作簿里填写，填好后直接报送该文件")
    try:
        return read_stamp(sheet.rows)
    except StampError as error:
        fix = "请在下发的工作簿里重新填写"
        raise _unreadable(file, "WBK006", f"文件内的标识已损坏：{error}。", fix) from error


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
    return UnreadableWorkbook(Finding(code, CATALOGUE[code].severity, message, fix, file=str(file)))


def _readings(layout: Layout, sheets: dict[str, Located | None]) -> Iterator[Reading]:
    fields = cells_of(layout.form)
    for located in sheets.values():
        if located is not None:
            yield from _sheet_readings(fields, located)


def _sheet_readings(fields: Mapping[str, Field], located: Located) -> Iterator[Reading]:
    found = located.found
    swallowed = _swallowed(located) if located.in_place else {}
    for cell in located.sheet.cells:
        if not isinstance(cell, Input | Formula) or cell.subject not in fields:
            continue
        position = located.position(cell.area.top, cell.area.left)
        if position is not None:
            raw = found.raw(*position)
            understood = normalise(fields[cell.subject], raw)
            if isinstance(cell, Input) and position in found.formulas:
                understood = as_formula(understood, found.formulas[position])
            if isinstance(cell, Input) and position in swallowed:
                understood = as_swallowed(swallowed[position])
            yield Reading(cell.subject, found.name, a1(*position), raw, understood)


def _swallowed(located: Located) -> dict[tuple[int, int], str]:
    """Cells of the template that lost their own content to a merged area (`C5:D6`) of the file.

    A merged area keeps only its first cell. Each area is looked at as far as the template reaches,
    and each cell until one area is found for it: a file may merge a million cells a million times.
    """
    strange = [area for area in located.found.merged if area not in located.sheet.areas]
    if not strange:
        return {}
    open_ = set(located.sheet.starts)
    bottom = max(row for row, _ in open_)
    right = max(column for _, column in open_)
    swallowed: dict[tuple[int, int], str] = {}
    for area in strange:
        rows = range(area.top, min(area.bottom, bottom) + 1)
        columns = range(area.left, min(area.right, right) + 1)
        if len(rows) * len(columns) < len(open_):
            inside = {place for place in product(rows, columns) if place in open_}
        else:
            inside = {place for place in open_ if place[0] in rows and place[1] in columns}
        inside.discard((area.top, area.left))
        open_ -= inside
        swallowed |= dict.fromkeys(inside, area.range)
    return swallowed
