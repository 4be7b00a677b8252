"""The first sheet, 填报说明: progress, the looks of cells, how to fill in, what each item means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import reduce

from xlreport.form.grid import Grid
from xlreport.form.model import Form
from xlreport.form.outline import Section
from xlreport.formula.nodes import Binary, Call, Cells, Literal, Node, Type
from xlreport.layout import live_formulas as live
from xlreport.layout.builder import SheetBuilder
from xlreport.layout.cells import Formula, Link, Look, Sheet
from xlreport.layout.heights import LINE
from xlreport.layout.section_sheets import CHECKS_TAB
from xlreport.subject import Subject

FRONT_TAB = "填报说明"
_WIDTHS = {1: 26, 2: 12, 3: 12, 4: 12, 5: 12, 6: 12, 7: 24}
_LAST = 7
_MISSING, _FAILING = 4, 5
_READY = "已全部填完，校验没有不符项，可以报送"
_LEGEND = (
    (Look.SAMPLE, "请填写", "浅黄色单元格由本单位填写，点选后会显示填报口径"),
    (Look.COMPUTED, "自动计算", "灰色单元格由公式计算，已锁定，不能也不需要填写"),
    (Look.FIXED, "已锁定", "模板下发时已经填好，如有错误请联系下发单位"),
    (Look.ALARM, "需改正", "红色表示未通过校验或填写格式不对，请按“校验”表提示修改"),
    (Look.DONE, "通过", "绿色表示校验通过"),
)


def front_sheet(form: Form) -> Sheet:
    """Everything a clerk should see first."""
    sheet = SheetBuilder(FRONT_TAB, dict(_WIDTHS))
    sheet.text(sheet.area(1, _LAST), Look.TITLE, form.title)
    sheet.row += 1
    subtitle = live.joined(live.one(form, form.unit_field), "　", live.one(form, form.year_field), "年度")
    sheet.add(Formula(sheet.area(1, _LAST), Look.SUBTITLE, Subject.live("subtitle"), subtitle))
    sheet.at_least(sheet.row, 24)
    sheet.row += 2
    _all_progress(sheet, form)
    _legend(sheet)
    _instructions(sheet, form)
    _meanings(sheet, form)
    return sheet.build()


def _heading(sheet: SheetBuilder, text: str) -> None:
    sheet.row += 1
    sheet.text(sheet.area(1, _LAST), Look.HEADING, text)
    sheet.row += 1


# Progress --------------------------------------------------------------------------------------------


def _all_progress(sheet: SheetBuilder, form: Form) -> None:
    sheet.row -= 1
    _heading(sheet, "填报进度")
    for column, head in enumerate(("工作表", "应填（格）", "已填", "未填", "不符", "提醒", "打开"), start=1):
        sheet.text(sheet.area(column), Look.HEAD, head)
    sheet.row += 1
    for section in form.sections:
        _section_progress(sheet, form, section)
    _verdict(sheet, form)


def _section_progress(sheet: SheetBuilder, form: Form, section: Section) -> None:
    progress = live.section_progress(form)[section.name]
    required = Literal(progress.required)
    figures = {
        2: required,
        3: progress.filled,
        _MISSING: Binary("-", required, progress.filled),
        _FAILING: progress.errors,
        6: progress.warnings,
    }
    sheet.text(sheet.area(1), Look.PLAIN, section.tab)
    for column, node in figures.items():
        look = Look.TALLY if column > 3 else Look.LIVE
        sheet.add(Formula(sheet.area(column), look, Subject.live("progress", section.name, column), node))
    sheet.add(Link(sheet.area(_LAST), Look.LINK, f"前往“{section.tab}”", section.tab))
    sheet.at_least(sheet.row, 20)
    sheet.row += 1


def _verdict(sheet: SheetBuilder, form: Form) -> None:
    missing = [_progress(section, _MISSING) for section in form.sections]
    failing: list[Node] = [_progress(section, _FAILING) for section in form.sections]
    nothing = [Binary("=", cell, Literal(0)) for cell in (*missing, *failing)]
    named = zip(form.sections, missing, strict=True)
    gaps = [_where_any(cell, f"{section.tab}未填 ", " 格；") for section, cell in named]
    errors = reduce(lambda one, other: Binary("+", one, other), failing)
    open_items = live.joined("还缺：", *gaps, "校验不符 ", errors, " 项")
    verdict = Call("IF", (Call("AND", tuple(nothing)), Literal(_READY), open_items))
    sheet.add(Formula(sheet.area(1, _LAST - 1), Look.VERDICT, Subject.live("verdict"), verdict))
    sheet.add(Link(sheet.area(_LAST), Look.LINK, "前往“校验”", CHECKS_TAB))
    sheet.at_least(sheet.row, 2 * LINE + 4)
    sheet.row += 1


def _progress(section: Section, column: int) -> Cells:
    return Cells((Subject.live("progress", section.name, column),), Type.WHOLE)


def _where_any(count: Node, before: str, behind: str) -> Node:
    """The count between words; nothing where it is 0."""
    return Call("IF", (Binary("=", count, Literal(0)), Literal(""), live.joined(before, count, behind)))


# Explanations ----------------------------------------------------------------------------------------


def _legend(sheet: SheetBuilder) -> None:
    _heading(sheet, "单元格颜色")
    for look, sample, meaning in _LEGEND:
        sheet.text(sheet.area(1), look, sample)
        sheet.text(sheet.area(2, _LAST), Look.PLAIN, meaning)
        sheet.at_least(sheet.row, 20)
        sheet.row += 1


def _instructions(sheet: SheetBuilder, form: Form) -> None:
    _heading(sheet, "填报要求")
    for number, text in enumerate(form.instructions, start=1):
        sheet.text(sheet.area(1, _LAST), Look.PLAIN, f"{number}. {text}")
        sheet.row += 1


def _meanings(sheet: SheetBuilder, form: Form) -> None:
    _heading(sheet, "填报口径")
    for head, span in (("工作表", (1, 1)), ("指标", (2, 4)), ("口径", (5, _LAST))):
        sheet.text(sheet.area(*span), Look.HEAD, head)
    sheet.row += 1
    for section in form.sections:
        for label, text in _section_meanings(section):
            sheet.text(sheet.area(1), Look.PLAIN, section.tab)
            sheet.text(sheet.area(2, 4), Look.PLAIN, label)
            sheet.text(sheet.area(5, _LAST), Look.PLAIN, text)
            sheet.row += 1


def _section_meanings(section: Section) -> Iterator[tuple[str, str]]:
    """Labels and helps; a label that several tables have, with the caption of its own."""
    found = [(block, label, text) for block in section.blocks for label, text in block.helps() if text]
    often = Counter(label for _, label, _ in found)
    for block, label, text in found:
        of = block.caption if isinstance(block, Grid) and often[label] > 1 else ""
        yield f"{of} {label}".strip(), text
