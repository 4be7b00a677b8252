"""Opening a file safely: what it is by its content, and limits before any parser sees it."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from xlreport.formats import compound
from xlreport.formats.foreign import (
    RESAVE,
    Unopened,
    encrypted,
    foreign_archive,
    foreign_compound,
    foreign_file,
)
from xlreport.formats.limits import limits

_ATTRIBUTES = 5
"""Attributes for each tag that is allowed; a cell has three."""
_ENCRYPTED = 1
"""The bit of a zip entry's flags."""
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
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


class Kind(StrEnum):
    """The formats of workbooks that are read, by content; a file's ending is never asked."""

    XLSX = "xlsx"
    """Also .xlsm, and .et files of newer WPS versions."""
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    """Excel 97-2003; also .et files of WPS."""


_WANTED: Mapping[Kind, tuple[str, ...]] = {
    Kind.XLSX: (".xml", ".rels"),
    Kind.XLSB: (".bin", ".rels"),
    Kind.ODS: ("content.xml",),
}
"""Endings of the parts that are unpacked; the others (pictures, macros) are never looked at."""


class Container:
    """The parts of a workbook file that hold its cells, unpacked once, with their sizes checked.

    An .xls file has one part: "Workbook". `entries` are the names of everything in the file, also of
    what is never unpacked.
    """

    def __init__(self, data: bytes) -> None:
        if data[:8] == compound.SIGNATURE:
            self.kind = Kind.XLS
            self.entries, stream = _workbook_stream(data)
            self._parts = {"Workbook": stream}
        else:
            archive, self.kind = _open_zip(data)
            self.entries = frozenset(archive.namelist())
            self._parts = {
                entry.filename: _unpacked(archive, entry)
                for entry in archive.infolist()
                if entry.filename.endswith(_WANTED[self.kind])
            }
        self.names = frozenset(self._parts)
        _check_xml({name: part for name, part in self._parts.items() if name.endswith((".xml", ".rels"))})

    def part(self, name: str) -> bytes:
        """One part's bytes. Raises Unopened if it is missing."""
        if name not in self._parts:
            raise Unopened(f"文件已损坏（缺少 {name}）")
        return self._parts[name]

    def repacked(self, changed: Mapping[str, bytes]) -> io.BytesIO:
        """An archive of exactly the parts seen here, some changed, for a parser that opens archives itself.

        An archive can show different readers different parts; after this, all read the same.
        """
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self._parts.items():
                archive.writestr(name, changed.get(name, data))
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
    return Container(data)


def _workbook_stream(data: bytes) -> tuple[frozenset[str], bytes]:
    """The names at the root of a compound file, and its workbook."""
    try:
        streams = compound.Compound(data)
        if "Workbook" in streams.names:
            return streams.names, streams.read("Workbook")
    except compound.Damaged as error:
        raise Unopened("文件已损坏，可能没有传完") from error
    raise foreign_compound(streams.names)


def _open_zip(data: bytes) -> tuple[zipfile.ZipFile, Kind]:
    if not data:
        raise Unopened("文件是空的（0 字节），可能没有传完")
    if data[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise foreign_file(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except DAMAGED as error:
        raise Unopened("文件已损坏，可能没有传完") from error
    _check_limits(entries)
    return archive, _kind(archive, frozenset(entry.filename for entry in entries))


def _kind(archive: zipfile.ZipFile, names: frozenset[str]) -> Kind:
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "mimetype" in names and "content.xml" in names:
        kind = _unpacked(archive, archive.getinfo("mimetype"))
        if not kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            raise Unopened("文件是 ODF 文档（如 .odt），不是表格", RESAVE)
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in _unpacked(archive, archive.getinfo(manifest)):
            raise encrypted()
        return Kind.ODS
    raise foreign_archive(names)


def _check_limits(entries: list[zipfile.ZipInfo]) -> None:
    most = limits()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > most.parts or unpacked > most.unpacked_mb * 2**20:
        raise Unopened("文件解压后过大，不是正常的报表工作簿")
    for entry in entries:
        if entry.file_size > 2**20 and entry.file_size > most.ratio * max(1, entry.compress_size):
            raise Unopened("文件压缩比异常，为安全起见没有打开")
        if entry.flag_bits & _ENCRYPTED:
            raise encrypted()


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(entry)
    except DAMAGED as error:
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
            raise Unopened("文件已损坏，或者不是由表格软件保存的（文字不是 UTF-8 编码）", RESAVE) from error
        if data.count(b"=") > _ATTRIBUTES * most.tags:
            raise Unopened("文件里的单元格过多，不是正常的报表工作簿")
        if b"<!DOCTYPE" in data:
            raise Unopened("文件里有正常工作簿不会有的内容（DTD），为安全起见没有打开")
        longest = most.text_kb * 2**10
        if len(data) > longest and any(len(text) > longest for text in data.split(b"<")):
            raise Unopened("文件里有一段文字过长，不是正常的报表工作簿")
