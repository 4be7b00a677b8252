"""Every rule on texts over long texts that repeat what makes patterns try again and again.

Run as a program of its own, so that a test can end it: `python hostile_texts.py FOLDER`.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from prose_cases import values

from xlreport.form.library import shipped
from xlreport.form.load import read_form
from xlreport.form.model import Form
from xlreport.verify.registry import FAMILIES, OfText, OfValues
from xlreport.verify.reported import Reported
from xlreport.verify.texts.screen import screen
from xlreport.verify.texts.statements.agreement import agreement
from xlreport.verify.texts.text import texts_of

_LONG = 20_000
_REPEATED = [
    "申请", "一件", "1件、", "1.2万", "1,000", "零", "万元", "（）", "（1件", "（一）", "《", "“××”",
    "无申请", "其中1件，", "占1%", "比上年1件增长", "同比增长5%，", "2022年至", "2023年", "内",
    "因征地引起", "某县局共",
    "一是", "1-2-", "网上1件，", "共1条，1条，", "行政复议和", "全年", "1 ", "1\n",
]  # fmt: skip


def _form(folder: Path) -> Form:
    """The form with fields for long texts."""
    copy = shutil.copytree(shipped("workbook_templates") / "ogi_annual_2021", folder / "ogi_annual_2021")
    section = copy / "sections" / "overview.toml"
    text = section.read_text(encoding="utf-8")
    assert "max_length = 1500" in text
    section.write_text(text.replace("max_length = 1500", f"max_length = {2 * _LONG}"), encoding="utf-8")
    return read_form(copy)


def judge(form: Form, text: str) -> None:
    """Every rule on that text."""
    reported = Reported(form, values({"on_request": text, "year": 2022}))
    for family in FAMILIES:
        if isinstance(family, OfText):
            for one in texts_of(reported):
                if one.prose or family.every:
                    list(family.run(one, reported))
        elif isinstance(family, OfValues) and family.run in (agreement, screen):
            list(family.run(reported))


def main() -> None:
    form = _form(Path(sys.argv[1]))
    for part in _REPEATED:
        judge(form, "收到申请" + part * (_LONG // len(part)) + "终")


if __name__ == "__main__":
    main()
