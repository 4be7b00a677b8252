"""Shares one digit off: a slip, unless they are cut off, rounded twice or fitted to a hundred."""

from __future__ import annotations

import pytest
from prose_cases import findings

from xlreport.finding import Severity

RIGHT = [
    "收到申请11件，予以公开6件，占54.5%。",
    "予以公开6件，占55%。",
    "予以公开6件，占50%。",  # of all there were, what was carried over included
    "自然人9件（81.8%）。",
    "自然人9件，占75%。",
    "行政复议维持率60%。",
    "收到申请11件，网络8件，占72.7%，信函3件，占27.3%。",
]
MAY_BE = [
    "予以公开6件，占54%。",
    "收到申请11件，予以公开6件，占54.6%。",
    "自然人9件，占81%。",
    "予以公开率54.6%。",
    "答复11件，予以公开6件（54.5%），部分公开2件（18.2%），不予公开1件（9.1%），不予处理1件（9.1%），无法提供1件（9.0%）。".replace(
        "54.5", "54.6"
    ),
]
WRONG = [
    "予以公开6件，占54.4%。",
    "予以公开6件，占56%。",
    "予以公开6件，占50.1%。",
    "自然人9件，占81.9%。",
    "自然人9件，占83%。",
    "自然人9件（81.7%）。",
    "行政复议维持率60.1%。",
    "予以公开率54.7%。",
    "收到申请11件，网络8件，占72.8%，信函3件，占27.3%。",
    "收到申请11件，其中予以公开6件、占54.56%。",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_a_share_by_its_printed_digits_is_silent(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize("text", MAY_BE)
def test_a_share_that_may_be_made_so_is_a_note(text: str) -> None:
    found = findings(text)
    assert {(finding.code, finding.severity) for finding in found} == {("TXT015", Severity.NOTE)}


@pytest.mark.parametrize("text", WRONG)
def test_any_other_share_is_asked_about(text: str) -> None:
    (finding,) = findings(text)
    assert (finding.code, finding.severity) == ("TXT015", Severity.WARNING)
