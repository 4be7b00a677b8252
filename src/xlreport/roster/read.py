"""Reading a list of units from a workbook or a text: the lines, and every mistake with its row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from xlreport.cleaning import squeezed
from xlreport.form.model import Form
from xlreport.formats.foreign import Unopened
from xlreport.formats.snapshot import SheetSnapshot, Snapshot
from xlreport.formats.table import open_table
from xlreport.frozen import frozen
from xlreport.prose.hollow import is_unfinished
from xlreport.roster.cells import RowCells, choices_of
from xlreport.roster.headings import Head, ListColumn, find_head
from xlreport.roster.line import ListedUnit, Roster
from xlreport.roster.lint import lint
from xlreport.roster.mistake import ListErrors, ListMistake, hindering
from xlreport.unit import Unit, is_code

_NO_UNIT = re.compile(
    r"(?:合计|总计|小计|共计)(?:[:：(（0-9].*)?"
    r"|(?:填表|填报|制表|审核|负责|联系|经办)(?:人|单位)?[:：].*|(?:填报|制表)?日期[:：].*|(?:联系)?电话[:：].*"
    r"|(?:附?注|备注|说明)[:：].*"
)
"""What stands below a list: its sum, who made it, remarks."""
_LONGEST_NAME = 60
_NO_LIST = "没有找到名单：要有一行标题，其中一格写着“单位”，下面一行一个单位"


@frozen
class ListRead:
    """What a file says, and what is wrong with it."""

    roster: Roster
    mistakes: tuple[ListMistake, ...]


def read_roster(path: Path, form: Form | None, office: str = "") -> ListRead:
    """The list in a file. Without a form, 层级 and other words of the form's own are taken as they are.

    Raises ListErrors where no list is found in it, OSError where it is not there.
    """
    try:
        sheet, head = _find(open_table(path))
    except Unopened as error:
        raise ListErrors(path.name, [ListMistake(0, f"{error.message}。{error.fix}")]) from error
    if head is None:
        raise ListErrors(path.name, [ListMistake(0, _NO_LIST)])
    rows = list(_rows(sheet, head, form))
    roster = Roster(tuple(line for cells in rows if (line := _line(cells, form)) is not None), office)
    mistakes = [*_of_sheet(sheet, head), *(m for cells in rows for m in cells.mistakes), *lint(roster)]
    if not roster.lines:
        mistakes.append(ListMistake(0, "名单里一个单位也没有"))
    return ListRead(roster, tuple(sorted(mistakes, key=lambda mistake: mistake.row)))


def usable_roster(path: Path, form: Form | None, office: str = "") -> ListRead:
    """The list in a file without mistakes, remarks aside. Raises ListErrors, OSError."""
    found = read_roster(path, form, office)
    wrong = hindering(found.mistakes)
    if wrong:
        raise ListErrors(path.name, wrong)
    return found


def _find(snapshot: Snapshot) -> tuple[SheetSnapshot, Head | None]:
    """The first visible sheet with headings."""
    shown = [sheet for sheet in snapshot.sheets.values() if not sheet.hidden]
    for sheet in shown:
        head = find_head(sheet)
        if head is not None:
            return sheet, head
    if not shown:
        raise Unopened("工作簿里没有看得见的工作表")
    return shown[0], None


def _rows(sheet: SheetSnapshot, head: Head, form: Form | None) -> Iterator[RowCells]:
    """The rows below the headings that say anything."""
    choices = choices_of(form) if form is not None else {}
    for number, row in enumerate(sheet.rows[head.row + 1 :], start=head.row + 1):
        cells = {h: row[column] for h, column in head.columns.items() if column < len(row)}
        if any(not isinstance(raw, str) or raw.strip() for raw in cells.values()):
            yield RowCells(number + 1, cells, choices)


def _line(cells: RowCells, form: Form | None) -> ListedUnit | None:
    name = cells.name(ListColumn.UNIT)
    if not _is_name(cells, name, form):
        return None
    short, former = cells.name(ListColumn.SHORT), cells.names(ListColumn.FORMER)
    aliases = tuple(alias for alias in (short, *former) if alias)
    return ListedUnit(
        cells.number,
        Unit(name, _code(cells, form), aliases),
        short,
        former,
        cells.name(ListColumn.PARENT),
        cells.choice(ListColumn.LEVEL),
        cells.choice(ListColumn.TYPE),
        cells.choice(ListColumn.SCOPE),
        cells.text(ListColumn.CONTACT),
        cells.addresses(),
        cells.text(ListColumn.PHONE),
        cells.day(ListColumn.DUE),
        cells.day(ListColumn.VALID_FROM),
        cells.day(ListColumn.VALID_TO),
        cells.name(ListColumn.MERGED_INTO),
        cells.text(ListColumn.EXEMPT),
    )


def _code(cells: RowCells, form: Form | None) -> str:
    code, most = cells.code(), form.fields[form.code_field].max_length if form is not None else 0
    if 0 < most < len(code):
        cells.wrong(f"机关代码有 {len(code)} 位，最多 {most} 位")
        return ""
    return code


def _is_name(cells: RowCells, name: str, form: Form | None) -> bool:
    """True for the name of a unit; what else stands there is a mistake."""
    most = (form.fields[form.unit_field].max_length if form is not None else 0) or _LONGEST_NAME
    if not name:
        cells.wrong("没有写单位")
    elif _NO_UNIT.fullmatch(squeezed(name)) or not is_code(name) or is_unfinished(squeezed(name)):
        cells.wrong(f"“{name}”不是单位，请删去这一行")
    elif len(name) > most:
        cells.wrong(f"单位名称有 {len(name)} 字，最多 {most} 字")
    else:
        return True
    return False


def _of_sheet(sheet: SheetSnapshot, head: Head) -> Iterator[ListMistake]:
    """What is wrong with the table as a table."""
    for heading in head.twice:
        yield ListMistake(head.row + 1, f"“{heading}”有两列，请只留一列")
    for area in sheet.merged:
        used = any(area.left <= column <= area.right for column in head.columns.values())
        if area.bottom > head.row and used:
            words = f"单元格 {area.range} 合并了，只有第一格有内容。请取消合并，逐行填写"
            yield ListMistake(max(area.top, head.row) + 1, words)
    hidden = [row + 1 for row in sorted(sheet.hidden_rows) if head.row < row < len(sheet.rows)]
    if hidden:
        words = f"共 {len(hidden)} 行是隐藏的（第 {hidden[0]} 行等），也算在名单里"
        yield ListMistake(0, words, remark=True)
    if head.unused:
        yield ListMistake(0, f"没有用到的列：{'、'.join(head.unused)}", remark=True)
