"""What the three kinds of block say of themselves."""

from __future__ import annotations

import pytest

from xlreport.form.cells import cells_of
from xlreport.form.editions import all_forms
from xlreport.form.field import Field, Kind
from xlreport.form.fields import Fields
from xlreport.form.grid import Grid, Line
from xlreport.form.listing import Listing
from xlreport.form.model import Form
from xlreport.form.naming import Naming
from xlreport.form.outline import Outline, Section
from xlreport.subject import Subject

FORMS = tuple(all_forms())
COVER = Fields(
    "cover",
    (
        Field("organ", "机关", Kind.TEXT),
        Field("sites", "网站数", Kind.COUNT, help="全部网站", unit="个"),
        Field("email", "邮箱", Kind.TEXT, required=False),
    ),
)
PUBLISHED = Listing(
    "published",
    (Field("category", "类别", Kind.TEXT), Field("count", "条数", Kind.COUNT, total=True)),
    rows=2,
    title="清单",
    help="逐条填写",
)
REQUESTS = Grid(
    "requests",
    rows=(
        Line("new", ("申请", "新收"), "新收"),
        Line("old", ("申请", "结转"), "结转"),
        Line("done", ("办结",), "办结", formula="new + old"),
    ),
    columns=(Line("people", ("自然人",), "自然人"), Line("all", ("总计",), "总计", formula="people")),
    kind=Kind.COUNT,
    unit="件",
)
OUTLINE = Outline(
    (Section("first", "一", "封面", (COVER,)), Section("second", "二", "申请", (PUBLISHED, REQUESTS)))
)


def named(*subjects: str) -> list[Subject]:
    return [Subject.parse(subject) for subject in subjects]


def test_the_cells_of_each_kind() -> None:
    assert [s for s, _ in COVER.cells()] == ["organ", "sites", "email"]
    assert [s for s, _ in PUBLISHED.cells()] == [
        "published[1,category]",
        "published[1,count]",
        "published[2,category]",
        "published[2,count]",
        "published[total,count]",
    ]
    assert [s for s, _ in REQUESTS.cells()][-4:] == [
        "requests[done,all]",
        "requests[new,note]",
        "requests[old,note]",
        "requests[done,note]",
    ]


def test_figures_are_what_every_return_has() -> None:
    assert [(s, field.unit) for s, field in COVER.figures()] == [("sites", "个")]
    assert [s for s, _ in PUBLISHED.figures()] == ["published[total,count]"]
    assert [s for s, _ in REQUESTS.figures()] == list(REQUESTS.subjects())
    assert {field.unit for _, field in REQUESTS.figures()} == {"件"}


def test_what_must_not_stay_blank() -> None:
    assert set(OUTLINE.mandatory) == {"organ", "sites", *REQUESTS.subjects()}


def test_the_formulas_of_computed_cells() -> None:
    assert list(COVER.formulas()) == []
    assert [(f.subject, f.source) for f in PUBLISHED.formulas()] == [
        ("published[total,count]", "SUM(published[count])")
    ]
    declared = [(f.subject, f.source, f.path, f.row, f.column) for f in REQUESTS.formulas()]
    assert declared == [
        ("requests[done,people]", "new + old", "row[2].formula", "", "people"),
        ("requests[new,all]", "people", "col[1].formula", "new", ""),
        ("requests[old,all]", "people", "col[1].formula", "old", ""),
        ("requests[done,all]", "people", "col[1].formula", "done", ""),
    ]


def test_what_cells_are_called() -> None:
    assert COVER.label(Subject.field("sites")) == "网站数"
    first, total = named("published[1,count]", "published[total,count]")
    assert (PUBLISHED.label(first), PUBLISHED.label(total)) == ("第1行条数", "条数合计")
    cell, note = named("requests[new,people]", "requests[new,note]")
    assert (REQUESTS.label(cell), REQUESTS.label(note)) == ("新收·自然人", "新收 备注")


def test_what_cells_are_called_together() -> None:
    assert PUBLISHED.label_together(named("published[1,count]", "published[2,count]")) == "条数合计"
    assert PUBLISHED.label_together(named("published[1,count]")) == ""
    assert REQUESTS.label_together(named("requests[new,people]", "requests[old,people]")) == "申请·自然人"
    assert REQUESTS.label_together(named("requests[new,people]", "requests[done,people]")) == ""
    assert REQUESTS.label_together(named("requests[new,people]", "requests[new,all]")) == "新收·自然人＋总计"


def test_what_rows_and_columns_of_the_sheet_are_called() -> None:
    lines = named("published[2,]", "published[total,]", "published[,count]")
    assert [PUBLISHED.label_line(line) for line in lines] == ["清单第 2 行", "合计", "清单栏目"]
    lines = named(
        "requests[new,]", "requests[,people]", "requests[,note]", "requests[,new.all]", "requests[,]"
    )
    assert [REQUESTS.label_line(line) for line in lines] == ["新收", "自然人", "备注", "新收·总计", "表格"]


def test_helps() -> None:
    assert list(COVER.helps()) == [("机关", ""), ("网站数", "全部网站"), ("邮箱", "")]
    assert next(PUBLISHED.helps()) == ("清单", "逐条填写")


def test_a_cell_is_found_in_its_block_and_section() -> None:
    for text, block, tab in (
        ("organ", COVER, "封面"),
        ("published[2,count]", PUBLISHED, "申请"),
        ("published[total,count]", PUBLISHED, "申请"),
        ("requests[new,note]", REQUESTS, "申请"),
        ("requests[,people]", REQUESTS, "申请"),
    ):
        subject = Subject.parse(text)
        assert OUTLINE.block_of(subject) is block
        assert OUTLINE.section_of(subject).tab == tab
    for text in ("cover", "nothing", "other[a,b]", "prior.organ"):
        with pytest.raises(KeyError):
            OUTLINE.block_of(Subject.parse(text))


@pytest.mark.parametrize("form", FORMS, ids=[form.id for form in FORMS])
def test_every_cell_of_a_shipped_form_has_a_home_and_a_name(form: Form) -> None:
    names = Naming(form)
    for name, block in form.blocks.items():
        for subject, field in block.cells():
            assert form.block_of(subject) is block, subject
            assert form.section_of(subject) is next(s for s in form.sections if block in s.blocks)
            assert names.cell(subject), subject
            assert cells_of(form)[subject] == field
        assert {f.subject for f in block.formulas()} == {
            s for s in form.computed if form.block_of(s).name == name
        }
    assert set(form.mandatory) <= set(cells_of(form))
