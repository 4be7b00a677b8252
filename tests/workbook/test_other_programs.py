"""Other spreadsheet programs: what they compute is what we stored, and what they save we read alike."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from lxml import etree
from openpyxl import load_workbook

from libreoffice import recalculate
from other_programs import recalculated_by_gnumeric
from returns import FORM, LAYOUT, edit, edit_sheet, part_of, place, sample_json, save, sound
from xlreport.finding import Finding
from xlreport.form.cells import cells_of
from xlreport.form.exact import LARGEST
from xlreport.form.field import Kind
from xlreport.form.values import from_json
from xlreport.formula.nodes import Value
from xlreport.verify.verdict import verify_file
from xlreport.workbook.read import read

SAMPLES = ("busy_bureau", "county_government", "unbalanced_bureau")


def random_values(seed: int, blanks: float, largest: int) -> dict[str, Value]:
    """A reproducible filling; texts and figures of every size, some left blank."""
    random = Random(seed)
    values: dict[str, Value] = {}
    for subject, field in cells_of(FORM).items():
        if subject in FORM.computed or random.random() < blanks:
            continue
        if field.kind is Kind.COUNT:
            values[subject] = random.randrange(largest)
        elif field.kind is Kind.AMOUNT:
            values[subject] = Decimal(random.randrange(10**9)).scaleb(-random.randint(0, field.places))
        elif field.kind is Kind.CONFIRM:
            values[subject] = random.random() < 0.5
        elif field.labels:
            values[subject] = random.choice(list(field.labels))
        elif field.kind is Kind.DATE:
            values[subject] = f"2024-01-{random.randrange(1, 32):02}"
        elif field.kind is Kind.YEAR:
            values[subject] = 2023
        else:
            values[subject] = "".join(random.choices("甲乙丙=+-'\"<&>0 1\n，。", k=6)).strip() or "丁"
    return values


FILLINGS: Mapping[str, dict[str, Value]] = {
    "blank": {},
    **{name: from_json(FORM, sample_json(name)) for name in SAMPLES},
    "small": random_values(1, 0.0, 4),
    "gaps": random_values(2, 0.3, 50),
    "large": random_values(4, 0.05, LARGEST),
}
ODDITIES: Mapping[str, object] = {
    "requests[new_requests,natural_person]": "38件",
    "requests[other,other_organization]": "/",
    "requests[disclosed,natural_person]": -14,
    "requests[carried_forward,total]": 3,
    "requests[results_total,total]": 52,
    "fee_notices": "#REF!",
    "unit_type": "局",
    "signed_on": "2024年1月",
    "npc_proposals": 2.5,
    "published[4,count]": None,
    "postcode": 359300,
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Each file as we wrote it (or as it was spoilt), and as LibreOffice recalculated and saved it."""
    folder = tmp_path_factory.mktemp("written")
    paths = [save(folder, values, f"{name}.xlsx") for name, values in FILLINGS.items()]
    paths.append(edit(save(folder, sound(), "oddities.xlsx"), ODDITIES))
    saved = recalculate(paths, folder / "saved")
    return {path.stem: (path, again) for path, again in zip(paths, saved, strict=True)}


def ids(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.id for finding in findings]


def same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) <= 1e-6 + 1e-14 * abs(ours)  # they compute in floats
    return (ours or "") == (theirs or "")


@pytest.mark.parametrize("name", FILLINGS)
def test_every_stored_result_is_what_libreoffice_computes(
    name: str, files: dict[str, tuple[Path, Path]]
) -> None:
    assert different_results(*files[name]) == []
    assert len(LAYOUT.formulas) > 150


@pytest.mark.parametrize("name", FILLINGS)
def test_every_stored_result_is_what_gnumeric_computes(
    name: str, files: dict[str, tuple[Path, Path]], tmp_path: Path
) -> None:
    written = files[name][0]
    assert different_results(written, recalculated_by_gnumeric(written, tmp_path / "gnumeric.xlsx")) == []


def test_gnumeric_computes_live_checks_anew_where_a_figure_changed(tmp_path: Path) -> None:
    new = {"requests[new_requests,natural_person]": 77}
    changed = edit(save(tmp_path), new, keep_results=True)
    after = recalculated_by_gnumeric(changed, tmp_path / "gnumeric.xlsx")
    assert different_results(save(tmp_path, sound(new), "written.xlsx"), after) == []
    assert "未通过校验 2 项" in str(read(after).snapshot.sheets["三、依申请公开"].raw(1, 1))


