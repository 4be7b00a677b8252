"""Reading and writing one workbook."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl

from floor import collect_cells
from replay import record
from returns import form, sample
from timing import print_race, race
from xlreport.verify.verdict import verify_file
from xlreport.workbook.write import write_workbook


def measure_reading() -> None:
    """Reading and verifying a filled return, against the least that reading costs and only loading it.

    Formulas and their cached results are both needed, and openpyxl gives one of them per load.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "return.xlsx")
        path.write_bytes(write_workbook(form(), sample()))

        medians = race(
            {
                "xlreport: read and verify": lambda: verify_file(path),
                "unzip and one expat pass that collects cells": lambda: collect_cells(path),
                "openpyxl read-only: twice through every cell": lambda: _read_only_twice(path),
                "openpyxl: load twice, verify nothing": lambda: _load_twice(path),
            }
        )
    print_race("(a) Reading one filled return", medians)


def _load_twice(path: Path) -> None:
    openpyxl.load_workbook(path)
    openpyxl.load_workbook(path, data_only=True)


def _read_only_twice(path: Path) -> None:
    for data_only in (False, True):
        book = openpyxl.load_workbook(path, read_only=True, data_only=data_only)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    _ = cell.value
        book.close()


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
