"""Rules: are all sheets, rows and columns there, and where the template put them?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from xlreport.area import Area, column_name
from xlreport.finding import Finding, Severity
from xlreport.form.model import Form
from xlreport.formats.snapshot import SheetSnapshot, Snapshot
from xlreport.layout.builder import CODES
from xlreport.layout.cells import Input
from xlreport.layout.stamp import STAMP_TAB
from xlreport.rule import own_rule
from xlreport.stored import shown
from xlreport.subject import Subject
from xlreport.verify.places import ranges_of
from xlreport.workbook.locate import Located, locate
from xlreport.workbook.review import REVIEW_CODE
from xlreport.workbook.submission import Submission

_REFILL = "请在下发的工作簿中按原样填写：不要插入、删除、移动行和列"


def structure(submission: Submission) -> Iterator[Finding]:
    """Every sheet, row and column of the template is there, under its name and in its place."""
    for name, located in submission.sheets.items():
        if located is None:
            fix = "请在下发的工作簿中填写，不要删除工作表"
            yield own_rule("WBK010").finding(f"缺少工作表“{name}”。", fix, name, sheet=name)
        else:
            yield from _sheet(submission.form, located)
    yield from _other_sheets(submission)


def _sheet(form: Form, located: Located) -> Iterator[Finding]:
    name, found = located.sheet.name, located.found.name
    if found != name:
        message = f"工作表“{name}”被改名为“{found}”。"
        yield own_rule("WBK011").finding(message, f"请把工作表名称改回“{name}”", name, sheet=found)
    if _unnamed(located):
        message = f"“{found}”隐藏的 A 列被删除或清空，无法确认各行的位置。"
        yield own_rule("WBK013").finding(message, _REFILL, f"{name}:列A", sheet=found)
        return
    yield from _lost_rows(form, located)
    yield from _lost_columns(form, located)
    if not located.lost_rows:
        yield from _moved(located, located.firm_rows, "行", lambda row: str(row + 1))
    if not located.lost_columns:
        yield from _moved(located, located.columns, "列", column_name)


def _unnamed(located: Located) -> bool:
    """True if the column that names the rows is gone."""
    sheet = located.sheet
    named = [row for row, column in sheet.codes if column == CODES and row < sheet.loose]
    return bool(named) and len(located.lost_rows) == len(named)


def _lost_rows(form: Form, located: Located) -> Iterator[Finding]:
    codes = [located.sheet.codes[row, CODES] for row in located.lost_rows]
    if codes:
        yield _lost(form, located, "行", codes)


def _lost_columns(form: Form, located: Located) -> Iterator[Finding]:
    """Columns that are gone; or, where all columns of a table are, the hidden line that names them."""
    codes = [_column_code(located, column) for column in located.lost_columns]
    lines = {row for row, column in located.sheet.codes if column != CODES and row < located.sheet.loose}
    for row in sorted(lines):
        named = [code for (r, column), code in located.sheet.codes.items() if r == row and column != CODES]
        if named and set(named) <= set(codes):
            message = f"“{located.found.name}”隐藏的第 {row + 1} 行被删除或清空，无法确认各列的位置。"
            subject = f"{located.sheet.name}:行{row + 1}"
            yield own_rule("WBK013").finding(message, _REFILL, subject, sheet=located.found.name)
            codes = [code for code in codes if code not in named]
    if codes:
        yield _lost(form, located, "列", codes)


def _lost(form: Form, located: Located, kind: str, codes: Sequence[Subject]) -> Finding:
    shown = "、".join(f"“{_label(form, code)}”" for code in codes[:5]) + ("等" if len(codes) > 5 else "")
    message = f"“{located.found.name}”缺少 {len(codes)} {kind}：{shown}。"
    return own_rule("WBK013").finding(message, _REFILL, codes[0], sheet=located.found.name)


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
    yield own_rule("WBK012").finding(message, _REFILL, subject, sheet=located.found.name)


def _other_sheets(submission: Submission) -> Iterator[Finding]:
    known = {located.found.name for located in submission.sheets.values() if located is not None}
    known |= {STAMP_TAB, *(submission.stamp.sum.tabs if submission.stamp.sum is not None else ())}
    for name, sheet in submission.snapshot.sheets.items():
        if name not in known and not _is_review(sheet):
            yield _other_sheet(submission, name, sheet)


def _is_review(sheet: SheetSnapshot) -> bool:
    """True for our own list of findings; how it is written is loaded where there is a strange sheet."""
    from xlreport.workbook.review.list_sheet import is_review

    return is_review(sheet)


def _other_sheet(submission: Submission, name: str, sheet: SheetSnapshot) -> Finding:
    """A note; a warning for what is easily taken for ours: a copy filled in otherwise, a list rewritten."""
    return _other_copy(submission, name, sheet) or _rewritten_list(name, sheet) or _unknown(name)


def _unknown(name: str) -> Finding:
    message = f"多出工作表“{name}”，其中的内容不会进入报告。"
    return own_rule("WBK014").finding(message, "如有需要报告的内容，请填到相应表格", name, sheet=name)


def _rewritten_list(name: str, sheet: SheetSnapshot) -> Finding | None:
    """The mark of our list of findings over something else, which a person may take for ours."""
    if sheet.raw(0, 0) != REVIEW_CODE:
        return None
    message = f"工作表“{name}”带有本工具问题清单的标志，内容却不是本工具写的；其中的内容不会进入报告。"
    fix = "如有需要报告的内容，请填到相应表格；对提醒的说明请写在“校验”表；这张表请删除"
    return own_rule("WBK014").finding(message, fix, name, sheet=name, severity=Severity.WARNING)


def _other_copy(submission: Submission, name: str, sheet: SheetSnapshot) -> Finding | None:
    """A copy of one of our sheets in which other things are filled in."""
    alone = Snapshot({name: sheet})
    for located in submission.sheets.values():
        copied = locate(located.sheet, alone) if located is not None and located.sheet.codes else None
        if located is None or copied is None:
            continue
        other = [area.first for area in _inputs(located) if _shown(copied, area) != _shown(located, area)]
        if other:
            message = (
                f"多出工作表“{name}”，是“{located.sheet.name}”的副本，{ranges_of(other)} 共 {len(other)} 格"
                f"填得与原表不同；报告只用“{located.sheet.name}”里的。"
            )
            fix = f"请核对以哪张为准：以副本为准的，把这些内容填到“{located.sheet.name}”；多余的表请删除"
            return own_rule("WBK014").finding(message, fix, name, sheet=name, severity=Severity.WARNING)
    return None


def _inputs(located: Located) -> Iterator[Area]:
    return (cell.area for cell in located.sheet.cells if isinstance(cell, Input))


def _shown(located: Located, area: Area) -> str:
    place = located.position(area.top, area.left)
    return "" if place is None else shown(located.found.raw(*place))


def _column_code(located: Located, column: int) -> Subject:
    return next(code for (_, c), code in located.sheet.codes.items() if c == column)


def _label(form: Form, code: Subject) -> str:
    """What a clerk calls the row or column of a hidden code."""
    field = form.fields.get(Subject.field(code.block))
    if field is not None:
        return field.label
    table = form.listings.get(code.block) or form.grids.get(code.block)
    return table.label_line(code) if table is not None else "填写栏"
