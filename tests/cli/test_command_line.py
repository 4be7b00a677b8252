"""What holds for every command: help with an example, cheap start, how they end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from command_line import SOUND, STRANGER, refused, run
from xlreport import __version__
from xlreport.cli.program import cli
from xlreport.workbook import write

COMMANDS = (
    "template",
    "verify",
    "render",
    "extract",
    "convert",
    "refill",
    "consolidate",
    "reconcile",
    "analyse",
    "check-run",
    "demo",
)
GROUPS = {
    "form": ("list", "show", "lint", "check"),
    "round": (
        *("new", "check", "issue", "take", "fetch", "status", "reply", "remind"),
        *("decide", "close", "reopen", "rebuild", "bundle"),
    ),
}


@pytest.mark.parametrize(
    "words", [*((c,) for c in (*COMMANDS, *GROUPS)), *((g, c) for g in GROUPS for c in GROUPS[g]), ()]
)
def test_every_help_has_an_example(words: tuple[str, ...]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert "例：" in result.stdout
    assert "  xlreport " in result.stdout.partition("例：")[2]


def test_the_overview_lists_every_command() -> None:
    assert set(cli.list_commands(click.Context(cli))) == {*COMMANDS, *GROUPS}
    listed = run("--help").stdout.partition("Commands:")[2].split()
    assert {*COMMANDS, *GROUPS} <= set(listed)


def test_help_and_overview_load_nothing_heavy() -> None:
    heavy = {
        "pandas",
        "openpyxl",
        "typst",
        "xlsxwriter",
        "lxml",
        "cattrs",
        "jinja2",
        "rich",
    }
    code = (
        "import sys, xlreport, xlreport.cli.program as m, click\n"
        "for name in m.cli.list_commands(None): m.cli.get_command(None, name)\n"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.strip() == "[]"


def test_verifying_loads_neither_pandas_nor_the_writers() -> None:
    heavy = {"pandas", "openpyxl", "typst", "xlsxwriter", "jinja2", "rich"}
    code = (
        "import sys\nfrom xlreport.cli.program import cli\n"
        f"try: cli(['-q', 'verify', {str(SOUND)!r}])\n"
        "except SystemExit as end: assert end.code == 0\n"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    output = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, check=True
    ).stdout
    assert output.decode().splitlines()[-1] == "[]"


def test_the_installed_program_ends_with_the_exit_code_of_its_command() -> None:
    command = [sys.executable, "-X", "utf8", "-c", "from xlreport.cli.main import main; main()"]
    ended = subprocess.run([*command, "verify", str(STRANGER)], capture_output=True)
    assert ended.returncode == 1
    assert "无法读取" in ended.stdout.decode()
    assert ended.stderr == b""


PROGRAM = f"'{sys.executable}' -X utf8 -c 'from xlreport.cli.main import main; main()'"


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes the stream")
@pytest.mark.parametrize(("closed", "jobs"), [("2>&-", 1), (">&-", 2), (">&- 2>&-", 1), ("<&- >&- 2>&-", 2)])
def test_convert_works_without_anybody_listening(tmp_path: Path, closed: str, jobs: int) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.xlsx").write_bytes(SOUND.read_bytes())
    command = f"{PROGRAM} convert a.xlsx b.xlsx -o out --to md --jobs {jobs} {closed}"
    assert subprocess.run(command, shell=True, cwd=tmp_path).returncode == 0
    assert (tmp_path / "out" / "summary.xlsx").is_file()
    assert len(list((tmp_path / "out").rglob("*.md"))) == 2  # two of one content: one is put aside


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", ["form list", "--help", f"extract '{SOUND}'", f"verify '{SOUND}'"])
def test_results_that_cannot_be_written_are_not_called_an_internal_failure(words: str) -> None:
    ended = subprocess.run(f"{PROGRAM} {words} > /dev/full", shell=True, capture_output=True)
    said = ended.stderr.decode()
    assert ended.returncode == 2
    assert said.splitlines() == ["错误：结果写不出来（屏幕或接收输出的文件）：磁盘空间不足"]


def test_wrong_usage_is_answered_in_chinese() -> None:
    assert "没有命令 verfy" in refused("verfy")
    assert "没有选项 --nope" in refused("verify", SOUND, "--nope")
    assert "缺少" in refused("verify")
    assert "--year" in refused("template", "--unit", "某局")


def test_a_command_alone_shows_the_overview() -> None:
    result = run()
    assert result.exit_code == 2
    assert "Commands:" in result.stderr


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").stdout.strip() == __version__


def test_an_internal_failure_is_said_shortly_and_in_full_with_v(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wanted = ("--year", 2025, "--unit", "甲局", "-o", tmp_path / "a.xlsx")

    def broken(*given: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(write, "write_workbook", broken)
    short = run("template", *wanted)
    assert short.exit_code == 3
    assert "程序内部出错（RuntimeError）" in short.stderr
    assert "Traceback" not in short.stderr
    for args in (("-v", "template", *wanted), ("template", *wanted, "-v")):
        full = run(*args)
        assert full.exit_code == 3
        assert "secret detail" in full.stderr


def test_a_wrong_limit_is_told_of_before_anything_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLREPORT_LIMITS", "seconds=viele")
    assert "“seconds=viele”有误" in refused("verify", SOUND)
