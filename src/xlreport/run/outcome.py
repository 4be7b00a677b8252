"""What came of one file, as the plain data that a worker hands back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from xlreport.frozen import frozen
from xlreport.rule import is_breakdown
from xlreport.subject import Subject


@frozen
class Outcome:
    """What came of one file, as plain data.

    `record` is its line of findings.jsonl, `documents` maps each document made (path below the
    output folder) to its SHA-256, `figures` the return's figures by subject (exact decimals as text),
    `form` the fingerprint of the form that it was made with ("" where it must be done again), `texts`
    each longer text by subject, numbers of persons masked, and `marks` by what of it another is found
    that is like it (see batch/text_digests.py). `code` is the unit's,
    `content` a digest of what was filled in, `saved` when (ISO 8601), `source` the file it came in. `instead`
    names the file of the same unit that counts in its place, `period` the part of the year reported on.
    """

    record: Mapping[str, Any]
    documents: Mapping[str, str]
    figures: Mapping[Subject, int | str]
    form: str = ""
    texts: Mapping[Subject, str] = field(default_factory=dict)
    marks: Mapping[Subject, Sequence[str]] = field(default_factory=dict)
    code: str = ""
    content: str = ""
    saved: str = ""
    source: str = ""
    instead: str = ""
    period: str = ""

    @property
    def faulty(self) -> bool:
        """True if xlreport itself failed on the file."""
        return any(is_breakdown(finding["code"]) for finding in self.record["findings"])
