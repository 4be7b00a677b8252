"""Every damage that a return can suffer, as data: what is done, and the findings that answer it.

`tests/verify/test_damage.py` does each to a sound return; docs/damage.md is generated from the same table.
A damage touches one file, or shows only among the several files of a run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from tempfile import TemporaryDirectory

import msoffcrypto
from lxml import etree

from command_line import in_this_process, json_lines, run
from damaging import (
    deleted,
    in_part,
    in_sheet,
    inserted,
    same,
    shifted,
    stamped,
    swallowed,
    swapped,
    with_openpyxl,
    with_parts,
)
from last_year import PROSE as OTHER_PROSE
from last_year import save_issued
from returns import (
    FORM,
    LAYOUT,
    MAIN,
    edit,
    edit_cells,
    edit_sheet,
    inputs_of,
    part_of,
    place,
    save,
    sound,
    tab,
)
from shared import once
from xlreport.area import a1, position
from xlreport.finding import Finding, Severity
from xlreport.form.library import shipped
from xlreport.form.load import load_form
from xlreport.layout.stamp import STAMP_TAB
from xlreport.verify.verdict import verify_file
from xlreport.workbook.read import read
from xlreport.workbook.write import write_workbook

NOTHING: Mapping[str, str] = {}
REQUESTS, CASES, COVER, OVERVIEW = tab("requests"), tab("cases"), tab("cover"), tab("overview")
COUNT = "requests[new_requests,natural_person]"
BESIDE = "requests[new_requests,commercial_enterprise]"
TOTAL = "requests[new_requests,total]"
AMOUNT = "charges[administrative_charges,amount]"
PROSE = "proactive"
CATEGORY = "published[10,category]"
CELL = place(COUNT)[1]
ROW, COLUMN = position(CELL)


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind: `do` spoils a sound return in place; `expect` are the ids of the findings and their levels.

    `why` says, where nothing has to be mended, why not.
    """

    group: str
    name: str
    do: Callable[[Path], object]
    expect: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


def answer(damage: Damage) -> tuple[Finding, ...]:
    """What is said of a sound return after the damage; of the first file, where there are several."""
    return once(f"damage {damage.group} {damage.name}", lambda: _answer(damage))


def _answer(damage: Damage) -> tuple[Finding, ...]:
    with TemporaryDirectory() as folder:
        return _said(damage, Path(folder))


def _said(damage: Damage, folder: Path) -> tuple[Finding, ...]:
    path = save(folder)
    damage.do(path)
    if len(list(folder.iterdir())) == 1:
        return verify_file(path).findings
    with in_this_process():
        run("-q", "convert", folder, "-o", folder / "out", "--to", "md", "--jobs", 1)
    first = json_lines(folder / "out" / "findings.jsonl")
    line = next(x for x in first if x["file"] in (path.name, "水务局2024.xlsx"))
    names = {each.name for each in fields(Finding)}
    return tuple(
        Finding(**{k: v for k, v in found.items() if k in names} | {"severity": Severity(found["severity"])})
        for found in line["findings"]
    )


# Ways of doing it ------------------------------------------------------------------------------------


def _put(subject: str, content: object) -> Callable[[Path], object]:
    return lambda path: edit(path, {subject: content})


def _book(change: Callable[..., object]) -> Callable[[Path], object]:
    return lambda path: with_openpyxl(path, change)


def _raw(text: str, attributes: str = "") -> Callable[[Path], object]:
    """The cell's XML as it is."""

    def change(path: Path) -> None:
        pattern = re.compile(rb'(<c r="%s"(?: s="\d+")?)[^>]*>.*?</c>' % CELL.encode())
        part = rb"\1%s>%s</c>" % (attributes.encode(), text.encode())
        name = part_of(path, REQUESTS)
        with zipfile.ZipFile(path) as archive:
            data = archive.read(name)
        assert pattern.search(data)
        with_parts(path, {name: pattern.sub(part, data, count=1)})

    return change


def _bytes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def _encrypt(path: Path, password: str) -> None:
    clear, locked = io.BytesIO(path.read_bytes()), io.BytesIO()
    msoffcrypto.OfficeFile(clear).encrypt(password, locked)
    path.write_bytes(locked.getvalue())


def _zip(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, archive.compression)
    return out.getvalue()


def _state(sheet: str, state: str) -> Callable[[Path], object]:
    old = f'<sheet name="{sheet}" '.encode()
    return lambda path: in_part(path, "xl/workbook.xml", old, old + f'state="{state}" '.encode())


def _swapped_names(path: Path) -> None:
    def swap(book: object) -> None:
        one, other = book[REQUESTS], book[CASES]  # type: ignore[index]
        one.title, other.title = "x", REQUESTS
        one.title = CASES

    with_openpyxl(path, swap)


def _copied(path: Path, times: int = 1, rename: bool = False) -> None:
    def copy(book: object) -> None:
        for _ in range(times):
            book.copy_worksheet(book[REQUESTS])  # type: ignore[attr-defined, index]
        if rename:
            book.remove(book[REQUESTS])  # type: ignore[attr-defined, index]

    with_openpyxl(path, copy)


