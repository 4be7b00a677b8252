"""Mails as Outlook saves them: attachments with their long names, and mails in mails."""

from __future__ import annotations

import random

import pytest

from compound_file import compound
from mails import RARE, outlook_streams
from xlreport.formats.compound import Damaged
from xlreport.formats.msg import attachments_of
from xlreport.formats.sniff import FileKind, kind_of

HEAD = (
    "From: =?utf-8?B?5rC05Yqh?= <A@b.c>\r\nDate: Wed, 10 Jan 2024 10:00:00 +0800\r\nMessage-ID: <1@x>\r\n\r\n"
)
BIG = bytes(range(256)) * 20


def test_attachments_have_their_long_names_and_the_sender() -> None:
    data = compound(outlook_streams([(RARE, BIG), ("2.xlsx", BIG + b"2")], HEAD))
    assert kind_of(data, "年报.msg") is FileKind.OUTLOOK
    envelope, found = attachments_of(data)
    assert (envelope.sender, envelope.id) == ("a@b.c", "<1@x>")
    assert envelope.dated is not None and envelope.dated.year == 2024
    assert [(one.name, one.data) for one in found] == [(RARE, BIG), ("2.xlsx", BIG + b"2")]


def test_a_mail_in_a_mail_has_its_own_sender() -> None:
    inner = outlook_streams([("内.xlsx", BIG)], "From: <b@b.c>\r\n\r\n")
    deeper = outlook_streams([("", inner), ("中.xlsx", BIG)], "")
    _, found = attachments_of(compound(outlook_streams([("", deeper)], HEAD)))
    assert [(one.name, one.envelope.sender) for one in found] == [("内.xlsx", "b@b.c"), ("中.xlsx", "")]


def test_a_mail_without_a_head_says_what_its_properties_say() -> None:
    streams = outlook_streams([("1.xlsx", BIG)]) | {"__substg1.0_0C1F001E": "甲 <A@B.c>".encode("gbk")}
    envelope, _ = attachments_of(compound(streams))
    assert (envelope.sender, envelope.subject, envelope.dated) == ("a@b.c", "年报", None)


@pytest.mark.parametrize("seed", range(20))
def test_damage_is_said_and_never_hangs(seed: int) -> None:
    chance = random.Random(seed)
    inner = outlook_streams([("内.xlsx", BIG)], HEAD)
    data = bytearray(compound(outlook_streams([("1.xlsx", BIG), ("", inner)], HEAD)))
    for _ in range(30):
        data[chance.randrange(512, len(data))] = chance.randrange(256)
    for damaged in (bytes(data), bytes(data[: chance.randrange(8, len(data))])):
        try:
            attachments_of(damaged)
        except Damaged:
            continue
