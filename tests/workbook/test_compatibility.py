"""docs/compatibility.md, line by line: what each program keeps of a return, and what we say of the rest.

The programs are the real ones. Each re-saves a sound return and one with several mistakes.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from command_line import json_lines, run
from libreoffice import convert, recalculate, use
from other_programs import resave
from returns import LAYOUT, edit, place, save, sound, tab
from xlreport.verify.verdict import Verdict, verify_file
from xlreport.workbook.read import read

MISTAKES: Mapping[str, object] = {
    "requests[new_requests,natural_person]": "38件",
    "requests[other,other_organization]": "/",
    "requests[disclosed,natural_person]": -14,
    "requests[carried_forward,commercial_enterprise]": 7,
    "requests[results_total,total]": 52,
    "charges[administrative_charges,amount]": 59237.2449,
    "fee_amount": 125,
    "unit_type": "局",
    "signed_on": "2024年1月",
    "npc_proposals": 2.5,
    "published[3,count]": None,
}
"""A return as it comes: texts in number cells, a total typed over, blanks, odd numbers."""

FORMATS: Mapping[str, tuple[str, ...]] = {
    "libreoffice": ("xlsx", "ods", "xls"),
    "gnumeric": ("xlsx", "ods", "xls"),
    "sheetjs": ("xlsx", "ods", "xls", "xlsb"),
    "exceljs": ("xlsx",),
    "openpyxl": ("xlsx",),
}
CASES = [(program, ending) for program, endings in FORMATS.items() for ending in endings]
UNLOCKED = {
    (program, ending, name)
    for program, ending in [("gnumeric", "ods"), *(("sheetjs", ending) for ending in FORMATS["sheetjs"])]
    for name in ("sound", "mistakes")
} | {("exceljs", "xlsx", "mistakes")}
"""What comes without the protection of sheets: WBK024.

ExcelJS understands `sheet="1"` only; the return with mistakes went through LibreOffice, which writes "true".
"""
WITHOUT_FORMULAS = {("sheetjs", "xls"), ("sheetjs", "xlsb")}
"""Saved as plain values: WBK020 for every total."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("programs")


@pytest.fixture(scope="module")
def saved(folder: Path) -> Saved:
    return Saved(folder)


