"""xlreport demo, and the samples it works on."""

from __future__ import annotations

import importlib.util
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from command_line import RETURNS, fingerprints, json_lines, run
from xlreport.cli.talk import CannotRun
from xlreport.form.library import shipped


def parts(data: bytes) -> dict[str, bytes] | bytes:
    """What is in a workbook, however it is packed."""
    if data[:2] != b"PK":
        return data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_shipped_returns_are_what_the_script_makes() -> None:
    spec = importlib.util.spec_from_file_location("make_returns", shipped("samples") / "make_returns.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made = script.returns()
    assert made.keys() == fingerprints(RETURNS).keys()
    for name, data in made.items():
        assert parts((RETURNS / name).read_bytes()) == parts(data), f"run samples/make_returns.py: {name}"


def test_the_demo_goes_once_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    formats = ("docx", "html", "md")
    monkeypatch.setattr("xlreport.cli.demo._formats", lambda talk: formats)
    result = run("demo", "-o", tmp_path / "试用")
    assert result.exit_code == 0, result.stderr
    made = fingerprints(tmp_path / "试用")
    assert sum(name.startswith("1-空白模板/") for name in made) == 2
    assert {n.removeprefix("2-回收的工作簿/") for n in made if n.startswith("2-")} == fingerprints(
        RETURNS
    ).keys()
    statuses = sorted(line["status"] for line in json_lines(tmp_path / "试用" / "3-报告" / "findings.jsonl"))
    assert statuses == ["accepted"] * 3 + ["returned"] * 3 + ["unreadable"] * 2
    for to in formats:
        assert sum(name.endswith(f".{to}") for name in made) == 6
    assert "summary.xlsx" in result.stdout
    assert "请先看" in result.stdout


def test_without_a_chinese_font_the_demo_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xlreport.cli import given

    whole = given.formats_given

    def without_pdf(text: str) -> tuple[str, ...]:
        if "pdf" in text:
            raise CannotRun("没有找到中文字体")
        return whole(text)

    monkeypatch.setattr(given, "formats_given", without_pdf)
    result = run("demo", "-o", tmp_path)
    assert result.exit_code == 0
    assert "没有找到中文字体" in result.stderr
    assert not list(tmp_path.rglob("*.pdf"))
