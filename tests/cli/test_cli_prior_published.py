"""--prior with published reports: last year is what their totals prove."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from test_cli_published import verdict

from command_line import refused, run
from last_year import FORWARD, OVER, last_year, save_last
from returns import FORM, save, sound
from xlreport.archive.candidate import Glanced, glanced
from xlreport.batch import glancing
from xlreport.form.calculate import complete
from xlreport.form.indicators import indicators
from xlreport.report.render import render
from xlreport.workbook.read import read

UNIT = "岚溪县自然资源和规划局"
WELFARE = "public_welfare_organization"


def save_published(
    folder: Path, to: str = "docx", change: Callable[[bytes], bytes] = bytes, **cells: int
) -> Path:
    """The report on 2022 as it was published."""
    path = folder / f"{UNIT}2022年度报告.{to}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(change(render(FORM, complete(FORM, last_year(cells)), to)))
    return path


def codes(*args: object) -> list[str]:
    (found,) = json.loads(run("verify", "--json", *args).stdout)
    return [each["code"] for each in found["findings"]]


@pytest.mark.parametrize("to", ["docx", "html"])
@pytest.mark.parametrize("in_folder", [True, False])
def test_a_return_that_continues_the_published_report_is_accepted(
    tmp_path: Path, to: str, in_folder: bool
) -> None:
    path = save_published(tmp_path / "上年", to)
    assert codes(save(tmp_path), "--prior", path.parent if in_folder else path) == []


def test_what_differs_is_told_with_the_document_s_name(tmp_path: Path) -> None:
    last = save_published(
        tmp_path / "上年",
        **{FORWARD.format(WELFARE): 1, f"requests[new_requests,{WELFARE}]": 1},
    )
    result = run("verify", save(tmp_path), "--prior", last)
    assert result.exit_code == 1
    assert "社会公益组织" in result.stdout and f"上年数取自 {last.name}" in result.stdout


def test_what_is_not_proven_is_not_compared_and_that_is_said(tmp_path: Path) -> None:
    def slip(data: bytes) -> bytes:
        text = data.decode()
        row = text.index("结转下年度继续办理</")
        cell = text.index(">3<", row)
        return (text[:cell] + ">8<" + text[cell + 3 :]).encode()

    last = save_published(tmp_path / "上年", "html", slip)
    found = json.loads(run("verify", "--json", save(tmp_path), "--prior", last).stdout)[0]["findings"]
    assert [each["code"] for each in found] == ["YOY902"]
    assert last.name in found[0]["message"] and "没有用来比对" in found[0]["message"]


def test_a_template_is_filled_from_it(tmp_path: Path) -> None:
    last = save_published(tmp_path)
    book = tmp_path / "t.xlsx"
    result = run("template", "--year", 2023, "--unit", UNIT, "--prior", last, "-o", book)
    assert result.exit_code == 0, result.output
    submission = read(book)
    assert submission.inputs[FORM.grids["requests"].cell(*_carried_over())] == 3
    assert submission.inputs["address"] == sound()["address"]


def _carried_over() -> tuple[object, object]:
    grid = FORM.grids["requests"]
    return grid.row("carried_over"), grid.column("natural_person")


def test_a_published_report_is_compared_with_last_year_s(tmp_path: Path) -> None:
    this = tmp_path / "2023.docx"
    this.write_bytes(
        render(
            FORM,
            complete(
                FORM,
                sound({OVER.format(WELFARE): 1, f"requests[other,{WELFARE}]": 1}),
            ),
            "docx",
        )
    )
    assert "YOY901" not in codes(this, "--prior", save_published(tmp_path / "上年"))
    found = run("verify", this, "--prior", tmp_path / "上年").stdout
    assert "社会公益组织" in found and "上年数取自" in found
    assert verdict(this)["status"] == "accepted"


def test_the_workbook_goes_before_the_report(tmp_path: Path) -> None:
    save_published(
        tmp_path / "上年",
        **{FORWARD.format(WELFARE): 1, f"requests[new_requests,{WELFARE}]": 1},
    )
    save_last(tmp_path / "上年")
    assert codes(save(tmp_path), "--prior", tmp_path / "上年") == []


def test_refill_and_convert_take_it_too(tmp_path: Path) -> None:
    last, book = save_published(tmp_path / "上年"), tmp_path / "new.xlsx"
    (tmp_path / "in").mkdir()
    returned = save(tmp_path / "in")
    assert run("refill", returned, "--prior", last, "-o", book).exit_code == 0
    assert read(book).prior
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out", "--prior", last.parent, "--to", "html")
    assert result.exit_code == 0, result.output


def table(folder: Path, name: str, *, codes: bool = False, **cells: int) -> Path:
    """Last year's figures as a plain table: ours, and a neighbour's."""
    values = complete(FORM, last_year(cells))
    chosen = list(indicators(FORM))
    heads = [str(i.subject) if codes else i.label for i in chosen]
    lines = [
        [unit, "2022", *(str(values.get(i.subject, "")) for i in chosen)] for unit in ("邻县水务局", UNIT)
    ]
    path = folder / name
    rows = [["单位", "年度", *heads], *lines]
    if path.suffix == ".csv":
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        book = Workbook()
        for row in rows:
            book.active.append([int(text) if text.isdecimal() else text for text in row])
        book.save(path)
    return path


@pytest.mark.parametrize("name", ["上年.csv", "上年.xlsx"])
@pytest.mark.parametrize("codes", [True, False])
def test_a_plain_table_of_figures_is_last_year(tmp_path: Path, name: str, codes: bool) -> None:
    path = table(tmp_path, name, codes=codes)
    assert run("verify", save(tmp_path), "--prior", path).exit_code == 0
    differing = {FORWARD.format(WELFARE): 1, f"requests[new_requests,{WELFARE}]": 1}
    found = run("verify", save(tmp_path), "--prior", table(tmp_path, name, codes=codes, **differing))
    assert found.exit_code == 1
    assert "社会公益组织" in found.stdout and f"上年数取自 {name}" in found.stdout


def test_a_summary_of_last_year_s_run_is_such_a_table(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    save_last(tmp_path / "in")
    run("convert", tmp_path / "in", "-o", tmp_path / "out", "--to", "html")
    found = run("verify", save(tmp_path), "--prior", tmp_path / "out" / "summary.xlsx")
    assert found.exit_code == 0, found.output
    assert "YOY901" not in found.output and "没有找到" not in found.output


def test_any_other_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("单位,电话\n岚溪县水务局,1\n", encoding="utf-8")
    assert "用不了" in refused("verify", save(tmp_path), "--prior", path)


@pytest.mark.usefixtures("quick_workers")  # a worker dies
@pytest.mark.parametrize("command", ["verify", "template", "refill"])
def test_a_file_that_brings_its_reader_down_costs_that_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    last = save_published(tmp_path / "上年")
    (last.parent / "坏.docx").write_bytes(b"bomb")
    monkeypatch.setattr(glancing, "glanced", _dies_of_a_bomb)
    given = {
        "verify": ("verify", save(tmp_path)),
        "template": ("template", "--year", 2023, "--unit", UNIT, "-o", f"{tmp_path}/新/"),
        "refill": ("refill", save(tmp_path), "-o", tmp_path / "重填.xlsx"),
    }[command]
    among_others = run(*given, "--prior", last.parent)
    assert among_others.exit_code == 0, among_others.output
    assert "跳过 1 个" in among_others.stderr
    assert "进程意外终止" in refused(*given, "--prior", last.parent / "坏.docx")


def _dies_of_a_bomb(path: Path) -> Glanced:
    if path.read_bytes() == b"bomb":
        os._exit(1)
    return glanced(path)