class Saved:
    """The two returns as every program saved them; each program is started when it is first wanted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        mistakes = edit(save(folder, name="mistakes.xlsx"), MISTAKES)
        (recalculated,) = recalculate([mistakes], folder / "recalculated")
        self.originals = {"sound": save(folder, name="sound.xlsx"), "mistakes": recalculated}
        self.by = cache(self._by)

    def _by(self, program: str) -> Path:
        out = self.folder / program
        out.mkdir()
        if program == "libreoffice":
            for ending in FORMATS[program]:
                convert(list(self.originals.values()), out, to=ending)
        else:
            endings = FORMATS[program]
            resave(program, {p: [out / f"{n}.{e}" for e in endings] for n, p in self.originals.items()})
        return out

    def file(self, program: str, ending: str, name: str) -> Path:
        return self.by(program) / f"{name}.{ending}"

    def readable(self, program: str, ending: str) -> Path:
        """The sound return as XML; of a binary format as LibreOffice understands it."""
        path = self.file(program, ending, "sound")
        if ending not in ("xls", "xlsb"):
            return path
        (seen,) = convert([path], self.folder / f"{program}-{ending}", to="xlsx")
        return seen


def said(verdict: Verdict) -> set[str]:
    return {finding.id for finding in verdict.findings}


# The figures and the findings ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sound", "mistakes"])
@pytest.mark.parametrize(("program", "ending"), CASES)
def test_a_return_is_the_same_after_any_program(program: str, ending: str, name: str, saved: Saved) -> None:
    before = verify_file(saved.originals[name])
    after = verify_file(saved.file(program, ending, name))
    assert before.submission is not None and after.submission is not None
    assert after.submission.stamp == before.submission.stamp
    assert after.submission.inputs == before.submission.inputs
    assert after.submission.values == before.submission.values
    assert after.status == before.status
    expected = said(before) | ({"WBK024:_protection"} if (program, ending, name) in UNLOCKED else set())
    found = said(after)
    if (program, ending) in WITHOUT_FORMULAS:
        found, expected = without_totals(found), without_totals(expected)
    assert found == expected


def without_totals(ids: set[str]) -> set[str]:
    return {name for name in ids if not name.startswith("WBK020")}


@pytest.mark.parametrize(("program", "ending"), [case for case in CASES if case not in WITHOUT_FORMULAS])
def test_every_formula_reads_as_the_template_has_it(program: str, ending: str, saved: Saved) -> None:
    sheets = read(saved.file(program, ending, "sound")).snapshot.sheets
    different = []
    for cell in LAYOUT.formulas:
        found = sheets[cell.area.sheet].formulas.get((cell.area.top, cell.area.left), "")
        if (program, ending, found) == ("sheetjs", "ods", "") and cell.subject in LAYOUT.live:
            continue  # it leaves out formulas that show nothing; those of figures stay
        if plain(found) != plain(LAYOUT.excel[cell.subject]):
            different.append((cell.subject, found, LAYOUT.excel[cell.subject]))
    assert different == []


def plain(formula: str) -> str:
    return re.sub(r"[\s'$]", "", formula.removeprefix("="))


@pytest.mark.parametrize(("program", "ending"), sorted(WITHOUT_FORMULAS))
def test_totals_saved_as_values_are_told_of_and_computed(program: str, ending: str, saved: Saved) -> None:
    verdict = verify_file(saved.file(program, ending, "sound"))
    totals = [finding for finding in verdict.findings if finding.code == "WBK020"]
    assert totals and all(finding.severity == "warning" for finding in totals)
    assert {finding.code for finding in verdict.findings} == {"WBK020", "WBK024"}


# What else a file carries ----------------------------------------------------------------------------


def parts(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith("content.xml") or re.match(r"xl/(workbook|worksheets/sheet\d+)\.xml", name):
                yield archive.read(name).decode()


KEPT: Mapping[tuple[str, str], Mapping[str, bool]] = {
    ("libreoffice", "xlsx"): {"rules": True, "prompts": True, "links": True, "colours": True, "hidden": True},
    ("libreoffice", "ods"): {"rules": True, "prompts": True, "links": True, "colours": True, "hidden": True},
    ("libreoffice", "xls"): {"rules": True, "prompts": True, "links": True, "colours": True, "hidden": True},
    ("gnumeric", "xlsx"): {"rules": True, "prompts": True, "links": True, "colours": True, "hidden": False},
    ("gnumeric", "ods"): {"rules": True, "prompts": True, "links": True, "colours": True, "hidden": True},
    ("gnumeric", "xls"): {"rules": True, "prompts": True, "links": True, "colours": True, "hidden": True},
    ("sheetjs", "xlsx"): {"rules": False, "prompts": False, "links": True, "colours": False, "hidden": True},
    ("sheetjs", "ods"): {"rules": False, "prompts": False, "links": True, "colours": False, "hidden": False},
    ("sheetjs", "xls"): {"rules": False, "prompts": False, "links": True, "colours": False, "hidden": True},
    ("sheetjs", "xlsb"): {"rules": False, "prompts": False, "links": True, "colours": False, "hidden": True},
    ("exceljs", "xlsx"): {"rules": True, "prompts": True, "links": False, "colours": True, "hidden": True},
    ("openpyxl", "xlsx"): {"rules": True, "prompts": True, "links": True, "colours": True, "hidden": True},
}
MARKS = {
    "rules": r"<dataValidation |<table:content-validation ",
    "prompts": r' prompt="|<table:help-message',
    "links": r"<hyperlink |<text:a [^>]*xlink:href=\"#",
    "colours": r"<cfRule |<calcext:condition |<style:map ",
    "hidden": r'state="(?:veryHidden|hidden)"|table:display="false"',
}


@pytest.mark.parametrize(("program", "ending"), list(KEPT))
def test_what_a_program_keeps_for_the_next_one_who_fills_in(program: str, ending: str, saved: Saved) -> None:
    text = "".join(parts(saved.readable(program, ending)))
    assert {what: re.search(mark, text) is not None for what, mark in MARKS.items()} == KEPT[program, ending]


# LibreOffice as a person uses it ---------------------------------------------------------------------


NEW, TOTAL = "requests[new_requests,natural_person]", "requests[new_requests,total]"
TYPED: Mapping[str, str] = {
    NEW: "77",
    TOTAL: "5",
    "postcode": "012345",
    "signed_on": "2024-01-25",
    "organ_short": "县自然资源\n和规划局",
    "charges[administrative_charges,amount]": "59237.2449",
}


@pytest.fixture(scope="module")
def opened(folder: Path) -> dict[str, str]:
    """What LibreOffice shows of a template that was typed into; the saved files are called typed.*."""
    path = save(folder, name="template.xlsx")
    sheet, new = place(NEW)
    at = f'At("{sheet}","{new}")'
    questions = {
        "sheet protected": f'doc.Sheets.getByName("{sheet}").isProtected()',
        "structure protected": "doc.isProtected()",
        "stamp shown": 'doc.Sheets.getByName("_xlreport").IsVisible',
        "input locked": f"{at}.CellProtection.IsLocked",
        "rule": f"{at}.Validation.Type",
        "refusal": f"{at}.Validation.ErrorMessage",
        "prompt": f"{at}.Validation.InputMessage",
        "colours": f'doc.Sheets.getByName("{sheet}").ConditionalFormats.getLength()',
        "link": 'At("填报说明","H9").TextFields.createEnumeration().nextElement().URL',
        "total": f'At("{sheet}","{place(TOTAL)[1]}").String',
        "live": f'At("{sheet}","B2").String',
    }
    typed = {place(subject): text for subject, text in TYPED.items()}
    return use(path, typed, [folder / f"typed.{ending}" for ending in FORMATS["libreoffice"]], questions)


def test_the_template_opens_in_libreoffice_with_all_that_guides_a_person(opened: dict[str, str]) -> None:
    assert opened["sheet protected"] == "True"
    assert opened["stamp shown"] == "False"
    assert opened["input locked"] == "False"
    assert opened["rule"] == "1"  # whole numbers
    assert "0 或正整数" in opened["refusal"]
    assert "申请件数" in opened["prompt"]
    assert int(opened["colours"]) >= 5
    assert tab("requests") in opened["link"]


def test_libreoffice_drops_the_protection_of_the_structure(opened: dict[str, str]) -> None:
    assert opened["structure protected"] == "False"


def test_live_checks_follow_what_is_typed_into_libreoffice(opened: dict[str, str]) -> None:
    assert opened["total"] == "89"  # the 5 typed into the locked cell did not get in
    assert "未通过校验 2 项" in opened["live"]


@pytest.mark.parametrize("ending", FORMATS["libreoffice"])
def test_what_is_typed_into_libreoffice_is_read_in_every_format(
    ending: str, opened: dict[str, str], folder: Path
) -> None:
    verdict = verify_file(folder / f"typed.{ending}")
    assert verdict.submission is not None
    inputs = verdict.submission.inputs
    changes = {NEW: 77, "postcode": "012345", "signed_on": "2024-01-25"}
    changes["organ_short"] = "县自然资源\n和规划局"
    charge = "charges[administrative_charges,amount]"
    assert {subject: value for subject, value in inputs.items() if subject != charge} == {
        subject: value for subject, value in (sound() | changes).items() if subject != charge
    }
    assert str(inputs[charge]) == "59237.2449"
    assert verdict.submission.values[TOTAL] == 89
    assert said(verdict) == {"REQ001:requests[,natural_person]"}


def test_true_in_a_number_cell_is_1_for_libreoffice(folder: Path) -> None:
    upheld = "cases[review,upheld]"
    path = edit(save(folder, name="true.xlsx"), {upheld: True})
    (again,) = convert([path], folder / "true", to="ods")
    assert f"VAL001:{upheld}" in said(verify_file(path))
    after = verify_file(again).submission
    assert after is not None and after.inputs[upheld] == 1


def test_gnumeric_keeps_some_of_the_colours_in_xlsx(saved: Saved) -> None:
    before, after = (
        "".join(parts(path)).count("<cfRule ")
        for path in (saved.originals["sound"], saved.file("gnumeric", "xlsx", "sound"))
    )
    assert before > after > before // 2


# Endings ---------------------------------------------------------------------------------------------


MISNAMED = [("libreoffice", "ods", "xlsx"), ("gnumeric", "xls", "et"), ("libreoffice", "xlsx", "xls")]
MISNAMED += [("sheetjs", "xlsb", "ods")]


def test_a_folder_of_every_format_under_wrong_names_is_converted(saved: Saved, tmp_path: Path) -> None:
    given, out = tmp_path / "in", tmp_path / "out"
    given.mkdir()
    for program, ending, name in MISNAMED:
        shutil.copy(saved.file(program, ending, "sound"), given / f"{program}-{ending}.{name}")
    (given / "page.xls").write_text("<html><table></table></html>")
    done = run("convert", given, "-o", out, "--to", "md", "--jobs", "1")
    assert done.exit_code == 1
    lines = {Path(line["file"]).name: line for line in json_lines(out / "findings.jsonl")}
    assert {name for name, line in lines.items() if line["status"] == "accepted"} == {
        f"{program}-{ending}.{name}" for program, ending, name in MISNAMED
    }
    assert "网页（HTML）" in lines["page.xls"]["findings"][0]["message"]
