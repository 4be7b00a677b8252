"""What the rules are about: a return's figures and texts, apart from the file they were read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import TypeAlias

from xlreport.finding import Finding
from xlreport.form.model import Form
from xlreport.form.values import Values
from xlreport.subject import Subject
from xlreport.workbook.submission import Reading, Submission


@dataclass(frozen=True, slots=True)
class Figures:
    """Inputs by subject, those not understood, where they were read, and last year's values.

    `prior` holds last year's values by subject, computed cells and texts included; it is empty where
    nothing is known of last year.
    """

    form: Form
    inputs: Values
    unusable: Set[Subject] = frozenset()
    readings: Mapping[Subject, Reading] = field(default_factory=dict)
    prior: Values = field(default_factory=dict)


def figures_of(submission: Submission) -> Figures:
    """The figures of a return."""
    return Figures(
        submission.form, submission.inputs, submission.unusable, submission.readings, submission.prior
    )


Rule: TypeAlias = Callable[[Figures], Iterator[Finding]]
"""A family of rules: everything that it finds in the figures."""
