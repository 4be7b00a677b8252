"""The sheet 核对意见: what is to be said of the return, a line for each finding, links to the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import count

from xlreport.area import a1, quoted_sheet
from xlreport.finding import Severity
from xlreport.formats.opc import MAIN
from xlreport.formats.snapshot import Raw, SheetSnapshot
from xlreport.frozen import frozen
from xlreport.layout.heights import LINE, TALLEST, lines_needed
from xlreport.workbook.review import REVIEW_CODE, REVIEW_TAB, Remark, Review
from xlreport.workbook.review.package import OFFICE
from xlreport.workbook.review.styles import TONES, Styles
from xlreport.workbook.review.xml_text import writable

_WIDTHS = (4, 6, 11, 24, 58, 46, 26)
"""Of the columns in characters; the first, hidden one holds our code."""
_HEADS = ("序号", "级别", "位置", "问题", "改法", "单位说明（在“校验”表填）")
_LAST = len(_WIDTHS) - 1
_MOST_ABOVE = 8
"""Lines above the head of the list: a title, what is said of all, the meaning of the colours."""
_CODE = re.compile("（[A-Z]{2,5}[0-9]{3}）$|…$")
"""How a problem ends: with its code, or cut where it is very long."""
_PLACE = 3
_HEAD_FILL, _FAINT, _LINK = "D6E4F0", "5F6B7A", "0B5CAD"
_HIDDEN = ' hidden="1"'
_FOOTER = "&amp;C&amp;9第 &amp;P 页，共 &amp;N 页&amp;R&amp;9&amp;A"
_NONE = "没有发现问题。"
_LEGEND: tuple[tuple[Severity, str, str], ...] = (
    (Severity.ERROR, "错误", "必须改正：红底、实线框的单元格"),
    (Severity.WARNING, "提醒", "请核对，数字无误的在“校验”表说明情况：黄底、虚线框的单元格"),
    (Severity.NOTE, "提示", "供参考，可以不改：蓝底、点线框的单元格"),
)


def is_review(sheet: SheetSnapshot) -> bool:
    """True for a sheet that xlreport itself put into a workbook that comes back.

    Its code alone proves nothing: anybody can copy it, and write something else below for people to see.
    """
    if sheet.raw(0, 0) != REVIEW_CODE or sheet.raw(0, 1) != REVIEW_TAB:
        return False
    rows = [tuple(sheet.raw(row, column) for column in range(1, _LAST + 1)) for row in range(len(sheet.rows))]
    if _HEADS not in rows[: _MOST_ABOVE + 1]:
        return False
    listed = [row for row in rows[rows.index(_HEADS) + 1 :] if any(row)]
    return [row[0] for row in listed] == [_NONE] or all(map(_is_listed, count(1), listed))


def _is_listed(number: int, row: Sequence[Raw]) -> bool:
    """True for a line as `_remark` writes it: its number, a severity, a problem that ends in its code."""
    level, problem = str(row[1]), str(row[3])
    known = any(level.startswith(word) for _, word, _ in _LEGEND)
    return row[0] == str(number) and known and _CODE.search(problem) is not None


@frozen
class ListSheet:
    """The sheet's XML, and the first and last of the rows to print on every page (0-based)."""

    xml: bytes
    repeated: int


