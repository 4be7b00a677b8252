"""The receipt of what a round took in, computed from its events like everything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from xlreport.archive.last_year import LastYear
from xlreport.batch.program import signature
from xlreport.batch.receipt import NOT_RECORDED, RECEIPT, Receipt, ReceiptLine, receipt_json
from xlreport.batch.work import Plan, fingerprint
from xlreport.files import write_whole
from xlreport.form.load import load_issued
from xlreport.form.mistake import FormErrors
from xlreport.round.arrival import ARRIVED
from xlreport.round.events import Event
from xlreport.round.opened import Round
from xlreport.round.place import ORIGINALS


def write_receipt(round_: Round, last: LastYear | None) -> None:
    """Write it anew. Raises OSError."""
    plan = Plan(round_.place.root, (), prior=last)
    verified = {event["sha256"]: event for event in round_.log.events if _is_verified(event)}
    forms = {event["form"] for event in verified.values() if event["form"]}
    receipt = Receipt.of(plan, _fingerprints(forms), _lines(round_, list(verified.values())))
    write_whole(round_.place.root / RECEIPT, receipt_json(receipt))


def _is_verified(event: Event) -> bool:
    """True for a workbook that was verified; earlier versions did not put down what came of it."""
    return event.kind == ARRIVED and bool(event.get("outcome"))


def _fingerprints(forms: Iterable[str]) -> Iterator[str]:
    """Of those that are still there: returns may be of a form that has since been taken away."""
    for form in forms:
        with suppress(FileNotFoundError, FormErrors):
            yield fingerprint(load_issued(form))


def _lines(round_: Round, events: list[Event]) -> Iterator[ReceiptLine]:
    """A line for each content; its branch is the unit above the one whose return it is, "" for none.

    A round goes on for weeks: what another program verified before this one came is marked with that.
    """
    above, own = {}, signature()
    for unit in round_.state.units:
        parent = round_.roster.parent(unit.line)
        above.update({file.sha256: parent.name for file in unit.files if parent is not None})
    for event in events:
        sha256 = event["sha256"]
        file, by = f"{ORIGINALS}/{event['file']}", event.get("program") or NOT_RECORDED
        other = "" if by == own else by
        yield ReceiptLine(file, above.get(sha256, ""), sha256, event["outcome"], program=other)
