"""Numbers of persons: found by their own rules, left alone where they are something else, never shown."""

from __future__ import annotations

import sys
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.prose.bare import bare, may_hold_eleven_digits
from xlreport.prose.personal import Doubt, Personal, PersonalNumber, masked, personal_numbers

ID = "110101199003070011"
CARD = "6222021234567890128"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def found(text: str) -> list[tuple[str, str]]:
    return [(number.kind.name, text[number.start : number.end]) for number in personal_numbers(text)]


def places(text: str) -> list[tuple[Personal, int, int]]:
    """The numbers by their places in the text as written."""
    return [(number.kind, number.start, number.end) for number in personal_numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "办公电话0533-2212161，政务热线12345，客服400-138-0013。",
        "统一社会信用代码11370303004322107X",
        "110101199003070012",  # last character wrong
        "990101199003070011",  # no such province
        "110101199013070013",  # no such month
        "全年支出13800138000元，访问13800138000次。",
        "项目代码2305-371102-04-01-123456",
        "申请编号20230013800138000",
        "案件编号：13800138000",
        "https://www.example.com/art/13800138000.html",
        "占比0.13800138000",
        "A13800138000号文件",
        "12800138000",
        "6222021234567890127",  # Luhn's digit wrong
        "9999999999999995",  # no such issuer
        "2021 2022 2023 2024 2025 年份",
        "3,985,758件",
        "12345、12388、0533-2212161",
        "统一社会信用代码91350100M000100Y43",
        "项目代码2305-371102-04-01-123456",
        "鲁ICP备2021012345号-1",
        "值班电话0531-1381234 0537-7654321",
        "各月依次为12 1380 013 8000 95件",
        "采购批次13800138000",
        "依次为1 3 8 0 0 1 3 8 0 0 0 2",
        "①②③④⑤⑥⑦⑧⑨⑩",
        "11，22，33，44，55，66件",
        "批次13O8OO13800",
        "型号l3800138000B",
        "二〇二三年一月一日，共〇件",
        "编号为O0380013800",
        "收到138<br>5300件、办结138&nbsp;0013件",
        "网站丨微博丨微信各发布138丨530丨80条",
        "https://www.example.com/art/2023/1/5/art_37_6222021234567890128.html",
    ],
)
def test_what_is_no_number_of_a_person_is_left_alone(text: str) -> None:
    assert found(text) == []
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        (f"申请人{ID}", "IDENTITY", "申请人1101**********0011"),
        ("110101 19900307 0011", "IDENTITY", "1101** ******** 0011"),
        ("１１０１０１１９９００３０７００１１", "IDENTITY", "１１０１**********００１１"),
        ("身份证号110101900307001", "IDENTITY", "身份证号1101*******7001"),
        ("电话13800138000转办", "MOBILE", "电话138****8000转办"),
        (f"ID{ID}", "IDENTITY", "ID1101**********0011"),
        ("138-0013-8000", "MOBILE", "138-****-8000"),
        ("+86 138 0013 8000", "MOBILE", "+86 138 **** 8000"),
        ("13953312345@example.com", "MOBILE", "139****2345@example.com"),
        (f"账号{CARD}", "CARD", "账号6222***********0128"),
        ("3.110101.19900307.0011", "IDENTITY", "3.1101**.********.0011"),
        ("(110101)[19900307]0011", "IDENTITY", "(1101**)[********]0011"),
        ("110101/1990/0307/0011", "IDENTITY", "1101**/****/****/0011"),
        ("110101199\n003070011", "IDENTITY", "1101*****\n*****0011"),
        ("110101199003070011B", "IDENTITY", "1101**********0011B"),
        ("11010119900307001一", "IDENTITY", "1101**********001一"),
        ("911124198108030024", "IDENTITY", "9111**********0024"),
        ("居留证USA330084072001", "IDENTITY", "居留证USA3*******2001"),
        ("1.13800138000", "MOBILE", "1.138****8000"),
        ("①13800138000", "MOBILE", "①138****8000"),
        ("1380013800O", "MOBILE", "138****800O"),
        ("l38o0138O00", "MOBILE", "l38****8O00"),
        ("138〇〇138000", "MOBILE", "138****8000"),
        ("1101011990〇3〇7〇〇11", "IDENTITY", "1101**********〇〇11"),
        ("11O1O1199OO3O7OO11", "IDENTITY", "11O1**********OO11"),
        ("110101         199003070011", "IDENTITY", "1101**         ********0011"),
        ("❶❶⓿❶⓿❶❶❾❾⓿⓿❸⓿❼⓿⓿❶❶", "IDENTITY", "❶❶⓿❶**********⓿⓿❶❶"),
        ("电话013800138000", "MOBILE", "电话0138****8000"),
        ("008613800138000", "MOBILE", "0086138****8000"),
        ("138.0013.8000", "MOBILE", "138.****.8000"),
        ("合同13800138000", "MOBILE", "合同138****8000"),
        ("备案项目联系人：13800138000", "MOBILE", "备案项目联系人：138****8000"),
        ("一三八〇〇一三八〇〇〇", "MOBILE", "一三八****八〇〇〇"),
        ("༡༣༨༠༠༡༣༨༠༠༠", "MOBILE", "༡༣༨****༨༠༠༠"),
        ("٦٢٢٢٠٢١٢٣٤٥٦٧٨٩٠١٢٨", "CARD", "٦٢٢٢***********٠١٢٨"),
        ("138⑩⑪⑫⑬", "MOBILE", "138****"),
        ("6222.0212.3456.7890.128", "CARD", "6222.****.****.***0.128"),
        ("6222 0212 3456 7890 128", "CARD", "6222 **** **** ***0 128"),
        ("138丨0013丨8000", "MOBILE", "138丨****丨8000"),
        ("138<br>0013<BR/>8000", "MOBILE", "138<br>****<BR/>8000"),
        ("138&nbsp;0013&#160;8000", "MOBILE", "138&nbsp;****&#160;8000"),
        ("电话：<b>13800138000</b>", "MOBILE", "电话：<b>138****8000</b>"),
        ("<a href='tel:13800138000'>甲</a>", "MOBILE", "<a href='tel:138****8000'>甲</a>"),
        ("110101丨19900307丨0011", "IDENTITY", "1101**丨********丨0011"),
        ("110101<br>19900307<br>0011", "IDENTITY", "1101**<br>********<br>0011"),
        ("110101&nbsp;19900307&nbsp;0011", "IDENTITY", "1101**&nbsp;********&nbsp;0011"),
        (
            "6222&ensp;0212&ensp;3456&ensp;7890&ensp;128",
            "CARD",
            "6222&ensp;****&ensp;****&ensp;***0&ensp;128",
        ),
    ],
)
def test_each_kind_is_found_however_it_is_written(text: str, kind: str, shown: str) -> None:
    assert [name for name, _ in found(text)] == [kind]
    assert masked(text) == shown


