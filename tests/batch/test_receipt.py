"""The receipt of a run, and doing some of it again: xlreport check-run."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from command_line import RETURNS, SOUND, refused, run
from returns import save, sound
from xlreport.batch import recheck
from xlreport.batch.receipt import DamagedReceipt, Receipt, ReceiptLine, read_receipt, receipt_json
from xlreport.batch.work import Plan

pytestmark = pytest.mark.usefixtures("quick_workers")


def receipt_in(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped returns in 回收, and 报告 made of them."""
    folder = tmp_path_factory.mktemp("receipt")
    shutil.copytree(RETURNS, folder / "回收")
    run("convert", folder / "回收", "-o", folder / "报告", "--jobs", 1, "--to", "md", "--draft")
    return folder


@pytest.fixture
def ran(done: Path, tmp_path: Path) -> Path:
    """The same to be changed."""
    return shutil.copytree(done, tmp_path / "ran")


def check(ran: Path, *more: object) -> tuple[int, str]:
    result = run("check-run", ran / "报告" / "run.json", ran / "回收", "--jobs", 1, "--sample", 99, *more)
    return result.exit_code, result.stdout


def test_a_receipt_says_what_went_in_and_what_came_out(done: Path) -> None:
    found = receipt_in(done / "报告")
    assert [found[key] for key in ("kind", "version")] == ["xlreport-run", 1]
    assert found["program"].keys() == {"version", "sources"} and found["forms"].keys() == {"ogi_annual_2021"}
    assert found["options"] == {"formats": ["md"], "draft": True, "prior": ""}
    assert [line["file"] for line in found["files"]] == sorted(
        path.relative_to(done / "回收").as_posix() for path in (done / "回收").rglob("*") if path.is_file()
    )
    assert {name: branch["files"] for name, branch in found["branches"].items()} == {
        "": 3,
        "乡镇": 1,
        "部门": 4,
    }
    made = {line["file"] for line in found["files"] if line["documents"]}
    assert len(made) == len(list((done / "报告").rglob("*.md"))) == 6
    assert all(len(line["sha256"]) == len(line["outcome"]) == 64 for line in found["files"])


def test_the_same_run_has_the_same_receipt_wherever_and_whenever(done: Path, ran: Path) -> None:
    data = (done / "报告" / "run.json").read_bytes()
    for out in ("报告", "另一处"):  # the first time again, with nothing to do
        run("convert", ran / "回收", "-o", ran / out, "--jobs", 2, "--to", "md", "--draft")
        assert (ran / out / "run.json").read_bytes() == data
    (ran / "报告" / "run.json").write_bytes(b"{}")
    run("convert", ran / "回收", "-o", ran / "报告", "--jobs", 1, "--to", "md", "--draft")
    assert (ran / "报告" / "run.json").read_bytes() == data


def test_a_receipt_among_returns_is_none_of_them(ran: Path) -> None:
    shutil.copy(ran / "报告" / "run.json", ran / "回收")
    result = run("convert", ran / "回收", "-o", ran / "报告", "--jobs", 1, "--to", "md", "--draft")
    assert "跳过 1 个本程序生成的文件（run.json）" in result.stderr


