"""The lines of a published report in order, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.formats.pages import Page
from xlreport.frozen import frozen
from xlreport.origin import InParagraph


@frozen
class PrintedLine:
    """A line of a paragraph: its text, the paragraph's number and its first character, both from 1."""

    text: str
    paragraph: int
    character: int

    @property
    def origin(self) -> InParagraph:
        """Where it begins."""
        return InParagraph(self.paragraph, self.character)

    def rest(self, start: int) -> PrintedLine:
        """What stands behind its first characters."""
        text = self.text[start:]
        gone = len(text) - len(text.lstrip())
        return PrintedLine(text.strip(), self.paragraph, self.character + start + gone)


def lines_of(page: Page) -> Iterator[PrintedLine]:
    """Every line that is not blank; paragraphs are counted, tables are not."""
    paragraphs = (block for block in page.blocks if isinstance(block, str))
    for number, paragraph in enumerate(paragraphs, start=1):
        place = 1
        for text in paragraph.split("\n"):
            line = PrintedLine(text, number, place).rest(0)
            if line.text:
                yield line
            place += len(text) + 1
