"""How other programs write workbooks, one idiom each: what is done to a sound return, and what is to be said.

`docs/idioms.md` is made from this table. An idiom is read as Excel reads it, or refused by name.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from damaging import in_part, in_sheet, with_parts
from returns import MAIN, part_of, place, tab
from xlreport.area import position

READ = "read"
"""As if nothing had been done: accepted, every value as filled in."""

Parts = Mapping[str, bytes]
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BOOK, _BOOK_RELATIONS, _TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
REQUESTS = tab("requests")
FIGURE = "requests[new_requests,natural_person]"
_, CELL = place(FIGURE)


@dataclass(frozen=True, slots=True)
class Idiom:
    """`who` writes it, `apply` does it to a file; `answer` is READ, words of the refusal, or codes."""

    name: str
    who: str
    apply: Callable[[Path], object]
    answer: str = READ


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, parts: Parts) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo("entry")
            entry.filename, entry.compress_type = name, zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return path


def renamed(path: Path, change: Callable[[str], str]) -> Path:
    return pack(path, {change(name): data for name, data in parts_of(path).items()})


def related(path: Path, relation: bytes) -> Path:
    return in_part(path, _BOOK_RELATIONS, b"</Relationships>", relation + b"</Relationships>")


def moved(path: Path, old: str, new: str) -> Path:
    """A part under another name, with its relations and whatever names it."""
    parts = parts_of(path)
    parts[new] = parts.pop(old)
    relations = re.sub(r"([^/]+)$", r"_rels/\1.rels", old)
    if relations in parts:
        parts[re.sub(r"([^/]+)$", r"_rels/\1.rels", new)] = parts.pop(relations)
    short = (old.removeprefix("xl/").encode(), new.removeprefix("xl/").encode())
    for name in (_BOOK_RELATIONS, _TYPES):
        if name in parts:
            parts[name] = parts[name].replace(*short)
    root = parts["_rels/.rels"]
    parts["_rels/.rels"] = root.replace(old.encode(), new.encode())
    return pack(path, parts)


def workbook_at_the_root(path: Path) -> Path:
    parts = parts_of(path)
    book, relations = parts.pop(_BOOK), parts.pop(_BOOK_RELATIONS)
    parts["book.xml"], parts["_rels/book.xml.rels"] = book, relations.replace(b'Target="', b'Target="xl/')
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"xl/workbook.xml", b"/book.xml")
    parts[_TYPES] = parts[_TYPES].replace(b"/xl/workbook.xml", b"/book.xml")
    return pack(path, parts)


def decoy(path: Path, part: str, real: str, change: Callable[[bytes], bytes]) -> Path:
    """The real part under another name, and a changed copy where everybody expects it."""
    shown = parts_of(path)[part]
    moved(path, part, real)
    return with_parts(path, {part: change(shown)})


def targets(path: Path, old: bytes, new: bytes) -> Path:
    return in_part(path, _BOOK_RELATIONS, old, new)


def figure(path: Path, content: bytes, kind: bytes = b"") -> Path:
    """Another content in a cell of figures, whatever stood in it."""
    part = part_of(path, REQUESTS)
    data = parts_of(path)[part]
    found = re.search(rb'<c r="%s"( s="\d+")[^>]*>.*?</c>' % CELL.encode(), data)
    assert found is not None
    new = b'<c r="%s"%s%s>%s</c>' % (CELL.encode(), found[1], kind, content)
    return in_part(path, part, found[0], new)


def value_of(path: Path) -> bytes:
    found = re.search(
        rb'<c r="%s"[^>]*><v>([^<]*)</v>' % CELL.encode(), parts_of(path)[part_of(path, REQUESTS)]
    )
    assert found is not None
    return found[1]


def value(path: Path, pattern: bytes, kind: bytes = b"") -> Path:
    """The figure of a cell written in another way; `@` stands for its digits."""
    return figure(path, pattern.replace(b"@", value_of(path)), kind)


def split(path: Path, between: bytes) -> Path:
    digits = value_of(path)
    return figure(path, b"<v>" + digits[:1] + between + digits[1:] + b"</v>")


def doubled_entry(path: Path) -> Path:
    part = part_of(path, REQUESTS)
    return pack(path, {**parts_of(path), part.replace("/", "\\"): b"<worksheet/>"})


def customs(data: bytes) -> Callable[[Path], object]:
    def apply(path: Path) -> object:
        relation = b'<Relationship Id="rId77" Type="%s/customXml" Target="../customXml/item1.xml"/>' % _OFFICE
        return with_parts(related(path, relation), {"customXml/item1.xml": data})

    return apply


def extra_sheet(kind: bytes, target: bytes, data: bytes) -> Callable[[Path], object]:
    def apply(path: Path) -> object:
        related(path, b'<Relationship Id="rId88" Type="%s" Target="%s"/>' % (kind, target))
        in_part(path, _BOOK, b"</sheets>", b'<sheet name="X1" sheetId="88" r:id="rId88"/></sheets>')
        return with_parts(path, {f"xl/{target.decode()}": data})

    return apply


def in_alternate_content(path: Path) -> Path:
    data = parts_of(path)[part_of(path, REQUESTS)]
    found = re.search(rb"<sheetData>.*</sheetData>", data, re.DOTALL)
    assert found is not None
    mc = b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    both = b'%s<mc:Choice Requires="x14">%s</mc:Choice><mc:Fallback>%s</mc:Fallback></mc:AlternateContent>'
    return in_sheet(path, REQUESTS, found[0], both % (mc, found[0], found[0]))


_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
)
_LONG_TEXT = b"<d>" + b"QUJD" * 150_000 + b"</d>"
_TAIL = b"</sheetData>"


def in_all(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """Every part that is XML."""
    parts = parts_of(path)
    return pack(path, {n: change(d) if n.endswith((".xml", ".rels")) else d for n, d in parts.items()})


def in_sheets(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """Every sheet."""
    parts = parts_of(path)
    return pack(path, {n: change(d) if n.startswith("xl/worksheets/sheet") else d for n, d in parts.items()})


def strict(path: Path) -> Path:
    """The names of ECMA-376 part 1, in place of those of part 4."""
    usual = rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument|drawingml)/2006/"
    return in_all(path, lambda d: re.sub(usual, rb"http://purl.oclc.org/ooxml/\1/", d))


def prefixed(path: Path) -> Path:
    """All elements of workbooks and sheets as `x:name`."""
    main = b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

    def write(data: bytes) -> bytes:
        if main not in data:
            return data
        plain = etree.tostring(etree.fromstring(data))
        return re.sub(rb"<(/?)(?=[a-zA-Z]+[\s/>])", rb"<\1x:", plain).replace(
            main, main.replace(b"=", b":x=", 1)
        )

    return in_all(path, write)


def in_ascii(data: bytes) -> bytes:
    return (
        data.decode()
        .encode("ascii", "xmlcharrefreplace")
        .replace(b'encoding="UTF-8"', b'encoding="us-ascii"')
    )


def nameless(data: bytes) -> bytes:
    """Rows and cells stand one behind the other, with empty ones between."""
    root = etree.fromstring(data)
    (rows,) = root.iter(f"{MAIN}sheetData")
    filled(rows, f"{MAIN}row", lambda row: int(row.attrib.pop("r")) - 1)
    for row in rows:
        filled(row, f"{MAIN}c", lambda cell: position(cell.attrib.pop("r"))[1])
    return etree.tostring(root)


def filled(parent: etree._Element, tag: str, place: Callable[[etree._Element], int]) -> None:
    for child in list(parent):
        number = place(child)
        for _ in range(number - parent.index(child)):
            child.addprevious(etree.Element(tag))


IDIOMS: tuple[Idiom, ...] = (
    # The package
    Idiom(
        "backslashes in names",
        "old .NET, many office systems",
        lambda p: renamed(p, lambda n: n.replace("/", "\\")),
    ),
    Idiom(
        "folder names in capitals",
        "report generators",
        lambda p: renamed(p, lambda n: n.replace("xl/", "XL/")),
    ),
    Idiom("names that begin with ./", "shell scripts", lambda p: renamed(p, lambda n: f"./{n}")),
    Idiom("names that begin with /", "shell scripts", lambda p: renamed(p, lambda n: f"/{n}")),
    Idiom(
        "percent signs in names",
        "Java servers",
        lambda p: renamed(p, lambda n: n.replace("sheet", "%73heet")),
    ),
    Idiom(
        "targets in other capitals",
        "hand-made packages",
        lambda p: targets(p, b"worksheets/sheet", b"Worksheets/Sheet"),
    ),
    Idiom("absolute targets", "openpyxl, OpenXML SDK", lambda p: targets(p, b'Target="', b'Target="/xl/')),
    Idiom("targets with ..", "hand-made packages", lambda p: targets(p, b'Target="', b'Target="../xl/./')),
    Idiom("targets with backslashes", "old .NET", lambda p: targets(p, b"worksheets/", b"worksheets\\")),
    Idiom("Strict Open XML", "Excel, where a person chooses it", strict),
    Idiom("names with a prefix", "OpenXML SDK", prefixed),
    Idiom("a byte order mark", "hand-made packages", lambda p: in_all(p, lambda d: b"\xef\xbb\xbf" + d)),
    Idiom("all other letters as numbers", "MSXML", lambda p: in_all(p, in_ascii)),
    Idiom("rows and cells without names", "hand-made XML", lambda p: in_sheets(p, nameless)),
    Idiom(
        "the workbook under another name",
        "server-side writers",
        lambda p: moved(p, _BOOK, "xl/workbook2.xml"),
    ),
    Idiom("the workbook at the root", "server-side writers", workbook_at_the_root),
    Idiom(
        "shared strings under another name",
        "server-side writers",
        lambda p: moved(p, "xl/sharedStrings.xml", "xl/strings.xml"),
    ),
    Idiom(
        "styles under another name",
        "server-side writers",
        lambda p: moved(p, "xl/styles.xml", "xl/looks.xml"),
    ),
    Idiom(
        "a decoy workbook",
        "someone who deceives",
        lambda p: decoy(p, _BOOK, "xl/real.xml", lambda d: d.replace(b"<sheets>", b"<sheets><x/>")),
    ),
    Idiom(
        "decoy shared strings",
        "someone who deceives",
        lambda p: decoy(p, "xl/sharedStrings.xml", "xl/real.xml", lambda d: d.replace(b"<t>", b"<t>X")),
    ),
    Idiom(
        "customXml in UTF-16",
        "Excel with Power Query",
        customs('<?xml version="1.0" encoding="utf-16"?><d/>'.encode("utf-16")),
    ),
    Idiom(
        "customXml with a DTD", "document management", customs(b"<!DOCTYPE d [<!ENTITY a 'b'>]><d>&a;</d>")
    ),
    Idiom("customXml with a long text", "embedded templates", customs(_LONG_TEXT)),
    Idiom("customXml that is no XML", "document management", customs(b"\x00\xff")),
    Idiom(
        "a sheet in UTF-16",
        "MSXML",
        lambda p: with_parts(p, {part_of(p, REQUESTS): utf_16(parts_of(p)[part_of(p, REQUESTS)])}),
    ),
    Idiom(
        "two relations of one id",
        "someone who deceives",
        lambda p: related(p, b'<Relationship Id="rId1" Type="x" Target="y"/>'),
        "同一个编号",
    ),
    Idiom("two parts of one name", "someone who deceives", doubled_entry, "有两份"),
    Idiom(
        "two sheets of one name",
        "damaged files",
        lambda p: in_part(p, _BOOK, f'name="{REQUESTS}"'.encode(), 'name="封面"'.encode()),
        "都叫“封面”",
    ),
    # The workbook
    Idiom(
        "an unknown state of a sheet",
        "old ExcelJS",
        lambda p: in_part(
            p, _BOOK, '<sheet name="封面"'.encode(), '<sheet state="show" name="封面"'.encode()
        ),
    ),
    Idiom(
        "a macro sheet of Excel 4",
        "very old workbooks",
        extra_sheet(
            b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
            b"macrosheets/sheet1.xml",
            b"<m/>",
        ),
        "WBK014 WBK030",
    ),
    Idiom(
        "a chart on a sheet of its own",
        "Excel",
        extra_sheet(_OFFICE + b"/chartsheet", b"chartsheets/sheet1.xml", b"<c/>"),
        "WBK014",
    ),
    Idiom(
        "a dialogue sheet of Excel 5",
        "very old workbooks",
        extra_sheet(_OFFICE + b"/dialogsheet", b"dialogsheets/sheet1.xml", b"<d/>"),
        "WBK014",
    ),
    Idiom(
        "a sheet whose part is missing",
        "damaged files",
        lambda p: in_part(p, _BOOK, b"</sheets>", b'<sheet name="X" sheetId="99" r:id="rId99"/></sheets>'),
        "找不到工作表“X”",
    ),
    Idiom(
        "a wrong count of shared strings",
        "many writers",
        lambda p: in_part(p, "xl/sharedStrings.xml", b"uniqueCount=", b'uniqueCount="4294967295" was='),
    ),
    # A sheet
    Idiom(
        "no dimension that makes sense",
        "ExcelJS",
        lambda p: in_sheet(p, REQUESTS, b"<dimension ref=", b'<dimension ref="1:35" was='),
    ),
    Idiom(
        "merged whole columns",
        "ExcelJS",
        lambda p: in_sheet(p, REQUESTS, b"</mergeCells>", b'<mergeCell ref="Z:AA"/></mergeCells>'),
    ),
    Idiom(
        "a merged area that makes no sense",
        "ExcelJS",
        lambda p: in_sheet(p, REQUESTS, b"</mergeCells>", b'<mergeCell ref="nowhere"/></mergeCells>'),
    ),
    Idiom("sheet data twice", "someone who deceives", in_alternate_content, "不止一份"),
    Idiom(
        "a row twice",
        "someone who deceives",
        lambda p: in_sheet(p, REQUESTS, _TAIL, b'<row r="1"/>' + _TAIL),
        "第 1 行",
    ),
    Idiom(
        "a cell twice",
        "someone who deceives",
        lambda p: in_sheet(p, REQUESTS, f'<c r="{CELL}"'.encode(), f'<c r="{CELL}"/><c r="{CELL}"'.encode()),
        CELL,
    ),
    Idiom(
        "a cell in another row",
        "damaged files",
        lambda p: in_sheet(p, REQUESTS, f'<c r="{CELL}"'.encode(), b'<c r="A99"/><c was="x"'),
        "A99",
    ),
    Idiom(
        "an element nobody knows among the rows",
        "someone who deceives",
        lambda p: in_sheet(p, REQUESTS, _TAIL, b"<x/>" + _TAIL),
        "读法不一",
    ),
    Idiom(
        "extensions of rows and cells",
        "newer Excel",
        lambda p: in_sheet(
            p, REQUESTS, _TAIL, b'<row r="999"><c r="A999"><extLst/></c><extLst/></row>' + _TAIL
        ),
    ),
    Idiom(
        "a blank far away",
        "people",
        lambda p: in_sheet(
            p,
            REQUESTS,
            _TAIL,
            b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t> </t></is></c></row>' + _TAIL,
        ),
    ),
    # A cell
    Idiom("blanks around a number", "hand-made XML", lambda p: value(p, b"<v>\n  @ \t</v>")),
    Idiom("a comment inside a value", "hand-made XML", lambda p: split(p, b"<!-- -->")),
    Idiom("CDATA inside a value", "hand-made XML", lambda p: value(p, b"<v><![CDATA[@]]></v>")),
    Idiom("a processing instruction inside a value", "hand-made XML", lambda p: split(p, b"<?a b?>")),
    Idiom("a number as 1.0E1 would be", "Java", lambda p: value(p, b"<v>@.0E0</v>")),
    Idiom(
        "a second value of a foreign namespace",
        "someone who deceives",
        lambda p: value(p, b'<v>@</v><v xmlns="urn:x">9</v>'),
        CELL,
    ),
    Idiom("two values", "someone who deceives", lambda p: value(p, b"<v>@</v><v>9</v>"), CELL),
    Idiom(
        "a value and an inline text of another kind",
        "someone who deceives",
        lambda p: value(p, b"<v>@</v><is><t>9</t></is>"),
        CELL,
    ),
    Idiom("an element inside a value", "someone who deceives", lambda p: value(p, b"<v>@<x/></v>"), CELL),
    Idiom("no number where one is announced", "damaged files", lambda p: figure(p, b"<v>1_0</v>"), CELL),
    Idiom(
        "full-width digits where a number is announced",
        "damaged files",
        lambda p: figure(p, "<v>１２</v>".encode()),
        CELL,
    ),
    Idiom(
        "a number of a text that is not there",
        "damaged files",
        lambda p: figure(p, b"<v>999999</v>", b' t="s"'),
        CELL,
    ),
    Idiom(
        "a type of cell that nobody knows", "damaged files", lambda p: value(p, b"<v>@</v>", b' t="q"'), CELL
    ),
    Idiom(
        "an inline text with a stray value",
        "SheetJS",
        lambda p: value(p, b"<is><t>@</t></is><v>@</v>", b' t="inlineStr"'),
        "VAL002",
    ),
    Idiom(
        "a rich inline text with its pronunciation",
        "Excel in East Asia",
        lambda p: value(p, b'<is><r><t>@</t></r><rPh sb="0" eb="1"><t>9</t></rPh></is>', b' t="inlineStr"'),
        "VAL002",
    ),
)


def utf_16(data: bytes) -> bytes:
    return data.decode().replace("UTF-8", "UTF-16").encode("utf-16")
