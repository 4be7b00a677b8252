"""Opening a file safely: what it is by its content, and limits before any parser sees it."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from lxml import etree

from xlreport.formats import compound
from xlreport.formats.foreign import (
    RESAVE,
    Unopened,
    encrypted,
    foreign_archive,
    foreign_compound,
    foreign_file,
    foreign_office,
)
from xlreport.formats.limits import limits
from xlreport.formats.opc import ROOT, Relation, part_name, relations_in, relations_of, same_part
from xlreport.formats.write_protected import decrypted, is_encrypted
from xlreport.formats.xml import parse_xml, tags_in

WORKBOOK = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}workbook"
"""The root of the main part of an .xlsx file."""
CONTENT, MANIFEST, MIMETYPE = "content.xml", "META-INF/manifest.xml", "mimetype"
"""The parts of an .ods file that are looked at."""
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"

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


class PackageKind(StrEnum):
    """The formats of workbooks that are read, by content; a file's ending is never asked."""

    XLSX = "xlsx"
    """Also .xlsm, and .et files of newer WPS versions."""
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    """Excel 97-2003; also .et files of WPS."""


class Container:
    """The parts of a workbook file, each unpacked and checked when it is asked for.

    `main` is the part that lists the sheets, `entries` the names of everything in the file. Names of parts
    are compared as `opc.same_part` does. An .xls file has one part: "Workbook".
    """

    kind: PackageKind
    main: str

    def __init__(self, data: bytes) -> None:
        self._unpacked: dict[str, bytes] = {}
        self._tags = 0
        self._zipped: dict[str, list[zipfile.ZipInfo]] = {}
        if data[:8] == compound.SIGNATURE:
            data = _in_the_clear(data)
        if data[:8] == compound.SIGNATURE:
            names, stream = _workbook_stream(data)
            self.entries = names
            self._unpacked["workbook"] = stream
            self.kind, self.main = PackageKind.XLS, "Workbook"
            return
        self._archive = _open_zip(data)
        for entry in self._archive.infolist():
            if not entry.is_dir():
                self._zipped.setdefault(same_part(entry.filename), []).append(entry)
        self.entries = frozenset(part_name(entry.filename) for entry in self._archive.infolist())
        self.kind, self.main = self._recognised()

    def __contains__(self, name: str) -> bool:
        key = same_part(name)
        return key in self._unpacked or key in self._zipped

    def part(self, name: str) -> bytes:
        """One part's bytes. Raises Unopened if it is missing, there twice or cannot be unpacked."""
        key = same_part(name)
        if key not in self._unpacked:
            self._unpacked[key] = self._unpack(name, self._zipped.get(key, []))
        return self._unpacked[key]

    def everything(self) -> dict[str, bytes]:
        """All parts of an archive, read or not. Raises Unopened if one cannot be unpacked."""
        entries = [entry for same in self._zipped.values() for entry in same]
        return {part_name(entry.filename): _unpacked(self._archive, entry) for entry in entries}

    def xml(self, name: str) -> etree._Element:
        """One part's XML. Raises Unopened as `part` and `parse_xml` do, and where all parts are too much."""
        data = self.part(name)
        self._tags += tags_in(data)
        if self._tags > limits().tags:
            raise Unopened("文件里的单元格过多，不是正常的报表工作簿")
        return parse_xml(data)

    def relations(self, part: str) -> Mapping[str, Relation]:
        """The relationships of a part by their ids."""
        name = relations_of(part)
        if name not in self:
            return {}
        return {relation.id: relation for relation in relations_in(self.xml(name), part)}

    def _unpack(self, name: str, entries: Sequence[zipfile.ZipInfo]) -> bytes:
        if not entries:
            raise Unopened(f"文件已损坏（缺少 {name[:80]}）")
        if len(entries) > 1:
            raise Unopened(f"文件已损坏（{name[:80]} 有两份，内容以哪一份为准无法判断）", RESAVE)
        return _unpacked(self._archive, entries[0])

    def _recognised(self) -> tuple[PackageKind, str]:
        """What kind of workbook the archive is, and its main part. Raises Unopened if it is none."""
        found = self.relations(ROOT).values()
        mains = [relation.part for relation in found if relation.kind == "officeDocument"]
        if len(mains) == 1:
            return self._office_kind(mains[0]), mains[0]
        if not mains and CONTENT in self:
            self._check_open_document()
            return PackageKind.ODS, CONTENT
        raise foreign_archive(self.entries)

    def _office_kind(self, main: str) -> PackageKind:
        if main.casefold().endswith(".bin"):
            return PackageKind.XLSB
        root = self.xml(main)
        if root.tag == WORKBOOK:
            return PackageKind.XLSX
        raise foreign_office(etree.QName(root).namespace or "")

    def _check_open_document(self) -> None:
        if MANIFEST in self and b"encryption-data" in self.part(MANIFEST):
            raise encrypted()
        if MIMETYPE in self and not self.part(MIMETYPE).startswith(_SPREADSHEET):
            raise Unopened("文件是 ODF 文档（如 .odt），不是表格", RESAVE)


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


def _in_the_clear(data: bytes) -> bytes:
    """The same, or what is inside if Excel encrypted it with its own password. Raises Unopened."""
    try:
        file = compound.Compound(data)
        if not is_encrypted(file):
            return data
        clear = decrypted(file, data)
    except compound.Damaged as error:
        raise Unopened("文件已损坏，可能没有传完") from error
    if clear is None:
        raise encrypted()
    return clear


def _workbook_stream(data: bytes) -> tuple[frozenset[str], bytes]:
    """The names at the root of a compound file, and its workbook."""
    try:
        streams = compound.Compound(data)
        if "Workbook" in streams:
            return streams.names, streams.read("Workbook")
    except compound.Damaged as error:
        raise Unopened("文件已损坏，可能没有传完") from error
    raise foreign_compound(streams.names)


def _open_zip(data: bytes) -> zipfile.ZipFile:
    if not data:
        raise Unopened("文件是空的（0 字节），可能没有传完")
    if data[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise foreign_file(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except DAMAGED as error:
        raise Unopened("文件已损坏，可能没有传完") from error
    most = limits()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > most.parts or unpacked > most.unpacked_mb * 2**20:
        raise Unopened("文件解压后过大，不是正常的报表工作簿")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise encrypted()
    return archive


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > 2**20 and entry.file_size > limits().ratio * max(1, entry.compress_size):
        raise Unopened("文件压缩比异常，为安全起见没有打开")
    try:
        return archive.read(entry)
    except DAMAGED as error:
        raise Unopened(f"文件已损坏（{entry.filename[:80]} 读不出来）") from error
