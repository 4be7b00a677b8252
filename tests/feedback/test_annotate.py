"""The annotated copy: nothing of the sender's changed, all that was found in it, and readable again."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from command_line import run
from damaging import swallowed, with_openpyxl
from idioms import IDIOMS, READ, Idiom
from libreoffice import recalculate
from returns import LAYOUT, MAIN, edit, edit_parts, edit_sheet, findings, part_of, place, save, sound, tab
from xlreport.feedback.annotate import annotated
from xlreport.finding import Finding, Severity
from xlreport.formats.foreign import Unopened
from xlreport.verify.verdict import Verdict, verify_file
from xlreport.workbook.review import REVIEW_TAB
from xlreport.workbook.review.comments import HEAD

WRONG: dict[str, object] = {
    "requests[new_requests,natural_person]": "22（其中修订16件）",
    "requests[disclosed,natural_person]": "6件",
    "documents[rules,issued]": -4,
    "requests[results_total,total]": 999,
    "proactive": None,
}
NEW_PARTS = re.compile(
    r"xl/(comments\d+\.xml|drawings/vmlDrawing\d+\.vml|worksheets/(_rels/)?sheet\d+\.xml(\.rels)?)"
)


def wrong(folder: Path) -> Path:
    """A return with several findings, its stored results kept."""
    return edit(save(folder), WRONG, keep_results=True)


def copy_of(path: Path, name: str = "copy") -> Path:
    verdict = verify_file(path)
    assert verdict.submission is not None
    suffix, data = annotated(verdict, verdict.submission)
    copy = path.with_name(f"{name}{suffix}")
    copy.write_bytes(data)
    return copy


def told(path: Path, extra: list[Finding]) -> Path:
    """A copy that says other findings than those of the file."""
    verdict = verify_file(path)
    assert verdict.submission is not None
    verdict = Verdict(str(path), verdict.status, tuple(extra), verdict.submission)
    suffix, data = annotated(verdict, verdict.submission)
    copy = path.with_name(f"told{suffix}")
    copy.write_bytes(data)
    return copy


def ids(path: Path) -> list[tuple[str, str, str]]:
    return [(finding.id, finding.sheet, finding.cell) for finding in findings(path)]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def replace(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Replace bytes in the parts with that in their name."""
    changed = []

    def change(name: str, data: bytes) -> bytes:
        if part in name and old in data:
            changed.append(name)
            return data.replace(old, new)
        return data

    edit_parts(path, change)
    assert changed


def comments_of(sheet: Worksheet) -> dict[str, str]:
    return {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment is not None}


def comments(path: Path) -> dict[tuple[str, str], str]:
    book = load_workbook(path)
    return {(s.title, cell): text for s in book.worksheets for cell, text in comments_of(s).items()}


def ours(path: Path) -> list[tuple[str, str]]:
    """Where our conditional colours are: sheet and areas."""
    book = load_workbook(path)
    return [
        (sheet.title, str(group.sqref))
        for sheet in book.worksheets
        for group in sheet.conditional_formatting
        if any("xlreport.review" in str(rule.formula) for rule in group.rules)
    ]


def listed(path: Path) -> list[list[str]]:
    """The texts of the first sheet, row by row."""
    sheet = load_workbook(path).worksheets[0]
    return [[str(value) for value in row if value] for row in sheet.iter_rows(min_col=2, values_only=True)]


def links(path: Path) -> list[str | None]:
    """Where the links of the first sheet lead."""
    rows = load_workbook(path).worksheets[0].iter_rows()
    return [cell.hyperlink.location for row in rows for cell in row if cell.hyperlink]


# Nothing of theirs is changed ------------------------------------------------------------------------


