"""round take: whatever comes is taken once, belongs to a unit or to nobody with the reason, is never lost."""

from __future__ import annotations

import io
import mailbox
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from command_line import STRANGER, fingerprints, refused, run
from compound_file import compound
from last_year import save_last
from mails import forwarding, mail, outlook_streams, shapes, winmail
from published.pages import figures, report
from returns import FORM, edit, sound
from rounds import (
    ADDRESS,
    CIVIL,
    CODES,
    TOWN,
    WATER,
    WRONG,
    begin,
    drop,
    filled,
    look,
    status,
    take,
    unit,
)
from xlreport.layout.stamp import Stamp
from xlreport.round.opened import changing
from xlreport.round.place import RoundFolder
from xlreport.workbook.write import write_workbook

JAN = "{}, {} Jan 2024 09:30:00 +0800"


@pytest.fixture
def place(tmp_path: Path) -> RoundFolder:
    return begin(tmp_path / "收表")


def sealed(place: RoundFolder, name: str, cover: str = "", number: int = 1) -> bytes:
    """A return in a workbook issued to a unit; or, with its seal, another unit's."""
    key = look(place).key
    assert key is not None
    seals: list[str] = []

    def seal(stamp: Stamp) -> str:
        seals.append(key.seal(stamp, number))
        return seals[0]

    made = b""
    for organ in (name, cover) if cover else (name,):
        made = write_workbook(FORM, sound({"organ": organ, "unit_code": CODES[organ]}), seal=seal)
    return made


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, archive.compression)
    return out.getvalue()


def one(place: RoundFolder, name: str = WATER) -> dict[str, Any]:
    """The only file of a unit."""
    (file,) = unit(status(place), name)["files"]
    return dict(file)


def test_a_sound_return_is_accepted_and_its_report_made(place: RoundFolder) -> None:
    source = drop(place, "年报.xlsx", filled())
    take(place)
    data = status(place)
    assert unit(data, WATER)["state"] == "accepted"
    assert one(place) == {
        "sha256": one(place)["sha256"],
        "name": "年报.xlsx",
        "received": one(place)["received"],
        "source": "年报.xlsx",
        "status": "accepted",
        "counts": True,
        "fate": "counts",
        "why": "没有本次收表的封签",
    }
    assert source.exists()
    (original,) = place.originals.iterdir()
    assert original.read_bytes() == source.read_bytes()
    assert original.name == f"{one(place)['sha256']}.xlsx"
    assert {path.name for path in place.reports.iterdir()} == {f"{WATER}_2023.docx", f"{WATER}_2023.html"}


def test_taking_again_changes_nothing(place: RoundFolder) -> None:
    drop(place, "年报.xlsx", filled())
    drop(place, "mail/1.eml", mail([("b.xlsx", filled(CIVIL, WRONG))], ADDRESS[CIVIL], message_id="1@x"))
    drop(place, "x.zip", zipped({"a.xlsx": filled(TOWN), "b.txt": b"x"}))
    take(place, code=1)
    data = status(place)
    before = fingerprints(place.root)
    assert "新收到 0 份" in take(place)
    assert {n for n, p in fingerprints(place.root).items() if before.get(n) != p} <= {"ledger.sqlite"}
    drop(place, "again/copy.eml", (place.inbox / "mail/1.eml").read_bytes())
    assert "新收到 0 份" in take(place)
    assert {**status(place), "at": ""} == {**data, "at": ""}


