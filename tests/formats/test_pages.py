"""Word documents and web pages as paragraphs and tables: what a person sees, in the place where it stands."""

from __future__ import annotations

import io
import zipfile

import pytest

from xlreport.formats.docx import read_docx
from xlreport.formats.foreign import Unopened
from xlreport.formats.html import read_html
from xlreport.formats.pages import Page, PageTable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def word(body: str) -> Page:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("_rels/.rels", RELS)
        space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" xmlns:mc="{space}"><w:body>{body}</w:body></w:document>',
        )
    return read_docx(file.getvalue())


def page(body: str, encoding: str = "utf-8") -> Page:
    return read_html(f"<html><body>{body}</body></html>".encode(encoding))


def texts(table: PageTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def p(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def tc(text: str, settings: str = "") -> str:
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_merged_cells_of_word_stand_in_all_places_that_they_cover() -> None:
    start, goes_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    before = '<w:trPr><w:gridBefore w:val="2"/></w:trPr>'
    table = tbl(
        tc("头", wide) + tc("甲"),
        tc("办理", start) + tc("一") + tc("1"),
        tc("", goes_on) + tc("二") + tc("2"),
    )
    assert texts(word(table).tables[0]) == [["头", "头", "甲"], ["办理", "一", "1"], ["办理", "二", "2"]]
    shortened = tbl(tc("甲") + tc("乙") + tc("丙"), before + tc("7"))
    assert texts(word(shortened).tables[0]) == [["甲", "乙", "丙"], ["", "", "7"]]


def test_what_was_deleted_or_hidden_in_word_does_not_count_what_was_inserted_does() -> None:
    deleted = "<w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:del><w:r><w:t>8</w:t></w:r></w:del>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r>"
    inserted = "<w:ins><w:r><w:t>1</w:t></w:r></w:ins>"
    assert word(f"<w:p>{deleted}{hidden}{inserted}</w:p>").blocks == ("1",)
    gone = "<w:trPr><w:del/></w:trPr>"
    assert texts(word(tbl(tc("1"), gone + tc("2"))).tables[0]) == [["1"]]


def test_controls_and_boxes_of_word_are_read_once() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
    assert word(control).blocks == ("控件",)
    row = tc("甲") + f"<w:sdt><w:sdtContent>{tc('5')}</w:sdtContent></w:sdt>"
    assert texts(word(tbl(row)).tables[0]) == [["甲", "5"]]
    box = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    choices = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    assert word(f"<w:p><w:r><w:t>正文</w:t></w:r><w:r>{both}</w:r></w:p>").blocks == ("正文", "框")


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    nested = f"<w:tc>{p('外')}{tbl(tc('内'))}{p('')}</w:tc>"
    assert [texts(table) for table in word(tbl(nested)).tables] == [[["外"]], [["内"]]]
    web = page("<table><tr><td>外<table><tr><td>内</td></tr></table></td></tr></table>")
    assert [texts(table) for table in web.tables] == [[["外"]], [["内"]]]
    assert web.blocks[1] == word(tbl(nested)).blocks[1] == "外"
    layout = page("<table><tr><td><p>甲<p>乙<table><tr><td>1</table>丙</table>")
    assert [block for block in layout.blocks if isinstance(block, str)] == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td rowspan=9>甲<td>1<tr><td>2", [["甲", "1"], ["甲", "2"]]),
        ("<tr><td rowspan=0>甲<td>1<tr><td>2", [["甲", "1"], ["甲", "2"]]),
        ('<tr><td colspan="2;">甲<tr><td>1<td>2', [["甲", "甲"], ["1", "2"]]),
        ("<tr><td colspan=x>甲<td>1", [["甲", "1"]]),
        ("<tbody><tr><th>甲</tbody><tbody><tr><td>1</tbody>", [["甲"], ["1"]]),
        ("<tr><td>1<td style='display: none'>9<td>2", [["1", "2"]]),
        ("<tr><td><p>社会</p><p>公益</p><tr><td>1<td>2", [["社会\n公益", ""], ["1", "2"]]),
    ],
)
def test_tables_of_web_pages_are_laid_out_as_browsers_do(rows: str, expected: list[list[str]]) -> None:
    assert texts(page(f"<table>{rows}</table>").tables[0]) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("says", ["", "utf-8", "gb2312", "iso-8859-1"])
def test_what_a_web_page_says_of_its_encoding_does_not_matter(encoding: str, says: str) -> None:
    meta = f'<meta charset="{says}">' if says else ""
    assert page(f"{meta}<p>政府信息公开</p><p>１２件&nbsp;</p>", encoding).blocks == (
        "政府信息公开",
        "１２件",
    )


def test_scripts_and_comments_of_web_pages_are_no_text() -> None:
    assert page("<script>1</script><!-- 2 --><style>3</style><div>甲<b>乙</b><br>丙</div>").blocks == (
        "甲乙",
        "丙",
    )


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04cut", b"<html>"])
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(Unopened):
        read_docx(data)


@pytest.mark.parametrize("data", [b"", b"<!-- -->"])
def test_an_empty_page_is_refused(data: bytes) -> None:
    with pytest.raises(Unopened):
        read_html(data)


def test_spans_cost_no_more_than_a_report_can_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLREPORT_LIMITS", "cells=1000")
    with pytest.raises(Unopened):
        page("<table>" + "<tr><td colspan=900>1" * 9 + "</table>")
    with pytest.raises(Unopened):
        word(tbl(*[tc("1", '<w:gridSpan w:val="900"/>')] * 9))
