"""Reading and writing one workbook."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl

from replay import record
from returns import form, sample
from timing import print_race, race
from xlreport.verify.gates import verify_file
from xlreport.workbook.write import write_workbook


def measure_reading() -> None:
    """Reading and verifying a filled return, against only loading it with openpyxl.

    Formulas and their cached results are both needed, and openpyxl gives one of them per load.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "return.xlsx")
        path.write_bytes(write_workbook(form(), sample()))

        def load_twice() -> None:
            openpyxl.load_workbook(path)
            openpyxl.load_workbook(path, data_only=True)

        medians = race(
            {
                "xlreport: read and verify": lambda: verify_file(path),
                "openpyxl: load twice, verify nothing": load_twice,
            }
        )
    print_race("(a) Reading one filled return", medians)


def measure_template() -> None:
    """Laying out and writing a workbook, against the bare calls to xlsxwriter that make the same file."""
    values = sample()
    recording = record(lambda: write_workbook(form(), values))
    medians = race(
        {
            "xlreport: lay out, compute, write": lambda: write_workbook(form(), values),
            f"xlsxwriter: the same {len(recording.calls)} calls, replayed": recording.play,
        }
    )
    print_race("(d) Writing one workbook", medians)
