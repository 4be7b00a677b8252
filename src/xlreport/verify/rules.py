"""All rules in order: the form's checks, what its words say, what must not be published."""

from __future__ import annotations

from xlreport.finding import Finding
from xlreport.verify.checks import checks
from xlreport.verify.figures import Figures, Rule
from xlreport.verify.screen import screen
from xlreport.verify.wording import wording

RULES: tuple[Rule, ...] = (checks, wording, screen)


def judge(figures: Figures) -> list[Finding]:
    """Everything that the rules find, in their order."""
    return [finding for rule in RULES for finding in rule(figures)]
