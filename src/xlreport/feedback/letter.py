"""A return given back in words: a text to paste into a mail to the unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from xlreport.cleaning import one_line
from xlreport.feedback.addressed import to_unit
from xlreport.finding import Severity
from xlreport.prose.personal import masked
from xlreport.workbook.review import REVIEW_TAB

_FEW, _MANY = 5, 30
"""Errors told in the text: a few where a copy with all of them goes along, else as many as can be read."""


def letter(record: Mapping[str, Any], form: str, copy: str, due: date | None) -> str:
    """The text for a return with errors, or one that cannot be read.

    `record` is its object of `verify --json`, `form` the form's title, `copy` the name of the annotated copy;
    "" where there is none.
    """
    errors = [f for f in record["findings"] if f["severity"] == Severity.ERROR]
    told = _FEW if copy else _MANY
    lines = [
        f"{one_line(record['unit'])}：" if record["unit"] else "您好：",
        "",
        _what_came(record, form, len(errors)),
        "",
        *_problems(errors[:told], readable=record["form"] is not None),
    ]
    if len(errors) > told:
        lines += [f"还有 {len(errors) - told} 处{'，见附件' if copy else ''}。", ""]
    lines += [_what_to_do(copy, readable=record["form"] is not None)]
    if due is not None:
        lines += [f"请在{due.year}年{due.month}月{due.day}日前报回。"]
    return masked("\n".join([*lines, "", "谢谢支持配合。", ""]))


def _what_came(record: Mapping[str, Any], form: str, errors: int) -> str:
    file = one_line(record["file"].rpartition("/")[2])
    if record["form"] is None:
        return f"你单位报来的文件“{file}”已收到，但无法作为报表读取，请重新报送。原因是："
    year = f"{record['year']}年度" if record["year"] is not None else ""
    return f"你单位报来的{year}{form}（文件“{file}”）已收到。经核对有 {errors} 处错误，请改正后重新报送："


def _problems(errors: Sequence[Mapping[str, Any]], *, readable: bool) -> Iterator[str]:
    """Of a file that is no return, only what its unit can do."""
    for number, error in enumerate(errors, start=1):
        message, fix = one_line(error["message"]), one_line(error["fix"])
        if not readable:
            message, fix = to_unit(message), to_unit(fix)
        yield f"{number}. {message}{_place(error)}"
        if fix:
            yield f"   改法：{fix}"
        yield ""


def _place(error: Mapping[str, Any]) -> str:
    """The cell, where the message does not name it; with its sheet, where it does not name that."""
    sheet, cell, message = error["sheet"], error["cell"], error["message"]
    if not cell or cell in message:
        return ""
    return one_line(f"（{cell}）" if sheet in message else f"（{sheet} {cell}）")


def _what_to_do(copy: str, *, readable: bool) -> str:
    if copy:
        return (
            f"附件“{copy}”是在你单位报来的文件上标注的：第一张表“{REVIEW_TAB}”列有全部问题，点“位置”跳到要改的格子，"
            "格子上有批注。请直接在附件里改正，保存后把附件发回；不要另建文件，不要转换格式。"
        )
    if readable:
        return "请在原来的工作簿里改正，保存后把工作簿作为附件发回；不要另建文件，不要转换格式。"
    return "请在下发的工作簿里填写，保存后把工作簿作为附件发回；不要发截图、扫描件、Word 或 PDF。"