def different_results(one: Path, other: Path) -> list[tuple[str, object, object]]:
    """The formula cells whose stored results differ."""
    written, saved = (read(path).snapshot.sheets for path in (one, other))
    results = (
        (
            cell.subject,
            written[cell.area.sheet].raw(cell.area.top, cell.area.left),
            saved[cell.area.sheet].raw(cell.area.top, cell.area.left),
        )
        for cell in LAYOUT.formulas
    )
    return [(subject, ours, theirs) for subject, ours, theirs in results if not same(ours, theirs)]


@pytest.mark.parametrize("name", FILLINGS)
def test_what_libreoffice_saves_has_the_same_values_and_findings(
    name: str, files: dict[str, tuple[Path, Path]]
) -> None:
    before, after = (verify_file(path) for path in files[name])
    assert before.submission is not None and after.submission is not None
    assert after.submission.inputs == before.submission.inputs == FILLINGS[name]
    assert after.submission.values == before.submission.values
    assert [(f.id, f.message, f.severity) for f in after.findings] == [
        (f.id, f.message, f.severity) for f in before.findings
    ]


def test_an_oddity_is_the_same_oddity_after_libreoffice_saved_it(
    files: dict[str, tuple[Path, Path]],
) -> None:
    before, after = (verify_file(path) for path in files["oddities"])
    assert ids(before.findings) == ids(after.findings)
    silent = {"postcode", "published[4,count]"}
    assert {finding.subject for finding in before.findings} >= set(ODDITIES) - silent
    assert before.submission is not None and after.submission is not None
    assert before.submission.inputs == after.submission.inputs
    assert after.submission.inputs["postcode"] == "359300"


@pytest.mark.parametrize("name", ["unbalanced_bureau", "gaps", "oddities"])
def test_what_openpyxl_saves_has_the_same_values_and_findings(
    name: str, files: dict[str, tuple[Path, Path]], tmp_path: Path
) -> None:
    path = tmp_path / "openpyxl.xlsx"
    load_workbook(files[name][0]).save(path)
    before, after = verify_file(files[name][0]), verify_file(path)
    assert before.submission is not None and after.submission is not None
    assert after.submission.values == before.submission.values
    assert [(f.id, f.message) for f in after.findings] == [(f.id, f.message) for f in before.findings]


def test_a_file_twice_through_libreoffice_and_openpyxl(
    files: dict[str, tuple[Path, Path]], tmp_path: Path
) -> None:
    path = tmp_path / "both.xlsx"
    load_workbook(files["busy_bureau"][1]).save(path)
    verdict = verify_file(path)
    assert verdict.findings == ()
    assert verdict.submission is not None
    assert verdict.submission.inputs == FILLINGS["busy_bureau"]


def test_openpyxl_reads_the_formulas_and_results_that_we_read(files: dict[str, tuple[Path, Path]]) -> None:
    path = files["busy_bureau"][0]
    ours = read(path).snapshot
    formulas = load_workbook(path)
    for name, sheet in ours.sheets.items():
        theirs = {
            (cell.row - 1, cell.column - 1): cell.value[1:]
            for row in formulas[name].iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        assert dict(sheet.formulas) == theirs


def test_shared_formulas_are_read_as_each_cell_means_them(tmp_path: Path) -> None:
    path = save(tmp_path)
    sheet, first = place("requests[new_requests,total]")
    totals = {place(f"requests[{row.name},total]")[1] for row in FORM.grids["requests"].rows}

    def share(root: etree._Element) -> None:
        for node in root.iter("{*}f"):
            name = node.getparent().get("r")
            if name in totals:
                node.set("t", "shared")
                node.set("si", "0")
                node.text = node.text if name == first else None

    edit_sheet(path, sheet, share, keep_results=True)
    assert b't="shared"' in zipfile.ZipFile(path).read(part_of(path, sheet))
    assert verify_file(path).findings == ()


def test_the_file_is_never_changed_by_reading(tmp_path: Path) -> None:
    path = save(tmp_path)
    before = path.read_bytes()
    verify_file(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["return.xlsx"]
