"""Rules: what a file carries or hides beside the form: macros, links, pictures, hidden rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.area import Area, column_name
from xlreport.finding import Finding
from xlreport.layout.cells import Input
from xlreport.rule import own_rule
from xlreport.verify.places import in_few_words, ranges_of
from xlreport.workbook.locate import Located
from xlreport.workbook.submission import Submission

_MOST = 5
_UNHIDE = "请取消隐藏，全表看过再报送"


def carried(submission: Submission) -> Iterator[Finding]:
    """Nothing of this is ever run, followed or printed; the figures were read all the same."""
    extras = submission.snapshot.extras
    if extras.macros:
        message = "文件里有宏（程序代码）。本工具不运行宏，只读取单元格。"
        yield own_rule("WBK030").finding(message, "请另存为不带宏的“Excel 工作簿（*.xlsx）”再报送", "_macros")
    if extras.links:
        message = f"文件引用了外部的文件或程序：{in_few_words(extras.links, _MOST)}。本工具不打开它们。"
        fix = "请在“数据”菜单的“编辑链接”中断开链接，引用外部内容的单元格改填数字"
        yield own_rule("WBK031").finding(message, fix, "_links", found=in_few_words(extras.links, _MOST))
    if extras.objects:
        message = f"文件里有{'、'.join(extras.objects)}，这些内容不会进入报告。"
        fix = "需要报告的内容请填到相应的单元格或“备注”；不需要的请删除"
        yield own_rule("WBK032").finding(message, fix, "_objects")
    for located in submission.sheets.values():
        if located is not None:
            yield from _hidden(located)


def _hidden(located: Located) -> Iterator[Finding]:
    """One finding for a sheet, and one for its rows and columns with cells to fill in."""
    name, found = located.sheet.name, located.found
    if found.hidden and not located.sheet.prior:
        message = f"工作表“{found.name}”被隐藏，其中的内容照常核对。"
        yield own_rule("WBK033").finding(message, _UNHIDE, name, sheet=found.name)
    if not _hides_more(located):
        return
    folded = located.sheet.folded_rows | located.sheet.prior_rows
    cells = (cell for cell in located.sheet.cells if isinstance(cell, Input))
    inputs = [cell.area for cell in cells if cell.area.top not in folded]
    places = [place for area in inputs if (place := located.position(area.top, area.left)) is not None]
    rows = sorted({row for row, _ in places} & found.hidden_rows)
    columns = sorted(
        column
        for column in {column for _, column in places}
        if any(first <= column <= last for first, last in found.hidden_columns)
    )
    if rows or columns:
        shown = [f"第 {_rows(rows)} 行"] if rows else []
        letters = [column_name(column) for column in columns]
        shown += [f"第 {in_few_words(letters, _MOST)} 列"] if columns else []
        message = f"“{found.name}”{'、'.join(shown)}被隐藏，其中的内容照常核对。"
        yield own_rule("WBK033").finding(message, _UNHIDE, f"{name}:隐藏", sheet=found.name)


def _hides_more(located: Located) -> bool:
    """True if rows or columns are hidden that the template shows: seldom so, and quickly seen."""
    sheet, found = located.sheet, located.found
    ranges = set(found.hidden_columns) - {(column, column) for column in sheet.hidden_columns}
    return bool(ranges or not found.hidden_rows <= sheet.hidden_rows)


def _rows(rows: Sequence[int]) -> str:
    """`7、9-12`."""
    return ranges_of([Area.cell("", row, 0).first for row in rows]).replace("A", "").replace(":", "-")
