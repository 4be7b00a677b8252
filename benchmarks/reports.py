"""Rendering one report.

Every run renders another unit's return: a program that remembers the last report gains nothing.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

from returns import form, varied
from timing import print_race, race
from tools import build, fill_template, make_template, tags
from xlreport.form.calculate import complete
from xlreport.formula.nodes import Value
from xlreport.report.narrative import compose
from xlreport.report.render import render


class _Units:
    """Complete values of one unit after another, all prepared beforehand."""

    def __init__(self, number: int) -> None:
        self._values = [complete(form(), varied(place)) for place in range(number)]
        self._next = count()

    def next(self) -> dict[str, Value]:
        return self._values[next(self._next) % len(self._values)]


def measure_docx() -> None:
    """A Word report from values: ours composes the narrative too, the others get it ready-made."""
    units = _Units(24)
    values = units.next()
    document = compose(form(), values)
    template = make_template(document)
    context = tags(document, values)
    medians = race(
        {
            "xlreport: compose and write": lambda: render(form(), units.next(), "docx"),
            "docxtpl: fill an equal template": lambda: fill_template(template, context),
            "python-docx: build from nothing": lambda: build(document),
        }
    )
    print_race("(b) One Word report", medians)


def measure_pdf() -> None:
    """A PDF from values in a warm process, against two usual ways from our own HTML and DOCX."""
    from weasyprint import HTML

    units = _Units(24)
    pages = [render(form(), units.next(), "html").decode() for _ in range(12)]
    contestants = {
        "xlreport: compose, set with Typst": lambda: render(form(), units.next(), "pdf"),
        "WeasyPrint: print our HTML": lambda: HTML(string=pages.pop()).write_pdf(),
    }
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.docx")
        source.write_bytes(render(form(), units.next(), "docx"))
        if shutil.which("soffice") is not None:
            contestants["LibreOffice: convert our DOCX, one process a file"] = lambda: _office(source)
        medians = race(contestants, rounds=5)
    print_race("(c) One PDF report", medians)


def _office(source: Path) -> None:
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf"]
    command += ["--outdir", str(source.parent), str(source)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
