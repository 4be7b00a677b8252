"""Ways in which a cell could show something else than it holds, found by trying: each is said, its harmless
neighbours are not."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from lxml import etree

from damaging import in_part, with_parts
from returns import FORM, MAIN, edit, edit_parts, edit_sheet, part_of, place, said, save, sheet_of, the_one
from xlreport.subject import Subject
from xlreport.workbook.read import read

FIGURE, DAY, TEXT, CODE = "requests[new_requests,natural_person]", "signed_on", "proactive", "unit_code"
RESULT = next(str(subject) for subject in FORM.computed if str(subject).startswith("requests[new_requests"))
INK, GROUND = "FF1F2D3D", "FFFFFBE6"
NO_FILL = '<patternFill patternType="none"/>'


def _added(root: etree._Element, group: str, content: str) -> int:
    """The number of one more font, fill or border."""
    found = root.find(f"{MAIN}{group}")
    assert found is not None
    whole = content if content.startswith("<border") else f"<{group[:-1]}>{content}</{group[:-1]}>"
    found.append(etree.fromstring(whole.replace(">", f' xmlns="{MAIN[1:-1]}">', 1)))
    return len(found) - 1


def restyled(
    path: Path,
    subject: str,
    *,
    code: str = "",
    font: str = "",
    fill: str = "",
    border: str = "",
    alignment: str = "",
) -> Path:
    """The cell in a style of its own: another number format, font, fill, border or alignment."""
    sheet, name = place(subject)
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("xl/styles.xml"))
    formats, kinds = root.find(f"{MAIN}cellXfs"), root.find(f"{MAIN}numFmts")
    assert formats is not None and kinds is not None

    def give(root: etree._Element) -> None:
        cell = next(cell for cell in root.iter(f"{MAIN}c") if cell.get("r") == name)
        formats.append(etree.fromstring(etree.tostring(formats[int(str(cell.get("s")))])))
        cell.set("s", str(len(formats) - 1))

    edit_sheet(path, sheet, give, keep_results=True)
    own = formats[-1]
    if code:
        used = {kind.get("numFmtId") for kind in kinds}
        number = next(number for number in map(str, count(250)) if number not in used)
        etree.SubElement(kinds, f"{MAIN}numFmt", numFmtId=number, formatCode=code)
        own.set("numFmtId", number)
    if alignment:
        for old in own.findall(f"{MAIN}alignment"):
            own.remove(old)
        own.insert(0, etree.fromstring(f'<alignment xmlns="{MAIN[1:-1]}" {alignment}/>'))
    parts = (("fonts", "fontId", font), ("fills", "fillId", fill), ("borders", "borderId", border))
    for group, key, content in parts:
        if content:
            own.set(key, str(_added(root, group, content)))
    styles = etree.tostring(root)
    return edit_parts(path, lambda part, data: styles if part == "xl/styles.xml" else data)


def told(path: Path, subject: str = FIGURE) -> str:
    """What is said of how the cell looks, "" if nothing."""
    ids = [id_ for id_ in said(path) if id_.startswith("WBK036")]
    return the_one(path, ids[0]).message if ids else ""


# Number formats --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        "# ?/?",
        "[>100]0.0;0",
        '[<1E+2]0;"9"',
        '[>.5]0;"9"',
        "[<5]0;[>=5]0",
        "[Color1]0",
        '0" 件"',
        '"共"0"件"',
        '"合计： "0',
        "0* ",
        "0;@",
        '[DBNum2][$-804]0"件"',
        '0 "CNY"',
        "G/通用格式",
        "GENERAL",
        "0;;",
        '[=0]"无";0',
        '0"起"',
        "0*-",
        "0.",
        ".00",
        "00,000",
    ],
)
def test_formats_that_show_the_figure(code: str, tmp_path: Path) -> None:
    assert told(restyled(save(tmp_path), FIGURE, code=code)) == ""


BOOKED = '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ '


def test_a_nought_as_bookkeepers_write_it(tmp_path: Path) -> None:
    for figure in (0, 38):
        path = edit(save(tmp_path), {FIGURE: figure})
        assert told(restyled(path, FIGURE, code=BOOKED)) == ""


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('"9"# ?/?', "显示为“938"),
        ('"约"0', "显示为“约38”"),
        ('"共"0"万件"', "显示为“共38万件”"),
        ("?/2", "显示为“38/1”"),
        ('"9".0', "显示为“938.0”"),
        ('[>100]0;0;"9"', "显示为“9”"),
        ("[>100]0;[<5]0", "不显示"),
        ('[>1E1]"9";0', "显示为“9”"),
        ('[<1E-2]0;"9"', "显示为“9”"),
        ('[<.5]0;"9"', "显示为“9”"),
        ('[ < +5. ]0;"9"', "显示为“9”"),
        ('0"９"', "显示为"),
        ('0"〇"', "显示为"),
        ('0"％"', "显示为"),
        ('0"²"', "显示为"),
        ('0"O"', "显示为"),
        ('0"仟"', "显示为"),
        ("[Color 2]0", "不显示"),
        ("[Color19]0", "不显示"),
        ("上午/下午", "显示为"),
        ("0\\,0", "显示为“3,8”"),
        ('0"-"', "显示为“38-”"),
        ('0"＋"', "显示为"),
        ('0"余"', "显示为“38余”"),
        ('0"成"', "显示为“38成”"),
        ('0"以下"', "显示为“38以下”"),
        ('0"元"', "显示为“38元”"),
        ("0*O", "显示为“38O”"),
        ("*l0", "显示为“l38”"),
        ("0_x0022_9_x0022_", "显示为“389”"),
    ],
)
def test_formats_that_show_another_figure(code: str, seen: str, tmp_path: Path) -> None:
    assert seen in told(restyled(save(tmp_path), FIGURE, code=code))


@pytest.mark.parametrize(
    "code",
    [
        "yyyy-mm-dd",
        'yyyy"年"m"月"d"日"',
        "m/d/yy",
        "d-mmm-yy",
        "[$-F800]dddd, mmmm dd, yyyy",
        "yyyy/m/d;@",
        "[DBNum1][$-804]yyyy年m月d日",
        "yyyy/m/d h:mm AM/PM",
        "e/m/d",
        "aaaa",
        "mm:ss",
    ],
)
def test_formats_that_show_the_day(code: str, tmp_path: Path) -> None:
    assert told(restyled(save(tmp_path), DAY, code=code)) == ""


@pytest.mark.parametrize(
    "code",
    [
        'yyyy"-03-01"',
        '"9"yyyy-mm-dd',
        "yyyy-dd-mm",
        "[$-404]e/m/d",
        "[$-1070409]yyyy-mm-dd",
        "bbbb-mm-dd",
        "[White]yyyy-mm-dd",
        '[<1]yyyy;"2025-03-01"',
        "yyyy-mm-d*9",
        "[$-60401]yyyy-mm-dd",
    ],
)
def test_formats_that_show_another_day(code: str, tmp_path: Path) -> None:
    assert told(restyled(save(tmp_path), DAY, code=code))


@pytest.mark.parametrize("moment", ["45307.5", "45307.99999", "45307.9999999"])
def test_a_day_with_a_time_is_the_day_that_is_shown(moment: str, tmp_path: Path) -> None:
    path = edit(save(tmp_path), {DAY: float(moment)})
    assert told(path) == "" and said(path) == {}
    assert read(path).values[Subject(DAY)] == "2024-01-16"
    assert "显示为“2024-1-17”" in told(restyled(path, DAY, code='yyyy-m"-17"'))


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('0.00"万元"', ""),
        ("¥#,##0.00", ""),
        ('0.00"元"', "12.50元"),
        ('0.00"千元"', "12.50千元"),
        ('0"亿"', "13亿"),
    ],
)
def test_an_amount_in_its_own_unit_or_another(code: str, seen: str, tmp_path: Path) -> None:
    amount = "charges[administrative_charges,amount]"
    found = told(restyled(edit(save(tmp_path), {amount: 12.5}), amount, code=code), amount)
    assert seen in found if seen else found == ""


def test_a_value_that_stands_for_something_else(tmp_path: Path) -> None:
    sheet, name = place(FIGURE)

    def mark(root: etree._Element) -> None:
        next(cell for cell in root.iter(f"{MAIN}c") if cell.get("r") == name).set("vm", "1")

    assert "特殊的数据类型" in told(edit_sheet(save(tmp_path), sheet, mark, keep_results=True))


def test_a_figure_typed_as_text_is_shown_by_the_section_for_texts(tmp_path: Path) -> None:
    path = restyled(edit(save(tmp_path), {FIGURE: "38"}), FIGURE, code='0;0;0;"9"')
    assert "显示为“9”" in told(path)


def test_a_number_in_a_place_for_words(tmp_path: Path) -> None:
    path = edit(save(tmp_path, name="sound.xlsx"), {CODE: 5907330})
    assert told(restyled(path, CODE, code="0000000")) == ""
    assert "显示为“0005907330”" in told(restyled(path, CODE, code="0000000000"))
    path = edit(save(tmp_path), {CODE: 5907330})
    assert "显示为“85907330”" in told(restyled(path, CODE, code='"8"0'))


def test_a_formula_of_figures_without_a_result(tmp_path: Path) -> None:
    assert told(edit(save(tmp_path, name="day.xlsx"), {DAY: "=45300+7"})) == ""
    path = edit(save(tmp_path), {FIGURE: "=30+8"})
    assert told(path) == ""
    assert "显示为“999”" in told(restyled(path, FIGURE, code='"999"'))


def test_a_choice_in_disguise(tmp_path: Path) -> None:
    path = restyled(edit(save(tmp_path), {"nil_confirmed": "否"}), "nil_confirmed", code=';;;"是"')
    assert "显示为“是”" in told(path)


@pytest.mark.parametrize(("code", "seen"), [('"999"', "显示为“999”"), (";;;", "不显示")])
def test_a_result_in_disguise(code: str, seen: str, tmp_path: Path) -> None:
    assert seen in told(restyled(save(tmp_path), RESULT, code=code))


def _styled_label(path: Path, code: str) -> Path:
    """The label of the figure's row in another number format: its text stays."""
    sheet, name = place(FIGURE)
    row = re.sub("[A-Z]", "", name)
    styles: list[str] = []

    def give(root: etree._Element) -> None:
        cell = next(cell for cell in root.iter(f"{MAIN}c") if cell.get("r") == f"B{row}")
        styles.append(str(cell.get("s")))

    edit_sheet(path, sheet, give, keep_results=True)

    def change(part: str, data: bytes) -> bytes:
        if part != "xl/styles.xml":
            return data
        root = etree.fromstring(data)
        formats, kinds = root.find(f"{MAIN}cellXfs"), root.find(f"{MAIN}numFmts")
        assert formats is not None and kinds is not None
        etree.SubElement(kinds, f"{MAIN}numFmt", numFmtId="250", formatCode=code)
        formats[int(styles[0])].set("numFmtId", "250")
        return etree.tostring(root)

    return edit_parts(path, change)


