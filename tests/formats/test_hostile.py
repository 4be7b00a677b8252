"""Files made to hurt: each is refused or read in little time and memory, and nothing outside is touched."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from damaging import in_part, in_sheet, stamped, with_parts
from idioms import strict
from returns import FORM, edit, part_of, place, said, save, sound, tab
from xlreport.finding import Status
from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import VARIABLE, Limits, LimitsError, limits
from xlreport.verify.verdict import verify_file
from xlreport.workbook.read import read
from xlreport.workbook.review.package import open_package

REQUESTS = tab("requests")


def refused(path: Path) -> str:
    verdict = verify_file(path)
    assert verdict.status is Status.UNREADABLE
    assert [finding.code for finding in verdict.findings] == ["WBK001"]
    return verdict.findings[0].message


# Limits ----------------------------------------------------------------------------------------------


def test_limits_can_be_changed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, " seconds=300  file_mb=80 ")
    assert (limits().seconds, limits().file_mb) == (300, 80)
    assert limits().ratio == Limits().ratio


@pytest.mark.parametrize(
    "text", ["seconds", "seconds=0", "seconds=-1", "secs=3", "seconds=１", "seconds=1.5", "a=b=c"]
)
def test_a_wrong_limit_is_named(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"parts=10 {text}")
    with pytest.raises(LimitsError, match="XLREPORT_LIMITS 中的") as error:
        limits()
    assert text in str(error.value) and "memory_mb" in str(error.value)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("parts=5", "解压后过大"),
        ("tags=1000", "单元格过多"),
        ("sheets=3", "11 个工作表"),
        ("cells=500", "离表格太远"),
    ],
)
def test_each_limit_refuses_what_is_above_it(
    setting: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path)
    assert said(path) == {}
    monkeypatch.setenv(VARIABLE, setting)
    assert words in refused(path)


def test_a_text_longer_than_a_cell_holds(tmp_path: Path) -> None:
    longest = Limits().text_kb * 2**10
    text = b'<row r="99"><c r="B99" t="inlineStr"><is><t>%s</t></is></c></row></sheetData>'
    path = save(tmp_path)
    in_sheet(path, REQUESTS, b"</sheetData>", text % (b"x y" * longest))
    assert "文字过长" in refused(path) or "压缩比" in refused(path)


# XML -------------------------------------------------------------------------------------------------


def quadratic(data: bytes) -> bytes:
    """One long entity, used often: the billion laughs without nesting."""
    head = b'<!DOCTYPE w [<!ENTITY a "' + b"a" * 50_000 + b'">]><worksheet'
    return data.replace(b"<worksheet", head, 1).replace(b"</sheetData>", b"</sheetData>" + b"&a;" * 5_000)


def hidden_in_utf_7(data: bytes) -> bytes:
    """A DTD that only a reader sees that believes the declaration."""
    head = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE w +AFsAPAAh-ENTITY'
    head += b" a SYSTEM +ACI-x+ACIAPgBdAD4-"
    return head + data.partition(b"?>")[2]


def utf_32(data: bytes) -> bytes:
    return data.decode().replace("UTF-8", "UTF-32").encode("utf-32")


def deep(data: bytes) -> bytes:
    return data.replace(b"<sheetData>", b"<x>" * 100_000 + b"</x>" * 100_000 + b"<sheetData>")


@pytest.mark.parametrize("spoil", [quadratic, hidden_in_utf_7, utf_32, deep])
def test_xml_that_grows_hides_or_nests(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = save(tmp_path)
    part = part_of(path, REQUESTS)
    with zipfile.ZipFile(path) as archive:
        data = archive.read(part)
    assert refused(with_parts(path, {part: spoil(data)}))


def test_a_declared_encoding_that_is_not_its_own_is_followed_by_nobody(tmp_path: Path) -> None:
    path = save(tmp_path)
    in_part(path, part_of(path, REQUESTS), b'encoding="UTF-8"', b'encoding="GBK"')
    assert refused(path)


def test_many_shared_formulas_beside_the_form_are_one_finding(tmp_path: Path) -> None:
    head = b'<row r="500"><c r="A500"><f t="shared" si="7">' + b"+".join([b"A1"] * 2_000) + b"</f></c></row>"
    cell = b'<row r="%d"><c r="A%d"><f t="shared" si="7"/></c></row>'
    rows = b"".join(cell % (n, n) for n in range(501, 9_000))
    path = in_sheet(save(tmp_path), REQUESTS, b"</sheetData>", head + rows + b"</sheetData>")
    assert list(said(path)) == [f"WBK025:{REQUESTS}!A500"]


def test_a_sheet_merged_a_thousand_times_is_one_finding(tmp_path: Path) -> None:
    merged = b'<mergeCell ref="A1:XFD1048576"/>' * 1_000 + b"</mergeCells>"
    assert set(said(in_sheet(save(tmp_path), REQUESTS, b"</mergeCells>", merged)).values()) == {"error"}


@pytest.mark.parametrize("reference", ["A0:B2", "A1", "B9:A1", "ZZZZ1:A2", "", "A1:XFE1048577", "A1:$B$2"])
def test_merged_areas_that_are_none(reference: str, tmp_path: Path) -> None:
    merged = f'<mergeCell ref="{reference}"/></mergeCells>'.encode()
    found = said(in_sheet(save(tmp_path), REQUESTS, b"</mergeCells>", merged))
    assert {id_.partition(":")[0] for id_ in found} <= {"WBK001", "WBK034", "WBK036"}


# Archives --------------------------------------------------------------------------------------------


def test_names_that_lead_elsewhere_write_nothing(tmp_path: Path) -> None:
    path = save(tmp_path)
    strange = (
        "../../outside.xml",
        "/etc/outside.xml",
        "C:\\outside.xml",
        "xl/../../outside.xml",
        "xl/\x01.xml",
    )
    with_parts(path, dict.fromkeys(strange, b"<a/>"))
    assert said(path) == {}
    assert [each.name for each in tmp_path.rglob("*")] == [path.name]
    assert not Path("/etc/outside.xml").exists()


def test_a_sheet_that_points_out_of_the_archive(tmp_path: Path) -> None:
    path = save(tmp_path)
    target = b'Target="worksheets/sheet5.xml"'
    in_part(path, "xl/_rels/workbook.xml.rels", target, b'Target="../../../../../../etc/hostname"')
    assert "损坏" in refused(path)


def test_a_part_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path)
    part = part_of(path, REQUESTS)
    with zipfile.ZipFile(path, "a") as archive:
        data = archive.read(part).replace(b"<v>38</v>", b"<v>39</v>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(part, data)
    assert "有两份" in refused(path)


def test_parts_with_a_password(tmp_path: Path) -> None:
    path = save(tmp_path)
    data = bytearray(path.read_bytes())
    for entry in re.finditer(rb"PK\x01\x02", bytes(data)):
        data[entry.start() + 8] |= 1
    path.write_bytes(data)
    assert "打开密码" in refused(path)


def test_an_archive_in_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = save(tmp_path).read_bytes()
    for _ in range(5):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("年报.xlsx", inner)
        inner = out.getvalue()
    path = tmp_path / "nested.xlsx"
    path.write_bytes(inner)
    assert "压缩包" in refused(path)


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"\n%PDF-1.7\n", b"MZ\x90"])
def test_what_hangs_on_behind_a_workbook_is_ignored(tail: bytes, tmp_path: Path) -> None:
    path = save(tmp_path)
    path.write_bytes(path.read_bytes() + tail)
    assert said(path) == {}
    assert read(path).inputs == sound()
    assert read(path).form is FORM


# What a reader beside ours would see otherwise --------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="1048576"><o:c xmlns:o="urn:o" r="XFD1048576"><o:v>1</o:v></o:c></row>',
        b'<row r="1048576"><y><c r="XFD1048576"><v>1</v></c></y></row>',
        b'<o:row xmlns:o="urn:o" r="1048576"><c r="XFD1048576"><v>1</v></c></o:row>',
    ],
    ids=["a foreign cell", "a cell in something else", "a foreign row"],
)
def test_cells_that_only_another_reader_would_see(row: bytes, tmp_path: Path) -> None:
    path = in_sheet(save(tmp_path), REQUESTS, b"</sheetData>", row + b"</sheetData>")
    assert said(path) == {"WBK001:": "error"}


def test_two_sheets_of_one_part(tmp_path: Path) -> None:
    path = in_part(
        save(tmp_path),
        "xl/workbook.xml",
        b"</sheets>",
        b'<sheet name="x" sheetId="99" r:id="rId1"/></sheets>',
    )
    assert said(path) == {"WBK001:": "error"}


def test_a_text_that_all_cells_share(tmp_path: Path) -> None:
    path = save(tmp_path)
    with zipfile.ZipFile(path) as archive:
        shared = archive.read("xl/sharedStrings.xml")
    with_parts(path, {"xl/sharedStrings.xml": shared.replace(b"</t>", b"a" * 500_000 + b"</t>", 1)})
    assert said(path)["WBK023:封面!B1"] == "error"


def test_a_tag_of_attributes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "tags=20000")
    tag = b"<sheetData" + b"".join(b' a%d=""' % n for n in range(60_000))
    path = in_sheet(save(tmp_path), REQUESTS, b"<sheetData", tag)
    assert said(path) == {"WBK001:": "error"}


def test_a_number_that_is_no_day(tmp_path: Path) -> None:
    path = save(tmp_path)
    sheet, cell = place("signed_on")
    with zipfile.ZipFile(path) as archive:
        data = archive.read(part_of(path, sheet))
    spoilt = re.sub(rb'(<c r="%s"[^>]*><v>)[^<]*' % cell.encode(), rb"\g<1>-1e308", data)
    with_parts(path, {part_of(path, sheet): spoilt})
    assert said(path) == {"VAL009:signed_on": "error"}


@pytest.mark.parametrize("year", ["1" + "0" * 400, "-5", "2023.5"])
def test_a_year_in_the_stamp_that_is_none(year: str, tmp_path: Path) -> None:
    assert said(stamped(save(tmp_path), "year", year)) == {"WBK006:": "error"}


def test_a_workbook_that_is_strict_only_in_part_is_read_by_nobody_else(tmp_path: Path) -> None:
    """A second way of a cell's value in the names of the other format is still a second one."""
    value = b'<v xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main">9</v></c>'
    path = in_sheet(save(tmp_path), REQUESTS, b"<v>38</v></c>", b"<v>38</v>" + value)
    assert refused(path)


def test_a_strict_workbook_is_not_annotated_but_answered(tmp_path: Path) -> None:
    path = strict(save(tmp_path))
    with pytest.raises(Unopened, match="Strict Open XML"):
        open_package(path)


def test_a_text_longer_than_any_cell_holds_is_not_read_further(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {"proactive": "占位"})
    in_sheet(path, place("proactive")[0], "占位".encode(), b"a" * 200_000)
    assert said(path) == {"VAL011:proactive": "error"}


def test_many_mistakes_in_one_text_are_some_findings(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {"proactive": "收到政府信息公开申请1件，其中甲2件。" * 75})
    assert sum(finding.code == "TXT012" for finding in verify_file(path).findings) <= 20


def test_the_place_of_a_control_is_no_row_of_the_sheet(tmp_path: Path) -> None:
    anchor = b'<controls><x:row xmlns:x="urn:x">3</x:row></controls></worksheet>'
    assert said(in_sheet(save(tmp_path), REQUESTS, b"</worksheet>", anchor)) == {}
