"""Texts that two units of one batch have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from command_line import json_lines, run
from returns import FORM, place, sample_json, save, sound
from summaries import PROBLEMS as LISTED
from summaries import lines as table
from xlreport.batch import copied_texts as of_batch
from xlreport.batch.alike import passages_alike, percent_alike
from xlreport.batch.text_digests import marks_of
from xlreport.finding import Finding
from xlreport.form.values import from_json
from xlreport.formula.nodes import Value
from xlreport.run.outcome import Outcome
from xlreport.subject import Subject

PROBLEMS = (
    "一是早期档案没有全部数字化，检索耗时较长，个别申请临近期限才答复。"
    "二是图件专业性强，公示时文字说明不足，群众看不懂。三是答复书引用条款不够准确，法律审核还不够细。"
)
BOILERPLATE = FORM.vocabulary.words.boilerplate
OWN = (
    "一是专栏更新由一人兼任，节假日前后更新偏慢。二是解读以转发为主，结合本地实际的少。"
    "三是村级公开栏内容不统一，驻村干部拍照留存不及时，群众查阅不便。"
)


def outcome(file: str, unit: str, text: str) -> Outcome:
    record = {"form": "ogi_annual_2021", "file": file, "unit": unit, "year": 2023}
    name = Subject.field("found")
    return Outcome(record, {}, {}, texts={name: text}, marks={name: marks_of("五、问题与改进", "B5", text)})


class Compared:
    """Compares texts as they stand in the outcomes."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self.texts = {one.record["file"]: one.texts for one in outcomes}

    def words(self, text: of_batch.MarkedText) -> str:
        return self.texts[text.file][text.subject]

    def percent(self, one: of_batch.MarkedText, two: of_batch.MarkedText) -> int:
        return percent_alike(self.words(one), self.words(two), BOILERPLATE)

    def passages(self, one: of_batch.MarkedText, two: of_batch.MarkedText) -> tuple[str, str]:
        return passages_alike(self.words(one), self.words(two), BOILERPLATE)


def copies(outcomes: Sequence[Outcome]) -> Mapping[str, Sequence[Finding]]:
    return of_batch.copies(outcomes, Compared(outcomes))


def test_different_texts_are_left_alone() -> None:
    assert copies([outcome("a", "甲局", PROBLEMS), outcome("b", "乙镇", OWN)]) == {}


def test_the_same_unit_may_repeat_itself() -> None:
    assert copies([outcome("a", "甲局", PROBLEMS), outcome("b", "甲局", PROBLEMS)]) == {}


def test_both_returns_of_a_pair_are_told_with_share_and_passages() -> None:
    found = copies(
        [outcome("a", "甲局", PROBLEMS), outcome("c", "丙镇", OWN), outcome("b", "乙局", PROBLEMS[:70])]
    )
    assert found.keys() == {"a", "b"}
    (one,), (two,) = found["a"], found["b"]
    assert one.id == "TXT010:found" and one.severity == "warning"
    assert "与乙局的报告（b）有 100% 的文字相同" in one.message
    assert "与甲局的报告（a）有 100% 的文字相同" in two.message
    assert "本文件“" in one.message and "对方“" in one.message


def test_the_closest_of_several_is_named() -> None:
    rest = PROBLEMS[:60] + OWN[:30]
    found = copies(
        [outcome("a", "甲局", PROBLEMS), outcome("b", "乙局", PROBLEMS), outcome("c", "丙局", rest)]
    )
    assert "（b）" in found["a"][0].message and "（a）" in found["b"][0].message


def test_a_text_common_to_all_is_told_once_in_each() -> None:
    found = copies([outcome(str(n), f"{n}局", PROBLEMS) for n in range(60)])
    assert [len(findings) for findings in found.values()] == [1] * 60


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """Two bureaus with the same problems; the rest of their texts is their own."""
    folder = tmp_path / "in"
    folder.mkdir()
    save(folder, sound({"found": PROBLEMS}), "甲.xlsx")
    other: dict[str, Value] = from_json(FORM, sample_json("small_township"))
    save(folder, other | {"found": PROBLEMS}, "乙.xlsx")
    return folder


def test_a_batch_tells_it_in_the_findings_and_the_summary(batch: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("convert", batch, "-o", out, "--jobs", 1, "--to", "md").exit_code == 0
    lines = {line["file"]: line for line in json_lines(out / "findings.jsonl")}
    for name, other in (("甲.xlsx", "乙.xlsx"), ("乙.xlsx", "甲.xlsx")):
        (finding,) = lines[name]["findings"]
        assert finding["code"] == "TXT010" and f"（{other}）" in finding["message"]
        assert (finding["sheet"], finding["cell"]) == place("found")
        assert lines[name]["counts"]["warning"] == 1
    assert [line["代码"] for line in table(out, LISTED)] == ["TXT010", "TXT010"]


def test_a_second_run_says_the_same(batch: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("convert", batch, "-o", out, "--jobs", 1, "--to", "md")
    first = json_lines(out / "findings.jsonl")
    run("convert", batch, "-o", out, "--jobs", 1, "--to", "md")
    assert json_lines(out / "findings.jsonl") == first
