"""Rows that are taken from the text of a sheet are those that a parser gives; the parser has all others."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from returns import save
from xlreport.formats.extent import Extent
from xlreport.formats.foreign import Unopened
from xlreport.formats.snapshot import Appearance, SheetSnapshot
from xlreport.formats.xlsx_plain import PlainRow, shared_texts, sheet_in
from xlreport.formats.xlsx_sheet import read_sheet
from xlreport.formats.xlsx_styles import CellStyles
from xlreport.formats.xlsx_text import unescaped
from xlreport.formats.xlsx_values import Shared
from xlreport.formats.xml import parsed

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS = f'<sst xmlns="{MAIN}"><si><t>行政处罚</t></si><si><r><t>许可</t></r></si><si><t> </t></si></sst>'
STYLES = CellStyles(looks={"": Appearance("@"), "7": Appearance(ink="FF0000")})


def sheet(lines: str, names: str = f'xmlns="{MAIN}" xmlns:x14ac="urn:x"', before: str = "") -> bytes:
    return f"{before}<worksheet {names}><sheetData>{lines}</sheetData></worksheet>".encode()


def row(cells: str, attributes: str = "") -> str:
    return f'<row r="3"{attributes}>{cells}</row>'


def taken(root: etree._Element, rows: Sequence[PlainRow] | None = None) -> SheetSnapshot | str:
    """What stands in a sheet, or why it is refused."""
    shared = Shared(lambda: list(etree.fromstring(STRINGS)), STYLES)
    try:
        found = read_sheet("表", root, False, shared, Extent(), rows)
    except Unopened as error:
        return error.message
    return replace(found, formulas=dict(found.formulas))


def same(data: bytes) -> bool:
    """Whether the rows were taken from the text; what stands in them is what a parser gives."""
    try:
        whole = taken(parsed(data))
    except Unopened as error:
        with pytest.raises(Unopened, match=error.message):
            sheet_in(data)
        return False
    root, rows = sheet_in(data)
    assert repr(taken(root, rows)) == repr(whole)
    return rows is not None


PLAIN = {
    "no rows": "",
    "an empty row": '<row r="3"/>',
    "a blank cell": row('<c r="A3" s="7"/>'),
    "a shared text": row('<c r="A3" s="7" t="s"><v>0</v></c>'),
    "a shared text in parts": row('<c r="A3" t="s"><v>1</v></c><c r="AB3" t="s"><v>01</v></c>'),
    "a shared text of blanks": row('<c r="A3" t="s"><v>2</v></c>'),
    "a shared text that is not there": row('<c r="A3" t="s"><v>9</v></c>'),
    "numbers": row('<c r="A3"><v>38</v></c><c r="C3" t="n"><v> 0.1 </v></c><c r="D3"><v>1e3</v></c>'),
    "no number": row('<c r="A3"><v>许可</v></c>'),
    "yes and an error": row('<c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#REF!</v></c>'),
    "a day": row('<c r="A3" t="d"><v>2024-01-20</v></c>'),
    "no type": row('<c r="A3" t="z"><v>1</v></c>'),
    "a formula": row('<c r="A3" t="str"><f>"a"&amp;B3&lt;&gt;&quot;&apos;</f><v>x&amp;lt;\n_x0041_</v></c>'),
    "a formula without a result": row('<c r="A3"><f>B3</f></c><c r="B3"><f aca="false">1</f><v/></c>'),
    "a formula with an empty result": row('<c r="A3" t="str"><f>B3</f><v></v></c>'),
    "a hidden row": row('<c r="A3"><v>1</v></c>', ' spans="1:2" hidden="1"'),
    "a low row of Excel's": row('<c r="A3"><v>1</v></c>', ' ht="0.5" x14ac:dyDescent="0.25"'),
    "rows and columns left out": row('<c r="B3"><v>1</v></c><c r="ZZ3"><v>2</v></c>') + '<row r="90"/>',
}
ODD = {
    "rows without numbers": '<row><c r="A1"><v>1</v></c></row>',
    "rows in disorder": '<row r="4"/><row r="3"/>',
    "a row twice": '<row r="3"/><row r="3"/>',
    "a row in a row": '<row r="3"><row r="4"></row></row>',
    "a row without an end": '<row r="3">',
    "an end without a row": '<row r="3"/></row>',
    "a cell without a row": '<c r="A3"><v>1</v></c>',
    "a cell without a name": row("<c><v>1</v></c>"),
    "a cell of another row": row('<c r="A4"><v>1</v></c>'),
    "a row's number with a zero": row('<c r="A03"><v>1</v></c>'),
    "cells in disorder": row('<c r="B3"><v>1</v></c><c r="A3"><v>2</v></c>'),
    "a cell twice": row('<c r="A3"><v>1</v></c><c r="A3"><v>2</v></c>'),
    "a foreign value": row('<c r="A3" vm="1"><v>1</v></c>'),
    "attributes in another order": row('<c s="7" r="A3"><v>1</v></c>'),
    "an attribute twice": row('<c r="A3"><v>1</v></c>', ' ht="1" ht="30"'),
    "names of its own": row('<c r="A3"><v>1</v></c>', ' xmlns="urn:x"'),
    "an unknown prefix": row('<c r="A3"><v>1</v></c>', ' x:ht="1"'),
    "a comment": row('<c r="A3"><v>1<!-- 2 -->3</v></c>'),
    "text taken literally": row('<c r="A3" t="str"><v><![CDATA[a]]></v></c>'),
    "what ends it": row('<c r="A3" t="str"><f>B3</f><v>]]></v></c>'),
    "a number as a character": row('<c r="A3"><f>B3</f><v>&#49;</v></c>'),
    "an entity": row('<c r="A3" t="str"><v>a&amp;b</v></c>'),
    "an unknown entity": row('<c r="A3" t="str"><f>B3</f><v>&nbsp;</v></c>'),
    "a carriage return": row('<c r="A3" t="str"><v>a\r\nb</v></c>'),
    "a control character": row('<c r="A3" t="str"><v>a\x01</v></c>'),
    "no character": row('<c r="A3" t="str"><v>a\uffff</v></c>'),
    "an empty value": row('<c r="A3" t="e"><v></v></c>'),
    "an empty formula": row('<c r="A3"><f></f><v>1</v></c>'),
    "a shared formula": row('<c r="A3"><f t="shared" ref="A3:B3" si="0">C3</f></c>'),
    "a text in its cell": row('<c r="A3" t="inlineStr"><is><t>许可</t></is></c>'),
    "two values": row('<c r="A3"><v>1</v><v>2</v></c>'),
    "something in a value": row('<c r="A3"><v>1<b/></v></c>'),
    "text between cells": row('<c r="A3"><v>1</v></c> '),
    "two parts": '</sheetData><sheetData><row r="3"/>',
}


PLAIN_TEXTS = {
    "no texts": "",
    "texts": '<si><t>许可</t></si><si><t xml:space="preserve"> 处罚\n</t></si><si><t></t></si>',
    "texts as Excel in China writes them": '<si><t>许可</t><phoneticPr fontId="1" type="noConversion"/></si>',
    "entities and escapes": "<si><t>a&lt;&amp;amp;_x0041_&quot;</t></si>",
}
ODD_TEXTS = {
    "text in parts": "<si><r><rPr><strike/></rPr><t>许可</t></r></si><si><t>处罚</t></si>",
    "no text": "<si/><si><t>处罚</t></si>",
    "a text told aloud": "<si><t>许可</t><rPh><t>xuke</t></rPh></si>",
    "two texts": "<si><t>许可</t><t>处罚</t></si>",
    "text between texts": "<si><t>许可</t></si>\n",
    "a comment": "<si><t>许<!-- 处罚 -->可</t></si>",
    "a number as a character": "<si><t>&#49;</t></si>",
    "more than texts": "<si><t>许可</t></si><extLst/>",
    "a list in the list": "</sst><sst>",
}


def texts(items: str, around: str = f'<sst xmlns="{MAIN}" count="3">{{}}</sst>') -> bool:
    """Whether shared texts were taken from the part's text; they are those that a parser gives."""
    data = around.format(items).encode()
    try:
        whole = Shared(lambda: parsed(data).findall(f"{{{MAIN}}}si"), STYLES)
        given = whole.texts
    except Unopened:
        return False
    plain = shared_texts(data)
    if plain is None:
        return False
    assert not whole.runs and Shared(lambda: plain, STYLES).texts == given
    return True


