"""Reports in formats other than .docx and .html, and what is said where they cannot be read."""

from __future__ import annotations

import io
import quopri
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import run
from libreoffice import convert
from published.pages import figures, report
from returns import FORM
from xlreport.formats import word
from xlreport.formats.foreign import Unopened
from xlreport.formats.page_reading import read_page
from xlreport.formats.pages import Page, PageTable
from xlreport.formats.pdf_parts import DrawnCell, DrawnTable
from xlreport.formats.pdf_tables import page_parts
from xlreport.formats.radicals import as_written
from xlreport.published.read import read_report
from xlreport.report.recognised import without_generated
from xlreport.report.render import render
from xlreport.subject import Subject
from xlreport.verify.published import verify_any

FIGURES = {subject for grid in FORM.grids.values() for subject in grid.subjects()}


def all_is_read(page: Page | None, sample: str = "busy_bureau") -> None:
    assert page is not None
    found = read_report(page)
    assert found is not None
    assert {s: cell.printed.figure for s, cell in found.cells.items()} == {
        s: figures(sample)[s] for s in FIGURES
    }
    assert not found.unusable
    words = without_generated(found).words
    for name in ("proactive", "management", "found", "measures", "address"):
        assert words[Subject(name)] == figures(sample)[Subject(name)]


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", ""])
def test_pages_in_gbk_whatever_they_say(tmp_path: Path, declared: str) -> None:
    text = report("html").decode().replace('charset="utf-8"', f'charset="{declared}"' if declared else "")
    all_is_read(read_page(written(tmp_path, "a.html", text.encode("gb18030"))))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["a.mht", "a.mhtml"])
def test_pages_saved_in_one_file(tmp_path: Path, encoding: str, name: str) -> None:
    body = quopri.encodestring(report("html").decode().encode(encoding))
    head = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="X"\r\n\r\n--X\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    data = head + body + b"\r\n--X\r\nContent-Type: image/png\r\n\r\nnone\r\n--X--\r\n"
    all_is_read(read_page(written(tmp_path, name, data)))


@pytest.mark.parametrize("sample", ["busy_bureau", "county_government"])
def test_pdf_with_tables_cut_by_pages(tmp_path: Path, sample: str) -> None:
    pytest.importorskip("pdfplumber")
    all_is_read(read_page(written(tmp_path, "a.pdf", render(FORM, figures(sample), "pdf"))), sample)


def test_a_row_cut_by_a_page_is_one() -> None:
    def drawn(*rows: list[str]) -> DrawnTable:
        cells = [
            DrawnCell(100.0 * c, 20.0 * r, 100.0 * c + 100, 20.0 * r + 20, text)
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ]
        return DrawnTable(tuple(cells))

    def over_pages(*pages: DrawnTable) -> list[list[str]]:
        (table,) = page_parts([page] for page in pages)
        assert isinstance(table, PageTable)
        return [[cell.text for cell in row] for row in table.rows]

    above = drawn(["项目", "甲", "乙"], ["（四）无", "", ""])
    assert over_pages(above, drawn(["法提供", "3", "0"], ["其他", "1", "2"])) == [
        ["项目", "甲", "乙"],
        ["（四）无法提供", "3", "0"],
        ["其他", "1", "2"],
    ]
    assert len(over_pages(drawn(["项目", "甲"], ["一", "3"]), drawn(["二", "4"]))) == 3


def test_without_the_extra_the_answer_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(Unopened) as error:
        read_page(written(tmp_path, "a.pdf", b"%PDF-1.7\n"))
    assert "xlreport[pdf]" in error.value.fix and ".docx" in error.value.fix


def scan() -> bytes:
    """A PDF of one picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PDF")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"), [(scan, "扫描件"), (lambda: b"%PDF-1.7\nbroken", "已损坏")], ids=["scan", "broken"]
)
def test_scans_and_broken_files_are_refused_with_the_reason(tmp_path: Path, data: object, says: str) -> None:
    pytest.importorskip("pdfplumber")
    assert callable(data)
    result = run("verify", written(tmp_path, "a.pdf", data()))
    assert result.exit_code == 1
    assert says in result.stdout and ".docx" in result.stdout


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_older_documents_are_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "_SECONDS", 600)  # a machine may be busy
    path = written(tmp_path, "a.docx", report("docx"))
    for ending in ("doc", "rtf", "odt"):
        (made,) = convert([path], tmp_path / ending, to=ending)
        all_is_read(read_page(made))


def test_without_libreoffice_the_answer_says_how_to_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "PROGRAMS", ("no-such-program",))
    with pytest.raises(Unopened) as error:
        read_page(written(tmp_path, "a.rtf", b"{\\rtf1 x}"))
    assert "LibreOffice" in error.value.message and "另存为 .docx" in error.value.fix


def test_a_conversion_that_makes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "PROGRAMS", ("true",))
    with pytest.raises(Unopened, match="转换不成"):
        read_page(written(tmp_path, "a.rtf", b"{\\rtf1 x}"))


def test_a_document_that_cannot_be_converted_is_tried_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A conversion may take most of the time that a file is given."""
    tried, program = tmp_path / "tried", tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\necho once >> '{tried}'\n")
    program.chmod(0o755)
    monkeypatch.setattr(word, "PROGRAMS", (str(program),))
    verdict = verify_any(written(tmp_path, "a.rtf", b"{\\rtf1 x}"))
    assert [finding.code for finding in verdict.findings] == ["WBK001"]
    assert "转换不成" in verdict.findings[0].message
    assert tried.read_text() == "once\n"


def test_radicals_are_read_as_the_characters_that_people_write() -> None:
    assert as_written("⼯作⼈员，⺠政局⻓；青１2") == "工作人员，民政局长；青１2"
    assert as_written("政府信息公开工作年度报告") == "政府信息公开工作年度报告"


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_a_page_printed_by_a_browser(tmp_path: Path) -> None:
    """With its heads and feet on each page, and tables cut by pages without a line below."""
    page, printed = written(tmp_path, "a.html", report("html")), tmp_path / "a.pdf"
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}")
    command = ["chromium", *quiet, f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    read = read_page(printed)
    all_is_read(read)
    assert read is not None and not [block for block in read.blocks if "file:" in str(block)]
