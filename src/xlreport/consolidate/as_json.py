"""What a comparison and a sum say to programs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from xlreport.consolidate.choose import Chosen, WantedSum
from xlreport.consolidate.compare import Compared
from xlreport.consolidate.reconcile import Reconciled
from xlreport.consolidate.words import cause_text, subject_of
from xlreport.form.exact import in_full
from xlreport.form.field import Kind
from xlreport.formula.nodes import Figure


def reconciled_json(found: Reconciled) -> dict[str, Any]:
    """The differences and their causes; amounts are strings, so that no reader rounds them."""
    return {"differences": [_difference(each) for each in found.differences], "causes": [*_causes(found)]}


def consolidated_json(wanted: WantedSum, chosen: Chosen, out: str | None) -> dict[str, Any]:
    """Which units are in a sum, and where it is; `out` is None where there is none."""
    return {
        "unit": wanted.unit,
        "year": wanted.year,
        "children": [
            {"unit": each.unit, "included": each.included, "why": each.why} for each in chosen.decisions
        ],
        "complete": chosen.complete,
        "out": out,
    }


def _difference(cell: Compared) -> dict[str, Any]:
    return {
        "subject": str(cell.subject),
        "parent": _plain(cell.parent, cell.kind),
        "sum": _plain(cell.sum, cell.kind),
        "difference": _plain(cell.difference, cell.kind),
        "children": {unit: _plain(figure, cell.kind) for unit, figure in cell.children.items()},
    }


def _causes(found: Reconciled) -> Iterator[dict[str, Any]]:
    for number, reading in enumerate(found.readings, start=1):
        for cause in reading:
            yield {
                "reading": number,
                "kind": cause.kind.value,
                "units": [cause.unit] if cause.unit else [],
                "subject": subject_of(found, cause),
                "text": cause_text(found, reading, cause),
            }


def _plain(figure: Figure, kind: Kind) -> int | str:
    return in_full(figure) if kind is Kind.AMOUNT or isinstance(figure, Decimal) else figure
