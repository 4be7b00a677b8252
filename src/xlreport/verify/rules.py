"""All rules in order: the form's checks, then what its words say."""

from __future__ import annotations

from xlreport.finding import Finding
from xlreport.verify.checks import checks
from xlreport.verify.figures import Figures, Rule
from xlreport.verify.words.rule import words

RULES: tuple[Rule, ...] = (checks, words)


def judge(figures: Figures) -> list[Finding]:
    """Everything that the rules find, in their order."""
    return [finding for rule in RULES for finding in rule(figures)]