def _filled_in_the_copy(path: Path) -> None:
    _copied(path)
    edit(path, dict.fromkeys(inputs_of("requests")))


def _attribute(path: Path, sheet: str, tag: str, change: Callable[[etree._Element], None]) -> None:
    edit_sheet(path, sheet, lambda root: [change(e) for e in list(root.iter(f"{MAIN}{tag}"))], True)


def _without(tag: str) -> Callable[[Path], object]:
    """Every sheet without its elements of that name."""

    def change(path: Path) -> None:
        for sheet in LAYOUT.sheets:
            _attribute(path, sheet.name, tag, lambda e: e.getparent().remove(e))  # type: ignore[union-attr]

    return change


def _hide_row(path: Path) -> None:
    _attribute(path, REQUESTS, "row", lambda e: e.set("hidden", "1") if e.get("r") == str(ROW + 1) else None)


def _hide_column(path: Path) -> None:
    def hide(cols: etree._Element) -> None:
        etree.SubElement(cols, f"{MAIN}col", min=str(COLUMN + 1), max=str(COLUMN + 1), hidden="1")

    _attribute(path, REQUESTS, "cols", hide)


def _unhide(path: Path) -> None:
    _attribute(path, REQUESTS, "row", lambda e: e.attrib.pop("hidden", None))
    _attribute(path, REQUESTS, "col", lambda e: e.attrib.pop("hidden", None))


def _cut(to: str) -> Callable[[Path], object]:
    """Cut and paste: the value goes, formulas that read it go along."""

    def move(path: Path) -> None:
        def change(root: etree._Element) -> None:
            for formula in root.iter(f"{MAIN}f"):
                formula.text = re.sub(rf"\b{CELL}\b", to, formula.text or "")

        edit_cells(path, REQUESTS, {CELL: None, to: 38})
        edit_sheet(path, REQUESTS, change)

    return move


def _label(text: str | None) -> Callable[[Path], object]:
    return lambda path: edit_cells(path, REQUESTS, {"B8": text})


def _cut_total(path: Path) -> None:
    edit(path, {TOTAL: None})
    edit_cells(path, REQUESTS, {"S8": 50})


def _codes(change: Callable[[str], str]) -> Callable[[Path], object]:
    """The hidden codes of the rows of section three, changed."""
    sheet = next(s for s in LAYOUT.sheets if s.name == REQUESTS)
    codes = {a1(*at): change(code) for at, code in sheet.codes.items() if at[1] == 0}
    return lambda path: edit_cells(path, REQUESTS, dict(codes), keep_results=True)


def _swap_codes(code: str) -> str:
    pair = ("requests[new_requests,]", "requests[carried_over,]")
    return pair[1 - pair.index(code)] if code in pair else code


def _no_column_codes(path: Path) -> None:
    sheet = next(s for s in LAYOUT.sheets if s.name == REQUESTS)
    edit_cells(path, REQUESTS, {a1(*at): None for at in sheet.codes if at[1] != 0}, keep_results=True)


def _copied_row(path: Path) -> None:
    """A row copied and put in below itself, its code with it."""
    shifted(path, REQUESTS, inserted(ROW + 1))
    codes = {a1(ROW + 1, 0): "requests[new_requests,]"}
    edit_cells(path, REQUESTS, {**codes, a1(ROW + 1, COLUMN): 38}, keep_results=True)


def _totals_as_figures(path: Path) -> None:
    values = read(path).values
    edit(path, {subject: values[subject] for subject in FORM.computed if subject.startswith("requests")})


def _array_formula(path: Path) -> None:
    name = place(TOTAL)[1]

    def change(cell: etree._Element) -> None:
        if cell.get("r") == name:
            formula = cell.find(f"{MAIN}f")
            assert formula is not None
            formula.set("t", "array")
            formula.set("ref", name)

    _attribute(path, REQUESTS, "c", change)


def _cached(result: str | None, kind: str = "") -> Callable[[Path], object]:
    """The stored result of a total, another one or none; its formula as it was."""
    name = place(TOTAL)[1]

    def change(cell: etree._Element) -> None:
        if cell.get("r") == name:
            value = cell.find(f"{MAIN}v")
            assert value is not None
            if kind:
                cell.set("t", kind)
            value.text = result
            if result is None:
                cell.remove(value)

    return lambda path: _attribute(path, REQUESTS, "c", change)


def _changed_formula(old: str, new: str) -> Callable[[Path], object]:
    name = place(TOTAL)[1]

    def change(cell: etree._Element) -> None:
        if cell.get("r") == name:
            formula = cell.find(f"{MAIN}f")
            assert formula is not None and formula.text is not None and old in formula.text
            formula.text = formula.text.replace(old, new)

    return lambda path: _attribute(path, REQUESTS, "c", change)


def _live_formulas(path: Path) -> None:
    """The sheet of checks with all its formulas turned into what they show."""

    def change(cell: etree._Element) -> None:
        formula = cell.find(f"{MAIN}f")
        if formula is not None:
            cell.remove(formula)

    _attribute(path, "校验", "c", change)


