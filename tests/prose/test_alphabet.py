"""One alphabet: what it makes the same, what it keeps apart, and the way back to what was written."""

from __future__ import annotations

import sys
import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.prose.alphabet import fold, fold_words
from xlreport.prose.numerals import numerals

ODD = "收到申请公开件年１２3٣༣XｘＡa①²㎡….．,，。:：()（[〔】「－—～·•%％⼯豈"
ODD += " \u3000\t\u00a0\n\r\x0b\x85\u2028\u200b\u00ad\ufe0f"
odd_texts = st.text(st.sampled_from(ODD), max_size=40)
any_texts = st.text(max_size=40) | odd_texts


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２件", "12件"),
        ("政务ＡＰＰ、App", "政务app、app"),
        ("１，２３４件", "1，234件"),
        ("1,234件,其中", "1,234件，其中"),
        ("收到12,345件", "收到12,345件"),
        ("1, 234件", "1，234件"),
        ("未收到申请. \n3.5万元.", "未收到申请。\n3.5万元。"),
        ("等等... 3.. No.5", "等等。。。3.。no.5"),
        ("(一)[2021]【公告】", "（一）〔2021〕〔公告〕"),
        ("「目录」『清单』", "“目录”“清单”"),
        ("2021—2025 2021－2025", "2021-2025 2021-2025"),
        ("9月～10月", "9月~10月"),
        ("5％", "5%"),
        ("⼯作⽅案", "工作方案"),
        ("﹙一﹚﹐甲", "（一），甲"),
        ("༣༥件 ۱۲件 ᠑᠒件 𝟏𝟐件", "35件12件12件12件"),
        ("①②件，²㎡", "①②件，²㎡"),
    ],
)
def test_what_is_written_otherwise_is_the_same(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("收 到　申请\t3 件", "收到申请3件"),
        ("  甲  ", "甲"),
        ("1 2 3件", "123件"),
        ("12 000件", "12000件"),
        ("表1 23件", "表1 23件"),
        ("5 12件", "5 12件"),
        ("附件3 12 000元", "附件3 12000元"),
        ("1.5 3 4件", "1.5 34件"),
        ("1 2 3.5", "1 2 3.5"),
        ("申请 .4 1件", "申请。41件"),
        ("3 .5件", "3.5件"),
        ("Tel  13800138000", "tel 13800138000"),
        ("Word 文档", "word文档"),
        ("甲\u200b乙\u00ad丙\ufe0f", "甲乙丙"),
        ("1\u200b2件", "12件"),
    ],
)
def test_blanks_stay_only_where_they_keep_something_apart(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029", " \n \n"])
def test_line_breaks_of_every_kind_are_one(line_break: str) -> None:
    folded = fold(f"甲{line_break}乙{line_break}")

    assert folded.text == "甲\n乙"
    assert folded.origin(2) == 1 + len(line_break)


def test_digits_of_every_script_are_digits() -> None:
    for digit in filter(str.isdecimal, map(chr, range(sys.maxunicode + 1))):
        folded = fold(f"收到{digit}件")
        (numeral,) = numerals(folded.text, 0, len(folded.text))
        assert numeral.value == unicodedata.decimal(digit), unicodedata.name(digit)
        assert folded.quote(numeral.start, numeral.end) == digit


@given(any_texts)
def test_every_character_leads_back_to_its_own(text: str) -> None:
    folded = fold(text)

    assert len(folded.places) == len(folded.text)
    assert list(folded.places) == sorted(set(folded.places))
    for char, place in zip(folded.text, folded.places, strict=True):
        alone = fold_words(text[place])
        assert char == alone or (char in "，。,." and alone in "，。") or char in "\n "


@given(any_texts)
def test_a_folded_text_stays_as_it_is(text: str) -> None:
    assert fold_words(fold_words(text)) == fold_words(text)


@given(any_texts, st.data())
def test_what_is_found_is_what_was_looked_for(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = data.draw(st.just(text[start : start + 3]) | odd_texts)
    folded = fold(text)

    for found in folded.find(words):
        there = folded.source[folded.origin(found.start) : folded.origin(found.end - 1) + 1]
        assert fold_words(there).replace(" ", "") == fold_words(words).replace(" ", "")


def test_words_are_found_however_they_are_written() -> None:
    folded = fold("按 国办公开办函 [２０１９] 60 号，X X局、word XX")

    assert [folded.quote(f.start, f.end) for f in folded.find("国办公开办函〔2019〕60号")] == [
        "国办公开办函 [２０１９] 60 号"
    ]
    assert [folded.quote(f.start, f.end) for f in folded.find("xx")] == ["X X", "XX"]
    assert list(folded.find("wor")) == list(folded.find("")) == list(folded.find("\u200b")) == []


@given(st.text(st.sampled_from("收到申请。，1２（）年件A"), max_size=30), st.randoms(use_true_random=False))
def test_unseen_characters_and_blanks_change_places_only(text: str, random: Random) -> None:
    loose = "".join(
        char + ("" if char.isascii() or char == "２" else random.choice(["", "\u200b", " ", "\u3000\t"]))
        for char in text
    )

    assert fold_words(loose) == fold_words(text)


def test_a_long_text_takes_no_long_time() -> None:
    for piece in ("1 ", "1 1 12.", "a ", "\n ", "\u200b1", ",123", "甲. "):
        fold(piece * 100_000)
