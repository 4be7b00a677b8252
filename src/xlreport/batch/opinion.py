"""What is to be said of one return, as plain data: what a worker sends back for `verify`.

The program that waits for it loads nothing of what reading and verifying take; its worker does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlreport.feedback.text_line import TextLine
from xlreport.finding import Finding, Status
from xlreport.frozen import frozen

if TYPE_CHECKING:
    from xlreport.verify.verdict import Prior


@frozen
class Opinion:
    """What is to be said of a return, as lines for people and as an object for programs.

    `ours` if xlreport itself failed on it. `copy` is the ending and the bytes of the annotated copy,
    `no_copy` why there is none though one was asked for.
    """

    status: Status
    lines: Sequence[TextLine]
    record: Mapping[str, Any]
    ours: bool = False
    copy: tuple[str, bytes] | None = None
    no_copy: str = ""


def opinion(file: Path, prior: Prior | None = None, *, annotate: bool = False) -> Opinion:
    """Verify a return or a published report. Never raises for what it contains."""
    from xlreport.batch.single import verified

    return verified(file, prior, annotate=annotate)


def failed(file: Path, finding: Finding) -> Opinion:
    """The opinion on a return that no worker could deal with."""
    from xlreport.batch.single import unverified

    return unverified(file, finding)
