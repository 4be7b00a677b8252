"""Headings of the form pasted into a text: the program writes them itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from xlreport.expression import Expression
from xlreport.form.field import Kind
from xlreport.form.model import Form
from xlreport.prose.alphabet import Folded, fold_words
from xlreport.prose.markers import HAN
from xlreport.prose.passage import Passage
from xlreport.prose.sentences import PARAGRAPH, pieces

_NUMBER = Expression(rf"（(?:{HAN}|[0-9]{{1,2}})）|{HAN}、|[0-9]{{1,2}}[.、]")
"""A heading follows at once, so no reference such as （一）项 has to be told apart."""
_TAIL = Expression(r"(?:建设|工作|的?情况|的?方面)*(?:[。：、，.；]+|$|(?=\n))")


def headings(folded: Folded, form: Form) -> Iterator[Passage]:
    """Lines that begin with a number and a heading of the form, or are one of its headings and no more."""
    text, known = folded.text, headings_of(form)
    for start, end in pieces(text, PARAGRAPH):
        number = _NUMBER.match(text, start, end)
        begin = number.end() if number else start
        for heading in known if text.startswith(known, begin, end) else ():
            if text.startswith(heading, begin, end):
                tail = _TAIL.match(text, begin + len(heading), end)
                if tail is not None and (number is not None or tail.end() == end):
                    yield Passage(start, tail.end())
                    break


@lru_cache(maxsize=64)
def headings_of(form: Form) -> tuple[str, ...]:
    """The headings in the alphabet, without their numbers, longest first."""
    titles = [title for section in form.sections if _NUMBER.match(title := fold_words(section.title))]
    titles += [fold_words(field.label) for field in form.fields.values() if field.kind is Kind.PROSE]
    found = {_bare(title) for title in titles}
    return tuple(sorted((heading for heading in found if heading), key=lambda h: (-len(h), h)))


def _bare(title: str) -> str:
    number = _NUMBER.match(title)
    return title[number.end() :] if number else title
