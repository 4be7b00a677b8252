"""Numbers in messages are those a person sees: no binary fraction is told, or taken for a difference."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from command_line import run
from damaging import with_openpyxl
from last_year import IN_FORCE, save_issued
from returns import LAYOUT, MAIN, edit, edit_cells, edit_sheet, place, said, save, sheet_of, sound, the_one
from xlreport.authoring.cases import read_cases
from xlreport.batch.refill import refill
from xlreport.feedback.annotate import annotated
from xlreport.feedback.record import record
from xlreport.form.library import shipped
from xlreport.form.load import load_form
from xlreport.form.values import from_json
from xlreport.formula.nodes import Value
from xlreport.layout import lay_out
from xlreport.layout.cells import Constant
from xlreport.verify.verdict import verify_file
from xlreport.workbook.salvage import salvage
from xlreport.workbook.write import write_workbook

NOISE = re.compile(r"[0-9]\.[0-9]{12,}|[0-9]\.0(?![0-9])")
"""A binary fraction, or a whole number as programs write it."""
TOTAL = "requests[new_requests,total]"
COUNT = "requests[new_requests,natural_person]"
CHARGES = "charges[administrative_charges,amount]"


def store(path: Path, sheet: str, cell: str, result: str, formula: str = "") -> Path:
    """Another stored result of a formula, and perhaps another formula."""

    def change(root: etree._Element) -> None:
        (found,) = (c for c in root.iter(f"{MAIN}c") if c.get("r") == cell)
        for tag, text in (("v", result), ("f", formula)):
            element = found.find(f"{MAIN}{tag}")
            assert element is not None
            element.text = text or element.text

    return edit_sheet(path, sheet, change, keep_results=True)


def everything(path: Path) -> str:
    """All that is said of a return: as text, for programs, in its copy."""
    verdict = verify_file(path)
    assert verdict.submission is not None
    _, copy = annotated(verdict, verdict.submission)
    path.with_suffix(".copy.xlsx").write_bytes(copy)
    told = [run("verify", path).stdout, json.dumps(record(verdict), ensure_ascii=False)]
    told += [f"{remark.text}{remark.fix}" for remark in refill(salvage(path)).remarks]
    return "\n".join(told)


# A computed amount -----------------------------------------------------------------------------------


@pytest.fixture
def monthly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str, str]:
    """A return whose losses of 0.1 and 0.2 add up to 0.3, and where that stands."""
    monkeypatch.setenv("XLREPORT_FORMS", str(shipped("samples")))
    form = load_form("safety_monthly")
    values: dict[str, Value] = from_json(form, read_cases(form).base)
    for number, loss in enumerate(("0.1", "0.2"), start=1):
        row = {"happened_on": "2024-06-11", "place": "青禾镇", "deaths": 0, "injured": 0}
        values |= {f"accidents[{number},{name}]": value for name, value in row.items()}
        values |= from_json(form, {"accidents": [{}] * (number - 1) + [{"loss": loss}]})
    values["accident_count"] = 2
    path = tmp_path / "月报.xlsx"
    path.write_bytes(write_workbook(form, values))
    area = lay_out(form).areas["accidents[total,loss]"]
    return path, area.sheet, area.first


def test_the_noise_of_a_sum_is_no_difference(monthly: tuple[Path, str, str]) -> None:
    path, sheet, cell = monthly
    assert said(store(path, sheet, cell, "0.30000000000000004")) == {}


def test_a_stale_result_is_told_as_the_cell_shows_it(monthly: tuple[Path, str, str]) -> None:
    path, sheet, cell = monthly
    store(path, sheet, cell, "0.7999999999999999")
    finding = the_one(path, "WBK022:accidents[total,loss]")
    assert "显示的结果 0.8 不是最新的，按各项计算应为 0.3，相差 0.5。" in finding.message
    assert (finding.found, finding.expected) == ("0.8", "0.3")
    assert not NOISE.search(everything(path))


@pytest.mark.parametrize(("stored", "severity"), [("0.30000000000000004", "warning"), ("0.1", "error")])
def test_a_figure_in_place_of_the_formula_is_told_as_the_cell_shows_it(
    monthly: tuple[Path, str, str], stored: str, severity: str
) -> None:
    path, sheet, cell = monthly
    edit_cells(path, sheet, {cell: float(stored)}, keep_results=True)
    assert said(path) == {"WBK020:accidents[total,loss]": severity}
    assert not NOISE.search(everything(path))


def test_a_total_pasted_as_the_figure_it_shows_is_the_same_figure(monthly: tuple[Path, str, str]) -> None:
    path, sheet, cell = monthly
    edit_cells(path, sheet, {cell: 0.1 + 0.2}, keep_results=True)
    (remark,) = refill(salvage(path)).remarks
    assert "数字没有变" in remark.text


def test_another_formula_s_result_is_told_as_the_cell_shows_it(monthly: tuple[Path, str, str]) -> None:
    path, sheet, cell = monthly
    store(path, sheet, cell, "0.30000000000000004", "0.1+0.2")
    finding = the_one(path, "WBK021:accidents[total,loss]")
    assert "结果为 0.3，按各项计算为 0.3" in finding.message and finding.severity == "warning"


# Every other cell ------------------------------------------------------------------------------------

NOISY: Mapping[str, tuple[str, float, str]] = {
    "a count": (COUNT, 0.1 + 0.2, "0.3"),
    "a negative count": (COUNT, -3.0, "−3"),
    "an amount with too many places": (CHARGES, 43.00000010000001, "43.0000001"),
    "a choice": ("unit_type", 0.1 + 0.2, "0.3"),
    "a total": (TOTAL, 50.300000000000004, "50.3"),
}


@pytest.mark.parametrize(("subject", "stored", "seen"), NOISY.values(), ids=NOISY)
def test_what_stands_in_a_cell_is_told_as_it_is_shown(
    subject: str, stored: float, seen: str, tmp_path: Path
) -> None:
    path = edit(save(tmp_path), {subject: stored}, keep_results=True)
    (found,) = (f for f in verify_file(path).findings if f.subject == subject)
    assert found.found == seen
    assert seen in found.message
    assert not NOISE.search(everything(path))


def test_a_number_in_place_of_a_text_is_the_text_that_is_shown(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {"published[1,category]": 0.1 + 0.2})
    assert said(path) == {"VAL018:published[1,category]": "error"}  # what is seen is no category
    assert not NOISE.search(everything(path))
    assert json.loads(run("extract", path).stdout)["published"][0]["category"] == "0.3"


def test_a_number_that_could_not_be_understood_is_extracted_as_it_is_shown(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {COUNT: 0.1 + 0.2})
    content = json.loads(run("extract", path).stdout)
    assert content["requests"]["new_requests"]["natural_person"] == "0.3"


def test_a_figure_of_last_year_is_told_as_it_is_shown(tmp_path: Path) -> None:
    path = edit(save_issued(tmp_path), {f"prior.{IN_FORCE}": 8.000000000000002})
    assert said(path) == {}
    finding = the_one(edit(path, {f"prior.{IN_FORCE}": 8.100000000000001}), f"YOY904:prior.{IN_FORCE}")
    assert finding.found == "8.1" and "现在是 8.1" in finding.message


def test_a_copy_of_a_sheet_that_shows_the_same_figures_is_a_mere_copy(tmp_path: Path) -> None:
    path = save(tmp_path, sound({CHARGES: 43}))
    sheet, cell = place(CHARGES)

    def copy(book: object) -> None:
        book.copy_worksheet(book[sheet])[cell] = 43.00000000000001  # type: ignore[attr-defined, index]

    found = [f for f in verify_file(with_openpyxl(path, copy)).findings if f.code == "WBK014"]
    assert [finding.severity.value for finding in found] == ["note"]


def test_a_number_in_place_of_a_label_is_told_as_it_is_shown(tmp_path: Path) -> None:
    sheet = next(sheet for sheet in LAYOUT.sheets if sheet.name == sheet_of(COUNT))
    label = next(cell for cell in sheet.cells if isinstance(cell, Constant) and cell.guarded).area.first
    path = edit_cells(save(tmp_path), sheet.name, {label: 12.0})
    assert the_one(path, f"WBK023:{sheet.name}!{label}").found == "12"
    assert not NOISE.search(everything(edit_cells(path, sheet.name, {label: 0.1 + 0.2})))
