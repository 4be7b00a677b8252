"""LibreOffice computes the formulas we write for Excel: its results must be ours.

It computes in binary floats, so numbers may differ in the last digits; conditions, texts, counts
and errors must be the same. Figures stay within 14 digits, the limit docs/formulas.md names. Zero is
not raised to a power below 1: there LibreOffice differs from Excel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random

import xlsxwriter
from openpyxl import load_workbook
from small_form import COLUMNS, UNIT_TYPES, YES_NO, Formulas, SmallScope, all_cells, random_value, source_of
from xlsxwriter.utility import xl_rowcol_to_cell

from libreoffice import recalculate
from xlreport.formula.check import bind, type_of
from xlreport.formula.evaluate import EvaluationError, evaluate, exact_result
from xlreport.formula.excel import to_excel
from xlreport.formula.nodes import Call, Cells, Node, Type, Value
from xlreport.formula.parse import parse
from xlreport.formula.tree import children

SEED = "xlreport"
FILLINGS = 8
FORMULAS = 60
CORNERS = (
    "-2^2",
    "2^3^2",
    "-year^2 + 1",
    "2 * -sent%",
    "1 - 2 - 3 = 1 - (2 - 3)",
    "8 / 4 / 2",
    '"a" & 1 + 2',
    "IF(TRUE, sent, 7) & organ",
    "MIN(IF(TRUE, sent, 7), 9)",
    "MIN(requests[new:closed, total])",
    "MAX(sent, received)",
    "COUNT(published[count]) = COUNTA(published[count])",
    "COUNTA(confirmed, unit_type, organ)",
    "sent = 0",
    'organ = ""',
    'organ = "abc"',
    "organ",
    "confirmed",
    "IF(confirmed, organ, remark)",
    'unit_type <> "agency"',
    "NOT(ISBLANK(confirmed)) = confirmed",
    "INT(ROUND(0 - 7 / 2, 1))",
    "MOD(-7, 3) & MOD(7, -3)",
    "MOD(sent, 0)",
    "OR(TRUE, MOD(1, 0) = 0)",
    "IF(TRUE, 1, 1 / 0)",
    "ROUND(2.675, 2)",
    "ROUND(0 - 1.005, 2)",
    "ROUND(12345, -2) + ROUND(50, -2) + ROUND(-50, -2)",
    "ROUND(0.1 + 0.2, 6) = 0.3",
    "LEN(organ & remark)",
    "10^64 * 10^64 * 10^64 * 10^64 * 10^64",
)


@dataclass(frozen=True)
class Sample:
    source: str
    excel: str
    ours: Value
    scale: float
    """The largest figure met on the way, which float errors are proportional to."""


class Filling:
    """One sheet of inputs: every kind of cell, about a fifth of them blank."""

    def __init__(self, number: int, random: Random) -> None:
        self.sheet = f"填报 {number}、总体（情况）"
        self.types = all_cells()
        self.values = {subject: random_value(random, kind) for subject, kind in self.types.items()}
        self.places = {subject: self._place(index, subject) for index, subject in enumerate(self.types)}

    @staticmethod
    def _place(index: int, subject: str) -> tuple[int, int]:
        """Row and column from 0. A grid's cells of a row stand side by side, with a gap before the total."""
        column = subject.rstrip("]").rpartition(",")[2]
        if column not in COLUMNS:
            return index, 1
        number = COLUMNS.index(column)
        return index - number, (1, 2, 4)[number]

    def address(self, subjects: tuple[str, ...]) -> tuple[str, ...]:
        """One reference per run of neighbours in a row."""
        runs: list[list[tuple[int, int]]] = []
        for row, column in (self.places[subject] for subject in subjects):
            if runs and runs[-1][-1] == (row, column - 1):
                runs[-1].append((row, column))
            else:
                runs.append([(row, column)])
        return tuple(self._reference(run[0], run[-1]) for run in runs)

    def _reference(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        cells = [xl_rowcol_to_cell(*first)] + ([xl_rowcol_to_cell(*last)] if last != first else [])
        return f"'{self.sheet}'!" + ":".join(cells)

    def write(self, book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet(self.sheet)
        for subject, value in self.values.items():
            row, column = self.places[subject]
            if value is None:
                continue
            if self.types[subject] is Type.CHOICE:
                sheet.write_string(row, column, UNIT_TYPES[str(value)])
            elif isinstance(value, bool):
                sheet.write_string(row, column, YES_NO["true" if value else "false"])
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write_number(row, column, float(value))


def test_libreoffice_computes_what_we_compute(tmp_path: Path) -> None:
    random = Random(SEED)
    fillings = [Filling(number, random) for number in range(FILLINGS)]
    samples = [sample for filling in fillings for sample in draw(filling, random)]

    (recalculated,) = recalculate([write(tmp_path / "formulas.xlsx", fillings, samples)], tmp_path / "out")

    theirs = [
        row[0] for row in load_workbook(recalculated, data_only=True)["结果"].iter_rows(values_only=True)
    ]
    assert len(theirs) == len(samples)
    different = [
        f"{sample.source}\n  ={sample.excel}\n  ours {sample.ours!r}, theirs {value!r}"
        for sample, value in zip(samples, theirs, strict=True)
        if not same(sample, value)
    ]
    assert not different, f"{len(different)} of {len(samples)} differ:\n" + "\n".join(different[:20])


def draw(filling: Filling, random: Random) -> list[Sample]:
    """The corner cases and random formulas, without those whose figures outgrow a float's digits."""
    samples = [take(source, SmallScope(), filling) for source in CORNERS]
    while len(samples) < len(CORNERS) + FORMULAS:
        source = source_of(Formulas(random).any(random.randrange(1, 5)))
        sample = take(source, SmallScope(random.choice(COLUMNS)), filling)
        if sample.scale < 1e14:
            samples.append(sample)
    return samples


def take(source: str, scope: SmallScope, filling: Filling) -> Sample:
    node = bind(parse(source), scope)
    type_of(node, source)
    return Sample(
        source, to_excel(node, filling.address), result(node, filling), largest_figure(node, filling)
    )


def result(node: Node, filling: Filling) -> Value:
    try:
        return evaluate(node, filling.values.__getitem__)
    except EvaluationError as error:
        return error.code


def largest_figure(node: Node, filling: Filling) -> float:
    """Of all steps, counting the places kept by ROUND as digits."""
    largest = max((largest_figure(child, filling) for child in children(node)), default=1.0)
    if isinstance(node, Cells) and not node.scalar:
        return largest
    try:
        value = exact_result(node, filling.values.__getitem__)
    except EvaluationError:
        return largest
    if isinstance(value, (bool, str)) or value is None:
        return largest
    digits = abs(value)
    if isinstance(node, Call) and node.function == "ROUND":
        digits *= Fraction(10) ** 4
    return max(largest, float(digits))


def write(path: Path, fillings: list[Filling], samples: list[Sample]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for filling in fillings:
            filling.write(book)
        results = book.add_worksheet("结果")
        for row, sample in enumerate(samples):
            results.write_formula(row, 0, "=" + sample.excel, None, "never computed")
    return path


def same(sample: Sample, theirs: object) -> bool:
    ours = sample.ours
    if isinstance(ours, str):
        return (theirs or "") == ours  # openpyxl reads an empty text as None
    if isinstance(ours, bool):
        return theirs is ours
    if isinstance(theirs, bool) or not isinstance(theirs, (int, float)) or ours is None:
        return False
    return math.isclose(float(ours), theirs, rel_tol=1e-9, abs_tol=1e-12 * sample.scale)
