"""What an .ods makes of a figure that is shown: its styles, its formats and what is drawn over it."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
from test_ods import NAMES

from xlreport.formats.container import Container
from xlreport.formats.foreign import Unopened
from xlreport.formats.reading import take_snapshot
from xlreport.formats.snapshot import PLAIN, SheetSnapshot
from xlreport.verify.file.seen import disguised

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
MORE = (
    f'xmlns:fo="{OASIS}:xsl-fo-compatible:1.0" xmlns:svg="{OASIS}:svg-compatible:1.0" '
    f'xmlns:number="{OASIS}:datastyle:1.0" xmlns:draw="{OASIS}:drawing:1.0"'
)
FIGURE = (
    '<table:table-cell {} office:value-type="float" office:value="38">'
    "<text:p>{}</text:p>{}</table:table-cell>"
)
DIGITS = '<number:number number:decimal-places="0" number:min-integer-digits="1"/>'


def opened(
    cell: str, styles: str = "", common: str = "", more: str = "", settings: str = ""
) -> SheetSnapshot:
    """A sheet of one column with one cell; `more` stands before its rows."""
    content = (
        f"<office:document-content {NAMES} {MORE}><office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="表">{more}'
        f'<table:table-row table:style-name="row">{cell}</table:table-row></table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "styles.xml", f"<office:document-styles {NAMES} {MORE}>{common}</office:document-styles>"
        )
        archive.writestr("settings.xml", settings or "<none/>")
    return take_snapshot(Container(out.getvalue())).sheets["表"]


def told(found: SheetSnapshot) -> str:
    """How the figure shows something else."""
    raw = found.raw(0, 0)
    number = raw if isinstance(raw, str) else Decimal(38)
    return disguised(found.looks.get((0, 0), PLAIN), number, 38, "件")


def style(name: str, properties: str, family: str = "table-cell", given: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" {given}>{properties}</style:style>'


def styled(properties: str = "", given: str = "") -> str:
    return style("own", properties, given=given)


def formatted(content: str, kind: str = "number", more: str = "") -> SheetSnapshot:
    styles = styled(given='style:data-style-name="N9"') + more
    styles += f'<number:{kind}-style style:name="N9">{content}</number:{kind}-style>'
    return opened(FIGURE.format('table:style-name="own"', "", ""), styles)


@pytest.mark.parametrize(
    "properties",
    [
        '<style:text-properties fo:color="#ff0000" fo:font-weight="bold" fo:font-size="10.5pt"/>',
        '<style:text-properties style:text-line-through-style="none" style:text-position="0% 100%"/>',
        '<style:text-properties fo:color="#ffffff" style:use-window-font-color="true"/>',
        '<style:text-properties text:display="none"/>',
        '<style:table-cell-properties style:diagonal-bl-tr="none" style:diagonal-tl-br="none"/>',
        '<style:table-cell-properties style:diagonal-bl-tr="0.000cm none #c7c7c7"/>',
        '<style:table-cell-properties style:diagonal-bl-tr="0pt solid #000000"/>',
        '<style:table-cell-properties style:diagonal-tl-br="0.74pt hidden #000000"/>',
        '<style:paragraph-properties fo:margin-left="0.7cm"/>',
        '<style:table-cell-properties fo:background-color="transparent" style:rotation-angle="90"/>',
        '<style:table-cell-properties fo:background-color="#fffbe6" style:cell-protect="formula-hidden"/>',
    ],
)
def test_styles_in_which_the_figure_is_read_well(properties: str) -> None:
    assert told(opened(FIGURE.format('table:style-name="own"', "38", ""), styled(properties))) == ""


@pytest.mark.parametrize(
    ("properties", "seen"),
    [
        ('<style:text-properties fo:color="#ffffff"/>', "看不见"),
        ('<style:text-properties fo:font-size="0.3mm"/>', "看不见"),
        ('<style:table-cell-properties fo:background-color="#000000"/>', "看不见"),
        ('<style:text-properties style:text-line-through-type="double"/>', "删除线"),
        ('<style:table-cell-properties style:repeat-content="true"/>', "重复显示"),
        ('<style:table-cell-properties style:rotation-angle="180"/>', "倒着"),
        ('<style:table-cell-properties style:cell-protect="hidden-and-protected"/>', "不显示"),
        ("<style:text-properties fo:font-family=\"'Wingdings'\"/>", "图形符号字体"),
        ('<style:text-properties fo:color="var(x)"/>', "无法判断"),
        ('<style:table-cell-properties style:diagonal-bl-tr="0.74pt solid #000000"/>', "斜线划去"),
        ('<style:paragraph-properties fo:margin-left="30cm"/>', "缩进过大"),
    ],
)
def test_styles_in_which_it_is_not(properties: str, seen: str) -> None:
    assert seen in told(opened(FIGURE.format('table:style-name="own"', "38", ""), styled(properties)))


def test_where_a_style_comes_from() -> None:
    white = '<style:text-properties fo:color="#ffffff"/>'
    named = f"<office:styles>{style('base', white)}</office:styles>"
    child = styled(given='style:parent-style-name="base"')
    assert "看不见" in told(opened(FIGURE.format('table:style-name="own"', "38", ""), child, named))
    usual = '<table:table-column table:default-cell-style-name="own"/>'
    assert "看不见" in told(opened(FIGURE.format("", "38", ""), styled(white), more=usual))
    assert told(opened(FIGURE.format('table:style-name="other"', "38", ""), styled(white), more=usual)) == ""
    endless = styled(white, 'style:parent-style-name="own"')
    assert "看不见" in told(opened(FIGURE.format('table:style-name="own"', "38", ""), endless))


SHORT = '<number:number number:min-integer-digits="1"/>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (DIGITS, "number"),
        (SHORT, "number"),
        (DIGITS + "<number:text> 件</number:text>", "number"),
        (DIGITS.replace("/>", ' number:grouping="true"/>'), "number"),
        (DIGITS.replace('places="0"', 'places="2"'), "number"),
        ("<number:currency-symbol>¥</number:currency-symbol>" + DIGITS, "currency"),
        ("<number:text-content/>", "text"),
    ],
)
def test_formats_that_show_the_figure(content: str, kind: str) -> None:
    assert told(formatted(content, kind)) == ""


def test_a_format_of_two_parts() -> None:
    upper = f'<number:number-style style:name="NP">{DIGITS}</number:number-style>'
    below = f"<number:text>-</number:text>{DIGITS}"
    below += '<style:map style:condition="value()&gt;=0" style:apply-style-name="NP"/>'
    found = formatted(below, more=upper)
    assert told(found) == "" and found.looks[0, 0].number_format == '0;"-"0'


@pytest.mark.parametrize(
    ("content", "kind", "seen"),
    [
        ("<number:text>777</number:text>", "number", "显示为“777”"),
        (DIGITS + "<number:text>万</number:text>", "number", "显示为“38万”"),
        (DIGITS.replace("/>", ' number:display-factor="1000"/>'), "number", "显示为“0”"),
        (
            DIGITS.replace(
                "/>", '><number:embedded-text number:position="1">9</number:embedded-text></number:number>'
            ),
            "number",
            "显示为“398”",
        ),
        (DIGITS + "<number:text>%</number:text>", "percentage", "显示为“3800%”"),
        (DIGITS + "<number:fill-character>9</number:fill-character>", "number", "显示为“389”"),
        ('<style:text-properties fo:color="#FFFFFF"/>' + DIGITS, "number", "不显示"),
        ('<number:year number:style="long"/>', "date", "显示为"),
        ('<number:scientific-number number:decimal-places="0"/>', "number", "显示为"),
        (
            DIGITS + '<style:map style:condition="value()&gt;=5" style:apply-style-name="N8"/>',
            "number",
            "显示为“9”",
        ),
    ],
)
def test_formats_that_show_another(content: str, kind: str, seen: str) -> None:
    other = '<number:number-style style:name="N8"><number:text>9</number:text></number:number-style>'
    assert seen in told(formatted(content, kind, other))


def test_what_the_saving_program_showed() -> None:
    assert told(opened(FIGURE.format("", "38.00", ""))) == ""
    assert told(opened(FIGURE.format("", "###", ""))) == ""
    assert "显示为“1286”" in told(opened(FIGURE.format("", "1286", "")))
    percent = '<table:table-cell office:value-type="percentage" office:value="38"/>'
    assert "显示为“3800%”" in told(opened(percent))
    text = '<table:table-cell office:string-value="38"><text:p>{}</text:p></table:table-cell>'
    assert told(opened(text.format("38"))) == "" and "另外的内容" in told(opened(text.format("1286")))
    both = FIGURE.format('calcext:value-type="string"', "1286", "")
    with pytest.raises(Unopened):
        opened(both)


@pytest.mark.parametrize(
    ("properties", "seen"),
    [
        ('fo:font-weight="bold"', ""),
        ('fo:color="#ffffff"', "看不见"),
        ('text:display="none"', "看不见"),
        ('style:text-position="super 58%"', "上标"),
    ],
)
def test_parts_of_a_text(properties: str, seen: str) -> None:
    part = style("part", f"<style:text-properties {properties}/>", "text")
    text = '<text:p>3<text:span text:style-name="part">8</text:span></text:p>'
    found = told(opened(f"<table:table-cell>{text}</table:table-cell>", part))
    assert seen in found if seen else found == ""


@pytest.mark.parametrize(
    ("part", "seen"),
    [
        ("<text:title>8</text:title>", "另外的内容"),
        ("<text:span><text:sheet-name>8</text:sheet-name></text:span>", "另外的内容"),
        ("<text:date>8</text:date>", "另外的内容"),
        ("<text:span>8</text:span>", ""),
        ('<text:a xlink:href="#x" xmlns:xlink="http://www.w3.org/1999/xlink">8</text:a>', ""),
        ("8<text:s/>", ""),
    ],
)
def test_parts_of_a_text_that_are_filled_in_anew(part: str, seen: str) -> None:
    cell = f'<table:table-cell office:value-type="string"><text:p>3{part}</text:p></table:table-cell>'
    found = opened(cell)
    assert found.raw(0, 0).strip() == "38"  # type: ignore[union-attr]
    assert seen in told(found) if seen else told(found) == ""


def test_conditions() -> None:
    white = style("white", '<style:text-properties fo:color="#ffffff"/>')
    rule = (
        '<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="表.A1:表.B2">'
        '<calcext:condition calcext:apply-style-name="white" calcext:value="&gt;0"/>'
        '<calcext:icon-set calcext:show-value="false"/>'
        "</calcext:conditional-format></calcext:conditional-formats>"
    )
    found = opened(FIGURE.format("", "38", ""), white, more=rule)
    assert [(area.range, look.ink, look.number_format) for area, look in found.conditional] == [
        ("A1:B2", "FFFFFF", ""),
        ("A1:B2", "", ";;;"),
    ]
    own = styled('<style:map style:condition="cell-content()&gt;0" style:apply-style-name="white"/>')
    (mapped,) = opened(FIGURE.format('table:style-name="own"', "38", ""), own + white).conditional
    assert mapped[0].range == "A1" and mapped[1].ink == "FFFFFF"


PLACED = 'svg:x="0mm" svg:y="0mm" svg:width="{0}mm" svg:height="{0}mm"'
ENDED = 'table:end-cell-address="表.B2" table:end-x="0mm" table:end-y="0mm"'


@pytest.mark.parametrize(
    ("thing", "kind"),
    [
        (f"<draw:custom-shape {PLACED.format(9)}><text:p>1286</text:p></draw:custom-shape>", "图形或文本框"),
        (f"<draw:rect {ENDED}/>", "图形或文本框"),
        (f"<draw:frame {ENDED}><draw:image/></draw:frame>", "图片"),
        (f"<draw:frame {ENDED}><draw:object/></draw:frame>", "图表"),
        (f"<draw:g><draw:rect {PLACED.format(9)}/></draw:g>", "图形或文本框"),
        (f"<draw:a><draw:frame {PLACED.format(9)}><draw:image/></draw:frame></draw:a>", "图片"),
        (f'<office:annotation office:display="true" {PLACED.format(9)}/>', "批注"),
        (f"<office:annotation {PLACED.format(9)}/>", ""),
        (f'<draw:g><draw:rect draw:style-name="ring" {PLACED.format(9)}/></draw:g>', ""),
        (f"<draw:rect {PLACED.format(0.1)}/>", ""),
        (f"<draw:line {ENDED}/>", ""),
        (f'<draw:rect draw:style-name="ring" {ENDED}/>', ""),
        (f'<draw:rect draw:style-name="sheer" {ENDED}/>', ""),
        (f'<draw:rect draw:style-name="milky" {ENDED}/>', "图形或文本框"),
    ],
)
def test_what_is_drawn_over_the_cell(thing: str, kind: str) -> None:
    grounds = {"ring": 'draw:fill="none"', "sheer": 'draw:opacity="40%"', "milky": 'draw:opacity="80%"'}
    ring = "".join(
        style(name, f"<style:graphic-properties {ground}/>", "graphic") for name, ground in grounds.items()
    )
    for found in (
        opened(FIGURE.format("", "38", thing), ring),
        opened(FIGURE.format("", "38", ""), ring, more=f"<table:shapes>{thing}</table:shapes>"),
    ):
        assert found.covered.get((0, 0), "") == kind


def test_lines_without_size_and_zeros_that_are_not_shown() -> None:
    flat = style("row", '<style:table-row-properties style:row-height="0in"/>', "table-row")
    assert opened(FIGURE.format("", "38", ""), flat).flat_rows == frozenset({0})
    assert opened(FIGURE.format("", "38", ""), flat.replace("0in", "5mm")).flat_rows == frozenset()
    zeros = f'<c:config-item xmlns:c="{OASIS}:config:1.0" c:name="ShowZeroValues">{{}}</c:config-item>'
    assert opened(FIGURE.format("", "38", ""), settings=zeros.format("false")).hides_zeros
    assert not opened(FIGURE.format("", "38", ""), settings=zeros.format("true")).hides_zeros


PANE = (
    f'<c:s xmlns:c="{OASIS}:config:1.0"><c:config-item-map-named c:name="Tables">'
    '<c:config-item-map-entry c:name="表">{}</c:config-item-map-entry></c:config-item-map-named></c:s>'
)


@pytest.mark.parametrize(
    ("way", "side", "mode", "rows", "columns"),
    [
        ("Vertical", "Top", 2, {0, 1, 2}, ()),
        ("Horizontal", "Left", 2, set(), ((0, 2),)),
        ("Vertical", "Top", 1, set(), ()),
    ],
)
def test_rows_and_columns_before_a_frozen_pane(
    way: str, side: str, mode: int, rows: set[int], columns: tuple[tuple[int, int], ...]
) -> None:
    items = {f"{way}SplitMode": mode, f"Position{side}": 3}
    inside = "".join(
        f'<c:config-item c:name="{name}">{value}</c:config-item>' for name, value in items.items()
    )
    found = opened(FIGURE.format("", "38", ""), settings=PANE.format(inside))
    assert found.hidden_rows == rows and tuple(found.hidden_columns) == columns


@pytest.mark.parametrize(("display", "hidden"), [("true", False), ("false", True)])
def test_a_row_in_a_group_that_is_folded_up(display: str, hidden: bool) -> None:
    cell = FIGURE.format("", "38", "")
    group = f'<table:table-row-group table:display="{display}"><table:table-row>{cell}</table:table-row>'
    found = opened(cell, more=f"{group}</table:table-row-group>")
    assert found.hidden_rows == ({0} if hidden else set())
