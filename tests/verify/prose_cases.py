"""A return with small round figures, and what the rule of words says of a text in it."""

from __future__ import annotations

from collections.abc import Mapping

from returns import FORM, inputs_of, sound
from xlreport.finding import Finding
from xlreport.formula.nodes import Value
from xlreport.verify.reported import Reported
from xlreport.verify.texts.statements.agreement import agreement

REQUESTS = "requests[{},natural_person]"

# New 11 (9 + 2), carried over 1, results 11, carried forward 1.
FIGURES: dict[str, Value] = {
    "requests[new_requests,natural_person]": 9,
    "requests[new_requests,commercial_enterprise]": 2,
    "requests[carried_over,natural_person]": 1,
    "requests[disclosed,natural_person]": 4,
    "requests[disclosed,commercial_enterprise]": 2,
    "requests[partially_disclosed,natural_person]": 2,
    "requests[denied_process_information,natural_person]": 1,
    "requests[unavailable_not_held,natural_person]": 1,
    "requests[rejected_petition,natural_person]": 1,
    "requests[carried_forward,natural_person]": 1,
    "cases[review,upheld]": 3,
    "cases[review,corrected]": 1,
    "cases[review,pending]": 1,
    "cases[litigation_direct,upheld]": 2,
    "cases[litigation_after_review,other_result]": 1,
    "documents[normative_documents,issued]": 2,
    "documents[normative_documents,repealed]": 1,
    "documents[normative_documents,in_force]": 14,
    "licensing[administrative_licences,decisions]": 350,
    "enforcement[administrative_penalties,decisions]": 26,
    "charges[administrative_charges,amount]": 43,
    "fee_amount": 420,
    "fee_notices": 3,
    "npc_proposals": 5,
    "cppcc_proposals": 2,
}
_TEXTS = ("proactive", "on_request", "management", "platform", "supervision", "found", "measures", "text")


def values(changes: Mapping[str, Value] | None = None) -> dict[str, Value]:
    """The return's inputs, without any text."""
    base = sound({subject: 0 for grid in FORM.grids for subject in inputs_of(grid)} | FIGURES)
    left_out = {
        s for s in base if s in _TEXTS or s.startswith(("published[", "notes[")) or s.endswith(",note]")
    }
    kept = {subject: value for subject, value in base.items() if subject not in left_out}
    return {s: v for s, v in (kept | dict(changes or {})).items() if v is not None}


def findings(
    text: str,
    field: str = "on_request",
    changes: Mapping[str, Value] | None = None,
    prior: Mapping[str, Value] | None = None,
) -> list[Finding]:
    """What is said of one text in that return."""
    return list(agreement(Reported(FORM, values({field: text, **(changes or {})}), prior=prior or {})))


def codes(text: str, field: str = "on_request", changes: Mapping[str, Value] | None = None,
          prior: Mapping[str, Value] | None = None) -> list[str]:  # fmt: skip
    """The codes of the findings, in order."""
    return [finding.code for finding in findings(text, field, changes, prior)]
