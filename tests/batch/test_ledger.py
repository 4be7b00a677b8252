"""The ledger beside the documents: believed whole, or put aside whole, told of and begun anew."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from command_line import SOUND, WRONG_TOTALS, fingerprints, run
from returns import save, sound
from xlreport.archive.gather import gather
from xlreport.authoring.cases import read_cases
from xlreport.batch.ledger import KnownOutcome, Ledger
from xlreport.batch.ledger_file import sealed
from xlreport.batch.work import Plan
from xlreport.form.library import shipped
from xlreport.form.load import load_form
from xlreport.form.values import from_json
from xlreport.workbook.write import write_workbook

LEDGER = ".xlreport.sqlite3"
DAMAGED, OTHERWISE = "已损坏", "的格式与本版本不同"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two returns, and `out` with all that a run made of them."""
    folder = tmp_path_factory.mktemp("done")
    (folder / "in").mkdir()
    shutil.copy(SOUND, folder / "in" / "年报.xlsx")
    save(folder / "in", sound({"organ": "另一个局"}), "另一个局.xlsx")
    converted(folder)
    return folder


@pytest.fixture
def folder(done: Path, tmp_path: Path) -> Path:
    """The same, to do things to."""
    return shutil.copytree(done, tmp_path / "a")


def converted(folder: Path, *more: str) -> Result:
    result = run("convert", folder / "in", "-o", folder / "out", "--jobs", 1, *(more or ("--to", "md")))
    assert result.exit_code == 0, result.output
    return result


def made(folder: Path) -> dict[str, str]:
    """What convert made, its ledgers aside."""
    return {name: d for name, d in fingerprints(folder / "out").items() if not name.startswith(LEDGER)}


def put_aside(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "out").glob(f"{LEDGER}.*"))


def opened(folder: Path) -> tuple[str, set[KnownOutcome]]:
    """What is said of the ledger, and what it then knows of the files."""
    out = folder / "out"
    with closing(Ledger(Plan(out, ("md",)))) as ledger:
        return ledger.said, {ledger.standing(job) for job in gather([folder / "in"], out).jobs}


def sql(*statements: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as ledger, ledger:
            for statement in statements:
                ledger.execute(statement)

    return change


def overwritten(at: float, with_: bytes) -> Callable[[Path], None]:
    """The bytes at a part of the file's length are others."""

    def change(path: Path) -> None:
        data = bytearray(path.read_bytes())
        start = int(len(data) * at)
        data[start : start + len(with_)] = with_
        path.write_bytes(data)

    return change


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def text_that_is_no_utf_8(path: Path) -> None:
    data = path.read_bytes()
    assert "自然资源".encode() in data
    path.write_bytes(data.replace("自然资源".encode(), b"\xff" * 12))


USELESS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no database": (lambda path: path.write_bytes(b"torn" * 1000), DAMAGED),
    "cut off": (cut, DAMAGED),
    "a page of zeros": (overwritten(0.5, bytes(4096)), DAMAGED),
    "a header of another file": (overwritten(0, b"PK\3\4"), DAMAGED),
    "bytes that are no text": (text_that_is_no_utf_8, DAMAGED),
    "half an outcome": (sql("UPDATE outcome SET record = substr(record, 1, 100)"), DAMAGED),
    "an index that lies": (
        sql("PRAGMA writable_schema = ON", "UPDATE sqlite_master SET rootpage = 2 WHERE type = 'index'"),
        DAMAGED,
    ),
    "an outcome that is none": (sql("UPDATE outcome SET record = '[]'"), DAMAGED),
    "another figure": (sql("UPDATE outcome SET figures = json_set(figures, '$.A1', 1)"), DAMAGED),
    "another file's outcome": (sql("UPDATE outcome SET record = (SELECT min(record) FROM outcome)"), DAMAGED),
    "no outcome": (sql("UPDATE outcome SET record = NULL"), DAMAGED),
    "no seal": (sql("UPDATE outcome SET seal = NULL"), DAMAGED),
    "a column less": (sql("ALTER TABLE outcome DROP COLUMN period"), OTHERWISE),
    "one more column": (sql("ALTER TABLE outcome ADD COLUMN reviewer TEXT"), OTHERWISE),
    "one more table": (sql("CREATE TABLE history (name TEXT)"), OTHERWISE),
    "other tables": (sql("DROP TABLE outcome", "CREATE TABLE run (number INTEGER)"), OTHERWISE),
}


