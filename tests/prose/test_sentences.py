"""Where sentences, clauses, items and parentheses begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xlreport.prose.sentences import (
    CLAUSE,
    ITEM,
    PARENTHESES,
    PART,
    SENTENCE,
    around,
    outside,
    pieces,
    sentences,
)

texts = st.text(st.sampled_from("甲乙1，；：。！\n（）、"), max_size=40)


def cut(text: str, marks: str) -> list[str]:
    return [text[start:end] for start, end in pieces(text, marks)]


def test_each_kind_of_piece_ends_at_its_own_marks_and_the_coarser_ones() -> None:
    text = "一、甲，乙：丙。\n丁；戊！"

    assert cut(text, SENTENCE) == ["一、甲，乙：丙", "丁；戊"]
    assert cut(text, PART) == ["一、甲，乙：丙", "丁", "戊"]
    assert cut(text, CLAUSE) == ["一、甲", "乙", "丙", "丁", "戊"]
    assert cut(text, ITEM) == ["一", "甲", "乙", "丙", "丁", "戊"]
    assert [sentence.first for sentence in sentences(text)] == [True, True]
    assert [sentence.first for sentence in sentences("甲。乙")] == [True, False]


def test_a_parenthesis_is_a_clause_of_its_own_and_its_parent_goes_on() -> None:
    (sentence,) = sentences("共收到（网上3件，来信1件）申请4件，包括：甲")
    clauses = sentence.clauses
    before, first, second, behind, lead, last = clauses

    assert [sentence.text[c.start : c.end] for c in clauses] == [
        "共收到", "网上3件", "来信1件", "申请4件", "包括", "甲",
    ]  # fmt: skip
    assert [clause.mark for clause in clauses] == ["（", "，", "）", "，", "：", ""]
    assert first.parent is second.parent is behind.resumes is before
    assert before.parent is behind.parent is lead.parent is last.resumes is None
    assert sentence.in_parentheses(before) == (first.start, second.end)
    assert sentence.clause_at(second.end) is second
    assert sentence.before(behind.end) == "共收到申请4件"
    assert sentence.before(second.end) == "共收到网上3件，来信1件"


def test_parentheses_within_and_without_an_end() -> None:
    text = "甲（乙（丙）丁）戊（己。庚）辛"

    assert outside(text) == "甲       戊  。庚）辛"
    assert outside(text, 1) == "甲（乙   丁）戊（己。庚）辛"
    first, second = sentences(text)
    assert first.in_parentheses(first.clauses[0]) == (2, 7)
    assert first.in_parentheses(first.clause_at(8)) is None
    assert all(clause.parent is None for clause in second.clauses)


@given(texts)
def test_clauses_are_the_pieces_between_all_marks(text: str) -> None:
    found = [
        (clause.start, clause.end)
        for sentence in sentences(text)
        for clause in sentence.clauses
        if clause.start < clause.end
    ]
    assert found == list(pieces(text, CLAUSE + PARENTHESES))


@given(texts)
def test_every_piece_is_the_one_around_its_characters(text: str) -> None:
    for marks in (SENTENCE, PART, CLAUSE, ITEM):
        for start, end in pieces(text, marks):
            assert around(text, start, end, marks) == (start, end)
            assert around(text, start, start + 1, marks) == (start, end)
    for sentence in sentences(text):
        for place in range(sentence.start, sentence.end):
            clause = sentence.clause_at(place)
            assert clause.start <= place <= clause.end


@given(texts, st.integers(0, 2))
def test_blotting_keeps_places(text: str, depth: int) -> None:
    plain = outside(text, depth)
    assert len(plain) == len(text)
    assert all(kept in (char, " ") for kept, char in zip(plain, text, strict=True))
    assert outside(text, 50) == text
