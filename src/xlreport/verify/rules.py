"""All rules in order: the form's checks, what its words say, what must not be published."""

from __future__ import annotations

from dataclasses import replace

from xlreport.finding import Finding
from xlreport.form.model import Check, Fact
from xlreport.verify.figures.checks import checks
from xlreport.verify.figures.pattern import pattern
from xlreport.verify.figures.slips import with_slips
from xlreport.verify.reported import Reported, Rule
from xlreport.verify.texts.screen import screen
from xlreport.verify.texts.statements.rule import words
from xlreport.verify.texts.wording import wording

RULES: tuple[Rule, ...] = (checks, pattern, words, wording, screen)


def judge(reported: Reported) -> list[Finding]:
    """Everything that the rules find, in their order, with the slips that would explain it.

    What a rule on trial finds says so.
    """
    form = reported.form
    rules: tuple[Check | Fact, ...] = (*form.checks, *form.facts)
    on_trial = {rule.code for rule in rules if rule.trial}
    found = with_slips(reported, [finding for rule in RULES for finding in rule(reported)])
    return [_on_trial(finding) if finding.code in on_trial else finding for finding in found]


def _on_trial(finding: Finding) -> Finding:
    return replace(finding, message=f"（试行）{finding.message}")
