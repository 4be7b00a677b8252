"""Words found at once, the words of each number, and what is denied; apart from any form."""

from __future__ import annotations

import pytest

from xlreport.prose.alphabet import fold
from xlreport.prose.counts import counts
from xlreport.prose.denials import Denials
from xlreport.prose.glue import Glue
from xlreport.prose.lexicon import Lexicon
from xlreport.prose.numerals import numerals
from xlreport.prose.sentences import sentences

LEXICON = Lexicon(
    {
        "open": ["公开"],
        "deny": ["不予公开"],
        "receive": ["收到"],
        "requests": ["申请", "信息公开申请"],
        "review": ["复议"],
        "suits": ["诉讼"],
        "fee": ["处理费"],
    }
)

GLUE = Glue(["申请", "行政", "答复"])
DENIALS = Denials(GLUE, ["没有现成", "尚未审结"])


def words(text: str) -> list[tuple[str, str]]:
    """Each number with the words before and behind it."""
    folded = fold(text).text
    [sentence] = sentences(folded)
    numbers = list(numerals(folded, sentence.start, sentence.end))
    hits = list(LEXICON.hits(folded, sentence.start, sentence.end))
    return [
        (
            "".join(folded[span.start : span.end] for span in count.before),
            folded[count.behind.start : count.behind.end],
        )
        for count in counts(sentence, numbers, hits)
    ]


def test_of_words_that_begin_at_one_place_the_longest_is_found() -> None:
    found = LEXICON.hits("不予公开的信息公开申请", 0, 11)

    assert [sorted(hit.names) for hit in found] == [["deny"], ["requests"]]


def test_a_word_may_have_several_names() -> None:
    [hit] = Lexicon({"a": ["公开"], "b": ["公开", "公示"]}).hits("主动公开", 0, 4)

    assert hit.names == {"a", "b"}


def test_a_lexicon_without_words_finds_nothing() -> None:
    assert list(Lexicon({}).hits("公开", 0, 2)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不予公开4件，公开3件", [("不予公开", ""), ("公开", "")]),
        ("4件公开、3件不予公开", [("", "公开"), ("、", "不予公开")]),
        ("收到8份申请", [("收到", "申请")]),
        ("收到申请5件、复议2件和诉讼1件", [("收到申请", ""), ("、复议", ""), ("和诉讼", "")]),
        ("收到申请，8件", [("收到申请", "")]),
        ("申请（含复议1件）5件", [("含复议", ""), ("申请", "")]),
        ("公开申请（3件）", [("公开申请", "")]),
        ("对2件申请收取了处理费40元", [("对", "申请"), ("收取了处理费", "")]),
        ("复议和诉讼分别为5件、3件", [("复议", ""), ("诉讼", "")]),
        ("复议、诉讼分别为5件", [("复议、诉讼分别", "")]),
    ],
)
def test_each_number_has_its_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("未收到申请", ["收到申请"]),
        ("全年没有诉讼，也无复议和诉讼", ["诉讼", "复议和诉讼"]),
        ("复议、诉讼均未发生", ["复议、诉讼"]),
        ("复议情况：无", ["复议情况"]),
        ("申请数量为零", ["申请数量"]),
        ("申请数量为0", ["申请数量"]),
        ("未发生一起复议", ["发生复议"]),
        ("零复议", ["复议"]),
        ("无法提供2件", []),
        ("未经复议直接起诉", []),
        ("没有现成信息", []),
        ("尚未审结3件", []),
    ],
)
def test_what_is_denied(text: str, expected: list[str]) -> None:
    folded = fold(text).text
    found = [denial for sentence in sentences(folded) for denial in DENIALS.of(sentence)]

    assert ["".join(folded[span.start : span.end] for span in denial.words) for denial in found] == expected


def test_glue_adds_nothing_and_joins_what_it_stands_between() -> None:
    assert GLUE.adds_nothing("全年已依法答复的共计") and GLUE.adds_nothing("")
    assert not GLUE.adds_nothing("征地") and not GLUE.adds_nothing("全年征地")
    assert GLUE.joins("和") and GLUE.joins("案件、行政") and not GLUE.joins("的") and not GLUE.joins("、征地")
    assert GLUE.taken_out("全年通过答复征地") == "征地"


def test_only_a_form_knows_its_own_words() -> None:
    assert not Glue().adds_nothing("答复") and Glue().adds_nothing("全年")
    [sentence] = sentences("没有现成信息")
    assert list(DENIALS.of(sentence)) == [] and len(list(Denials(Glue()).of(sentence))) == 1
