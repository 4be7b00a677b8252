"""What people do to single cells: each damage gives exactly its own finding, and nothing is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from returns import (
    FORM,
    LAYOUT,
    MAIN,
    edit,
    edit_cells,
    edit_sheet,
    inputs_of,
    nil,
    place,
    said,
    save,
    sheet_of,
    sound,
    tab,
    the_one,
)
from xlreport.finding import Status
from xlreport.layout.cells import Constant
from xlreport.verify.verdict import verify_file

REQUESTS = tab("requests")
COUNT = "requests[new_requests,natural_person]"
AMOUNT = "charges[administrative_charges,amount]"
TOTAL = "requests[new_requests,total]"


def test_a_sound_return_has_no_findings(tmp_path: Path) -> None:
    assert said(save(tmp_path)) == {}
    assert verify_file(save(tmp_path)).status is Status.ACCEPTED


# Formulas --------------------------------------------------------------------------------------------


def excel(subject: str) -> str:
    return LAYOUT.excel[subject]


@pytest.mark.parametrize(
    ("content", "expected", "severity", "words"),
    [
        (50, "WBK020", "warning", "公式被“50”替换，按各项计算为 50"),
        (51, "WBK020", "error", "公式被“51”替换，按各项计算应为 50，相差 1"),
        (49.5, "WBK020", "error", "公式被“49.5”替换，按各项计算应为 50，相差 −0.5"),
        ("50件", "WBK020", "error", "公式被“50件”替换"),
        ("#REF!", "WBK020", "error", "公式被“#REF!”替换"),
        (None, "WBK020", "warning", "公式被清空，按各项计算为 50"),
        ("=50", "WBK021", "error", "公式被改成“=50”"),
        ("=1+1", "WBK021", "error", "公式被改成“=1+1”"),
    ],
)
def test_a_formula_that_is_gone_or_another_one(
    content: object, expected: str, severity: str, words: str, tmp_path: Path
) -> None:
    path = edit(save(tmp_path), {TOTAL: content})
    assert said(path) == {f"{expected}:{TOTAL}": severity}
    finding = the_one(path, f"{expected}:{TOTAL}")
    assert words in finding.message
    assert (finding.sheet, finding.cell) == place(TOTAL)
    assert finding.expected == "50"


def test_another_formula_with_the_same_result_is_a_warning(tmp_path: Path) -> None:
    path = save(tmp_path)
    name = place(TOTAL)[1]

    def rewrite(root: object) -> None:
        for cell in root.iter(f"{MAIN}c"):  # type: ignore[attr-defined]
            if cell.get("r") == name:
                cell.find(f"{MAIN}f").text += "+0"

    edit_sheet(path, REQUESTS, rewrite, keep_results=True)
    assert said(path) == {f"WBK021:{TOTAL}": "warning"}


@pytest.mark.parametrize(
    "rewritten",
    ["{f}", "={f}", " {f} ", "{lower}", "{dollars}"],
)
def test_the_same_formula_written_otherwise_is_the_same_formula(rewritten: str, tmp_path: Path) -> None:
    formula = excel(TOTAL)
    dollars = formula.replace("(", "($").replace(":", ":$")
    text = rewritten.format(f=formula, lower=formula.lower(), dollars=dollars)
    assert said(edit(save(tmp_path), {TOTAL: "=" + text.removeprefix("=")})) == {}


def test_a_result_that_is_not_up_to_date_is_a_warning(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {COUNT: 39, "requests[other,natural_person]": 2}, keep_results=True)
    stale = {f"requests[{row},{column}]" for row in ("other", "results_total") for column in ("total",)}
    stale |= {TOTAL, "requests[results_total,natural_person]"}
    assert said(path) == {f"WBK022:{subject}": "warning" for subject in stale}
    assert "显示的结果 50 不是最新的，按各项计算应为 51，相差 −1" in the_one(path, f"WBK022:{TOTAL}").message
    assert verify_file(path).status is Status.ACCEPTED


@pytest.mark.parametrize("shown", [12, 50, 999])
def test_a_total_over_a_text_is_what_a_spreadsheet_adds_or_old(shown: int, tmp_path: Path) -> None:
    """A text is not added: 50 with it, 12 without it; what is neither is no consequence of it."""
    sheet, name = place(TOTAL)

    def store(root: etree._Element) -> None:
        cell = next(cell for cell in root.iter(f"{MAIN}c") if cell.get("r") == name)
        result = cell.find(f"{MAIN}v")
        assert result is not None
        result.text = str(shown)

    path = edit(save(tmp_path), {"requests[new_requests,natural_person]": "38"}, keep_results=True)
    codes = {id_.partition(":")[0] for id_ in said(edit_sheet(path, sheet, store, keep_results=True))}
    assert ("WBK022" in codes) is (shown == 999) and "VAL002" in codes


def test_a_column_of_totals_typed_in_is_named_cell_by_cell(tmp_path: Path) -> None:
    totals = {f"cases[{row.name},total]": 9 for row in FORM.grids["cases"].rows}
    assert said(edit(save(tmp_path), totals)) == {f"WBK020:{subject}": "error" for subject in totals}


# Labels, locks, strangers ----------------------------------------------------------------------------


def test_an_edited_label_is_named_with_what_stood_there(tmp_path: Path) -> None:
    texts = [
        cell
        for cell in next(s for s in LAYOUT.sheets if s.name == REQUESTS).cells
        if isinstance(cell, Constant) and cell.guarded and cell.text
    ]
    title, label, head = texts[0], next(t for t in texts if "本年新收" in t.text), texts[4]
    for cell in (title, label, head):
        path = edit_cells(save(tmp_path), REQUESTS, {cell.area.first: "改过的文字"})
        id_ = f"WBK023:{REQUESTS}!{cell.area.first}"
        assert said(path) == {id_: "error"}
        finding = the_one(path, id_)
        assert "改过的文字" in finding.message and cell.text[:30] in finding.message
        assert (finding.expected, finding.found) == (cell.text, "改过的文字")


def test_blanks_and_width_in_a_label_do_not_matter(tmp_path: Path) -> None:
    label = next(
        cell
        for cell in next(s for s in LAYOUT.sheets if s.name == REQUESTS).cells
        if isinstance(cell, Constant) and "（一）予以公开" in cell.text
    )
    path = edit_cells(save(tmp_path), REQUESTS, {label.area.first: " (一) 予以公开\n"})
    assert said(path) == {}


def test_a_sheet_without_protection_is_a_warning(tmp_path: Path) -> None:
    path = save(tmp_path)
    for sheet in (REQUESTS, tab("cases")):

        def unlock(root: object) -> None:
            lock = root.find(f"{MAIN}sheetProtection")  # type: ignore[attr-defined]
            root.remove(lock)  # type: ignore[attr-defined]

        edit_sheet(path, sheet, unlock)
    assert said(path) == {"WBK024:_protection": "warning"}
    message = the_one(path, "WBK024:_protection").message
    assert REQUESTS in message and tab("cases") in message


def test_contents_outside_the_table_are_named_once_per_sheet(tmp_path: Path) -> None:
    path = edit_cells(save(tmp_path), REQUESTS, {"S3": "另有说明", "T60": 5, "S90": " "})
    assert said(path) == {f"WBK025:{REQUESTS}!S3": "error"}
    assert "（S3、T60）" in the_one(path, f"WBK025:{REQUESTS}!S3").message


# Figures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "content", "expected", "severity"),
    [
        (COUNT, "38件", "VAL002", "note"),
        (COUNT, " 38 ", "VAL002", "note"),
        (COUNT, "３８", "VAL002", "note"),
        (COUNT, "38（其中网上20件）", "VAL001", "error"),
        (COUNT, "无", "VAL001", "error"),
        (COUNT, "/", "VAL001", "error"),
        (COUNT, "减4", "VAL001", "error"),
        (COUNT, "3万", "VAL001", "error"),
        (COUNT, True, "VAL001", "error"),
        (COUNT, -38, "VAL003", "error"),
        (COUNT, 38.5, "VAL004", "error"),
        (COUNT, "#VALUE!", "VAL006", "error"),
        (COUNT, 10**13, "VAL007", "error"),
        (COUNT, None, "VAL010", "error"),
        (COUNT, "  ", "VAL010", "error"),
        (AMOUNT, "1,863.507215", "VAL002", "note"),
        (AMOUNT, "1863.507215万元", "VAL002", "note"),
        (AMOUNT, "1863元", "VAL001", "error"),
        (AMOUNT, -1, "VAL003", "error"),
        (AMOUNT, 0.1234567, "VAL005", "error"),
        (AMOUNT, None, "VAL010", "error"),
        ("unit_type", "局", "VAL008", "error"),
        ("unit_type", None, "VAL010", "error"),
        ("signed_on", "2024年1月", "VAL009", "error"),
        ("signed_on", "2024年1月16日", "", ""),
        ("signed_on", None, "VAL010", "error"),
        ("organ", "关" * 61, "VAL011", "error"),
        ("nil_confirmed", None, "", ""),
        ("nil_confirmed", "对", "VAL008", "error"),
        ("email", None, "", ""),
        ("proactive", None, "VAL010", "error"),
        ("text", None, "", ""),
        ("published[3,category]", None, "VAL012", "error"),
        ("published[3,count]", None, "VAL012", "error"),
        ("published[3,count]", "若干", "VAL001", "error"),
        ("published[12,count]", 4, "VAL012", "error"),
        ("requests[other,note]", "含上年1件", "", ""),
    ],
)
def test_a_cell_filled_in_oddly_gives_one_finding_and_no_echo(
    subject: str, content: object, expected: str, severity: str, tmp_path: Path
) -> None:
    path = edit(save(tmp_path), {subject: content})
    about = "published[12,category]" if subject == "published[12,count]" else subject
    assert said(path) == ({f"{expected}:{about}": severity} if expected else {})
    if expected:
        finding = the_one(path, f"{expected}:{about}")
        assert (finding.sheet, finding.cell) == place(about)
        assert finding.sheet in finding.message and finding.cell in finding.message
        assert finding.fix


def test_a_number_written_as_text_counts_as_the_number(tmp_path: Path) -> None:
    submission = verify_file(edit(save(tmp_path), {COUNT: "38件"})).submission
    assert submission is not None
    assert submission.inputs == sound()
    assert submission.values[TOTAL] == 50


def test_a_number_written_as_text_still_has_to_balance(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {COUNT: "39件"})
    assert said(path) == {
        f"VAL002:{COUNT}": "note",
        "REQ001:requests[,natural_person]": "error",
    }


def test_zero_is_an_answer_and_blank_is_none(tmp_path: Path) -> None:
    subject = "requests[rejected_publication,natural_person]"
    assert said(edit(save(tmp_path), {subject: 0})) == {}
    assert said(edit(save(tmp_path), {subject: None})) == {f"VAL010:{subject}": "error"}


def test_the_same_slip_in_many_cells_is_one_finding(tmp_path: Path) -> None:
    slashes = {subject: "/" for subject in inputs_of("requests") if "legal_service" in subject}
    path = edit(save(tmp_path), slashes)
    first = next(iter(slashes))
    assert said(path) == {f"VAL001:{first}": "error"}
    assert f"共 {len(slashes)} 格" in the_one(path, f"VAL001:{first}").message


@pytest.mark.parametrize("block", ["requests", "cases", "documents", "enforcement"])
def test_a_table_left_blank_is_one_finding(block: str, tmp_path: Path) -> None:
    path = edit(save(tmp_path), dict.fromkeys(inputs_of(block)))
    assert said(path) == {f"VAL010:{block}": "error"}
    finding = the_one(path, f"VAL010:{block}")
    assert f"共 {len(inputs_of(block))} 格未填" in finding.message
    assert finding.sheet == sheet_of(inputs_of(block)[0])


def test_a_missing_sign_off_names_everyone_who_is_missing(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {"prepared_by": None, "approved_by": None, "signed_on": None})
    assert said(path) == {"VAL010:cover": "error"}
    message = the_one(path, "VAL010:cover").message
    for label in ("“填报人”", "“负责人”", "“签发日期”"):
        assert label in message
    assert "“审核人”" not in message


def test_everything_is_said_at_once(tmp_path: Path) -> None:
    damage: dict[str, object] = {
        "prepared_by": None,
        "requests[other,commercial_enterprise]": "无",
        "cases[review,upheld]": -2,
        "requests[other,natural_person]": 2,
        "cases[litigation_direct,total]": 7,
        AMOUNT: "18万",
    }
    path = edit(save(tmp_path), damage)
    assert said(path) == {
        "VAL010:prepared_by": "error",
        "VAL001:requests[other,commercial_enterprise]": "error",
        "VAL003:cases[review,upheld]": "error",
        "REQ001:requests[,natural_person]": "error",
        "WBK020:cases[litigation_direct,total]": "error",
        f"VAL001:{AMOUNT}": "error",
    }


# Nil returns -----------------------------------------------------------------------------------------


def test_a_nil_return_is_confirmed_in_one_place(tmp_path: Path) -> None:
    assert said(save(tmp_path, nil())) == {}
    assert said(save(tmp_path, nil() | {"nil_confirmed": False})) == {"NIL001:nil_confirmed": "error"}
    unconfirmed = {subject: value for subject, value in nil().items() if subject != "nil_confirmed"}
    assert said(save(tmp_path, unconfirmed)) == {"NIL001:nil_confirmed": "error"}


def test_a_return_with_figures_cannot_be_confirmed_as_nil(tmp_path: Path) -> None:
    assert said(save(tmp_path, sound({"nil_confirmed": True}))) == {"NIL002:nil_confirmed": "error"}


def test_a_blank_return_is_not_a_nil_return(tmp_path: Path) -> None:
    values = {subject: value for subject, value in nil().items() if value != 0}
    assert {id_.partition(":")[0] for id_ in said(save(tmp_path, values))} == {"VAL010"}
