"""Random sentences made from random figures: the right ones are silent, a changed number is caught."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from prose_cases import values

from returns import FORM, inputs_of
from xlreport.form.calculate import complete
from xlreport.formula.nodes import Value
from xlreport.verify.reported import Reported
from xlreport.verify.texts.statements.agreement import agreement

HAN = "零一二三四五六七八九"
GROUPS = {
    "TXT111": ("予以公开{}件", "disclosed", "disclosed"),
    "TXT112": ("{}件予以部分公开", "partially_disclosed", "partially_disclosed"),
    "TXT113": ("不予公开{}件", "denied_state_secret", "denied_administrative_query"),
    "TXT114": ("无法提供{}件", "unavailable_not_held", "unavailable_still_unclear"),
    "TXT115": ("不予处理{}件", "rejected_petition", "rejected_confirmation"),
    "TXT116": ("作其他处理{}件", "other_not_corrected", "other"),
}


@dataclass(frozen=True)
class Said:
    """A number in a sentence: the fact it belongs to and the values that are right."""

    code: str
    right: frozenset[int]
    value: int


def spelled(random: Random, number: int) -> str:
    """The number in one of the ways people write it."""
    plain = str(number)
    ways = [plain, plain.translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)}), f" {plain} "]
    ways += [f"{number:,}", " ".join(plain)] + ([HAN[number]] if number < 10 else [])
    return random.choice(ways)


def story(random: Random, figures: dict[str, Value]) -> list[tuple[str, list[Said]]]:
    """Sentences with places for numbers, and the numbers that belong there."""

    def total(row: str, column: str = "total") -> int:
        return int(str(figures[f"requests[{row},{column}]"]))

    rows = [row.name for row in FORM.grids["requests"].rows]
    new, carried, person = (
        total("new_requests"),
        total("carried_over"),
        total("new_requests", "natural_person"),
    )
    results, later = total("results_total"), total("carried_forward")
    review = int(str(figures["cases[review,total]"]))
    lawsuits = sum(int(str(figures[f"cases[litigation_{way},total]"])) for way in ("direct", "after_review"))
    groups = []
    for code, (phrase, first, last) in GROUPS.items():
        value = sum(total(row) for row in rows[rows.index(first) : rows.index(last) + 1])
        groups.append((phrase, Said(code, frozenset({value}), value)))
    random.shuffle(groups)
    people = {
        person,
        person + total("carried_over", "natural_person"),
        total("results_total", "natural_person"),
    }
    others = {new - person, new + carried - person - total("carried_over", "natural_person"),
              results - total("results_total", "natural_person")}  # fmt: skip
    sentences = [
        (
            "2023年，我局收到政府信息公开申请{}件，其中，自然人{}件、法人或其他组织{}件。",
            [Said("TXT123", frozenset({new, new + carried}), new), Said("TXT117", frozenset(people), person),
             Said("TXT118", frozenset(others), new - person)],
        ),
        (
            "全年办结政府信息公开申请{}件（含上年结转{}件），其中" + "、".join(p for p, _ in groups) + "。",
            [Said("TXT121", frozenset({results, results - carried}), results),
             Said("TXT103", frozenset({carried}), carried), *(said for _, said in groups)],
        ),
        ("另有政府信息公开申请{}件结转下年度继续办理。", [Said("TXT102", frozenset({later}), later)]),
        (
            "因政府信息公开引发行政复议{}件，行政诉讼{}件。",
            [Said("TXT133", frozenset({review}), review), Said("TXT135", frozenset({lawsuits}), lawsuits)],
        ),
    ]  # fmt: skip
    random.shuffle(sentences)
    return sentences


def told(figures: dict[str, Value], text: str) -> set[str]:
    return {finding.code for finding in agreement(Reported(FORM, figures | {"on_request": text}))}


def written(random: Random, sentences: list[tuple[str, list[Said]]], changed: dict[int, int]) -> str:
    """The story with its numbers, some of them changed; they are counted through."""
    numbers = [said for _, every in sentences for said in every]
    spelt = [spelled(random, changed.get(place, said.value)) for place, said in enumerate(numbers)]
    return "".join(sentence for sentence, _ in sentences).format(*spelt)


def filled(random: Random) -> dict[str, Value]:
    """A balanced return with random figures."""
    most = random.choice((3, 30, 3000))
    figures = values({s: random.randint(0, most) for grid in ("requests", "cases") for s in inputs_of(grid)})
    return complete(FORM, figures)


@given(st.randoms(use_true_random=False))
def test_sentences_made_from_the_figures_are_left_alone(random: Random) -> None:
    figures = filled(random)

    assert told(figures, written(random, story(random, figures), {})) == set()


@given(st.randoms(use_true_random=False), st.integers(0, 11), st.integers(1, 50))
def test_a_changed_number_is_caught_as_what_it_is(random: Random, place: int, by: int) -> None:
    figures = filled(random)
    sentences = story(random, figures)
    numbers = [said for _, every in sentences for said in every]
    said = numbers[place % len(numbers)]
    wrong = next(value for value in range(said.value + by, said.value + by + 9) if value not in said.right)

    found = told(figures, written(random, sentences, {place % len(numbers): wrong}))

    assert said.code in found
    assert found <= {said.code, "TXT012", "TXT013"}  # the sums of the same list are wrong as well
