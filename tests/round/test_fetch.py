"""round fetch: new mail once, without a trace in the mailbox."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import refused, run
from mail_server import PASSWORD, Box, serving, use_box
from mails import mail
from rounds import ADDRESS, CIVIL, TOWN, WATER, begin, filled, status, unit
from xlreport.round.fetch import mailbox_name
from xlreport.round.place import RoundFolder


@pytest.fixture
def place(tmp_path: Path) -> RoundFolder:
    return begin(tmp_path / "收表")


@pytest.fixture
def box(place: RoundFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    """A mailbox with two returns, to which the round's settings lead."""

    def plain(host: str, port: int, **options: Any) -> imaplib.IMAP4:
        return imaplib.IMAP4(host, port, timeout=options["timeout"])

    monkeypatch.setattr(imaplib, "IMAP4_SSL", plain)
    monkeypatch.setenv("XLREPORT_MAIL_PASSWORD", PASSWORD)
    with serving(Box()) as found:
        for name in (WATER, CIVIL):
            found.add(
                mail([("年报.xlsx", filled(name))], ADDRESS[name], message_id=f"{name.encode().hex()}@x")
            )
        use_box(place, found)
        yield found


def fetch(place: RoundFolder, code: int = 0) -> str:
    result = run("round", "fetch", place.root)
    assert result.exit_code == code, result.output
    return result.output


def test_new_mail_is_taken_and_leaves_no_trace_in_the_mailbox_nor_its_password_here(
    place: RoundFolder, box: Box
) -> None:
    output = fetch(place)
    assert "新邮件 2 封，新收到 2 份" in output
    assert status(place)["totals"]["accepted"] == 2
    assert unit(status(place), WATER)["files"][0]["source"] == "年报"
    words = " ".join(box.commands)
    assert "EXAMINE" in words and "SELECT" not in words
    assert "STORE" not in words and "EXPUNGE" not in words
    assert words.count("BODY[") == 0 and "BODY.PEEK[]" in words
    assert list(place.inbox.iterdir()) == []
    written = [path.read_bytes() for path in place.root.rglob("*") if path.is_file()]
    assert all(PASSWORD.encode() not in data for data in (*written, output.encode()))


def test_a_mail_is_fetched_once(place: RoundFolder, box: Box) -> None:
    fetch(place)
    box.add(mail([("年报.xlsx", filled(TOWN))], ADDRESS[TOWN], message_id="3@x"))
    assert "新邮件 1 封，新收到 1 份" in fetch(place)
    assert "新邮件 0 封" in fetch(place)


def test_a_mailbox_numbered_anew_gives_nothing_twice_and_loses_nothing(place: RoundFolder, box: Box) -> None:
    fetch(place)
    box.validity = 2
    box.mails = {uid + 10: data for uid, data in box.mails.items()}
    box.add(mail([("年报.xlsx", filled(TOWN))], ADDRESS[TOWN]))
    assert "新邮件 1 封，新收到 1 份" in fetch(place)
    assert status(place)["totals"]["accepted"] == 3


def test_a_provider_that_wants_to_know_the_program_is_told(place: RoundFolder, box: Box) -> None:
    box.wants_id = True
    assert "新邮件 2 封" in fetch(place)


def test_a_connection_that_breaks_off_loses_nothing(place: RoundFolder, box: Box) -> None:
    box.breaks_at = 2
    assert "中断" in refused_after(place)
    box.breaks_at = 0
    fetch(place)
    assert status(place)["totals"]["accepted"] == 2


def refused_after(place: RoundFolder) -> str:
    result = run("round", "fetch", place.root)
    assert result.exit_code == 2
    return result.stderr


def test_what_is_wrong_is_said(place: RoundFolder, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLREPORT_MAIL_PASSWORD", "falsch")
    assert "授权码" in refused("round", "fetch", place.root)
    monkeypatch.delenv("XLREPORT_MAIL_PASSWORD")
    assert "XLREPORT_MAIL_PASSWORD" in refused("round", "fetch", place.root)


def test_without_a_mailbox_in_the_settings_it_is_said(place: RoundFolder) -> None:
    assert "[imap]" in refused("round", "fetch", place.root)


@pytest.mark.parametrize(
    ("name", "written"), [("INBOX", "INBOX"), ("年报", "&XnRipQ-"), ("A&B", "A&-B"), ('a"b', 'a\\"b')]
)
def test_names_of_folders_are_written_as_the_protocol_says(name: str, written: str) -> None:
    assert mailbox_name(name) == written
