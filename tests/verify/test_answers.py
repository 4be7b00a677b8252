"""A warning can be answered on the 校验 sheet; an error cannot, and an empty answer does not count."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

import xlreport
from command_line import run
from libreoffice import recalculate
from returns import FORM, LAYOUT, edit_cells, place, said, save, sound, the_one
from xlreport.authoring.cases import read_cases
from xlreport.feedback.lines import describe, tally
from xlreport.finding import Finding, Severity
from xlreport.form.answers import answers
from xlreport.form.calculate import Calculator
from xlreport.form.library import shipped
from xlreport.form.load import read_form
from xlreport.form.model import Form
from xlreport.form.values import from_json, to_json
from xlreport.formula.nodes import Value
from xlreport.layout import lay_out
from xlreport.layout.live_formulas import live
from xlreport.rule import OWN_RULES
from xlreport.verify.answered import answered, says_something
from xlreport.verify.judge import judge
from xlreport.verify.reported import Reported
from xlreport.verify.verdict import verify_file
from xlreport.workbook.write import write_workbook

CASE = "CASE001:cases[review,upheld]"
MANY: dict[str, Value] = {"cases[review,upheld]": 99}
ANSWERABLE = [rule.code for rule in OWN_RULES if rule.answerable]
REASON = "含上年申请引起的案件52件"
FACTS = """\
[[object]]
name = "visits"
words = ["检查"]

[[fact]]
code = "TXT101"
severity = "warning"
title = "检查次数与文字一致"
object = ["visits"]
unit = "次"
equals = ["visits"]
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A form of one's own to change, found by its id."""
    monkeypatch.setenv("XLREPORT_FORMS", str(tmp_path / "forms"))
    return shutil.copytree(shipped("samples") / "safety_monthly", tmp_path / "forms" / "safety_monthly")


def replaced(folder: Path, old: str, new: str, times: int = 1) -> Form:
    """The form with one change to its checks, read afresh."""
    text = (folder / "checks.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "checks.toml").write_text(text.replace(old, new, times), encoding="utf-8")
    return read_form(folder)


def base(form: Form) -> dict[str, Value]:
    return from_json(form, read_cases(form).base)


# Answers that count ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reason",
    [
        REASON,
        "有制定权",
        "通知系上年发出",
        "经核实，包括以前年度申请引起的案件3件",
        "2022年的申请",
        "机构合并，数据含原城管局",
    ],
)
def test_an_answer_with_a_reason_counts(reason: str) -> None:
    assert says_something(reason)


@pytest.mark.parametrize(
    "nothing",
    ["", "无", "/", "——", "已核", "已核实", "同上", "情况属实", "经核实，数据无误。", "数据真实准确",
     "1111", "啊啊啊啊啊", "没有问题", "本单位填报数据已核对无误", "……", "见说明", "以上情况属实，特此说明"],
)  # fmt: skip
def test_an_answer_without_a_reason_does_not(nothing: str) -> None:
    assert not says_something(nothing)


def test_an_explanation_travels_with_its_warning(tmp_path: Path) -> None:
    open_ = the_one(save(tmp_path, sound(MANY)), CASE)
    finding = the_one(save(tmp_path, sound({**MANY, "explanation[CASE001,]": REASON})), CASE)
    assert finding.severity == "warning"
    assert finding.explained
    assert (finding.message, finding.explanation) == (open_.message, REASON)
    assert finding.fix == "单位已作说明，请审核说明是否成立"


def test_an_answered_warning_is_printed_and_counted_as_such(tmp_path: Path) -> None:
    path = save(tmp_path, sound({**MANY, "explanation[CASE001,]": REASON}))
    verdict = verify_file(path)
    assert f"    单位说明：{REASON}" in [line.text for line in describe(verdict)]
    assert tally(verdict.findings) == "已说明 1"
    assert run("verify", path).exit_code == 0


def test_an_empty_answer_leaves_the_warning_open_and_says_why(tmp_path: Path) -> None:
    open_ = the_one(save(tmp_path, sound(MANY)), CASE)
    finding = the_one(save(tmp_path, sound({**MANY, "explanation[CASE001,]": "已核实"})), CASE)
    sheet, name = place("explanation[CASE001,]")
    assert not finding.explained
    assert finding.fix.startswith(open_.fix)
    assert f"“{sheet}”表 {name} 的情况说明“已核实”没有写明原因" in finding.fix
    assert tally([finding]) == "提醒 1"


