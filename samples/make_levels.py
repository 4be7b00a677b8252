"""An invented city of three counties, and what two of them collect from their townships and hand up.

`xlreport demo --round` plays it: a bundle that is sent twice, one that was tampered with on the way, one that
replaces an earlier one, and a county that sends nothing. To have the lists and returns as files:

    python samples/make_levels.py FOLDER
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from make_round import HERE, OFFICES, YEAR, Office, list_of, workbook_of

CITY = "栖川市人民政府"
LANXI, YUNZE, FENGYUAN = "岚溪县", "云泽县", "丰原县"
_GREEN = OFFICES["青禾镇"]
TOWNSHIPS: Mapping[str, Sequence[Office]] = {
    LANXI: (_GREEN, OFFICES["云岭镇"]),
    YUNZE: (
        Office(
            "云泽县南浦镇人民政府",
            "南浦镇",
            "YZ-T-001",
            "township",
            "nanpu@yunze.example",
            "渔业补贴、集镇管理和殡葬服务",
            "补贴对象和标准按村公示，服务收费写明依据",
        ),
    ),
}
WORKED = {
    step: datetime(2024, month, day, 9, 0, tzinfo=HERE)
    for step, month, day in (
        ("new", 1, 3),
        ("take", 1, 15),
        ("bundle", 1, 16),
        ("correct", 1, 19),
        ("close", 1, 22),
        ("city", 1, 22),
        ("handed up", 1, 23),
        ("reply", 1, 24),
        ("again", 1, 25),
        ("status", 1, 25),
    )
}
"""When the offices did what."""
_CORRECTED = replace(_GREEN, requests=3)
"""The first township, which forgot an application."""


def county(name: str) -> str:
    """The office of a county."""
    return f"{name}人民政府"


def write(folder: Path) -> None:
    """The lists, and the returns of each county's townships; a corrected one lies beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    counties = [
        Office(county(name), name, code, "government", f"ogi@{place}.example", "", "")
        for name, code, place in (
            (LANXI, "LX", "lanxi"),
            (YUNZE, "YZ", "yunze"),
            (FENGYUAN, "FY", "fengyuan"),
        )
    ]
    (folder / "名单-栖川市.csv").write_bytes(list_of(CITY, counties))
    for name, townships in TOWNSHIPS.items():
        (folder / f"名单-{name}.csv").write_bytes(list_of(county(name), townships))
        (folder / name).mkdir(exist_ok=True)
        for office in townships:
            (folder / name / f"{office.short}.xlsx").write_bytes(workbook_of(office))
    (folder / f"{LANXI}-更正").mkdir(exist_ok=True)
    (folder / f"{LANXI}-更正" / "青禾镇（更正）.xlsx").write_bytes(workbook_of(_CORRECTED))


def tamper(bundle: Path, to: Path) -> None:
    """A bundle in which somebody has exchanged a township's return on the way."""
    (office,) = TOWNSHIPS[YUNZE]
    with zipfile.ZipFile(bundle) as whole, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in whole.namelist():
            is_it = name.rpartition("/")[2].startswith(office.name)
            data = workbook_of(replace(office, requests=5)) if is_it else whole.read(name)
            changed.writestr(name, data)


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else f"levels-sample-{YEAR}"))
