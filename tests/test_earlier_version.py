"""What 0.1.0 made stays readable: its workbooks, its annotated copies, its output folders.

`tests/fixtures/made_by_0_1_0` is what lies on people's disks. Wordings may change; findings, places and
values may not.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

import xlreport
from command_line import fingerprints, json_lines, run

MADE = Path(__file__).parent / "fixtures" / "made_by_0_1_0"
SAMPLES = Path(__file__).parents[1] / "samples"
RETURNS = sorted(path for path in (MADE / "returns").iterdir() if path.suffix != ".json")
WRONG, COPY = MADE / "returns" / "with_errors.xlsx", MADE / "sent_back" / "with_errors.xlsx"
ISSUED, LAST = MADE / "returns" / "issued_with_last_year.xlsx", MADE / "returns" / "last_year.xlsx"

every_return = pytest.mark.parametrize("path", [*RETURNS, COPY], ids=lambda p: f"{p.parent.name}/{p.name}")


@pytest.fixture(autouse=True)
def _samples_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLREPORT_FORMS", str(SAMPLES))


def expected(path: Path) -> dict[str, Any]:
    """What 0.1.0 said of a workbook."""
    return dict(json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8")))


def verified(path: Path, *more: object) -> dict[str, Any]:
    """What is said of it now."""
    (verdict,) = json.loads(run("verify", path, "--json", *more).stdout)
    return dict(verdict)


def told(findings: Iterable[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """Findings without their words, in any order.

    That the form's definition has changed since, all cells being in place, is a note to the office.
    """
    keys = ("id", "severity", "sheet", "cell")
    all_ = (tuple(finding[key] for key in keys) for finding in findings)
    return sorted(finding for finding in all_ if finding[:2] != ("WBK004:_xlreport", "note"))


def head(verdict: Mapping[str, Any]) -> dict[str, Any]:
    return {key: verdict[key] for key in ("status", "form", "unit", "year", "explained")}


def as_expected(verdict: Mapping[str, Any], path: Path) -> None:
    assert head(verdict) == head(expected(path))
    assert told(verdict["findings"]) == told(expected(path)["findings"])


# Returns and annotated copies ------------------------------------------------------------------------


@every_return
def test_findings_are_those_of_then(path: Path) -> None:
    as_expected(verified(path), path)


@every_return
def test_values_are_those_of_then(path: Path) -> None:
    assert json.loads(run("extract", path).stdout) == expected(path)["values"]


def test_all_there_is_was_made_for_something() -> None:
    said = [expected(path) for path in [*RETURNS, COPY]]
    assert {of["form"] for of in said} == {"ogi_annual_2021", "ogi_annual_2019", "safety_monthly"}
    assert {of["status"] for of in said} == {"accepted", "returned"}
    assert any(of["explained"] for of in said)


def test_figures_of_last_year_are_in_the_workbook_and_agree_with_its_return() -> None:
    issued, last = xlreport.read(ISSUED), xlreport.read(LAST)
    assert issued.prior
    assert issued.prior == {subject: last.values[subject] for subject in issued.prior}
    assert "YOY011:cases[review,upheld]" in [finding["id"] for finding in expected(ISSUED)["findings"]]
    as_expected(verified(ISSUED, "--prior", LAST), ISSUED)


def test_next_year_s_template_is_made_with_it(tmp_path: Path) -> None:
    unit = expected(ISSUED)["unit"]
    made = run("template", "--year", 2024, "--unit", unit, "--prior", ISSUED, "-o", tmp_path / "2024.xlsx")
    assert made.exit_code == 0, made.output
    prior, values = xlreport.read(tmp_path / "2024.xlsx").prior, xlreport.read(ISSUED).values
    assert prior
    assert prior == {subject: values[subject] for subject in prior}


@every_return
def test_it_is_poured_into_a_fresh_template(path: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.xlsx"
    refilled = run("refill", path, "-o", new)
    lost = 1 if path.name == WRONG.name else 0  # "/" is no number
    assert refilled.exit_code == lost, refilled.output
    assert verified(new)["unit"] == expected(path)["unit"]
    carried = json.loads(run("extract", new).stdout)
    before = expected(path)["values"]
    if lost:
        assert before["documents"]["rules"].pop("issued") == "/"
    assert carried == before


def test_an_annotated_copy_is_verified_like_its_original() -> None:
    assert told(expected(COPY)["findings"]) == told(expected(WRONG)["findings"])
    assert told(verified(COPY)["findings"]) == told(verified(WRONG)["findings"])


def test_an_annotated_copy_can_be_annotated_again(tmp_path: Path) -> None:
    run("verify", COPY, "--annotate", tmp_path)
    (again,) = tmp_path.iterdir()
    as_expected(verified(again), COPY)
    assert json.loads(run("extract", again).stdout) == expected(COPY)["values"]


@pytest.mark.parametrize("path", [p for p in RETURNS if p.suffix == ".xlsx"], ids=lambda path: path.name)
def test_a_return_can_be_annotated(path: Path, tmp_path: Path) -> None:
    run("verify", path, "--annotate", tmp_path)
    (copy,) = tmp_path.iterdir()
    as_expected(verified(copy), path)


# An output folder and its ledger ---------------------------------------------------------------------


def test_a_run_over_its_output_folder_uses_what_is_unchanged_or_says_why_not(tmp_path: Path) -> None:
    """Whatever becomes of the ledger, the folder is afterwards what one of the two versions makes."""
    out = shutil.copytree(MADE / "convert", tmp_path / "out")
    before = documents(out)
    result = run("convert", MADE / "returns", "-o", out, "--to", "md", "--jobs", 1)
    assert result.exit_code == 1, result.output
    fresh = run("convert", MADE / "returns", "-o", tmp_path / "fresh", "--to", "md", "--jobs", 1)
    now = documents(tmp_path / "fresh")
    assert documents(out).keys() == before.keys() == now.keys()
    assert all(digest in (before[name], now[name]) for name, digest in documents(out).items())
    whole = f"{len(RETURNS)} 个没有变化，不用重做" in result.stdout
    assert whole or "记录文件" in result.stderr or "已重新处理" in result.stderr
    assert in_batch(out) == in_batch(tmp_path / "fresh") == in_batch(MADE / "convert")
    assert fresh.stdout.splitlines()[0].endswith(result.stdout.splitlines()[0].rpartition("：")[2])


def documents(out: Path) -> dict[str, str]:
    return {name: digest for name, digest in fingerprints(out).items() if name.endswith(".md")}


def in_batch(out: Path) -> dict[str, object]:
    """What is said of each file of a run."""
    lines = json_lines(out / "findings.jsonl")
    returns = [
        line for line in lines if line["file"].endswith(".xlsx")
    ]  # 0.1.0 passed over what else lies there
    return {line["file"]: (head(line), told(line["findings"])) for line in returns}


def test_a_run_after_that_uses_everything(tmp_path: Path) -> None:
    out = shutil.copytree(MADE / "convert", tmp_path / "out")
    for _ in range(2):
        result = run("convert", MADE / "returns", "-o", out, "--to", "md", "--jobs", 1)
    assert f"{len(RETURNS)} 个没有变化，不用重做" in result.stdout
    assert "记录文件" not in result.stderr
