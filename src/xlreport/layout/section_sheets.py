"""One sheet per section: its heading, then fields, lists and grids one below the other."""

from __future__ import annotations

from xlreport.area import Area
from xlreport.form.field import Field, Kind
from xlreport.form.fields import Fields
from xlreport.form.grid import Grid
from xlreport.form.listing import Listing
from xlreport.form.model import Form
from xlreport.form.outline import Block, Section
from xlreport.formula.nodes import Node
from xlreport.layout import live_formulas as live
from xlreport.layout.builder import SheetBuilder
from xlreport.layout.cells import Alarm, Formula, Input, Link, Look, Sheet
from xlreport.layout.columns import Columns, columns_of
from xlreport.layout.grids import place_grid
from xlreport.layout.heights import TALLEST, prose_height
from xlreport.subject import Subject

CHECKS_TAB = "校验"
_PROSE = 600
"""Characters a box of prose has room for where the form sets no limit."""
_USUAL = 4
"""Usual texts are so many times shorter than the longest allowed."""
_GROWS = "（框内显示不全的，可以拖动行线加高。）"
_LONG = 8
"""Lines from which on the head of a list repeats in print."""
VALUE = "value"
"""The code of the column in which single fields stand."""


def section_sheet(form: Form, section: Section) -> Sheet:
    """The sheet of one section."""
    columns = columns_of(form, section)
    sheet = SheetBuilder(section.tab, dict(columns.widths))
    _heading(sheet, form, section)
    for block in section.blocks:
        _block(sheet, form, columns, block)
    _alarms(sheet, form)
    return sheet.build(section.wide)


def _heading(sheet: SheetBuilder, form: Form, section: Section) -> None:
    full = (1, sheet.last)
    sheet.text(sheet.area(*full), Look.TITLE, section.title, guarded=True)
    sheet.row += 1
    progress = live.section_progress(form)[section.name]
    status = live.joined(
        "已填 ",
        progress.filled,
        f" / {progress.required} 格；",
        *(part for listing in section.listings for part in _progress(form, listing)),
        "未通过校验 ",
        progress.errors,
        " 项，提醒 ",
        progress.warnings,
        " 项",
    )
    link = max(2, sheet.last - 1) if sheet.widths[sheet.last] < 12 else sheet.last
    sheet.add(Formula(sheet.area(1, link - 1), Look.STATUS, Subject.live("status", section.name), status))
    sheet.add(Link(sheet.area(link, sheet.last), Look.LINK, "查看校验结果 →", CHECKS_TAB))
    sheet.at_least(sheet.row, 20)
    sheet.row += 1
    sheet.freeze = (sheet.row, 0)
    if section.intro:
        sheet.text(sheet.area(*full), Look.INTRO, section.intro)
        sheet.row += 1


def _progress(form: Form, listing: Listing) -> tuple[Node | str, ...]:
    """`清单 10 行；` in the progress of the sheet."""
    return "清单 ", live.lines_begun(form, listing), " 行；"


def _block(sheet: SheetBuilder, form: Form, columns: Columns, block: Block) -> None:
    if block.title:
        sheet.at_least(sheet.row, 8)
        sheet.row += 1
        sheet.text(sheet.area(1, sheet.last), Look.HEADING, block.title, guarded=True)
        sheet.row += 1
    match block:
        case Fields():
            _fields(sheet, columns, block)
        case Listing():
            _listing(sheet, form, columns, block)
        case Grid():
            place_grid(sheet, form, columns, block)


def _code_row(sheet: SheetBuilder, block: str, names: dict[int, str]) -> None:
    """A hidden row that names the columns of a block."""
    for column, name in names.items():
        sheet.codes[sheet.row, column] = Subject.cell(block, "", name)
    sheet.hidden_rows.add(sheet.row)
    sheet.row += 1


# Fields ----------------------------------------------------------------------------------------------


def _fields(sheet: SheetBuilder, columns: Columns, block: Fields) -> None:
    _code_row(sheet, block.name, {columns.body[0]: VALUE})
    for subject, field in block.cells():
        if field.kind is Kind.PROSE:
            _prose(sheet, columns, subject, field)
        else:
            _field(sheet, columns, subject, field)


