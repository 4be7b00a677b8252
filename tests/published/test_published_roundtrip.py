"""Whatever we print reads back: figures, lists, paragraphs and remarks, in every format."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from published.pages import FORM, READERS
from returns import sound
from xlreport.form.calculate import complete
from xlreport.form.cells import cells_of
from xlreport.form.field import Kind
from xlreport.form.values import Values
from xlreport.formats.pages import Page
from xlreport.formula.nodes import Value
from xlreport.published.read import PublishedReport, read_report
from xlreport.report.recognised import without_generated
from xlreport.report.render import render
from xlreport.subject import Subject

NOT_PRINTED = {
    *("unit_code", "unit_type", "level", "organ_change", "predecessors"),
    *("prepared_by", "reviewed_by", "approved_by", "nil_confirmed"),
}
WORDS = "政府信息公开办理答复目录栏目更新审核培训监督平台网站政策解读群众意见单位工作全年及时规范公布"
MOST = 10**9


def filled(seed: int) -> dict[str, Value]:
    """A return with any figures, a list of any length, any paragraphs, some remarks."""
    chance = random.Random(seed)
    values = {s: value for s, value in sound().items() if not s.startswith(("published[", "explanation["))}
    for subject, field in cells_of(FORM).items():
        if field.kind is Kind.COUNT and subject not in FORM.computed and subject.block != "published":
            values[subject] = chance.choice([0, 0, chance.randrange(20), chance.randrange(MOST)])
        elif field.kind is Kind.PROSE:
            values[subject] = "\n".join(sentences(chance) for _ in range(chance.randint(1, 3)))
        elif subject.is_note and chance.random() < 0.1:
            values[subject] = sentences(chance).rstrip("。")
    for line in range(1, chance.choice([1, 2, 3, 9])):
        values[f"published[{line},category]"] = words(chance, 4)
        values[f"published[{line},count]"] = chance.randint(1, 900)
    return values


def words(chance: random.Random, length: int) -> str:
    return "".join(chance.choice(WORDS) for _ in range(length))


def sentences(chance: random.Random) -> str:
    return "".join(
        f"{words(chance, chance.randint(4, 20))}{chance.choice(['', str(chance.randrange(2000)) + '次'])}"
        f"，{words(chance, 6)}。"
        for _ in range(chance.randint(1, 6))
    )


def read(page: Page) -> PublishedReport:
    report = read_report(page)
    assert report is not None
    return without_generated(report)


def assert_all_there(report: PublishedReport, values: Values) -> None:
    printed = {s: cell.printed.figure for s, cell in report.cells.items()}
    assert printed == {s: values[s] for s in printed}
    assert not report.unusable and not report.left
    told = {s: v for s, v in values.items() if s not in NOT_PRINTED and s not in FORM.computed}
    assert {s: v for s, v in report.inputs.items() if s not in NOT_PRINTED} == told


@pytest.mark.parametrize("to", ["docx", "html"])
@pytest.mark.parametrize("seed", range(12))
def test_any_return_reads_back_from_its_report(seed: int, to: str) -> None:
    values = complete(FORM, {Subject(s): v for s, v in filled(seed).items()})
    assert_all_there(read(READERS[to](render(FORM, values, to))), values)


@pytest.mark.parametrize("seed", [2, 4])
def test_from_its_pdf_too(seed: int) -> None:
    pytest.importorskip("pdfplumber")
    from xlreport.formats.pdf import read_pdf

    values = complete(FORM, {Subject(s): v for s, v in filled(seed).items()})
    assert_all_there(read(read_pdf(render(FORM, values, "pdf"))), values)


@pytest.mark.parametrize("drop", [lambda s: s.startswith("published["), lambda s: s == "email"])
def test_what_is_not_printed_stays_blank(drop: Callable[[str], bool]) -> None:
    values = complete(FORM, {Subject(s): v for s, v in filled(1).items() if not drop(s)})
    report = read(READERS["docx"](render(FORM, values, "docx")))
    assert not [s for s in report.inputs if drop(s)]
