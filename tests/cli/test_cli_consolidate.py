"""xlreport consolidate."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from command_line import fingerprints, refused, run
from consolidated import CELL
from lists import save_list
from returns import FORM, save, sound
from rounds import TOWN, begin, drop, filled, take
from xlreport.formula.nodes import Value
from xlreport.subject import Subject
from xlreport.workbook.read import read

COUNTY = "岚溪县人民政府"
WATER, CIVIL, OFFICE = "岚溪县水务局", "岚溪县民政局", "岚溪县人民政府办公室"
CONTACTS = ("address", "postcode", "phone", "email")
WRONG = {"requests[other,natural_person]": 7}
FOR = ("--unit", COUNTY, "--year", 2023)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Two units' sound returns in a folder."""
    folder = tmp_path / "下级"
    folder.mkdir()
    put(folder, WATER)
    put(folder, CIVIL)
    return folder


def put(folder: Path, unit: str, changes: Mapping[str, Value] | None = None, name: str = "") -> Path:
    values = sound({"organ": unit, "unit_code": f"LX-{len(unit)}-{unit[3]}", **(changes or {})})
    return save(folder, values, name or f"{unit}.xlsx")


def consolidated(*args: object) -> tuple[int, dict[str, Any]]:
    result = run("consolidate", *args, *FOR, "--json")
    return result.exit_code, dict(json.loads(result.stdout))


def included(content: Mapping[str, Any]) -> dict[str, bool]:
    return {child["unit"]: child["included"] for child in content["children"]}


