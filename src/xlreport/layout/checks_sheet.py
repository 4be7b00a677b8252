"""The 校验 sheet: every check with its state, both sides, the difference and the way to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.finding import Severity
from xlreport.form.answers import Answer, later_answers, live_answer
from xlreport.form.checks import Instance
from xlreport.form.model import Form
from xlreport.layout import live_formulas as live
from xlreport.layout.builder import SheetBuilder
from xlreport.layout.cells import Formula, Input, Link, Look, Sheet
from xlreport.layout.heights import LINE
from xlreport.layout.section_sheets import CHECKS_TAB
from xlreport.rule import STATE_WORDS
from xlreport.subject import Subject

_WIDTHS = {1: 10, 2: 7, 3: 25, 4: 46, 5: 12, 6: 12, 7: 10, 8: 11, 9: 8, 10: 42, 11: 4}
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
_INTRO = (
    "全部由公式自动判断，不需要填写。“不符”必须改正；“提醒”请核对，数字无误的在右边说明情况；"
    "“待填”表示所需数字还没有填完，“无上年数据”的由收表单位核对。点“查看”跳到应修改的单元格。"
)
_LATER = "以下各项由程序在收到后核对，不实时显示"
_LATER_INTRO = (
    "收到核对结果后，提醒中的问题属实的，请改正文字或数字；核对无误的，在右边说明情况。没有提醒的不用填写。"
)
_LATER_STATE = "收表后核对"


def checks_sheet(form: Form) -> Sheet:
    """One row per check instance, in the order of the form; below, what is checked only on reading."""
    sheet = SheetBuilder(CHECKS_TAB, dict(_WIDTHS))
    full = (1, _ANSWER)
    sheet.text(sheet.area(*full), Look.TITLE, "校验")
    sheet.row += 1
    sheet.text(sheet.area(*full), Look.INTRO, _INTRO)
    sheet.row += 1
    sheet.codes[sheet.row, _ANSWER] = Subject.answer("")
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
    later = tuple(later_answers(form))
    if later:
        _later(sheet, later)
    return sheet.build(wide=True)


def _row(sheet: SheetBuilder, instance: Instance) -> None:
    check = instance.check
    sheet.text(sheet.area(_CODE), Look.CENTRED, check.code)
    sheet.text(sheet.area(_LEVEL), Look.CENTRED, STATE_WORDS[check.rule.state])
    sheet.text(sheet.area(_PLACE), Look.PLAIN, instance.place)
    sheet.text(sheet.area(_RULE), Look.PLAIN, check.title)
    both = live.sides(instance)
    if both is not None:
        for column, name, node in zip((_LEFT, _RIGHT), ("left", "right"), both, strict=True):
            side = live.side_or_blank(instance, node)
            shown = live.live(name, instance)
            sheet.add(Formula(sheet.area(column), Look.LIVE, shown, side, live.places(node)))
    difference = live.difference(instance)
    if difference is not None:
        node = live.side_or_blank(instance, difference)
        shown, places = live.live("difference", instance), live.places(difference)
        sheet.add(Formula(sheet.area(_DIFFERENCE), Look.LIVE, shown, node, places))
    state = live.state(instance)
    sheet.add(Formula(sheet.area(_STATE), Look.LIVE_TEXT, live.live("state", instance), state))
    sheet.add(Link(sheet.area(_GO), Look.LINK, "查看", instance.cell))
    answer = live_answer(instance)
    if answer is not None:
        _answer(sheet, answer)
    sheet.add(
        Formula(sheet.area(_FLAG), Look.CODE, live.live("failing", instance), live.failing_flag(instance))
    )
    sheet.at_least(sheet.row, 22)
    sheet.row += 1


def _answer(sheet: SheetBuilder, answer: Answer) -> None:
    """The cell in which a unit answers a warning, with room for two lines."""
    sheet.at_least(sheet.row, 2 * LINE)
    sheet.input(Input(sheet.area(_ANSWER), Look.NOTE, answer.subject, answer.field), answer.subject)


# What is checked only on reading ---------------------------------------------------------------------


def _later(sheet: SheetBuilder, answers: Sequence[Answer]) -> None:
    """A second block, last on the sheet.

    Workbooks sent out before a fact was declared lack its row, and are none the worse for it.
    """
    full = (1, _ANSWER)
    sheet.loose = sheet.row
    sheet.at_least(sheet.row, 12)
    sheet.row += 1
    sheet.text(sheet.area(*full), Look.HEADING, _LATER)
    sheet.row += 1
    sheet.text(sheet.area(*full), Look.INTRO, _LATER_INTRO)
    sheet.row += 1
    for answer in answers:
        sheet.text(sheet.area(_CODE), Look.CENTRED, answer.code)
        sheet.text(sheet.area(_LEVEL), Look.CENTRED, STATE_WORDS[Severity.WARNING])
        sheet.text(sheet.area(_PLACE), Look.PLAIN, answer.place)
        sheet.text(sheet.area(_RULE, _DIFFERENCE), Look.PLAIN, answer.title)
        sheet.text(sheet.area(_STATE, _GO), Look.CENTRED, _LATER_STATE)
        _answer(sheet, answer)
        sheet.row += 1