@pytest.mark.parametrize("items", PLAIN_TEXTS.values(), ids=PLAIN_TEXTS)
def test_texts_in_the_usual_form(items: str) -> None:
    assert texts(items)


@pytest.mark.parametrize("items", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_texts_in_another_form(items: str) -> None:
    assert not texts(items)


@pytest.mark.parametrize(
    "around",
    [
        '<sst xmlns="urn:x">{}</sst>',
        f'<x:sst xmlns:x="{MAIN}">{{}}</x:sst>',
        f'<x:sst xmlns:x="{MAIN}"><sst xmlns="urn:x">{{}}</sst></x:sst>',
        f'<sst xmlns="{MAIN}"><!-- <sst> -->{{}}</sst>',
    ],
)
def test_lists_that_are_something_else(around: str) -> None:
    assert not texts("<si><t>许可</t></si>", around)


@pytest.mark.parametrize("lines", PLAIN.values(), ids=PLAIN)
def test_rows_in_the_usual_form(lines: str) -> None:
    assert same(sheet(lines))


@pytest.mark.parametrize("lines", ODD.values(), ids=ODD)
def test_rows_in_another_form(lines: str) -> None:
    assert not same(sheet(lines))


@pytest.mark.parametrize(
    ("names", "before"),
    [
        (f'xmlns:x="{MAIN}"', ""),
        (f'xmlns="{MAIN}"', ""),
        ('xmlns="urn:x" xmlns:x14ac="urn:x"', ""),
        (f'xmlns="{MAIN}" xmlns:x14ac="urn:x"', "<!-- <sheetData> -->"),
        (f'xmlns="{MAIN}" xmlns:x14ac="urn:x"', "<?x <sheetData> ?>"),
    ],
)
def test_names_that_mean_something_else(names: str, before: str) -> None:
    low = row('<c r="A3"><v>1</v></c>', ' ht="0.5" x14ac:dyDescent="0.25"')
    assert not same(sheet(low, names, before))


PIECES = (
    *("", "<", ">", "/>", '"', " ", "\n", "\r", "许", "&amp;", "&#49;", "x:", "<!--", "<?x?>"),
    *("<v>", "</v>", "<f>", "<is>", "</row>", '<row r="4">', "<sheetData>", "</sheetData>"),
    *(' s="7"', ' r="A3"', ' t="str"'),
)


@given(
    st.sampled_from(sorted(PLAIN.values())),
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 9), st.sampled_from(PIECES)), min_size=1, max_size=3
    ),
)
def test_whatever_is_changed_both_ways_read_the_same(
    lines: str, changes: Sequence[tuple[int, int, str]]
) -> None:
    text = sheet(lines).decode()
    for at, length, piece in changes:
        text = text[:at] + piece + text[at + length :]
    same(text.encode())


def test_a_sheet_that_does_not_begin() -> None:
    """Where it is looked for cuts a character of the name in two."""
    text = sheet("").decode().replace("<sheetData>", "</sheetData>").replace("worksheet", "workshe许et")
    assert not same(text.encode())


def test_a_return_of_ours_needs_no_parser_for_its_rows(tmp_path: Path) -> None:
    with zipfile.ZipFile(save(tmp_path)) as package:
        assert shared_texts(package.read("xl/sharedStrings.xml")) is not None
        parts = [package.read(name) for name in package.namelist() if "worksheets/sheet" in name]
    assert len(parts) > 5 and all(sheet_in(part)[1] is not None for part in parts)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("38_xD83D__xDE00_", "38😀"),
        ("_x0041_", "A"),
        ("_x005F_x0041_", "_x0041_"),
        ("_xDE00__xD83D_", "\ude00\ud83d"),
    ],
)
def test_escapes(written: str, text: str) -> None:
    """A character beyond the first 65,536 stands as two; halves alone are none."""
    assert unescaped(written) == text