@pytest.mark.parametrize("code", [';;;"别的一行"', ";;;"])
def test_labels_in_disguise(code: str, tmp_path: Path) -> None:
    found = [id_ for id_ in said(_styled_label(save(tmp_path), code)) if id_.startswith("WBK036")]
    assert any(sheet_of(FIGURE) in id_ for id_ in found)


@pytest.mark.parametrize("spelling", [" {} ", "0{}", "+{}"])
def test_a_style_whose_number_is_spelled_otherwise(spelling: str, tmp_path: Path) -> None:
    sheet, name = place(FIGURE)

    def respell(root: etree._Element) -> None:
        cell = next(cell for cell in root.iter(f"{MAIN}c") if cell.get("r") == name)
        cell.set("s", spelling.format(cell.get("s")))

    path = edit_sheet(save(tmp_path, name="sound.xlsx"), sheet, respell, keep_results=True)
    assert told(path) == ""
    path = edit_sheet(restyled(save(tmp_path), FIGURE, code='"999"'), sheet, respell, keep_results=True)
    assert "显示为“999”" in told(path)


def test_a_format_that_comes_from_the_named_style(tmp_path: Path) -> None:
    path = restyled(save(tmp_path), FIGURE, code='"999"')

    def inherit(part: str, data: bytes) -> bytes:
        if part != "xl/styles.xml":
            return data
        data = re.sub(rb'( numFmtId="250")(?! formatCode)', b"", data)
        return re.sub(rb'(<cellStyleXfs[^>]*><xf )numFmtId="0"', rb'\1numFmtId="250"', data)

    assert "显示为“999”" in told(edit_parts(path, inherit))


