"""The head of the 校验 sheet: what needs doing now, each with the way to its cells."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from last_year import last_year
from libreoffice import recalculate
from returns import FORM, LAYOUT, findings, place, save, sound, written
from xlreport.area import position
from xlreport.form.calculate import complete
from xlreport.form.load import load_form
from xlreport.formula.nodes import Value
from xlreport.layout import lay_out
from xlreport.layout.cells import Constant
from xlreport.workbook.read import open_snapshot
from xlreport.workbook.write import write_workbook

CHECKS = "校验"
LINES = range(1, 7)
UNBALANCED: dict[str, Value] = {"requests[new_requests,natural_person]": 90}
MANY_CASES: dict[str, Value] = {"cases[review,upheld]": 300}
ANSWERED: dict[str, Value] = {"explanation[CASE001,]": "含上年受理、本年审结的案件，已与法制机构核对"}
FILLINGS: dict[str, Mapping[str, Value]] = {
    "blank": {"organ": "岚溪县水务局", "year": 2023},
    "sound": sound(),
    "unbalanced": sound(UNBALANCED),
    "asked": sound(MANY_CASES),
    "both": sound({**UNBALANCED, **MANY_CASES}),
    "answered": sound({**MANY_CASES, **ANSWERED}),
    "many": sound(
        {f"requests[new_requests,{column.name}]": 77 for column in FORM.grids["requests"].columns[:-1]}
    ),
}


def workbook(values: Mapping[str, Value]) -> Workbook:
    return load_workbook(io.BytesIO(written(values)), data_only=True)


def shown(book: Workbook, what: str) -> list[object]:
    """A column of the lines, without those that are empty."""
    cells = [book[CHECKS][place(f"live.first[{n},{what}]")[1]].value for n in LINES]
    return [cell for cell in cells if cell]


@pytest.mark.parametrize("name", ["blank", "sound"])
def test_nothing_is_listed_where_nothing_fails(name: str) -> None:
    book = workbook(FILLINGS[name])
    assert shown(book, "code") == shown(book, "todo") == []
    assert "没有不符" in book[CHECKS][place("live.first[summary,]")[1]].value


def test_errors_come_before_warnings_with_both_sides_and_where_they_stand() -> None:
    book = workbook(FILLINGS["both"])
    assert shown(book, "code") == ["REQ001", "REQ001", "CASE001"]
    assert shown(book, "state") == ["不符", "不符", "提醒"]
    assert shown(book, "place")[0] == "三、依申请公开 自然人列"
    left, right, difference = (shown(book, what)[0] for what in ("left", "right", "difference"))
    assert isinstance(left, int) and isinstance(right, int)
    assert left - right == difference != 0
    assert "不符 2 项，须改正；提醒 1 项" in book[CHECKS][place("live.first[summary,]")[1]].value


def test_an_answered_warning_is_done() -> None:
    assert shown(workbook(FILLINGS["asked"]), "code") == ["CASE001"]
    assert shown(workbook(FILLINGS["answered"]), "code") == []


def test_no_more_than_the_first_are_listed() -> None:
    book = workbook(FILLINGS["many"])
    assert len(shown(book, "code")) == len(LINES)
    assert set(shown(book, "state")) == {"不符"}


def test_the_links_lead_to_the_cell_to_edit_and_to_the_cell_for_an_answer() -> None:
    """A formula cannot be followed here: the texts that it takes its address from are looked at."""
    book = workbook({})
    for instance in FORM.instances:
        suffix = f"[{instance.check.code},{instance.line}]"
        sheet, cell = place(instance.cell)
        target = book[CHECKS][place(f"live.target{suffix}")[1]].value
        assert target.replace("'", "") == f"#{sheet}!{cell}"
        answer = book[CHECKS][place(f"live.answer{suffix}")[1]].value
        if f"explanation{suffix}" not in LAYOUT.areas:
            assert answer == ""
        else:
            assert answer.replace("'", "") == f"#{CHECKS}!{place(f'explanation{suffix}')[1]}"


def test_libreoffice_computes_what_we_stored(tmp_path: Path) -> None:
    paths = [save(tmp_path, values, f"{name}.xlsx") for name, values in FILLINGS.items()]
    issued = tmp_path / "issued.xlsx"
    issued.write_bytes(write_workbook(FORM, sound(MANY_CASES), prior=complete(FORM, last_year())))
    for path, again in zip([*paths, issued], recalculate([*paths, issued], tmp_path / "out"), strict=True):
        ours, theirs = open_snapshot(path).sheets, open_snapshot(again).sheets
        for cell in LAYOUT.formulas:
            sheet, at = cell.area.sheet, position(cell.area.first)
            one, other = (sheets[sheet].raw(*at) for sheets in (ours, theirs))
            assert (one or "") == (other or ""), (path.name, cell.subject)


def test_the_first_sheet_says_in_one_line_what_is_missing() -> None:
    sheet, cell = place("live.verdict[,]")

    def line(values: Mapping[str, Value]) -> str:
        return str(workbook(values)[sheet][cell].value)

    assert line(sound()) == "已全部填完，校验没有不符项，可以报送"
    assert line(sound({"phone": None})) == "还缺：封面未填 1 格；校验不符 0 项"
    assert line(sound({"phone": None, **UNBALANCED})) == "还缺：封面未填 1 格；校验不符 2 项"
    assert "三、依申请公开未填 144 格；" in line({})


def test_no_two_items_are_explained_under_one_name() -> None:
    for form in (FORM, load_form("ogi_annual_2019")):
        front = lay_out(form).sheets[0]
        texts = {(c.area.top, c.area.left): c.text for c in front.cells if isinstance(c, Constant)}
        named = [(texts.get((top, 1)), text) for (top, left), text in texts.items() if left == 2 and top > 30]
        assert len(named) == len(set(named)) > 20


# Folded ----------------------------------------------------------------------------------------------


def rows_hidden(book: Workbook, subjects: list[str]) -> set[bool]:
    return {bool(book[CHECKS].row_dimensions[LAYOUT.areas[s].top + 1].hidden) for s in subjects}


def states(with_prior: bool) -> list[str]:
    instances = [i for i in FORM.instances if bool(i.prior) == with_prior]
    return [f"live.state[{i.check.code},{i.line}]" for i in instances]


def test_checks_against_last_year_are_folded_while_nothing_is_known_of_it() -> None:
    assert rows_hidden(workbook({}), states(with_prior=True)) == {True}
    issued = write_workbook(FORM, {}, prior=complete(FORM, last_year()))
    assert rows_hidden(load_workbook(io.BytesIO(issued)), states(with_prior=True)) == {False}
    assert rows_hidden(workbook({}), states(with_prior=False)) == {False}


def test_what_the_office_checks_is_folded_until_it_is_answered() -> None:
    of_texts = ["explanation[TXT104,]", "explanation[TXT105,]"]
    assert rows_hidden(workbook({}), of_texts) == {True}
    answered = workbook({"explanation[TXT104,]": "引用文件原有序号，不是漏写"})
    assert rows_hidden(answered, of_texts[:1]) == {False}
    assert rows_hidden(answered, of_texts[1:]) == {True}


def test_folded_rows_are_nobody_s_fault(tmp_path: Path) -> None:
    assert findings(save(tmp_path)) == ()


# The first arrangement -------------------------------------------------------------------------------


def test_a_workbook_of_the_first_arrangement_is_laid_out_as_it_was() -> None:
    before = lay_out(FORM, 1)
    assert not any(subject.startswith("live.first[") for subject in before.areas)
    assert before.areas["live.state[DOC001,issued]"].top == 4
