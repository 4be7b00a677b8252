"""Workbooks encrypted with Excel's own password open as in Excel; those of a person's password do not."""

from __future__ import annotations

import io
from pathlib import Path

import msoffcrypto
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compound_file import compound
from returns import save
from xlreport.formats.container import Container, PackageKind, open_container
from xlreport.formats.foreign import Unopened
from xlreport.formats.reading import take_snapshot
from xlreport.verify.verdict import verify_file

PASSWORDS = Path(__file__).parent.parent / "fixtures" / "passwords"
BUILT_IN = "VelvetSweatshop"


def encrypted(path: Path, password: str) -> bytes:
    out = io.BytesIO()
    with path.open("rb") as file:
        msoffcrypto.OfficeFile(file).encrypt(password, out)
    return out.getvalue()


def test_xls_of_the_built_in_password_is_read() -> None:
    """Saved by LibreOffice with that password."""
    container = open_container(PASSWORDS / "built_in.xls")
    sheet = take_snapshot(container).sheets["数字"]
    assert container.kind is PackageKind.XLS
    assert (sheet.raw(0, 0), sheet.raw(1, 1)) == (1286, "件")


def test_return_of_the_built_in_password_is_verified_like_any(tmp_path: Path) -> None:
    sound, path = save(tmp_path, name="plain.xlsx"), tmp_path / "return.xlsx"
    path.write_bytes(encrypted(sound, BUILT_IN))
    plain, protected = verify_file(sound), verify_file(path)
    assert [f.id for f in protected.findings] == [f.id for f in plain.findings]
    assert protected.status is plain.status


def test_a_persons_password_is_asked_to_be_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    path.write_bytes(encrypted(save(tmp_path, name="plain.xlsx"), "secret"))
    for file in (path, PASSWORDS / "secret.xls"):
        with pytest.raises(Unopened) as refused:
            open_container(file)
        assert "打开密码" in refused.value.message


def test_costly_hashing_is_not_begun() -> None:
    info = b'\4\0\4\0\x40\0\0\0<encryption><keyData spinCount="999999999"/></encryption>'
    with pytest.raises(Unopened, match="打开密码"):
        Container(compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": info}))


@given(st.data())
def test_damaged_headers_are_refused_with_a_reason(data: st.DataObject) -> None:
    damaged = bytearray((PASSWORDS / "built_in.xls").read_bytes())
    for place in data.draw(st.lists(st.integers(512, len(damaged) - 1), min_size=1, max_size=4)):
        damaged[place] = data.draw(st.integers(0, 255))
    try:
        take_snapshot(Container(bytes(damaged)))
    except Unopened as refused:
        assert refused.message
