"""The 校验 sheet: every check with its state, both sides, the difference and the way to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlreport.area import Area
from xlreport.finding import Severity
from xlreport.form.answers import Answer, later_answers, live_answer
from xlreport.form.checks import Instance
from xlreport.form.model import Form
from xlreport.formula.nodes import Literal
from xlreport.layout import first_checks
from xlreport.layout import live_formulas as live
from xlreport.layout.builder import SheetBuilder
from xlreport.layout.cells import Constant, Formula, Input, Link, Look, Sheet
from xlreport.layout.heights import LINE
from xlreport.layout.section_sheets import CHECKS_TAB
from xlreport.rule import STATE_WORDS
from xlreport.subject import Subject

_WIDTHS = {1: 10, 2: 7, 3: 25, 4: 46, 5: 12, 6: 12, 7: 10, 8: 11, 9: 8, 10: 42, 11: 4}
_CODE, _LEVEL, _PLACE, _RULE, _LEFT, _RIGHT, _DIFFERENCE, _STATE, _GO, _ANSWER, _FLAG = range(1, 12)
_NUMBER, _TARGET, _ANSWER_TARGET = range(12, 15)
"""Hidden, for the lines of what needs doing now: the number of an open check, and where its links go."""
_FULL = (_CODE, _ANSWER)
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
    "各项平时折叠在下面，要看的，选中本行和下一行，在行号上点右键“取消隐藏”。"
)
_LATER_STATE = "收表后核对"


def checks_sheet(form: Form, areas: Mapping[Subject, Area] | None) -> Sheet:
    """What needs doing now, then one row per check; below, what is checked only on reading.

    `areas` say where the cells stand that a check leads to; None for the first arrangement, which had
    the list alone.
    """
    sheet = SheetBuilder(CHECKS_TAB, dict(_WIDTHS))
    sheet.text(sheet.area(*_FULL), Look.TITLE, "校验")
    sheet.row += 1
    sheet.text(sheet.area(*_FULL), Look.INTRO, _INTRO)
    sheet.row += 1
    sheet.codes[sheet.row, _ANSWER] = Subject.answer("")
    sheet.hidden_rows.add(sheet.row)
    sheet.hidden_columns.add(_FLAG)
    sheet.row += 1
    if areas is None or not form.instances:
        _plain_list(sheet, form)
    else:
        _first(sheet, form)
        _list_for_looking_up(sheet, form, areas)
    later = tuple(later_answers(form))
    if later:
        _later(sheet, later)
    return sheet.build(wide=True)


def _heads(sheet: SheetBuilder, heads: Sequence[str], guarded: bool = True) -> None:
    for column, head in enumerate(heads, start=1):
        sheet.text(sheet.area(column), Look.HEAD, head, guarded)
    sheet.row += 1


# What needs doing now --------------------------------------------------------------------------------


def _first(sheet: SheetBuilder, form: Form) -> None:
    """The first open checks under heads that stay."""
    instances = form.instances
    lines = min(first_checks.MOST_CHECKS, len(instances))
    sheet.text(sheet.area(_CODE, _PLACE), Look.HEADING, f"现在要办的（前 {lines} 项）")
    summary = first_checks.summary_line(instances)
    sheet.add(Formula(sheet.area(_RULE, _ANSWER), Look.SUMMARY, Subject.live("first", "summary"), summary))
    sheet.at_least(sheet.row, 22)
    sheet.row += 1
    _heads(sheet, (*_HEADS[:-1], "怎样办、情况说明"), guarded=False)
    sheet.freeze = (sheet.row, 0)
    columns = first_checks.columns(instances)
    for n in range(1, lines + 1):
        for column, (look, subject, node) in enumerate(first_checks.line(columns, n), start=1):
            sheet.add(Formula(sheet.area(column), look, subject, node, places=1))
        sheet.at_least(sheet.row, 2 * LINE)
        sheet.row += 1


def _list_for_looking_up(sheet: SheetBuilder, form: Form, areas: Mapping[Subject, Area]) -> None:
    """The whole list. Checks against last year are hidden while nothing is known of it."""
    sheet.hidden_columns |= {_NUMBER, _TARGET, _ANSWER_TARGET}
    sheet.widths |= dict.fromkeys((_NUMBER, _TARGET, _ANSWER_TARGET), _WIDTHS[_FLAG])
    sheet.row += 1
    sheet.text(sheet.area(*_FULL), Look.HEADING, "全部校验项目")
    sheet.row += 1
    sheet.filter = sheet.area(1, _ANSWER, rows=len(form.instances) + 1)
    sheet.repeat = (sheet.row, sheet.row)
    _heads(sheet, _HEADS)
    for place, instance in enumerate(form.instances, start=1):
        _row(sheet, instance)
        _looked_up(sheet, instance, place, areas[instance.cell])
        if instance.prior:
            sheet.prior_rows.add(sheet.row)
        sheet.row += 1


def _looked_up(sheet: SheetBuilder, instance: Instance, place: int, cell: Area) -> None:
    """What else the lines of what needs doing read in a row of the list: no cell of it may be blank."""
    shown = {_LEFT: "left", _RIGHT: "right", _DIFFERENCE: "difference"}
    if live.sides(instance) is None:
        for column, what in shown.items():
            blank = Formula(sheet.area(column), Look.LIVE, live.live(what, instance), Literal(""))
            sheet.add(blank)
    number = first_checks.check_number(instance, place)
    sheet.add(Formula(sheet.area(_NUMBER), Look.CODE, live.live("number", instance), number))
    answer = sheet.area(_ANSWER) if live_answer(instance) is not None else None
    for column, what, target in ((_TARGET, "target", cell), (_ANSWER_TARGET, "answer", answer)):
        text = first_checks.link_to(target) if target is not None else ""
        sheet.add(Constant(sheet.area(column), Look.CODE, text, subject=live.live(what, instance)))


# The list --------------------------------------------------------------------------------------------


def _plain_list(sheet: SheetBuilder, form: Form) -> None:
    sheet.filter = sheet.area(1, _ANSWER, rows=len(form.instances) + 1)
    _heads(sheet, _HEADS)
    sheet.freeze, sheet.repeat = (sheet.row, 0), (0, sheet.row - 1)
    for instance in form.instances:
        _row(sheet, instance)
        sheet.row += 1


def _row(sheet: SheetBuilder, instance: Instance) -> None:
    check = instance.check
    texts = (
        (_CODE, "code", Look.CENTRED, check.code),
        (_LEVEL, "level", Look.CENTRED, STATE_WORDS[check.rule.state]),
        (_PLACE, "place", Look.PLAIN, instance.place),
        (_RULE, "rule", Look.PLAIN, check.title),
    )
    for column, what, look, text in texts:
        sheet.add(Constant(sheet.area(column), look, text, subject=live.live(what, instance)))
    _figures(sheet, instance)
    state = live.state(instance)
    sheet.add(Formula(sheet.area(_STATE), Look.LIVE_TEXT, live.live("state", instance), state))
    sheet.add(Link(sheet.area(_GO), Look.LINK, "查看", instance.cell))
    answer = live_answer(instance)
    if answer is not None:
        _answer(sheet, answer)
    flag = live.failing_flag(instance)
    sheet.add(Formula(sheet.area(_FLAG), Look.CODE, live.live("failing", instance), flag))
    sheet.at_least(sheet.row, 22)


def _figures(sheet: SheetBuilder, instance: Instance) -> None:
    """Both sides of a comparison of numbers, and their difference."""
    both = live.sides(instance)
    if both is None:
        return
    columns = ((_LEFT, "left"), (_RIGHT, "right"), (_DIFFERENCE, "difference"))
    for (column, what), node in zip(columns, (*both, live.difference(*both)), strict=True):
        cell = live.side_or_blank(instance, node)
        sheet.add(Formula(sheet.area(column), Look.LIVE, live.live(what, instance), cell, live.places(node)))


def _answer(sheet: SheetBuilder, answer: Answer) -> None:
    """The cell in which a unit answers a warning, with room for two lines."""
    sheet.at_least(sheet.row, 2 * LINE)
    sheet.input(Input(sheet.area(_ANSWER), Look.NOTE, answer.subject, answer.field), answer.subject)


# What is checked only on reading ---------------------------------------------------------------------


def _later(sheet: SheetBuilder, answers: Sequence[Answer]) -> None:
    """A second block, last on the sheet.

    Workbooks sent out before a fact was declared lack its row, and are none the worse for it.
    """
    sheet.loose = sheet.row
    sheet.at_least(sheet.row, 12)
    sheet.row += 1
    sheet.text(sheet.area(*_FULL), Look.HEADING, _LATER)
    sheet.row += 1
    sheet.text(sheet.area(*_FULL), Look.INTRO, _LATER_INTRO)
    sheet.row += 1
    for answer in answers:
        sheet.text(sheet.area(_CODE), Look.CENTRED, answer.code)
        sheet.text(sheet.area(_LEVEL), Look.CENTRED, STATE_WORDS[Severity.WARNING])
        sheet.text(sheet.area(_PLACE), Look.PLAIN, answer.place)
        sheet.text(sheet.area(_RULE, _DIFFERENCE), Look.PLAIN, answer.title)
        sheet.text(sheet.area(_STATE, _GO), Look.CENTRED, _LATER_STATE)
        _answer(sheet, answer)
        sheet.folded_rows.add(sheet.row)
        sheet.row += 1