def test_two_formats_of_one_number(tmp_path: Path) -> None:
    """Programs take either; said twice alike it is one."""

    def twice(code: str, name: str) -> Path:
        first = f'<numFmt numFmtId="250" formatCode="{code}"/><numFmt numFmtId="250"'.encode()
        path = restyled(save(tmp_path, name=name), FIGURE, code="0")
        return in_part(path, "xl/styles.xml", b'<numFmt numFmtId="250"', first)

    assert said(twice("0", "alike.xlsx")) == {}
    assert list(said(twice("&quot;9&quot;", "other.xlsx").rename(tmp_path / "o.xlsx"))) == ["WBK001:"]


# Borders and places ----------------------------------------------------------------------------------


def diagonal(style: str, up: str = "1") -> str:
    sides = "<left/><right/><top/><bottom/>"
    return f'<border diagonalUp="{up}">{sides}<diagonal style="{style}"/></border>'


@pytest.mark.parametrize(
    ("border", "crossed"),
    [(diagonal("thin"), True), (diagonal("none"), False), (diagonal("thin", "0"), False)],
)
def test_a_line_from_corner_to_corner(border: str, crossed: bool, tmp_path: Path) -> None:
    assert ("斜线划去" in told(restyled(save(tmp_path), FIGURE, border=border))) is crossed


