"""Texts that no heading parts: where the first sentence of one begins as the form says that it does.

Many reports write problems and what is done about them as one text. 下一步，… is where the second begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.expression import Expression
from xlreport.form.model import Form
from xlreport.form.vocabulary import Opening
from xlreport.prose.alphabet import fold_words
from xlreport.published.headings import texts_in
from xlreport.published.lines import PrintedLine
from xlreport.subject import Subject

_SENTENCE = Expression(r"(?:^|(?<=[。！？!?]))\s*(?=\S)")
_LOOKED_AT = 40
"""Characters in which a sentence begins."""


def parted(form: Form, lines: dict[Subject, list[PrintedLine]]) -> dict[Subject, list[PrintedLine]]:
    """The lines of each text, those among them that belong to a text without a heading as its own."""
    parts = dict(lines)
    for opening in form.vocabulary.words.begins:
        text = Subject.field(opening.field)
        before = _before(form, text)
        if before not in parts or text in parts:
            continue
        place = next(_openings(parts[before], opening), None)
        if place is not None:
            parts[before], parts[text] = _cut(parts[before], *place)
    return parts


def _before(form: Form, text: Subject) -> Subject | None:
    """The text that goes before one in its section."""
    texts = list(texts_in(form.section_of(text)))
    return texts[texts.index(text) - 1] if texts.index(text) > 0 else None


def _openings(lines: Sequence[PrintedLine], opening: Opening) -> Iterator[tuple[int, int]]:
    """The line and the character, from 0, of each sentence but the first that begins so."""
    for number, line in enumerate(lines):
        for sentence in _SENTENCE.finditer(line.text):
            start = sentence.end()
            if (number or start) and _begins(line.text[start : start + _LOOKED_AT], opening):
                yield number, start


def _begins(sentence: str, opening: Opening) -> bool:
    return fold_words(sentence).startswith(opening.words)


def _cut(
    lines: Sequence[PrintedLine], number: int, start: int
) -> tuple[list[PrintedLine], list[PrintedLine]]:
    line = lines[number]
    above = PrintedLine(line.text[:start].rstrip(), line.paragraph, line.character)
    return [*lines[:number], *([above] if above.text else [])], [line.rest(start), *lines[number + 1 :]]
