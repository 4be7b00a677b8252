"""Mails: names of attachments as programs write them, mails in mails, links, mailboxes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mails import NAME, RARE, forwarding, mail, shapes
from xlreport.formats.mail import attachments, envelope_of, messages_of
from xlreport.formats.mail_names import head_text, parameter
from xlreport.formats.sniff import FileKind, kind_of


def names(data: bytes) -> list[str]:
    return [attachment.name for attachment in attachments(data)[1]]


@pytest.mark.parametrize("shape", shapes())
@pytest.mark.parametrize("name", [NAME, RARE, "年报（终稿）.xlsx", "a b;c=d.xlsx"])
def test_a_name_is_read_whatever_program_wrote_it(shape: str, name: str) -> None:
    assert names(mail([(shapes(name)[shape], b"x")])) == [name]


def test_a_name_that_stands_only_in_the_type_is_read() -> None:
    data = mail([(b"attachment", b"x")]).replace(
        b"application/octet-stream", b'application/octet-stream; name="\xb1\xed.xlsx"'
    )
    assert names(data) == ["表.xlsx"]


def test_a_plain_name_stays_as_it_is() -> None:
    assert names(mail([(b'attachment; filename="50%25 done %zz.xlsx"', b"x")])) == ["50%25 done %zz.xlsx"]
    assert names(mail([(b'attachment; filename="a\\"b.xlsx"', b"x")])) == ['a"b.xlsx']


@pytest.mark.parametrize(
    "broken",
    [
        b"attachment; filename*=",
        b"attachment; filename*0*=gbk''%",
        b'attachment; filename="=?gbk?B?!!!?="',
        b'attachment; filename="=?none?X?a?="',
        b"attachment; filename*99999=a",
        b'attachment; filename="',
        b";;;=;",
        b"attachment; filename=\xff\xfe",
        b"attachment; filename*=a'b",
    ],
)
def test_a_broken_name_breaks_nothing(broken: bytes) -> None:
    _, found = attachments(mail([(broken, b"x"), ("a.xlsx", b"y")]))
    assert found[-1].name == "a.xlsx"
    assert b"x" in {attachment.data for attachment in found}


def test_who_sent_it_and_when() -> None:
    date = "Fri, 12 Jan 2024 09:30:00 +0800 (CST)"
    envelope, _ = attachments(mail([], "Shuiwu@LanXi.example", date, "1@x", subject="水务局年报"))
    assert envelope.sender == "shuiwu@lanxi.example"
    assert envelope.dated == datetime(2024, 1, 12, 1, 30, tzinfo=UTC)
    assert envelope.subject == "水务局年报"
    assert envelope.id == "<1@x>"


@pytest.mark.parametrize(
    "date", ["", "gestern", "Fri, 99 Jan 2024 09:30:00 +0800", "Fri, 12 Jan 99999 0:0:0"]
)
def test_a_date_that_is_none_is_none(date: str) -> None:
    envelope, found = attachments(mail([("a.xlsx", b"x")], date=date))
    assert envelope.dated is None
    assert len(found) == 1


def test_a_forwarded_mail_keeps_its_own_sender() -> None:
    inner = mail([(NAME, b"x")], "unit@lanxi.example", "Fri, 12 Jan 2024 09:30:00 +0800")
    envelope, (found,) = attachments(forwarding(inner, "office@lanxi.example"))
    assert envelope.sender == "office@lanxi.example"
    assert (found.name, found.data) == (NAME, b"x")
    assert found.envelope.sender == "unit@lanxi.example"


def test_mails_in_mails_end_somewhere() -> None:
    data = mail([(NAME, b"x")])
    for _ in range(30):
        data = forwarding(data)
    assert attachments(data)[1] == ()


def test_a_picture_of_the_signature_is_no_attachment() -> None:
    data = mail([("a.xlsx", b"x"), (b"inline", b"y")])
    data = data.replace(b"Content-Disposition: inline", b"Content-ID: <1>")
    start = data.rindex(b"application/octet-stream")
    data = data[:start] + b"image/png; name=logo.png" + data[start + len(b"application/octet-stream") :]
    assert names(data) == ["a.xlsx"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("发件人使用了QQ邮箱超大附件 水务局年报.xlsx (1.2M) 进入下载页面", "水务局年报.xlsx"),
        ("下载：https://mail.qq.com/cgi-bin/ftnExs_download?k=1", "年报"),
        ("链接 https://pan.baidu.com/s/1abc 提取码 1234", "年报"),
    ],
)
def test_a_link_instead_of_a_file_is_told(text: str, name: str) -> None:
    _, (found,) = attachments(mail([], text=text))
    assert found.is_link
    assert found.name == name


def test_a_mail_without_files_has_none() -> None:
    assert attachments(mail([], text="年报已发，请查收。"))[1] == ()
    assert attachments(b"")[1] == ()


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_mailbox_is_its_mails(end: bytes) -> None:
    one, two = (mail([(f"{n}.xlsx", b"x")], text=f"\nFrom here on {n}") for n in "12")
    box = b"".join(
        b"From MAILER Fri Jan 12 09:30:00 2024" + end + m.replace(b"\r\n", end) + end for m in (one, two)
    )
    assert kind_of(box, "x") is FileKind.MAILBOX
    assert [names(m) for m in messages_of(box)] == [["1.xlsx"], ["2.xlsx"]]


def test_heads_are_words() -> None:
    assert head_text("=?utf-8?B?5bm05oql?= =?utf-8?B?5bm05oql?= x") == "年报年报 x"
    assert parameter("attachment", "filename") == ""


@pytest.mark.parametrize("data", [b"From nobody", b"From a\n\nFrom b\n", b"From x\n+=="])
def test_a_mailbox_without_mails_has_none(data: bytes) -> None:
    assert list(messages_of(data)) == []


def test_a_charset_that_cannot_be_breaks_nothing() -> None:
    data = mail([(b"attachment; filename*=\x00'x'%d6", b"x")]).replace(b"charset=utf-8", b"charset=\x00\xff")
    assert [attachment.data for attachment in attachments(data)[1]] == [b"x"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"From: x\nDate: y\n\nz", FileKind.OTHER),
        ("1704700000.M1P2.host:2,S", b"From: x\nDate: y\n\nz", FileKind.MAIL),
        ("a.eml", b"anything", FileKind.MAIL),
        ("a.mht", b"MIME-Version: 1.0\n\n", FileKind.PAGE),
        ("winmail.dat", b"x", FileKind.WINMAIL),
        ("a.xlsx", b"<html><table>", FileKind.WORKBOOK),
        ("a.htm", b"<html><table>", FileKind.PAGE),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", FileKind.PACKED),
        ("a.xlsx", b"PK\x03\x04", FileKind.WORKBOOK),
        ("a.zip", b"PK\x03\x04", FileKind.ZIP),
    ],
)
def test_a_file_is_what_it_holds(name: str, data: bytes, kind: FileKind) -> None:
    assert kind_of(data, name) is kind


@pytest.mark.parametrize(
    ("head", "automatic"),
    [
        (b"Auto-Submitted: auto-replied", True),
        (b"auto-submitted: Auto-Generated; owner-email=a@b.c", True),
        (b"Auto-Submitted: no", False),
        (b"Precedence: bulk", True),
        (b"Precedence: first-class", False),
        (b"X-Autoreply: yes", True),
        (b"List-Id: <ogi.lanxi.example>", True),
        (b"Return-Path: <>", True),
        (b"Return-Path: <a@b.c>", False),
        (b"Subject: Auto-Submitted: auto-replied", False),
    ],
)
def test_a_mail_that_a_program_sent_is_known_by_its_head(head: bytes, automatic: bool) -> None:
    data = head + b"\r\n" + mail([("a.xlsx", b"x")], "a@b.c")
    assert envelope_of(data).automatic is automatic
    assert attachments(data)[1][0].envelope.automatic is automatic
    assert attachments(forwarding(data, "b@b.c"))[1][0].envelope.automatic is automatic


def test_what_a_program_forwards_is_automatic_as_well() -> None:
    data = b"Auto-Submitted: auto-replied\r\n" + forwarding(mail([("a.xlsx", b"x")], "a@b.c"), "b@b.c")
    assert attachments(data)[1][0].envelope.automatic
