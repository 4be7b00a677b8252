"""Opening a file safely: what it is by its content, and limits before any parser sees it."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from xlreport.workbook import compound
from xlreport.workbook.foreign import RESAVE, Unopened, foreign_archive, foreign_compound, foreign_file

MOST_BYTES = 50 * 2**20
"""Largest file read, in bytes."""
MOST_UNPACKED = 300 * 2**20
"""Largest sum of unpacked parts, in bytes."""
MOST_ENTRIES = 2_000
MOST_RATIO = 400
"""Largest unpacked : packed ratio of one part over a megabyte."""

_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,  # a broken field in the archive's directory
    RuntimeError,  # an encrypted part; NotImplementedError: a packing nobody uses for workbooks
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
    Kind.ODS: ("content.xml", "META-INF/manifest.xml"),
}
"""Endings of the parts that are unpacked; the others (pictures, macros) are never looked at."""


class Container:
    """The parts of a workbook file that hold its cells, unpacked once, with their sizes checked.

    An .xls file has one part: "Workbook".
    """

    def __init__(self, data: bytes) -> None:
        if data[:8] == compound.SIGNATURE:
            self.kind = Kind.XLS
            self._parts = {"Workbook": _workbook_stream(data)}
        else:
            archive, self.kind = _open_zip(data)
            self._parts = {
                entry.filename: _unpacked(archive, entry)
                for entry in archive.infolist()
                if entry.filename.endswith(_WANTED[self.kind])
            }
        self.names = frozenset(self._parts)

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
        if found.st_size > MOST_BYTES:
            raise Unopened(f"文件超过 {MOST_BYTES // 2**20} MB，不是正常的报表工作簿")
        data = path.read_bytes()
    except OSError as error:
        raise Unopened(_NO_ACCESS.get(type(error), "文件读不出来"), "请核对文件的位置和名称") from error
    return Container(data)


def _workbook_stream(data: bytes) -> bytes:
    try:
        streams = compound.Compound(data)
        if "Workbook" in streams.names:
            return streams.read("Workbook")
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
    except _DAMAGED as error:
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
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return Kind.ODS
        raise Unopened("文件是 ODF 文档（如 .odt），不是表格", RESAVE)
    raise foreign_archive(names)


def _check_limits(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unopened("文件解压后过大，不是正常的报表工作簿")
    for entry in entries:
        if entry.file_size > 2**20 and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
            raise Unopened("文件压缩比异常，为安全起见没有打开")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        data = archive.read(entry)
    except _DAMAGED as error:
        raise Unopened(f"文件已损坏（{entry.filename[:80]} 读不出来）") from error
    if b"<!DOCTYPE" in data:
        raise Unopened("文件里有正常工作簿不会有的内容（DTD），为安全起见没有打开")
    return data
