"""The symbolic name of a value, which never changes once a form is issued.

    year                                  a single field
    requests[carried_over,total]          a cell of a grid: its row and its column
    requests[carried_over,note]           the remark (备注) on a row of a grid
    published[3,count]                    a cell of a list: its line, counted from 1, and its column
    published[total,count]                the total of a list's column
    explanation[CASE001,]                 the unit's answer to a warning
    explanation[DOC002,issued]            the same for one line of a rule that is taken line by line
    requests[carried_over,]               a whole row
    requests[,natural_person]             a whole column
    prior.requests[carried_over,total]    the same cell in last year's return
    live.state[REQ001,natural_person]     a cell of the workbook's own, which no one fills in
    proactive@37                          a place in a text: its character, counted from 1
    published[3,category]@5               likewise

In full:

    subject = [ "live." | "prior." ] name [ "[" part "," part "]" ] [ "@" character ]
    name    = a small letter, then small letters, digits and "_"
    part    = any characters but white space and [ ] , : @; also none

The hidden names of a sheet's rows and columns are of the same kind: `published[3,]`, `year[,]`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Self

from xlreport.expression import Expression

NOTE = "note"
"""The column of remarks."""
TOTAL = "total"
"""The line of a list's totals."""

ANSWERS = "explanation"
"""Where the answers to warnings stand, as if in a block."""
_LIVE, _PRIOR = "live.", "prior."
_NAME = r"[a-z][a-z0-9_]*"
_PART = r"[^\s\[\],:@]*"
_NAME_ALONE, _PART_ALONE = Expression(_NAME), Expression(_PART)
_SUBJECT = Expression(
    rf"(?:live\.|(?P<prior>prior\.))?(?P<name>{_NAME})"
    rf"(?P<brackets>\[(?P<row>{_PART}),(?P<column>{_PART})\])?(?:@(?P<character>[1-9][0-9]{{0,8}}))?"
)


class _Parts(NamedTuple):
    is_prior: bool
    block: str
    row: str
    column: str
    character: int | None


class Subject(str):
    """The name of a value: a text that knows its parts. Equal to, and as good a key as, the plain text.

    `parse` takes what comes from outside; the other constructors take names of a form, which are sound.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The subject of that text. Raises ValueError for a text that is none."""
        _parts(text)
        return cls(text)

    @classmethod
    def field(cls, name: str) -> Self:
        """A single field."""
        return cls(name)

    @classmethod
    def cell(cls, block: str, row: str | int, column: str) -> Self:
        """A cell of a grid or a list; a whole line if row or column is ""."""
        return cls(f"{block}[{row},{column}]")

    @classmethod
    def note(cls, grid: str, row: str) -> Self:
        """The remark on a row of a grid."""
        return cls.cell(grid, row, NOTE)

    @classmethod
    def total(cls, listing: str, column: str) -> Self:
        """The total of a list's column."""
        return cls.cell(listing, TOTAL, column)

    @classmethod
    def answer(cls, code: str, line: str = "") -> Self:
        """The unit's answer to a warning, or to one line of it."""
        return cls.cell(ANSWERS, code, line)

    @classmethod
    def live(cls, what: str, row: str = "", column: str | int = "") -> Self:
        """A cell of the workbook's own: `what` it shows, and of which row and column."""
        return cls(f"{_LIVE}{what}[{row},{column}]")

    @property
    def last_year(self) -> Self:
        """The same in last year's return."""
        return type(self)(_PRIOR + self)

    @property
    def this_year(self) -> Self:
        """The same in this year's return."""
        return type(self)(self.removeprefix(_PRIOR))

    def at(self, character: int) -> Self:
        """A place in the text, counted from 1."""
        return type(self)(f"{self}@{character}")

    @property
    def is_prior(self) -> bool:
        """True for a value of last year's return."""
        return _parts(self).is_prior

    @property
    def is_answer(self) -> bool:
        """True for what a unit answers to a warning."""
        return _parts(self).block == ANSWERS

    @property
    def is_note(self) -> bool:
        """True for the remark on a row of a grid."""
        return _parts(self).column == NOTE

    @property
    def is_total(self) -> bool:
        """True for the total of a list's column."""
        return _parts(self).row == TOTAL

    @property
    def block(self) -> str:
        """The grid or list; "" for a single field."""
        return _parts(self).block

    @property
    def row(self) -> str:
        """The row of a grid, or the line of a list as text; "" for a field and for a whole column."""
        return _parts(self).row

    @property
    def column(self) -> str:
        """The column; "" for a field and for a whole row."""
        return _parts(self).column

    @property
    def character(self) -> int | None:
        """The place in a text; None for the whole."""
        return _parts(self).character


def is_name(text: str) -> bool:
    """True for a text that can be the name of a field, a list or a grid."""
    return _NAME_ALONE.fullmatch(text) is not None


def is_part(text: str) -> bool:
    """True for a text that can be the row or the column of a subject."""
    return _PART_ALONE.fullmatch(text) is not None


@lru_cache(maxsize=2**14)
def _parts(text: str) -> _Parts:
    match = _SUBJECT.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text[:80]}” is no subject")
    character = match["character"]
    return _Parts(
        is_prior=match["prior"] is not None,
        block=match["name"] if match["brackets"] else "",
        row=match["row"] or "",
        column=match["column"] or "",
        character=int(character) if character else None,
    )
