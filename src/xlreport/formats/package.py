"""An Office package: the parts of an archive, each unpacked and checked when it is asked for."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from xlreport.formats.foreign import RESAVE, Unopened, encrypted, foreign_file
from xlreport.formats.limits import limits
from xlreport.formats.opc import Relation, part_name, relations_in, relations_of, same_part
from xlreport.formats.xml import parse_xml, tags_in

_END = b"PK\x05\x06"
_LONGEST_END = 65_557
"""The last record of an archive, with the longest comment behind it."""
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


class Package:
    """Parts by name. Names are compared as `opc.same_part` does; `entries` are those of all in the file.

    `archive` is None where a file is none, and all of it is given in `parts`.
    """

    def __init__(
        self,
        archive: zipfile.ZipFile | None,
        entries: frozenset[str] = frozenset(),
        parts: Mapping[str, bytes] | None = None,
    ) -> None:
        self._archive = archive
        self._unpacked: dict[str, bytes] = dict(parts or {})
        self._tags = 0
        self._zipped: dict[str, list[zipfile.ZipInfo]] = {}
        infos = archive.infolist() if archive is not None else []
        for entry in infos:
            if not entry.is_dir():
                self._zipped.setdefault(same_part(entry.filename), []).append(entry)
        self.entries = entries | {part_name(entry.filename) for entry in infos}

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
        return {part_name(entry.filename): self._read(entry) for entry in entries}

    def counted(self, name: str) -> bytes:
        """One part's bytes, for a parser. Raises Unopened as `part` does, and where all are too much."""
        data = self.part(name)
        self._tags += tags_in(data)
        if self._tags > limits().tags:
            raise Unopened("文件里的单元格过多，不是正常的报表工作簿")
        return data

    def xml(self, name: str) -> etree._Element:
        """One part's XML. Raises Unopened as `counted` and `parse_xml` do."""
        return parse_xml(self.counted(name))

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
        return self._read(entries[0])

    def _read(self, entry: zipfile.ZipInfo) -> bytes:
        assert self._archive is not None, "entries without an archive"
        return _unpacked(self._archive, entry)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, if it is no larger than a report can be. Raises Unopened."""
    if not data:
        raise Unopened("文件是空的（0 字节），可能没有传完")
    if data[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise foreign_file(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except DAMAGED as error:
        raise Unopened("文件已损坏，可能没有传完") from error
    _check_end(data, archive)
    most = limits()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > most.parts or unpacked > most.unpacked_mb * 2**20:
        raise Unopened("文件解压后过大，不是正常的报表工作簿")
    return archive


def _check_end(data: bytes, archive: zipfile.ZipFile) -> None:
    """The archive has one end, and its directory stands where that says: programs look for them differently.

    Of two archives in one file some find the first, some the second.
    """
    start = max(0, len(data) - _LONGEST_END)
    ends = list(_places(_END, data[start:]))
    lengths = [int.from_bytes(data[start + end + 20 : start + end + 22], "little") for end in ends]
    whole = [end for end, length in zip(ends, lengths, strict=True) if start + end + 22 + length == len(data)]
    stated = int.from_bytes(data[start + ends[-1] + 16 : start + ends[-1] + 20], "little") if ends else 0
    if len(whole) > 1 or (ends and stated not in (archive.start_dir, 0xFFFF_FFFF)):
        raise Unopened("文件已损坏，里面不止一份内容，以哪一份为准无法判断", RESAVE)


def _places(part: bytes, data: bytes) -> Iterator[int]:
    place = data.find(part)
    while place >= 0:
        yield place
        place = data.find(part, place + 1)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise encrypted()
    if entry.file_size > 2**20 and entry.file_size > limits().ratio * max(1, entry.compress_size):
        raise Unopened("文件压缩比异常，为安全起见没有打开")
    try:
        return archive.read(entry)
    except DAMAGED as error:
        raise Unopened(f"文件已损坏（{entry.filename[:80]} 读不出来）") from error
