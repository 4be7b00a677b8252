"""Files that are no workbook, or a damaged or dangerous one: said in Chinese, never an exception."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compound_file import compound
from damaging import with_parts
from returns import FORM, edit_parts, part_of, save, sound, tab
from xlreport.finding import Status
from xlreport.formats.container import open_container
from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import VARIABLE, Limits
from xlreport.verify.verdict import verify_file
from xlreport.workbook.write import write_workbook

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ODF = b"application/vnd.oasis.opendocument."
ENCRYPTED = (
    b'<m:manifest xmlns:m="x"><m:file-entry m:full-path="%s"><m:encryption-data/></m:file-entry></m:manifest>'
)
GOOD = write_workbook(FORM, sound())


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def locked(archive: bytes) -> bytes:
    """An archive whose entry has a password: the bit that says so is set in its directory."""
    data = bytearray(archive)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def refused(path: Path) -> tuple[str, str]:
    """The message and the fix of the one finding that says why a file cannot be read."""
    verdict = verify_file(path)
    assert verdict.status is Status.UNREADABLE
    (finding,) = verdict.findings
    assert finding.code == "WBK001"
    assert finding.file == str(path)
    assert finding.fix
    return finding.message, finding.fix


NOT_WORKBOOKS = {
    "empty": (b"", "0 字节", "重新发送"),
    "text": ("单位,件数\n".encode(), "不是 Excel 工作簿", "另存为"),
    "text of a Chinese Windows": ("单位,件数\n".encode("gb18030"), "文本（如 CSV）", "另存为"),
    "html": (b"<html><table></table></html>", "网页（HTML）", "另存为"),
    "html of WPS": ("\ufeff<!DOCTYPE html><p>单位".encode(), "网页（HTML）", "另存为"),
    "xml spreadsheet": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "XML 表格 2003",
        "另存为",
    ),
    "flat ods": (b'<?xml version="1.0"?><office:document xmlns:office="x"/>', "fods", "另存为"),
    "pdf": (b"%PDF-1.7", "PDF", "另存为"),
    "rtf": (b"{\\rtf1", "Word 文档", "不要复制到 Word"),
    "rar": (b"Rar!\x1a\x07\x01\0", "压缩包（RAR）", "解压"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "压缩包（7z）", "解压"),
    "photo": (b"\xff\xd8\xff\xe0", "图片", "另存为"),
    "screenshot": (b"\x89PNG\r\n", "图片", "另存为"),
    "excel 4": (b"\t\4\6\0\0\0\x10\0", "很旧的 Excel", "另存为"),
    "excel 95": (compound({"Book": bytes(5000)}), "5.0/95", "另存为"),
    "old word": (compound({"WordDocument": b"w", "1Table": b""}), "Word 文档", "不要复制到 Word"),
    "old slides": (compound({"PowerPoint Document": b"p"}), "演示文稿", "另存为"),
    "installer": (compound({"Property": b"p"}), "不是 Excel 工作簿", "另存为"),
    "password": (compound({"EncryptedPackage": b"e", "EncryptionInfo": b"i"}), "打开密码", "去掉打开密码"),
    "head of a compound file": (OLE + bytes(600), "损坏", "重新发送"),
    "word": (zipped({"word/document.xml": b"<a/>"}), "Word 文档", "不要复制到 Word"),
    "slides": (zipped({"ppt/presentation.xml": b"<a/>"}), "演示文稿", "另存为"),
    "odt": (zipped({"mimetype": ODF + b"text", "content.xml": b"<a/>"}), "ODF 文档", "另存为"),
    "ods without sheets": (
        zipped({"mimetype": ODF + b"spreadsheet", "content.xml": b"<a/>"}),
        "没有工作表",
        "",
    ),
    "ods with a password": (
        zipped(
            {
                "mimetype": ODF + b"spreadsheet",
                "content.xml": b"\x8f\x01",
                "META-INF/manifest.xml": ENCRYPTED % b"content.xml",
            }
        ),
        "打开密码",
        "去掉打开密码",
    ),
    "ods with a password, whole": (
        zipped(
            {
                "mimetype": ODF + b"spreadsheet",
                "encrypted-package": b"\x8f\x01",
                "META-INF/manifest.xml": ENCRYPTED % b"encrypted-package",
            }
        ),
        "打开密码",
        "去掉打开密码",
    ),
    "archive with a password": (locked(zipped({"报表.xlsx": GOOD})), "压缩包", "解压"),
    "ofd": (zipped({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<a/>"}), "版式文件（OFD）", "当初填写"),
    "lock of LibreOffice": (
        ",张三,pc,26.11.2026 17:00,file:///home/z/.config/libreoffice/4;".encode(),
        "临时文件",
        ".~lock.",
    ),
    "list of values": ("甲,乙,丙,2024 17,丁;\n".encode(), "文本（如 CSV）", "另存为"),
    "side file of a Mac": (b"\0\5\x16\7\0\2\0\0Mac OS X        ", "苹果电脑的附属文件", "“._”"),
    "uof": (b'<?xml version="1.0"?><uof:UOF xmlns:uof="x"/>', "标文通", "另存为"),
    "encrypted by an office's own program": (
        b"\x62\x14\x23\x65\x3f\0\x4c\0E-SafeNet\0\0\0LOCK" + bytes(600),
        "加密软件",
        "解密",
    ),
    "xlsb without sheets": (zipped({"xl/workbook.bin": b""}), "损坏", "重新发送"),
    "archive": (zipped({"报表.xlsx": GOOD}), "压缩包", "解压"),
    "empty archive": (zipped({}), "压缩包", "解压"),
    "head of an archive": (b"PK\x03\x04", "损坏", "重新发送"),
    "workbook without parts": (zipped({"xl/workbook.xml": b"<a/>"}), "损坏", "重新发送"),
}


@pytest.mark.parametrize("kind", NOT_WORKBOOKS)
def test_what_a_file_is_instead_of_a_workbook(kind: str, tmp_path: Path) -> None:
    data, message, fix = NOT_WORKBOOKS[kind]
    path = tmp_path / "return.xlsx"
    path.write_bytes(data)
    said = refused(path)
    assert message in said[0]
    assert fix in said[1]


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    assert "文件不存在" in refused(tmp_path / "none.xlsx")[0]
    assert "这是文件夹" in refused(tmp_path)[0]


# Limits ----------------------------------------------------------------------------------------------


def test_a_huge_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ballast.bin", os.urandom(2**20))
    assert verify_file(path).findings == ()
    monkeypatch.setenv(VARIABLE, "file_mb=1")
    assert "文件超过 1 MB" in refused(path)[0]


def test_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    path.write_bytes(zipped({f"xl/{n}.xml": b"" for n in range(Limits().parts + 1)}))
    assert "过大" in refused(path)[0]


def test_a_part_that_unpacks_to_far_more_than_it_should(tmp_path: Path) -> None:
    path = with_parts(save(tmp_path), {"xl/styles.xml": b" " * 5_000_000})
    assert "压缩比异常" in refused(path)[0]


def test_a_part_that_nobody_reads_may_be_anything(tmp_path: Path) -> None:
    assert verify_file(with_parts(save(tmp_path), {"xl/other.xml": b" " * 5_000_000})).findings == ()


def test_a_password_of_a_part_that_nobody_reads(tmp_path: Path) -> None:
    path = with_parts(save(tmp_path), {"xl/other.xml": b"x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02", data.rindex(b"PK\x01\x02")) + 8] |= 1
    path.write_bytes(data)
    assert verify_file(path).findings == ()


def test_a_part_that_lies_about_its_size_is_not_unpacked_further(tmp_path: Path) -> None:
    path = save(tmp_path)
    sheet = part_of(path, tab("requests"))
    edit_parts(path, lambda name, data: data + b" " * 3_000_000 if name == sheet else data)
    data = path.read_bytes()
    true_size = struct.pack("<L", len(zipfile.ZipFile(path).read(sheet)))
    path.write_bytes(data.replace(true_size, struct.pack("<L", 500_000)))
    assert "损坏" in refused(path)[0]


def test_a_cell_far_out_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = save(tmp_path)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    sheet = part_of(path, tab("requests"))
    edit_parts(path, lambda name, data: data.replace(b"</sheetData>", far) if name == sheet else data)
    message, fix = refused(path)
    assert f"“{tab('requests')}”" in message and "1048576 行" in message
    assert "删除表格以外的内容" in fix


def test_an_empty_formatted_cell_far_out_is_harmless(tmp_path: Path) -> None:
    path = save(tmp_path)
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    sheet = part_of(path, tab("requests"))
    edit_parts(path, lambda name, data: data.replace(b"</sheetData>", far) if name == sheet else data)
    assert verify_file(path).findings == ()


# XML -------------------------------------------------------------------------------------------------


def laughing(data: bytes) -> bytes:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(9))
    head = b'<!DOCTYPE worksheet [<!ENTITY l0 "ha">' + entities + b"]><worksheet"
    return data.replace(b"<worksheet", head, 1).replace(b"</sheetData>", TEXT % b"&l9;", 1)


def foreign(data: bytes) -> bytes:
    head = b'<!DOCTYPE worksheet [<!ENTITY secret SYSTEM "file:///etc/hostname">]><worksheet'
    return data.replace(b"<worksheet", head, 1).replace(b"</sheetData>", TEXT % b"&secret;", 1)


TEXT = b'<row r="99"><c r="B99" t="inlineStr"><is><t>%s</t></is></c></row></sheetData>'


@pytest.mark.parametrize("spoil", [laughing, foreign])
def test_entities_are_never_followed(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = save(tmp_path)
    sheet = part_of(path, tab("requests"))
    edit_parts(path, lambda name, data: spoil(data) if name == sheet else data)
    assert "DTD" in refused(path)[0]


DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "cut off": lambda data: data[: len(data) // 2],
    "gone": lambda data: None,
    "empty": lambda data: b"",
    "not XML": lambda data: b"hello",
    "other XML": lambda data: b"<html/>",
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_a_damaged_part_never_raises(part: str, damage: str, tmp_path: Path) -> None:
    path = save(tmp_path)
    edit_parts(path, lambda name, data: DAMAGES[damage](data) if name == part else data)
    verdict = verify_file(path)
    if verdict.status is Status.UNREADABLE:
        assert verdict.findings[0].code in ("WBK001", "WBK002")
    else:
        assert part == "xl/styles.xml" or verdict.findings


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="B', b'r="ZZZZ'),
        (b'r="B', b'r="-'),
        (b't="s"><v>', b't="s"><v>99999'),
        (b't="s"><v>', b't="s"><v>x'),
        (b"<f>SUM(", b'<f t="shared" si="0">"((['),
        (b"<v>38</v>", b"<v>abc</v>"),
        (b"<v>38</v>", b"<v>NaN</v>"),
        (b"<v>38</v>", b"<v>1e999</v>"),
        (b'<row r="8"', b'<row r="x"'),
        (b'<row r="8"', b'<row r="99999999"'),
    ],
)
def test_nonsense_in_a_sheet_never_raises(old: bytes, new: bytes, tmp_path: Path) -> None:
    path = save(tmp_path)
    sheet = part_of(path, tab("requests"))
    edit_parts(path, lambda name, data: data.replace(old, new, 1) if name == sheet else data)
    assert verify_file(path).findings


@given(st.integers(0, len(GOOD) - 1))
@settings(max_examples=40)
def test_a_file_cut_off_anywhere_is_called_damaged(tmp_path_factory: pytest.TempPathFactory, at: int) -> None:
    path = tmp_path_factory.getbasetemp() / "cut.xlsx"
    path.write_bytes(GOOD[:at])
    refused(path)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", OLE]))
@settings(max_examples=40)
def test_any_bytes_are_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.xlsx"
    path.write_bytes(head + data)
    refused(path)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
@settings(max_examples=40)
def test_flipped_bytes_never_raise(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]]
) -> None:
    data = bytearray(GOOD)
    for at, byte in flips:
        data[at] = byte
    path = tmp_path_factory.getbasetemp() / "flipped.xlsx"
    path.write_bytes(data)
    verify_file(path)


SHEET = zipfile.ZipFile(io.BytesIO(GOOD)).read("xl/worksheets/sheet5.xml")


@given(st.integers(0, len(SHEET) - 1), st.sampled_from([b"", b"<", b"0", b'"', b"&", b"-", b"\xff"]))
@settings(max_examples=40)
def test_a_spoilt_sheet_never_raises(tmp_path_factory: pytest.TempPathFactory, at: int, byte: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "sheet.xlsx"
    path.write_bytes(GOOD)
    spoilt = SHEET[:at] + byte + SHEET[at + 1 :]
    edit_parts(path, lambda name, data: spoilt if name == "xl/worksheets/sheet5.xml" else data)
    verify_file(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(Unopened, match="不是普通文件"):
        open_container(tmp_path / "pipe.xlsx")
