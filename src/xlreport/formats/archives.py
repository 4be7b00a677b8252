"""Archives as their members: zip and gzip by ourselves, 7z and RAR by a program that is there."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from xlreport.formats.foreign import Unopened
from xlreport.formats.limits import VARIABLE, limits
from xlreport.formats.package import DAMAGED
from xlreport.formats.sniff import FileKind
from xlreport.formats.unpackers import member_name, unpack

_UTF8, _ENCRYPTED = 0x800, 1
_ENTRY, _END = b"PK\x01\x02", b"PK\x05\x06"
_GZIP = b"\x1f\x8b"
_TAR, _TAR_AT = b"ustar", 257
"""What the first header of a tar archive says, and where."""
_ONE_FILE = "文件"
"""What gzip packed alone: its name need not be in it."""
_JUNK = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_AGAIN = "请解压后再放入，或请单位不加密、不压缩重发"
_LARGE = (
    f"请解压后再放入；上报包不要解压，请把环境变量 {VARIABLE} 设得更大，"
    "如 parts=20000 unpacked_mb=3000，再运行一次"
)
DEEPEST = 5
"""Archives and mails within each other that are opened."""


class Unpacking:
    """Opens the archives in one file that was sent. What comes out of all of them together has a limit: each
    may be small, and hold a thousand others.
    """

    def __init__(self) -> None:
        self._left = limits().unpacked_mb * 2**20

    def members(self, data: bytes, kind: FileKind) -> list[tuple[str, bytes]]:
        """Name and content of each member of a zip, or of what another program unpacks. Raises Unopened."""
        found = zip_members(data) if kind is FileKind.ZIP else packed_members(data)
        taken = []
        for name, content in found:
            self._left -= len(content)
            if self._left < 0:
                raise Unopened("压缩包解开后过大", _LARGE)
            taken.append((name, content))
        return taken


def zip_members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each member. Raises Unopened where it cannot be unpacked, or is too large."""
    try:
        archive = _opened(data)
    except (*DAMAGED, struct.error) as error:
        raise _damaged() from error
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    _check([entry.file_size for entry in entries], sum(entry.compress_size for entry in entries))
    for entry in entries:
        name = _name(entry)
        if is_junk(name):
            continue
        if entry.flag_bits & _ENCRYPTED:
            raise Unopened("压缩包设了密码", _AGAIN)
        try:
            yield name, archive.read(entry)
        except DAMAGED as error:
            raise Unopened(f"压缩包已损坏（{name[:80]} 读不出来）", "请单位重新发送") from error


def packed_members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The same of a 7z or RAR file, and of what gzip packed. Raises Unopened where it cannot be unpacked."""
    if data.startswith(_GZIP):
        yield from _gzip_members(data)
        return
    with TemporaryDirectory() as folder:
        into = unpack(data, Path(folder))
        files = sorted(path for path in into.rglob("*") if path.is_file() and not path.is_symlink())
        _check([path.stat().st_size for path in files], len(data))
        for path in files:
            name = member_name(path.relative_to(into))
            if not is_junk(name):
                yield name, path.read_bytes()


def _gzip_members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of a tar archive; else the one file that was packed."""
    most = limits().unpacked_mb * 2**20
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            content = packed.read(most + 1)
    except DAMAGED as error:
        raise _damaged() from error
    _check([len(content)], len(data))
    if not content.startswith(_TAR, _TAR_AT):
        yield _ONE_FILE, content
        return
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            entries = [entry for entry in archive if entry.isfile() and not is_junk(entry.name)]
            _check([entry.size for entry in entries], len(data))
            files = [(_inside(entry.name), archive.extractfile(entry)) for entry in entries]
            yield from [(name, file.read()) for name, file in files if file is not None]
    except (tarfile.TarError, OverflowError, *DAMAGED) as error:
        raise _damaged() from error


def _damaged() -> Unopened:
    return Unopened("压缩包已损坏，可能没有传完", "请单位重新发送")


def is_junk(name: str) -> bool:
    """True for what systems put into archives by themselves."""
    low = name.casefold()
    return low.startswith(_JUNK[0]) or low.rpartition("/")[2] in _JUNK[1:]


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except UnicodeDecodeError:  # names marked as UTF-8 that are none
        return zipfile.ZipFile(io.BytesIO(_without_mark(data)))


def _without_mark(data: bytes) -> bytes:
    """The archive with no name marked as UTF-8, neither in its directory nor before the members."""
    fixed = bytearray(data)
    end = data.rfind(_END)
    (start,) = struct.unpack_from("<I", data, end + 16)
    while fixed[start : start + 4] == _ENTRY:
        (member,) = struct.unpack_from("<I", fixed, start + 42)
        for place in (start + 8, member + 6):
            (flags,) = struct.unpack_from("<H", fixed, place)
            struct.pack_into("<H", fixed, place, flags & ~_UTF8)
        lengths = struct.unpack_from("<HHH", fixed, start + 28)
        start += 46 + sum(lengths)
    return bytes(fixed)


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's name; without the mark of UTF-8 it is UTF-8 all the same, or what Windows writes."""
    if entry.flag_bits & _UTF8:
        name = entry.orig_filename
    else:
        raw = entry.orig_filename.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    return _inside(name)


def _inside(name: str) -> str:
    """A member's name without what would lead out of a folder."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _check(sizes: list[int], packed: int) -> None:
    most = limits()
    whole = sum(sizes)
    if whole > 2**20 and whole > most.ratio * max(1, packed):
        raise Unopened("压缩包的压缩比异常，为安全起见没有打开", "请不要解压；请单位把工作簿直接发来")
    if len(sizes) > most.parts or whole > most.unpacked_mb * 2**20:
        raise Unopened("压缩包解开后过大", _LARGE)
