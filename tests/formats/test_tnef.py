"""winmail.dat: files come out under their long names, and nothing else ever does."""

from __future__ import annotations

import pytest

from mails import RARE, winmail
from xlreport.formats.tnef import DamagedWinmail, files_in


@pytest.mark.parametrize("encoding", ["utf-16-le", "gbk", "utf-8"])
@pytest.mark.parametrize("name", [RARE, "a.xlsx", "年报（终稿）.xlsx"])
def test_files_come_out_under_their_long_names(encoding: str, name: str) -> None:
    wrapped = files_in(winmail([(name, b"content"), ("2.txt", b"x" * 70_000)], encoding))
    assert [(file.name, len(file.data)) for file in wrapped] == [(name, 7), ("2.txt", 70_000)]


def test_a_mail_without_files_has_none() -> None:
    assert files_in(winmail([])) == ()


def test_what_is_cut_off_or_changed_is_damaged_and_never_half_read() -> None:
    whole = winmail([("年报.xlsx", b"content")])
    for size in range(7, len(whole)):
        try:
            found = files_in(whole[:size])
        except DamagedWinmail:
            continue
        assert {file.data for file in found} <= {b"content"}
    for at in range(0, len(whole), 3):
        changed = whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
        try:
            files_in(changed)
        except DamagedWinmail:
            continue