@pytest.mark.parametrize(("change", "words"), USELESS.values(), ids=USELESS)
def test_a_ledger_that_cannot_be_used_is_told_of_kept_and_begun_anew(
    folder: Path, change: Callable[[Path], object], words: str
) -> None:
    change(folder / "out" / LEDGER)
    useless = (folder / "out" / LEDGER).read_bytes()
    said, standing = opened(folder)
    assert f"记录文件 {LEDGER} {words}，不能再用，已改名为 {LEDGER}.1 留存，全部工作簿重新处理" in said
    assert standing == {KnownOutcome.NEW}
    assert (folder / "out" / f"{LEDGER}.1").read_bytes() == useless
    assert opened(folder) == ("", {KnownOutcome.NEW})


def test_it_costs_only_time(folder: Path) -> None:
    before = made(folder)
    (folder / "out" / LEDGER).write_bytes(b"torn" * 1000)
    result = converted(folder)
    assert "已损坏" in result.stderr
    assert "没有变化" not in result.output
    assert made(folder) == before
    again = converted(folder)
    assert "其中 2 个没有变化，不用重做" in again.stdout
    assert again.stderr.count("记录文件") == 0


def test_a_sound_ledger_is_not_spoken_of(folder: Path) -> None:
    assert opened(folder) == ("", {KnownOutcome.FINISHED})
    assert put_aside(folder) == []


def test_no_earlier_one_is_written_over(folder: Path) -> None:
    for content in (b"first", b"second", b"third"):
        (folder / "out" / LEDGER).write_bytes(content * 100)
        opened(folder)
    assert put_aside(folder) == [f"{LEDGER}.{number}" for number in (1, 2, 3)]
    assert (folder / "out" / f"{LEDGER}.2").read_bytes() == b"second" * 100


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_what_sqlite_left_beside_a_torn_one_does_not_touch_the_new_one(folder: Path, ending: str) -> None:
    (folder / "out" / LEDGER).write_bytes(b"torn" * 1000)
    (folder / "out" / f"{LEDGER}{ending}").write_bytes(b"of the torn one" * 500)
    assert DAMAGED in opened(folder)[0]
    assert opened(folder) == ("", {KnownOutcome.NEW})
    assert not (folder / "out" / f"{LEDGER}{ending}").exists()


def test_an_empty_file_is_a_new_ledger(folder: Path) -> None:
    (folder / "out" / LEDGER).write_bytes(b"")
    assert opened(folder) == ("", {KnownOutcome.NEW})
    assert put_aside(folder) == []


# What was done under other terms ---------------------------------------------------------------------


def of_version(version: str, figures: str = "figures") -> Callable[[Path], None]:
    """As that version would have kept it, with these figures."""

    def change(path: Path) -> None:
        plan = f"'{version}' || substr(plan, instr(plan, ' '))"
        sql(f"UPDATE outcome SET plan = {plan}, figures = {figures}")(path)
        with closing(sqlite3.connect(path)) as ledger, ledger:
            for name, *_ in ledger.execute("SELECT name FROM outcome").fetchall():
                (row,) = ledger.execute("SELECT * FROM outcome WHERE name = ?", (name,))
                ledger.execute("UPDATE outcome SET seal = ? WHERE name = ?", (sealed(row[:-1])[-1], name))

    return change


@pytest.mark.parametrize("version", ["0.0.9", "99.0.0"])
def test_what_another_version_did_is_done_again_and_that_is_told(folder: Path, version: str) -> None:
    before = made(folder)
    of_version(version, """'{"visits": 1}'""")(folder / "out" / LEDGER)
    result = converted(folder)
    assert (
        "有 2 个工作簿没有变化，但程序版本、选项、上年数据或报表定义与上次不同，已重新处理" in result.stderr
    )
    assert "不用重做" not in result.stdout
    assert made(folder) == before
    again = converted(folder)
    assert "其中 2 个没有变化，不用重做" in again.stdout
    assert "已重新处理" not in again.stderr


