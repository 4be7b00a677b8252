"""Whatever we write, Office opens without repair: the Open XML SDK judges every kind of output."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from command_line import run
from last_year import last_year
from libreoffice import recalculate
from other_programs import faults, resave
from returns import FORM, save, sound
from rounds import begin, drop, filled, take
from xlreport.form.calculate import complete
from xlreport.workbook.write import write_workbook

WRONG = {"requests[new_requests,natural_person]": 90, "phone": None, "organ_short": "我局"}
COUNTY = "岚溪县人民政府"


def written(folder: Path) -> dict[str, Path]:
    """Templates, prefilled and refilled ones, annotated copies, the report and its summary."""
    found = {"wrong": save(folder, sound(WRONG), "填错的.xlsx"), "issued": folder / "issued.xlsx"}
    found["issued"].write_bytes(write_workbook(FORM, {"year": 2023}, prior=complete(FORM, last_year())))
    run("refill", found["wrong"], "-o", folder / "refilled.xlsx")
    save(folder / "in", sound())
    save(folder / "in", sound(WRONG), "b.xlsx")
    run("convert", folder / "in", "-o", folder / "out")
    found["refilled"], found["summary"] = folder / "refilled.xlsx", folder / "out" / "summary.xlsx"
    found["report"] = next((folder / "out").glob("*.docx"))
    return found


def annotated(path: Path, folder: Path) -> Path:
    folder.mkdir()
    run("verify", path, "--annotate", folder)
    (copy,) = folder.iterdir()
    return copy


def saved_by_others(path: Path, folder: Path) -> dict[str, Path]:
    """The same return as other programs save it."""
    folder.mkdir()
    found = {name: folder / f"{name}.xlsx" for name in ("exceljs",)}
    for name, target in found.items():
        resave(name, {path: [target]})
    return found | {"libreoffice": recalculate([path], folder / "lo")[0]}


def of_a_round(folder: Path) -> dict[str, Path]:
    """The workbooks of a round, and the parent's."""
    place = begin(folder / "收表")
    drop(place, "水务局.xlsx", filled())
    take(place)
    run("round", "status", place.root)
    parent = folder / "汇总.xlsx"
    run("consolidate", place.root, "-o", parent, "--unit", COUNTY, "--year", 2023)
    return {
        "list": place.root / "名单.xlsx",
        "board": place.root / "台账.xlsx",
        "parent": parent,
        "detail": folder / "汇总_汇总明细.xlsx",
    }


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is wrong with each kind of output; all are judged at once."""
    folder = tmp_path_factory.mktemp("open_xml")
    (folder / "in").mkdir()
    files = written(folder)
    others = saved_by_others(files["wrong"], folder / "others")
    copies = {name: annotated(path, folder / name) for name, path in others.items()}
    files |= of_a_round(folder) | {"annotated": annotated(files["wrong"], folder / "annotated")}
    found = faults([*files.values(), *copies.values(), *others.values()])
    new = {name: set(found[copy]) - set(found[others[name]]) for name, copy in copies.items()}
    ours = {name: found[path] for name, path in files.items()}
    return ours | {f"annotated, of {name}": sorted(wrong) for name, wrong in new.items()}


def test_every_output_is_sound(judged: Mapping[str, list[str]]) -> None:
    """A copy of a file that another program saved has no faults but those of that file."""
    assert {name: wrong for name, wrong in judged.items() if wrong} == {}
    assert len(judged) == 12