def test_a_line_from_corner_to_corner_of_words(tmp_path: Path) -> None:
    assert told(restyled(save(tmp_path), TEXT, border=diagonal("thin"))) == ""


@pytest.mark.parametrize(("indent", "unseen"), [("2", False), ("15", False), ("250", True)])
def test_a_text_that_begins_outside_its_cell(indent: str, unseen: bool, tmp_path: Path) -> None:
    path = restyled(save(tmp_path), TEXT, alignment=f'horizontal="left" indent="{indent}"')
    assert ("缩进过大" in told(path)) is unseen


# Fonts and colours -----------------------------------------------------------------------------------


def font(colour: str = f'rgb="{INK}"', name: str = "宋体", size: str = "10.5") -> str:
    return f'<sz val="{size}"/><color {colour}/><name val="{name}"/>'


def course(*colours: str) -> str:
    stops = (f'<stop position="{at}"><color rgb="{colour}"/></stop>' for at, colour in enumerate(colours))
    return f'<gradientFill degree="90">{"".join(stops)}</gradientFill>'


def solid(colour: str) -> str:
    return f'<patternFill patternType="solid"><fgColor {colour}/><bgColor indexed="64"/></patternFill>'


@pytest.mark.parametrize(
    ("letters", "fill"),
    [
        (font(name="Symbol"), ""),
        (font('rgb="FFFFFFFF" theme="1"'), NO_FILL),
        (font('indexed="22"'), solid('rgb="FF000000"')),
        (font('theme="0"'), '<patternFill patternType="solid"/>'),
        (font('indexed="8" tint="0.2"'), NO_FILL),
        (font(size="9e0"), ""),
        (font(), '<patternFill patternType="gray125"/>'),
        (font(), f'<patternFill patternType="lightGray"><fgColor rgb="{INK}"/></patternFill>'),
        (font(), course("FFFFFFFF", "FF5B9BD5")),
    ],
)
def test_fonts_that_are_read_well(letters: str, fill: str, tmp_path: Path) -> None:
    assert told(restyled(save(tmp_path), FIGURE, font=letters, fill=fill)) == ""


@pytest.mark.parametrize(
    ("letters", "fill"),
    [
        (font('rgb="FF000000" theme="0"'), NO_FILL),
        (font('indexed="8" tint="1"'), NO_FILL),
        (font('indexed="22"'), solid('indexed="22"')),
        (font('indexed="22"'), solid('rgb="FFC0C0C0"')),
        (font('indexed="26"'), ""),
        (font(size="1e0"), ""),
        (font(size=" 1 "), ""),
        (font(size=".5"), ""),
        (font('rgb="FF000000"'), '<patternFill patternType="solid"/>'),
        (font('rgb="FF000000"'), solid('auto="1"')),
        (font(), f'<patternFill patternType="lightUp"><bgColor rgb="{INK}"/></patternFill>'),
        (font(), course("FFFFFFFF", "FFFFFFFF", INK)),
        (font(), course(INK, "FFFFFFFF")),
        (font(), f'<patternFill patternType="gray0625"><bgColor rgb="{INK}"/></patternFill>'),
    ],
)
def test_text_that_nobody_sees(letters: str, fill: str, tmp_path: Path) -> None:
    assert "看不见" in told(restyled(save(tmp_path), FIGURE, font=letters, fill=fill))