def _other_form(path: Path) -> None:
    path.write_bytes(write_workbook(load_form(shipped("samples") / "safety_monthly"), {}))


def _older_edition(path: Path) -> None:
    stamped(path, "definition", "0" * 16)
    shifted(path, REQUESTS, deleted(ROW))


def _sheets_elsewhere(path: Path) -> None:
    """Two sheets moved into a workbook of somebody's own."""
    with_openpyxl(path, lambda book: [book.remove(s) for s in list(book) if s.title not in (REQUESTS, CASES)])


_LINKED = {
    "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
    b'2006/main"><externalBook/></externalLink>',
    "xl/externalLinks/_rels/externalLink1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships"><Relationship Id="rId1" Target="台账.xlsx" TargetMode="External"/>'
    "</Relationships>".encode(),
}
_DDE = {
    "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
    b'2006/main"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
}
_BOX = b'<xdr:wsDr xmlns:xdr="d"><xdr:twoCellAnchor><xdr:sp macro=""></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>'


def _linked_total(path: Path) -> None:
    _changed_formula("SUM(E8:J8)", "[1]Sheet1!$A$1")(path)
    with_parts(path, _LINKED)


def _called(path: Path) -> None:
    edit(path, {COUNT: "=[1]!'!A0'"})
    with_parts(path, _DDE)


def _laughing(path: Path) -> None:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(9))
    in_sheet(path, REQUESTS, b"<worksheet", b'<!DOCTYPE w [<!ENTITY l0 "ha">' + entities + b"]><worksheet")


def _utf_16(path: Path) -> None:
    name = part_of(path, REQUESTS)
    with zipfile.ZipFile(path) as archive:
        text = archive.read(name).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    with_parts(path, {name: text.encode("utf-16")})


