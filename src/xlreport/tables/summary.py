"""The summary workbook of a batch: one row per return, all findings, all figures."""

from __future__ import annotations

import datetime
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import pandas as pd

from xlreport.finding import EXPLAINED_WORDS, SEVERITY_WORDS, STATUS_WORDS, Severity, Status
from xlreport.form.indicators import indicators
from xlreport.form.load import load_form
from xlreport.layout.builder import LINE, TALLEST, lines_needed
from xlreport.run.outcome import Outcome
from xlreport.stored import DIGITS
from xlreport.subject import Subject
from xlreport.unit import key

_CREATED = datetime.datetime(2000, 1, 1)
"""Always the same, so that the same returns give the same bytes."""
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_000
"""Characters a cell takes, with room to spare."""

_SPECIAL = re.compile(r'[%#:?\\\s"<>\[\]^`{}\x00-\x1f\x7f]')
"""What means something else in the address of a link; Chinese stays as it is."""

_FINDING_COLUMNS = {
    "file": "文件",
    "code": "代码",
    "severity": "级别",
    "message": "问题",
    "fix": "改法",
    "explanation": "单位说明",
    "sheet": "工作表",
    "cell": "单元格",
    "expected": "应为",
    "found": "填报",
    "subject": "指标代码",
}
_FIGURE_HEAD = ("报表", "指标代码", "工作表", "指标", "计量单位")
_WIDTHS: Mapping[str, Sequence[int]] = {
    "汇总": (38, 28, 8, 10, 7, 7, 7, 9, 56),
    "问题清单": (34, 9, 7, 60, 52, 30, 16, 8, 12, 12, 30),
    "数据": (18, 62, 16, 46, 9),
}
_LINK_WIDTH, _FIGURE_WIDTH = 15, 18
_LINK_WORDS = {"docx": "Word", "html": "网页", "pdf": "PDF", "md": "Markdown"}
_FONT: Mapping[str, Any] = {"font_name": "宋体", "font_size": 10.5}
_HEAD: Mapping[str, Any] = {
    **_FONT,
    "bold": True,
    "border": 1,
    "border_color": "#8EA9C1",
    "bg_color": "#D6E4F0",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
_BODY: Mapping[str, Any] = {**_FONT, "valign": "top", "text_wrap": True}
_STATUS_COLOURS: Mapping[Status, Mapping[str, Any]] = {
    Status.ACCEPTED: {"bg_color": "#E2F2E5", "font_color": "#1E6B34"},
    Status.RETURNED: {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    Status.UNREADABLE: {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
}
_A4 = 9


def summary(outcomes: Iterable[Outcome], formats: Sequence[str]) -> bytes:
    """The workbook, with links to the documents of these formats; the same outcomes give the same bytes."""
    done = list(outcomes)
    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="xlsxwriter", engine_kwargs={"options": _AS_TEXT}) as writer:
        writer.book.set_properties({"created": _CREATED})
        overview = pd.DataFrame([_row(o) for o in done], columns=_overview_columns(), dtype=object)
        _sheet(writer, "汇总", overview)
        _links(writer, done, formats, first_column=overview.shape[1])
        _status_colours(writer, len(done), column=_overview_columns().index("结果"))
        findings = (_finding(f, outcome) for outcome in done for f in outcome.record["findings"])
        _sheet(writer, "问题清单", pd.DataFrame(findings, columns=[*_FINDING_COLUMNS.values()], dtype=object))
        _sheet(writer, "数据", figure_table(done))
    return out.getvalue()


# The three tables ------------------------------------------------------------------------------------


def _overview_columns() -> list[str]:
    return ["文件", "填报单位", "年度", "结果", *SEVERITY_WORDS.values(), EXPLAINED_WORDS, "首要问题"]


def _row(outcome: Outcome) -> list[Any]:
    """A return's line of the overview; the first finding is the first of the worst kind still open."""
    record = outcome.record
    worst = sorted(record["findings"], key=_rank)
    counts = [*(record["counts"][severity.value] for severity in Severity), record["explained"]]
    first = _text(worst[0]["message"]) if worst else ""
    return [record["file"], record["unit"], record["year"], STATUS_WORDS[record["status"]], *counts, first]


def _rank(finding: Mapping[str, Any]) -> tuple[int, bool]:
    """The worst come first, those that are answered after others of their kind."""
    return list(Severity).index(finding["severity"]), bool(finding["explanation"])


def _finding(finding: Mapping[str, Any], outcome: Outcome) -> list[str]:
    row = {**finding, "file": outcome.record["file"], "severity": SEVERITY_WORDS[finding["severity"]]}
    return [_text(row[key]) for key in _FINDING_COLUMNS]


def figure_table(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """All figures: a row per indicator, a column per return that could be read."""
    read = [outcome for outcome in outcomes if outcome.record["form"] is not None]
    rows = [
        (form, i.subject, i.section, i.label, i.unit, *(_cell(outcome, form, i.subject) for outcome in read))
        for form in sorted({outcome.record["form"] for outcome in read})
        for i in indicators(load_form(form))
    ]
    return pd.DataFrame(rows, columns=[*_FIGURE_HEAD, *_titles(read)], dtype=object)


def _cell(outcome: Outcome, form: str, subject: Subject) -> int | Decimal | str | None:
    value = outcome.figures.get(subject) if outcome.record["form"] == form else None
    return None if value is None else _figure(value)


def _figure(value: int | str) -> int | Decimal | str:
    """A figure as a number, or as text where a spreadsheet's digits would not hold it exactly."""
    number = Decimal(value)
    if number == number.to_integral_value() and len(number.as_tuple().digits) <= DIGITS:
        return int(number)
    return number if len(number.normalize().as_tuple().digits) <= DIGITS else str(value)


def _titles(outcomes: Sequence[Outcome]) -> list[str]:
    """A heading for each return: the unit, with its year or else its file where two are called alike."""
    records = [outcome.record for outcome in outcomes]
    titles = [record["unit"] or record["file"] for record in records]
    for wording in ("{unit} {year}", "{unit}（{file}）"):
        counts = Counter(map(key, titles))
        pairs = zip(titles, records, strict=True)
        titles = [wording.format(**record) if counts[key(title)] > 1 else title for title, record in pairs]
    return [_titled(title, outcome) for title, outcome in zip(titles, outcomes, strict=True)]


def _titled(title: str, outcome: Outcome) -> str:
    status = outcome.record["status"]
    return title if status == Status.ACCEPTED else f"{title}（{STATUS_WORDS[status]}）"


# Sheets ----------------------------------------------------------------------------------------------


def _sheet(writer: pd.ExcelWriter[Any], name: str, table: pd.DataFrame) -> None:
    table.to_excel(writer, sheet_name=name, index=False)
    sheet = writer.sheets[name]
    head, body = writer.book.add_format(_HEAD), writer.book.add_format(_BODY)
    more = table.shape[1] - len(_WIDTHS[name])
    widths = [*_WIDTHS[name], *[_FIGURE_WIDTH] * more]
    for column, title in enumerate(table.columns):
        sheet.set_column(column, column, widths[column], body)
        sheet.write_string(0, column, str(title), head)
    sheet.set_row(0, _height(table.columns, widths))
    wordy = table.iloc[:, : len(_WIDTHS[name])].to_numpy().tolist()  # behind them stand only figures
    for row, texts in enumerate(wordy, start=1):
        sheet.set_row(row, _height(texts, widths))
    sheet.freeze_panes(1, len(_FIGURE_HEAD) if name == "数据" else 1)
    sheet.autofilter(0, 0, max(1, len(table)), table.shape[1] - 1)
    _page_setup(sheet)


def _height(texts: Iterable[object], widths: Sequence[int]) -> int:
    """Points that show every text of a row whole, as far as a row may grow."""
    lines = max(lines_needed(str(text), width) for text, width in zip(texts, widths, strict=False))
    return min(TALLEST, lines * LINE + 2)


def _page_setup(sheet: Any) -> None:
    """A4 across, the head on every page, as wide as the page."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&9第 &P 页，共 &N 页&R&9&A")


def _links(
    writer: pd.ExcelWriter[Any], outcomes: Sequence[Outcome], formats: Sequence[str], first_column: int
) -> None:
    sheet = writer.sheets["汇总"]
    head = writer.book.add_format(_HEAD)
    link = writer.book.add_format({**_BODY, "align": "center", "font_color": "#0B5CAD", "underline": 1})
    for column, to in enumerate(formats, start=first_column):
        sheet.set_column(column, column, _LINK_WIDTH)
        sheet.write_string(0, column, f"报告 {_LINK_WORDS[to]}", head)
        for row, outcome in enumerate(outcomes, start=1):
            for name in outcome.documents:
                if name.endswith(f".{to}"):
                    _link(sheet, row, column, name, _LINK_WORDS[to], link)


def _status_colours(writer: pd.ExcelWriter[Any], rows: int, column: int) -> None:
    for status, colours in _STATUS_COLOURS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{STATUS_WORDS[status]}"'}
        format_ = writer.book.add_format(colours)
        writer.sheets["汇总"].conditional_format(1, column, max(1, rows), column, rule | {"format": format_})


def _link(sheet: Any, row: int, column: int, name: str, words: str, look: Any) -> None:
    """A link to a document beside the summary; where its name is too long for a link, the name."""
    target = _SPECIAL.sub(lambda match: quote(match[0]), name)
    if sheet.write_url(row, column, f"external:{target}", look, words) != 0:
        sheet.write_string(row, column, PurePosixPath(name).name)


def _text(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