def test_several_in_one_text_are_each_found_at_their_place() -> None:
    text = f"张某（{ID}）、李某13800138000 13900139000"
    assert [number.start for number in personal_numbers(text)] == [3, 25, 37]


def test_two_phones_in_a_row_are_two() -> None:
    assert found("138 0013 8000 139 0013 9000") == [("MOBILE", "138 0013 8000"), ("MOBILE", "139 0013 9000")]
    assert found("13800138000/13900139000") == [("MOBILE", "13800138000"), ("MOBILE", "13900139000")]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (ID, Doubt.NONE),
        (f"案件编号：{ID}", Doubt.SOME),
        (f"编号{ID}，身份证{ID}", Doubt.SOME),
        (f"2{ID}", Doubt.SOME),
        (f"统一社会信用代码{ID}", Doubt.SOME),
        ("110101，19900307，0011", Doubt.SOME),
        (f"www.example.com/{ID}", Doubt.SOME),
        (CARD, Doubt.NONE),
        (f"项目编号{CARD}", Doubt.SOME),
        ("4111111111111111", Doubt.SOME),
        ("开户行账号4111111111111111", Doubt.NONE),
        ("案号4111111111111111", Doubt.MUCH),
        ("USA330084072001", Doubt.SOME),
    ],
)
def test_words_make_a_number_less_sure_and_never_hide_it(text: str, doubt: Doubt) -> None:
    assert next(personal_numbers(text)).doubt is doubt