@pytest.mark.parametrize(
    "letters",
    [
        f'<color rgb="{INK}"/><color rgb="{GROUND}"/>',
        '<strike val="0"/><strike/>',
        '<sz val="1"/><sz val="11"/>',
        '<name val="宋体"/><name val="Wingdings"/>',
    ],
)
def test_fonts_that_say_a_thing_twice(letters: str, tmp_path: Path) -> None:
    assert told(restyled(save(tmp_path), FIGURE, font=letters)) != ""


@pytest.mark.parametrize("name", ["Wingdings", "Webdings", "wingdings 2", "Code 128"])
def test_a_font_of_pictures(name: str, tmp_path: Path) -> None:
    assert "图形符号字体" in told(restyled(save(tmp_path), FIGURE, font=font(name=name)))


@pytest.mark.parametrize(
    ("ink", "unseen"),
    [
        ('<a:sysClr val="windowText" lastClr="FFFFFF"/>', False),
        ('<a:prstClr val="black"/>', False),
        ('<a:sysClr val="window" lastClr="000000"/>', True),
        ('<a:prstClr val="white"/>', True),
        ('<a:scrgbClr r="100000" g="100000" b="100000"/>', True),
        ('<a:scrgbClr r="100%" g="100%" b="100%"/>', True),
    ],
)
def test_colours_of_a_theme(ink: str, unseen: bool, tmp_path: Path) -> None:
    def write(name: str, data: bytes) -> bytes:
        dark = re.compile(rb"(<a:dk1>).*?(</a:dk1>)", re.DOTALL)
        return dark.sub(rb"\1" + ink.encode() + rb"\2", data) if "theme/theme" in name else data

    path = restyled(edit_parts(save(tmp_path), write), FIGURE, font=font('theme="1"'), fill=NO_FILL)
    assert ("看不见" in told(path)) is unseen


@pytest.mark.parametrize(
    "ink",
    [
        '<a:prstClr val="snow"/>',
        '<a:hslClr hue="0" sat="0" lum="100000"/>',
        '<a:sysClr val="highlightText" lastClr="000000"/>',
        '<a:srgbClr val="000000"><a:lumOff val="100000"/></a:srgbClr>',
        '<a:srgbClr val="000000"/><a:srgbClr val="FFFFFF"/>',
    ],
)
def test_colours_of_a_theme_that_no_program_writes(ink: str, tmp_path: Path) -> None:
    def write(name: str, data: bytes) -> bytes:
        dark = re.compile(rb"(<a:dk1>).*?(</a:dk1>)", re.DOTALL)
        return dark.sub(rb"\1" + ink.encode() + rb"\2", data) if "theme/theme" in name else data

    path = edit_parts(save(tmp_path), write)
    assert told(path) == ""
    assert "无法判断" in told(restyled(path, FIGURE, font=font('theme="1"'), fill=NO_FILL))


def test_a_numbered_colour_of_the_workbooks_own(tmp_path: Path) -> None:
    def repaint(name: str, data: bytes) -> bytes:
        colours = (
            b"<colors><indexedColors>" + b'<rgbColor rgb="00FFFBE6"/>' * 64 + b"</indexedColors></colors>"
        )
        return data.replace(b"</styleSheet>", colours + b"</styleSheet>") if name == "xl/styles.xml" else data

    path = restyled(save(tmp_path), FIGURE, code="[Color10]0")
    assert told(path) == ""
    assert "不显示" in told(edit_parts(path, repaint))


