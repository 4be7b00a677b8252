"""Opening a file safely: what it is by its content, and limits before any parser sees it."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from xlreport.workbook.limits import limits

_ENCRYPTED = 1
"""The bit of a zip entry's flags."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,  # a broken field in the archive's directory
    RuntimeError,  # NotImplementedError: a packing nobody uses for workbooks
)
_NO_ACCESS: Mapping[type[OSError], str] = {
    FileNotFoundError: "文件不存在",
    IsADirectoryError: "这是文件夹，不是文件",
    PermissionError: "没有权限读取文件，或者文件正被其他程序占用",
}
_RESAVE = "请用 Excel 或 WPS 打开，选“另存为”，类型选“Excel 工作簿（*.xlsx）”，再报送"
_NOT_WORD = "请报送下发的 Excel 工作簿，不要复制到 Word 里"


class Unopened(Exception):
    """A file that cannot be opened as a workbook: what it is, and what to do."""

    def __init__(self, message: str, fix: str = "请让填报单位重新发送填好的工作簿（.xlsx）") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class Container:
    """The XML parts of an .xlsx or .xlsm file, unpacked once, with their sizes checked.

    `entries` are the names of everything in the file, also of what is never unpacked.
    """

    def __init__(self, data: bytes) -> None:
        archive = _open_zip(data)
        self.entries = frozenset(archive.namelist())
        self._parts = {
            entry.filename: _unpacked(archive, entry)
            for entry in archive.infolist()
            if entry.filename.endswith((".xml", ".rels"))
        }
        self.names = frozenset(self._parts)
        _check_xml(self._parts)

    def part(self, name: str) -> bytes:
        """One part's bytes. Raises Unopened if it is missing."""
        if name not in self._parts:
            raise Unopened(f"文件已损坏（缺少 {name}）")
        return self._parts[name]

    def repacked(self) -> io.BytesIO:
        """An archive of exactly the parts seen here, for a parser that opens archives by itself.

        An archive can show different readers different parts; after this, all read the same.
        """
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self._parts.items():
                archive.writestr(name, data)
        out.seek(0)
        return out


def open_container(path: Path) -> Container:
    """The file as a container. Raises Unopened with the reason in Chinese."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise Unopened("这不是普通文件（是设备或管道）", "请核对文件的位置和名称")
        if found.st_size > limits().file_mb * 2**20:
            raise Unopened(f"文件超过 {limits().file_mb} MB，不是正常的报表工作簿")
        data = path.read_bytes()
    except OSError as error:
        raise Unopened(_NO_ACCESS.get(type(error), "文件读不出来"), "请核对文件的位置和名称") from error
    _recognise(data)
    return Container(data)


def _recognise(data: bytes) -> None:
    if not data:
        raise Unopened("文件是空的（0 字节），可能没有传完")
    if data[:8] == bytes.fromhex("d0cf11e0a1b11ae1"):
        raise _old_office(data)
    if data[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise Unopened("文件不是 Excel 工作簿", _RESAVE)


def _old_office(data: bytes) -> Unopened:
    """What an OLE file holds, by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unopened("文件设了打开密码，无法读取", "请去掉打开密码后另存，再报送")
    if "WordDocument".encode("utf-16-le") in data:
        return Unopened("文件是 Word 文档，不是 Excel 工作簿", _NOT_WORD)
    return Unopened("文件是旧版 Excel（.xls）格式", _RESAVE)


def _open_zip(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _DAMAGED as error:
        raise Unopened("文件已损坏，可能没有传完") from error
    _check_limits(entries)
    names = {entry.filename for entry in entries}
    if "content.xml" in names and "mimetype" in names:
        raise Unopened("文件是 ODS 等开放文档格式", _RESAVE)
    if "xl/workbook.bin" in names:
        raise Unopened("文件是二进制工作簿（.xlsb）格式", _RESAVE)
    if "word/document.xml" in names:
        raise Unopened("文件是 Word 文档，不是 Excel 工作簿", _NOT_WORD)
    if "xl/workbook.xml" not in names:
        raise Unopened("文件是压缩包，不是 Excel 工作簿", "如果工作簿在压缩包里，请解压后再处理")
    return archive


def _check_limits(entries: list[zipfile.ZipInfo]) -> None:
    most = limits()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > most.parts or unpacked > most.unpacked_mb * 2**20:
        raise Unopened("文件解压后过大，不是正常的报表工作簿")
    for entry in entries:
        if entry.file_size > 2**20 and entry.file_size > most.ratio * max(1, entry.compress_size):
            raise Unopened("文件压缩比异常，为安全起见没有打开")
        if entry.flag_bits & _ENCRYPTED:
            raise Unopened("文件设了打开密码，无法读取", "请去掉打开密码后另存，再报送")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(entry)
    except _DAMAGED as error:
        raise Unopened(f"文件已损坏（{entry.filename[:80]} 读不出来）") from error


def _check_xml(parts: Mapping[str, bytes]) -> None:
    """What a parser could choke on, seen in the bytes: XML other than plain UTF-8, DTDs, too much of it."""
    most = limits()
    if sum(data.count(b"<") for data in parts.values()) > most.tags:
        raise Unopened("文件里的单元格过多，不是正常的报表工作簿")
    for data in parts.values():
        try:
            data.decode()
        except UnicodeDecodeError as error:
            raise Unopened("文件已损坏，或者不是由表格软件保存的（文字不是 UTF-8 编码）", _RESAVE) from error
        if b"<!DOCTYPE" in data:
            raise Unopened("文件里有正常工作簿不会有的内容（DTD），为安全起见没有打开")
        longest = most.text_kb * 2**10
        if len(data) > longest and any(len(text) > longest for text in data.split(b"<")):
            raise Unopened("文件里有一段文字过长，不是正常的报表工作簿")