def test_fifteen_digits_alone_are_not_sure() -> None:
    assert list(personal_numbers("号110101900307001")) == [
        PersonalNumber(Personal.IDENTITY, 1, 16, Doubt.SOME)
    ]


def last_of(digits: str) -> str:
    return "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11]


births = st.dates(date(1930, 1, 1), date(2020, 12, 31))
around = st.text(st.sampled_from("岚溪县水务局的申请人，。（）\n"), max_size=12)


@given(
    st.sampled_from(["11", "37", "44", "65"]),
    st.integers(0, 9999),
    births,
    st.integers(0, 999),
    around,
    around,
)
def test_every_valid_identity_number_is_found_and_hidden(
    province: str, region: int, born: date, order: int, before: str, after: str
) -> None:
    digits = f"{province}{region:04}{born:%Y%m%d}{order:03}"
    number = digits + last_of(digits)
    text = f"{before}{number}{after}"
    assert places(text) == [(Personal.IDENTITY, len(before), len(before) + 18)]
    assert number not in masked(text) and number[4:14] not in masked(text)
    assert len(masked(text)) == len(text)
    wrong = digits + str((int(last_of(digits).replace("X", "0")) + 1) % 10)
    if wrong[-1] != last_of(digits):
        assert not any(n.kind is Personal.IDENTITY for n in personal_numbers(f"{before}{wrong}{after}"))


@given(st.from_regex(r"62[0-9]{13,16}", fullmatch=True), around, around)
def test_every_valid_card_number_is_found_and_hidden(digits: str, before: str, after: str) -> None:
    check = next(str(d) for d in range(10) if luhn(digits + str(d)))
    number = digits + check
    text = f"{before}{number}{after}"
    assert places(text) == [(Personal.CARD, len(before), len(before) + len(number))]
    assert number not in masked(text)
    wrong = digits + str((int(check) + 1) % 10)
    assert not any(n.kind is Personal.CARD for n in personal_numbers(f"{before}{wrong}{after}"))


def luhn(digits: str) -> bool:
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


@given(st.text(st.sampled_from("0123456789１３xX -—.年条局A/:w\n")))
def test_any_text_can_be_masked_and_stays_as_long(text: str) -> None:
    assert len(masked(text)) == len(text)
    assert masked(masked(text)) == masked(text)


def test_a_long_run_of_groups_takes_no_long_time() -> None:
    assert list(personal_numbers("1 " * 20_000 + "a" + "12" * 20_000 + "b")) == []


# Texts that need not be read --------------------------------------------------------------------------


def test_whatever_becomes_a_digit_is_counted_as_one() -> None:
    signs = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] in "NLS"]
    for sign in signs:
        digits = sum(map(str.isdecimal, bare(sign).text))
        if digits:
            assert may_hold_eleven_digits(sign * -(-11 // digits)), sign


@pytest.mark.parametrize(
    "text", ["", "办公电话2212161。", "第一、第二、第三", "2023年收到申请11件，答复10件"]
)
def test_texts_with_fewer_digits_are_not_read(text: str) -> None:
    assert not may_hold_eleven_digits(text)


@pytest.mark.parametrize(
    "text", ["I38OOl38OOO", "一三八零零一三八零零零", "１３８００１３８０００", "⑬⑧⓪⓪①③⑧⓪⓪⓪"]
)
def test_digits_in_any_dress_are_read(text: str) -> None:
    assert may_hold_eleven_digits(text)
