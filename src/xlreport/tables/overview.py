"""The first sheet, for who reads no other: how many have reported, and the faulty returns first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xlreport.cleaning import one_line
from xlreport.finding import EXPLAINED_WORDS, SEVERITY_WORDS, STATUS_WORDS, Severity, Status
from xlreport.layout.heights import LINE, TALLEST, most_lines
from xlreport.tables.expected import Expected
from xlreport.tables.filed import Filed, title_of
from xlreport.tables.links import link_to_file
from xlreport.tables.sheet import WrittenContent
from xlreport.tables.style import BAD, CELL, GOOD, HEAD, LINK, MIDDLE, OFFICE_FONT, OPEN, WRAPPED, page_setup
from xlreport.tables.written import MOST_ROWS, Written, write

_COLUMNS = {
    "填报单位": 28,
    "年度": 7,
    "结果": 14,
    **dict.fromkeys([*SEVERITY_WORDS.values(), EXPLAINED_WORDS], 7),
    "首要问题": 58,
    "文件": 26,
}
_WORDY = frozenset({"填报单位", "首要问题", "文件"})
_WORDY_COLUMNS = [number for number, title in enumerate(_COLUMNS) if title in _WORDY]
_WORDY_WIDTHS = [list(_COLUMNS.values())[number] for number in _WORDY_COLUMNS]
_LINK_WIDTH = 11
_LINK_WORDS = {"docx": "Word", "html": "网页", "pdf": "PDF", "md": "Markdown"}
_FAULTS_FIRST = (Status.RETURNED, Status.UNREADABLE, Status.ACCEPTED)
_COLOURS = {Status.ACCEPTED: GOOD, Status.RETURNED: BAD, Status.UNREADABLE: OPEN}
_NAMED = 5
"""Units named on this sheet that have not reported."""

_TITLE: dict[str, Any] = {**OFFICE_FONT, "font_size": 16, "bold": True, "valign": "vcenter"}
_BIG: dict[str, Any] = {
    **OFFICE_FONT,
    "font_size": 18,
    "border": 1,
    "border_color": "#8EA9C1",
    "valign": "vcenter",
}
_NUMBER = {"bold": True, "align": "center"}
_ASIDE: dict[str, Any] = {**OFFICE_FONT, "valign": "vcenter", "indent": 1}
_BIG_ROW, _TITLE_ROW = 27, 30


def overview_sheet(book: Written, formats: Sequence[str]) -> Any:
    """Add the sheet, to be filled when all returns are known."""
    return book.sheet("汇总", [*_COLUMNS.values(), *[_LINK_WIDTH] * len(formats)])


def fill_overview(
    book: Written, sheet: Any, returns: Sequence[Filed], formats: Sequence[str], expected: Expected | None
) -> None:
    """Write all that is on the sheet, with links to the documents of these formats."""
    titles = [*_COLUMNS, *(_LINK_WORDS[to] for to in formats)]
    head = _numbers(book, sheet, returns, expected) + 1
    for column, title in enumerate(titles):
        write(sheet, head, column, title, book.look(HEAD))
    looks = {status: [_look(book, status, title) for title in _COLUMNS] for status in Status}
    ordered = sorted(returns, key=lambda one: _FAULTS_FIRST.index(one.status))[:MOST_ROWS]
    for row, one in enumerate(ordered, start=head + 1):
        line = _line(one)
        sheet.set_height(row, _height(line))
        sheet.put_each(row, 0, line, looks[one.status])
        _links(book, sheet, row, one, formats)
    sheet.autofilter(head, 0, head + max(1, len(ordered)), len(titles) - 1)
    sheet.freeze_panes(head + 1, 1)
    page_setup(sheet, head, head)


# The numbers on top ----------------------------------------------------------------------------------


def _numbers(book: Written, sheet: Any, returns: Sequence[Filed], expected: Expected | None) -> int:
    """Write them below each other, with what is to be said of them beside; returns the next free row."""
    sheet.set_row(0, _TITLE_ROW)
    write(sheet, 0, 0, title_of(returns), book.look(_TITLE))
    said = list(_said(returns, expected))
    counts = _counts(returns, expected)
    for row, (words, count) in enumerate(counts.items(), start=1):
        sheet.set_row(row, _BIG_ROW)
        write(sheet, row, 0, words, book.look(_BIG))
        look = book.look(_BIG, _NUMBER, _colour(words) if count else {})
        sheet.merge_range(row, 1, row, 2, count, look)
        if row <= len(said):
            write(sheet, row, 3, said[row - 1], book.look(_ASIDE))
    return len(counts) + 1


def _counts(returns: Sequence[Filed], expected: Expected | None) -> Mapping[str, int]:
    """Units where it is known which there are; the rest are files."""
    by_status = {
        words: sum(one.status == status for one in returns) for status, words in STATUS_WORDS.items()
    }
    if expected is None:
        return {"已报": len(returns), **by_status}
    units = {"应报": expected.units, "已报": expected.reported, "未报": len(expected.missing)}
    return {**units, **by_status}


def _colour(words: str) -> Mapping[str, Any]:
    ground, ink = {"未报": BAD, **{STATUS_WORDS[status]: pair for status, pair in _COLOURS.items()}}.get(
        words, ("#FFFFFF", "#000000")
    )
    return {"bg_color": ground, "font_color": ink}


def _said(returns: Sequence[Filed], expected: Expected | None) -> Iterator[str]:
    """A line each, for what the numbers do not say."""
    if expected is None:
        yield "没有给出单位名单，不知道应报多少。加上 --roster 名单.xlsx 再运行，就列出应报、未报。"
    else:
        yield "应报、已报、未报是单位数，通过、退回、无法读取是文件数。"
        if expected.missing:
            names = "、".join(one_line(unit.unit) for unit in expected.missing[:_NAMED])
            more = f" 等 {len(expected.missing)} 家" if len(expected.missing) > _NAMED else ""
            yield f"还没有报的：{names}{more}。联系人见“未报”表。"
        if expected.excused:
            yield f"名单里另有 {expected.excused} 家不用报，没有计入应报。"
    again = sum(one.superseded for one in returns)
    if again:
        yield f"同一单位报来多份的，只有一份作数：另有 {again} 份没有计入合计和排名。"


# The returns -----------------------------------------------------------------------------------------


def _line(one: Filed) -> list[WrittenContent]:
    """A return's cells; its first problem is the first of the worst kind still open."""
    record = one.record
    counts = [*(record["counts"][severity.value] for severity in Severity), record["explained"]]
    return [record["unit"], record["year"], one.result, *counts, one.first, record["file"]]


def _height(line: Sequence[WrittenContent]) -> int:
    """Of a row that shows its texts whole: a figure that is cut off is read as another."""
    texts = [str(line[column] or "") for column in _WORDY_COLUMNS]
    return min(TALLEST, LINE * most_lines(texts, _WORDY_WIDTHS) + 2)


def _look(book: Written, status: Status, title: str) -> Any:
    if title != "结果":
        return book.look(CELL, WRAPPED if title in _WORDY else MIDDLE)
    ground, ink = _COLOURS[status]
    return book.look(CELL, MIDDLE, {"bg_color": ground, "font_color": ink})


def _links(book: Written, sheet: Any, row: int, one: Filed, formats: Sequence[str]) -> None:
    for column, to in enumerate(formats, start=len(_COLUMNS)):
        write(sheet, row, column, None, book.look(CELL))
        for name in one.documents:
            if name.endswith(f".{to}"):
                look = book.look(CELL, LINK, MIDDLE)
                write(sheet, row, column, _LINK_WORDS[to], look)
                link_to_file(sheet, row, column, name, look)
