"""Headings of a published report: which section, and which text of it, begins with a line.

Publishers number and word headings each in their own way: （一）主动公开方面。 or 1. 主动公开工作情况：.
A heading is known by words that only one heading of the form has among those that could stand here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from xlreport.cleaning import squeezed
from xlreport.expression import Expression
from xlreport.form.field import Kind
from xlreport.form.fields import Fields
from xlreport.form.model import Form
from xlreport.form.outline import Section
from xlreport.frozen import frozen
from xlreport.published.labels import head_key, row_key
from xlreport.subject import Subject

_Name = TypeVar("_Name", bound=str)
_HAN = "[一二三四五六七八九十]{1,3}"
_NUMBER = Expression(
    rf"\s*(?:(?P<line>(?:第\s*{_HAN}\s*部\s*分|{_HAN}\s*[、.．,，])\s*[、：:]?)"
    rf"|(?P<round>[（(]\s*(?:{_HAN}|[0-9０-９]{{1,2}})\s*[）)]\s*[、.．]?)"
    rf"|(?P<dot>[0-9０-９]{{1,2}}\s*[、.．](?![0-9０-９]))|(?P<said>{_HAN}是))\s*"
)
_END = Expression("[。：:，,；;！!？?]")
_PARTING = "。：:"
_LONGEST = 30
_FEWEST = 4
"""Characters that a heading has which is only the end of a label."""
_SAYS_NOTHING = frozenset({"情况", "工作", "方面", "建设", "及其", "有关"})


@frozen
class FoundHeading:
    """What a line begins with: its number and the kind of that ("" for none), its words, and where they end.

    `alone` if the line holds nothing else, `marked` if a full stop or a colon parts it from what follows.
    """

    kind: str
    number: str
    words: str
    end: int
    alone: bool
    marked: bool


@lru_cache(maxsize=1024)
def heading_of(text: str) -> FoundHeading | None:
    """What may be a heading at the beginning of a line, up to its first mark; None for a plain sentence."""
    found = _NUMBER.match(text)
    start = found.end() if found else 0
    mark = _END.search(text, start)
    stop = mark.start() if mark else len(text)
    words = row_key(text[start:stop])
    end = mark.end() if mark else len(text)
    alone = not text[end:].strip()
    if not words or stop - start > _LONGEST or (found is None and not alone):
        return None
    kind = (found.lastgroup or "") if found else ""
    number = head_key(found[0]) if found else ""
    return FoundHeading(kind, number, words, end, alone, alone or (mark is not None and mark[0] in _PARTING))


def section_begun(form: Form, heading: FoundHeading) -> Section | None:
    """The section whose title a line is: exactly, or nearly if it has the title's number."""
    if not heading.alone or heading.kind not in ("line", ""):
        return None
    sections = form.sections[1:]
    exact = [section for section in sections if row_key(section.title) == heading.words]
    if exact or not heading.kind:
        return exact[0] if exact else None
    name = _most_alike({section.name: row_key(section.title) for section in sections}, heading.words)
    near = next((section for section in sections if section.name == name), None)
    title = heading_of(near.title) if near else None
    return near if title and title.number == heading.number else None


def text_begun(section: Section, heading: FoundHeading) -> Subject | None:
    """The text of a section whose label a line begins with: exactly, or with a number nearly.

    What a sentence numbers (一是…) is a heading only if it is the label or its end.
    """
    labels = {subject: row_key(label) for subject, label in texts_in(section).items()}
    said = _plain(heading.words)
    exact = [subject for subject, label in labels.items() if _plain(label) == said]
    if not exact and heading.kind == "said" and len(heading.words) >= _FEWEST:
        exact = [subject for subject, label in labels.items() if _plain(label).endswith(said)]
    if exact or heading.kind in ("", "said") or not heading.marked:
        return exact[0] if exact else None
    return _most_alike(labels, heading.words)


def texts_in(section: Section) -> Mapping[Subject, str]:
    """The paragraphs that a section asks for, with their labels."""
    blocks = (block for block in section.blocks if isinstance(block, Fields))
    return {s: f.label for block in blocks for s, f in block.cells() if f.kind is Kind.PROSE}


def _plain(words: str) -> str:
    """A heading without the words that say nothing at its end."""
    while len(words) > 2 and words[-2:] in _SAYS_NOTHING:
        words = words[:-2].removesuffix("的")
    return words


def _most_alike(labels: Mapping[_Name, str], words: str) -> _Name | None:
    """The name of the only label that has a pair of characters of its own in common with the words."""
    own = _own_pairs(tuple(labels.values()))
    pairs = _pairs(words)
    alike = [name for name, label in labels.items() if pairs & own[label]]
    return alike[0] if len(alike) == 1 else None


@lru_cache(maxsize=64)
def _own_pairs(labels: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Of each label the pairs of characters that no other has."""
    pairs = {label: _pairs(label) for label in labels}
    return {
        label: own.difference(*(other for name, other in pairs.items() if name != label))
        for label, own in pairs.items()
    }


def _pairs(words: str) -> frozenset[str]:
    return frozenset(one + two for one, two in pairwise(squeezed(words))) - _SAYS_NOTHING