def test_a_text_of_a_single_piece_in_white(tmp_path: Path) -> None:
    def whiten(name: str, data: bytes) -> bytes:
        if name != "xl/sharedStrings.xml":
            return data
        run = b'<r><rPr><color rgb="FFFFFFFF"/></rPr><t>'
        return re.sub(
            rb"<si><t[^>]*>(\xe5\x9c\x9f\xe5\x9c\xb0[^<]{200,})</t></si>",
            rb"<si>" + run + rb"\1</t></r></si>",
            data,
        )

    assert "看不见" in told(edit_parts(save(tmp_path), whiten), TEXT)


# Conditions ------------------------------------------------------------------------------------------

TRUE = '<cfRule type="expression" dxfId="{}" priority="{}"><formula>TRUE</formula></cfRule>'


def conditional(path: Path, rules: str, *styles: str, over: str = "") -> Path:
    """Rules over the figure, or more; `{0}`, `{1}` in them are the numbers of the styles."""
    sheet, name = place(FIGURE)
    numbers: list[int] = []

    def add_styles(part: str, data: bytes) -> bytes:
        if part != "xl/styles.xml":
            return data
        root = etree.fromstring(data)
        found = root.find(f"{MAIN}dxfs")
        assert found is not None
        for style in styles:
            numbers.append(len(found))
            found.append(etree.fromstring(f'<dxf xmlns="{MAIN[1:-1]}">{style}</dxf>'))
        return etree.tostring(root)

    edit_parts(path, add_styles)
    ready = rules.format(*numbers)

    def add_rules(root: etree._Element) -> None:
        first = root.find(f"{MAIN}conditionalFormatting")
        assert first is not None
        where = f'xmlns="{MAIN[1:-1]}" sqref="{over or name}"'
        block = f"<conditionalFormatting {where}>{ready}</conditionalFormatting>"
        first.addprevious(etree.fromstring(block))

    return edit_sheet(path, sheet, add_rules, keep_results=True)


def inked(colour: str) -> str:
    return f'<font><color rgb="{colour}"/></font>'


def filled(colour: str) -> str:
    return f'<fill><patternFill><bgColor rgb="{colour}"/></patternFill></fill>'


def scale(*colours: str) -> str:
    points = '<cfvo type="min"/>' * len(colours)
    return (
        f'<cfRule type="colorScale" priority="900"><colorScale>{points}'
        + "".join(f'<color rgb="{colour}"/>' for colour in colours)
        + "</colorScale></cfRule>"
    )


BOTH = TRUE.format("{0}", 900) + TRUE.format("{1}", 901)


@pytest.mark.parametrize(("wide", "unseen"), [(901, False), (899, True)])
def test_of_conditions_over_one_row_and_over_many_the_first_wins(
    wide: int, unseen: bool, tmp_path: Path
) -> None:
    path = conditional(save(tmp_path), TRUE.format("{0}", 900), inked("FFFFFFFF") + filled("FF00B050"))
    conditional(path, TRUE.format("{0}", wide), inked("FF00B050"), over="A1:Z99")
    assert ("看不见" in told(path)) is unseen


@pytest.mark.parametrize(
    ("rules", "styles"),
    [
        (TRUE.format("{0}", 900), [filled("FFFFC7CE")]),
        (BOTH, [inked("FF00B050"), filled("FFFFFF00")]),
        (BOTH, [inked("FFFFFFFF") + filled("FF00B050"), inked("FF00B050")]),
        (scale("FFF8696B", "FFFFEB84", "FF63BE7B"), []),
    ],
)
def test_conditions_that_only_colour(rules: str, styles: list[str], tmp_path: Path) -> None:
    assert told(conditional(save(tmp_path), rules, *styles)) == ""


@pytest.mark.parametrize(
    ("rules", "styles"),
    [
        (TRUE.format("{0}", 900), [filled(INK)]),
        (TRUE.format("{0}", 900), [inked(GROUND)]),
        (BOTH, [inked("FF00B050"), filled("FF00B050")]),
        (BOTH, [inked("FF00B050"), inked("FFFFFFFF") + filled("FF00B050")]),
        (scale(INK, INK), []),
        (TRUE.format("{0}", 900), [f"<fill>{course(INK, INK)}</fill>"]),
        ('<cfRule type="iconSet" priority="9"><iconSet showValue=" 0 "/></cfRule>', []),
        (f'<cfRule type="dataBar" priority="9"><dataBar><color rgb="{INK}"/></dataBar></cfRule>', []),
    ],
)
def test_conditions_that_hide(rules: str, styles: list[str], tmp_path: Path) -> None:
    assert "有条件格式" in told(conditional(save(tmp_path), rules, *styles))


