"""xlreport convert: a folder of returns, whatever is in it."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from command_line import RETURNS, SOUND, STRANGER, WRONG_TOTALS, fingerprints, json_lines, refused, run
from returns import edit, save, sound
from summaries import OVERVIEW, PROBLEMS
from summaries import lines as table
from xlreport.archive.gather import Job
from xlreport.batch import convert, work
from xlreport.batch.work import Plan
from xlreport.files import safe_name
from xlreport.report import narrative
from xlreport.report.errors import NarrativeError
from xlreport.run.outcome import Outcome
from xlreport.verify.verdict import Verdict

LEDGER = ".xlreport.sqlite3"


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """The shipped returns in a folder of their own."""
    return shutil.copytree(RETURNS, tmp_path / "回收")


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A folder with a single sound return."""
    (tmp_path / "in").mkdir()
    shutil.copy(SOUND, tmp_path / "in" / "年报.xlsx")
    return tmp_path / "in"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def made(out: Path) -> dict[str, str]:
    """What convert made, its ledger aside."""
    return {name: digest for name, digest in fingerprints(out).items() if name != LEDGER}


def times(out: Path) -> dict[str, int]:
    """When each document was written."""
    return {
        p.name: p.stat().st_mtime_ns for p in out.rglob("*") if p.suffix in (".docx", ".html", ".md", ".pdf")
    }


def fragile(job: Job, plan: Plan) -> Outcome:
    """What a worker does, with a fault of ours on one file."""
    whole = work.verify_file

    def verify_file(path: Path) -> Verdict:
        if "青禾镇" in path.name:
            raise RuntimeError("division of the\x1b cosmos")
        return whole(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, "verify_file", verify_file)
        return work.process(job, plan)


def speechless(job: Job, plan: Plan) -> Outcome:
    """What a worker does, with a narrative that is wrong."""

    def broken(*_: object, **__: object) -> None:
        raise NarrativeError("没有名为 x 的内容", 3)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrative, "compose", broken)
        return work.process(job, plan)


