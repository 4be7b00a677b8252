"""Text that could act as a formula, markup, a link or a script stays text in every kind of report."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree
from pypdf import PdfReader

from returns import FORM, sound
from xlreport.form.calculate import complete
from xlreport.report.errors import ReportError
from xlreport.report.render import render

DANGEROUS = (
    '=HYPERLINK("http://evil.example","点这里")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[点这里](javascript:alert(1))",
    "![图](http://evil.example/x.png)",
    "http://evil.example/a?b=1&c=2",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    '#link("http://evil.example")[点这里] #read("/etc/passwd")',
    '</w:t></w:r><w:r><w:fldSimple w:instr="DDEAUTO c:\\\\cmd"/>',
    "]]><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "_x0041_ &lt;b&gt; **粗** `码` \\textbf{x}",
)
TEXT = "\n".join(DANGEROUS)
VALUES = complete(
    FORM, sound({"proactive": TEXT, "found": TEXT, "organ": DANGEROUS[2], "address": DANGEROUS[5]})
)


def squeezed(text: str) -> str:
    """Without blanks: how lines break is no matter here."""
    return re.sub(r"\s+", "", text)


def test_in_word_it_is_text() -> None:
    with zipfile.ZipFile(io.BytesIO(render(FORM, VALUES, "docx"))) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
        relations = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
        assert not [name for name in archive.namelist() if "embed" in name or "vba" in name.lower()]
    shown = squeezed("".join(document.itertext()))
    for text in DANGEROUS:
        assert squeezed(text) in shown
    names = {etree.QName(element).localname for element in document.iter(etree.Element)}
    assert not names & {"hyperlink", "object", "drawing", "altChunk"}
    fields = "".join(e.text or "" for e in document.iter("{*}instrText"))
    assert "DDE" not in fields and b"evil.example" not in relations


def test_on_a_page_of_the_web_it_is_text() -> None:
    page = render(FORM, VALUES, "html").decode()
    document = etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8"))
    shown = squeezed("".join(document.itertext()))
    for text in DANGEROUS:
        assert squeezed(text) in shown
    assert not document.xpath("//script|//img|//iframe|//object|//a[not(starts-with(@href, '#'))]")
    assert not document.xpath("//@*[starts-with(name(), 'on')]")


def test_in_a_pdf_it_is_text() -> None:
    try:
        pdf = PdfReader(io.BytesIO(render(FORM, VALUES, "pdf")))
    except ReportError as error:
        pytest.skip(str(error))
    shown = squeezed("".join(page.extract_text() for page in pdf.pages))
    assert "alert(1)" in shown and "{{7*7}}" in shown and "#read(" in shown and "root:" not in shown
    actions = [a.get_object() for page in pdf.pages for a in page.get("/Annots") or ()]
    assert [a for a in actions if "/A" in a and "/URI" in a["/A"]] == []
    assert "/JavaScript" not in str(pdf.trailer["/Root"].get("/Names", ""))


def test_in_markdown_it_is_text() -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt().parse(render(FORM, VALUES, "md").decode())
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert not kinds & {"link_open", "image", "html_inline", "code_inline", "strong_open"}
    blocks = "".join(token.content for token in tokens if token.type == "html_block")  # the tables
    table = {"table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td"}
    assert set(re.findall("<([a-z]+)", blocks)) <= table