USUAL_INK = '<font><color auto="1"/></font>'
NO_GROUND = '<fill><patternFill patternType="none"><bgColor auto="1"/></patternFill></fill>'


@pytest.mark.parametrize("style", [USUAL_INK, NO_GROUND])
def test_conditions_that_take_a_colour_away(style: str, tmp_path: Path) -> None:
    rule = TRUE.format("{0}", 900)
    assert told(conditional(save(tmp_path, name="sound.xlsx"), rule, style)) == ""
    white_on_black = restyled(
        save(tmp_path), FIGURE, font=font('rgb="FFFFFFFF"'), fill=solid('rgb="FF000000"')
    )
    assert "有条件格式" in told(conditional(white_on_black, rule, style))


# Tables ----------------------------------------------------------------------------------------------


def in_table(path: Path, name: str, *looks: str) -> Path:
    """The figure in a table; `looks` are those of its style `own`, of the whole and of a part."""
    sheet, cell = place(FIGURE)
    xmlns = f'xmlns="{MAIN[1:-1]}"'
    info = f'<tableStyleInfo name="{name}"/>'
    table = f'<table {xmlns} id="1" name="t" displayName="t" ref="{cell}" headerRowCount="0">{info}</table>'
    relation = re.sub(r"([^/]+)$", r"_rels/\1.rels", part_of(path, sheet))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    line = f'<Relationship Id="rId91" Type="{kind}" Target="/xl/tables/t.xml"/>'
    relations = f'<Relationships xmlns="{packages}">{line}</Relationships>'
    with_parts(path, {"xl/tables/t.xml": table.encode(), relation: relations.encode()})

    def add(part: str, data: bytes) -> bytes:
        if part != "xl/styles.xml":
            return data
        root = etree.fromstring(data)
        found = root.find(f"{MAIN}dxfs")
        assert found is not None
        kinds = zip(("wholeTable", "firstColumn"), range(len(found), len(found) + len(looks)), strict=False)
        elements = "".join(f'<tableStyleElement type="{kind}" dxfId="{at}"/>' for kind, at in kinds)
        found.extend(etree.fromstring(f"<dxf {xmlns}>{look}</dxf>") for look in looks)
        styles = root.find(f"{MAIN}tableStyles")
        assert styles is not None
        styles.append(etree.fromstring(f'<tableStyle {xmlns} name="own">{elements}</tableStyle>'))
        return etree.tostring(root)

    return edit_parts(path, add)


USUAL = '<sz val="10.5"/><name val="宋体"/>'


@pytest.mark.parametrize(
    ("looks", "unseen"),
    [
        ([inked("FFFFFFFF")], True),
        ([filled("FF000000")], True),
        ([filled("FF000000"), inked("FFFFFFFF")], True),
        ([inked("FFFFFFFF") + filled("FF000000"), inked("FFFFFF00")], False),
        ([filled("FFFFC7CE")], False),
        ([], False),
    ],
)
def test_a_table_with_a_style_of_its_own(looks: list[str], unseen: bool, tmp_path: Path) -> None:
    path = restyled(save(tmp_path), FIGURE, font=USUAL, fill=NO_FILL)
    assert ("看不见" in told(in_table(path, "own", *looks))) is unseen


def test_tables_that_leave_a_cell_its_looks(tmp_path: Path) -> None:
    own = in_table(save(tmp_path, name="own.xlsx"), "own", inked("FFFFFFFF"))
    assert told(own) == ""
    usual = restyled(save(tmp_path, name="usual.xlsx"), FIGURE, font=USUAL, fill=NO_FILL)
    assert told(in_table(usual, "TableStyleMedium2", filled("FF000000"))) == ""


# Texts -----------------------------------------------------------------------------------------------

LONG = "全年公开的政府信息比上年增加，群众满意度有所提高，"


