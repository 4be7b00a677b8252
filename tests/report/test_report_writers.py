"""Word, HTML, PDF and Markdown files, read back by other programs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader
from small_report import HtmlReader, complete_values, make_form, open_word, visible
from typst import Fonts

from xlreport.form.load import load_form
from xlreport.form.model import Form
from xlreport.formula.nodes import Value
from xlreport.report import pdf
from xlreport.report.base_docx import load_reference
from xlreport.report.errors import MissingFontError, SkinError
from xlreport.report.pdf import has_chinese
from xlreport.report.render import FORMATS, render

needs_fonts = pytest.mark.skipif(not has_chinese(Fonts().families()), reason="no Chinese font installed")
EVERY_FORMAT = [pytest.param(name, marks=needs_fonts if name == "pdf" else ()) for name in FORMATS]

JINJA = ("{{ 7*7 }}", "{% for x in y %}", "{# 注 #}", "{{ cover.__class__ }}")
MARKDOWN = (
    *("# 题", "## 题", "1. 项", "2) 项", "- 项", "> 引", "***", "`码`", "*粗*", "_斜_", "===", "| a |"),
    *("~~~", "[链](http://a.b)", "![图](x.png)", "<http://a.b>", "\\", "    码"),
)
MARKUP = (
    *("<script>alert(1)</script>", "</style>", "</p><table>", "<!--", "-->", "<![CDATA[", "]]>", "<?x?>"),
    *("&lt;", "&#0;", "\"'", "<w:p/>", "</w:t></w:r>", "<label>"),
)
TYPST = ("#eval(1)", "#pagebreak()", "$x$", "@ref", "//注", "/*", "=题", "#[", "]")
ODD = (
    *("\x00", "\x0b", "\x1b[0m", "\ufffe", "\ud800", "\ue000", "\U000f0001", "\u202e", "\u200f", "\u2028"),
    *("\t", "\r", "😀", "é", "𠮷", "……——“”"),
)
SNIPPETS = (*JINJA, *MARKDOWN, *MARKUP, *TYPST, *ODD)
ASCII_SNIPPETS = [text for text in SNIPPETS if text.isprintable() and text.isascii()]
hostile = st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=8), min_size=1, max_size=8).map("".join)
few = settings(
    max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def hostile_values(text: str) -> dict[str, Value]:
    return complete_values() | {
        "organ": f"始{text}终",
        "proactive": f"始{text}终",
        "requests[secret,note]": f"始{text}终",
    }


def plain_values(text: str) -> dict[str, Value]:
    """As many paragraphs as the hostile values, with harmless words."""
    lines = [line for line in f"始{text}终".splitlines() if visible(line)]
    return hostile_values("") | {"proactive": "\n".join("文" for _ in lines)}


def read_html(content: bytes) -> tuple[list[str], str]:
    reader = HtmlReader(content.decode())
    return reader.tags, reader.text


def read_markdown(content: bytes) -> tuple[list[str], str]:
    reader = HtmlReader(MarkdownIt("commonmark").render(content.decode()))
    return reader.tags, reader.text


def read_word(content: bytes) -> tuple[list[str], str]:
    body = open_word(content).element.body
    return [element.tag for element in body.iter()], "".join(text.text or "" for text in body.iter(qn("w:t")))


READERS: dict[str, Callable[[bytes], tuple[list[str], str]]] = {
    "html": read_html,
    "md": read_markdown,
    "docx": read_word,
}


@pytest.mark.parametrize("to", READERS)
@few
@given(text=hostile)
def test_hostile_text_is_only_text(form: Form, to: str, text: str) -> None:
    elements, found = READERS[to](render(form, hostile_values(text), to))
    harmless, _ = READERS[to](render(form, plain_values(text), to))
    assert visible(found).count(visible(f"始{text}终")) >= 2
    assert elements == harmless


@needs_fonts
@settings(few, max_examples=8)
@given(texts=st.lists(st.sampled_from(ASCII_SNIPPETS), min_size=1, max_size=12))
def test_hostile_text_in_a_pdf_is_only_text(form: Form, texts: list[str]) -> None:
    text = "甲".join(texts)
    reader = PdfReader(BytesIO(render(form, complete_values(proactive=f"始{text}终"), "pdf")))
    found = "".join(page.extract_text() for page in reader.pages)
    assert visible(f"始{text}终") in visible(found)
    assert not any("/Annots" in page for page in reader.pages)


@needs_fonts
def test_no_text_stops_a_pdf(form: Form) -> None:
    assert render(form, hostile_values("".join(SNIPPETS)), "pdf").startswith(b"%PDF")
    assert render(form, hostile_values("很长" * 10_000), "pdf").startswith(b"%PDF")


@needs_fonts
def test_long_figures_in_a_pdf_do_not_run_into_their_neighbours() -> None:
    form = load_form("ogi_annual_2021")
    values: dict[str, Value] = {
        subject: 999_999_999_999 for grid in form.grids.values() for subject in grid.subjects()
    }
    lines: dict[tuple[int, float], list[tuple[float, float]]] = {}
    for number, page in enumerate(PdfReader(BytesIO(render(form, values, "pdf"))).pages):

        def note(
            text: str, at: list[float], _: object, __: object, size: float, number: int = number
        ) -> None:
            if text.strip() == "9" * 12:
                lines.setdefault((number, round(at[5])), []).append((at[4], size))

        page.extract_text(visitor_text=note)
    tables = [sorted(line) for line in lines.values() if len(line) > 6]
    assert max(map(len, tables)) == 15
    for line in tables:
        for (left, size), (right, _) in pairwise(line):
            assert left + 12 * size / 2 < right  # a digit is half as wide as high


@pytest.mark.parametrize("to", EVERY_FORMAT)
def test_the_same_return_gives_the_same_bytes(form: Form, to: str) -> None:
    assert render(form, complete_values(), to) == render(form, complete_values(), to)


def test_word_headings_are_real_headings(form: Form) -> None:
    styles = [(p.style.name, p.text) for p in open_word(render(form, complete_values(), "docx")).paragraphs]
    assert styles[:2] == [("Title", "青禾镇人民政府"), ("Title", "2023年度报告")]
    assert ("Heading 1", "一、总体情况") in styles
    assert ("Heading 2", "（一）主动公开") in styles
    assert ("Heading 3", "1.申请") in styles
    assert ("Body Text", "全年公开信息56条。") in styles
    assert styles[-1] == ("落款", "青禾镇人民政府\n2024年1月20日")  # one paragraph: nothing tears it


def test_word_tables_are_merged_and_repeat_their_head(form: Form) -> None:
    word = open_word(render(form, complete_values(**{"requests[secret,total]": 12}), "docx"))
    disclosure, requests, cases = word.tables
    assert (len(requests.rows), len(requests.columns)) == (8, 7)
    assert requests.cell(0, 0)._tc is requests.cell(2, 2)._tc
    assert requests.cell(4, 0)._tc is requests.cell(6, 0)._tc
    assert requests.cell(4, 1)._tc is requests.cell(4, 2)._tc
    assert requests.cell(5, 1)._tc is requests.cell(6, 1)._tc
    assert requests.cell(5, 6).text == "12"
    assert requests.cell(3, 3).text == "0"
    assert disclosure.cell(0, 0)._tc is disclosure.cell(0, 3)._tc
    assert cases.cell(1, 0)._tc is cases.cell(2, 0)._tc
    for table, head in ((disclosure, 0), (requests, 3), (cases, 3)):
        repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert repeated == [True] * head + [False] * (len(table.rows) - head)
    caption = requests._tbl.tblPr.find(qn("w:tblCaption"))
    assert caption.get(qn("w:val")) == "三、申请情况"


def test_a_word_file_says_its_title_and_numbers_its_pages(form: Form) -> None:
    word = open_word(render(form, complete_values(), "docx"))
    assert word.core_properties.title == "青禾镇人民政府2023年度报告"
    section = word.sections[0]
    assert word.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in "".join(element.text or "" for element in footer._element.iter(qn("w:instrText")))


def test_a_draft_says_so_on_every_page_in_word(form: Form) -> None:
    section = open_word(render(form, complete_values(), "docx", draft=True)).sections[0]
    for header in (section.header, section.even_page_header, section.first_page_header):
        assert header.paragraphs[0].text == "草稿（未通过校验，不得公开）"
    final = open_word(render(form, complete_values(), "docx")).sections[0]
    assert final.header.is_linked_to_previous


def test_a_draft_says_so_in_html_and_markdown(form: Form) -> None:
    notice = "草稿（未通过校验，不得公开）"
    for to in ("html", "md"):
        assert notice in READERS[to](render(form, complete_values(), to, draft=True))[1]
        assert notice not in READERS[to](render(form, complete_values(), to))[1]


@needs_fonts
def test_a_draft_says_so_on_every_page_of_a_pdf(form: Form) -> None:
    values = complete_values(proactive="全年公开信息。" * 500)
    reader = PdfReader(BytesIO(render(form, values, "pdf", draft=True)))
    assert len(reader.pages) > 2
    assert all("草稿" in page.extract_text() for page in reader.pages)
    final = PdfReader(BytesIO(render(form, values, "pdf")))
    assert not any("草稿" in page.extract_text() for page in final.pages)


@needs_fonts
def test_a_pdf_is_tagged_titled_and_numbered(form: Form) -> None:
    reader = PdfReader(BytesIO(render(form, complete_values(), "pdf")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("zh")
    assert reader.metadata is not None
    assert reader.metadata.title == "青禾镇人民政府2023年度报告"
    assert "— 1 —" in reader.pages[0].extract_text()


def test_an_html_page_is_accessible_and_fetches_nothing(form: Form) -> None:
    reader = HtmlReader(render(form, complete_values(), "html").decode())
    assert ("lang", "zh-CN") in reader.attributes
    assert {"title", "main", "caption", "thead", "th", "h1", "h2", "h3", "h4"} <= set(reader.tags)
    assert {value for name, value in reader.attributes if name == "scope"} == {
        "row",
        "col",
        "rowgroup",
        "colgroup",
    }
    assert not {"script", "link", "img", "iframe"} & set(reader.tags)
    assert not [name for name, _ in reader.attributes if name in ("src", "href") or name.startswith("on")]
    assert any(
        name == "content" and "default-src 'none'" in (value or "") for name, value in reader.attributes
    )


def test_0_is_printed_in_every_table(form: Form) -> None:
    (*_, cases) = open_word(render(form, complete_values(), "docx")).tables
    assert [cell.text for cell in cases.rows[-1].cells] == ["0"] * 6
    page = render(form, complete_values(), "html").decode()
    assert page.count("<td>0</td>") + page.count('<td colspan="3">0</td>') == 6 + 1 + 20 + 6


def test_no_chinese_font_is_a_clear_error(
    tmp_path: Path, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OnlyLatin:
        def families(self) -> list[str]:
            return ["Libertinus Serif", "DejaVu Sans Mono"]

    monkeypatch.setattr(pdf, "_fonts", OnlyLatin)
    with pytest.raises(MissingFontError, match="fonts-noto-cjk"):
        render(make_form(tmp_path), complete_values(), "pdf")
    assert render(form, complete_values(), "docx")


def test_a_broken_skin_is_a_clear_error(tmp_path: Path) -> None:
    form = make_form(tmp_path)
    (tmp_path / "skin" / "reference.docx").write_bytes(b"not a Word file")
    (tmp_path / "skin" / "report.typ").write_text("#unknown-function()", encoding="utf-8")
    with pytest.raises(SkinError, match=r"reference\.docx"):
        render(form, complete_values(), "docx")
    with pytest.raises(SkinError, match=r"report\.typ"):
        render(form, complete_values(), "pdf")


def test_an_office_restyles_word_by_its_style_names(tmp_path: Path) -> None:
    """Word gives styles other ids when it saves; the names stay."""
    form = make_form(tmp_path)
    path = tmp_path / "skin" / "reference.docx"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/styles.xml"] = (
        parts["word/styles.xml"].replace(b'"Heading1"', b'"1"').replace(b'"BodyText"', b'"a3"')
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    styles = {p.text: p.style.name for p in open_word(render(form, complete_values(), "docx")).paragraphs}
    assert styles["一、总体情况"] == "Heading 1"
    assert styles["全年公开信息56条。"] == "Body Text"


def test_a_reference_without_a_style_names_it(tmp_path: Path) -> None:
    make_form(tmp_path)
    path = tmp_path / "skin" / "reference.docx"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/styles.xml"] = parts["word/styles.xml"].replace("落款".encode(), "签名".encode())
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with pytest.raises(SkinError, match="落款"):
        load_reference(path)
