"""Common text: the share of long runs, figures and punctuation apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xlreport.prose.alphabet import fold
from xlreport.prose.overlap import Overlap, clauses, common_passages
from xlreport.prose.overlap import overlap as overlap_of_folded

HERE = "2023年及时公开水源保护、供水水质和工程建设信息，供水水质每月公布一次，共公布12次。"
THERE = "2022年及时公开水源保护，供水水质和工程建设信息；供水水质每月公布一次，共公布9次。"
OTHER = "土地征收从启动公告到补偿方案全过程公开，按村建立查询入口，规划草案进村宣讲。"

texts = st.text(st.sampled_from("公开信息年度，。 0123２"), max_size=80)


def overlap(one: str, two: str, boilerplate: tuple[str, ...] = ()) -> Overlap:
    return overlap_of_folded(fold(one), fold(two), boilerplate)


def common(one: str, two: str) -> tuple[str, str]:
    passages = common_passages(fold(one), fold(two))
    if passages is None:
        return "", ""
    left, right = passages
    return fold(one).quote(left.start, left.end), fold(two).quote(right.start, right.end)


def test_figures_years_and_punctuation_do_not_count() -> None:
    found = overlap(HERE, THERE)
    assert (found.of_left, found.of_shorter) == (100, 100)


def test_two_texts_on_different_work_have_nothing_in_common() -> None:
    assert overlap(HERE, OTHER).of_shorter == 0
    assert common(HERE, OTHER) == ("", "")


def test_a_copied_part_counts_by_its_length() -> None:
    found = overlap(HERE + OTHER, THERE)
    assert 40 < found.of_left < 60
    assert found.of_shorter == 100


def test_both_passages_are_shown_as_written() -> None:
    one, two = common(HERE, THERE)
    assert one.startswith("2023年及时") and two.startswith("2022年及时")


def test_boilerplate_counts_for_nothing() -> None:
    found = overlap(HERE, THERE, ("及时公开水源保护、供水水质和工程建设信息",))
    assert found.of_left < 100
    assert found.left < overlap(HERE, THERE).left
    assert overlap(HERE, HERE, (HERE,)).of_left == 0


def test_clauses_are_those_long_enough() -> None:
    assert clauses(fold("甲乙丙，公开信息20条。"), 5) == {"公开信息0条"}


@given(texts, texts)
def test_the_share_is_bounded_and_the_same_from_both_sides(one: str, two: str) -> None:
    found, turned = overlap(one, two), overlap(two, one)
    assert 0 <= found.of_left <= 100
    assert 0 <= found.of_shorter <= 100
    assert found.of_shorter == turned.of_shorter
    assert (found.left, found.common_left) == (turned.right, turned.common_right)


@given(texts, texts)
def test_common_passages_stand_in_their_texts(one: str, two: str) -> None:
    left, right = common(one, two)
    assert left in one and right in two
    assert bool(left) == (overlap(one, two).common_left > 0)


@given(st.text(max_size=60))
def test_a_text_is_wholly_common_with_itself(text: str) -> None:
    found = overlap(text, text)
    assert found.of_left in (0, 100)
