"""Texts of an .xlsx: rich text put together, what tells the pronunciation left out, escapes undone.

Format: ECMA-376 part 1, 18.4 (si, is, r, t, rPh) and 22.9.2.19 (ST_Xstring, `_xHHHH_`).
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from xlreport.expression import Expression
from xlreport.formats.foreign import RESAVE, Unopened
from xlreport.formats.opc import MAIN

_TEXT, _RUN = f"{MAIN}t", f"{MAIN}r"
_SILENT = (f"{MAIN}rPh", f"{MAIN}phoneticPr", f"{MAIN}rPr", f"{MAIN}extLst")
_PAIR = Expression(r"[\ud800-\udbff][\udc00-\udfff]")
_ESCAPED = Expression("_x([0-9A-Fa-f]{4})_")


def text_of(item: etree._Element) -> str:
    """The text of a shared or an inline string. Raises Unopened for what no program writes there."""
    if len(item) == 1 and (only := item[0]).tag == _TEXT and not len(only):  # what nearly every text is
        return unescaped(only.text or "")
    _check_one_way(item)
    found = []
    for part in item:
        if part.tag == _TEXT:
            found.append(_plain(part))
        elif part.tag == _RUN:
            found += [_plain(text) for text in part if text.tag == _TEXT]
        elif part.tag not in _SILENT:
            raise Unopened("文件已损坏，单元格的文字里夹有不认识的内容")
    return unescaped("".join(found))


def _check_one_way(item: etree._Element) -> None:
    """One text, or runs with one text each. Raises Unopened: of more some programs take the first."""
    texts, runs = len(item.findall(_TEXT)), item.findall(_RUN)
    if texts > 1 or (texts and runs) or any(len(run.findall(_TEXT)) > 1 for run in runs):
        raise Unopened("文件已损坏，单元格的文字不止一份，各种软件读法不一", RESAVE)


def have_runs(items: Sequence[etree._Element]) -> bool:
    """True if any of these texts, which stand side by side, has parts that may look different."""
    around = items[0].getparent() if items else None
    return around is not None and next(around.iter(_RUN), None) is not None


def unescaped(text: str) -> str:
    """The text with `_x000B_` as the character it stands for; `_x005F_` keeps what only looks like it.

    A character beyond the first 65,536 stands there as two.
    """
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return _PAIR.sub(lambda found: found[0].encode("utf-16", "surrogatepass").decode("utf-16"), plain)


def _plain(text: etree._Element) -> str:
    if len(text):
        raise Unopened("文件已损坏，单元格的文字里夹有不认识的内容")
    return text.text or ""
