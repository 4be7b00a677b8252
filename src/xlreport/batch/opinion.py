"""What is to be said of one return, as plain data: what a worker sends back for `verify`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlreport.feedback.text_line import TextLine
from xlreport.finding import Status
from xlreport.frozen import frozen


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