def test_numbers_of_persons_are_masked(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(SOUND, tmp_path / "in" / "张三 110101199003074258.xlsx")
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert b"110101199003074258" not in (tmp_path / "out" / "run.json").read_bytes()
    result = run("check-run", tmp_path / "out" / "run.json", tmp_path / "in", "--jobs", 1)
    assert (result.exit_code, "相同 1" in result.stdout) == (0, True)  # found by its content


# Again -----------------------------------------------------------------------------------------------


def test_a_run_done_again_is_the_same(done: Path) -> None:
    code, said = check(done)
    assert code == 0
    assert "共 8 份，抽查 8 份：相同 8（再抽同样的这几份：--seed " in said


def test_a_seed_draws_the_same_sample(done: Path) -> None:
    lines = read_receipt((done / "报告" / "run.json").read_bytes())
    drawn = recheck.sample(lines, 3, 7)
    assert drawn == recheck.sample(lines, 3, 7) and len(set(drawn)) == 3
    assert {tuple(recheck.sample(lines, 3, seed)) for seed in range(9)} != {tuple(drawn)}
    result = run(
        "check-run", done / "报告" / "run.json", done / "回收", "--sample", 1, "--seed", 7, "--jobs", 1
    )
    assert "抽查 1 份：相同 1（再抽同样的这几份：--seed 7）" in result.stdout


def test_what_lies_elsewhere_is_found_by_its_content(ran: Path) -> None:
    with zipfile.ZipFile(ran / "全部.zip", "w") as packed:
        for number, path in enumerate(sorted((ran / "回收").rglob("*"))):
            if path.is_file() and path.suffix == ".xlsx":
                packed.write(path, f"改名/{number}.xlsx")
    shutil.rmtree(ran / "回收")
    result = run("check-run", ran / "报告" / "run.json", ran / "全部.zip", "--sample", 99, "--jobs", 1)
    assert (result.exit_code, "找不到文件 1" in result.stdout) == (
        1,
        True,
    )  # the clerk's notes are no workbook
    assert "相同 7" in result.stdout


def test_files_that_are_gone_or_changed_are_named(ran: Path) -> None:
    (ran / "回收" / "乡镇" / "青禾镇 年报 终稿.xlsx").unlink()
    save(ran / "回收", sound({"organ": "别的单位"}), "岚溪县自然资源和规划局2023年度报告.xlsx")
    code, said = check(ran)
    assert code == 1
    assert "乡镇/青禾镇 年报 终稿.xlsx：找不到文件" in said
    assert "岚溪县自然资源和规划局2023年度报告.xlsx：文件的内容已经不是当时的" in said
    assert "相同 6，文件的内容已经不是当时的 1，找不到文件 1" in said


def test_a_report_that_somebody_has_edited_is_named(ran: Path) -> None:
    edited, gone, *_ = sorted((ran / "报告" / "部门").glob("*.md"))
    edited.write_text(edited.read_text(encoding="utf-8") + "又改了一句。", encoding="utf-8")
    gone.unlink()  # who keeps reports elsewhere has not changed them
    code, said = check(ran)
    assert code == 1 and "相同 7，结果相同，凭据旁边的报告后来被改动过 1" in said
    assert f"部门/{edited.stem}" in said


def test_who_gives_no_folder_is_told_to(done: Path) -> None:
    result = run("check-run", done / "报告" / "run.json", "--sample", 2, "--jobs", 1)
    assert result.exit_code == 1
    assert "请在命令后面写上当时的工作簿现在所在的文件夹" in result.stderr


def forged(ran: Path, changes: Mapping[str, str]) -> None:
    """Write the receipt anew, sound in itself, with another outcome for one file."""
    path = ran / "报告" / "run.json"
    receipt = read_receipt(path.read_bytes())
    plan = Plan(ran, receipt.formats, receipt.draft)
    first, *others = receipt.lines
    line = ReceiptLine(**{**{key: getattr(first, key) for key in ReceiptLine.__slots__}, **changes})
    forms = [f"{form} {known}" for form, known in receipt.forms.items()]
    path.write_bytes(receipt_json(Receipt.of(plan, forms, [line, *others])))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcome": "0" * 64}, "核对结果不同"),
        ({"documents": "0" * 64}, "核对结果相同，生成的报告不同"),
        ({"sha256": "0" * 64}, "文件的内容已经不是当时的"),
        ({"file": "../../../etc/passwd", "sha256": "0" * 64}, "找不到文件"),
        ({"file": "/etc/passwd", "sha256": "0" * 64}, "找不到文件"),
    ],
)
def test_what_does_not_come_out_the_same_is_named(changes: dict[str, str], said: str, ran: Path) -> None:
    forged(ran, changes)
    code, told = check(ran)
    assert (code, f"：{said}\n" in told, "相同 7" in told) == (1, True, True)


def test_a_receipt_that_was_changed_is_refused(ran: Path) -> None:
    path = ran / "报告" / "run.json"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace('"outcome": "', '"outcome": "0', 1), encoding="utf-8")
    assert "被改过" in refused("check-run", path, ran / "回收")
    for text in ("", "[]", "{}", '{"kind": "xlreport-run", "version": 99}', whole[:-9], "[" * 9999):
        path.write_text(text, encoding="utf-8")
        assert "运行凭据" in refused("check-run", path, ran / "回收")


def test_a_receipt_of_nothing(tmp_path: Path) -> None:
    data = receipt_json(Receipt.of(Plan(tmp_path, ()), [], []))
    (tmp_path / "run.json").write_bytes(data)
    assert read_receipt(data).lines == ()
    assert "没有可以抽查的文件" in refused("check-run", tmp_path / "run.json")
    with pytest.raises(DamagedReceipt):
        read_receipt(data.replace(b"\n", b"\r\n"))


def test_what_differs_of_the_program_is_told(ran: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recheck, "__version__", "9.9")
    result = run("check-run", ran / "报告" / "run.json", ran / "回收", "--jobs", 1, "--sample", 1)
    assert (result.exit_code, "程序版本（当时" in result.stderr) == (0, True)


def test_last_year_must_be_the_same(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(SOUND, tmp_path / "in")
    given = ("--jobs", 1, "--prior", tmp_path / "in")
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", "md", *given)
    path = tmp_path / "out" / "run.json"
    assert "请用 --prior" in refused("check-run", path, tmp_path / "in")
    assert "与当时的不同" in refused("check-run", path, tmp_path / "in", "--prior", RETURNS / "乡镇")
    assert run("check-run", path, tmp_path / "in", *given).exit_code == 0
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", "md", "--jobs", 1)
    assert "请去掉 --prior" in refused("check-run", path, tmp_path / "in", "--prior", tmp_path / "in")