def test_a_rule_by_line_is_answered_line_by_line(tmp_path: Path) -> None:
    rules: dict[str, Value] = {
        "documents[rules,issued]": 1,
        "documents[rules,in_force]": 1,
        "unit_type": "department",
        "level": "city",
    }
    path = save(tmp_path, sound({**rules, "explanation[DOC002,issued]": "受市政府委托起草并发布"}))
    assert the_one(path, "DOC002:documents[,issued]").explained
    assert not the_one(path, "DOC002:documents[,in_force]").explained


# Errors ----------------------------------------------------------------------------------------------


def test_an_error_cannot_be_explained_away(tmp_path: Path) -> None:
    changes: dict[str, Value] = {"requests[other,natural_person]": 2}
    before = the_one(save(tmp_path, sound(changes)), "REQ001:requests[,natural_person]")
    instance = next(i for i in FORM.instances if i.check.code == "REQ001")
    area = LAYOUT.areas[live("state", instance)]
    answer = f"K{area.top + 1}"
    path = edit_cells(save(tmp_path, sound(changes)), area.sheet, {answer: REASON})
    assert the_one(path, "REQ001:requests[,natural_person]") == before
    assert verify_file(path).status == "returned"
    assert f"WBK025:{area.sheet}!{answer}" in said(path)


def test_an_error_has_no_cell_to_be_answered_in() -> None:
    assert "REQ001" not in {answer.code for answer in answers(FORM)}
    with pytest.raises(xlreport.ValueErrors, match="REQ001"):
        from_json(FORM, {"explanations": {"REQ001": REASON}})


def test_whatever_an_error_is_given_it_stays_open() -> None:
    finding = Finding("REQ001", Severity.ERROR, "差一件")
    reported = Reported(FORM, {"explanation[REQ001,]": REASON})
    assert list(answered([finding], reported)) == [finding]


# What is found only on reading -----------------------------------------------------------------------


def test_what_the_workbook_cannot_show_live_can_be_answered_too(tmp_path: Path) -> None:
    data = to_json(FORM, sound({"explanation[WBK026,]": "本单位2023年5月更名"}))
    assert data["explanations"] == {"WBK026": "本单位2023年5月更名"}
    values = from_json(FORM, data)
    path = edit_cells(
        save(tmp_path, values), place("organ")[0], {place("organ")[1]: "别的局"}, keep_results=True
    )
    finding = the_one(path, "WBK026:organ")
    assert finding.explained
    assert (place("explanation[WBK026,]")[0], tally([finding])) == ("校验", "已说明 1")


def test_the_rows_of_later_checks_stand_last_and_say_when_they_are_checked() -> None:
    sheet = LAYOUT.sheets[-1]
    live_rows = [LAYOUT.areas[live("state", instance)].top for instance in FORM.instances]
    for code in ANSWERABLE:
        row = LAYOUT.areas[f"explanation[{code},]"].top
        assert row > max(live_rows)
        assert row >= sheet.loose
        assert "收表后核对" in [getattr(c, "text", "") for c in sheet.cells if c.area.top == row]


def test_a_form_without_prose_offers_no_answers_about_words(own: Path) -> None:
    for file in (own / "sections").glob("*.toml"):
        text = file.read_text(encoding="utf-8").replace('kind = "prose"', 'kind = "text"')
        file.write_text(text, encoding="utf-8")
    form = read_form(own)
    assert [answer.code for answer in answers(form)] == ["SPD001"]
    assert not any("收到后核对" in getattr(cell, "text", "") for cell in lay_out(form).sheets[-1].cells)


