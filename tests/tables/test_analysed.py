"""Sums by year, ranks and what to look at first, of many returns at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from openpyxl import load_workbook

from analyses import analysed, region
from consolidated import CELL
from returns import FORM
from xlreport.formula.nodes import Value
from xlreport.subject import Subject
from xlreport.tables.analysed import Analysed, Analysis, Shown
from xlreport.tables.analysis_book import analysis_book
from xlreport.tables.long_form import write_long_form

NEW = "一、本年新收·总计"


def of(unit: str, year: int, **figures: Value) -> Analysed:
    named = {"new": CELL, "disclosed": "requests[disclosed,natural_person]"}
    return analysed(unit, year, {Subject(named.get(name, name)): value for name, value in figures.items()})


def tables(*returns: Analysed) -> Mapping[str, Shown]:
    return {table.title: table for table in Analysis(FORM.id, returns).tables()}


def test_figures_are_added_up_year_by_year() -> None:
    found = tables(of("甲局", 2022, new=3), of("甲局", 2023, new=5), of("乙局", 2023, new=7))
    assert found["主要指标"].head == ("指标", "2022年", "2023年")
    assert dict(found["主要指标"].rows)[NEW] == (3, 12)
    assert dict(found["新收申请（按申请人）"].rows)["自然人"] == (3, 12)


def test_shares_are_exact_and_of_nothing_there_is_none() -> None:
    other = {"requests[other,natural_person]": 2}
    found = tables(of("甲局", 2022), of("甲局", 2023, disclosed=1, **other))
    share = found["公开的占比"]
    assert share.share and dict(share.rows)["予以公开"] == (None, Fraction(1, 3))


def test_only_the_commonest_grounds_are_shown() -> None:
    rows = [f"requests[{name},natural_person]" for name in ("denied_enforcement_file", "denied_state_secret")]
    found = tables(of("甲局", 2023, **{rows[0]: 9, rows[1]: 4}))["不予公开最多的理由"]
    assert [row[0] for row in found.rows][:2] == ["行政执法案卷", "属于国家秘密"] and len(found.rows) == 5


def test_amounts_are_added_exactly() -> None:
    cell = Subject("charges[administrative_charges,amount]")
    returns = [analysed(f"{n}局", 2023, {cell: Decimal("0.1")}) for n in range(3)]
    assert Analysis(FORM.id, returns).total(2023, cell) == Decimal("0.3")


def test_equal_figures_share_a_rank_and_nobody_is_ranked_for_nothing() -> None:
    returns = [
        of("甲局", 2023, new=5),
        of("乙局", 2023, new=5),
        of("丙局", 2023, new=2),
        of("丁局", 2023, new=0),
    ]
    found = Analysis(FORM.id, [*returns, of("丙局", 2022, new=1)]).ranks()
    ranks = [(r.place, r.tied, r.unit, r.before) for r in found if r.label == NEW]
    assert ranks == [(1, True, "乙局", None), (1, True, "甲局", None), (3, False, "丙局", 1)]


def test_what_moves_a_total_most_is_to_be_looked_at_first() -> None:
    usual = [(of(f"{n}局", 2022, new=100), of(f"{n}局", 2023, new=110)) for n in range(20)]
    odd = of("某局", 2022, new=100), of("某局", 2023, new=1_100)
    small = of("小局", 2022, new=1), of("小局", 2023, new=4)
    found = Analysis(FORM.id, [each for pair in (*usual, odd, small) for each in pair]).influences()
    assert [(each.unit, each.value, each.expected) for each in found] == [("某局", 1100, 110)]
    assert found[0].share == Fraction(990, 3304)


def test_without_last_year_nothing_is_expected() -> None:
    assert Analysis(FORM.id, [of("甲局", 2023, new=500)]).influences() == []
    assert Analysis(FORM.id, [of("甲局", 2021, new=5), of("甲局", 2023, new=500)]).influences() == []


def test_the_long_form_has_a_line_for_each_figure_and_no_formula() -> None:
    cell = Subject("charges[administrative_charges,amount]")
    one = analysed("=HYPERLINK(1)局", 2023, {Subject(CELL): 3, cell: Decimal("1.50")})
    out = io.StringIO()
    write_long_form(out, [replace(one, parent="@县", file="-1.xlsx")])
    head, *lines = csv.reader(io.StringIO(out.getvalue()))
    assert head == ["unit", "parent", "year", "subject", "label", "value", "file", "cell"]
    known = {line[3]: line for line in lines}
    assert known[CELL] == [
        *("'=HYPERLINK(1)局", "'@县", "2023", CELL, "一、本年新收·自然人", "3", "'-1.xlsx"),
        "三、依申请公开 E8",
    ]
    assert known[cell][5] == "1.50"


def test_the_workbook_has_charts_and_data_for_pivot_tables_and_texts_stay_texts() -> None:
    returns = [*region(Random(1), 5, (2022, 2023)), of("=1+1局", 2023, new=3)]
    data = analysis_book("分析", Analysis(FORM.id, returns))
    assert data == analysis_book("分析", Analysis(FORM.id, returns))
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["分析", "排名", "先看这些", "分析数据"]
    assert len(book["分析"]._charts) == 1 + len(FORM.analysis)
    assert not book["分析"].print_title_rows
    titles = {row for row, *_ in book["分析"].iter_rows(values_only=True, max_col=1)} & {
        t.title for t in FORM.analysis
    }
    assert titles
    breaks = [each.id for each in book["分析"].row_breaks.brk]
    begun = [book["分析"].cell(row + 1, 1).value for row in breaks]
    assert breaks and set(begun) <= titles
    head, *rows = book["分析数据"].iter_rows()
    assert len(rows) == 11 and len({cell.value for cell in head}) == len(head)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
