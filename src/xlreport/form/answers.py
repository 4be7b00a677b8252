"""The warnings that a unit can answer in words on the 校验 sheet, each with a cell of its own.

Errors have to be mended and notes ask for nothing, so neither has such a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from xlreport.finding import CATALOGUE, Severity
from xlreport.form.checks import Instance
from xlreport.form.field import Field, Kind
from xlreport.form.model import Form
from xlreport.subject import Subject

_WORDS = "文字部分"
BUILT_IN: Mapping[str, str] = {
    "WBK026": "封面",
    **dict.fromkeys(("TXT001", "TXT004", "TXT006", "TXT008", "TXT009", "TXT011"), _WORDS),
    **dict.fromkeys(("TXT013", "TXT014", "TXT015", "TXT017"), _WORDS),
}
"""Codes of the program's own that can be answered where a form has prose, and what they are about.

Not those that are for the office to settle (what it did with last year's workbooks, returns that
came twice, texts that two units share).
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A warning that can be answered: its code, its rule, the line of a rule taken line by line.

    `place` is what a clerk calls the part of the workbook it is about.
    """

    code: str
    title: str
    place: str
    line: str = ""

    @property
    def subject(self) -> Subject:
        """The cell in which it is answered."""
        return Subject.answer(self.code, self.line)

    @property
    def key(self) -> str:
        """Its name in the values JSON: `CASE001`, `DOC002:issued`."""
        return f"{self.code}:{self.line}" if self.line else self.code

    @property
    def field(self) -> Field:
        """The cell as an input."""
        return Field(self.subject, f"{self.code} 情况说明", Kind.TEXT, required=False)


@lru_cache(maxsize=64)
def answers(form: Form) -> tuple[Answer, ...]:
    """Everything that can be answered in a form."""
    live = (live_answer(instance) for instance in form.instances)
    return (*(answer for answer in live if answer is not None), *later_answers(form))


def live_answer(instance: Instance) -> Answer | None:
    """The answer to a rule that the workbook computes itself; None if it gives no warnings."""
    check = instance.check
    return (
        Answer(check.code, check.title, instance.place, instance.line)
        if check.weight is Severity.WARNING
        else None
    )


def later_answers(form: Form) -> Iterator[Answer]:
    """The answers to what is found only when a return is read: facts in words, then the program's own."""
    for fact in form.facts:
        if fact.weight is Severity.WARNING and fact.equals:
            yield Answer(fact.code, f"文中所写的“{fact.title}”与表内一致", _WORDS)
    if has_prose(form):
        yield from (Answer(code, CATALOGUE[code].title, place) for code, place in BUILT_IN.items())


def has_prose(form: Form) -> bool:
    """True if a unit writes paragraphs in the form."""
    cells = (field for block in form.blocks.values() for _, field in block.cells())
    return any(field.kind is Kind.PROSE for field in cells)
