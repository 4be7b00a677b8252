"""Headings of the form pasted into a text: the program writes them itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from xlreport.form.field import Kind
from xlreport.form.model import Form
from xlreport.prose.spot import Spot
from xlreport.verify.texts.text import Text

_NUMBER = re.compile(
    r"[ \t\u3000]*(?:[（(][一二三四五六七八九十0-9]{1,2}[）)]|[一二三四五六七八九十]{1,2}、"
    r"|[0-9]{1,2}[.．、])[ \t\u3000]*"
)
_TAIL = re.compile(r"(?:建设|工作|的?情况|的?方面)*[ \t\u3000]*(?P<end>$|[。：:、，,.；;]+|(?=\n))")
_BLANKS = " \t\u3000"


def headings(text: Text, form: Form) -> Iterator[Spot]:
    """Lines that begin with a number and a heading of the form, or are one of its headings and no more."""
    at = 0
    for line in text.text.split("\n"):
        number = _NUMBER.match(line)
        begin = number.end() if number else len(line) - len(line.lstrip(_BLANKS))
        for heading in headings_of(form):
            if line.startswith(heading, begin):
                tail = _TAIL.match(line, begin + len(heading))
                if tail is not None and (number is not None or tail.end() == len(line)):
                    start = len(line) - len(line.lstrip(_BLANKS))
                    yield Spot(at + start, line[start : tail.end()])
                    break
        at += len(line) + 1


@lru_cache(maxsize=64)
def headings_of(form: Form) -> tuple[str, ...]:
    """The headings without their numbers, longest first."""
    found = {_bare(section.title) for section in form.sections if _NUMBER.match(section.title)}
    found |= {_bare(field.label) for field in form.fields.values() if field.kind is Kind.PROSE}
    return tuple(sorted((heading for heading in found if heading), key=lambda h: (-len(h), h)))


def _bare(title: str) -> str:
    number = _NUMBER.match(title)
    return title[number.end() :] if number else title