class PageWriter:
    """Writes the sheet from the top down."""

    def __init__(self, review: Review, styles: Styles) -> None:
        self._review = review
        self._rows: list[str] = []
        self._merged: list[str] = []
        self._links: list[str] = []
        self._styles = styles
        self._plain = styles.cell()
        self._centred = styles.cell(centred=True)
        self._link = styles.cell(ink=_LINK, underlined=True)
        self._toned = {severity: styles.toned(severity) for severity in Severity}

    def write(self) -> ListSheet:
        """The whole sheet."""
        styles, code = self._styles, self._styles.cell(size=8, ink=_FAINT, line="")
        title = styles.cell(size=16, bold=True, line="", centred=True)
        line = styles.cell(line="", size=11)
        self._wide(self._review.title, title, 28, first=_cell(0, 0, REVIEW_CODE, code))
        for text in self._review.lines:
            self._wide(text, line, LINE)
        for severity, word, meaning in _LEGEND:
            sample = _cell(len(self._rows), 1, word, self._toned[severity])
            self._wide(meaning, line, LINE, first=sample, left=2)
        self._line([], 8)
        head = styles.cell(bold=True, fill=_HEAD_FILL, centred=True)
        self._row([*enumerate(_HEADS, start=1)], [head] * len(_HEADS))
        repeated = len(self._rows) - 1
        for number, remark in enumerate(self._review.remarks, start=1):
            self._remark(number, remark)
        if not self._review.remarks:
            self._wide(_NONE, self._plain, LINE)
        return ListSheet(self._xml(repeated + 1).encode(), repeated)

    # Rows ----------------------------------------------------------------------------------------

    def _remark(self, number: int, remark: Remark) -> None:
        row = len(self._rows)
        place = self._plain
        if remark.sheet:
            location = f"{quoted_sheet(remark.sheet)}!{remark.cell or 'A1'}"
            shown = escape(writable(remark.place))
            self._links.append(
                f'<hyperlink ref="{a1(row, _PLACE)}" location="{escape(location)}" display="{shown}"/>'
            )
            place = self._link
        texts = (remark.level, remark.place, remark.problem, remark.fix, remark.answer)
        looks = [self._centred, self._toned[remark.severity], place, *[self._plain] * 3]
        self._row([(1, str(number)), *enumerate(texts, start=2)], looks)

    def _row(self, texts: list[tuple[int, str]], looks: list[int]) -> None:
        row = len(self._rows)
        ready = [(column, writable(text)) for column, text in texts]
        cells = [_cell(row, column, text, look) for (column, text), look in zip(ready, looks, strict=True)]
        lines = max(lines_needed(text, _WIDTHS[column]) for column, text in ready)
        self._line(cells, min(TALLEST, lines * LINE + 6))

    def _wide(self, text: str, look: int, height: int, first: str = "", left: int = 1) -> None:
        """A text across all columns from `left` on."""
        row, ready = len(self._rows), writable(text)
        cells = [_cell(row, n, ready if n == left else "", look) for n in range(left, _LAST + 1)]
        lines = lines_needed(ready, sum(_WIDTHS[left:]))
        self._merged.append(f"{a1(row, left)}:{a1(row, _LAST)}")
        self._line([first, *cells], min(TALLEST, lines * height + 4))

    def _line(self, cells: list[str], height: int) -> None:
        number = len(self._rows) + 1
        self._rows.append(f'<row r="{number}" ht="{height}" customHeight="1">{"".join(cells)}</row>')

    # The sheet -----------------------------------------------------------------------------------

    def _xml(self, frozen: int) -> str:
        parts = (*self._top(frozen), f"<sheetData>{''.join(self._rows)}</sheetData>", *self._bottom())
        spaces = f'xmlns="{MAIN[1:-1]}" xmlns:r="{OFFICE}"'
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet {spaces}>{"".join(parts)}</worksheet>'

    def _top(self, frozen: int) -> Iterator[str]:
        colour = TONES[Severity.ERROR].ink
        yield f'<sheetPr><tabColor rgb="FF{colour}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        yield f'<dimension ref="A1:{a1(len(self._rows) - 1, _LAST)}"/>'
        top = a1(frozen, 0)
        pane = f'<pane ySplit="{frozen}" topLeftCell="{top}" activePane="bottomLeft" state="frozen"/>'
        view = f'{pane}<selection pane="bottomLeft" activeCell="{top}" sqref="{top}"/>'
        shown = 'showGridLines="0" tabSelected="1" workbookViewId="0"'
        yield f"<sheetViews><sheetView {shown}>{view}</sheetView></sheetViews>"
        yield '<sheetFormatPr defaultRowHeight="16"/>'
        columns = [
            f'<col min="{n}" max="{n}" width="{width}.7" customWidth="1"{"" if n > 1 else _HIDDEN}/>'
            for n, width in enumerate(_WIDTHS, start=1)
        ]
        yield f"<cols>{''.join(columns)}</cols>"

    def _bottom(self) -> Iterator[str]:
        yield '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
        merged = "".join(f'<mergeCell ref="{area}"/>' for area in self._merged)
        yield f'<mergeCells count="{len(self._merged)}">{merged}</mergeCells>'
        if self._links:
            yield f"<hyperlinks>{''.join(self._links)}</hyperlinks>"
        yield '<printOptions horizontalCentered="1"/>'
        yield '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>'
        yield '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        yield f"<headerFooter><oddFooter>{_FOOTER}</oddFooter></headerFooter>"


def _cell(row: int, column: int, text: str, look: int) -> str:
    """A cell of text, which is never anything but text; the text is `writable` already."""
    name = a1(row, column)
    if not text:
        return f'<c r="{name}" s="{look}"/>'
    inside = escape(text, quote=False)
    return f'<c r="{name}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'
