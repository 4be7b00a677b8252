"""Lists of units: what is read of them, and every mistake with its row."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from lists import COUNTY, HEADINGS, read_list, save_list, wrong
from xlreport.roster.mistake import ListErrors


def test_a_sound_list_says_nothing(tmp_path: Path) -> None:
    found = read_list(save_list(tmp_path / "名单.xlsx"))
    assert found.mistakes == ()
    waterworks, _, township = found.roster.lines
    assert (waterworks.name, waterworks.unit.code, waterworks.row) == ("岚溪县水务局", "LX-B-001", 2)
    assert (township.type, township.level) == ("township", "township")
    assert found.roster.parent(township) is None


def test_only_the_unit_is_needed(tmp_path: Path) -> None:
    found = read_list(save_list(tmp_path / "名单.xlsx", [("甲局",), ("乙局",)], ["单位"]))
    assert [line.name for line in found.roster] == ["甲局", "乙局"]
    assert found.mistakes == ()


def test_an_office_s_own_list_is_recognised(tmp_path: Path) -> None:
    rows = [(1, "13800000000", "甲局", "周五"), (2, "", " 乙 局 ", "")]
    above = ("政府信息公开年报联络表", "2023年12月")
    path = save_list(tmp_path / "表.xlsx", rows, ["序号", "手机", "单位名称（必填）", "备注"], above)
    found = read_list(path)
    assert [(line.name, line.row) for line in found.roster] == [("甲局", 4), ("乙 局", 5)]
    assert found.roster.lines[0].phone == "13800000000"
    assert [str(m) for m in found.mistakes] == ["没有用到的列：序号、备注"]
    assert wrong(found) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_texts_are_lists_too(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "名单.csv"
    rows = [["单位", "机关代码", "邮箱"], ["甲局", "0012", "a@b.cn"], ["", "", ""], ["乙镇", "0013", ""]]
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    found = read_list(path)
    assert [(line.name, line.unit.code, line.row) for line in found.roster] == [
        ("甲局", "0012", 2),
        ("乙镇", "0013", 4),
    ]
    assert found.mistakes == ()


@pytest.mark.parametrize(
    "written",
    [date(2024, 1, 26), datetime(2024, 1, 26), "2024-1-26", "2024年1月26日", "2024/01/26", 20240126],
)
def test_days_are_read_as_people_write_them(tmp_path: Path, written: object) -> None:
    found = read_list(save_list(tmp_path / "名单.xlsx", [("甲局", written)], ["单位", "期限"]))
    assert found.roster.lines[0].due == date(2024, 1, 26)
    assert found.mistakes == ()


def test_names_of_several_kinds_lead_to_one_line(tmp_path: Path) -> None:
    rows = [("岚溪县水务局", "水务局", "岚溪县水利局、岚溪县水电局", "LX-1")]
    found = read_list(save_list(tmp_path / "名单.xlsx", rows, ["单位", "简称", "曾用名", "机关代码"]))
    for name in ("岚溪县水务局", "水 务 局", "岚溪县水电局", "ｌｘ-1"):
        line = found.roster.line(name)
        assert line is not None and line.name == "岚溪县水务局", name
    assert found.roster.line("水务") is None


def test_all_mistakes_are_told_at_once_with_their_rows(tmp_path: Path) -> None:
    rows = [
        ("甲局", "1", "", "县区", "部门", "a@b.cn", None),
        ("乙局", "１", "丙局", "县里", "部门", "a@b.cn", "2024-02-30"),
        ("丙局", "3", "乙局", "县区", "局", "不是邮箱", None),
        ("甲 局", "4", "", "县区", "部门", "", None),
        ("丁局", "5", "没有的局", "县区", "部门", "", "月底"),
        ("", "6", "", "", "", "", None),
        ("合计", "", "", "", "", "", None),
    ]
    found = read_list(save_list(tmp_path / "名单.xlsx", rows))
    said = wrong(found)
    expected = [
        ("第 3 行", "机关代码“１”与第 2 行重复"),
        ("第 3 行", "层级填了“县里”"),
        ("第 3 行", "2024-02-30"),
        ("第 3 行", "上级绕成了圈：乙局 → 丙局 → 乙局"),
        ("第 4 行", "类型填了“局”"),
        ("第 4 行", "“不是邮箱”"),
        ("第 5 行", "单位名称“甲 局”与第 2 行重复"),
        ("第 6 行", "上级“没有的局”不在名单里"),
        ("第 6 行", "期限“月底”不是日期"),
        ("第 7 行", "没有写单位"),
        ("第 8 行", "“合计”不是单位"),
    ]
    for row, words in expected:
        assert any(line.startswith(row) and words in line for line in said), (row, words, said)
    assert len(said) == len(expected), said
    remarks = [str(m) for m in found.mistakes if m.remark]
    assert remarks == ["第 2、3 行共用一个邮箱 a@b.cn，凭发件人分不清是哪个单位"]


@pytest.mark.parametrize(
    "words",
    [
        "合 计",
        "合计：2个单位",
        "总计（家）",
        "填表人：张三",
        "注：以上为应报单位",
        "填报日期：1月5日",
        "待定",
        "无",
        "测试",
        "——",
    ],
)
def test_what_stands_below_a_list_is_no_unit(tmp_path: Path, words: str) -> None:
    found = read_list(save_list(tmp_path / "名单.xlsx", [("甲局",), (words,)], ["单位"]))
    (said,) = wrong(found)
    assert said.startswith("第 3 行") and "不是单位" in said


@pytest.mark.parametrize("name", ["合计划局", "测试中心", "注册登记中心", "日期局", "备案说明中心"])
def test_a_unit_may_be_called_nearly_so(tmp_path: Path, name: str) -> None:
    found = read_list(save_list(tmp_path / "名单.xlsx", [(name,)], ["单位"]))
    assert (found.mistakes, [line.name for line in found.roster]) == ((), [name])


def test_merged_cells_below_the_headings_are_a_mistake_and_a_merged_title_is_none(tmp_path: Path) -> None:
    above = ("名单", "")
    titled = save_list(tmp_path / "a.xlsx", above=above, merged="A1:G1")
    assert read_list(titled).mistakes == ()
    merged = save_list(tmp_path / "b.xlsx", above=above, merged="C4:C5")
    assert any("第 4 行：单元格 C4:C5 合并了" in words for words in wrong(read_list(merged)))


def test_a_superior_may_be_the_office_itself_in_any_spelling(tmp_path: Path) -> None:
    rows = [("甲镇", "岚溪县 人民政府"), ("乙村", "甲镇")]
    found = read_list(save_list(tmp_path / "名单.xlsx", rows, ["单位", "上级"]))
    assert found.mistakes == ()
    township, village = found.roster.lines
    assert found.roster.above(village) == [township]
    assert found.roster.above(township) == []


def test_a_unit_may_stand_there_for_two_spans_of_time(tmp_path: Path) -> None:
    head = ["单位", "机关代码", "有效期起", "有效期止"]
    rows = [("甲局", "1", "", "2023-6-30"), ("甲局", "1", "2023-7-1", ""), ("乙局", "2", "", "2023-6-30")]
    found = read_list(save_list(tmp_path / "名单.xlsx", rows, head))
    assert found.mistakes == ()
    now = found.roster.for_year(2023)
    assert [(line.name, line.row, line.excused(2023)) for line in now] == [
        ("甲局", 3, ""),
        ("乙局", 4, "2023 年末不在有效期内"),
    ]
    both = [("甲局", "1", "", "2023-7-1"), ("甲局", "1", "2023-7-1", "")]
    assert len(wrong(read_list(save_list(tmp_path / "b.xlsx", both, head)))) == 2


def test_a_merged_unit_is_excused_and_its_heir_knows_it(tmp_path: Path) -> None:
    rows = [("甲局", ""), ("乙局", "甲局"), ("丙局", "丁局"), ("戊局", "戊局")]
    found = read_list(save_list(tmp_path / "名单.xlsx", rows, ["单位", "并入"]))
    heir, merged, *_ = found.roster.lines
    assert found.roster.merged(heir) == [merged]
    assert merged.excused(2023) == "已并入甲局"
    assert [line[:5] for line in wrong(found)] == ["第 4 行", "第 5 行"]


@pytest.mark.parametrize("broken", [b"", b"\x00\x01", b"PK\x03\x04", "甲局\n乙局\n".encode()])
@pytest.mark.parametrize("name", ["名单.xlsx", "名单.csv"])
def test_what_is_no_list_is_said_so(tmp_path: Path, broken: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(broken)
    with pytest.raises(ListErrors) as caught:
        read_list(path)
    assert name in str(caught.value)


def test_a_code_that_lost_its_digits_is_a_mistake(tmp_path: Path) -> None:
    found = read_list(save_list(tmp_path / "名单.xlsx", [("甲局", 11330000002500112)], ["单位", "机关代码"]))
    assert any("第 2 行" in words and "丢失" in words for words in wrong(found))


def test_headings_that_stand_twice_are_a_mistake_and_other_words_are_none(tmp_path: Path) -> None:
    rows = [("甲局", "a@b.cn", "c@d.cn")]
    twice = read_list(save_list(tmp_path / "a.xlsx", rows, ["单位", "邮箱", "邮箱"]))
    assert wrong(twice) == ["第 1 行：“邮箱”有两列，请只留一列"]
    other = read_list(save_list(tmp_path / "b.xlsx", rows, ["单位", "电子邮箱", "邮箱"]))
    assert other.roster.lines[0].emails == ("c@d.cn",)
    assert wrong(other) == []


def test_the_shared_list_of_the_tests_is_sound() -> None:
    assert len(COUNTY[0]) == len(HEADINGS)
