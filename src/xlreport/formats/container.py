"""Opening a file safely: what it is by its content, and limits before any parser sees it."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
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
    foreign_office,
)
from xlreport.formats.limits import limits
from xlreport.formats.opc import ROOT
from xlreport.formats.package import Package, open_zip

WORKBOOK = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}workbook"
"""The root of the main part of an .xlsx file."""
CONTENT, MANIFEST, MIMETYPE = "content.xml", "META-INF/manifest.xml", "mimetype"
"""The parts of an .ods file that are looked at."""
_WHOLLY_ENCRYPTED = "encrypted-package"
"""The only part beside these in which LibreOffice 24.8 and later keeps a file with a password."""
_CONTENT_ENCRYPTED = rb"""full-path\s*=\s*["']content\.xml["'][^>]*>\s*<[\w:-]*encryption-data"""
"""What the manifest says of a file with a password; of a library of macros it may say so too."""
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"

_NO_ACCESS: Mapping[type[OSError], str] = {
    FileNotFoundError: "文件不存在",
    IsADirectoryError: "这是文件夹，不是文件",
    PermissionError: "没有权限读取文件，或者文件正被其他程序占用",
}


class PackageKind(StrEnum):
    """The formats of workbooks that are read, by content; a file's ending is never asked.

    Each is called like the module of this package that reads it (`reading.take_snapshot`).
    """

    XLSX = "xlsx"
    """Also .xlsm, and .et files of newer WPS versions."""
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    """Excel 97-2003; also .et files of WPS."""


class Container(Package):
    """The parts of a workbook file.

    `main` is the part that lists the sheets. An .xls file has one part: "Workbook".
    """

    kind: PackageKind
    main: str

    def __init__(self, data: bytes) -> None:
        if data[:8] == compound.SIGNATURE:
            data = _in_the_clear(data)
        if data[:8] == compound.SIGNATURE:
            names, stream = _workbook_stream(data)
            super().__init__(None, names, {"workbook": stream})
            self.kind, self.main = PackageKind.XLS, "Workbook"
            return
        super().__init__(open_zip(data))
        self.kind, self.main = self._recognised()

    def _recognised(self) -> tuple[PackageKind, str]:
        """What kind of workbook the archive is, and its main part. Raises Unopened if it is none."""
        found = self.relations(ROOT).values()
        mains = [relation.part for relation in found if relation.kind == "officeDocument"]
        if len(mains) == 1:
            return self._office_kind(mains[0]), mains[0]
        if not mains and CONTENT in self:
            self._check_open_document()
            return PackageKind.ODS, CONTENT
        if _WHOLLY_ENCRYPTED in self:
            raise encrypted()
        raise foreign_archive(self.entries)

    def _office_kind(self, main: str) -> PackageKind:
        if main.casefold().endswith(".bin"):
            return PackageKind.XLSB
        root = self.xml(main)
        if root.tag == WORKBOOK:
            return PackageKind.XLSX
        raise foreign_office(etree.QName(root).namespace or "")

    def _check_open_document(self) -> None:
        if MANIFEST in self and re.search(_CONTENT_ENCRYPTED, self.part(MANIFEST)):
            raise encrypted()
        if MIMETYPE in self and not self.part(MIMETYPE).startswith(_SPREADSHEET):
            raise Unopened("文件是 ODF 文档（如 .odt），不是表格", RESAVE)


def open_container(path: Path) -> Container:
    """The file as a container. Raises Unopened with the reason in Chinese."""
    return Container(bytes_of(path))


def bytes_of(path: Path) -> bytes:
    """A file's content, if it is one and not too large. Raises Unopened with the reason in Chinese."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise Unopened("这不是普通文件（是设备或管道）", "请核对文件的位置和名称")
        if found.st_size > limits().file_mb * 2**20:
            raise Unopened(f"文件超过 {limits().file_mb} MB，不是正常的报表工作簿")
        return path.read_bytes()
    except OSError as error:
        raise Unopened(_NO_ACCESS.get(type(error), "文件读不出来"), "请核对文件的位置和名称") from error


def _in_the_clear(data: bytes) -> bytes:
    """The same, or what is inside if Excel encrypted it with its own password. Raises Unopened."""
    from xlreport.formats.write_protected import decrypted, is_encrypted

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