def test_every_attachment_stands_there_once_with_what_became_of_it(place: RoundFolder) -> None:
    files = {
        "年报.xlsx": filled(),
        "年报 (1).xlsx": filled(),
        "岚溪县民政局年报.docx": zipped({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
        "青禾镇.pdf": b"%PDF-1.4",
        "自制表.xlsx": STRANGER.read_bytes(),
        "坏的.xlsx": filled(CIVIL)[:3000],
        "照片.jpg": b"\xff\xd8\xff\xe0",
        "说明.txt": "说明".encode(),
        "空.xlsx": b"",
        "外单位.xlsx": filled("外县某局"),
        "去年.xlsx": filled(TOWN, {"year": 2022}),
        "x.msg": bytes.fromhex("d0cf11e0a1b11ae1"),
    }
    for name, data in files.items():
        drop(place, name, data)
    take(place, code=1)
    data = status(place)
    found = [(file["name"], file["fate"], file["why"]) for entry in data["units"] for file in entry["files"]]
    found += [(file["name"], file["fate"], file["why"]) for file in data["unassigned"]]
    assert sorted(name for name, *_ in found) == sorted(files)
    fates = {name: fate for name, fate, _ in found}
    assert fates == {
        "年报.xlsx": "duplicate",
        "年报 (1).xlsx": "counts",
        "岚溪县民政局年报.docx": "published",
        "青禾镇.pdf": "published",
        "自制表.xlsx": "not_ours",
        "坏的.xlsx": "unreadable",
        "照片.jpg": "not_ours",
        "说明.txt": "not_ours",
        "空.xlsx": "unreadable",
        "外单位.xlsx": "unknown_unit",
        "去年.xlsx": "waiting",
        "x.msg": "unreadable",
    }
    assert all(why for _, fate, why in found if fate != "counts")
    assert unit(data, CIVIL)["state"] == "waiting"
    assert [file["name"] for file in unit(data, CIVIL)["files"]] == ["岚溪县民政局年报.docx"]
    totals = data["totals"]
    assert totals["expected"] == sum(totals[s] for s in ("not_sent", "waiting", "returned", "accepted"))


def test_names_of_attachments_are_shown_as_they_were_meant(place: RoundFolder) -> None:
    name = "垚镇（终稿）年报.xlsx"
    drop(place, "1.eml", mail([(shape, filled()) for shape in shapes(name).values()], ADDRESS[WATER]))
    take(place)
    files = unit(status(place), WATER)["files"]
    assert {(file["name"], file["source"]) for file in files} == {(name, "1.eml")}
    assert [file["fate"] for file in files] == ["counts", *["duplicate"] * (len(shapes()) - 1)]


def test_mailboxes_maildirs_and_mails_in_mails_are_opened(place: RoundFolder, tmp_path: Path) -> None:
    mails = {
        name: mail([(f"{name}.xlsx", filled(name))], ADDRESS[name], message_id=f"{n}@x")
        for n, name in enumerate((WATER, CIVIL, TOWN))
    }
    box = mailbox.mbox(tmp_path / "收件箱.mbox")
    box.add(mails[WATER])
    box.close()
    folder = mailbox.Maildir(tmp_path / "Maildir")
    folder.add(mails[CIVIL])
    (tmp_path / "转发.eml").write_bytes(forwarding(mails[TOWN], "office@lanxi.example"))
    take(place, tmp_path / "收件箱.mbox", tmp_path / "Maildir", tmp_path / "转发.eml")
    assert status(place)["totals"]["accepted"] == 3
    (tmp_path / "单位名单.xlsx").unlink()
    assert "新收到 0 份" in take(place, tmp_path)


def test_a_county_may_send_the_workbooks_of_those_below_it_in_one_archive(tmp_path: Path) -> None:
    rows = [("甲县", "", "jia@x.example"), ("甲县乙镇", "甲县", "yi@x.example"), ("甲县丙镇", "甲县", "")]
    place = begin(tmp_path / "收表", rows, ["单位", "上级", "邮箱"])
    data = zipped({f"乡镇/{name}.xlsx": filled(name) for name in ("甲县乙镇", "甲县丙镇")})
    drop(place, "1.eml", mail([("年报.zip", data)], "jia@x.example"))
    take(place)
    found = status(place)
    assert [entry["state"] for entry in found["units"]] == ["not_sent", "accepted", "accepted"]
    assert unit(found, "甲县丙镇")["files"][0]["name"] == "年报.zip/乡镇/甲县丙镇.xlsx"
    assert unit(found, "甲县丙镇")["parent"] == "甲县"


# Whose it is -----------------------------------------------------------------------------------------


def test_a_sealed_workbook_says_nothing_more(place: RoundFolder) -> None:
    run("round", "issue", place.root)
    drop(place, "a.xlsx", sealed(place, WATER))
    take(place)
    assert one(place)["why"] == ""


def test_an_answer_on_an_older_copy_is_seen(place: RoundFolder) -> None:
    run("round", "issue", place.root)
    run("round", "issue", place.root, "--unit", WATER)
    drop(place, "a.xlsx", sealed(place, WATER, number=1))
    take(place)
    assert one(place)["why"] == "用的是第 1 次下发的工作簿，最近一次是第 2 次"


def waits(place: RoundFolder, words: str) -> None:
    """The only file waits for a person, with these words, and counts for nobody."""
    data = status(place)
    (file,) = data["unassigned"]
    assert file["fate"] == "waiting"
    assert words in file["why"]
    assert data["totals"]["accepted"] == data["totals"]["returned"] == 0
    assert list(place.reports.iterdir()) == []


def test_a_seal_that_does_not_fit_waits_for_a_person(place: RoundFolder) -> None:
    drop(place, "a.xlsx", sealed(place, WATER, cover=CIVIL))
    take(place, code=1)
    waits(place, "封签与工作簿对不上")
    assert unit(status(place), CIVIL)["state"] == "waiting"


def test_the_workbook_of_one_unit_with_the_cover_of_another_waits(place: RoundFolder) -> None:
    path = drop(place, "a.xlsx", sealed(place, WATER))
    edit(path, {"organ": CIVIL, "unit_code": CODES[CIVIL]})
    take(place, code=1)
    waits(place, f"封签是{WATER}的，封面的机关代码是{CIVIL}的")
    assert unit(status(place), CIVIL)["state"] == "not_sent"


def test_a_return_from_another_unit_s_address_waits(place: RoundFolder) -> None:
    drop(place, "1.eml", mail([("a.xlsx", filled())], ADDRESS[CIVIL]))
    take(place, code=1)
    waits(place, f"报表是{WATER}的，却由{CIVIL}的邮箱发来")
    assert unit(status(place), WATER)["state"] == "waiting"


def test_an_address_that_nobody_has_says_nothing(place: RoundFolder) -> None:
    drop(place, "1.eml", mail([("a.xlsx", filled())], "12345@qq.example"))
    take(place)
    assert unit(status(place), WATER)["state"] == "accepted"


def test_a_shared_address_says_nothing_of_a_return_of_either(tmp_path: Path) -> None:
    rows = [(WATER, "a@b.example"), (CIVIL, "a@b.example")]
    place = begin(tmp_path / "收表", rows, ["单位", "邮箱"])
    drop(place, "1.eml", mail([("a.xlsx", filled(CIVIL)), ("b.pdf", b"%PDF")], "a@b.example"))
    take(place, code=1)
    data = status(place)
    assert unit(data, CIVIL)["state"] == "accepted"
    assert [file["fate"] for file in data["unassigned"]] == ["published"]


def test_of_a_published_report_it_is_said_whose_it_is_and_what_to_do(place: RoundFolder) -> None:
    drop(place, "年报.docx", report("docx"))
    take(place, code=1)
    (file,) = status(place)["unassigned"]
    unit_, year = figures()[FORM.unit_field], figures()[FORM.year_field]
    assert file["fate"] == "published"
    assert f"“{unit_}” {year} 年度的报告" in file["why"] and "xlreport refill" in file["why"]


def test_a_document_belongs_to_its_sender_unless_its_name_says_otherwise(place: RoundFolder) -> None:
    drop(place, "1.eml", mail([("年报.pdf", b"%PDF-1")], ADDRESS[WATER]))
    drop(place, "2.eml", mail([(f"{CIVIL}年报.pdf", b"%PDF-2")], ADDRESS[WATER]))
    take(place, code=1)
    data = status(place)
    assert one(place)["name"] == "年报.pdf"
    assert unit(data, WATER)["state"] == "waiting"
    assert [file["name"] for file in data["unassigned"]] == [f"{CIVIL}年报.pdf"]


def test_a_mail_with_a_link_only_is_told(place: RoundFolder) -> None:
    drop(place, "1.eml", mail([], ADDRESS[WATER], text="超大附件 水务局年报.xlsx 进入下载页面"))
    take(place, code=1)
    (file,) = status(place)["unassigned"]
    assert (file["fate"], file["name"]) == ("link_only", "水务局年报.xlsx")


def test_a_workbook_that_comes_back_as_it_was_issued_is_no_return(place: RoundFolder) -> None:
    run("round", "issue", place.root)
    (blank,) = place.issued.glob(f"{WATER}*")
    bounce = mail([(blank.name, blank.read_bytes())], "ogi@lanxi.example", message_id="1@x")
    drop(place, "1.eml", forwarding(bounce, "mailer-daemon@lanxi.example"))
    take(place)
    (file,) = status(place)["unassigned"]
    assert (file["fate"], file["why"][:9]) == ("not_ours", "是下发的工作簿原样")
    assert unit(status(place), WATER)["state"] == "not_sent"


def test_what_outlook_wraps_is_unwrapped(place: RoundFolder) -> None:
    wrapped = winmail([("年报.xlsx", filled()), ("附.zip", zipped({"附.txt": b"x"}))])
    drop(place, "1.eml", mail([("winmail.dat", wrapped)], ADDRESS[WATER]))
    drop(place, "2.eml", mail([("winmail.dat", wrapped[:-9]), ("winmail.dat", winmail([]))], ADDRESS[TOWN]))
    take(place, code=1)
    data = status(place)
    assert one(place)["name"] == "年报.xlsx"
    assert (one(place, TOWN)["fate"], one(place, TOWN)["why"][:19]) == ("unreadable", "是 Outlook 的 winmail")
    assert [file["name"] for file in data["unassigned"]] == ["附.zip/附.txt", "winmail.dat"]
    assert {file["fate"] for file in data["unassigned"]} == {"not_ours"}


def test_mails_that_outlook_saved_are_opened_and_those_in_them(place: RoundFolder) -> None:
    head = f"From: <{ADDRESS[WATER]}>\r\nMessage-ID: <1@x>\r\nAuto-Submitted: no\r\n\r\n"
    inner = outlook_streams([("民政.xlsx", filled(CIVIL))], f"From: <{ADDRESS[CIVIL]}>\r\n\r\n")
    drop(place, "1.msg", compound(outlook_streams([("年报.xlsx", filled()), ("", inner)], head)))
    drop(place, "2.msg", compound(outlook_streams([], head)))
    whole = compound(outlook_streams([("青禾.xlsx", filled(TOWN))], head))
    drop(place, "3.msg", whole[: len(whole) // 2])
    take(place, code=1)
    assert one(place)["name"] == "年报.xlsx"
    assert one(place, CIVIL)["name"] == "民政.xlsx"
    assert {file["name"]: file["fate"] for file in status(place)["unassigned"]}["2.msg"] == "not_ours"


def test_many_files_are_told_one_by_one_and_hinder_nothing(place: RoundFolder) -> None:
    for number in range(450):
        drop(place, f"{number}.txt", str(number).encode())
    drop(place, "年报.xlsx", filled())
    output = take(place)
    assert "打开 451 个文件，新收到 451 份" in output
    assert len(status(place)["unassigned"]) == 450
    assert unit(status(place), WATER)["state"] == "accepted"


def test_paths_longer_than_windows_takes_by_itself_are_opened(place: RoundFolder) -> None:
    deep = "/".join(["岚溪县各单位二〇二三年度报送材料汇总（最终版）"] * 14)
    file = drop(place, f"{deep}/年报.xlsx", filled())
    assert len(str(file)) > 260
    take(place)
    assert unit(status(place), WATER)["files"][0]["source"] == f"{deep}/年报.xlsx"
    assert (place.originals / f"{unit(status(place), WATER)['files'][0]['sha256']}.xlsx").is_file()


# Which version counts --------------------------------------------------------------------------------


def sent(place: RoundFolder, number: int, day: int, data: bytes, name: str = WATER) -> None:
    date = JAN.format("Mon", day)
    drop(place, f"{number}.eml", mail([(f"{number}.xlsx", data)], ADDRESS[name], date, f"{number}@x"))


def fates(place: RoundFolder, name: str = WATER) -> dict[str, tuple[str, bool]]:
    return {f["name"]: (f["fate"], f["counts"]) for f in unit(status(place), name)["files"]}


def test_the_newest_mail_counts_in_whatever_order_they_are_taken(place: RoundFolder) -> None:
    sent(place, 1, 20, filled(changes={"fee_notices": 1, "fee_amount": 100}))
    sent(place, 2, 10, filled())
    take(place)
    assert fates(place) == {"1.xlsx": ("counts", True), "2.xlsx": ("superseded", False)}


def test_an_older_accepted_version_stands_in_for_a_newer_one_with_errors(place: RoundFolder) -> None:
    sent(place, 1, 10, filled())
    sent(place, 2, 12, filled(changes=WRONG))
    take(place, code=1)
    found = unit(status(place), WATER)
    assert found["state"] == "returned"
    assert fates(place) == {"1.xlsx": ("counts", True), "2.xlsx": ("superseded", False)}
    assert "2.xlsx 有错误，暂以早先通过的为准" in found["next"]
    newest = next(file for file in found["files"] if file["name"] == "2.xlsx")
    assert "以早先通过的 1.xlsx 为准" in newest["why"]
    assert len(list(place.reports.iterdir())) == 2
    sent(place, 3, 14, filled(changes={"fee_notices": 1, "fee_amount": 100}))
    take(place)
    assert unit(status(place), WATER)["state"] == "accepted"
    assert fates(place)["3.xlsx"] == ("counts", True)


def test_only_versions_with_errors_leave_the_newest_counting(place: RoundFolder) -> None:
    sent(place, 1, 10, filled(changes={"requests[other,natural_person]": 9}))
    sent(place, 2, 12, filled(changes=WRONG))
    take(place, code=1)
    assert unit(status(place), WATER)["state"] == "returned"
    assert fates(place)["2.xlsx"] == ("counts", True)
    assert list(place.reports.iterdir()) == []


def test_a_mail_from_the_future_is_as_new_as_the_day_it_was_taken(place: RoundFolder) -> None:
    date = "Mon, 12 Jan 2099 09:30:00 +0800"
    drop(place, "1.eml", mail([("1.xlsx", filled())], ADDRESS[WATER], date, "1@x"))
    take(place)
    assert not one(place)["received"].startswith("2099")


def test_last_year_is_compared_where_the_settings_name_it(place: RoundFolder, tmp_path: Path) -> None:
    save_last(tmp_path / "2022", {"organ": WATER, "unit_code": CODES[WATER]})
    text = place.settings.read_text(encoding="utf-8")
    place.settings.write_text(
        text.replace('# prior = "../上年收表"', f'prior = "{tmp_path}/2022"'), encoding="utf-8"
    )
    drop(place, "a.xlsx", filled(changes={"requests[carried_over,natural_person]": 9}))
    take(place, code=1)
    assert one(place)["status"] == "returned"


# What may go wrong -----------------------------------------------------------------------------------


def test_a_closed_round_takes_nothing(place: RoundFolder) -> None:
    with changing(place) as round_:
        round_.add(("closed", {}))
    assert "已经结束" in refused("round", "take", place.root)


def test_a_place_that_is_not_there_is_refused(place: RoundFolder) -> None:
    assert "找不到" in refused("round", "take", place.root, "没有")


def test_archives_that_cannot_be_opened_are_told_of(place: RoundFolder) -> None:
    drop(place, "x.zip", zipped({"a.xlsx": filled()})[:-40])
    drop(place, "y.rar", b"Rar!\x1a\x07\x00")
    take(place, code=1)
    found = {file["name"]: file for file in status(place)["unassigned"]}
    assert {file["fate"] for file in found.values()} == {"unreadable"}
    assert "损坏" in found["x.zip"]["why"]
    assert found["y.rar"]["why"]


def test_a_removed_original_report_is_made_again_and_an_edited_one_stays(place: RoundFolder) -> None:
    drop(place, "a.xlsx", filled())
    take(place)
    word, page = (place.reports / f"{WATER}_2023.{to}" for to in ("docx", "html"))
    word.unlink()
    page.write_text("我改过", encoding="utf-8")
    take(place)
    assert word.exists()
    assert page.read_text(encoding="utf-8") == "我改过"
