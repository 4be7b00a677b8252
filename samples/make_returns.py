"""Makes samples/returns/: a folder of completed workbooks as an office gets them back.

Some are sound, some have the mistakes that people make. Run from the top of a checkout:

    python samples/make_returns.py

The same version of xlreport makes the same files.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from xlreport.authoring.cases import read_cases
from xlreport.form.load import load_form
from xlreport.form.values import from_json
from xlreport.layout import lay_out
from xlreport.workbook.write import write_workbook

SAMPLES = Path(__file__).resolve().parent
FORM = load_form("ogi_annual_2021")
_TIME = (2024, 1, 20, 9, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")

TEXT_IN_NUMBERS = {
    "requests[new_requests,natural_person]": "6件",
    "documents[rules,issued]": "/",
    "documents[normative_documents,in_force]": "22（其中修订16件）",
    "licensing[administrative_licences,decisions]": "１２０",
}
OVERWRITTEN = {"requests[results_total,natural_person]": 210}
STRAY = "各单位报来的工作簿放在这里，周五前收齐。水务局电话催一下。\n"


def returns() -> dict[str, bytes]:
    """The files by their path below samples/returns."""
    waterworks = dict(read_cases(FORM).base)
    return {
        "岚溪县自然资源和规划局2023年度报告.xlsx": filled(sample("busy_bureau")),
        "栖川市云泽区残联（零报告）.xlsx": filled(sample("nil_federation")),
        "乡镇/青禾镇 年报 终稿.xlsx": filled(sample("small_township")),
        "部门/住建局信息公开年报（已核对）.xlsx": filled(sample("unbalanced_bureau")),
        "部门/水务局-年报-改2.xlsx": edited(filled(waterworks), TEXT_IN_NUMBERS),
        "县政府2023年报.xlsx": edited(filled(sample("county_government")), OVERWRITTEN),
        "部门/文旅局公开情况统计（自制）.xlsx": stranger(),
        "部门/收表记录.txt": STRAY.encode(),
    }


def sample(name: str) -> dict[str, Any]:
    """The values JSON of samples/values."""
    text = (SAMPLES / "values" / f"{name}.json").read_text(encoding="utf-8")
    return dict(json.loads(text, parse_float=Decimal))


def filled(data: Mapping[str, Any]) -> bytes:
    """A return with these values."""
    return write_workbook(FORM, from_json(FORM, data))


def edited(workbook: bytes, changes: Mapping[str, str | int]) -> bytes:
    """The return with other contents in some cells, by subject, formulas included."""
    book = load_workbook(io.BytesIO(workbook))
    areas = lay_out(FORM).areas
    for subject, content in changes.items():
        area = areas[subject]
        book[area.sheet][area.first] = content
    return saved(book)


def stranger() -> bytes:
    """A table that an office made itself instead of filling in the workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    for row in (("文旅局政府信息公开情况统计表",), ("项目", "件数"), ("主动公开", 86), ("收到申请", 2)):
        sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The workbook's bytes without the time of saving, so that they stay the same."""
    out = io.BytesIO()
    book.save(out)
    fixed = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>2024-01-20T09:00:00Z", data)
            target.writestr(zipfile.ZipInfo(name, _TIME), data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def main() -> None:
    """Write them all."""
    for name, data in returns().items():
        path = SAMPLES / "returns" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
