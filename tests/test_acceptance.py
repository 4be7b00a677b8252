"""The whole loop as an office lives it: template, filled workbook, verdict, report."""

from __future__ import annotations

import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

import xlreport
from xlreport.form.library import shipped
from xlreport.form.load import resize
from xlreport.form.values import rows_needed

HEADINGS = [
    "一、总体情况",
    "（一）主动公开",
    "（二）依申请公开",
    "（三）政府信息管理",
    "（四）政府信息公开平台建设",
    "（五）监督保障",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "（一）存在的主要问题",
    "（二）改进情况",
    "六、其他需要报告的事项",
]
ITEMS = (
    "政策文件2条、规范性文件1条、专项规划1条、统计信息1条、重大决策预公开1条、会议公开3条、行政权力3条、"
    "财政信息6条、重点领域信息公开2条、政策解读5条、互动交流3条、人事信息2条、业务动态23条、"
    "政务公开保障机制2条、政府信息公开年报1条"
)


def sample(name: str) -> Any:
    text = (shipped("samples") / "values" / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)


def without_blanks(data: Any) -> Any:
    """The JSON without nulls, which stand for blanks as absence does."""
    if isinstance(data, dict):
        return {name: without_blanks(value) for name, value in data.items() if value is not None}
    return [without_blanks(item) for item in data] if isinstance(data, list) else data


def returned(tmp_path: Path, data: Any) -> Path:
    """A filled workbook as it comes back by e-mail."""
    form = xlreport.load_form("ogi_annual_2021")
    form = resize(form, tuple(sorted(rows_needed(form, data).items())))
    path = tmp_path / "年报.xlsx"
    path.write_bytes(xlreport.write_workbook(form, xlreport.from_json(form, data)))
    return path


def report_text(tmp_path: Path, data: Any, to: str = "md") -> str:
    submission = xlreport.read(returned(tmp_path, data))
    assert xlreport.verify(submission) == []
    text = xlreport.render(submission.form, submission.values, to).decode()
    return re.sub(r"<table.*?</table>", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", ["nil_federation", "busy_bureau", "small_township", "county_government"])
def test_a_sound_return_is_accepted_and_gives_back_exactly_what_was_filled_in(
    tmp_path: Path, name: str
) -> None:
    verdict = xlreport.verify_file(returned(tmp_path, sample(name)))

    assert (verdict.status, verdict.findings) == ("accepted", ())
    assert verdict.submission is not None
    assert xlreport.to_json(verdict.submission.form, verdict.submission.inputs) == without_blanks(
        sample(name)
    )


def test_an_imbalance_hidden_behind_a_matching_total_is_found_in_its_column(tmp_path: Path) -> None:
    verdict = xlreport.verify_file(returned(tmp_path, sample("unbalanced_bureau")))

    assert verdict.status == "returned"
    assert [finding.id for finding in verdict.findings] == [
        "REQ001:requests[,natural_person]",
        "REQ001:requests[,commercial_enterprise]",
    ]
    message = verdict.findings[0].message
    assert message.startswith("三、依申请公开 自然人列：")
    assert "60" in message and "61" in message and "相差−1件" in message


def test_the_nil_return_has_the_sections_tables_and_facts_of_the_published_model(tmp_path: Path) -> None:
    submission = xlreport.read(returned(tmp_path, sample("nil_federation")))
    word = docx.Document(io.BytesIO(xlreport.render(submission.form, submission.values, "docx")))

    headings = [p.text for p in word.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    text = "\n".join(p.text for p in word.paragraphs)
    assert headings == HEADINGS
    assert f"主动公开政府信息56条，其中{ITEMS}。" in text
    facts = ["统计期限自2023年1月1日起，至2023年12月31日止", "主动公开政府信息56条", "未收到政府信息公开申请"]
    facts += ["未收取政府信息公开信息处理费", "未承办人大代表建议和政协提案"]
    places = [text.index(fact) for fact in facts]
    assert places == sorted(places)
    disclosure, requests, cases = word.tables
    assert (len(disclosure.columns), len(requests.columns), len(cases.columns)) == (4, 10, 15)
    figures = [cell.text for row in requests.rows[3:] for cell in row.cells[3:]]
    assert figures == ["0"] * (25 * 7)
    assert [cell.text for cell in cases.rows[-1].cells] == ["0"] * 15


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"new_requests": 1, "disclosed": 1},
            "新收政府信息公开申请1件，由自然人提出。全年办结1件，予以公开。",
        ),
        (
            {"new_requests": 3, "disclosed": 3},
            "新收政府信息公开申请3件，均由自然人提出。全年办结3件，均予以公开。",
        ),
        (
            {"new_requests": 2, "carried_over": 1, "disclosed": 1, "other": 1, "carried_forward": 1},
            "新收政府信息公开申请2件，均由自然人提出；上年结转1件。全年办结2件，"
            "其中予以公开1件、其他处理1件；结转下年度继续办理1件。",
        ),
        (
            {"carried_over": 2, "carried_forward": 2},
            "未收到新的政府信息公开申请，继续办理上年结转的申请2件。到年底尚在办理，结转下年度继续办理2件。",
        ),
    ],
)
def test_requests_are_told_as_a_person_would(tmp_path: Path, changes: dict[str, int], sentence: str) -> None:
    data = sample("nil_federation")
    for row, count in changes.items():
        data["requests"][row]["natural_person"] = count
    data["cover"]["nil_confirmed"] = False

    assert f"2023年，区残联{sentence}" in report_text(tmp_path, data)


def test_no_report_says_zero_of_anything_in_its_sentences(tmp_path: Path) -> None:
    for name in ("nil_federation", "busy_bureau", "small_township", "county_government"):
        assert not re.search(r"(?<!\d)0(件|条|元|万元)", report_text(tmp_path, sample(name)))


def test_a_long_paragraph_comes_through_whole(tmp_path: Path) -> None:
    data = sample("nil_federation")
    data["overview"]["platform"] = "".join(
        f"本段用来检查长文之{n}。" for n in "甲乙丙丁戊己庚辛壬癸" * 13
    )  # 1,430 characters

    assert data["overview"]["platform"] in report_text(tmp_path, data)


def test_a_list_longer_than_the_lines_offered_gets_more_lines(tmp_path: Path) -> None:
    data = sample("nil_federation")
    data["published"] = [{"category": f"类别{number}", "count": 1} for number in range(1, 46)]

    text = report_text(tmp_path, data)
    assert "主动公开政府信息45条" in text
    assert "类别45" in text


def test_an_amount_keeps_every_digit(tmp_path: Path) -> None:
    data = sample("busy_bureau")
    data["charges"]["administrative_charges"]["amount"] = "59237.2449"

    submission = xlreport.read(returned(tmp_path, data))
    assert submission.inputs["charges[administrative_charges,amount]"] == Decimal("59237.2449")
    assert "59237.2449" in xlreport.render(submission.form, submission.values, "html").decode()
