"""OpenDocument spreadsheets: what programs may write there, and how it is read."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.area import Area
from xlreport.formats.container import Container
from xlreport.formats.foreign import Unopened
from xlreport.formats.ods_formulas import excel_formula
from xlreport.formats.reading import take_snapshot
from xlreport.formats.snapshot import SheetSnapshot

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
NAMES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(table: str, styles: str = "", attributes: str = "") -> bytes:
    """A file with one sheet, 表; with line breaks between the elements, as Gnumeric writes them."""
    content = (
        f"<office:document-content {NAMES}>\n<office:automatic-styles>{styles}</office:automatic-styles>\n"
        f'<office:body>\n<office:spreadsheet>\n<table:table table:name="表" {attributes}>\n{table}\n'
        "</table:table>\n</office:spreadsheet>\n</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


def sheet(table: str, styles: str = "", attributes: str = "") -> SheetSnapshot:
    return take_snapshot(Container(ods(table, styles, attributes))).sheets["表"]


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>\n" + "\n".join(cells) + "\n</table:table-row>"


def cell(content: str = "", attributes: str = "", kind: str = "table-cell") -> str:
    return f"<table:{kind} {attributes}>{content}</table:{kind}>"


def number(value: float, attributes: str = "") -> str:
    return cell("", f'office:value-type="float" office:value="{value}" {attributes}')


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, part)
    return out.getvalue()


EMPTY_TO_THE_END = cell("", 'table:number-columns-repeated="16384"')


def test_repeated_cells_and_rows_stand_where_they_are_repeated() -> None:
    found = sheet(
        row(number(1, 'table:number-columns-repeated="3"'), cell(), number(2), EMPTY_TO_THE_END)
        + row(cell("<text:p>甲</text:p>"), attributes='table:number-rows-repeated="2"')
        + row(EMPTY_TO_THE_END, attributes='table:number-rows-repeated="1048573"')
    )
    assert [list(line) for line in found.rows] == [[1, 1, 1, "", 2], ["甲"], ["甲"]]


def test_rows_in_groups_and_heads_are_rows() -> None:
    inner = f"<table:table-row-group>{row(number(2))}</table:table-row-group>"
    table = f"<table:table-header-rows>{row(number(1))}</table:table-header-rows>{inner}{row(number(3))}"
    assert [list(line) for line in sheet(table).rows] == [[1], [2], [3]]


VALUES = {
    "percentage": ('office:value-type="percentage" office:value="0.5"', "50%", 0.5),
    "currency": ('office:value-type="currency" office:value="12.5"', "￥12.50", 12.5),
    "day": ('office:value-type="date" office:date-value="2024-01-20"', "24/1/20", date(2024, 1, 20)),
    "moment": (
        'office:value-type="date" office:date-value="2024-01-20T08:30:00"',
        "",
        datetime(2024, 1, 20, 8, 30),
    ),
    "time": ('office:value-type="time" office:time-value="PT08H30M00S"', "8:30", "8:30"),
    "true": ('office:value-type="boolean" office:boolean-value="true"', "TRUE", True),
    "false": ('office:value-type="boolean" office:boolean-value="false"', "FALSE", False),
    "zero": ('office:value-type="float" office:value="0"', "0", 0.0),
    "text": ('office:value-type="string"', "007", "007"),
    "text of a formula": ('office:value-type="string" office:string-value="甲&#10;乙"', "甲乙", "甲\n乙"),
    "error": ('office:value-type="string" calcext:value-type="error"', "#REF!", "#REF!"),
    "own error": ('office:value-type="string" calcext:value-type="error"', "Err:502", "#VALUE!"),
    "broken number": ('office:value-type="float" office:value="x"', "甲", "甲"),
    "broken day": ('office:value-type="date" office:date-value="2024-02-31"', "2024-02-31", "2024-02-31"),
}


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_is_read_by_its_type(kind: str) -> None:
    attributes, shown, expected = VALUES[kind]
    found = sheet(row(cell(f"<text:p>{shown}</text:p>", attributes))).raw(0, 0)
    assert found == expected
    assert type(found) is type(expected)


def test_text_keeps_its_spaces_and_lines_and_leaves_out_remarks() -> None:
    remark = "<office:annotation><text:p>备注人：核一下</text:p></office:annotation>"
    spaced = '一<text:s text:c="3"/>二<text:tab/>三<text:line-break/>四'
    rich = '<text:span text:style-name="T1">五<text:s/></text:span><text:a xlink:href="#a">六</text:a>尾'
    found = sheet(row(cell(f"{remark}<text:p>{spaced}</text:p><text:p/><text:p>{rich}</text:p>")))
    assert found.raw(0, 0) == "一   二\t三\n四\n\n五 六尾"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40))
def test_any_text_comes_back(text: str) -> None:
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    written = cell(f"<text:p>{shown}</text:p>", 'office:value-type="string"')
    assert sheet(row(written)).raw(0, 0) == text


def test_merged_cells_and_what_is_hidden() -> None:
    styles = '<style:style style:name="ta9"><style:table-properties table:display="false"/></style:style>'
    columns = '<table:table-column table:number-columns-repeated="2"/>'
    columns += '<table:table-column table:visibility="collapse"/>'
    merged = cell("", 'table:number-columns-spanned="2" table:number-rows-spanned="1"')
    found = sheet(
        columns
        + row(merged, cell(kind="covered-table-cell"))
        + row(number(1), attributes='table:visibility="filter"'),
        styles,
        'table:style-name="ta9" table:protected="true"',
    )
    assert found.hidden and found.protected
    assert found.hidden_rows == {1}
    assert list(found.hidden_columns) == [(2, 2)]
    assert list(found.merged) == [Area("表", 0, 0, 0, 1)]


@pytest.mark.parametrize("times", ["99999999", "0", "-1", "x", "1.5"])
def test_nonsense_in_a_repetition_is_damage(times: str) -> None:
    with pytest.raises(Unopened, match="损坏"):
        sheet(row(number(1, f'table:number-columns-repeated="{times}"')))


def test_filled_cells_repeated_over_the_whole_sheet_do_not_fill_the_memory() -> None:
    with pytest.raises(Unopened, match="离表格太远"):
        sheet(
            row(
                number(1, 'table:number-columns-repeated="16384"'),
                attributes='table:number-rows-repeated="1048576"',
            )
        )


def test_a_copy_of_another_file_is_no_sheet_but_a_link() -> None:
    copy = '</table:table><table:table table:name="copy"><table:table-source xlink:href="../去年.ods"/>'
    snapshot = take_snapshot(Container(ods(row(number(1)) + copy + row(number(2)))))
    assert list(snapshot.sheets) == ["表"]
    assert snapshot.extras.links == ("../去年.ods",)


@pytest.mark.parametrize(
    ("written", "excel"),
    [
        ("of:=SUM([.C8:.H8])", "SUM(C8:H8)"),
        ('of:=IF([.A1]>0;"a;[.B1]";-1)', 'IF(A1>0,"a;[.B1]",-1)'),
        ("of:=[$封面.C5]&[$'一、总体情况'.$C$6]", "封面!C5&'一、总体情况'!$C$6"),
        ("of:=SUM([$校验.L25:.L26];[$校验.L30:$校验.L31])", "SUM(校验!L25:L26,校验!L30:L31)"),
        ("of:='封面'![.C5]", "'封面'!C5"),
        ("oooc:=[.A1]+1", "A1+1"),
        ("=[.A1]", "A1"),
        ("of:=[$'a.b'.C1]", "'a.b'!C1"),
        ("of:=[.#REF!]+1", "#REF!+1"),
    ],
)
def test_a_formula_reads_as_in_excel(written: str, excel: str) -> None:
    assert excel_formula(written) == excel


@pytest.mark.parametrize("formula", ["of:=['" + "'" * 80, "of:=" + "[" * 100_000, 'of:="' + '"' * 8_001])
def test_formulas_made_to_take_long_are_done_at_once(formula: str) -> None:
    assert isinstance(excel_formula(formula), str)


def test_rows_hidden_beyond_any_form_are_not_remembered() -> None:
    line = row(EMPTY_TO_THE_END, attributes='table:visibility="collapse" table:number-rows-repeated="9000"')
    assert sheet(line * 300).hidden_rows == frozenset(range(10_000))


def test_an_array_formula_stands_in_all_its_cells() -> None:
    spans = 'table:number-matrix-columns-spanned="2" table:number-matrix-rows-spanned="1"'
    found = sheet(row(number(38, f'table:formula="of:=30+8" {spans}'), number(38), number(7)))
    assert dict(found.formulas) == {(0, 0): "30+8", (0, 1): "30+8"}


def test_a_password_of_macros_is_none_of_the_file() -> None:
    macros = (
        b'<m:manifest xmlns:m="x"><m:file-entry m:full-path="content.xml"/><m:file-entry m:full-path="B">'
    )
    macros += b"<m:encryption-data/></m:file-entry></m:manifest>"
    data = with_part(ods(row(number(38))), "META-INF/manifest.xml", macros)
    assert take_snapshot(Container(data)).sheets["表"].raw(0, 0) == 38
