"""What counts as the same unit: one rule, whoever asks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import example, given
from hypothesis import strategies as st

from command_line import json_lines, run
from last_year import OVER, Changes, save_last
from returns import FORM, edit, said, save, sound
from summaries import figures
from xlreport.archive.last_year import LastYear
from xlreport.batch.copied_texts import MarkedText, copies
from xlreport.batch.shared_code import shared_code
from xlreport.batch.text_digests import marks_of
from xlreport.batch.versions import versions
from xlreport.run.outcome import Outcome
from xlreport.subject import Subject
from xlreport.unit import Directory, Unit, is_code, key
from xlreport.verify.verdict import verify_file
from xlreport.workbook.read import read

NAME = "岚溪县水务局（e站）"
TYPED = {
    "a blank": "岚溪县 水务局（e站）",
    "blanks at the ends": " 岚溪县水务局（e站） ",
    "a wide blank": "岚溪县\u3000水务局（e站）",
    "a no-break space": "岚溪县\xa0水务局（e站）",
    "a line break": "岚溪县\n水务局（e站）",
    "narrow brackets": "岚溪县水务局(e站)",
    "a full-width letter": "岚溪县水务局（ｅ站）",
    "another case": "岚溪县水务局（E站）",
    "a zero-width space": "岚溪县\u200b水务局（e站）",
    "a byte order mark": "\ufeff岚溪县水务局（e站）",
    "a soft hyphen": "岚溪县\xad水务局（e站）",
    "a direction mark": "岚溪县水务局（e站）\u200e",
    "a variation selector": "岚溪县水务局\U000e0100（e站）",
    "a radical in place of a character": "岚溪县⽔务局（e站）",
}
"""One name, as people and programs write it."""
OTHERS = (
    "岚溪县水务局（e站）2023",
    "岚溪县水务局（e站）2023年",
    "岚溪县水务局",
    "岚溪县水务局（e站二）",
    "水务局（e站）",
    "岚溪县水务局e站",
    "岚溪县水利局（e站）",
)
"""Names of other units, however near."""
COPIED = (
    "一是早期档案没有全部数字化，检索耗时较长，个别申请临近期限才答复。"
    "二是图件专业性强，公示时文字说明不足，群众看不懂。三是答复书引用条款不够准确，法律审核还不够细。"
)


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_a_name_is_one_however_it_is_typed(typed: str) -> None:
    assert Unit(typed).same(Unit(NAME)) and Unit(NAME).same(Unit(typed))
    assert key(typed) == key(NAME)


@given(st.text())
@example("İstanbul局")
@example("ΐ\u200b局")
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)


@pytest.mark.parametrize("other", OTHERS)
def test_every_visible_character_tells_units_apart(other: str) -> None:
    assert not Unit(other).same(Unit(NAME))


def test_what_has_no_name_is_nobody() -> None:
    assert not Unit("").same(Unit("")) and not Unit(" \u200b").same(Unit(""))


def test_a_unit_is_known_by_its_aliases() -> None:
    water = Unit("岚溪县水务局", aliases=("岚溪县水利局", "县水务局"))
    assert water.same(Unit("县 水务局")) and Unit("岚溪县水利局").same(water)
    assert not water.same(Unit("县水利局"))


def test_a_name_is_one_whatever_the_code_and_a_code_alone_proves_nothing() -> None:
    assert not Unit("甲局", "LX-1").same(Unit("乙局", "ｌｘ-1"))
    assert Unit("甲局", "LX-1").same(Unit("甲局", "LX-2"))
    assert not Unit("甲局", "LX-1").same(Unit("乙局", "LX-2"))
    assert not Unit("甲局").same(Unit("乙局"))


@pytest.mark.parametrize("code", ["LX-B-014", "007001", "11370303MB286XXXX5", "一局", "A", "100000"])
def test_codes_are_codes(code: str) -> None:
    assert is_code(code)


FILLERS = (
    *("", " ", "无", "/", "／", "0", "000000", "０００", "-", "——", "N/A", "null", "None", "没有"),
    *("暂 无", "待定", "XX", "（无）", "0-0"),
)


@pytest.mark.parametrize("filler", FILLERS)
def test_what_stands_for_having_no_code_is_none(filler: str) -> None:
    assert not is_code(filler)


def test_in_a_directory_a_name_goes_before_a_code() -> None:
    found = Directory(
        [(Unit("甲局", "1"), "a"), (Unit("乙局", "2", ("旧乙局",)), "b"), (Unit("甲局", "3"), "c")]
    )
    assert found.called("甲 局") == ["a", "c"]
    assert found.called("3") == found.coded("３") == ["c"]
    assert found.called("旧乙局") == found.named("旧乙局") == ["b"]
    assert found.called("丙局") == found.called("") == found.named("3") == []


def test_nobody_is_found_by_what_is_no_code() -> None:
    assert Directory([(Unit("甲局", "无"), "a"), (Unit("乙局", "000"), "b")]).called("无") == []


NEAR = ["岚溪县自然資源局", "岚溪县自然资源局局", "岚溪县自然源局", "兰溪县自然资源局", "岚溪县自然资源厅"]
FAR = ["岚溪县自然资源局", "岚溪县自然资源规划局", "岚溪自然资局", "资源局", "", "岚溪县资然自源局"]


@pytest.mark.parametrize("typed", [*NEAR, *FAR])
def test_names_that_differ_in_one_character_are_near(typed: str) -> None:
    found = Directory([(Unit("岚溪县自然资源局"), "a")])
    assert found.nearly_named(typed) == (["a"] if typed in NEAR else [])


@given(
    st.lists(st.text("县水局a", min_size=4, max_size=7), unique=True),
    st.text("县水局a", min_size=4, max_size=6),
)
def test_near_names_are_those_a_single_slip_makes_of_it(names: list[str], typed: str) -> None:
    one_slip = {
        typed[:at] + put + typed[at + gone :]
        for at in range(len(typed) + 1)
        for gone in (0, 1)
        for put in ("", *"县水局a")
    }
    found = Directory((Unit(name), name) for name in names).nearly_named(typed)
    assert found == [name for name in names if name in one_slip - {typed} and name != typed]


def test_short_names_are_never_near() -> None:
    assert Directory([(Unit("甲局"), "a"), (Unit("东镇政府"), "b")]).nearly_named("乙局") == []


# Everywhere alike ------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_a_return_under_the_name_it_was_issued_for_is_left_alone(typed: str, tmp_path: Path) -> None:
    assert said(edit(save(tmp_path, sound({"organ": NAME})), {"organ": typed})) == {}


class Copied:
    """Finds all texts the same."""

    def percent(self, *_: MarkedText) -> int:
        return 100

    def passages(self, *_: MarkedText) -> tuple[str, str]:
        return COPIED, COPIED


def outcome(file: str, unit: str) -> Outcome:
    record = {"form": FORM.id, "file": file, "unit": unit, "year": 2023, "status": "accepted"}
    marks = {Subject.field("found"): marks_of("五、问题与改进", "B5", COPIED)}
    return Outcome(record, {}, {}, marks=marks)


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_a_unit_that_sent_its_return_twice_did_not_copy_from_another(typed: str) -> None:
    both = [outcome("a", NAME), outcome("b", typed)]
    assert versions(both).keys() == {"a", "b"}
    assert copies(both, Copied()) == {}


@pytest.mark.parametrize("other", OTHERS)
def test_a_unit_that_copied_did_not_send_its_return_twice(other: str) -> None:
    both = [outcome("a", NAME), outcome("b", other)]
    assert versions(both) == {}
    assert copies(both, Copied()).keys() == {"a", "b"}


def test_two_months_are_no_duplicates_and_two_files_on_one_are() -> None:
    june, july, again = (outcome(file, NAME) for file in ("六月", "七月", "六月（改）"))
    months = [replace(june, period="6月"), replace(july, period="7月")]
    assert versions(months) == {}
    assert versions([*months, replace(again, period="6月")]).keys() == {"六月", "六月（改）"}


def coded(file: str, unit: str, code: str, year: int = 2023) -> Outcome:
    return Outcome({"form": FORM.id, "file": file, "unit": unit, "year": year}, {}, {}, code=code)


@pytest.mark.parametrize("code", ["", "无", "/", "000000"])
def test_units_without_a_code_share_none(code: str) -> None:
    assert shared_code([coded("a", "甲局", code), coded("b", "乙局", code)]) == {}


def test_one_unit_may_use_its_code_twice_and_in_two_years() -> None:
    twice = [coded("a", NAME, "LX-1"), coded("b", TYPED["a blank"], "LX-1")]
    assert shared_code([*twice, coded("c", "乙局", "LX-1", 2022)]) == {}


@pytest.mark.parametrize("typed", ["LX-1", "lx-1", "ＬＸ-1", "LX-1 "])
def test_two_units_of_one_code_are_told_of_each_other(typed: str) -> None:
    found = shared_code(
        [coded("a.xlsx", "甲局", "LX-1"), coded("b.xlsx", "乙局", typed), coded("c", "丙局", "3")]
    )
    assert found.keys() == {"a.xlsx", "b.xlsx"}
    assert "“乙局”（b.xlsx）" in found["a.xlsx"].message
    assert (found["b.xlsx"].code, found["b.xlsx"].severity) == ("WBK028", "warning")


def test_two_files_of_one_unit_are_told_as_that_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, typed in {"a.xlsx": NAME, "b.xlsx": TYPED["narrow brackets"]}.items():
        save(tmp_path / "in", sound({"organ": typed, "found": COPIED}), name)
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    lines = json_lines(tmp_path / "out" / "findings.jsonl")
    assert [[finding["code"] for finding in line["findings"]] for line in lines] == [["WBK027"], ["WBK027"]]
    totals, returns = figures(tmp_path / "out")
    assert [line["unit"] for line in returns] == [NAME, TYPED["narrow brackets"]]
    assert totals[0]["requests[new_requests,total]"] == returns[0]["requests[new_requests,total]"]


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_last_year_s_return_is_found_under_any_of_them(typed: str, tmp_path: Path) -> None:
    save_last(tmp_path / "2022", {"organ": typed, "unit_code": "旧码"})
    one_off: Changes = {OVER.format("natural_person"): 4, "requests[other,natural_person]": 2}
    path = save(tmp_path, sound({"organ": NAME, **one_off}))
    assert said(verify_file(path, LastYear.of(tmp_path / "2022"))) == {
        "YOY001:requests[,natural_person]": "error"
    }


def test_values_for_a_template_may_spell_the_unit_otherwise(tmp_path: Path) -> None:
    def template(organ: str) -> Result:
        values = tmp_path / "数据.json"
        values.write_text(json.dumps({"cover": {"organ": organ}}, ensure_ascii=False), encoding="utf-8")
        out = tmp_path / "t.xlsx"
        return run("template", "--year", 2023, "--unit", NAME, "--values", values, "-o", out)

    assert template(TYPED["a zero-width space"]).exit_code == 0
    assert read(tmp_path / "t.xlsx").unit == NAME
    assert template(OTHERS[0]).exit_code == 2
