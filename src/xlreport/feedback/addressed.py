"""What the office is told of a file, in the words for the unit that sent it."""

from __future__ import annotations

import re

_OF_THE_OFFICE = ("xlreport", "XLREPORT", "的报告核对：", "再运行")
"""What stands in clauses for the office: its commands, and what it found in a report that is no return."""
_QUOTED = re.compile("“[^”]*”")
"""Names of files and units, which say nothing of whom a clause is for."""
_CLAUSE = re.compile("(?:“[^”]*”|[^；])+")
_TURNED = (
    ("请解压后再放入，或请单位不加密、不压缩重发", "请不加密、不压缩，重新发送"),
    ("或者解压后再放入，或请单位把工作簿直接发来", "请不要压缩，把工作簿直接发来"),
    ("请不要解压；请单位", "请"),
    ("请解压后再处理", "请直接发送里面的工作簿"),
    ("请解压后再放入", "请不要压缩，把工作簿直接发来"),
    ("，本机没有这个报表的定义", "，不是这次要报的报表"),
    ("压缩包在这台电脑上没有程序能解开", "压缩包打不开"),
    ("请让填报单位", "请"),
    ("请单位", "请"),
)


def to_unit(words: str) -> str:
    """A reason, or what is to be done, without what only the office can do; "" where nothing is left."""
    end = "。" if words.endswith("。") else ""
    clauses = _CLAUSE.findall(words.removesuffix("。"))
    told = "；".join(clause for clause in clauses if not _is_for_the_office(clause))
    for office, unit in _TURNED:
        told = told.replace(office, unit)
    return f"{told}{end}" if told else ""


def _is_for_the_office(clause: str) -> bool:
    said = _QUOTED.sub("", clause)
    return any(words in said for words in _OF_THE_OFFICE)
