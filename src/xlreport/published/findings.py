"""What is to be said of how a published report was read: what a person has to compare with the original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.finding import Finding
from xlreport.form.editions import years_served
from xlreport.form.exact import in_full
from xlreport.form.grid import Grid, Line
from xlreport.published.locate import table_name
from xlreport.published.proof import Reliance, Weighed
from xlreport.published.read import PublishedReport
from xlreport.rule import own_rule
from xlreport.subject import Subject

_COMPARE = "请对照报告原文核对这一行；原文就是如此的，是发布的报告本身有误，请通知发布单位更正"
_ADD = "请核对报告是否完整，表格是否是图片；缺少的内容请通知发布单位补上"
_MOST_TEXT = 20
_MOST_NAMED = 5
_MOST_NAME = 40


def findings_of(report: PublishedReport) -> Iterator[Finding]:
    """What was not read beyond doubt, one finding for each row, and the tables that are not there."""
    yield from _edition(report)
    yield from _other(report)
    for grids in report.form.tables.values():
        there = {cell.block for cell in report.cells}
        name = table_name(report.form, next(grids[0].subjects()))
        if not there & {grid.name for grid in grids}:
            message = f"报告里没有找到{name}（{report.form.section_of(next(grids[0].subjects())).title}）。"
            yield own_rule("RPT001").finding(message, _ADD, Subject.cell(grids[0].name, "", ""))
            continue
        for grid in grids:
            for row in grid.rows:
                yield from _row(report, grid, row, name)
        yield from _notes(report, grids, name)
    yield from _left(report)


def _other(report: PublishedReport) -> Iterator[Finding]:
    if report.other is not None:
        line = report.other
        message = f"文件里还有另一份报告（第{line.paragraph}段“{line.text[:_MOST_NAME]}”），没有读。"
        yield own_rule("RPT009").finding(message, "请把两份报告分成两个文件，分别核对")


def _left(report: PublishedReport) -> Iterator[Finding]:
    """Paragraphs that were not taken, as the form has no place for them."""
    if report.left:
        numbers = list(dict.fromkeys(line.paragraph for line in report.left))
        which = "、".join(f"第{number}段" for number in numbers[:_MOST_NAMED])
        more = f"等 {len(numbers)} 段" if len(numbers) > _MOST_NAMED else ""
        message = f"{which}{more}文字在报表里没有对应的栏目，没有读出：“{report.left[0].text[:_MOST_TEXT]}”。"
        yield own_rule("RPT007").finding(message, "请对照报告原文看一遍，需要的内容另行填写")


def _edition(report: PublishedReport) -> Iterator[Finding]:
    form, year = report.form, report.year
    if year is not None and not form.serves(year):
        message = f"报告的年度是 {year}，表格却是 {form.edition} 版的格式（适用于 {years_served(form)}）。"
        yield own_rule("RPT005").finding(message, "请核对报告的年度和所用的格式", form.year_field)


def _row(report: PublishedReport, grid: Grid, row: Line, name: str) -> Iterator[Finding]:
    """What is wrong in one row. A column of totals need not be printed."""
    cells = [(column, report.cells.get(grid.cell(row, column))) for column in grid.columns]
    absent = [column for column, cell in cells if cell is None and not column.formula]
    subject = Subject.cell(grid.name, row.name, "")
    if absent:
        which = "" if len(absent) == sum(not column.formula for column in grid.columns) else _columns(absent)
        message = f"{name}里没有找到“{row.short}”{which}的数字。"
        yield own_rule("RPT002").finding(message, _ADD, subject)
    doubted = [(column, cell) for column, cell in cells if cell is not None and not cell.taken]
    if doubted:
        says = "；".join(f"{column.short}列{doubt(cell)}" for column, cell in doubted)
        first = doubted[0][1].printed.origin
        message = f"{first.table} 第{first.row}行（{row.short}）不能确认：{says}。"
        yield own_rule("RPT003").finding(message, _COMPARE, subject, first)


def _columns(columns: Sequence[Line]) -> str:
    return "".join(f"{'、' if number else ''}{each.short}列" for number, each in enumerate(columns))


def doubt(cell: Weighed) -> str:
    """What is printed in a doubtful cell, and what the totals propose instead."""
    text = cell.printed.text.strip()
    shown = f"印的是“{text[:_MOST_TEXT]}”" if text else "是空白"
    if cell.standing is Reliance.PROPOSED and cell.proposed is not None:
        return f"{shown}，按合计推算应为 {in_full(cell.proposed)}"
    return shown


def _notes(report: PublishedReport, grids: Sequence[Grid], name: str) -> Iterator[Finding]:
    names = {grid.name for grid in grids}
    cells = [cell for subject, cell in report.cells.items() if subject.block in names and cell.taken]
    subject = Subject.cell(grids[0].name, "", "")
    unproven = [cell for cell in cells if cell.standing is Reliance.PRINTED]
    if unproven:
        message = f"{name}没有合计可以验算，{len(unproven)} 个数字按印的读出。"
        yield own_rule("RPT004").finding(message, "请对照报告原文看一遍", subject)
    dashes = [cell for cell in cells if cell.printed.dash]
    if dashes:
        message = f"{name}有 {len(dashes)} 格用符号或“无”表示零，已按 0 读出（合计相符）。"
        yield own_rule("RPT006").finding(message, "不用处理；没有发生的应写 0", subject)