def test_a_fact_declared_later_costs_no_workbook(own: Path) -> None:
    values = {**base(read_form(own)), "explanation[TXT004,]": "引用文件原有序号，不是漏写"}
    path = own.parent / "早先下发.xlsx"
    path.write_bytes(write_workbook(read_form(own), values))
    (own / "facts.toml").write_text(FACTS, encoding="utf-8")
    submission = xlreport.read(path)
    assert [fact.code for fact in submission.form.facts] == ["TXT101"]
    assert submission.inputs["explanation[TXT004,]"] == values["explanation[TXT004,]"]
    assert not xlreport.verify_file(path).findings or {f.code for f in xlreport.verify(submission)} == {
        "WBK004"
    }
    assert verify_file(path).status == "accepted"


def test_a_fact_taken_back_costs_no_workbook_either(own: Path) -> None:
    (own / "facts.toml").write_text(FACTS, encoding="utf-8")
    form = read_form(own)
    path = own.parent / "早先下发.xlsx"
    path.write_bytes(write_workbook(form, {**base(form), "explanation[WBK026,]": "本单位6月更名"}))
    (own / "facts.toml").unlink()
    submission = xlreport.read(path)
    assert submission.inputs["explanation[WBK026,]"] == "本单位6月更名"
    assert {finding.code for finding in xlreport.verify(submission)} <= {"WBK004"}


def test_what_is_written_below_the_sheet_is_still_noticed(tmp_path: Path) -> None:
    below = LAYOUT.areas[f"explanation[{ANSWERABLE[-1]},]"].top + 3
    path = edit_cells(save(tmp_path), "校验", {f"E{below}": "另有说明"})
    assert said(path) == {f"WBK025:校验!E{below}": "warning"}


# Rules on trial --------------------------------------------------------------------------------------


def test_a_rule_on_trial_only_gives_notes_that_say_so(own: Path) -> None:
    trial = replaced(
        own, 'code = "VIS001"\nseverity = "error"', 'code = "VIS001"\ntrial = true\nseverity = "error"'
    )
    check = next(check for check in trial.checks if check.code == "VIS001")
    assert (check.rule.state, check.rule.weight, check.severity) == ("trial", "note", "error")
    (finding,) = judge(Reported(trial, base(trial) | {"sites": 390}))
    assert (finding.code, finding.severity) == ("VIS001", "note")
    assert finding.message.startswith("（试行）")


def test_a_rule_on_trial_asks_for_no_explanation_and_shows_as_a_hint(own: Path) -> None:
    trial = replaced(own, 'code = "SPD001"\n', 'code = "SPD001"\ntrial = true\n')
    assert "SPD001" not in {answer.code for answer in answers(trial)}
    texts = [getattr(cell, "text", "") for cell in lay_out(trial).sheets[-1].cells]
    assert "试行" in texts
    values = base(trial) | {"spending": 0, "hazards[chemicals,major_found]": 1}
    path = own.parent / "试行.xlsx"
    path.write_bytes(write_workbook(trial, values))
    state = live("state", next(i for i in trial.instances if i.check.code == "SPD001"))
    assert Calculator(trial, values, lay_out(trial).live).value(state) == "提示"
    assert [(f.code, f.severity.value) for f in verify_file(path).findings] == [("SPD001", "note")]


def test_libreoffice_shows_the_states_of_rules_on_trial_as_we_do(own: Path, tmp_path: Path) -> None:
    form = replaced(own, "severity =", "trial = true\nseverity =", times=2)
    layout = lay_out(form)
    values = base(form) | {"sites": 390, "person_days": 0, "hazards[chemicals,general_fixed]": 99}
    path = tmp_path / "试行.xlsx"
    path.write_bytes(write_workbook(form, values))
    [recalculated] = recalculate([path], tmp_path / "out")
    book = load_workbook(recalculated, data_only=True)
    calculator = Calculator(form, values, layout.live)
    subjects = [live(what, i) for i in form.instances for what in ("state", "failing")]
    subjects += [cell.subject for cell in layout.formulas if cell.subject.startswith("live.progress")]
    shown = {s: book[layout.areas[s].sheet][layout.areas[s].first].value for s in subjects}
    assert shown == {s: calculator.value(s) for s in subjects}
    states = {i.check.code: shown[live("state", i)] for i in form.instances}
    assert (states["VIS001"], states["VIS003"]) == ("不符", "提示")
    assert "提示" in {shown[live("state", i)] for i in form.instances if i.check.code == "HAZ001"}
