"""round fetch and issue --send with servers as offices have them: Dovecot and Exim, over TLS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import refused, run
from mails import mail
from real_servers import HOST, Server, dovecot, exim, lead_to
from rounds import ADDRESS, CIVIL, TOWN, WATER, begin, filled, status
from xlreport.round import fetch as fetching
from xlreport.round import send
from xlreport.round.events import read_log
from xlreport.round.fetch import FETCHED
from xlreport.round.place import RoundFolder

_LONG_AGO = 1_600_000_000


@pytest.fixture
def place(tmp_path: Path) -> RoundFolder:
    return begin(tmp_path / "收表")


@pytest.fixture
def box(place: RoundFolder) -> Iterator[Server]:
    """A mailbox with two unread returns."""
    with dovecot() as server:
        server.deliver({"1": _return(WATER, "1@x"), "2": _return(CIVIL, "2@x")})
        lead_to(place, "imap", f'host = "{HOST}"\nport = {server.port}\nuser = "ogi"')
        yield server


def _return(name: str, message_id: str) -> bytes:
    return mail([("年报.xlsx", filled(name))], ADDRESS[name], message_id=message_id)


def fetch(place: RoundFolder) -> str:
    result = run("round", "fetch", place.root)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_new_mail_is_fetched_once_and_stays_unread(place: RoundFolder, box: Server) -> None:
    before = box.mails
    assert "新邮件 2 封，新收到 2 份" in fetch(place)
    assert "新邮件 0 封" in fetch(place)
    assert [event["message"] for event in _fetched(place)] == ["<1@x>", "<2@x>"]
    assert box.mails == before
    assert status(place)["totals"]["accepted"] == 2


def _fetched(place: RoundFolder) -> list[object]:
    return [event for event in read_log(place.events).events if event.kind == FETCHED]


def test_a_mailbox_numbered_anew_brings_only_what_is_new(place: RoundFolder, box: Server) -> None:
    fetch(place)
    box.stop()
    numbers = box.folder / "mail" / "dovecot-uidlist"
    numbers.write_text(re.sub(r" V\d+ ", " V7 ", numbers.read_text(), count=1))
    for index in (box.folder / "mail").glob("dovecot.index*"):
        index.unlink()
    box.deliver({"3": _return(TOWN, "3@x")})
    box.start()
    assert "新邮件 1 封，新收到 1 份" in fetch(place)
    assert {event["validity"] for event in _fetched(place)} > {"7"}


def test_a_mailbox_that_dies_in_the_middle_loses_nothing(
    place: RoundFolder, box: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = fetching._body

    def dying(connection: object, uid: int) -> bytes:
        if uid == 2:
            box.stop()
        return body(connection, uid)  # type: ignore[arg-type]

    monkeypatch.setattr(fetching, "_body", dying)
    assert "中断" in refused("round", "fetch", place.root)
    monkeypatch.undo()
    box.start()
    assert "新邮件" in fetch(place)
    assert status(place)["totals"]["accepted"] == 2


def test_old_mails_are_passed_over_and_other_folders_fetched_as_well(place: RoundFolder, box: Server) -> None:
    old = mail([("旧.xlsx", b"x")], ADDRESS[TOWN])
    box.deliver({f"old{number}": old for number in range(3_000)}, at=_LONG_AGO)
    box.deliver({"9": _return(TOWN, "9@x")}, folder=".&V4NXPpCuTvY-")
    lead_to(
        place, "imap", f'host = "{HOST}"\nport = {box.port}\nuser = "ogi"\nfolder = ["INBOX", "垃圾邮件"]'
    )
    assert "新邮件 3 封，新收到 3 份" in fetch(place)


def test_a_mail_of_fifty_megabytes_comes_through(place: RoundFolder, box: Server) -> None:
    box.deliver({"3": mail([("年报.xlsx", filled(TOWN)), ("影像.bin", bytes(37_000_000))], ADDRESS[TOWN])})
    assert "新邮件 3 封，新收到 4 份" in fetch(place)
    assert status(place)["totals"]["accepted"] == 3


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_each_mail_is_sent_once_over_tls(
    place: RoundFolder, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "sleep", lambda _: None)
    with exim(security) as server:
        lead_to(place, "mail", 'from = "ogi@lanxi.example"')
        smtp = f'host = "{HOST}"\nport = {server.port}\nuser = "ogi"\nsecurity = "{security}"'
        lead_to(place, "smtp", smtp)
        assert "寄出 3 封" in run("round", "issue", place.root, "--send").stdout
        assert "寄出 0 封" in run("round", "issue", place.root, "--send").stdout
        came, log = server.came, server.log()
    assert len(came) == 3
    assert all(f"\n1\n{address}\n".encode() in b"".join(came) for address in ADDRESS.values())
    assert b"X-Unsent" not in b"".join(came)
    assert log.count("P=esmtpsa") == 3
