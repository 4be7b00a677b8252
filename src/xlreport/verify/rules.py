"""All rules in order: the form's checks, then what its words say."""

from __future__ import annotations

from xlreport.finding import Finding
from xlreport.verify.checks import checks
from xlreport.verify.figures import Figures, Rule

RULES: tuple[Rule, ...] = (checks,)


def judge(figures: Figures) -> list[Finding]:
    """Everything that the rules find, in their order."""
    return [finding for rule in RULES for finding in rule(figures)]
