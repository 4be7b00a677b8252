"""`make docs`: the pictures of the READMEs, taken from the shipped samples.

Needs LibreOffice, pdftoppm, Chromium and Chinese fonts; run it where they are installed.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pypdf import PdfReader

import xlreport
from xlreport.form.library import shipped

IMAGES = Path(__file__).parent / "images"
FORM = "ogi_annual_2021"


def main() -> None:
    """Write docs/images anew."""
    IMAGES.mkdir(exist_ok=True)
    form = xlreport.load_form(FORM)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wrong = folder / "workbook.xlsx"
        wrong.write_bytes(xlreport.write_workbook(form, _values(form, "unbalanced_bureau")))
        book = _printed(wrong)
        _picture(book, _page(book, "本列数据的勾稽关系"), 84, IMAGES / "workbook.png")
        right = folder / "right.xlsx"
        right.write_bytes(xlreport.write_workbook(form, _values(form, "busy_bureau")))
        report = folder / "report.pdf"
        report.write_bytes(xlreport.render(form, xlreport.read(right).values, "pdf"))
        _picture(report, 1, 60, IMAGES / "report.png")
        _picture(report, _page(report, "本列数据的勾稽关系"), 60, IMAGES / "report-table.png")
        _round(folder)


def _round(folder: Path) -> None:
    """The board of the sample's round, as a workbook and as a page."""
    program = str(Path(sys.executable).with_name("xlreport"))
    subprocess.run([program, "demo", "--round", "-o", str(folder)], check=True, capture_output=True)
    book = _printed(folder / "收表" / "台账.xlsx")
    top = ("-x", "40", "-y", "70", "-W", "1440", "-H", "330")
    _picture(book, _page(book, "机关代码"), 130, IMAGES / "board.png", top)
    shot = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1100,760"]
    shot += [f"--screenshot={IMAGES / 'board-page.png'}", (folder / "收表" / "台账.html").as_uri()]
    subprocess.run(["chromium", *shot], check=True, capture_output=True, timeout=60)


def _values(form: Any, name: str) -> Any:
    text = (shipped("samples") / "values" / f"{name}.json").read_text(encoding="utf-8")
    return xlreport.from_json(form, json.loads(text))


def _printed(source: Path) -> Path:
    """The file as a PDF by LibreOffice."""
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf"]
    command += ["--outdir", str(source.parent), str(source)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=180)
    return source.with_suffix(".pdf")


def _page(pdf: Path, text: str) -> int:
    """The number of the first page on which the text stands, spaces aside."""
    for number, page in enumerate(PdfReader(io.BytesIO(pdf.read_bytes())).pages, start=1):
        if text in "".join(page.extract_text().split()):
            return number
    raise LookupError(f"{text} stands on no page of {pdf.name}")


def _picture(pdf: Path, page: int, resolution: int, target: Path, part: Sequence[str] = ()) -> None:
    command = ["pdftoppm", "-png", "-singlefile", "-r", str(resolution), "-f", str(page), *part, str(pdf)]
    subprocess.run([*command, str(target.with_suffix(""))], check=True, timeout=60)


if __name__ == "__main__":
    main()
