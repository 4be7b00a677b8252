"""The board as a page of its own: no pictures, no scripts, no network, no telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from xlreport.round.opened import Round
from xlreport.tables.book_of_tables import Content, Linked, Table

_HIDDEN = ("联系人", "电话", "发件人", "SHA-256")
"""What a clerk needs and a page that is passed on must not show."""
_WRITTEN = ("文件", "来源", "说明", "原因", "下一步", "以哪份为准")
"""Columns that people wrote, in which telephone numbers may stand."""
_TELEPHONE = re.compile(
    r"(?<![0-9A-Za-z])(?!20[0-9]{2}[01][0-9][0-3][0-9](?![0-9]))"  # a day is none
    r"(?:0[0-9]{2,3}[-— ]?)?[2-8][0-9]{6,7}(?![0-9A-Za-z])"
)
_STARS = "****"
"""Telephone numbers in reasons and names of files; mobile ones are masked before."""
_LONG = 14
"""Characters of what people wrote from which on it is broken into lines; all else stays in one."""
_OPEN = ("汇总", "单位")
_SKIPPED = frozenset({"未报", "待处理", "退回", "通过", "免报"})
"""Lists that the table of units has already."""
_STYLE = """
body { font: 15px/1.5 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; margin: 2em }
details { overflow-x: auto }
table { border-collapse: collapse; margin: .5em 0 1.5em; font-size: 14px }
th, td { border: 1px solid #c5d0da; padding: .25em .6em; text-align: left; vertical-align: top }
th, td { white-space: nowrap }
td.长 { white-space: normal; min-width: 14em }
th { background: #d6e4f0 }
summary { font-weight: bold; font-size: 17px; cursor: pointer; margin-top: 1em }
.通过 { background: #e2f2e5 } .退回, .逾期 { background: #ffc7ce } .待处理 { background: #ffeb9c }
@media print { details { display: block } body { margin: 0 } }
"""


def page(title: str, tables: Sequence[Table], round_: Round) -> str:
    """The page; everything in it is text, whoever wrote it."""
    at = round_.clock().strftime("%Y-%m-%d %H:%M")
    closed = "　已结束" if round_.state.closed else ""
    shown = "\n".join(_section(table) for table in tables if table.title not in _SKIPPED)
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<h1>{escape(title)}</h1>\n<p>{at}{closed}</p>\n"
        f"{shown}\n</body>\n</html>\n"
    )


def _section(table: Table) -> str:
    columns = [number for number, heading in enumerate(table.headings) if heading not in _HIDDEN]
    head = "".join(f"<th scope='col'>{escape(table.headings[column])}</th>" for column in columns)
    written = {column for column in columns if table.headings[column] in _WRITTEN}
    rows = "\n".join(_row(row, columns, written) for row in table.rows)
    is_open = " open" if table.title in _OPEN else ""
    return (
        f"<details{is_open}>\n<summary>{escape(table.title)}（{len(table.rows)}）</summary>\n"
        f"<table>\n<tr>{head}</tr>\n{rows}\n</table>\n</details>"
    )


def _row(row: Sequence[Content | Linked], columns: Sequence[int], written: set[int]) -> str:
    return f"<tr>{''.join(_cells(row, columns, written))}</tr>"


def _cells(row: Sequence[Content | Linked], columns: Sequence[int], written: set[int]) -> Iterator[str]:
    for column in columns:
        content = row[column]
        text = str(content.content if isinstance(content, Linked) else "" if content is None else content)
        word = f' class="{text}"' if text in (*_SKIPPED, "逾期") else ""
        if column in written and len(text) > _LONG:
            word = ' class="长"'
        shown = _TELEPHONE.sub(_STARS, text) if column in written else text
        yield f"<td{word}>{escape(shown)}</td>"