@pytest.mark.parametrize(
    "text",
    [
        "\u202a12条\u202c",
        "\u200e12 34\u200e",
        "\u200f共12条，34件",
        "\u200f2024/1/16",
        "\u2067无\u2069",
        "\u202e好\u202c",
    ],
)
def test_marks_that_turn_nothing(text: str, tmp_path: Path) -> None:
    assert told(edit(save(tmp_path), {TEXT: LONG + text})) == ""


@pytest.mark.parametrize(
    "text",
    [
        "\u202e满不\u202c",
        "\u202e12\u202c",
        "\u200f12\u200f34",
        "\u206712 34\u2069",
        "\u202b12、34\u202c",
        "1\u061c2",
    ],
)
def test_marks_that_turn_the_order(text: str, tmp_path: Path) -> None:
    assert "颠倒" in told(edit(save(tmp_path), {TEXT: LONG + text}))


def test_a_figure_whose_digits_are_turned(tmp_path: Path) -> None:
    path = edit(save(tmp_path), {FIGURE: "3\u200f8"})
    assert "颠倒" in the_one(path, f"WBK036:{FIGURE}").message


def _merged(area: str) -> Callable[[etree._Element], object]:
    def merge(root: etree._Element) -> None:
        block = root.find(f"{MAIN}mergeCells")
        assert block is not None
        etree.SubElement(block, f"{MAIN}mergeCell", ref=area)

    return merge


def test_labels_below_another_one(tmp_path: Path) -> None:
    sheet = sheet_of(FIGURE)
    path = edit_sheet(save(tmp_path), sheet, _merged("B8:D9"), keep_results=True)
    assert "B9（表样文字）被并入合并单元格 B8:D9，看不见" in told(path)


# Sheets ----------------------------------------------------------------------------------------------


def on_sheet(path: Path, change: Callable[[etree._Element], object], subject: str = FIGURE) -> Path:
    return edit_sheet(path, sheet_of(subject), change, keep_results=True)


def test_zeros_that_are_not_shown(tmp_path: Path) -> None:
    def hide(shown: str) -> Callable[[etree._Element], object]:
        return lambda root: next(root.iter(f"{MAIN}sheetView")).set("showZeros", shown)

    assert told(on_sheet(save(tmp_path, name="sound.xlsx"), hide("1"))) == ""
    assert "不显示零值" in told(on_sheet(save(tmp_path), hide("0")))


@pytest.mark.parametrize(
    ("first", "split", "hidden"),
    [
        ("A1", "ySplit", False),
        ("A12", "ySplit", True),
        ("A12", "xSplit", False),
        ("G1", "xSplit", True),
        ("G1", "ySplit", False),
    ],
)
def test_rows_and_columns_before_a_frozen_pane(first: str, split: str, hidden: bool, tmp_path: Path) -> None:
    """To others a person can scroll."""

    def freeze(root: etree._Element) -> None:
        view = next(root.iter(f"{MAIN}sheetView"))
        view.set("topLeftCell", first)
        view[:] = [etree.Element(f"{MAIN}pane", {split: "2", "topLeftCell": "K20", "state": "frozen"})]

    found = said(on_sheet(save(tmp_path), freeze))
    assert list(found) == ([f"WBK033:{sheet_of(FIGURE)}:隐藏"] if hidden else [])


@pytest.mark.parametrize(("height", "unseen"), [("1e-1", True), (" 0 ", True), (".1", True), ("2e1", False)])
def test_heights_as_numbers_are_written(height: str, unseen: bool, tmp_path: Path) -> None:
    row = re.sub("[A-Z]", "", place(FIGURE)[1])

    def flatten(root: etree._Element) -> None:
        next(line for line in root.iter(f"{MAIN}row") if line.get("r") == row).set("ht", height)

    assert ("没有高度" in told(on_sheet(save(tmp_path), flatten))) is unseen


@pytest.mark.parametrize("what", ["defaultRowHeight", "defaultColWidth"])
def test_lines_of_no_stated_size(what: str, tmp_path: Path) -> None:
    def change(root: etree._Element) -> None:
        usual = root.find(f"{MAIN}sheetFormatPr")
        assert usual is not None
        usual.set(what, "0.2")
        for line in root.iter(f"{MAIN}row"):
            line.attrib.pop("ht", None)
        for columns in root.findall(f"{MAIN}cols"):
            root.remove(columns)

    assert "没有高度或宽度" in told(on_sheet(save(tmp_path), change))