def without_ours(data: bytes) -> bytes:
    """A sheet's XML without what an annotation may add."""
    root = etree.fromstring(data)
    for view in root.iter(f"{MAIN}sheetView"):
        view.attrib.pop("tabSelected", "")
    for group in root.findall(f"{MAIN}conditionalFormatting"):
        if b"xlreport.review" in etree.tostring(group):
            root.remove(group)
    for drawing in root.findall(f"{MAIN}legacyDrawing"):
        root.remove(drawing)
    return etree.tostring(root, method="c14n")


def test_every_part_of_the_sender_is_as_it_was(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    before, after = parts(path), parts(copy_of(path))
    changed = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    for name, data in before.items():
        if name.startswith("xl/worksheets/sheet"):
            assert without_ours(after[name]) == without_ours(data), name
        elif name not in changed and "_rels" not in name:
            assert after[name] == data, name
    assert all(NEW_PARTS.fullmatch(name) for name in after.keys() - before.keys())


def test_the_sender_s_styles_keep_their_numbers(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    before = etree.fromstring(parts(path)["xl/styles.xml"])
    after = etree.fromstring(parts(copy_of(path))["xl/styles.xml"])
    assert [group.tag for group in before] == [group.tag for group in after]
    for group, grown in zip(before, after, strict=True):
        mine = [etree.tostring(style, method="c14n") for style in grown]
        assert [etree.tostring(style, method="c14n") for style in group] == mine[: len(group)]


def measures(dimensions: Mapping[Any, Any]) -> dict[object, object]:
    return {place: dict(dimension) for place, dimension in dimensions.items()}


def same_sheet(one: Worksheet, other: Worksheet) -> None:
    assert one.dimensions == other.dimensions
    for row in one.iter_rows():
        for cell in row:
            twin = other[cell.coordinate]
            assert (cell.value, cell.data_type) == (twin.value, twin.data_type), cell.coordinate
            assert cell.protection.locked == twin.protection.locked, cell.coordinate
            assert cell.number_format == twin.number_format, cell.coordinate
    assert measures(one.column_dimensions) == measures(other.column_dimensions)
    assert measures(one.row_dimensions) == measures(other.row_dimensions)
    assert repr(one.protection) == repr(other.protection)
    assert repr(one.data_validations) == repr(other.data_validations)
    assert one.merged_cells == other.merged_cells
    assert (one.sheet_state, one.freeze_panes) == (other.sheet_state, other.freeze_panes)
    assert (one.print_area, one.print_title_rows) == (other.print_area, other.print_title_rows)
    assert repr(one.page_setup) == repr(other.page_setup)


@pytest.mark.parametrize("stored", [False, True], ids=["formulas", "stored results"])
def test_another_program_sees_the_same_cells(stored: bool, tmp_path: Path) -> None:
    path = wrong(tmp_path)
    before, after = load_workbook(path, data_only=stored), load_workbook(copy_of(path), data_only=stored)
    assert after.sheetnames == [REVIEW_TAB, *before.sheetnames]
    assert after.security.lockStructure
    for sheet in before.worksheets:
        same_sheet(sheet, after[sheet.title])


def test_the_original_is_not_touched_and_the_same_file_gives_the_same_copy(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    before = path.read_bytes()
    assert copy_of(path, "a").read_bytes() == copy_of(path, "b").read_bytes()
    assert path.read_bytes() == before


def test_only_the_list_is_selected(tmp_path: Path) -> None:
    book = load_workbook(copy_of(wrong(tmp_path)))
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == [REVIEW_TAB]
    assert book.active is book.worksheets[0]


def test_the_list_is_related_by_the_prefix_that_all_programs_know(tmp_path: Path) -> None:
    [first, *_] = re.findall(rb"<sheet [^>]*>", parts(copy_of(wrong(tmp_path)))["xl/workbook.xml"])
    assert REVIEW_TAB.encode() in first and b' r:id="' in first


# What it says ----------------------------------------------------------------------------------------


def test_every_finding_is_listed_with_a_link_to_its_cell(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    found = findings(path)
    assert len(found) >= 5
    book = load_workbook(copy_of(path))
    sheet = book.worksheets[0]
    lines = {str(row[4].value): row for row in sheet.iter_rows() if str(row[1].value).isdecimal()}
    assert len(lines) == len(found)
    for finding in found:
        row = lines[f"{finding.message}（{finding.code}）"]
        assert row[5].value == (finding.fix or None)
        if finding.sheet:
            assert row[3].hyperlink is not None
            assert row[3].hyperlink.location == f"'{finding.sheet}'!{finding.cell or 'A1'}"
            assert finding.sheet in book.sheetnames
    assert "退回" in str(sheet["B3"].value)


def test_every_cell_named_has_a_colour_and_a_comment(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    copy = copy_of(path)
    said = comments(copy)
    coloured = " ".join(f"{sheet}!{areas}" for sheet, areas in ours(copy))
    for finding in findings(path):
        if finding.cell:
            text = said[finding.sheet, finding.cell]
            assert text.startswith(HEAD)
            assert finding.message in text and finding.fix in text and finding.code in text
            assert finding.cell in coloured


def test_every_cell_of_a_finding_about_many_has_its_colour_and_the_first_a_comment(tmp_path: Path) -> None:
    blank = [f"requests[disclosed,{column}]" for column in ("natural_person", "commercial_enterprise")]
    path = edit(save(tmp_path), dict.fromkeys(blank))
    (finding,) = findings(path)
    cells = [place(subject)[1] for subject in blank]
    assert (list(finding.cells), finding.cell) == (cells, cells[0])
    sheet = load_workbook(copy_of(path))[tab("requests")]
    coloured = {area for found in sheet.conditional_formatting for area in str(found.sqref).split()}
    assert coloured.issuperset(cells)
    assert [cell in comments_of(sheet) for cell in cells] == [True, False]


def test_errors_come_first(tmp_path: Path) -> None:
    levels = [row[1] for row in listed(copy_of(wrong(tmp_path))) if row and row[0].isdecimal()]
    assert levels == sorted(levels, key=["错误", "提醒", "提示"].index)


def test_several_findings_at_one_cell_are_one_comment_in_the_colour_of_the_worst(tmp_path: Path) -> None:
    sheet, cell = place("requests[other,natural_person]")
    extra = [
        Finding("YOY001", Severity.WARNING, "与上年相差太多。", "请说明", "a", sheet, cell),
        Finding("REQ001", Severity.ERROR, "两边不等。", "请改", "b", sheet, cell),
    ]
    copy = told(save(tmp_path), extra)
    [(where, text)] = comments(copy).items()
    assert where == (sheet, cell)
    assert text.index("两边不等") < text.index("相差太多")
    [(_, area)] = ours(copy)
    assert area == cell
    assert 'LEN("xlreport.review.error")' in parts(copy)[part_of(copy, sheet)].decode()


def test_an_answered_warning_says_so(tmp_path: Path) -> None:
    sheet, cell = place("requests[other,natural_person]")
    finding = Finding(
        "YOY001", Severity.WARNING, "变化大。", "", "a", sheet, cell, explanation="并入一个科室"
    )
    row = next(row for row in listed(told(save(tmp_path), [finding])) if row and row[0] == "1")
    assert row[1] == "提醒（已说明）" and row[-1] == "并入一个科室"


def test_findings_without_a_cell_stand_only_in_the_list(tmp_path: Path) -> None:
    copy = copy_of(with_openpyxl(save(tmp_path), lambda book: book.remove(book[tab("cases")])))
    assert comments(copy) == {} and ours(copy) == []
    row = next(row for row in listed(copy) if row and row[0] == "1")
    assert tab("cases") in row[2] and "缺少工作表" in row[3]
    assert links(copy) == []


def test_a_sound_return_gets_a_copy_that_says_so(tmp_path: Path) -> None:
    copy = copy_of(save(tmp_path))
    texts = [text for row in listed(copy) for text in row]
    assert "没有发现问题。" in texts
    assert any("通过" in text for text in texts)
    assert ids(copy) == []


# It can be returned ----------------------------------------------------------------------------------


def test_a_copy_is_read_like_the_original(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    copy = copy_of(path)
    assert ids(copy) == ids(path)
    one, other = verify_file(path).submission, verify_file(copy).submission
    assert one is not None and other is not None
    assert one.inputs == other.inputs and one.stamp == other.stamp


def test_a_corrected_copy_is_accepted(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {"requests[new_requests,natural_person]": "约60"}, keep_results=True)
    assert ids(path) != []
    right = sound()["requests[new_requests,natural_person]"]
    assert ids(edit(copy_of(path), {"requests[new_requests,natural_person]": right})) == []


def test_annotating_again_replaces_what_was_said(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    once = copy_of(path, "once")
    again = copy_of(once, "again")
    assert ids(again) == ids(path)
    assert load_workbook(again).sheetnames.count(REVIEW_TAB) == 1
    assert comments(again) == comments(once)
    assert sorted(ours(again)) == sorted(ours(once))
    assert len(parts(again)) == len(parts(once))
    assert parts(again)["xl/styles.xml"] == parts(once)["xl/styles.xml"]


def test_a_corrected_copy_loses_its_colours_and_comments(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {"requests[new_requests,natural_person]": "约60"}, keep_results=True)
    right = sound()["requests[new_requests,natural_person]"]
    fixed = edit(copy_of(path), {"requests[new_requests,natural_person]": right}, keep_results=True)
    clean = copy_of(fixed, "clean")
    assert comments(clean) == {} and ours(clean) == []
    before, after = parts(save(tmp_path, name="sound.xlsx")), parts(clean)
    for name, data in before.items():
        if name.startswith("xl/worksheets/sheet") and b"<f>" not in data:
            assert without_ours(after[name]) == without_ours(data), name


def test_a_copy_saved_by_another_program_is_annotated_anew(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    [resaved] = recalculate([copy_of(path)], tmp_path / "resaved")
    again = copy_of(resaved, "again")
    book = load_workbook(again)
    assert book.sheetnames[0] == REVIEW_TAB
    assert [name for name in book.sheetnames if name.startswith(REVIEW_TAB)] == [REVIEW_TAB]
    said = comments(again)
    assert set(said) == {(f.sheet, f.cell) for f in findings(resaved) if f.cell}
    assert all(text.count(HEAD) == 1 for text in said.values())
    areas = " ".join(area for _, area in ours(again)).split()
    assert len(areas) == len(set(areas)) == len(said)


@pytest.mark.parametrize("name", ["核对意见（旧）", "Sheet1"])
def test_a_renamed_list_is_known_again(name: str, tmp_path: Path) -> None:
    path = wrong(tmp_path)
    copy = copy_of(path)
    replace(copy, "xl/workbook.xml", REVIEW_TAB.encode(), name.encode())
    assert ids(copy) == ids(path)
    assert load_workbook(copy_of(copy, "again")).sheetnames.count(name) == 0


def test_a_sheet_of_that_name_that_is_the_sender_s_stays(tmp_path: Path) -> None:
    path = save(tmp_path)
    book = load_workbook(path)
    book.create_sheet(REVIEW_TAB)["B2"] = "领导意见：同意"
    book.save(path)
    copy = copy_of(path)
    assert load_workbook(copy)[REVIEW_TAB]["B2"].value == "领导意见：同意"
    assert [id_ for id_, _, _ in ids(copy)] == [f"WBK014:{REVIEW_TAB}"]
    assert load_workbook(copy).sheetnames[0] == f"{REVIEW_TAB}2"


# The sender's own comments ---------------------------------------------------------------------------


def commented(folder: Path) -> Path:
    """A return with comments of the unit: on a cell with a finding, and on another."""

    def comment(book: Workbook) -> None:
        texts = {"requests[other,natural_person]": "老王：这里是5件\n已核", "organ": "新公章"}
        for subject, text in texts.items():
            sheet, cell = place(subject)
            book[sheet][cell].comment = Comment(text, "老王")

    return edit(with_openpyxl(save(folder), comment), {"requests[other,natural_person]": "5件多"})


def test_comments_of_the_sender_stay_and_come_first(tmp_path: Path) -> None:
    path = commented(tmp_path)
    before = comments(path)
    assert len(before) == 2
    copy = copy_of(path)
    after = comments(copy)
    where = place("requests[other,natural_person]")
    assert after[where].startswith(f"老王：这里是5件\n已核\n\n{HEAD}\n")
    assert after[place("organ")] == before[place("organ")]
    book = load_workbook(copy)
    assert book[where[0]][where[1]].comment.author == "老王"


def test_comments_of_the_sender_are_theirs_again_once_all_is_right(tmp_path: Path) -> None:
    path = commented(tmp_path)
    before = comments(path)
    fixed = edit(copy_of(path), {"requests[other,natural_person]": sound()["requests[other,natural_person]"]})
    assert comments(copy_of(fixed, "clean")) == before
    assert comments(copy_of(copy_of(path, "a"), "b")) == comments(copy_of(path, "c"))


def test_a_thread_of_comments_is_left_alone(tmp_path: Path) -> None:
    path = commented(tmp_path)
    replace(path, "comment", "老王</".encode(), b"tc={1}</")
    assert comments(copy_of(path)) == comments(path)


def test_a_drawing_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    path = commented(tmp_path)
    replace(path, ".vml", b"</xml>", b"<br></xml>")
    copy = copy_of(path)
    assert comments(copy) == comments(path)
    assert len(ours(copy)) == 1


def test_nothing_of_ours_is_told_of_where_our_drawing_was_damaged(tmp_path: Path) -> None:
    first = copy_of(wrong(tmp_path))
    replace(first, ".vml", b"</xml>", b"<br></xml>")
    assert {f.id for f in findings(copy_of(first, "again"))} == {f.id for f in findings(first)}


# Any text, any number, any file ----------------------------------------------------------------------

ODD_TEXTS = [
    "=HYPERLINK(\"http://example.com\",\"点我\")",
    "<b>&amp;</b> ]]> _x0041_ {0} %s",
    "一\x00二\x0b三\ud800四\uffff五",
    "行一\n行二",
    "长" * 40_000,
    "+1-1@SUM(A1)",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_any_text_stays_text(text: str, tmp_path: Path) -> None:
    sheet, cell = place("requests[other,natural_person]")
    finding = Finding("REQ001", Severity.ERROR, text, text, "a", sheet, cell, explanation=text)
    copy = told(save(tmp_path), [finding])
    book = load_workbook(copy)
    row = next(row for row in book.worksheets[0].iter_rows() if row[1].value == "1")
    for found in row[4:7]:
        assert found.data_type == "s"
        assert found.hyperlink is None
    shown = str(row[4].value).replace("_x005F_", "_")
    kept = re.sub("[\x00\ud800\uffff]", "", text).replace("\x0b", "\n")
    assert shown.startswith(kept[:1_900])
    assert kept[:1_000] in comments(copy)[sheet, cell].replace("_x005F_", "_")
    assert ids(copy) == []


def test_a_sheet_s_name_with_signs_is_linked(tmp_path: Path) -> None:
    path = save(tmp_path)
    book = load_workbook(path)
    book[tab("requests")].title = "三 'A' & <B>!"
    book.save(path)
    copy = copy_of(path)
    assert links(copy) == ["'三 ''A'' & <B>!'!A1"]


def test_two_hundred_findings(tmp_path: Path) -> None:
    path = save(tmp_path)
    subjects = [s for s in sound() if s.startswith("requests[")][:100]
    many = [
        Finding(f"REQ{n:03}", Severity.WARNING, f"第 {n} 处不符。", "请核对", s, *place(s))
        for n, s in enumerate(subjects * 2)
    ]
    copy = told(path, many)
    assert sum(bool(row and row[0].isdecimal()) for row in listed(copy)) == 200
    assert len(comments(copy)) == 100
    assert ids(copy) == []
    [(_, areas)] = ours(copy)
    assert len(areas.split()) == 100


def test_a_comment_names_the_list_where_too_much_is_said_of_one_cell(tmp_path: Path) -> None:
    many = [Finding(f"REQ{n:03}", Severity.ERROR, "不符。", "", "", *place("organ")) for n in range(40)]
    [text] = comments(told(save(tmp_path), many)).values()
    assert "另有 34 条" in text and REVIEW_TAB in text


def test_macros_stay_as_they_are(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    replace(path, "[Content_Types].xml", main, macro)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf macros")
    copy = copy_of(path)
    assert copy.suffix == ".xlsm"
    assert parts(copy)["xl/vbaProject.bin"] == b"\xd0\xcf macros"


def first_sheet(path: Path) -> str:
    submission = verify_file(path).submission
    assert submission is not None
    return next(iter(submission.snapshot.sheets))


def test_a_workbook_without_styles_is_annotated_too(tmp_path: Path) -> None:
    path = edit_parts(wrong(tmp_path), lambda name, data: None if name == "xl/styles.xml" else data)
    copy = copy_of(path)
    assert first_sheet(copy) == REVIEW_TAB
    assert {f.id for f in findings(copy)} == {f.id for f in findings(path)}


@pytest.mark.parametrize(
    "idiom",
    [idiom for idiom in IDIOMS if (idiom.answer == READ and "name" in idiom.name) or "target" in idiom.name],
    ids=lambda idiom: idiom.name,
)
def test_an_unusual_package_is_annotated_too(idiom: Idiom, tmp_path: Path) -> None:
    path = wrong(tmp_path)
    idiom.apply(path)
    copy = copy_of(path)
    assert {f.id for f in findings(copy)} == {f.id for f in findings(path)}
    assert first_sheet(copy) == REVIEW_TAB


DAMAGES: dict[str, Callable[[str, bytes], bytes | None]] = {
    "no content types": lambda name, data: None if name == "[Content_Types].xml" else data,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_cannot_be_edited_is_refused_with_the_reason(damage: str, tmp_path: Path) -> None:
    path = edit_parts(wrong(tmp_path), DAMAGES[damage])
    with pytest.raises(Unopened, match="已损坏"):
        copy_of(path)


def test_names_of_sheets_stay_with_their_sheets(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    book, copy = load_workbook(path), load_workbook(copy_of(path))
    for sheet in book.worksheets:
        twin = copy[sheet.title]
        names = [{n: d.attr_text for n, d in s.defined_names.items()} for s in (sheet, twin)]
        assert names[0] == names[1]
        assert sheet.auto_filter.ref == twin.auto_filter.ref


def test_cells_can_still_be_corrected_where_they_could(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    book, copy = load_workbook(path), load_workbook(copy_of(path))
    for finding in findings(path):
        if finding.cell:
            locks = [w[finding.sheet][finding.cell].protection.locked for w in (book, copy)]
            assert locks[0] == locks[1]


def test_odd_numbers_in_a_sheet_s_xml_do_no_harm(tmp_path: Path) -> None:
    path = wrong(tmp_path)

    def change(root: etree._Element) -> None:
        for column in root.iter(f"{MAIN}col"):
            column.set("width", "breit")
        for rule in root.iter(f"{MAIN}cfRule"):
            rule.set("priority", "first")

    edit_sheet(path, tab("requests"), change, keep_results=True)
    verdict = verify_file(path)
    assert verdict.submission is not None
    assert annotated(verdict, verdict.submission)


def test_a_workbook_of_openpyxl_is_annotated(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    book: Workbook = load_workbook(path)
    book.save(path)
    copy = copy_of(path)
    assert ids(copy) == ids(path)
    assert comments(copy_of(copy, "again")) == comments(copy)


# What a sender's file may hold beside its cells ---------------------------------------------------------


ODD_COMMENTS = {
    "a place that is none": (b'ref="E9"', b'ref="zz"'),
    "a place far out": (b'ref="E9"', b'ref="E' + b"9" * 5_000 + b'"'),
    "an author that is none": (b'authorId="0"', b'authorId="' + b"9" * 5_000 + b'"'),
    "a remark in the XML": (b"<commentList>", b"<commentList><!-- x -->"),
}


@pytest.mark.parametrize("oddity", ODD_COMMENTS)
def test_odd_comments_do_not_keep_from_annotating(oddity: str, tmp_path: Path) -> None:
    path = commented(tmp_path)
    old, new = ODD_COMMENTS[oddity]
    with zipfile.ZipFile(path) as archive:
        if not any(old in archive.read(name) for name in archive.namelist() if "comment" in name):
            old = re.search(rb'ref="[A-Z]+[0-9]+"', archive.read("xl/comments/comment1.xml"))[0]  # type: ignore[index]
    replace(path, "comment", old, new)
    assert ids(copy_of(path)) == ids(path)


def test_how_a_comment_is_pronounced_stays_behind_all_of_its_text(tmp_path: Path) -> None:
    path = commented(tmp_path)
    replace(path, "comment", b"</text>", b'<phoneticPr fontId="1"/></text>')
    with zipfile.ZipFile(copy_of(path)) as archive:
        data = archive.read("xl/comments/comment1.xml")
    assert b"<phoneticPr" in data
    assert re.search(rb"<phoneticPr[^>]*/>\s*<r>", data) is None


def test_a_part_that_refers_to_itself(tmp_path: Path) -> None:
    first = copy_of(wrong(tmp_path))
    relation = b'<Relationship Id="x" Type="t" Target="sheet99.xml"/></Relationships>'
    replace(first, "worksheets/_rels", b"</Relationships>", relation)
    assert findings(copy_of(first, "again")) != ()


def test_a_finding_on_a_cell_that_was_merged_away_is_shown_at_the_one_people_see(tmp_path: Path) -> None:
    path = save(tmp_path)
    swallowed(path, tab("requests"), "E8:F8")
    sheet = load_workbook(copy_of(path))[tab("requests")]
    assert "E8" in comments_of(sheet)


def test_a_copy_never_takes_the_place_of_another_file(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    back = tmp_path / "back"
    back.mkdir()
    there = back / f"{path.stem}_核对意见.xlsx"
    there.write_bytes(b"the unit's own")
    run("verify", path, "--annotate", back)
    assert there.read_bytes() == b"the unit's own"
    assert len(list(back.iterdir())) == 2


# Folded rows -----------------------------------------------------------------------------------------


def test_rows_in_which_a_warning_is_answered_are_shown_in_the_copy(tmp_path: Path) -> None:
    """The template keeps what is checked on receipt folded; the other rows stay so."""
    path = save(tmp_path, sound({"proactive": "全年工作如下。一是公开文件。三是回应关切。"}))
    assert {"TXT004"} <= {finding.code for finding in verify_file(path).findings}
    hidden = hidden_answers(path)
    assert "explanation[TXT004,]" in hidden
    assert hidden - hidden_answers(copy_of(path)) == {"explanation[TXT004,]"}


def hidden_answers(path: Path) -> set[str]:
    page = load_workbook(path)["校验"]
    answers = {s: area for s, area in LAYOUT.areas.items() if s.startswith("explanation[")}
    return {s for s, area in answers.items() if page.row_dimensions[area.top + 1].hidden}
