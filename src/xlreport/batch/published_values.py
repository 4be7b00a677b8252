"""What a published report says, as values JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xlreport.feedback.record import record
from xlreport.finding import Severity
from xlreport.form.values import to_json
from xlreport.published.proof import best_figure
from xlreport.report.recognised import without_generated
from xlreport.verify.published import verify_published


def published_values(file: Path) -> Mapping[str, Any] | None:
    """What a published report says as values JSON, with all errors of reading it; None for other files.

    A figure that is not certain stands there as proposed, else as printed, else as null.
    """
    verdict = verify_published(file)
    if verdict is None:
        return None
    report = without_generated(verdict.submission)
    figures = {subject: best_figure(cell) for subject, cell in report.cells.items()}
    content = to_json(report.form, {**report.inputs, **figures})
    for subject, figure in figures.items():
        if figure is None and subject not in report.form.computed:
            content.setdefault(subject.block, {}).setdefault(subject.row, {})[subject.column] = None
    errors = [found for found in record(verdict)["findings"] if found["severity"] == Severity.ERROR.value]
    return {**content, "findings": errors} if errors else content
