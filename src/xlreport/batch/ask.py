"""Asking for the opinion on one return.

The program that asks loads nothing of what reading and verifying take; its worker does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.finding import Finding

if TYPE_CHECKING:
    from xlreport.batch.opinion import Opinion
    from xlreport.verify.verdict import Prior


def opinion(file: Path, prior: Prior | None = None, *, annotate: bool = False) -> Opinion:
    """Verify a return or a published report. Never raises for what it contains."""
    from xlreport.batch.single import verified

    return verified(file, prior, annotate=annotate)


def failed(file: Path, finding: Finding) -> Opinion:
    """The opinion on a return that no worker could deal with."""
    from xlreport.batch.single import unverified

    return unverified(file, finding)
