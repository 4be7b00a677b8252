"""The words of a published report as values: paragraphs into the texts of the form by their headings.

Paragraphs are taken as they are, the sentences that a program once wrote among them. What stands under no
heading of a text (before the tables, say, or below the sign-off) is left, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xlreport.cleaning import clean
from xlreport.expression import Expression
from xlreport.form.model import Form
from xlreport.form.outline import Section
from xlreport.frozen import frozen
from xlreport.origin import InParagraphs, Origin
from xlreport.published.headings import heading_of, section_begun, text_begun, texts_in
from xlreport.published.lines import PrintedLine
from xlreport.published.openings import parted
from xlreport.subject import Subject
from xlreport.unit import key

_DAY = Expression(r"\s*(?:[0-9０-９〇○零一二三四五六七八九十]{1,4}\s*[年月日./-]\s*){2,3}\s*")
_NO_REPORT = Expression(
    r"(?:上一[篇条页]|下一[篇条页]|【?打印|【?关闭|分享到|扫一扫|版权所有|主办单位|网站标识码|[\u4e00-\u9fff]ICP备)"
)
"""Where a web page goes on with what is no part of the report."""
_NOTES = Expression("注[：:]")


@frozen
class Worded:
    """What the words of a report say: texts by subject, where they stand, and the lines that went nowhere.

    `lead` are the lines between the title and the first heading, `closing` those from the sign-off on.
    """

    texts: Mapping[Subject, str]
    origins: Mapping[Subject, Origin]
    lead: tuple[PrintedLine, ...]
    closing: tuple[PrintedLine, ...]
    left: tuple[PrintedLine, ...]


@dataclass(slots=True)
class _Reading:
    form: Form
    lines: dict[Subject, list[PrintedLine]] = field(default_factory=dict)
    lead: list[PrintedLine] = field(default_factory=list)
    left: list[PrintedLine] = field(default_factory=list)
    section: Section | None = None
    text: Subject | None = None
    kind: str | None = None
    """How the headings of this section are numbered, once one was met."""

    def take(self, line: PrintedLine) -> None:
        heading = heading_of(line.text)
        begun = section_begun(self.form, heading) if heading else None
        if begun is not None:
            self.section, self.kind = begun, None
            self.text = next(iter(texts_in(begun)), None)
            return
        if heading is not None and self.section is not None and self.kind in (None, heading.kind):
            found = text_begun(self.section, heading)
            if found is not None and (found not in self.lines or self._introduced(found)):
                self.text, self.kind = found, heading.kind
                line = line.rest(heading.end)
        if line.text:
            self._put(line)

    def _introduced(self, text: Subject) -> bool:
        """True if all that there is of a text stands before the first heading of its section."""
        return self.kind is None and self.text == text

    def _put(self, line: PrintedLine) -> None:
        if self.section is None:
            self.lead.append(line)
        elif self.text is None:
            self.left.append(line)
        else:
            self.lines.setdefault(self.text, []).append(line)


def read_words(form: Form, unit: str, lines: Sequence[PrintedLine]) -> Worded:
    """What the lines below the title say."""
    reading = _Reading(form)
    end = _end(lines, unit)
    contents = _contents(form, lines[:end])
    for number, line in enumerate(lines[:end]):
        if number not in contents:
            reading.take(line)
    parts = parted(form, reading.lines)
    texts = {subject: clean("\n".join(line.text for line in of)) for subject, of in parts.items()}
    origins = {subject: InParagraphs(tuple(_places(of))) for subject, of in parts.items()}
    return Worded(texts, origins, tuple(reading.lead), tuple(lines[end:]), tuple(reading.left))


def _contents(form: Form, lines: Sequence[PrintedLine]) -> range:
    """The lines of a table of contents: numbered headings alone, the first of which comes again below."""
    headings = [heading_of(line.text) for line in lines]
    begun = [section_begun(form, heading) if heading else None for heading in headings]
    places = [number for number, section in enumerate(begun) if section is not None]
    again = [number for number in places[1:] if begun[number] is begun[places[0]]]
    if not again:
        return range(0)
    last = max(number for number in places if number < again[0])
    bare = all(
        heading is not None and heading.alone and heading.kind for heading in headings[places[0] : last]
    )
    return range(places[0], last + 1) if bare else range(0)


def _places(lines: Iterable[PrintedLine]) -> Iterator[tuple[int, int, int]]:
    """Where each line of a text begins: in the text, and in the report."""
    start = 0
    for line in lines:
        yield start, line.paragraph, line.character
        start += len(line.text) + 1


def _end(lines: Sequence[PrintedLine], unit: str) -> int:
    """Where the report ends: with its sign-off, notes to its tables, or what else a web page has."""
    for number, line in enumerate(lines):
        alone = bool(unit) and key(line.text) == key(unit)
        below = lines[number + 1].text if number + 1 < len(lines) else ""
        signed = alone and (not below or _DAY.fullmatch(below) is not None)
        if signed or _NO_REPORT.match(line.text) or (_NOTES.match(line.text) and _only_notes(lines[number:])):
            return number
    return len(lines)


def _only_notes(lines: Sequence[PrintedLine]) -> bool:
    """True if no heading follows: remarks on the tables stand at the end of a report."""
    return not any((heading := heading_of(line.text)) and heading.kind == "line" for line in lines)
