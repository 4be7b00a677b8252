"""Published reports are read by their labels; what is wrong in them is never taken without a word."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from published.damaged import published_findings
from published.pages import figures, is_third, of_text, page, put, third, with_tables
from returns import FORM
from xlreport.formats.pages import Page, PageTable
from xlreport.published.proof import Reliance, Weighed
from xlreport.published.read import PublishedReport, read_report
from xlreport.rule import OWN_RULES
from xlreport.subject import Subject

REQUESTS = FORM.grids["requests"]
FIGURES = {subject for grid in FORM.grids.values() for subject in grid.subjects()}


def read(source: Page) -> PublishedReport:
    report = read_report(source)
    assert report is not None
    return report


def cell(row: str, column: str) -> Subject:
    return REQUESTS.cell(REQUESTS.row(row), REQUESTS.column(column))


def wrongly_taken(cells: Mapping[Subject, Weighed]) -> list[Subject]:
    return [s for s, judged in cells.items() if judged.taken and judged.printed.figure != figures()[s]]


@pytest.mark.parametrize("to", ["docx", "html"])
@pytest.mark.parametrize("sample", ["busy_bureau", "nil_federation", "small_township", "county_government"])
def test_a_report_of_ours_reads_back_as_it_was(to: str, sample: str) -> None:
    report = read(page(to, sample))
    there = figures(sample)
    assert {s: judged.printed.figure for s, judged in report.cells.items()} == {s: there[s] for s in FIGURES}
    assert not report.unusable
    assert (report.form.id, report.unit, report.year) == (FORM.id, there["organ"], there["year"])


def test_a_place_is_called_as_a_clerk_counts_it() -> None:
    report = read(page())
    assert report.place(cell("new_requests", "natural_person")) == "表三 第4行 自然人列"
    assert report.place("requests[new_requests,]") == "表三 第4行"
    assert report.place("requests[,total]") == "表三 总计列"
    assert report.place("year") == "第1段第12字"
    assert report.place("unit_code") == report.place("x y") == ""
    lead = next(block for block in page().blocks if isinstance(block, str) and "邮编" in block)
    assert report.place("phone") == f"第2段第{lead.index('0590-') + 1}字"
    assert report.place("proactive@3") == "第5段第3字"


@pytest.mark.parametrize("cut", [5, 13, 20])
@pytest.mark.parametrize("repeated", [False, True])
def test_a_table_cut_in_two_is_one(cut: int, repeated: bool) -> None:
    def two(table: PageTable) -> list[PageTable]:
        if not is_third(table):
            return [table]
        head = table.rows[:3] if repeated else ()
        return [PageTable(table.rows[:cut]), PageTable((*head, *table.rows[cut:]))]

    report = read(with_tables(two))
    assert not report.unusable
    assert {s: judged.printed.figure for s, judged in report.cells.items()} == {
        s: figures()[s] for s in FIGURES
    }


def test_a_missing_column_of_totals_is_accepted() -> None:
    def narrower(table: PageTable) -> list[PageTable]:
        return [PageTable(tuple(row[:-1] for row in table.rows))] if is_third(table) else [table]

    report = read(with_tables(narrower))
    assert not report.unusable
    assert not wrongly_taken(report.cells)
    assert report.inputs.keys() >= {s for s in REQUESTS.subjects() if s not in FORM.computed}


def test_labels_are_found_whatever_their_numbers_blanks_and_merging() -> None:
    def plain(table: PageTable) -> list[PageTable]:
        if not is_third(table):
            return [table]
        rows = [[c.text for c in row] for row in table.rows]
        for number, row in enumerate(rows[7:15]):
            row[2] = f" {number + 3} ．\n{row[2].split('.', 1)[1]} "
        return [of_text([["序", *row] for row in rows])]

    report = read(with_tables(plain))
    assert not report.unusable
    assert not wrongly_taken(report.cells)


@pytest.mark.parametrize(
    "text",
    ["{}件", "０{}", " {} ", "\xa0{}", "{}.0", "{} 件", "+{}", "\u200b{}", "\ufeff{}\u200d", "{}\n\u200b"],
    ids=lambda text: repr(text),
)
def test_ways_to_write_a_figure(text: str) -> None:
    there = third().rows[3][3].text
    report = read(put((3, 3), text.format(there)))
    assert report.inputs[cell("new_requests", "natural_person")] == int(there)


def test_a_dash_is_nothing_where_totals_prove_it() -> None:
    for number, row in enumerate(third().rows):
        for column in range(3, 9):
            if row[column].text == "0":
                for dash in ("—", "/", "无", "－", "━", "\u200b-", "O", "〇", "○"):
                    report = read(put((number, column), dash))
                    assert not report.unusable
                return
    raise AssertionError("no 0 in the sample")


def test_a_blank_is_proposed_and_never_taken() -> None:
    subject = cell("new_requests", "natural_person")
    report = read(put((3, 3), ""))
    assert report.cells[subject].standing is Reliance.PROPOSED
    assert report.cells[subject].proposed == figures()[subject]
    assert subject in report.unusable and subject not in report.inputs


@pytest.mark.parametrize("seed", range(40))
def test_one_wrong_cell_is_found_and_its_figure_proposed(seed: int) -> None:
    chance = random.Random(seed)
    row, column = chance.randrange(3, 28), chance.randrange(3, 10)
    subject = list(REQUESTS.subjects())[(row - 3) * 7 + column - 3]
    wrong = chance.choice([slip for slip in range(300) if slip != figures()[subject]])
    report = read(put((row, column), str(wrong)))
    assert report.unusable == {subject}
    assert report.cells[subject].proposed == figures()[subject]
    assert not wrongly_taken(report.cells)


@pytest.mark.parametrize("seed", range(40))
def test_damages_are_never_taken_silently(seed: int) -> None:
    chance = random.Random(seed)

    def damaged(table: PageTable) -> list[PageTable]:
        if not is_third(table):
            return [table]
        rows = [[c.text for c in row] for row in table.rows]
        body = range(3, len(rows))
        kind = chance.choice(["slips", "lost", "shifted right", "shifted down"])
        number = chance.choice([n for n in body if any(text != "0" for text in rows[n][3:])])
        if kind == "slips":
            for _ in range(chance.randrange(2, 5)):
                rows[chance.choice(body)][chance.randrange(3, 10)] = str(chance.randrange(500))
        elif kind == "lost":
            rows[number][3:] = [*rows[number][4:], ""]
        elif kind == "shifted right":
            rows[number][3:] = ["0", *rows[number][3:-1]]
        else:
            for below in range(len(rows) - 1, number, -1):
                rows[below][3:] = rows[below - 1][3:]
            rows[number][3:] = ["0"] * 7
        return [of_text(rows)]

    report = read(with_tables(damaged))
    assert not wrongly_taken(report.cells), seed


def test_without_any_total_nothing_of_a_table_that_should_have_them_is_believed() -> None:
    def bare(table: PageTable) -> list[PageTable]:
        if not is_third(table):
            return [table]
        rows = [
            row for row in table.rows if "总计" not in row[2].text and "1.属于国家秘密" not in row[2].text
        ]
        return [PageTable(tuple(row[:-1] for row in rows))]

    report = read(with_tables(bare))
    assert [s for s, judged in report.cells.items() if s.block == "requests" and judged.taken] == []


def misaligned(heads: list[str], rest: list[str], last: int = 28) -> Page:
    """The third table with cells put before the figures: beside the heads, and in rows up to the last."""

    def change(table: PageTable) -> list[PageTable]:
        if not is_third(table):
            return [table]
        rows = [[cell.text for cell in row] for row in table.rows]
        put = [heads if n < 3 else rest if n <= last else [] for n in range(len(rows))]
        wider = [[*row[:3], *more, *row[3:]] for row, more in zip(rows, put, strict=True)]
        width = max(map(len, wider))
        return [of_text([[*row, *[""] * (width - len(row))] for row in wider])]

    return with_tables(change)


@pytest.mark.parametrize("document", [misaligned([""], []), misaligned([], [""]), misaligned([], [""], 9)])
def test_as_many_figures_as_heads_are_taken_in_their_order(document: Page) -> None:
    report = read(document)
    assert not report.unusable and not wrongly_taken(report.cells)
    assert report.inputs.keys() >= {s for s in REQUESTS.subjects() if s not in FORM.computed}


@pytest.mark.parametrize(
    "document", [misaligned(["", ""], ["7"]), misaligned([], ["0"]), misaligned([], ["0"], 9)]
)
def test_more_figures_than_heads_make_a_table_doubtful(document: Page) -> None:
    report = read(document)
    assert [s for s, judged in report.cells.items() if s.block == "requests" and judged.taken] == []


def test_without_totals_figures_beside_the_heads_are_doubtful() -> None:
    def change(table: PageTable) -> list[PageTable]:
        rows = [[cell.text for cell in row] for row in table.rows]
        second = "第二十条第（一）项" in rows[0]
        wider = [[*row[:1], "", *row[1:]] if n == 1 else [*row, ""] for n, row in enumerate(rows)]
        return [of_text(wider)] if second else [table]

    report = read(with_tables(change))
    assert [s for s, judged in report.cells.items() if s.block == "documents" and judged.taken] == []


def test_every_code_of_published_reports_can_be_provoked() -> None:
    codes = {finding.code for finding in published_findings()}
    known = {rule.code for rule in OWN_RULES if rule.code.startswith("RPT")}
    assert codes == known


def test_totals_across_a_row_alone_prove_nothing() -> None:
    def change(table: PageTable) -> list[PageTable]:
        if not is_third(table):
            return [table]
        rows = [[cell.text for cell in row] for row in table.rows]
        for number in range(len(rows) - 1, 4, -1):
            rows[number][:3] = rows[number - 1][:3]
        rows[4][:3] = [""] * 3
        return [of_text(rows)]

    report = read(with_tables(change))
    assert [s for s, judged in report.cells.items() if s.block == "requests" and judged.taken] == []


def test_without_the_row_of_totals_the_checks_that_read_it_take_its_place() -> None:
    total = next(n for n, row in enumerate(third().rows) if "总计" in row[2].text)
    report = read(without_row(total))
    assert not report.unusable and not wrongly_taken(report.cells)
    slip = read(without_row(total, put_before=(7, 3)))
    assert slip.unusable == {cell("denied_state_secret", "natural_person")}
    assert not wrongly_taken(slip.cells)


def test_a_row_that_is_not_printed_is_a_row_of_zeros_or_all_is_doubtful() -> None:
    for number, row in enumerate(third().rows[5:26], start=5):
        report = read(without_row(number))
        zeros = all(cell.text == "0" for cell in row[3:])
        believed = [s for s, judged in report.cells.items() if s.block == "requests" and judged.taken]
        assert len(believed) == (24 * 7 if zeros else 0), number


def without_row(number: int, put_before: tuple[int, int] | None = None) -> Page:
    """The third table without a row, and with a wrong figure where that is asked for."""

    def shorter(table: PageTable) -> list[PageTable]:
        rows = [[cell.text for cell in row] for row in table.rows]
        if is_third(table) and put_before is not None:
            rows[put_before[0]][put_before[1]] += "7"
        return [of_text([*rows[:number], *rows[number + 1 :]])] if is_third(table) else [table]

    return with_tables(shorter)


@pytest.mark.parametrize(
    ("lines", "unit", "year"),
    [
        (["岚溪县水务局", "2023年政府信息公开工作年度报告"], "岚溪县水务局", 2023),
        (["岚溪县水务局２０２３年度政府信息公开工作年度报告"], "岚溪县水务局", 2023),
        (["岚溪县水务局 2022 年政府信息公开年度报告"], "岚溪县水务局", 2022),
        (["首页 > 政务公开 > 年报", "2023年政府信息公开工作年度报告"], "", 2023),
        (["岚溪县水务局2023年工作总结"], "", None),
        (
            [
                "2023年政府信息公开工作年度报告",
                "发布日期：1月20日",
                "岚溪县水务局",
                "2023年政府信息公开工作年度报告",
            ],
            "岚溪县水务局",
            2023,
        ),
        (["2023年政府信息公开工作年度报告", "岚溪县民政局2022年政府信息公开工作年度报告"], "", 2023),
        (["本报告所列数据的统计期限自2023年1月1日起"], "", None),
    ],
)
def test_the_title_says_whose_report_it_is(lines: list[str], unit: str, year: int | None) -> None:
    report = read(Page((*lines, *page().tables)))
    assert (report.unit, report.year) == (unit, year)


def test_a_table_that_is_there_twice_counts_once_and_two_that_differ_are_never_taken() -> None:
    twice = read(with_tables(lambda table: [table, table]))
    assert not twice.unusable
    assert not wrongly_taken(twice.cells)
    other = next(table for table in page(sample="county_government").tables if is_third(table))
    differing = read(with_tables(lambda table: [table, other] if is_third(table) else [table]))
    assert not wrongly_taken(differing.cells)
    assert differing.unusable


def test_other_tables_around_do_no_harm() -> None:
    fees = of_text([["项目", "件数", "金额"], ["其他", "3", "40"], ["总计", "3", "40"]])
    wide = of_text(
        [[f"{number}" for number in range(third().width)], ["3.其他", *["9"] * (third().width - 1)]]
    )
    report = read(with_tables(lambda table: [fees, wide, table, fees, fees]))
    assert not report.unusable
    assert not wrongly_taken(report.cells)
