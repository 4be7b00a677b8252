"""7z and RAR: unpacked by each program that can, with the same members; what is said where none can."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from command_line import SOUND
from other_programs import path_of
from xlreport.formats.archives import packed_members
from xlreport.formats.foreign import Unopened

INSTALL = {"7z": "install p7zip-full", "bsdtar": "install libarchive-tools"}
MEMBERS = {"乡镇/甲镇年报.xlsx": SOUND.read_bytes(), "乙局年报.xlsx": SOUND.read_bytes()}

posix = pytest.mark.skipif(sys.platform == "win32", reason="programs of the tests are scripts of a shell")


@pytest.fixture(params=sorted(INSTALL))
def only(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer on which no other program unpacks."""
    place = tmp_path / "programs"
    place.mkdir()
    (place / request.param).symlink_to(path_of(request.param, INSTALL[request.param]))
    monkeypatch.setenv("PATH", str(place))


def rar(members: Mapping[str, bytes]) -> bytes:
    """An archive of RAR 2.9 whose members are stored as they are, their names in GBK."""
    blocks = [_block(0x73, 0, bytes(6))]
    for name, data in members.items():
        raw = name.replace("/", "\\").encode("gbk")
        crc, day = zlib.crc32(data), (40 << 25) | (1 << 21) | (8 << 16)
        head = struct.pack("<IIBIIBBHI", len(data), len(data), 2, crc, day, 29, 0x30, len(raw), 0x20)
        blocks.append(_block(0x74, 0x8000, head + raw) + data)
    return b"Rar!\x1a\x07\x00" + b"".join(blocks) + _block(0x7B, 0x4000, b"")


def _block(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def seven_zip(folder: Path, *options: str) -> bytes:
    """An archive of the members, made by 7-Zip."""
    program = path_of("7z", INSTALL["7z"])
    for name, data in MEMBERS.items():
        place = folder / "sent" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    command = [program, "a", "-bd", *options, str(folder / "a.7z"), "."]
    subprocess.run(command, cwd=folder / "sent", check=True, capture_output=True)
    return (folder / "a.7z").read_bytes()


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Archives of the members, of each kind."""
    kinds = {
        "packed": (),
        "stored": ("-mx0",),
        "locked": ("-psecret",),
        "names locked": ("-psecret", "-mhe=on"),
    }
    made = {kind: seven_zip(tmp_path_factory.mktemp("7z"), *options) for kind, options in kinds.items()}
    return made | {"rar": rar(MEMBERS)}


@posix
@pytest.mark.usefixtures("only")
@pytest.mark.parametrize("kind", ["packed", "stored", "rar"])
def test_the_members_are_the_same_whatever_program_there_is(kind: str, packed: Mapping[str, bytes]) -> None:
    """The last member is itself a zip, which must not be taken for the archive."""
    assert dict(packed_members(packed[kind])) == MEMBERS


@posix
@pytest.mark.usefixtures("only")
@pytest.mark.parametrize("kind", ["locked", "names locked", "cut short"])
def test_what_cannot_be_unpacked_is_said(kind: str, packed: Mapping[str, bytes]) -> None:
    data = packed[kind] if kind in packed else packed["packed"][:3000]
    with pytest.raises(Unopened, match="密码或已损坏"):
        list(packed_members(data))


def script(folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    program = folder / "7z"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)


@posix
def test_without_a_program_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unopened, match="没有程序能解开"):
        list(packed_members(b"7z"))


@posix
def test_what_was_installed_without_being_put_into_the_path_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = os.environ["PATH"]
    script(
        tmp_path / "7-Zip", f'PATH="{path}"\ncp "$6" "${{5#-o}}/年报.xlsx"\nln -s /etc/passwd "${{5#-o}}/l"'
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert list(packed_members(b"Rar!")) == [("年报.xlsx", b"Rar!")]


@posix
def test_a_program_that_fails_or_hangs_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XLREPORT_LIMITS", "seconds=1")
    monkeypatch.setattr("xlreport.formats.unpackers._PROGRAMS", _SEVEN_ZIP_ALONE)
    for name, text in (("fails", 'echo x > "${5#-o}/a"\nexit 1'), ("hangs", "exec tail -f /dev/null")):
        script(tmp_path / name, text)
        monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path / name), "/usr/bin", "/bin"]))
        with pytest.raises(Unopened, match="解不开"):
            list(packed_members(b"7z\xbc\xaf\x27\x1c"))


_SEVEN_ZIP_ALONE = (("7z", ("x", "-y", "-bd", "-p-", "-o{into}", "{file}")),)