def test_a_folder_becomes_reports_findings_and_a_summary(returns: Path, tmp_path: Path) -> None:
    before = fingerprints(returns)
    result = run("convert", returns, "-o", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 1
    assert "共 8 个文件：通过 3，退回 3，无法读取 2" in result.stdout
    assert fingerprints(returns) == before
    assert made(tmp_path / "out").keys() == {
        "findings.jsonl",
        "run.json",
        "summary.xlsx",
        "乡镇/青禾镇 年报 终稿.docx",
        "乡镇/青禾镇 年报 终稿.html",
        "岚溪县自然资源和规划局2023年度报告.docx",
        "岚溪县自然资源和规划局2023年度报告.html",
        "栖川市云泽区残联（零报告）.docx",
        "栖川市云泽区残联（零报告）.html",
    }


def test_findings_are_one_object_per_file_in_order(returns: Path, tmp_path: Path) -> None:
    run("convert", returns, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    lines = json_lines(tmp_path / "out" / "findings.jsonl")
    names = [line["file"] for line in lines]
    assert names == sorted(fingerprints(returns))  # the clerk's notes too: nothing is left out silently
    (wrong,) = (line for line in lines if "住建局" in line["file"])
    assert wrong["counts"] == {"error": 2, "warning": 0, "note": 0}
    assert {finding["file"] for finding in wrong["findings"]} == {wrong["file"]}


def test_with_draft_returned_files_become_drafts_and_accepted_ones_do_not(
    returns: Path, tmp_path: Path
) -> None:
    run("convert", returns, "-o", tmp_path / "out", "--jobs", 1, "--to", "md", "--draft")
    drafts = {
        path.stem: "草稿" in path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.md")
    }
    assert len(drafts) == 6
    assert drafts["住建局信息公开年报（已核对）"]
    assert not drafts["青禾镇 年报 终稿"]


def test_results_do_not_depend_on_jobs(returns: Path, tmp_path: Path) -> None:
    one = run("convert", returns, "-o", tmp_path / "one", "--jobs", 1, "--draft")
    two = run("convert", returns, "-o", tmp_path / "two", "--jobs", 2, "--draft")
    assert one.exit_code == two.exit_code == 1
    assert made(tmp_path / "one") == made(tmp_path / "two")


# What stands in a folder ---------------------------------------------------------------------------


def test_lock_files_and_our_own_output_are_left_out(one: Path) -> None:
    (one / "~$年报.xlsx").write_bytes(b"x")
    (one / ".~lock.年报.xlsx#").write_bytes(b"x")
    (one / "._年报.xlsx").write_bytes(b"x")
    for _ in range(2):  # the second time the summary is there too
        result = run("convert", one, "-o", one / "报告", "--jobs", 1, "--to", "md")
        assert result.exit_code == 0, result.output
        assert "共 1 个文件" in result.stdout
        assert "跳过" not in result.stderr
    result = run("convert", one, "-o", one.parent / "另一次", "--jobs", 1)
    assert (result.exit_code, "跳过 1 个本程序生成的文件（报告）" in result.stderr) == (0, True)
    for name in ("summary.xlsx", "年报.md"):
        shutil.copy(one / "报告" / name, one)
    for ending in ("docx", "html"):
        shutil.copy(one.parent / "另一次" / f"年报.{ending}", one)
    shutil.copy(one / "报告" / "findings.jsonl", one)
    result = run("convert", one, "-o", one.parent / "再一次", "--jobs", 1, "--to", "md")
    assert (result.exit_code, "共 1 个文件" in result.stdout) == (0, True)
    assert "跳过 6 个本程序生成的文件" in result.stderr


def test_a_report_of_ours_in_place_of_a_workbook_is_what_came(one: Path, tmp_path: Path) -> None:
    run("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "html")
    shutil.copy(tmp_path / "out" / "年报.html", one / "水务局的报告.html")
    result = run("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "html")
    assert (result.exit_code, "无法读取 1" in result.stdout) == (1, True)
    told = {line["file"]: line for line in json_lines(tmp_path / "out" / "findings.jsonl")}
    report = told["水务局的报告.html"]
    assert (report["form"], report["unit"], report["year"]) == (None, told["年报.xlsx"]["unit"], None)


@pytest.mark.parametrize("name", ["年报", "年报.xlsx.1", "年报.bak", "年报.dat"])
def test_content_decides_not_the_ending(name: str, one: Path, tmp_path: Path) -> None:
    (one / "年报.xlsx").rename(one / name)
    result = run("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert (result.exit_code, "通过 1" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("公开.pdf", b"%PDF-1.7", "PDF"),
        ("年报.doc", b"{\\rtf1", "Word"),
        ("年报.png", b"\x89PNG\r\n", "图片"),
        ("年报.7z", b"7z\xbc\xaf\x27\x1c", "压缩包"),
        ("说明.txt", "收齐".encode(), "文本"),
        ("空.zip", b"", "空"),
    ],
)
def test_what_is_no_workbook_has_its_line(
    name: str, content: bytes, said: str, one: Path, tmp_path: Path
) -> None:
    (one / name).write_bytes(content)
    result = run("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert (result.exit_code, "通过 1，退回 0，无法读取 1" in result.stdout) == (1, True)
    (line,) = (line for line in json_lines(tmp_path / "out" / "findings.jsonl") if line["file"] == name)
    assert line["status"] == "unreadable" and said in line["findings"][0]["message"]
    assert line["findings"][0]["fix"]


def test_links_have_their_lines_and_stop_nothing(one: Path, tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    (one / "乡镇").symlink_to(tmp_path / "别处", target_is_directory=True)
    (one / "自己.xlsx").symlink_to("自己.xlsx")
    (one / "没有.xlsx").symlink_to(tmp_path / "没有这个文件.xlsx")
    result = run("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert "共 4 个文件：通过 1，退回 0，无法读取 3" in result.stdout
    lines = {line["file"]: line["findings"] for line in json_lines(tmp_path / "out" / "findings.jsonl")}
    assert all("链接" in lines[name][0]["message"] for name in ("乡镇", "自己.xlsx", "没有.xlsx"))


def test_archives_are_opened_and_their_members_known_by_both_names(one: Path, tmp_path: Path) -> None:
    inner = zipped({"住建局.xlsx": SOUND.read_bytes()})
    (one / "年报.xlsx").unlink()
    (one / "镇街报来.zip").write_bytes(zipped({"里层.zip": inner, "说明.txt": b"x"}))
    out = tmp_path / "out"
    for _ in range(2):
        result = run("convert", one, "-o", out, "--jobs", 1, "--to", "md")
        assert "共 2 个文件" in result.stdout and "通过 1" in result.stdout
    assert "1 个没有变化" in result.stdout
    assert (out / "镇街报来.zip" / "里层.zip" / "住建局.md").is_file()
    (one / "坏.zip").write_bytes(zipped({"a.xlsx": b"x"})[:-30])
    result = run("convert", one, "-o", out, "--jobs", 1, "--to", "md")
    assert "无法读取 2" in result.stdout


@pytest.mark.parametrize(
    "name", ["CON.xlsx", "nul.2023.xlsx", "a?b:c.xlsx", "末尾. .xlsx", "反\u202e序.xlsx"]
)
def test_names_of_documents_are_safe_everywhere(name: str, one: Path, tmp_path: Path) -> None:
    (one / "年报.xlsx").rename(one / name)
    run("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    (document,) = (tmp_path / "out").glob("*.md")
    assert document.stem == safe_name(document.stem)


def test_files_of_one_name_do_not_collide(one: Path, tmp_path: Path) -> None:
    (one / "x").mkdir()
    save(one, sound({"organ": "甲局", "unit_code": "LX-7"}), "年报.xlsm")
    save(one / "x", sound({"organ": "乙局", "unit_code": "LX-8"}), "年报.xlsx")
    run("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert {n for n in made(tmp_path / "out") if n.endswith(".md")} == {
        "年报.md",
        "年报.xlsx.md",
        "x/年报.md",
    }


def test_files_may_be_named_one_by_one(tmp_path: Path) -> None:
    result = run("convert", SOUND, STRANGER, SOUND, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert "共 2 个文件" in result.stdout
    assert [line["file"] for line in json_lines(tmp_path / "out" / "findings.jsonl")] == [
        SOUND.name,
        f"{STRANGER.parent.name}/{STRANGER.name}",
    ]


def test_names_that_are_no_utf_8_are_taken_too(one: Path, tmp_path: Path) -> None:
    try:
        (one / "年报.xlsx").rename(one / os.fsdecode("年报.xlsx".encode("gbk")))
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    result = run("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "out").glob("*.md"))) == 1


# Broken files --------------------------------------------------------------------------------------


def test_a_broken_file_stops_nothing(one: Path, tmp_path: Path) -> None:
    (one / "坏.xlsx").write_bytes(SOUND.read_bytes()[:3000])
    (one / "空.xlsx").write_bytes(b"")
    result = run("convert", one, "-o", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 1
    assert "通过 1，退回 0，无法读取 2" in result.stdout


def test_a_fault_of_ours_costs_that_file_only(
    returns: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "process", fragile)
    result = run("convert", returns, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert result.exit_code == 3
    (line,) = (x for x in json_lines(tmp_path / "out" / "findings.jsonl") if "青禾镇" in x["file"])
    assert line["status"] == "unreadable"
    assert [finding["code"] for finding in line["findings"]] == ["SYS002"]
    assert "本工具处理该文件时出错" in line["findings"][0]["message"]
    monkeypatch.undo()
    again = run("convert", returns, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert "通过 3" in again.stdout


def test_a_report_that_cannot_be_written_is_no_fault_of_the_unit(
    one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "process", speechless)
    result = run("convert", one, "-o", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 3
    (line,) = json_lines(tmp_path / "out" / "findings.jsonl")
    assert line["status"] == "accepted"
    assert [finding["code"] for finding in line["findings"]] == ["SYS003"]


# Running again -------------------------------------------------------------------------------------


def test_a_second_run_leaves_finished_work_alone(returns: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("convert", returns, "-o", out, "--jobs", 1)
    first, written = made(out), times(out)
    again = run("convert", returns, "-o", out, "--jobs", 1)
    assert again.exit_code == 1
    assert "其中 6 个没有变化" in again.stdout
    assert made(out) == first
    assert times(out) == written


def test_a_changed_input_is_done_again_and_only_that(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copy(RETURNS / "乡镇" / "青禾镇 年报 终稿.xlsx", one / "镇.xlsx")
    run("convert", one, "-o", out, "--jobs", 1, "--to", "md")
    written = times(out)
    save(one, sound({"organ": "改过的局"}), "年报.xlsx")
    run("convert", one, "-o", out, "--jobs", 1, "--to", "md")
    assert "改过的局" in (out / "年报.md").read_text(encoding="utf-8")
    assert times(out)["镇.md"] == written["镇.md"]


def test_missing_or_torn_documents_are_made_again(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("convert", one, "-o", out, "--jobs", 1)
    first = made(out)
    (out / "年报.docx").unlink()
    (out / "年报.html").write_bytes(b"<!DOCTYPE")
    run("convert", one, "-o", out, "--jobs", 1)
    assert made(out) == first


def test_other_options_are_other_work(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("convert", one, "-o", out, "--jobs", 1, "--to", "md")
    run("convert", one, "-o", out, "--jobs", 1, "--to", "html")
    assert made(out).keys() >= {"年报.html"}


def test_a_report_of_figures_that_became_wrong_does_not_lie_about(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("convert", one, "-o", out, "--jobs", 1, "--to", "md")
    shutil.copy(WRONG_TOTALS, one / "年报.xlsx")
    run("convert", one, "-o", out, "--jobs", 1, "--to", "md")
    assert not (out / "年报.md").exists()


def test_a_document_somebody_edited_is_not_thrown_away(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("convert", one, "-o", out, "--jobs", 1, "--to", "md")
    (out / "年报.md").write_text("手工改过", encoding="utf-8")
    shutil.copy(WRONG_TOTALS, one / "年报.xlsx")
    run("convert", one, "-o", out, "--jobs", 1, "--to", "md")
    assert (out / "年报.md").read_text(encoding="utf-8") == "手工改过"


def test_documents_of_inputs_that_disappeared_are_put_aside(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    save(one, sound({"organ": "甲局", "unit_code": "LX-7"}), "旧.xlsx")
    run("convert", one, "-o", out, "--jobs", 1, "--to", "md")
    (one / "旧.xlsx").unlink()
    run("convert", one, "-o", out, "--jobs", 1, "--to", "md")
    assert not (out / "旧.md").exists() and (out / "不作数的报告" / "旧.md").is_file()
    assert [line["file"] for line in json_lines(out / "findings.jsonl")] == ["年报.xlsx"]


# Refusals ------------------------------------------------------------------------------------------


def test_what_cannot_be_is_refused(one: Path, tmp_path: Path) -> None:
    assert "找不到" in refused("convert", tmp_path / "没有", "-o", tmp_path / "out")
    assert "输出文件夹不能就是" in refused("convert", one, "-o", one)
    assert "并行数" in refused("convert", one, "-o", tmp_path / "out", "--jobs", 0)
    assert "docx" in refused("convert", one, "-o", tmp_path / "out", "--to", "exe")
    assert "不是文件夹" in refused("convert", one, "-o", one / "年报.xlsx")
    assert "不能写入" in refused("convert", one, "-o", one / "年报.xlsx" / "x")
    (tmp_path / "空").mkdir()
    assert "没有找到工作簿" in refused("convert", tmp_path / "空", "-o", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    disguised = Path(shutil.copy(SOUND, tmp_path / "年报.docx"))
    summary = Path(shutil.copy(SOUND, tmp_path / "summary.xlsx"))
    before = fingerprints(tmp_path)
    assert "不能写到它上面" in refused("convert", disguised, "-o", tmp_path)
    assert "不能写到它上面" in refused("convert", summary, "-o", tmp_path)
    assert fingerprints(tmp_path) == before


def test_quiet_leaves_only_the_result(one: Path, tmp_path: Path) -> None:
    result = run("-q", "convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert result.stderr == ""
    assert len(result.stdout.splitlines()) == 2


def test_a_unit_that_sent_two_returns_is_pointed_out_in_both(one: Path, tmp_path: Path) -> None:
    shutil.copy(SOUND, one / "年报（再报）.xlsx")
    edit(one / "年报（再报）.xlsx", {"prepared_by": "周明远"}, keep_results=True)
    save(one, sound({"organ": "另一个局", "unit_code": "LX-9"}), "另一个局.xlsx")
    save(one, sound({"organ": "另一个局", "year": 2022}), "另一个局上年.xlsx")
    result = run("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert result.exit_code == 0
    assert "有 2 个工作簿是同一单位同一年度报来的多份" in result.stderr
    lines = {line["file"]: line for line in json_lines(tmp_path / "out" / "findings.jsonl")}
    codes = {
        name: [finding["code"] for finding in line["findings"] if finding["code"].startswith("WBK")]
        for name, line in lines.items()
    }
    assert codes["年报.xlsx"] == codes["年报（再报）.xlsx"] == ["WBK027"]
    assert codes["另一个局.xlsx"] == codes["另一个局上年.xlsx"] == []
    assert lines["年报.xlsx"]["counts"] == {"error": 0, "warning": 2, "note": 0}  # and the other unit's text
    assert "年报（再报）.xlsx" in lines["年报.xlsx"]["findings"][0]["message"]
    assert any("不止一份" in str(line["首要问题"]) for line in table(tmp_path / "out", OVERVIEW))
    assert sum(line["代码"] == "WBK027" for line in table(tmp_path / "out", PROBLEMS)) == 2


def test_it_is_forgotten_when_one_of_the_two_is_taken_away(one: Path, tmp_path: Path) -> None:
    shutil.copy(SOUND, one / "年报（再报）.xlsx")
    run("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    (one / "年报（再报）.xlsx").unlink()
    run("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert json_lines(tmp_path / "out" / "findings.jsonl")[0]["findings"] == []


def test_a_folder_that_cannot_be_used_is_explained_in_chinese(one: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / LEDGER).mkdir(parents=True)
    said = refused("convert", one, "-o", tmp_path / "out", "--jobs", 1, "--to", "md")
    assert "记录文件" in said
    assert "unable" not in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among files on this system")
def test_pipes_devices_and_vast_files_are_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(SOUND, folder / "好.xlsx")
    os.mkfifo(folder / "管道.xlsx")
    (folder / "设备.xlsx").symlink_to("/dev/zero")
    with (folder / "大.xlsx").open("wb") as file:
        file.truncate(2**40)
    assert run("convert", folder, "-o", tmp_path / "out", "--to", "md", "--jobs", 1).exit_code == 1
    lines = {line["file"]: line["status"] for line in json_lines(tmp_path / "out" / "findings.jsonl")}
    assert lines.pop("好.xlsx") == "accepted"
    assert set(lines.values()) <= {"unreadable"}
