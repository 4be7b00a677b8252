"""The 校验 sheet: every check with its state, both sides, the difference and the way to its cell."""

from __future__ import annotations

from xlreport.form.cells import explanation_field
from xlreport.form.model import EXPLANATION, Form, Instance
from xlreport.workbook.layout import live
from xlreport.workbook.layout.builder import SheetBuilder
from xlreport.workbook.layout.cells import Formula, Input, Link, Look, Sheet
from xlreport.workbook.layout.sections import CHECKS_TAB

_WIDTHS = {1: 10, 2: 7, 3: 25, 4: 46, 5: 12, 6: 12, 7: 10, 8: 11, 9: 8, 10: 30, 11: 4}
_CODE, _LEVEL, _PLACE, _RULE, _LEFT, _RIGHT, _DIFFERENCE, _STATE, _GO, _ANSWER, _FLAG = range(1, 12)
_HEADS = (
    "编号",
    "级别",
    "位置",
    "校验内容",
    "左边",
    "右边",
    "差额",
    "状态",
    "定位",
    "情况说明（仅提醒项填写）",
)
_LEVELS = {"error": "错误", "warning": "提醒", "note": "提示"}
_INTRO = (
    "全部由公式自动判断，不需要填写。“不符”必须改正；“提醒”请核对，数字无误的在右边说明情况；"
    "“待填”表示所需数字还没有填完，“无上年数据”的由收表单位核对。点“查看”跳到应修改的单元格。"
)


def checks_sheet(form: Form) -> Sheet:
    """One row per check instance, in the order of the form."""
    sheet = SheetBuilder(CHECKS_TAB, dict(_WIDTHS))
    full = (1, _ANSWER)
    sheet.text(sheet.area(*full), Look.TITLE, "校验")
    sheet.row += 1
    sheet.text(sheet.area(*full), Look.INTRO, _INTRO)
    sheet.row += 1
    sheet.codes[sheet.row, _ANSWER] = f"{EXPLANATION}[,]"
    sheet.hidden_rows.add(sheet.row)
    sheet.hidden_columns.add(_FLAG)
    sheet.row += 1
    for column, head in enumerate(_HEADS, start=1):
        sheet.text(sheet.area(column), Look.HEAD, head, guarded=True)
    sheet.filter = sheet.area(1, _ANSWER, rows=len(form.instances) + 1)
    sheet.row += 1
    sheet.freeze, sheet.repeat = (sheet.row, 0), (0, sheet.row - 1)
    for instance in form.instances:
        _row(sheet, instance)
    return sheet.build(wide=True)


def _row(sheet: SheetBuilder, instance: Instance) -> None:
    check = instance.check
    sheet.text(sheet.area(_CODE), Look.CENTRED, check.code)
    sheet.text(sheet.area(_LEVEL), Look.CENTRED, _LEVELS[check.severity])
    sheet.text(sheet.area(_PLACE), Look.PLAIN, instance.place)
    sheet.text(sheet.area(_RULE), Look.PLAIN, check.title)
    both = live.sides(instance)
    if both is not None:
        for column, name, node in zip((_LEFT, _RIGHT), ("left", "right"), both, strict=True):
            side = live.shown(instance, node)
            sheet.add(Formula(sheet.area(column), Look.LIVE, live.live(name, instance), side))
    difference = live.difference(instance)
    if difference is not None:
        node = live.shown(instance, difference)
        sheet.add(Formula(sheet.area(_DIFFERENCE), Look.LIVE, live.live("difference", instance), node))
    state = live.state(instance)
    sheet.add(Formula(sheet.area(_STATE), Look.LIVE_TEXT, live.live("state", instance), state))
    sheet.add(Link(sheet.area(_GO), Look.LINK, "查看", instance.cell))
    if instance.explainable:
        field = explanation_field(instance)
        sheet.add(Input(sheet.area(_ANSWER), Look.NOTE, instance.explanation, field))
        sheet.code(instance.explanation)
    sheet.add(Formula(sheet.area(_FLAG), Look.CODE, live.live("failing", instance), live.failing(instance)))
    sheet.at_least(sheet.row, 22)
    sheet.row += 1
