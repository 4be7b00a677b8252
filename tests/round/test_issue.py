"""round issue: a sealed, prefilled workbook for each unit, and the draft of a mail that brings it."""

from __future__ import annotations

import smtplib
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, ClassVar

import pytest

import xlreport
from command_line import fingerprints, refused, run
from last_year import OVER, save_last
from lists import COUNTY, HEADINGS
from mails import mail
from returns import FORM, save, sound
from rounds import ADDRESS, CIVIL, OFFICE, TOWN, WATER, begin, drop, filled, look, status, unit
from xlreport.round import send
from xlreport.round.key import Sealed
from xlreport.round.opened import counting_files, last_year_in
from xlreport.round.place import RoundFolder
from xlreport.workbook.write import write_workbook


@pytest.fixture
def place(tmp_path: Path) -> RoundFolder:
    return begin(tmp_path / "收表")


def issue(place: RoundFolder, *args: object) -> str:
    result = run("round", "issue", place.root, *args)
    assert result.exit_code == 0, result.stderr
    return result.output


def draft(place: RoundFolder, name: str, what: str = "下发") -> EmailMessage:
    found = message_from_bytes((place.outbox / f"{what}_{name}.eml").read_bytes(), policy=default)
    assert isinstance(found, EmailMessage)
    return found


def workbook(place: RoundFolder, name: str = WATER) -> Path:
    return place.issued / f"{name}_2023_ogi_annual_2021.xlsx"


def test_every_unit_gets_a_workbook_that_is_sealed_and_verified_like_any(place: RoundFolder) -> None:
    issue(place)
    assert len(list(place.issued.iterdir())) == 3
    key = look(place).key
    assert key is not None
    submission = xlreport.read(workbook(place))
    assert key.check(submission.stamp) == (Sealed.OURS, 1)
    unsealed = write_workbook(FORM, submission.inputs)
    (place.inbox / "x.xlsx").write_bytes(unsealed)
    plain = xlreport.read(place.inbox / "x.xlsx")
    assert plain.stamp == replace(submission.stamp, seal="")
    assert [f.id for f in xlreport.verify(submission)] == [f.id for f in xlreport.verify(plain)]
    assert status(place)["totals"]["issued"] == 3


def test_a_seal_holds_for_its_own_stamp_only(place: RoundFolder) -> None:
    issue(place)
    key = look(place).key
    assert key is not None
    water, town = (xlreport.read(workbook(place, name)).stamp for name in (WATER, TOWN))
    for altered in (
        replace(water, unit=TOWN),
        replace(water, year=2022),
        replace(town, seal=water.seal),
        replace(water, seal="2" + water.seal[1:]),
        replace(water, seal="x"),
    ):
        assert key.check(altered) == (Sealed.BROKEN, 0)
    assert key.check(replace(water, seal="")) == (Sealed.NONE, 0)
    other = begin(place.root.parent / "另一次")
    foreign = look(other).key
    assert foreign is not None
    assert foreign.check(water) == (Sealed.NONE, 0)


def test_the_draft_is_ready_to_send_to_the_unit_alone(place: RoundFolder) -> None:
    issue(place)
    mail = draft(place, WATER)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "shuiwu@lanxi.example"
    assert "2023年度政府信息公开工作年度报告" in mail["Subject"]
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == workbook(place).name
    assert attached.get_content() == workbook(place).read_bytes()
    body = mail.get_body()
    assert body is not None
    assert "2024年1月31日" in body.get_content()
    assert OFFICE in body.get_content()


def test_issuing_again_does_nothing_and_by_name_a_second_copy(place: RoundFolder) -> None:
    issue(place)
    before = fingerprints(place.root)
    assert "下发 0 个单位" in issue(place)
    after = fingerprints(place.root)
    assert {n for n in before if before[n] != after.get(n)} <= {"ledger.sqlite"}
    issue(place, "--unit", "LX-B-001")
    key = look(place).key
    assert key is not None
    assert key.check(xlreport.read(workbook(place)).stamp) == (Sealed.OURS, 2)
    body = draft(place, WATER).get_body()
    assert body is not None
    assert "第 2 次下发" in body.get_content()


def test_last_year_is_filled_in_from_a_folder(tmp_path: Path) -> None:
    rows = [("岚溪县自然资源和规划局", "", "", "", "", "a@b.cn", None)]
    place = begin(tmp_path / "收表", rows, HEADINGS)
    issue(place, "--prior", save_last(tmp_path / "2022").parent)
    inputs = xlreport.read(workbook(place, "岚溪县自然资源和规划局")).inputs
    assert inputs[OVER.format("natural_person")] == 3


def test_a_unit_without_an_address_gets_a_workbook_and_it_is_said(tmp_path: Path) -> None:
    place = begin(tmp_path / "收表", [("甲局",)], ["单位"])
    assert "甲局：名单里没有邮箱" in issue(place)
    assert list(place.outbox.iterdir()) == []
    assert len(list(place.issued.iterdir())) == 1


