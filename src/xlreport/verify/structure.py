"""Gate: are all sheets, rows and columns there, and where the template put them?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xlreport.finding import Finding, Severity
from xlreport.form.model import TOTAL, Fields, Form, Listing
from xlreport.workbook.layout.area import column_name
from xlreport.workbook.layout.builder import CODES
from xlreport.workbook.layout.stamp import STAMP_TAB
from xlreport.workbook.locate import Located
from xlreport.workbook.review import is_review
from xlreport.workbook.submission import Submission

_REFILL = "请在下发的工作簿中按原样填写：不要插入、删除、移动行和列"


def structure(submission: Submission) -> Iterator[Finding]:
    """Every sheet, row and column of the template is there, under its name and in its place."""
    if submission.stamp.definition != submission.form.definition and not submission.in_place:
        message = "工作簿由另一版本的报表定义生成，与现行表样不一致。"
        yield Finding("WBK004", Severity.ERROR, message, "请使用新下发的模板重新填写", "_xlreport")
        return
    for name, located in submission.sheets.items():
        if located is None:
            fix = "请在下发的工作簿中填写，不要删除工作表"
            yield Finding("WBK010", Severity.ERROR, f"缺少工作表“{name}”。", fix, name, name)
        else:
            yield from _sheet(submission.form, located)
    yield from _strangers(submission)


def _sheet(form: Form, located: Located) -> Iterator[Finding]:
    name, found = located.sheet.name, located.found.name
    if found != name:
        message = f"工作表“{name}”被改名为“{found}”。"
        yield Finding("WBK011", Severity.ERROR, message, f"请把工作表名称改回“{name}”", name, found)
    if _unnamed(located):
        message = f"“{found}”隐藏的 A 列被删除或清空，无法确认各行的位置。"
        yield Finding("WBK013", Severity.ERROR, message, _REFILL, f"{name}:列A", found)
        return
    yield from _lost(form, located)
    if not located.lost_rows:
        yield from _moved(located, located.firm_rows, "行", lambda row: str(row + 1))
    if not located.lost_columns:
        yield from _moved(located, located.columns, "列", column_name)


def _unnamed(located: Located) -> bool:
    """True if the column that names the rows is gone."""
    sheet = located.sheet
    named = [row for row, column in sheet.codes if column == CODES and row < sheet.loose]
    return bool(named) and len(located.lost_rows) == len(named)


def _lost(form: Form, located: Located) -> Iterator[Finding]:
    rows = [located.sheet.codes[row, CODES] for row in located.lost_rows]
    columns = [_column_code(located, column) for column in located.lost_columns]
    for kind, codes in (("行", rows), ("列", columns)):
        if codes:
            shown = "、".join(f"“{_label(form, code)}”" for code in codes[:5]) + (
                "等" if len(codes) > 5 else ""
            )
            message = f"“{located.found.name}”缺少 {len(codes)} {kind}：{shown}。"
            yield Finding("WBK013", Severity.ERROR, message, _REFILL, codes[0], located.found.name)


def _moved(
    located: Located, positions: Mapping[int, int], kind: str, name: Callable[[int], str]
) -> Iterator[Finding]:
    """One finding per sheet and direction, naming where the first shift begins."""
    shifted = [(place, found) for place, found in sorted(positions.items()) if place != found]
    if not shifted:
        return
    ordered = [found for _, found in sorted(positions.items())]
    place, found = shifted[0]
    if ordered != sorted(ordered):
        words = f"{kind}的顺序被打乱"
    elif found > place:
        words = f"第 {name(place)} {kind}{'上方' if kind == '行' else '左侧'}插入了 {found - place} {kind}"
    else:
        words = f"第 {name(place)} {kind}{'上方' if kind == '行' else '左侧'}删除了 {place - found} {kind}"
    message = f"“{located.found.name}”{words}。"
    subject = f"{located.sheet.name}:{kind}"
    yield Finding("WBK012", Severity.ERROR, message, _REFILL, subject, located.found.name)


def _strangers(submission: Submission) -> Iterator[Finding]:
    known = {located.found.name for located in submission.sheets.values() if located is not None}
    for name, sheet in submission.snapshot.sheets.items():
        if name not in known and name != STAMP_TAB and not is_review(sheet):
            message = f"多出工作表“{name}”，其中的内容不会进入报告。"
            yield Finding("WBK014", Severity.NOTE, message, "如有需要报告的内容，请填到相应表格", name, name)


def _column_code(located: Located, column: int) -> str:
    return next(code for (_, c), code in located.sheet.codes.items() if c == column)


def _label(form: Form, code: str) -> str:
    """What a clerk calls the row or column of a hidden code."""
    block_name, _, rest = code.partition("[")
    row, _, column = rest.rstrip("]").partition(",")
    if block_name in form.fields:
        return form.fields[block_name].label
    block = form.blocks.get(block_name)
    if block is None or isinstance(block, Fields):
        return "填写栏"
    if isinstance(block, Listing):
        return "合计" if row == TOTAL else f"{block.title or '清单'}第 {row} 行" if row else "清单栏目"
    shorts = {line.name: line.short for line in (*block.rows, *block.columns)}
    return shorts.get(row or column, "备注" if "note" in (row, column) else block.title or "表格")
