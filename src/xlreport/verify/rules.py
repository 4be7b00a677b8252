"""All rules in order: the form's checks, then what its words say."""

from __future__ import annotations

from xlreport.finding import Finding
from xlreport.verify.checks import checks
from xlreport.verify.figures import Figures, Rule
from xlreport.verify.pattern import pattern
from xlreport.verify.slips import with_slips

RULES: tuple[Rule, ...] = (checks, pattern)


def judge(figures: Figures) -> list[Finding]:
    """Everything that the rules find, in their order, with the slips that would explain it."""
    return with_slips(figures, [finding for rule in RULES for finding in rule(figures)])