def doubled(values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    for subject, value in values.items():
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            yield subject, value * 2


def test_the_parent_is_the_sum_and_open_for_its_own_words(units: Path, tmp_path: Path) -> None:
    out = tmp_path / "汇总.xlsx"
    before = fingerprints(units)
    code, content = consolidated(units, "-o", out)
    assert (code, content["complete"], content["out"]) == (0, True, str(out))
    assert (content["unit"], content["year"]) == (COUNTY, 2023)
    assert fingerprints(units) == before

    parent = read(out)
    assert (parent.unit, parent.year) == (COUNTY, 2023)
    once = {s: v for s, v in read(units / f"{WATER}.xlsx").values.items() if s != "year"}
    figures = {s: v for s, v in doubled(once) if not s.startswith("published[") or s.is_total}
    assert {s: parent.values.get(s) for s in figures} == figures
    own = ("organ_short", "unit_code", "phone", "proactive", "found", "signed_on", "prepared_by")
    assert [name for name in own if name in parent.inputs] == []
    assert run("reconcile", out, units).exit_code == 0


@pytest.mark.usefixtures("quick_workers")
@pytest.mark.usefixtures("written_anew")
def test_the_same_returns_give_the_same_bytes(units: Path, tmp_path: Path) -> None:
    assert consolidated(units, "-o", tmp_path / "一.xlsx")[0] == 0
    assert consolidated(units, "-o", tmp_path / "二.xlsx")[0] == 0
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_the_own_organ_is_a_child_like_the_others(units: Path, tmp_path: Path) -> None:
    own = put(tmp_path, OFFICE, name="政府办.xlsx")
    code, content = consolidated(units, "-o", f"{tmp_path}/新/", "--own", own)
    assert code == 0 and included(content) == {OFFICE: True, WATER: True, CIVIL: True}
    out = Path(content["out"])
    assert out.name == f"{COUNTY}_2023_{FORM.id}.xlsx"
    assert run("reconcile", out, units).exit_code == 1
    assert run("reconcile", out, units, own).exit_code == 0
    kept, said = read(out).inputs, read(own).inputs
    assert [kept[Subject(name)] for name in CONTACTS] == [said[Subject(name)] for name in CONTACTS]
    assert not {"organ_short", "found", "signed_on"} & {str(subject) for subject in kept}


def test_what_is_left_out_is_named_and_the_sum_is_not_complete(units: Path, tmp_path: Path) -> None:
    put(units, "岚溪县财政局", WRONG)
    put(units, "岚溪县教育局", {"year": 2022, "signed_on": "2023-01-20"})
    (units / "说明.txt").write_text("请查收", encoding="utf-8")
    code, content = consolidated(units, "-o", tmp_path / "汇总.xlsx")
    assert (code, content["complete"]) == (1, False)
    assert [unit for unit, taken in included(content).items() if taken] == [CIVIL, WATER]
    why = {child["unit"]: child["why"] for child in content["children"]}
    assert "处错误" in why["岚溪县财政局"] and "2022" in why["岚溪县教育局"] and "文本" in why["说明.txt"]

    result = run("consolidate", units, "-o", tmp_path / "再汇.xlsx", *FOR)
    assert result.exit_code == 1
    assert (
        "汇入 2 份，合计不完整" in result.stdout
        and "没有汇入（3）" in result.stdout
        and "说明.txt" in result.stdout
    )


def test_a_list_says_who_is_missing(units: Path, tmp_path: Path) -> None:
    roster = save_list(units / "名单.xlsx", [(WATER,), (CIVIL,), ("岚溪县财政局",)], ("单位",))
    code, content = consolidated(units, "-o", tmp_path / "汇总.xlsx", "--roster", roster)
    assert (code, content["complete"]) == (1, False)
    assert content["children"][-1] == {"unit": "岚溪县财政局", "included": False, "why": "没有报来"}
    assert len(content["children"]) == 3


def test_two_different_returns_of_a_unit_give_no_parent(units: Path, tmp_path: Path) -> None:
    put(units, WATER, {"phone": "0871-65550001"}, "水务局改.xlsx")
    out = tmp_path / "汇总.xlsx"
    code, content = consolidated(units, "-o", out)
    assert (code, content["out"], content["complete"]) == (1, None, False)
    assert not out.exists()
    result = run("consolidate", units, "-o", out, *FOR)
    assert result.exit_code == 1 and "水务局改.xlsx" in result.stdout


def test_a_copy_counts_once(units: Path, tmp_path: Path) -> None:
    (units / "副本.xlsx").write_bytes((units / f"{WATER}.xlsx").read_bytes())
    code, content = consolidated(units, "-o", tmp_path / "汇总.xlsx")
    assert code == 0 and included(content) == {WATER: True, CIVIL: True}


def test_nothing_is_ever_written_over(units: Path) -> None:
    before = fingerprints(units)
    assert "没有覆盖" in refused("consolidate", units, "-o", units / f"{WATER}.xlsx", *FOR)
    assert fingerprints(units) == before


def test_nothing_to_add_up_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("请查收", encoding="utf-8")
    code, content = consolidated(tmp_path, "-o", tmp_path / "汇总.xlsx")
    assert (code, content["out"]) == (1, None)
    assert not (tmp_path / "汇总.xlsx").exists()


def test_an_own_return_that_is_none_is_refused(units: Path, tmp_path: Path) -> None:
    text = tmp_path / "政府办.xlsx"
    text.write_text("不是表", encoding="utf-8")
    assert "--own" in refused("consolidate", units, "-o", tmp_path / "汇总.xlsx", "--own", text, *FOR)


def test_the_detail_adds_up_in_a_spreadsheet(units: Path, tmp_path: Path) -> None:
    put(units, "岚溪县财政局", WRONG)
    assert consolidated(units, "-o", tmp_path / "汇总.xlsx")[0] == 1
    book = load_workbook(tmp_path / "汇总_汇总明细.xlsx")
    listed = [[cell.value for cell in row] for row in book["汇总明细"].iter_rows(min_row=2)]
    assert [row[:2] for row in listed] == [[CIVIL, "是"], [WATER, "是"], ["岚溪县财政局", "否"]]

    (published,) = (s for s in book if any("条数" in str(cell.value) for cell in s[1]))
    assert all(cell.value and str(cell.value).startswith("=SUM(") for cell in published[2][1:])

    sheet = book["三、依申请公开"]
    head, total, *rows = sheet.iter_rows()
    assert [row[0].value for row in rows] == [CIVIL, WATER]
    column = [cell.value for cell in head].index("一、本年新收·自然人")
    letter = head[column].column_letter
    assert total[column].value == f"=SUM({letter}3:{letter}4)"
    parent = read(tmp_path / "汇总.xlsx").inputs
    known = load_workbook(tmp_path / "汇总_汇总明细.xlsx", data_only=True)["三、依申请公开"]
    assert known.cell(2, column + 1).value == parent[Subject("requests[new_requests,natural_person]")]
    assert sum(row[column].value for row in rows) == known.cell(2, column + 1).value


def test_what_was_written_is_no_return_the_next_time(units: Path) -> None:
    assert consolidated(units, "-o", units / "汇总.xlsx")[0] == 0
    code, content = consolidated(units, "-o", units / "再汇.xlsx")
    assert code == 1 and included(content) == {WATER: True, CIVIL: True, COUNTY: False}


def test_of_a_round_and_of_its_bundle_what_was_accepted_is_taken(tmp_path: Path) -> None:
    place = begin(tmp_path / "收表")
    drop(place, "a.xlsx", filled())
    drop(place, "b.xlsx", filled(CIVIL, WRONG))
    take(place, code=1)
    bundle = tmp_path / "上报.zip"
    assert run("round", "bundle", place.root, "-o", bundle).exit_code == 0
    for number, source in enumerate((place.root, bundle)):
        code, content = consolidated(source, "-o", tmp_path / f"{number}.xlsx")
        assert (code, included(content)) == (0, {WATER: True})
    code, content = consolidated(place.root, "-o", tmp_path / "缺.xlsx", "--roster", place.list)
    assert code == 1
    assert [child["unit"] for child in content["children"] if child["why"] == "没有报来"] == [CIVIL, TOWN]


def adjustments(folder: Path, *rows: Sequence[object]) -> Path:
    return save_list(folder / "调整.xlsx", rows, ("单元格", "增减", "原因", "依据"))


def codes(path: Path) -> dict[str, str]:
    (verdict,) = json.loads(run("verify", path, "--json").stdout)
    return {finding["code"]: finding["message"] for finding in verdict["findings"]}


def test_an_adjustment_is_an_entry_of_its_own(units: Path, tmp_path: Path) -> None:
    out, plain = tmp_path / "汇总.xlsx", tmp_path / "不调整.xlsx"
    why = "与税务部门重复登记一件申请"
    table = adjustments(tmp_path, (CELL, -1, why, "核对记录"), ("工作动态条数", 3, why, None))
    assert consolidated(units, "-o", out, "--adjust", table)[0] == 0
    assert consolidated(units, "-o", plain)[0] == 0
    changed, unchanged = read(out), read(plain)
    before = unchanged.inputs[Subject(CELL)]
    assert isinstance(before, int) and changed.inputs[Subject(CELL)] == before - 1
    assert run("reconcile", out, units).exit_code == 0

    sheet = load_workbook(out)["汇总说明"]
    shown = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["一、本年新收·自然人", "-1", why, "核对记录"] in shown
    told = codes(out)
    assert why in told["WBK042"] and "WBK014" not in told and "WBK041" not in told
    detail = load_workbook(tmp_path / "汇总_汇总明细.xlsx")["三、依申请公开"]
    assert [row[0].value for row in detail.iter_rows()][-1] == "（调整）"

    known = run("reconcile", plain, units, "--adjust", table, "--json")
    assert known.exit_code == 0, known.output


def test_mistakes_in_adjustments_write_nothing(units: Path, tmp_path: Path) -> None:
    table = adjustments(tmp_path, (CELL, -1_000, "与税务部门重复登记", None), ("没有的格", 1, "", None))
    words = refused("consolidate", units, "-o", tmp_path / "汇总.xlsx", *FOR, "--adjust", table)
    assert "有 3 处要改" in words and "调整后是负数" in words and "没有的格" in words
    assert not (tmp_path / "汇总.xlsx").exists()


def test_an_incomplete_sum_is_said_in_the_workbook_which_gives_but_a_draft(
    units: Path, tmp_path: Path
) -> None:
    last_year = tmp_path / "上年"
    last_year.mkdir()
    for unit in (WATER, CIVIL, "岚溪县财政局"):
        put(last_year, unit, {"year": 2022, "signed_on": "2023-01-20"})
    roster = save_list(tmp_path / "名单.xlsx", [(WATER,), (CIVIL,), ("岚溪县财政局",)], ("单位",))
    out = tmp_path / "汇总.xlsx"
    result = run("consolidate", units, "-o", out, *FOR, "--roster", roster, "--prior", last_year)
    assert result.exit_code == 1
    words = "应汇入 3 个单位，汇入 2 个，缺：岚溪县财政局；缺的上年占全部的 33%"
    assert words in result.stdout and words in codes(out)["WBK041"]
    sheet = load_workbook(out)["汇总说明"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["岚溪县财政局", "缺", "没有报来", None] in rows
    assert any(row[3] == "33%" for row in rows)

    assert run("refill", out, "-o", tmp_path / "重填.xlsx").exit_code in (0, 1)
    assert words in codes(tmp_path / "重填.xlsx")["WBK041"]


def test_a_unit_that_the_list_excuses_is_not_missed_by_the_parent(units: Path, tmp_path: Path) -> None:
    rows = [(WATER, None), (CIVIL, None), ("岚溪县财政局", "机构改革，由上级代报")]
    roster = save_list(tmp_path / "名单.xlsx", rows, ("单位", "免报原因"))
    put(units, "岚溪县税务局")
    out = tmp_path / "汇总.xlsx"
    assert consolidated(units, "-o", out, "--roster", roster)[0] == 1
    assert "WBK041" not in codes(out)


def test_what_the_units_wrote_stands_listed_for_the_writer(units: Path, tmp_path: Path) -> None:
    archive = "岚溪县档案馆"
    put(units, archive, {"found": "公开不够及时，个别栏目更新慢。", "unit_code": "LX-B-9"})
    assert consolidated(units, "-o", tmp_path / "汇总.xlsx")[0] == 0
    sheet = load_workbook(tmp_path / "汇总.xlsx")["各单位文字"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    labels = ("存在的主要问题", "改进情况")
    assert [tuple(row[:2]) for row in rows] == [
        (u, label) for u in (archive, CIVIL, WATER) for label in labels
    ]
    assert [archive, labels[0], "公开不够及时，个别栏目更新慢。"] in rows
    assert all(row[2] for row in rows) and sheet.protection.sheet
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_shares_need_returns_of_last_year(units: Path, tmp_path: Path) -> None:
    roster = save_list(tmp_path / "名单.xlsx", [(WATER,), (CIVIL,), ("岚溪县财政局",)], ("单位",))
    out = tmp_path / "汇总.xlsx"
    words = refused("consolidate", units, "-o", out, *FOR, "--roster", roster, "--prior", units)
    assert "没有 2022 年度的报表" in words
