"""What the office is told of a file, in the words for the unit that sent it."""

from __future__ import annotations

_OF_THE_OFFICE = ("xlreport", "XLREPORT", "按“", "按没有写明单位的", "再运行")
"""What stands in clauses for the office: its commands, and what it found in a report that is no return."""
_TURNED = (
    ("请解压后再放入，或请单位不加密、不压缩重发", "请不加密、不压缩，重新发送"),
    ("请解压后再处理", "请直接发送里面的工作簿"),
    ("请让填报单位", "请"),
    ("请单位", "请"),
)


def to_unit(words: str) -> str:
    """A reason, or what is to be done, without what only the office can do; "" where nothing is left."""
    end = "。" if words.endswith("。") else ""
    clauses = [part for part in words.removesuffix("。").split("；") if not _is_for_the_office(part)]
    told = "；".join(clauses)
    for office, unit in _TURNED:
        told = told.replace(office, unit)
    return f"{told}{end}" if told else ""


def _is_for_the_office(clause: str) -> bool:
    return any(words in clause for words in _OF_THE_OFFICE)
