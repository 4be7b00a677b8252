"""What was understood of a cell: its value, or why there is none."""

from __future__ import annotations

from xlreport.formula.nodes import Value
from xlreport.frozen import frozen
from xlreport.rule import Rule, own_rule

TO_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys((0x3000, 0xA0), " ")
"""What input methods write in full width, as plain characters."""


@frozen
class Trouble:
    """Why a cell's content is refused, or (a note) how it was understood. Code, words, what to do."""

    code: str
    message: str
    fix: str

    @property
    def rule(self) -> Rule:
        """The rule that it breaks."""
        return own_rule(self.code)


@frozen
class Understood:
    """A cell's value; `usable` False where there is something that could not be understood."""

    value: Value
    trouble: Trouble | None = None
    usable: bool = True


def refused(code: str, message: str, fix: str) -> Understood:
    """A cell that could not be understood, and why."""
    return Understood(None, Trouble(code, message, fix), usable=False)


def shortly(text: str) -> str:
    """Text for a message: one line, at most 20 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 20 else line[:19] + "…"
