"""Numbers, phrases and lists, apart from any form."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.prose.alphabet import fold
from xlreport.prose.breakdowns import breakdowns
from xlreport.prose.list_words import ListWords
from xlreport.prose.numerals import numerals
from xlreport.prose.phrases import PhraseError, any_of, spelt_out

NO_COUNTS = [
    "2023年", "第3件", "第三件", "一是加强培训",
    "一方面", "一体化", "十四五", "二十大精神", "二是", "三公经费",
    "国办公开办函〔2021〕30号",
    "第二十条第（一）项", "0590-7338021", "每一件",
    "1" * 5000 + "件",
    "数十件",
    "几十件", "上一件", "—30件", "三分之一", "12月31日", "3.8%",
]  # fmt: skip


def read(text: str) -> list[tuple[str, Fraction, Fraction | None]]:
    folded = fold(text)
    found = numerals(folded.text, 0, len(folded.text))
    return [(folded.quote(f.start, f.end), f.range.low, f.range.high) for f in found]


@pytest.mark.parametrize("text", NO_COUNTS)
def test_other_numbers_are_no_figures(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12件", 12, 12),
        ("１２件", 12, 12),
        ("1 2 3件", 123, 123),
        ("12 000件", 12000, 12000),
        ("1,234件", 1234, 1234),
        ("两件", 2, 2),
        ("十件", 10, 10),
        ("二十三件", 23, 23),
        ("一百零五件", 105, 105),
        ("两百三件", 230, 230),
        ("一千二百三十四件", 1234, 1234),
        ("一〇五件", 105, 105),
        ("0件", 0, 0),
        ("1.2万条", 11500, 12500),
        ("18万条", 175000, 185000),
        ("三万条", 25000, 35000),
        ("18万余条", 180000, 190000),
        ("200余场", 200, 300),
        ("120多条", 120, 130),
        ("10余万条", 100000, 200000),
        ("十余次", 10, 20),
        ("近200条", 100, 200),
        ("约200条", 100, 300),
        ("200条左右", 100, 300),
        ("超过200条", 200, None),
        ("200条以上", 200, None),
        ("不足20条", 0, 20),
        ("预约20次", 20, 20),
        ("附近3家", 3, 3),
    ],
)
def test_figures_mean_what_the_words_allow(text: str, low: int, high: int | None) -> None:
    assert [figure[1:] for figure in read(text)] == [(low, high)]


def test_numbers_side_by_side_are_not_joined() -> None:
    assert [quote for quote, _, _ in read("表1 23件")] == ["23"]
    assert [quote for quote, _, _ in read("5 12件")] == ["12"]


HAN = "零一二三四五六七八九"


def in_han(number: int) -> str:
    """A number below 10,000 in Chinese."""
    if number == 0:
        return "零"
    text, rest = "", number
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, unit)
        if digit:
            text += HAN[digit] + name
        elif text and rest and not text.endswith("零"):
            text += "零"
    return re.sub("^一十", "十", text)


@given(st.integers(0, 9999))
def test_chinese_numerals_are_read_exactly(number: int) -> None:
    assert [figure[1:] for figure in read(f"{in_han(number)}件")] == [(number, number)]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("收到(申请|来信)", "全年收到来信12件"),
        ("收到[各类]申请", "收到申请"),
        ("收到…申请", "收到公民提出的申请"),
        ("{d}年结转", "2022年结转3件"),
        ("２０２２年结转", "2022年结转3件"),
        ("政务ＡＰＰ", "政务App用户"),
        ("按〔２０２１〕30号收到「申请」", "按［2021］30号收到“申请”"),
        ("收 到 申请:", "收到申请：3件"),
    ],
)
def test_phrases_are_found_however_they_are_typed(phrase: str, text: str) -> None:
    assert any_of([phrase]).search(fold(text).text) is not None


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("收到…申请", "收到来信3件申请"),
        ("收到…申请", "收到来信，申请"),
        ("收到(申请|来信)", "收到投诉"),
    ],
)
def test_phrases_do_not_cross_punctuation_or_digits(phrase: str, text: str) -> None:
    assert any_of([phrase]).search(fold(text).text) is None


@pytest.mark.parametrize(
    ("phrase", "message", "position"),
    [
        ("收到(申请", "not closed", 2),
        ("收到[申请)", "not closed", 2),
        ("收到)申请", "has no beginning", 2),
        ("收到{m}件", "only {d}", 2),
        ("[收到]", "needs some text", 0),
        ("收到…申请", "no gaps", 0),
        ("{d}年", "no gaps", 0),
        ("(一|二|三|四|五|六|七|八)" * 3, "more than 400", 0),
    ],
)
def test_mistakes_in_words_name_their_place(phrase: str, message: str, position: int) -> None:
    with pytest.raises(PhraseError) as caught:
        spelt_out(phrase)
    assert message in str(caught.value)
    assert caught.value.position == position


def test_words_are_spelt_out() -> None:
    assert spelt_out("(政府|政务)信息[的]申请") == (
        "政府信息的申请",
        "政府信息申请",
        "政务信息的申请",
        "政务信息申请",
    )


@given(st.text(alphabet="收到申请(|)[]…{}d*+?.\\^$ａ1", max_size=20))
def test_a_phrase_is_never_a_regular_expression(source: str) -> None:
    try:
        pattern = any_of([source])
    except PhraseError:
        return
    if not set(source) & set("(|)[]…{"):
        assert pattern.fullmatch(fold(source).text) is not None
    assert pattern.search("完全无关的文字") is None


@given(st.lists(st.integers(1, 500), min_size=2, max_size=12), st.sampled_from("、，；"), st.integers(1, 99))
def test_a_list_fits_its_total_and_no_larger_one(parts: list[int], mark: str, by: int) -> None:
    listed = mark.join(f"甲{part}条" for part in parts)

    def fits(total: int) -> list[bool]:
        return [found.fits for found in breakdowns(fold(f"信息{total}条，其中{listed}。").text, ListWords())]

    assert fits(sum(parts)) == [True]
    assert set(fits(sum(parts) + by)) == {False}


@given(st.lists(st.lists(st.integers(1, 50), max_size=4), min_size=2, max_size=5))
def test_lists_within_a_list_fit(parts: list[list[int]]) -> None:
    items = []
    for inner in parts:
        own = sum(inner) or 7
        items.append(f"类{own}条" + ("，其中" + "、".join(f"项{n}条" for n in inner) if inner else ""))
    text = f"信息{sum(sum(inner) or 7 for inner in parts)}条。其中{'；'.join(items)}。"

    assert all(found.fits for found in breakdowns(fold(text).text, ListWords()))