def test_a_draft_that_was_cut_short_is_written_next_time_and_a_removed_one_is_not(place: RoundFolder) -> None:
    issue(place)
    path = place.outbox / f"下发_{WATER}.eml"
    path.unlink()
    issue(place)
    assert not path.exists()
    lines = place.events.read_text(encoding="utf-8").splitlines(keepends=True)
    place.events.write_text("".join(lines[:-1]), encoding="utf-8")
    last = place.outbox / f"下发_{TOWN}.eml"
    last.unlink()
    issue(place)
    assert last.exists()


def test_what_cannot_be_issued_is_refused(place: RoundFolder) -> None:
    assert "名单里没有“没有的局”" in refused("round", "issue", place.root, "--unit", "没有的局")
    place.key.unlink()
    assert "密钥" in refused("round", "issue", place.root)
    assert list(place.issued.iterdir()) == []


def test_the_key_leaves_with_nothing(place: RoundFolder) -> None:
    issue(place)
    secret = place.key.read_text(encoding="ascii").strip()
    for path in place.root.rglob("*"):
        if path.is_file() and path != place.key:
            assert secret.encode() not in path.read_bytes(), path
            assert bytes.fromhex(secret) not in path.read_bytes(), path


class FakeServer:
    """Takes mails, or refuses some addressees, or breaks off."""

    mails: ClassVar[list[tuple[str, list[str], bytes]]] = []
    pauses: ClassVar[list[float]] = []
    refuses: ClassVar[str] = ""
    breaks: ClassVar[str] = ""
    hangs_up_after: ClassVar[int] = 99

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def login(self, user: str, password: str) -> None:
        assert (user, password) == ("ogi", "授权码")

    def noop(self) -> None:
        if self.hangs_up_after == len(self.mails):
            raise smtplib.SMTPServerDisconnected

    def sendmail(self, sender: str, to: list[str], mail: bytes) -> None:
        if self.breaks in to:
            raise smtplib.SMTPServerDisconnected
        if self.refuses in to:
            raise smtplib.SMTPRecipientsRefused({})
        self.mails.append((sender, to, mail))

    def quit(self) -> None:
        pass


@pytest.fixture
def server(place: RoundFolder, monkeypatch: pytest.MonkeyPatch) -> type[FakeServer]:
    text = place.settings.read_text(encoding="utf-8")
    text = text.replace('from = ""', 'from = "ogi@lanxi.example"').replace('user = ""', 'user = "ogi"', 1)
    place.settings.write_text(text.replace('host = ""', 'host = "smtp.lanxi.example"', 1), encoding="utf-8")
    monkeypatch.setattr(smtplib, "SMTP_SSL", FakeServer)
    monkeypatch.setattr(send, "sleep", FakeServer.pauses.append)
    monkeypatch.setenv("XLREPORT_MAIL_PASSWORD", "授权码")
    for name in ("mails", "pauses"):
        getattr(FakeServer, name).clear()
    monkeypatch.setattr(FakeServer, "refuses", "")
    monkeypatch.setattr(FakeServer, "breaks", "")
    monkeypatch.setattr(FakeServer, "hangs_up_after", 99)
    return FakeServer


def sent_to(server: type[FakeServer]) -> list[Any]:
    return [to for _, to, _ in server.mails]


def test_mails_are_sent_once_each(place: RoundFolder, server: type[FakeServer]) -> None:
    assert "寄出 3 封" in issue(place, "--send")
    assert sent_to(server) == [[row[5]] for row in COUNTY]
    mail = message_from_bytes(server.mails[0][2])
    assert "X-Unsent" not in mail
    assert mail["Date"] and mail["Message-ID"].endswith("@lanxi.example>")
    assert list(place.outbox.iterdir()) == []
    assert "寄出 0 封" in issue(place, "--send")
    assert len(server.mails) == 3


