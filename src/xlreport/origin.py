"""Where a value came from: what a finding says of the place, in the words of a clerk.

An origin is one of five frozen values. All have `place`, the words for a message, and `sheet` and `cell`
for a finding; these two are "" where a value stands in no workbook.
"""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from xlreport.frozen import frozen

_NAMED = 3
"""Parts of a sum that are named."""


@frozen
class InCell:
    """A cell of a workbook."""

    sheet: str
    cell: str

    character: ClassVar[int] = 1

    @property
    def place(self) -> str:
        """`三、依申请公开 C6`."""
        return f"{self.sheet} {self.cell}"


@frozen
class InTable:
    """A cell of a published report: what the table is called, the row from 1, the column's head."""

    table: str
    row: int
    column: str

    sheet: ClassVar[str] = ""
    cell: ClassVar[str] = ""
    character: ClassVar[int] = 1

    @property
    def place(self) -> str:
        """`表三 第12行 自然人列`."""
        return f"{self.table} 第{self.row}行 {self.column}列"


@frozen
class InParagraph:
    """A paragraph of a published report, and the character with which the value begins, both from 1."""

    paragraph: int
    character: int

    sheet: ClassVar[str] = ""
    cell: ClassVar[str] = ""

    @property
    def place(self) -> str:
        """`第5段第8字`."""
        return f"第{self.paragraph}段第{self.character}字"


@frozen
class InParagraphs:
    """Paragraphs of a published report that are one text.

    `lines` say of each where it begins: in the text, from 0, and in which paragraph, with which character,
    both from 1.
    """

    lines: tuple[tuple[int, int, int], ...]

    sheet: ClassVar[str] = ""
    cell: ClassVar[str] = ""
    character: ClassVar[int] = 1
    place: ClassVar[str] = "正文"

    def at(self, start: int) -> InParagraph:
        """Where a character of the text stands, counted from 0."""
        before = [line for line in self.lines if line[0] <= start]
        begins, paragraph, character = before[-1] if before else self.lines[0]
        return InParagraph(paragraph, character + start - begins)


@frozen
class SumOf:
    """A value that was added up from others."""

    parts: tuple[Origin, ...]

    sheet: ClassVar[str] = ""
    cell: ClassVar[str] = ""
    character: ClassVar[int] = 1

    @property
    def place(self) -> str:
        """`表三 第12行 自然人列、表三 第13行 自然人列之和`; many are cut: `A、B、C等5处之和`."""
        named = "、".join(part.place for part in self.parts[:_NAMED])
        more = f"等{len(self.parts)}处" if len(self.parts) > _NAMED else ""
        return f"{named}{more}之和"


Origin: TypeAlias = InCell | InTable | InParagraph | InParagraphs | SumOf
