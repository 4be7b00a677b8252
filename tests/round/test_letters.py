"""round reply and remind: who gets which letter, once for each file, at most one reminder a day."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from command_line import refused, run
from lists import COUNTY, HEADINGS, save_list
from mails import forwarding, mail
from returns import FORM, sound
from rounds import ADDRESS, CIVIL, TOWN, WATER, WRONG, Clock, begin, drop, filled, look, status, take, unit
from xlreport.report.render import render
from xlreport.round import opened
from xlreport.round.drafts import REMIND, write_drafts
from xlreport.round.letters_due import reminders
from xlreport.round.opened import changing
from xlreport.round.place import RoundFolder


@pytest.fixture
def place(tmp_path: Path) -> RoundFolder:
    return begin(tmp_path / "收表")


def written(place: RoundFolder) -> set[str]:
    return {path.name for path in place.outbox.glob("*.eml")}


def draft(place: RoundFolder, name: str) -> EmailMessage:
    mail_ = message_from_bytes((place.outbox / name).read_bytes(), policy=default)
    assert isinstance(mail_, EmailMessage)
    return mail_


def text(mail_: EmailMessage) -> str:
    body = mail_.get_body()
    assert body is not None
    return str(body.get_content())


def do(*args: object) -> str:
    result = run("round", *args)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_return_with_errors_goes_back_with_its_annotated_copy(place: RoundFolder) -> None:
    drop(place, "年报.xlsx", filled(changes=WRONG))
    drop(place, "民政.xlsx", filled(CIVIL))
    take(place, code=1)
    do("reply", place.root)
    assert written(place) == {f"退回_{WATER}.eml"}
    found = draft(place, f"退回_{WATER}.eml")
    assert found["To"] == ADDRESS[WATER]
    assert "自然人列" in text(found)
    assert "年报.xlsx" in text(found)
    (attached,) = found.iter_attachments()
    assert attached.get_filename() == f"{WATER}_2023_核对意见.xlsx"
    assert attached.get_content()[:2] == b"PK"


def test_each_file_is_answered_once(place: RoundFolder) -> None:
    drop(place, "1.xlsx", filled(changes=WRONG))
    take(place, code=1)
    do("reply", place.root)
    path = place.outbox / f"退回_{WATER}.eml"
    path.write_bytes(path.read_bytes() + b"\r\n")
    edited = path.read_bytes()
    do("reply", place.root)
    assert path.read_bytes() == edited
    do("reply", place.root, "--sent", WATER)
    assert written(place) == set()
    do("reply", place.root)
    assert written(place) == set()
    drop(place, "2.xlsx", filled(changes={"requests[other,natural_person]": 9}))
    take(place, code=1)
    do("reply", place.root)
    assert written(place) == {path.name}


def test_a_draft_that_is_not_needed_any_more_is_put_aside(place: RoundFolder) -> None:
    do("remind", place.root)
    drop(place, "1.xlsx", filled(changes=WRONG))
    said = take(place, code=1)
    assert f"{WATER}：催报邮件已不需要" in said and "退回邮件" not in said
    do("reply", place.root)
    name = f"退回_{WATER}.eml"
    (place.outbox / name).write_bytes(edited := (place.outbox / name).read_bytes() + b"\r\n")
    drop(place, "2.xlsx", filled())
    said = take(place)
    assert f"{WATER}：退回邮件已不需要，草稿移到 待发/已不需要" in said
    others = {f"催报_{CIVIL}.eml", f"催报_{TOWN}.eml"}
    assert written(place) == others
    assert (place.outbox / "已不需要" / name).read_bytes() == edited
    assert (place.web_mail / "已不需要" / f"退回_{WATER}" / "正文.txt").is_file()
    assert "已不需要" not in take(place)
    do("reply", place.root)
    assert written(place) == others
    drop(place, "3.xlsx", filled(changes={"requests[other,natural_person]": 9}))
    take(place, code=1)
    do("reply", place.root)
    drop(place, "4.xlsx", filled(changes={"fee_notices": 1, "fee_amount": 100}))
    take(place)
    assert {path.name for path in (place.outbox / "已不需要").glob("退回*")} == {
        name,
        f"退回_{WATER}（2）.eml",
    }


def test_what_was_laid_out_for_web_mail_goes_too_where_the_draft_is_gone(place: RoundFolder) -> None:
    drop(place, "1.xlsx", filled(changes=WRONG))
    take(place, code=1)
    do("reply", place.root)
    (place.outbox / f"退回_{WATER}.eml").unlink()
    drop(place, "2.xlsx", filled())
    assert f"{WATER}：退回邮件已不需要" in take(place)
    assert {path.name for path in place.web_mail.iterdir()} == {"已不需要"}


def test_a_draft_to_who_is_called_otherwise_now_or_is_no_unit_any_more_is_put_aside(
    place: RoundFolder,
) -> None:
    renamed = "岚溪县水利局"
    drop(place, "1.xlsx", filled(changes=WRONG))
    take(place, code=1)
    do("reply", place.root)
    do("remind", place.root)
    assert written(place) == {f"退回_{WATER}.eml", f"催报_{CIVIL}.eml", f"催报_{TOWN}.eml"}
    rows = [(renamed, *COUNTY[0][1:], WATER), (*COUNTY[1], "")]
    save_list(place.list, rows, (*HEADINGS, "曾用名"))
    said = take(place)
    assert f"{WATER}：退回邮件已不需要" in said and f"{TOWN}：催报邮件已不需要" in said
    assert written(place) == {f"催报_{CIVIL}.eml"}
    do("reply", place.root)
    assert written(place) == {f"催报_{CIVIL}.eml", f"退回_{renamed}.eml"}
    assert "已不需要" not in take(place)


def test_who_sent_something_else_is_told_what_to_send(place: RoundFolder) -> None:
    drop(place, "1.eml", mail([("年报.pdf", b"%PDF")], ADDRESS[WATER]))
    drop(place, "2.eml", mail([], ADDRESS[CIVIL], text="超大附件 民政局年报.xlsx"))
    take(place, code=1)
    do("reply", place.root)
    assert written(place) == {f"退回_{WATER}.eml", f"退回_{CIVIL}.eml"}
    assert "年报.pdf 不能作为报表" in text(draft(place, f"退回_{WATER}.eml"))
    assert "普通附件" in text(draft(place, f"退回_{CIVIL}.eml"))


def test_who_sent_another_year_s_is_told_so(place: RoundFolder) -> None:
    drop(place, "1.xlsx", filled(changes={"year": 2022, "signed_on": "2023-01-16"}))
    assert "待决定" in take(place, code=1)
    found = unit(status(place), WATER)
    assert (found["state"], found["next"]) == (
        "waiting",
        "单位：报来的是另一年度或另一种报表，请报送 2023 年度的",
    )
    do("reply", place.root)
    do("remind", place.root)
    assert written(place) == {f"退回_{WATER}.eml", f"催报_{CIVIL}.eml", f"催报_{TOWN}.eml"}
    assert "是 2022 年度的报表，本次收的是 2023 年度" in text(draft(place, f"退回_{WATER}.eml"))
    result = run("round", "close", place.root)
    assert result.exit_code == 1
    assert f"{WATER}  还没有通过  单位：报来的是另一年度" in result.output


def test_who_sent_a_report_is_not_told_what_the_office_can_do(place: RoundFolder) -> None:
    report = render(FORM, sound({"organ": WATER}), "docx")
    drop(place, "1.eml", mail([("年报.docx", report)], ADDRESS[WATER]))
    assert "refill" in take(place, code=1)
    do("reply", place.root)
    words = text(draft(place, f"退回_{WATER}.eml"))
    assert "年报.docx 不能作为报表：是 Word 文档，不是填报工作簿。" in words
    assert "xlreport" not in words and "请单位" not in words


def test_who_sent_nothing_is_reminded(place: RoundFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    clock.set(2024, 2, 10, 9)  # midnight does not come between two commands
    monkeypatch.setattr(opened, "now", clock)
    drop(place, "1.xlsx", filled(changes=WRONG))
    take(place, code=1)
    do("remind", place.root)
    assert written(place) == {f"催报_{CIVIL}.eml", f"催报_{TOWN}.eml"}
    assert "逾期催报" in draft(place, f"催报_{TOWN}.eml")["Subject"]
    assert do("remind", place.root, "--sent", CIVIL, TOWN).count("已记下寄出") == 2
    do("remind", place.root)
    assert written(place) == set()


def test_a_reminder_before_the_day_is_a_friendly_one_and_the_next_day_brings_another(
    place: RoundFolder,
) -> None:
    clock = Clock()
    with changing(place, clock) as round_:
        letters = list(reminders(round_, clock().date()))
        assert all("提醒报送" in letter.subject for letter in letters)
        assert "2024年1月31日" in letters[0].text
        list(write_drafts(round_, REMIND, letters))
        assert list(reminders(round_, clock().date())) == []
    clock.set(2024, 1, 11)
    assert len(list(reminders(look(place, clock), clock().date()))) == 3


def test_a_unit_s_own_day_goes_before_the_round_s(tmp_path: Path) -> None:
    rows = [(*COUNTY[0][:6], "2024-1-5")]
    place = begin(tmp_path / "收表", rows, HEADINGS)
    (letter,) = reminders(look(place), Clock()().date())
    assert "2024年1月5日" in letter.text
    assert "逾期催报" in letter.subject


def test_what_cannot_be_marked_as_sent_is_refused(place: RoundFolder) -> None:
    assert "没有给" in refused("round", "remind", place.root, "--sent", WATER)
    assert "多出了参数" in refused("round", "remind", place.root, WATER)
    assert "只能用一样" in refused("round", "remind", place.root, "--send", "--sent", WATER)


def test_numbers_of_persons_leave_in_no_letter(place: RoundFolder) -> None:
    number = "13912345678"
    drop(
        place, "1.xlsx", filled(changes={"proactive": f"本机关主动公开信息，联系人电话 {number}，欢迎咨询。"})
    )
    take(place, code=1)
    do("reply", place.root)
    assert number not in text(draft(place, f"退回_{WATER}.eml"))


def test_the_office_may_change_the_words(place: RoundFolder) -> None:
    words = "主题：{{ 单位 }}请报送\n\n{{ 单位 }}同志：{{ 期限 }}前报来。{{ 7 * 6 }}\n"
    (place.letters / "催报.txt").write_text(words, encoding="utf-8-sig")
    do("remind", place.root)
    found = draft(place, f"催报_{TOWN}.eml")
    assert found["Subject"] == f"{TOWN}请报送"
    assert text(found).strip() == f"{TOWN}同志：2024年1月31日前报来。42"


def test_a_round_without_words_of_its_own_uses_those_of_the_program(place: RoundFolder) -> None:
    for path in place.letters.iterdir():
        path.unlink()
    place.letters.rmdir()
    do("check", place.root)
    do("remind", place.root)
    assert "还没有收到" in text(draft(place, f"催报_{TOWN}.eml"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("主题：甲\n\n{{ 单位名 }}\n", "第 3 行有误：没有“单位名”这一项"),
        ("主题：甲\n\n{% if 期限 %}\n", "有误：“{{ }}”或“{% %}”没有写对"),
        ("主题：甲\n\n{{ 单位.__class__.__mro__ }}\n", "第 3 行有误：这里不能这样写"),
        ("主题：甲\n\n\n{{ 1 / 0 }}\n", "第 4 行有误：这里不能这样写"),
        ("{{ 单位 }}：\n请报送\n", "第一行要写“主题：……”"),
    ],
)
def test_words_that_do_not_work_are_told_before_anything_is_written(
    place: RoundFolder, words: str, told: str
) -> None:
    (place.letters / "催报.txt").write_text(words, encoding="utf-8")
    assert told in run("round", "check", place.root).output
    assert told in refused("round", "remind", place.root)
    assert written(place) == set()


def test_what_a_unit_wrote_is_never_a_template(place: RoundFolder) -> None:
    drop(place, "{{ 7 * 6 }}.xlsx", filled(changes=WRONG))
    take(place, code=1)
    do("reply", place.root)
    assert "报来的 {{ 7 * 6 }}.xlsx 已收到" in text(draft(place, f"退回_{WATER}.eml"))


def test_who_sends_by_a_web_page_finds_text_and_attachment_in_a_folder(place: RoundFolder) -> None:
    drop(place, "年报.xlsx", filled(changes=WRONG))
    take(place, code=1)
    do("reply", place.root)
    folder = place.web_mail / f"退回_{WATER}"
    words = (folder / "正文.txt").read_text(encoding="utf-8-sig")
    assert words.startswith(f"收件人：{ADDRESS[WATER]}\n主题：2023年度") and "自然人列" in words
    assert (folder / f"{WATER}_2023_核对意见.xlsx").read_bytes()[:2] == b"PK"
    (folder / "电话记录.docx").write_bytes(b"the clerk's own")
    do("reply", place.root, "--sent", WATER)
    assert [path.name for path in folder.iterdir()] == ["电话记录.docx"]


AWAY = [b"Auto-Submitted: auto-replied", b"Precedence: bulk", b"X-Autoreply: yes", b"List-Id: <gov.example>"]


@pytest.mark.parametrize("head", AWAY)
def test_an_automatic_answer_is_no_fault_and_gets_no_reply(place: RoundFolder, head: bytes) -> None:
    about = mail(
        [("休假安排.pdf", b"%PDF-1"), ("坏.xlsx", b"PK")], ADDRESS[WATER], text="收到。超大附件 年报.xlsx"
    )
    drop(place, "1.eml", head + b"\r\n" + about)
    assert "自动回复" in take(place)
    assert do("reply", place.root) == ""
    assert look(place).state.totals["not_sent"] == 3


def test_a_return_that_a_program_sent_is_a_return_and_its_reply_goes_to_the_list_s_address(
    place: RoundFolder,
) -> None:
    sent = mail([("年报.xlsx", filled(WATER, WRONG))], "noreply@lanxi.example")
    drop(place, "1.eml", b"Auto-Submitted: auto-generated\r\n" + sent)
    take(place, code=1)
    do("reply", place.root)
    assert draft(place, f"退回_{WATER}.eml")["To"] == ADDRESS[WATER]


def test_an_annotated_copy_that_comes_back_as_it_was_is_no_return(place: RoundFolder) -> None:
    drop(place, "1.xlsx", filled(WATER, WRONG))
    take(place, code=1)
    do("reply", place.root)
    own = (place.outbox / f"退回_{WATER}.eml").read_bytes()
    drop(place, "2.eml", forwarding(own, "mailer-daemon@lanxi.example"))
    assert "标注副本原样" in take(place)
    (found,) = (entry for entry in look(place).state.units if entry.line.name == WATER)
    assert [file.name for file in found.files] == ["1.xlsx"]
