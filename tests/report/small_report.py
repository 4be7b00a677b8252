"""A small form with everything a report can hold, its narrative, and readers of what was written."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument

from xlreport.form.field import Field, Kind, Option
from xlreport.form.fields import Fields
from xlreport.form.grid import Grid, Line
from xlreport.form.listing import Listing
from xlreport.form.model import Form
from xlreport.form.outline import Section
from xlreport.formula.nodes import Value

FORM_FOLDER = Path(__file__).parents[2] / "workbook_templates" / "ogi_annual_2021"
SKIN = FORM_FOLDER / "skin"

NARRATIVE = """\
# {{ cover.organ }}
# {{ cover.year }}年度报告

本报告由{{ cover.organ }}（{{ label("cover.unit_type") }}）
编制。

## 一、总体情况
### （一）主动公开
{{ prose(overview.proactive) }}
#### 1.申请
新收{{ requests.received.total }}件，
{{ parts([("公开", requests.disclosed.total), ("不公开", requests.secret.total)], "件") }}。

## 二、表
{{ table("disclosure") }}
{{ table("requests") }}
{{ notes() }}
{{ table("cases") }}
{{ signoff(cover.organ, cover.signed_on) }}
"""


def line(name: str, *label: str) -> Line:
    return Line(name, label, label[-1])


DOCUMENTS = Grid(
    "documents",
    rows=(line("rules", "规章"), line("orders", "规范性文件")),
    columns=(line("issued", "制发"), line("repealed", "废止"), line("in_force", "现行有效")),
    kind=Kind.COUNT,
    table="disclosure",
    corner="信息内容",
    caption="第（一）项",
)
CHARGES = Grid(
    "charges",
    rows=(line("charge", "行政事业性收费"),),
    columns=(line("amount", "金额（万元）"),),
    kind=Kind.AMOUNT,
    table="disclosure",
    places=6,
    corner="信息内容",
    caption="第（八）项",
)
REQUESTS = Grid(
    "requests",
    rows=(
        line("received", "一、新收"),
        line("disclosed", "二、结果", "（一）公开"),
        line("secret", "二、结果", "（二）不公开", "1.国家秘密"),
        line("banned", "二、结果", "（二）不公开", "2.法律禁止"),
        line("left", "三、结转"),
    ),
    columns=(
        line("person", "申请人", "自然人"),
        line("firm", "申请人", "组织", "企业"),
        line("charity", "申请人", "组织", "公益"),
        line("total", "申请人", "总计"),
    ),
    kind=Kind.COUNT,
    table="requests",
    corner="勾稽关系",
)
CASES = Grid(
    "cases",
    rows=(
        line("review", "行政复议"),
        line("direct", "行政诉讼", "直接起诉"),
        line("after", "行政诉讼", "复议后起诉"),
    ),
    columns=(line("upheld", "维持"), line("total", "总计")),
    kind=Kind.COUNT,
    table="cases",
    in_line=True,
)
SMALL = Form(
    id="small",
    title="年度报告",
    edition="1",
    years=(2021, None),
    sections=(
        Section(
            "cover",
            "封面",
            "封面",
            (
                Fields(
                    "cover",
                    (
                        Field("organ", "机关", Kind.TEXT),
                        Field("year", "年份", Kind.YEAR),
                        Field(
                            "unit_type", "类型", Kind.CHOICE, options=(Option("township", "乡镇（街道）"),)
                        ),
                        Field("signed_on", "日期", Kind.DATE),
                        Field("email", "邮箱", Kind.TEXT, required=False),
                        Field("nil", "零报告", Kind.CONFIRM),
                    ),
                ),
            ),
        ),
        Section(
            "overview", "一、总体情况", "一", (Fields("overview", (Field("proactive", "文", Kind.PROSE),)),)
        ),
        Section(
            "published",
            "清单",
            "清单",
            (
                Listing(
                    "published",
                    (Field("category", "类别", Kind.TEXT), Field("count", "条数", Kind.COUNT, total=True)),
                    rows=3,
                ),
            ),
        ),
        Section("disclosure", "二、主动公开政府信息情况", "二", (DOCUMENTS, CHARGES)),
        Section("requests", "三、申请情况", "三", (REQUESTS,)),
        Section("cases", "四、复议诉讼情况", "四", (CASES,)),
    ),
    checks=(),
    instances=(),
    computed={},
    instructions=(),
    unit_field="organ",
    year_field="year",
    code_field="organ",
    definition="",
    folder=FORM_FOLDER,
    skin=SKIN,
)


def make_form(folder: Path, narrative: str = NARRATIVE) -> Form:
    """The small form in a folder of its own, with that narrative and the shipped skin."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.md.j2").write_text(narrative, encoding="utf-8")
    skin = folder / "skin"
    if not skin.exists():
        skin.mkdir()
        for file in SKIN.iterdir():
            (skin / file.name).write_bytes(file.read_bytes())
    return replace(SMALL, folder=folder, skin=skin)


def complete_values(**changes: Value) -> dict[str, Value]:
    """Everything filled in: every figure 0, but those changed."""
    values: dict[str, Value] = {
        "organ": "青禾镇人民政府",
        "year": 2023,
        "unit_type": "township",
        "signed_on": "2024-01-20",
        "nil": True,
        "proactive": "全年公开信息56条。",
    }
    for grid in SMALL.grids.values():
        values |= dict.fromkeys(grid.subjects(), 0)
    return values | changes


def visible(text: str) -> str:
    """The characters that must reach the reader: no white space, no control or invisible ones."""
    gone = {"Cc", "Cs", "Zs", "Zl", "Zp"}
    return "".join(
        character
        for character in text
        if unicodedata.category(character) not in gone and character not in "\u200b\u2060\ufeff\ufffe\uffff"
    )


class HtmlReader(HTMLParser):
    """Tags in order, and the text outside of <style>."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] != "style":
            self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")

    def unknown_decl(self, data: str) -> None:
        self.tags.append("declaration")


def open_word(content: bytes) -> WordDocument:
    return docx.Document(BytesIO(content))