def _field(sheet: SheetBuilder, columns: Columns, subject: Subject, field: Field) -> None:
    sheet.text(sheet.area(*columns.labels), Look.LABEL, _label(field), guarded=True)
    look = Look.FIXED if field.fixed else Look.INPUT
    sheet.input(Input(sheet.area(*columns.body), look, subject, field), _field_code(field))
    sheet.text(sheet.area(*columns.tail), Look.HELP, "；".join(filter(None, (_unit(field), field.help))))
    sheet.at_least(sheet.row, 24)
    sheet.row += 1


def _prose(sheet: SheetBuilder, columns: Columns, subject: Subject, field: Field) -> None:
    """Help above a box as high as usual texts need, with rows that can grow to the longest allowed."""
    body = (columns.body[0], columns.tail[1])
    width = sheet.width(sheet.area(*body))
    longest = max(field.max_length, _PROSE)
    rows = -(-prose_height(longest, width) // TALLEST)
    height = prose_height(longest // _USUAL, width)
    sheet.text(sheet.area(*columns.labels, rows=rows + 1), Look.LABEL_TOP, _label(field), guarded=True)
    sheet.text(sheet.area(*body), Look.HELP, f"{field.help}{_GROWS}")
    sheet.at_least(sheet.row, 20)
    sheet.row += 1
    area = sheet.area(*body, rows=rows)
    sheet.input(Input(area, Look.INPUT, subject, field), _field_code(field))
    for _ in range(rows):
        sheet.at_least(sheet.row, -(-height // rows))
        sheet.row += 1


def _field_code(field: Field) -> Subject:
    return Subject.cell(field.name, "", "")


def _label(field: Field) -> str:
    return f"{field.label}" if field.required else f"{field.label}（选填）"


def _unit(field: Field) -> str:
    return f"单位：{field.unit}" if field.unit else ""


# Lists -----------------------------------------------------------------------------------------------


def _listing(sheet: SheetBuilder, form: Form, columns: Columns, block: Listing) -> None:
    spots = {column.name: columns.body[0] + n for n, column in enumerate(block.columns)}
    right = columns.body[0] + len(block.columns)
    sheet.text(sheet.area(*columns.labels), Look.HEAD, "序号", guarded=True)
    for column in block.columns:
        label = f"{column.label}（{column.unit}）" if column.unit else column.label
        sheet.text(sheet.area(spots[column.name]), Look.HEAD, label, guarded=True)
    _list_help(sheet, block, right)
    if sheet.repeat is None and block.rows > _LONG:
        sheet.repeat = (sheet.row, sheet.row)
    sheet.row += 1
    _code_row(sheet, block.name, {spot: name for name, spot in spots.items()})
    for number in block.numbers:
        sheet.text(sheet.area(*columns.labels), Look.CENTRED, str(number))
        for subject, column in block.line(number).items():
            sheet.add(Input(sheet.area(spots[column.name]), Look.INPUT, subject, column))
        sheet.code(Subject.cell(block.name, number, ""))
        sheet.at_least(sheet.row, 20)
        sheet.row += 1
    _list_totals(sheet, form, columns, block, spots)


def _list_help(sheet: SheetBuilder, block: Listing, left: int) -> None:
    """The list's own help fills the free space to its right."""
    if block.help and left <= sheet.last:
        sheet.text(sheet.area(left, sheet.last, rows=min(6, block.rows)), Look.HELP, block.help)


def _list_totals(
    sheet: SheetBuilder, form: Form, columns: Columns, block: Listing, spots: dict[str, int]
) -> None:
    if not block.totals:
        return
    first_total = min(spots[column.name] for column in block.totals)
    sheet.text(
        Area(sheet.name, sheet.row, columns.labels[0], sheet.row, first_total - 1), Look.HEAD, "合计", True
    )
    for column in block.totals:
        subject = block.total(column)
        node = form.computed[subject].node
        sheet.add(Formula(sheet.area(spots[column.name]), Look.COMPUTED, subject, node, column.places))
    sheet.code(Subject.total(block.name, ""))
    sheet.at_least(sheet.row, 20)
    sheet.row += 1


# Alarms ----------------------------------------------------------------------------------------------


def _alarms(sheet: SheetBuilder, form: Form) -> None:
    """The cell to edit turns red (amber) while its check fails."""
    areas = sheet.areas()
    for instance in form.instances:
        if instance.cell in areas:
            sheet.alarm(Alarm(areas[instance.cell], live.live("state", instance), instance.check.rule.weight))