def _far_cell(path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    in_sheet(path, REQUESTS, b"</sheetData>", far)


def _twice(path: Path) -> None:
    path.with_name("return（2）.xlsx").write_bytes(path.read_bytes())


def _two_versions(path: Path) -> None:
    save(path.parent, sound({"requests[other,note]": "含上年1件"}), "return（改）.xlsx")


def _neighbour_s_code(path: Path) -> None:
    save(path.parent, sound({**OTHER_PROSE, "organ": "岚溪县水务局"}), "水务.xlsx")


def _last_years(path: Path) -> None:
    """Last year's file, under a name of this year, among others of this year."""
    for name in ("甲局", "乙局", "丙局"):
        own = {"organ": name, "unit_code": f"LX-{name}", "year": 2024}
        save(path.parent, sound({**OTHER_PROSE, **own}), f"{name}2024.xlsx")
    path.rename(path.with_name("水务局2024.xlsx"))


_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


# The table -------------------------------------------------------------------------------------------


def _sheets() -> Iterator[Damage]:
    group = "工作表"
    for sheet in (REQUESTS, CASES, COVER, "校验", "填报说明"):
        yield Damage(
            group, f"删除“{sheet}”", _book(lambda b, s=sheet: b.remove(b[s])), {f"WBK010:{sheet}": "error"}
        )
    for sheet in (REQUESTS, COVER, "校验"):
        yield Damage(
            group,
            f"“{sheet}”改名",
            _book(lambda b, s=sheet: setattr(b[s], "title", "表三")),
            {f"WBK011:{sheet}": "error"},
        )
    both = {f"WBK011:{REQUESTS}": "error", f"WBK011:{CASES}": "error"}
    yield Damage(group, "两张表互换名称", _swapped_names, both)
    yield Damage(group, "隐藏一张表", _state(REQUESTS, "hidden"), {f"WBK033:{REQUESTS}": "note"})
    yield Damage(group, "深度隐藏一张表", _state(REQUESTS, "veryHidden"), {f"WBK033:{REQUESTS}": "note"})
    yield Damage(
        group,
        "显示本工具的标识表",
        lambda p: in_part(p, "xl/workbook.xml", b' state="veryHidden"', b""),
        why="标识表的内容没有变",
    )
    yield Damage(group, "加一张空表", _book(lambda b: b.create_sheet("草稿")), {"WBK014:草稿": "note"})
    yield Damage(group, "加一张图表工作表", _book(lambda b: b.create_chartsheet("图")), {"WBK014:图": "note"})
    yield Damage(group, "调整工作表次序", _book(lambda b: b.move_sheet(b[REQUESTS], -3)), why="按名称读取")
    yield Damage(group, "复制一张表", _copied, {f"WBK014:{REQUESTS} Copy": "note"})
    twice = {f"WBK014:{REQUESTS} Copy": "note", f"WBK014:{REQUESTS} Copy1": "note"}
    yield Damage(group, "一张表复制两次", lambda p: _copied(p, 2), twice)
    yield Damage(
        group,
        "复制一张表后删去原表",
        lambda p: _copied(p, 1, True),
        {f"WBK011:{REQUESTS}": "error", "WBK024:_protection": "warning"},
    )
    filled = {f"WBK014:{REQUESTS} Copy": "warning", "VAL010:requests": "error"}
    yield Damage(group, "填在复制的表里，原表空着", _filled_in_the_copy, filled)
    yield Damage(group, "把表移到自己的工作簿里", _sheets_elsewhere, {"WBK002:": "error"})


def _lines() -> Iterator[Damage]:
    group = "行和列"
    row, column = f"WBK012:{REQUESTS}:行", f"WBK012:{REQUESTS}:列"
    first = position(place("requests[disclosed,natural_person]")[1])[0]

    def move(
        rows: Callable[[int], int] = same, columns: Callable[[int], int] = same
    ) -> Callable[[Path], object]:
        return lambda path: shifted(path, REQUESTS, rows, columns)

    yield Damage(group, "插入一行", move(inserted(first)), {row: "error"})
    yield Damage(group, "表的上方插入三行", move(inserted(0, 3)), {row: "error"})
    yield Damage(group, "插入一列", move(same, inserted(COLUMN)), {column: "error"})
    yield Damage(group, "删除一行", move(deleted(first)), {"WBK013:requests[disclosed,]": "error"})
    yield Damage(group, "删除表头的一行", move(deleted(1)), {row: "error"})
    yield Damage(
        group, "删除一列", move(same, deleted(COLUMN)), {"WBK013:requests[,natural_person]": "error"}
    )
    yield Damage(group, "移动一行", move(swapped(first, first + 1)), {row: "error"})
    yield Damage(group, "移动一列", move(same, swapped(COLUMN, COLUMN + 1)), {column: "error"})
    yield Damage(group, "复制一行插在下面", _copied_row, {row: "error", f"WBK025:{REQUESTS}!E9": "error"})
    yield Damage(group, "隐藏一行", _hide_row, {f"WBK033:{REQUESTS}:隐藏": "note"})
    yield Damage(group, "隐藏一列", _hide_column, {f"WBK033:{REQUESTS}:隐藏": "note"})
    yield Damage(group, "显示隐藏的代码行和代码列", _unhide, why="代码没有变")
    yield Damage(group, "删除隐藏的代码列", move(same, deleted(0)), {f"WBK013:{REQUESTS}:列A": "error"})
    yield Damage(group, "清空隐藏的代码列", _codes(lambda _: ""), {f"WBK013:{REQUESTS}:列A": "error"})
    yield Damage(group, "清空隐藏的代码行", _no_column_codes, {f"WBK013:{REQUESTS}:行7": "error"})
    yield Damage(group, "两行的代码互换", _codes(_swap_codes), {row: "error"})


def _cells() -> Iterator[Damage]:
    group = "单元格"
    right = a1(ROW, COLUMN + 1)
    yield Damage(
        group,
        "合并两个填写格",
        lambda p: swallowed(p, REQUESTS, f"{CELL}:{right}"),
        {f"WBK034:{BESIDE}": "error"},
    )
    line = f"{CELL}:{a1(ROW, COLUMN + 5)}"
    yield Damage(
        group, "合并一整行填写格", lambda p: swallowed(p, REQUESTS, line), {f"WBK034:{BESIDE}": "error"}
    )
    yield Damage(group, "取消表样中的合并", _without("mergeCells"), why="各格的内容没有变")
    cut = {f"VAL010:{COUNT}": "error", f"WBK021:{TOTAL}": "error"}
    yield Damage(group, "剪切填写格粘贴到表外", _cut("S8"), {**cut, f"WBK025:{REQUESTS}!S8": "error"})
    over = "REQ001:requests[,commercial_enterprise]"
    yield Damage(group, "剪切填写格粘贴到相邻格，盖掉那里的数", _cut(right), {**cut, over: "error"})
    yield Damage(
        group,
        "剪切合计格以数值粘贴到表外",
        _cut_total,
        {f"WBK020:{TOTAL}": "warning", f"WBK025:{REQUESTS}!S8": "error"},
    )
    for name, text in (("改动表样文字", "改过的文字"), ("清空表样文字", None)):
        yield Damage(group, name, _label(text), {f"WBK023:{REQUESTS}!B8": "error"})
    yield Damage(
        group, "表样文字加了空格和换行", _label(" 一、本年新收 政府信息公开申请数量\n"), why="文字没有变"
    )
    yield Damage(
        group,
        "表外填写了内容",
        lambda p: edit_cells(p, REQUESTS, {"S3": "另有说明"}),
        {f"WBK025:{REQUESTS}!S3": "error"},
    )
    yield Damage(
        group,
        "表的下方加了一行",
        lambda p: edit_cells(p, REQUESTS, {"B40": "补充", "E40": 3}),
        {f"WBK025:{REQUESTS}!B40": "error"},
    )
    yield Damage(
        group,
        "清单中间空一行",
        lambda p: edit(p, {"published[2,category]": None, "published[2,count]": None}),
        why="空行不影响合计",
    )


def _formulas() -> Iterator[Damage]:
    group = "公式"
    for name, content, code, level in (
        ("合计的公式被相等的数替换", 50, "WBK020", "warning"),
        ("合计的公式被不等的数替换", 51, "WBK020", "error"),
        ("合计的公式被文字替换", "50件", "WBK020", "error"),
        ("合计的公式被错误值替换", "#REF!", "WBK020", "error"),
        ("合计的公式变成文字", "'=SUM(E8:J8)", "WBK020", "error"),
        ("合计的公式被清空", None, "WBK020", "warning"),
        ("合计的公式改为另一公式", "=SUM(E8:I8)", "WBK021", "error"),
        ("合计的公式改为常数公式", "=50", "WBK021", "error"),
    ):
        yield Damage(group, name, _put(TOTAL, content), {f"{code}:{TOTAL}": level})
    yield Damage(
        group,
        "合计的公式改了写法，结果相同",
        _changed_formula("SUM(E8:J8)", "SUM(E8:J8)+0"),
        {f"WBK021:{TOTAL}": "warning"},
    )
    yield Damage(
        group,
        "合计的公式改为引用别的工作簿",
        _linked_total,
        {f"WBK021:{TOTAL}": "warning", "WBK031:_links": "warning"},
    )
    yield Damage(
        group, "公式另存时加了绝对引用符号", _changed_formula("E8:J8", "$E$8:$J$8"), why="是同一个公式"
    )
    yield Damage(group, "公式另存成数组公式", _array_formula, why="是同一个公式")
    yield Damage(
        group,
        "整张表的合计都粘贴成了数值",
        _totals_as_figures,
        {"WBK020:requests[new_requests,total]": "warning"},
    )
    yield Damage(group, "公式的结果不是最新的", _cached("49"), {f"WBK022:{TOTAL}": "warning"})
    yield Damage(group, "公式没有保存结果", _cached(None), why="程序自行计算")
    yield Damage(group, "公式的结果是错误值", _cached("#REF!", "e"), {f"WBK022:{TOTAL}": "warning"})
    yield Damage(
        group, "“校验”表的公式都粘贴成了数值", _live_formulas, why="“校验”表供填报人参考，程序自行计算"
    )


def _identity() -> Iterator[Damage]:
    group = "标识"
    yield Damage(group, "删除标识表", _book(lambda b: b.remove(b[STAMP_TAB])), {"WBK002:": "error"})
    yield Damage(
        group,
        "清空标识",
        lambda p: edit_cells(p, STAMP_TAB, {f"{c}{r}": None for c in "AB" for r in range(1, 9)}, True),
        {"WBK006:": "error"},
    )
    yield Damage(group, "标识的版本不认识", lambda p: stamped(p, "xlreport", "9"), {"WBK006:": "error"})
    yield Damage(
        group, "标识中的清单行数被改", lambda p: stamped(p, "rows.published", "999999"), {"WBK006:": "error"}
    )
    yield Damage(
        group, "标识指向不存在的报表", lambda p: stamped(p, "form", "no_such_form"), {"WBK003:": "error"}
    )
    yield Damage(group, "标识指向一个路径", lambda p: stamped(p, "form", "../../etc"), {"WBK006:": "error"})
    yield Damage(
        group, "换上别的单位的标识", lambda p: stamped(p, "unit", "别的局"), {"WBK026:organ": "warning"}
    )
    yield Damage(group, "换上另一年度的标识", lambda p: stamped(p, "year", "2022"), {"WBK026:year": "error"})
    yield Damage(group, "用别的单位的工作簿填报", _put("organ", "别的局"), {"WBK026:organ": "warning"})
    yield Damage(group, "用上年的工作簿填报今年", _put("year", 2024), {"WBK026:year": "error"})
    yield Damage(group, "另一种报表的工作簿", _other_form, {"WBK003:": "error"})
    yield Damage(
        group,
        "旧版模板，表样相同",
        lambda p: stamped(p, "definition", "0" * 16),
        {"WBK004:_xlreport": "note"},
    )
    yield Damage(group, "旧版模板，表样不同", _older_edition, {"WBK004:_xlreport": "error"})
    yield Damage(
        group,
        "报表版本不适用于该年度",
        lambda p: p.write_bytes(write_workbook(FORM, sound({"year": 2020}))),
        {"WBK005:year": "error"},
    )


def _protection() -> Iterator[Damage]:
    group = "保护"
    yield Damage(group, "取消工作表保护", _without("sheetProtection"), {"WBK024:_protection": "warning"})
    yield Damage(
        group,
        "取消工作簿结构保护",
        lambda p: in_part(p, "xl/workbook.xml", b'<workbookProtection lockStructure="1"/>', b""),
        why="工作表的增删改名都会查出",
    )
    yield Damage(group, "粘贴后数据有效性丢失", _without("dataValidations"), why="程序按同样的口径核对每一格")
    yield Damage(group, "粘贴后条件格式丢失", _without("conditionalFormatting"), why="颜色只供填报人参考")
    yield Damage(
        group,
        "粘贴后锁定和格式丢失（日期因此显示成数）",
        lambda p: [_attribute(p, s.name, "c", lambda e: e.attrib.pop("s", None)) for s in LAYOUT.sheets],
        {"VAL009:signed_on": "error"},
    )


def _figures() -> Iterator[Damage]:
    group = "数字格"
    unit = f"VAL002:{COUNT}"
    for name, content in (
        ("全角数字", "３８"),
        ("带单位", "38件"),
        ("前后有空格", " 38 "),
        ("文字格式的数（前加撇号）", "38"),
        ("不间断空格", "\u00a038"),
        ("零宽空格", "3\u200b8"),
        ("字节顺序标记", "\ufeff38"),
        ("末尾有换行", "38\n"),
        ("前导零", "038"),
        ("带正号", "+38"),
    ):
        yield Damage(group, name, _put(COUNT, content), {unit: "note"})
    reversed_ = {unit: "note", f"WBK036:{COUNT}": "warning"}
    yield Damage(group, "从右向左的方向标记", _put(COUNT, "\u202e38\u202c"), reversed_)
    for name, content in (
        ("会计写法的负数", "(38)"),
        ("百分数文字", "38%"),
        ("科学记数法文字", "3.8E+01"),
        ("日期文字", "2024-1-3"),
        ("斜杠", "/"),
        ("“无”字", "无"),
        ("夹有说明", "38（其中网上20件）"),
        ("约数", "约38"),
        ("汉字数字", "三十八"),
        ("带圈数字", "①"),
        ("阿拉伯文数字", "٣٨"),
        ("字母O代替零", "3O"),
        ("表情符号", "38😀"),
        ("32,767 个字的文字", "字" * 32_767),
        ("逻辑值", True),
        ("中间有空格", "3 8"),
    ):
        yield Damage(group, name, _put(COUNT, content), {f"VAL001:{COUNT}": "error"})
    yield Damage(group, "日期", _raw("<v>2024-01-03</v>", ' t="d"'), {f"VAL001:{COUNT}": "error"})
    yield Damage(group, "科学记数法的数", _raw("<v>3.8E1</v>"), why="是同一个数")
    for name, content, code in (
        ("负数", -38, "VAL003"),
        ("文字写的负数", "－３８", "VAL003"),
        ("小数（如百分数格式的 50%）", 0.5, "VAL004"),
        ("错误值", "#REF!", "VAL006"),
        ("数字过大", 10**15, "VAL007"),
        ("清空", None, "VAL010"),
        ("只有空格", "  ", "VAL010"),
        ("只有看不见的字符", "\u200b\u2060", "VAL010"),
        ("公式引用别的格", "=E31+E32-E9", "VAL013"),
        ("动态数据交换（DDE）公式", "=cmd|'/c calc'!A0", "VAL013"),
    ):
        yield Damage(group, name, _put(COUNT, content), {f"{code}:{COUNT}": "error"})
    yield Damage(group, "各数相加的算式", lambda p: edit(p, {COUNT: "=30+8"}), why="算出来是同一个数")
    yield Damage(group, "算式带有结果", _raw("<f>30+8</f><v>38</v>"), why="结果是同一个数")
    yield Damage(group, "算式的结果是别的数", _raw("<f>30+8</f><v>9</v>"), {f"VAL013:{COUNT}": "error"})
    yield Damage(
        group,
        "数字格式显示成别的数",
        _book(lambda b: setattr(b[REQUESTS][CELL], "number_format", "0%")),
        {f"WBK036:{COUNT}": "warning"},
    )
    yield Damage(group, "小数位数过多", _put(AMOUNT, 0.1234567), {f"VAL005:{AMOUNT}": "error"})


def _texts() -> Iterator[Damage]:
    group = "文字格"
    yield Damage(group, "32,767 个字的文字", _put(PROSE, "字" * 32_767), {f"VAL011:{PROSE}": "error"})
    for name, content in (
        ("像公式的文字", "@公开要点（+1、-2、=3）"),
        ("像网页代码的文字", "公开要点<script>alert(1)</script>"),
    ):
        yield Damage(group, name, _raw_text(PROSE, content), why="文字始终只是文字")
    yield Damage(group, "表情符号", _put(PROSE, "全年公开政府信息。😀"), why="文字原样进入报告")
    yield Damage(
        group, "控制字符和方向标记", _put(PROSE, "\u200e全年公开\u200b政府信息。\u200e"), why="读取时去掉"
    )
    turned = {f"WBK036:{PROSE}": "warning"}
    yield Damage(group, "颠倒文字次序的控制字符", _put(PROSE, "\u202e全年公开\u200b政府信息。"), turned)
    yield Damage(group, "只有看不见的字符", _put(PROSE, "\u200b\u200e"), {f"VAL010:{PROSE}": "error"})
    yield Damage(group, "是公式", _put(PROSE, "=A1"), {f"VAL013:{PROSE}": "error"})
    for name, content in (
        ("只有公式的文字", "=SUM(A1:A3)"),
        ("单元格图片留下的代码", '=DISPIMG("ID_1F8C",1)'),
        ("程序留下的空值", "undefined"),
        ("只有数字", "12345"),
    ):
        yield Damage(group, name, _raw_text(PROSE, content), {f"VAL018:{PROSE}": "error"})
    left = {f"TXT002:{PROSE}@1": "error"}
    yield Damage(group, "没有改写的提示语", _raw_text(PROSE, "此处填写"), left)
    yield Damage(group, "代码填“000000”", _put("unit_code", "000000"), {"VAL018:unit_code": "error"})
    yield Damage(group, "代码存成了数字", _put("unit_code", 7001), {"VAL021:unit_code": "note"})
    yield Damage(group, "邮政编码丢了开头的0", _put("postcode", 50800), {"VAL014:postcode": "error"})
    yield Damage(
        group, "日期写成了报告年度的", _put("signed_on", "2023-01-16"), {"VAL015:signed_on": "error"}
    )
    yield Damage(group, "一个人填报、审核、批准", _one_signer, {"VAL016:approved_by": "warning"})
    yield Damage(
        group, "正文自称是别的单位的", _put("organ_short", "县教育局"), {"VAL017:organ_short": "warning"}
    )
    yield Damage(group, "清单里填了合计", _put(CATEGORY, "合计"), {f"VAL020:{CATEGORY}": "error"})
    yield Damage(
        group, "清单里一个类别两行", _put(CATEGORY, "征地 信息"), {"VAL019:published[1,category]": "error"}
    )
    yield Damage(group, "不在下拉框内的内容", _put("unit_type", "局"), {"VAL008:unit_type": "error"})
    yield Damage(group, "日期缺日", _put("signed_on", "2024年1月"), {"VAL009:signed_on": "error"})
    yield Damage(group, "日期写成汉字样式", _put("signed_on", "2024年1月16日"), why="是同一个日期")
    yield Damage(
        group, "清单一行只填了一半", _put("published[3,count]", None), {"VAL012:published[3,count]": "error"}
    )


def _one_signer(path: Path) -> None:
    edit(path, dict.fromkeys(("prepared_by", "reviewed_by", "approved_by"), "张三"))


def _raw_text(subject: str, content: str) -> Callable[[Path], object]:
    """A text that would be a formula if it were typed: stored as a text."""

    def change(path: Path) -> None:
        edit(path, {subject: "占位"})
        sheet, _ = place(subject)
        escaped = content.replace("&", "&amp;").replace("<", "&lt;").encode()
        in_sheet(path, sheet, "占位".encode(), escaped)

    return change


def _silent_losses() -> Iterator[Damage]:
    """Where a return would be accepted and something of it lost, if nobody looked."""
    group = "容易漏看的"
    text = {f"WBK025:{OVERVIEW}!C7": "error"}
    yield Damage(group, "粘贴后拆开了合并格，第二段落在下一行", _typed(OVERVIEW, {"C7": "第二段文字"}), text)
    yield Damage(
        group,
        "写在填报提示里",
        _typed(tab("other"), {"D5": "另有3件免收"}),
        {f"WBK025:{tab('other')}!D5": "error"},
    )
    row = f"WBK012:{REQUESTS}:行"
    yield Damage(
        group, "在插入的行里填了数", _inserted_and_filled, {row: "error", f"WBK025:{REQUESTS}!E10": "error"}
    )
    part = "requests[disclosed,natural_person]"
    yield Damage(
        group,
        "某项写成“14件”，合计被另一个数替换",
        lambda p: edit(p, {part: "14件", "requests[disclosed,total]": 4000}),
        {f"VAL002:{part}": "note", "WBK020:requests[disclosed,total]": "error"},
    )
    yield Damage(
        group,
        "全表的数字都成了文字",
        _all_as_texts,
        {f"VAL002:{COUNT}": "note"},
    )
    yield Damage(
        group,
        "表里的文字全部清空",
        _typed(
            REQUESTS, {f"B{row}": None for row in range(8, 11)} | {f"D{row}": None for row in range(12, 18)}
        ),
        {f"WBK023:{REQUESTS}!B8": "error"},
    )
    yield Damage(
        group, "复制的表里填了别的数", _other_figures_in_the_copy, {f"WBK014:{REQUESTS} Copy": "warning"}
    )
    yield Damage(
        group,
        "删除有上年数的“上年数据”",
        lambda p: with_openpyxl(save_issued(p.parent, name=p.name), lambda b: b.remove(b["上年数据"])),
        {"WBK010:上年数据": "error"},
    )
    yield Damage(group, "新式的错误值", _raw("<v>#SPILL!</v>", ' t="e"'), {f"VAL006:{COUNT}": "error"})
    yield Damage(
        group,
        "机关代码被存成数字，丢了末几位",
        _put("unit_code", 113500001234567890),
        {"VAL007:unit_code": "error"},
    )
    yield Damage(group, "单位名称里多了空格", _put("organ", "岚溪县 自然资源和规划局"), why="是同一个名称")
    yield Damage(group, "选项的括号写成半角", _put("scope", "本级政府(含部门)"), {"VAL017:scope": "warning"})


def _all_as_texts(path: Path) -> None:
    values = read(path).values
    edit(path, {subject: str(values[subject]) for subject in inputs_of("requests")})


def _typed(sheet: str, contents: Mapping[str, object]) -> Callable[[Path], object]:
    return lambda path: edit_cells(path, sheet, contents, keep_results=True)


def _inserted_and_filled(path: Path) -> None:
    shifted(path, REQUESTS, inserted(9))
    edit_cells(path, REQUESTS, {"E10": 777}, keep_results=True)


def _other_figures_in_the_copy(path: Path) -> None:
    def copy(book: object) -> None:
        book.copy_worksheet(book[REQUESTS])[CELL] = 99  # type: ignore[attr-defined, index]

    with_openpyxl(path, copy)


def _files() -> Iterator[Damage]:
    group = "文件"
    yield Damage(
        group, "带有宏", lambda p: with_parts(p, {"xl/vbaProject.bin": b"x"}), {"WBK030:_macros": "note"}
    )
    yield Damage(
        group,
        "带有旧式宏表",
        lambda p: with_parts(p, {"xl/macrosheets/sheet1.xml": b"<x/>"}),
        {"WBK030:_macros": "note"},
    )
    yield Damage(group, "引用别的工作簿", lambda p: with_parts(p, _LINKED), {"WBK031:_links": "warning"})
    yield Damage(
        group, "动态数据交换（DDE）链接", _called, {"WBK031:_links": "warning", f"VAL013:{COUNT}": "error"}
    )
    yield Damage(
        group,
        "数据连接",
        lambda p: with_parts(p, {"xl/connections.xml": b"<connections/>"}),
        {"WBK031:_links": "warning"},
    )
    for name, part in (
        ("批注", "xl/comments1.xml"),
        ("图片", "xl/media/image1.png"),
        ("嵌入的文件", "xl/embeddings/oleObject1.bin"),
        ("控件", "xl/activeX/activeX1.xml"),
    ):
        yield Damage(group, name, lambda p, n=part: with_parts(p, {n: b"<x/>"}), {"WBK032:_objects": "note"})
    yield Damage(
        group,
        "文本框",
        lambda p: with_parts(p, {"xl/drawings/drawing1.xml": _BOX}),
        {"WBK032:_objects": "note"},
    )
    yield Damage(
        group, "缺少样式等次要部件", lambda p: with_parts(p, {"docProps/core.xml": b""}), why="与数据无关"
    )
    unread = {"WBK001:": "error"}
    yield Damage(group, "空文件", _bytes(b""), unread)
    yield Damage(group, "没有传完", lambda p: p.write_bytes(p.read_bytes()[:5000]), unread)
    yield Damage(group, "不是工作簿的内容", _bytes(b"\x13\x37" * 500), unread)
    yield Damage(group, "网页改名", _bytes(b"<html><table></table></html>"), unread)
    yield Damage(
        group, "前面接有其他内容的压缩包", lambda p: p.write_bytes(b"%PDF-1.7\n" + p.read_bytes()), unread
    )
    yield Damage(group, "旧版 Excel（.xls）", _bytes(_OLE + "Workbook".encode("utf-16-le")), unread)
    yield Damage(group, "设了打开密码", lambda p: _encrypt(p, "secret"), unread)
    yield Damage(
        group,
        "Excel 用自带密码加密",
        lambda p: _encrypt(p, "VelvetSweatshop"),
        why="Excel 打开时不问密码，照常读取",
    )
    yield Damage(group, "Word 文档", _bytes(_zip({"word/document.xml": b"<a/>"})), unread)
    yield Damage(group, "压缩包", lambda p: p.write_bytes(_zip({"报表.xlsx": p.read_bytes()})), unread)
    bomb = _zip({"xl/workbook.xml": b"<a/>", "xl/styles.xml": bytes(5_000_000)})
    yield Damage(group, "压缩炸弹", _bytes(bomb), unread)
    yield Damage(group, "成千上万个部件", _bytes(_zip({f"xl/{n}.xml": b"" for n in range(2001)})), unread)
    yield Damage(group, "实体膨胀（“十亿大笑”）", _laughing, unread)
    yield Damage(group, "文字编码不是 UTF-8", _utf_16, why="格式也允许 UTF-16")
    yield Damage(group, "极远处有内容", _far_cell, unread)


def _runs() -> Iterator[Damage]:
    group = "成批处理"
    yield Damage(group, "同一文件报来两次", _twice, {"WBK027:": "note"})
    yield Damage(group, "同一单位报来两个版本", _two_versions, {"WBK027:": "warning"})
    yield Damage(group, "填了别的单位的机关代码", _neighbour_s_code, {"WBK028:": "warning"})
    yield Damage(group, "上年的文件改名为今年的", _last_years, {"WBK035:": "warning"})


DAMAGES: tuple[Damage, ...] = tuple(
    damage
    for family in (
        _sheets, _lines, _cells, _formulas, _identity, _protection, _figures, _texts, _silent_losses,
        _files, _runs,
    )
    for damage in family()
)  # fmt: skip
