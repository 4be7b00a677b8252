"""The edition of 2019: filled in, read, verified, carried into the next; and told apart from it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook, load_workbook

from damaging import with_openpyxl
from libreoffice import recalculate
from returns import FORM, said, sample_json, save, the_one
from xlreport.finding import Status
from xlreport.form.calculate import complete
from xlreport.form.cells import cells_of
from xlreport.form.editions import change, closed_edition, edition_for
from xlreport.form.field import Kind
from xlreport.form.load import load_form
from xlreport.form.values import from_json, to_json
from xlreport.formula.nodes import Value
from xlreport.layout import lay_out
from xlreport.layout.stamp import STAMP_TAB
from xlreport.report.render import render
from xlreport.verify.judge import judge
from xlreport.verify.reported import Reported
from xlreport.verify.verdict import verify_file
from xlreport.workbook.read import read
from xlreport.workbook.write import write_workbook

OLD = load_form("ogi_annual_2019")
SAMPLE = "county_bureau_2020"
CHANGE = "licensing[administrative_licences,change]"
OLD_HEADS = ("本年新制作数量", "其他对外管理服务事项", "政府集中采购", "上一年项目数量")


def values(**changes: Value) -> dict[str, Value]:
    return from_json(OLD, sample_json(SAMPLE)) | changes


def saved(folder: Path, filling: dict[str, Value] | None = None, name: str = "return.xlsx") -> Path:
    path = folder / name
    path.write_bytes(write_workbook(OLD, values() if filling is None else filling))
    return path


def put(path: Path, subject: str, content: object) -> Path:
    area = lay_out(OLD).areas[subject]

    def type_in(book: Workbook) -> None:
        book[area.sheet][area.first] = content

    return with_openpyxl(path, type_in)


# Filled in and read ----------------------------------------------------------------------------------


def test_a_sound_return_on_2020_has_no_findings_and_comes_back_as_it_was(tmp_path: Path) -> None:
    verdict = verify_file(saved(tmp_path))
    assert (verdict.status, verdict.findings) == (Status.ACCEPTED, ())
    assert verdict.submission is not None
    data = to_json(OLD, verdict.submission.inputs)
    assert json.loads(json.dumps(data)) == sample_json(SAMPLE)
    assert data["licensing"]["administrative_licences"]["change"] == -4


def test_a_fall_is_a_negative_number_and_nothing_else_is(tmp_path: Path) -> None:
    path = put(saved(tmp_path), "licensing[administrative_licences,previous]", -1)
    assert the_one(path, "VAL003:licensing[administrative_licences,previous]").severity == "error"
    assert verify_file(put(saved(tmp_path), CHANGE, -3)).findings == ()


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("－4", "VAL002", "已按 -4 识别"),
        ("减4", "VAL001", "减少的填负数"),
        (-2.5, "VAL004", "应为整数"),
        (-(10**13), "VAL007", "过大"),
    ],
)
def test_how_people_write_a_fall(tmp_path: Path, typed: object, code: str, words: str) -> None:
    finding = the_one(put(saved(tmp_path), CHANGE, typed), f"{code}:{CHANGE}")
    assert words in finding.message + finding.fix


def test_each_column_takes_what_it_is_for(tmp_path: Path) -> None:
    path = put(saved(tmp_path), "procurement[central_procurement,projects]", 2.5)
    assert "应为整数" in the_one(path, "VAL004:procurement[central_procurement,projects]").message
    assert read(saved(tmp_path)).inputs["procurement[central_procurement,amount]"] == Decimal("1834.2906")


def test_the_sheet_itself_accepts_a_fall_only_where_there_can_be_one(tmp_path: Path) -> None:
    page = load_workbook(saved(tmp_path))["二、主动公开"]
    least = {}
    for column in ("previous", "change", "decisions"):
        cell = lay_out(OLD).areas[f"licensing[administrative_licences,{column}]"].first
        (rule,) = (r for r in page.data_validations.dataValidation if cell in r.sqref)
        least[column] = int(rule.formula1)
    assert least["change"] < 0 == least["previous"] == least["decisions"]


def random_values(seed: int) -> dict[str, Value]:
    random = Random(seed)
    filling: dict[str, Value] = {}
    for subject, field in cells_of(OLD).items():
        if subject in OLD.computed or random.random() < 0.1:
            continue
        if field.kind is Kind.COUNT:
            filling[subject] = random.randint(-9 if field.signed else 0, 9)
        elif field.kind is Kind.AMOUNT:
            filling[subject] = Decimal(random.randrange(10**9)).scaleb(-field.places)
    return filling


def test_libreoffice_computes_and_keeps_what_we_stored(tmp_path: Path) -> None:
    fillings = {f"random{n}": random_values(n) for n in (1, 2)} | {"sample": values()}
    paths = [saved(tmp_path, filling, f"{name}.xlsx") for name, filling in fillings.items()]
    for path, again in zip(paths, recalculate(paths, tmp_path / "saved"), strict=True):
        ours, theirs = read(path), read(again)
        assert theirs.inputs == ours.inputs == fillings[path.stem]
        for cell in lay_out(OLD).formulas:
            sheet, place = cell.area.sheet, (cell.area.top, cell.area.left)
            stored, computed = (s.snapshot.sheets[sheet].raw(*place) for s in (ours, theirs))
            assert (stored or "") == (computed or ""), cell.subject


def test_the_report_shows_a_fall_and_cites_its_own_notice() -> None:
    text = render(OLD, complete(OLD, values()), "md").decode()
    assert "〔2019〕60号" in text and "〔2021〕30号" not in text
    assert "-4" in text and "1834.2906" in text
    assert "新制作规范性文件2件，新公开3件" in text


# Carried into the next edition -----------------------------------------------------------------------


def test_what_2021_compares_with_last_year_has_the_same_names() -> None:
    prior = complete(OLD, values())
    wanted = [
        *(
            s
            for s in FORM.grids["requests"].subjects()
            if not s.startswith(("requests[other_", "requests[other,"))
        ),
        *(s for s in FORM.grids["cases"].subjects()),
        *("licensing[administrative_licences,decisions]", "enforcement[administrative_penalties,decisions]"),
        *("published[total,count]", "npc_proposals", "cppcc_proposals"),
        *("proactive", "management", "found", "measures"),
    ]
    assert [subject for subject in wanted if subject not in prior] == []
    assert prior["requests[carried_forward,natural_person]"] == 3
    assert prior["requests[carried_forward,total]"] == 5


def test_the_edition_for_a_year() -> None:
    assert [edition_for(FORM, year) for year in (2018, 2019, 2020, 2021, 2030)] == [
        None,
        OLD,
        OLD,
        FORM,
        FORM,
    ]
    assert edition_for(OLD, 2023) is FORM


def test_what_changes_from_edition_to_edition() -> None:
    found = change(OLD, FORM)
    assert found.kept == ("三、依申请公开", "四、复议诉讼")
    assert found.split == (("（六）其他处理", 3),)
    assert {*OLD_HEADS} <= {*found.gone}
    assert "行政许可" not in found.gone


# The wrong edition for the year ----------------------------------------------------------------------


def test_a_workbook_of_2019_issued_for_a_later_year_is_answered_with_what_to_do(tmp_path: Path) -> None:
    path = saved(tmp_path, values(year=2023))
    assert said(path) == {"WBK005:year": "error"}
    finding = the_one(path, "WBK005:year")
    assert "2019—2020 年" in finding.message and "本年新制作数量" in finding.message
    for words in (
        "2023 年度的模板（2021 版）",
        "“三、依申请公开”“四、复议诉讼”",
        "“（六）其他处理”一行要分成 3 行",
    ):
        assert words in finding.fix


def test_the_year_on_the_cover_changed_to_a_later_one_is_one_finding(tmp_path: Path) -> None:
    assert said(put(saved(tmp_path), "year", 2023)) == {"WBK005:year": "error"}


def test_a_year_that_no_edition_is_for_is_a_slip_of_the_pen(tmp_path: Path) -> None:
    assert said(put(saved(tmp_path), "year", 1020)) == {"WBK026:year": "error"}


def test_a_table_of_2019_made_by_hand_is_recognised(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["某局政府信息公开情况"])
    for head in OLD_HEADS:
        book.worksheets[0].append([f" {head}\n", 0])
    book.save(tmp_path / "own.xlsx")
    finding = the_one(tmp_path / "own.xlsx", "WBK002:")
    assert "2019 版" in finding.message and "2019—2020 年" in finding.message


def test_a_table_made_by_hand_with_the_labels_of_today_is_not(tmp_path: Path) -> None:
    book = load_workbook(save(tmp_path))
    del book[STAMP_TAB]
    book.save(tmp_path / "own.xlsx")
    assert "2019" not in the_one(tmp_path / "own.xlsx", "WBK002:").message


def test_few_words_are_no_edition() -> None:
    assert closed_edition(OLD_HEADS[:2]) is None
    assert closed_edition([]) is None
    known = closed_edition(OLD_HEADS[:3])
    assert known is not None and known[0] is OLD


def test_what_the_earlier_edition_carried_forward_is_compared_column_by_column() -> None:
    now = from_json(FORM, sample_json("busy_bureau"))
    prior = complete(OLD, values())
    columns = [column.name for column in FORM.grids["requests"].columns if not column.formula]
    differing = [
        column
        for column in columns
        if now[f"requests[carried_over,{column}]"] != prior[f"requests[carried_forward,{column}]"]
    ]
    found = [f.id for f in judge(Reported(FORM, now, prior=prior)) if f.code == "YOY001"]
    assert differing and found == [f"YOY001:requests[,{column}]" for column in differing]
