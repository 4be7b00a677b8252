"""Findings on values that stand in no workbook: their places are named as whoever sees the report would."""

from __future__ import annotations

from returns import FORM, sound
from xlreport.origin import InCell, InParagraph, InTable, Origin, SumOf
from xlreport.verify.judge import judge
from xlreport.verify.places import places_of
from xlreport.verify.reported import Reported

CELLS: dict[str, Origin] = {f"a{row}": InCell("三、依申请公开", f"C{row}") for row in range(6, 9)}


def test_cells_are_told_as_ranges() -> None:
    assert places_of(CELLS, ["a6", "a7", "a8"]) == "C6:C8"


def test_what_has_no_origin_is_not_told() -> None:
    assert places_of({}, ["a6"]) == ""
    assert places_of(CELLS, ["a6", "b"]) == "C6"


def test_places_in_a_published_report_stand_behind_the_cells() -> None:
    row = InTable("表三", 12, "自然人")
    origins: dict[str, Origin] = {**CELLS, "b": row, "c": row, "d": SumOf((row, CELLS["a6"]))}
    words = "C6、表三 第12行 自然人列、表三 第12行 自然人列、三、依申请公开 C6之和"
    assert places_of(origins, ["b", "a6", "c", "d"]) == words


def test_a_figure_that_a_text_contradicts_is_named_by_its_row_in_the_published_table() -> None:
    values = sound({"on_request": "全年收到政府信息公开申请99件。"})
    subject = "requests[new_requests,natural_person]"
    (finding,) = judge(Reported(FORM, values, origins={subject: InTable("表三", 1, "自然人")}))
    assert (finding.sheet, finding.cell) == ("", "")
    assert finding.fix.endswith("改正 三、依申请公开 表三 第1行 自然人列")


def test_a_text_that_begins_within_its_paragraph_is_counted_from_there() -> None:
    values = sound({"proactive": "全年更新了了政府网站栏目。"})
    (finding,) = judge(Reported(FORM, values, origins={"proactive": InParagraph(5, 8)}))
    assert finding.id == "TXT008:proactive@12"
    assert finding.message.startswith("第5段第8字（")