def test_a_mail_that_was_refused_is_tried_again_and_the_others_go_out(
    place: RoundFolder, server: type[FakeServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "refuses", "minzheng@lanxi.example")
    assert "寄出 2 封" in issue(place, "--send")
    monkeypatch.setattr(server, "refuses", "")
    assert "寄出 1 封" in issue(place, "--send")
    assert sent_to(server)[2] == ["minzheng@lanxi.example"]


def test_a_mail_that_may_have_gone_out_is_not_sent_again(
    place: RoundFolder, server: type[FakeServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "breaks", "minzheng@lanxi.example")
    result = run("round", "issue", place.root, "--send")
    assert result.exit_code == 2
    assert "不知道寄出没有" in result.stderr
    monkeypatch.setattr(server, "breaks", "")
    output = issue(place, "--send")
    assert "不知道寄出没有，没有再寄" in output
    assert sorted(sent_to(server)) == [["qinghe@lanxi.example"], ["shuiwu@lanxi.example"]]


def test_mails_go_out_no_faster_than_the_settings_say(place: RoundFolder, server: type[FakeServer]) -> None:
    text = place.settings.read_text(encoding="utf-8")
    place.settings.write_text(text.replace("per_minute = 20", "per_minute = 12"), encoding="utf-8")
    assert "寄出 3 封" in issue(place, "--send")
    assert server.pauses == [5, 5]


def test_a_connection_that_is_gone_before_a_mail_costs_nothing(
    place: RoundFolder, server: type[FakeServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "hangs_up_after", 1)
    result = run("round", "issue", place.root, "--send")
    assert result.exit_code == 2
    assert "还没有寄" in result.stderr
    monkeypatch.setattr(server, "hangs_up_after", 99)
    assert "寄出 2 封" in issue(place, "--send")
    assert len(server.mails) == 3


def test_without_a_server_nothing_is_sent_and_the_drafts_stay(place: RoundFolder) -> None:
    result = run("round", "issue", place.root, "--send")
    assert result.exit_code == 2
    assert "[smtp]" in result.stderr
    assert len(list(place.outbox.iterdir())) == 3


def test_without_a_password_nothing_is_sent(
    place: RoundFolder, server: type[FakeServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XLREPORT_MAIL_PASSWORD")
    result = run("round", "issue", place.root, "--send")
    assert result.exit_code == 2
    assert "XLREPORT_MAIL_PASSWORD" in result.stderr
    assert server.mails == []


def test_exempt_units_get_nothing(tmp_path: Path) -> None:
    place = begin(tmp_path / "收表", [("甲局", "垂直管理"), ("乙局", "")], ["单位", "免报原因"])
    issue(place)
    assert [path.name for path in place.issued.iterdir()] == ["乙局_2023_ogi_annual_2021.xlsx"]
    data = status(place)
    assert (unit(data, "甲局")["state"], unit(data, "甲局")["next"]) == ("exempt", "免报（垂直管理）")
    assert data["totals"]["expected"] == 1


def test_a_filled_workbook_of_the_round_keeps_its_seal(place: RoundFolder, tmp_path: Path) -> None:
    issue(place)
    key = look(place).key
    assert key is not None
    values = sound({"organ": WATER, "unit_code": "LX-B-001"})
    sealed = tmp_path / "t.xlsx"
    sealed.write_bytes(write_workbook(FORM, values, seal=lambda stamp: key.seal(stamp, 1)))
    assert xlreport.verify(xlreport.read(sealed)) == xlreport.verify(
        xlreport.read(save(tmp_path, values, "t.xlsx"))
    )


def test_a_round_begins_where_the_one_before_ended(tmp_path: Path) -> None:
    rows = [(WATER, "LX-B-001", "", "", "", "a@b.cn", None)]
    old = begin(tmp_path / "2022年收表", rows, HEADINGS)
    text = old.settings.read_text(encoding="utf-8")
    old.settings.write_text(text.replace("year = 2023", "year = 2022"), encoding="utf-8")
    unit_ = {"organ": WATER, "unit_code": "LX-B-001"}
    save_last(old.inbox, unit_, "a.xlsx")
    save_last(old.inbox, {**unit_, "requests[other,natural_person]": 7}, "b.xlsx")
    assert run("round", "take", old.root).exit_code == 1
    new = ("round", "new", tmp_path / "2023年收表", "--year", 2023, "--office", OFFICE)
    assert run(*new, "--from", old.root).exit_code == 0
    place = RoundFolder(tmp_path / "2023年收表")
    issue(place)
    inputs = xlreport.read(workbook(place)).inputs
    assert inputs[OVER.format("natural_person")] == 3
    assert inputs["unit_code"] == "LX-B-001"
    assert [candidate.name for candidate in last_year_in(old).candidates] == ["a.xlsx"]


def test_what_counts_in_a_round_is_called_as_it_came(place: RoundFolder) -> None:
    for number, name in enumerate((WATER, CIVIL)):
        drop(place, f"{number}.eml", mail([("年报.xlsx", filled(name))], ADDRESS[name]))
    drop(place, "青禾镇.xlsx", filled(TOWN))
    assert run("round", "take", place.root).exit_code == 0
    names = {path.name[:8]: name for path, name in counting_files(place).items()}
    assert sorted(names.values()) == sorted(
        [
            "青禾镇.xlsx",
            *(f"年报.xlsx（{number}）" for number, name in names.items() if name != "青禾镇.xlsx"),
        ]
    )


def test_units_whose_names_no_file_can_have_get_a_draft_each(tmp_path: Path) -> None:
    rows = [("甲局/一科", "a@x.example"), ("甲局:一科", "b@x.example")]
    place = begin(tmp_path / "收表", rows, ["单位", "邮箱"])
    issue(place)
    mails = [message_from_bytes(path.read_bytes()) for path in place.outbox.iterdir()]
    assert {mail["To"] for mail in mails} == {"a@x.example", "b@x.example"}
    assert len(list(place.issued.iterdir())) == 2