def test_a_report_that_another_version_made_of_figures_now_wrong_goes(folder: Path) -> None:
    of_version("0.0.9")(folder / "out" / LEDGER)
    shutil.copy(WRONG_TOTALS, folder / "in" / "年报.xlsx")
    run("convert", folder / "in", "-o", folder / "out", "--jobs", 1, "--to", "md")
    assert not (folder / "out" / "年报.md").exists()
    assert (folder / "out" / "另一个局.md").exists()


def test_other_options_are_told_and_new_files_are_not(folder: Path) -> None:
    assert "有 2 个工作簿没有变化" in converted(folder, "--to", "html").stderr
    save(folder / "in", sound({"organ": "第三个局"}), "年报.xlsx")
    assert "已重新处理" not in converted(folder, "--to", "html").stderr


def test_a_form_that_has_changed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form = shutil.copytree(shipped("samples") / "safety_monthly", tmp_path / "now" / "safety_monthly")
    later = shutil.copytree(form, tmp_path / "later" / "safety_monthly") / "report.md.j2"
    later.write_text(later.read_text(encoding="utf-8") + "\n写于月末。\n", encoding="utf-8")
    monkeypatch.setenv("XLREPORT_FORMS", str(tmp_path / "now"))
    (tmp_path / "in").mkdir()
    values = from_json(load_form("safety_monthly"), read_cases(load_form("safety_monthly")).base)
    (tmp_path / "in" / "月报.xlsx").write_bytes(write_workbook(load_form("safety_monthly"), values))
    converted(tmp_path)
    assert "不用重做" in converted(tmp_path).stdout
    monkeypatch.setenv("XLREPORT_FORMS", str(tmp_path / "later"))
    assert "有 1 个工作簿没有变化" in converted(tmp_path).stderr
    assert "写于月末。" in (tmp_path / "out" / "月报.md").read_text(encoding="utf-8")


# What is made of all outcomes ------------------------------------------------------------------------


def test_the_summary_is_left_alone_while_nothing_changes(folder: Path) -> None:
    before = (folder / "out" / "summary.xlsx").stat().st_mtime_ns
    assert "共 2 个文件（其中 2 个没有变化，不用重做）：通过 2" in converted(folder).stdout
    assert (folder / "out" / "summary.xlsx").stat().st_mtime_ns == before


def taken_away(folder: Path) -> None:
    (folder / "in" / "年报.xlsx").unlink()


def changed(folder: Path) -> None:
    save(folder / "in", sound({"organ": "第三个局"}), "年报.xlsx")


def closed(folder: Path) -> None:
    (folder / "in" / "断.xlsx").symlink_to("没有.xlsx")


def torn(folder: Path) -> None:
    (folder / "out" / "summary.xlsx").write_bytes(b"torn")


def gone(folder: Path) -> None:
    (folder / "out" / "findings.jsonl").unlink()


@pytest.mark.parametrize("change", [taken_away, changed, closed, torn, gone])
def test_it_is_what_a_first_run_would_make(
    change: Callable[[Path], None], folder: Path, tmp_path: Path
) -> None:
    change(folder)
    run("convert", folder / "in", "-o", folder / "out", "--jobs", 1, "--to", "md")
    run("convert", folder / "in", "-o", tmp_path / "new", "--jobs", 1, "--to", "md")
    for name in ("findings.jsonl", "summary.xlsx"):
        assert (folder / "out" / name).read_bytes() == (tmp_path / "new" / name).read_bytes()


def test_a_list_of_units_changes_the_summary(folder: Path) -> None:
    before = (folder / "out" / "summary.xlsx").read_bytes()
    (folder / "名单.csv").write_text("单位\n另一个局\n第三个局\n", encoding="utf-8")
    converted(folder, "--to", "md", "--roster", str(folder / "名单.csv"))
    assert (folder / "out" / "summary.xlsx").read_bytes() != before
