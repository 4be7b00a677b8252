"""Archives: names of members as Chinese Windows writes them, what is not unpacked, what gzip packed."""

from __future__ import annotations

import gzip
import io
import os
import struct
import tarfile
import zipfile
from collections.abc import Mapping

import pytest

from xlreport.formats.archives import packed_members, zip_members
from xlreport.formats.foreign import Unopened


def zipped(members: Mapping[str, bytes], encoding: str = "utf-8", marked: bool = False) -> bytes:
    """An archive whose names are in that encoding, marked as UTF-8 or not."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(members.values()):
            archive.writestr(_place(number), content)
    data = out.getvalue()
    for number, name in enumerate(members):
        raw = name.encode(encoding)
        data = data.replace(
            _place(number).encode(), raw.ljust(len(_place(number)), b" ")[: len(_place(number))]
        )
    if marked:
        data = _marked(data)
    return data


def _place(number: int) -> str:
    """A name as long as those of the tests may be."""
    return f"{number:02}" + "x" * 28


def _marked(data: bytes) -> bytes:
    fixed = bytearray(data)
    for head, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = fixed.find(head)
        while at >= 0:
            (old,) = struct.unpack_from("<H", fixed, at + flags)
            struct.pack_into("<H", fixed, at + flags, old | 0x800)
            at = fixed.find(head, at + 4)
    return bytes(fixed)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
@pytest.mark.parametrize("marked", [False, True])
def test_names_are_read_whatever_the_mark_says(encoding: str, marked: bool) -> None:
    name = "乡镇/垚镇年报.xlsx"
    found = [(member.strip(), data) for member, data in zip_members(zipped({name: b"x"}, encoding, marked))]
    assert found == [(name, b"x")]


@pytest.mark.parametrize("name", ["../../a.xlsx", "/etc/a.xlsx", "..\\a.xlsx"])
def test_no_name_leads_out(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, b"x")
    ((found, _),) = zip_members(out.getvalue())
    assert found in ("a.xlsx", "etc/a.xlsx")


def test_what_systems_put_there_is_no_member() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("__MACOSX/._a.xlsx", "x/.DS_Store", "Thumbs.db", "年报.xlsx", "空/"):
            archive.writestr(name, b"")
    assert [name for name, _ in zip_members(out.getvalue())] == ["年报.xlsx"]


def test_what_is_too_large_damaged_or_locked_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", bytes(3 * 2**20))
    bomb = out.getvalue()
    with pytest.raises(Unopened, match="压缩比"):
        list(zip_members(bomb))
    with pytest.raises(Unopened, match="损坏"):
        list(zip_members(bomb[:-30]))
    locked = bytearray(zipped({"a.xlsx": b"x"}))
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unopened, match="密码"):
        list(zip_members(bytes(locked)))
    monkeypatch.setenv("XLREPORT_LIMITS", "unpacked_mb=1")
    with pytest.raises(Unopened, match="过大"):
        list(zip_members(zipped({"a.xlsx": os.urandom(3 * 2**20)})))


def tarred(members: Mapping[str, bytes], sparse: int = 0) -> bytes:
    """A tar archive packed by gzip, with a link in it; `sparse` is how long its files pretend to be."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        link = tarfile.TarInfo("link.xlsx")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            if sparse:
                entry.pax_headers = {"GNU.sparse.map": "0,0", "GNU.sparse.size": str(sparse)}
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def test_a_tar_is_its_files_and_anything_else_that_gzip_packed_one_file() -> None:
    sent = {"乡镇/甲镇.xlsx": b"PK", "../out.xlsx": b"x", "__MACOSX/._a": b"", "空.xlsx": b""}
    read = [("乡镇/甲镇.xlsx", b"PK"), ("out.xlsx", b"x"), ("空.xlsx", b"")]
    assert list(packed_members(tarred(sent))) == read
    workbook = zipped({"[Content_Types].xml": b"x"})
    for content in (workbook, b"", b"x" * 5000):
        assert list(packed_members(gzip.compress(content))) == [("文件", content)]


def with_headers(headers: Mapping[str, str]) -> bytes:
    """A tar archive whose member has these extended headers, packed by gzip."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        entry = tarfile.TarInfo("年报.xlsx")
        entry.size, entry.pax_headers = 4, dict(headers)
        archive.addfile(entry, io.BytesIO(b"PK34"))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        with_headers({"GNU.sparse.map": "a,b"}),
        with_headers({"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}),
        with_headers({"GNU.sparse.size": "many"}),
        gzip.compress(gzip.decompress(tarred({"a.xlsx": bytes(5000)}))[:3000]),
        gzip.compress((gzip.decompress(with_headers({})) * 2)[:-1500].replace(b"0000644", b"99xx644")),
    ],
    ids=["map", "no map", "size", "cut short", "checksum"],
)
def test_a_damaged_tar_is_said(data: bytes) -> None:
    with pytest.raises(Unopened, match="损坏"):
        list(packed_members(data))


def test_what_gzip_packed_has_the_same_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unopened, match="压缩比"):
        list(packed_members(gzip.compress(bytes(3 * 2**20))))
    with pytest.raises(Unopened, match="压缩比"):
        list(packed_members(tarred({"a.xlsx": b"x"}, sparse=2**40)))
    with pytest.raises(Unopened, match="损坏"):
        list(packed_members(gzip.compress(b"x" * 500)[:-9]))
    monkeypatch.setenv("XLREPORT_LIMITS", "unpacked_mb=1")
    with pytest.raises(Unopened, match="过大"):
        list(packed_members(gzip.compress(os.urandom(3 * 2**20))))
