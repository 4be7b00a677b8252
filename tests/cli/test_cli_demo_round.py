"""xlreport demo --round, and the invented county it works on."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from command_line import refused, run


def of(data: dict[str, Any], unit: str) -> dict[str, Any]:
    return next(entry for entry in data["units"] if entry["unit"].endswith(unit))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The round that the demo leaves, and where it stands."""
    out = tmp_path_factory.mktemp("demo") / "试用"
    result = run("demo", "--round", "-o", out)
    assert result.exit_code == 0, result.output
    assert "请先看" in result.stdout
    shutil.copy(out / "收表" / "台账.html", out / "台账.html")
    return out / "收表", json.loads(run("round", "status", out / "收表", "--json").stdout)


def test_january_ends_as_it_does_in_an_office(shown: tuple[Path, dict[str, Any]]) -> None:
    folder, data = shown
    totals = {
        "expected": 13,
        "issued": 13,
        "accepted": 7,
        "returned": 2,
        "waiting": 3,
        "not_sent": 1,
        "exempt": 1,
    }
    assert totals.items() <= data["totals"].items()
    assert of(data, "水务局")["files"][0]["name"] == "水务局年报（垚）.xlsx"
    assert of(data, "第一中学")["files"][0]["name"] == "教育系统年报.zip/县一中年报.xlsx"
    assert of(data, "第一中学")["parent"] == "岚溪县教育局"
    assert [file["fate"] for file in of(data, "残疾人联合会")["files"]] == ["counts", "duplicate"]
    older = {file["name"]: file["counts"] for file in of(data, "农业农村局")["files"]}
    assert older == {"农业农村局2023.xlsx": True, "农业农村局2023（2）.xlsx": False}
    assert of(data, "农业农村局")["state"] == "returned"
    assert sorted(f["fate"] for f in data["unassigned"]) == ["link_only", "not_ours", "waiting", "waiting"]
    assert len(list((folder / "报告").glob("*.docx"))) == 8
    assert {path.name.partition("_")[0] for path in (folder / "待发").iterdir()} == {"下发", "退回", "催报"}


def test_all_of_it_happens_in_that_january(shown: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = shown
    ledgers = list(folder.parent.rglob("事件.jsonl"))
    assert len(ledgers) == 4  # the county's own, two counties and their city
    for ledger in ledgers:
        moments = [json.loads(line)["at"] for line in ledger.read_text("utf-8").splitlines()]
        assert {moment[:7] for moment in moments} == {"2024-01"}
        assert moments == sorted(moments)
    page = (folder.parent / "台账.html").read_text("utf-8")
    assert set(re.findall(r"20[0-9]{2}-[0-9]{2}(?=-[0-9]{2} [0-9]{2}:)", page)) == {"2024-01"}


def test_a_city_sees_every_township_whatever_happened_on_the_way(shown: tuple[Path, dict[str, Any]]) -> None:
    city = shown[0].parent / "逐级上报" / "栖川市"
    data = json.loads(run("round", "status", city, "--json").stdout)
    assert [entry["state"] for entry in data["units"]] == ["accepted", "accepted", "not_sent"]
    counting = [file["name"] for file in of(data, "岚溪县人民政府")["files"] if file["counts"]]
    assert len(counting) == 3 and all(
        name.startswith("上报包_岚溪县人民政府_2023_002.zip") for name in counting
    )
    told = {file["status"]: file["counts"] for file in of(data, "云泽县人民政府")["files"][:2]}
    assert told == {"returned": False, "accepted": True}
    assert [path.name for path in (city / "待发").rglob("*.eml")] == ["退回_云泽县人民政府.eml"]
    assert [path.name for path in (city / "待发").iterdir()] == ["已不需要"]  # the office has handed up anew


def test_a_demo_writes_over_nothing(shown: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = shown
    assert "已经存在" in refused("demo", "--round", "-o", folder.parent)
