"""Reading a return: open it, recognise its form by the stamp, find its cells, understand them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from xlreport.finding import CATALOGUE, Finding
from xlreport.form.cells import cells_of
from xlreport.form.load import load_issued, resize
from xlreport.form.mistake import FormErrors
from xlreport.form.model import Field, Form
from xlreport.workbook.container import Unopened, open_container
from xlreport.workbook.layout import Layout, lay_out
from xlreport.workbook.layout.area import a1
from xlreport.workbook.layout.cells import Formula, Input, Sheet
from xlreport.workbook.layout.stamp import STAMP_TAB, Stamp, StampError, read_stamp
from xlreport.workbook.locate import Located, locate
from xlreport.workbook.normalise import as_formula, normalise
from xlreport.workbook.snapshot import Snapshot, take_snapshot
from xlreport.workbook.submission import Reading, Submission, UnreadableWorkbook


def read(path: str | Path) -> Submission:
    """Read a return. Never changes the file. Raises UnreadableWorkbook if it is none of ours."""
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
    layout = lay_out(form)
    sheets = {sheet.name: find(sheet, snapshot) for sheet in layout.sheets}
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
    for cell in located.sheet.cells:
        if not isinstance(cell, Input | Formula) or cell.subject not in fields:
            continue
        position = located.position(cell.area.top, cell.area.left)
        if position is not None:
            raw = found.raw(*position)
            understood = normalise(fields[cell.subject], raw)
            if isinstance(cell, Input) and position in found.formulas:
                understood = as_formula(understood, found.formulas[position])
            yield Reading(cell.subject, found.name, a1(*position), raw, understood)
