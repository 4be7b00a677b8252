"""Every return of the corpus gets exactly the findings it should: nothing missed, no false alarm."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus_walk import entry_of, filled_in, findings, names
from xlreport.finding import has_errors
from xlreport.verify.verdict import verify
from xlreport.workbook.read import read
from xlreport.workbook.write import write_workbook

ONE_OF_EACH_BASE = ["bureau", "city", "city_next_year", "district", "federation_nil", "harbour_city", "town"]


@pytest.mark.parametrize("name", names())
def test_a_return_gets_exactly_its_findings(name: str) -> None:
    entry = entry_of(name)
    found = findings(entry)
    due = [*(id_ for id_ in entry.expect if id_ not in entry.missed), *entry.false_alarms]
    assert sorted(finding.id for finding in found) == sorted(due), [finding.message for finding in found]
    assert entry.passes or entry.expect
    assert not (entry.passes and has_errors(found))


@pytest.mark.parametrize("name", ONE_OF_EACH_BASE)
def test_what_is_typed_is_read_as_what_is_written(name: str, tmp_path: Path) -> None:
    entry = entry_of(f"should_pass/{name}.toml")
    typed = read(filled_in(entry, tmp_path / "return.xlsx"))
    (tmp_path / "return.xlsx").write_bytes(write_workbook(entry.form, entry.values))
    written = read(tmp_path / "return.xlsx")
    assert (typed.values, typed.origins) == (written.values, written.origins)
    assert verify(typed) == verify(written)


def test_the_page_of_evidence_is_current() -> None:
    root = Path(__file__).resolve().parents[1]
    sys.path.insert(0, str(root / "docs"))
    import evidence

    assert (root / evidence.PAGE).read_text(encoding="utf-8") == evidence.page(), "run make docs"
