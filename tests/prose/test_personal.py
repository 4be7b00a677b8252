"""Numbers of persons: found by their own rules, left alone where they are something else, never shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.prose.alphabet import fold
from xlreport.prose.personal import Personal, PersonalNumber, masked, personal_numbers

ID = "110101199003070011"
CARD = "6222021234567890128"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def found(text: str) -> list[tuple[str, str]]:
    folded = fold(text)
    return [(number.kind.name, folded.quote(number.start, number.end)) for number in personal_numbers(folded)]


def places(text: str) -> list[tuple[Personal, int, int]]:
    """The numbers by their places in the text as written."""
    folded = fold(text)
    return [(n.kind, folded.origin(n.start), folded.origin(n.end - 1) + 1) for n in personal_numbers(folded)]


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
        ("6222 0212 3456 7890 128", "CARD", "6222 **** **** ***0 128"),
    ],
)
def test_each_kind_is_found_however_it_is_written(text: str, kind: str, shown: str) -> None:
    assert [name for name, _ in found(text)] == [kind]
    assert masked(text) == shown


def test_several_in_one_text_are_each_found_at_their_place() -> None:
    text = f"张某（{ID}）、李某13800138000 13900139000"
    assert [number.start for number in personal_numbers(fold(text))] == [3, 25, 37]


def test_fifteen_digits_alone_are_not_sure() -> None:
    assert list(personal_numbers(fold("号110101900307001"))) == [
        PersonalNumber(Personal.IDENTITY, 1, 16, sure=False)
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
        assert not any(n.kind is Personal.IDENTITY for n in personal_numbers(fold(f"{before}{wrong}{after}")))


@given(st.from_regex(r"62[0-9]{13,16}", fullmatch=True), around, around)
def test_every_valid_card_number_is_found_and_hidden(digits: str, before: str, after: str) -> None:
    check = next(str(d) for d in range(10) if luhn(digits + str(d)))
    number = digits + check
    text = f"{before}{number}{after}"
    assert places(text) == [(Personal.CARD, len(before), len(before) + len(number))]
    assert number not in masked(text)
    wrong = digits + str((int(check) + 1) % 10)
    assert list(personal_numbers(fold(f"{before}{wrong}{after}"))) == []


def luhn(digits: str) -> bool:
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


@given(st.text(st.sampled_from("0123456789１３xX -—.年条局A/:w\n")))
def test_any_text_can_be_masked_and_stays_as_long(text: str) -> None:
    assert len(masked(text)) == len(text)
    assert masked(masked(text)) == masked(text)


def test_a_long_run_of_groups_takes_no_long_time() -> None:
    assert list(personal_numbers(fold("1 " * 20_000 + "a" + "12" * 20_000 + "b"))) == []
