"""The warnings that a unit can answer in words on the 校验 sheet, each with a cell of its own.

Errors have to be mended and notes ask for nothing, so neither has such a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from xlreport.form.checks import Instance
from xlreport.form.field import Field, Kind
from xlreport.form.model import Form
from xlreport.frozen import frozen
from xlreport.rule import OWN_RULES
from xlreport.subject import Subject


@frozen
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
    rule = instance.check.rule
    return Answer(rule.code, rule.title, instance.place, instance.line) if rule.answerable else None


def later_answers(form: Form) -> Iterator[Answer]:
    """The answers to what is found only when a return is read: facts in words, then the program's own."""
    for rule in (fact.rule for fact in form.facts):
        if rule.answerable:
            yield Answer(rule.code, f"文中所写的“{rule.title}”与表内一致", rule.about)
    if has_prose(form):
        yield from (
            Answer(rule.code, rule.title, rule.about or form.cover) for rule in OWN_RULES if rule.answerable
        )


def has_prose(form: Form) -> bool:
    """True if a unit writes paragraphs in the form."""
    cells = (field for block in form.blocks.values() for _, field in block.cells())
    return any(field.kind is Kind.PROSE for field in cells)
