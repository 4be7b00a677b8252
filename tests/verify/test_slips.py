"""Slips that explain a failed check, and last year's pattern: silent first, then what they notice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns import FORM, findings, inputs_of, place, sample_json, save, sound, the_one
from xlreport.finding import Finding
from xlreport.form.calculate import complete
from xlreport.form.values import from_json
from xlreport.formula.nodes import Value
from xlreport.verify.figures.slips import swaps
from xlreport.verify.judge import judge
from xlreport.verify.reported import Reported

REQ = "requests[{},{}]"
NATURAL, FIRMS = "natural_person", "commercial_enterprise"
GRID = FORM.grids["requests"]
COLUMNS = [column.name for column in GRID.columns if not column.formula]
ROWS = [row.name for row in GRID.rows if not row.formula]
SAMPLES = ("busy_bureau", "county_government", "nil_federation", "small_township", "unbalanced_bureau")

Values = dict[str, Value]


def against(prior: Values, now: Values) -> list[Finding]:
    """What is found in this year's values, last year's being known."""
    return judge(Reported(FORM, now, prior=complete(FORM, prior)))


def by_pattern(prior: Values, now: Values) -> list[str]:
    return [finding.id for finding in against(prior, now) if finding.code in ("YOY905", "YOY906")]


def moved(values: Values, columns: int = 0, rows: int = 0) -> Values:
    """All requests so many columns to the right and rows down; what falls off the table is lost."""
    result = {subject: value for subject, value in values.items() if not subject.startswith("requests[")}
    for n, row in enumerate(ROWS):
        for k, column in enumerate(COLUMNS):
            source = (n - rows, k - columns)
            inside = 0 <= source[0] < len(ROWS) and 0 <= source[1] < len(COLUMNS)
            result[REQ.format(row, column)] = (
                values[REQ.format(ROWS[source[0]], COLUMNS[source[1]])] if inside else 0
            )
    return result


# Two digits exchanged --------------------------------------------------------------------------------


@given(st.integers(0, 10**6))
def test_an_exchange_undone_is_the_number_again(number: int) -> None:
    for other in swaps(number):
        assert sorted(str(other)) == sorted(str(number)) and other != number
        assert number in swaps(other)


def test_exchanges_of_a_number() -> None:
    assert [list(swaps(number)) for number in (7, 11, 12, 30, 597)] == [[], [], [21], [], [957, 579]]


def test_the_one_figure_whose_digits_would_explain_a_difference_is_named(tmp_path: Path) -> None:
    path = save(tmp_path, sound({REQ.format("new_requests", NATURAL): 83}))  # 38
    finding = the_one(path, "REQ001:requests[,natural_person]")
    cell = place(REQ.format("new_requests", NATURAL))[1]
    assert f"{cell}（一、本年新收）填的是83，如果是38，两边正好相符" in finding.fix
    assert finding.severity == "error"


def test_a_difference_that_no_exchange_explains_has_no_hint(tmp_path: Path) -> None:
    finding = the_one(
        save(tmp_path, sound({REQ.format("new_requests", NATURAL): 39})), "REQ001:requests[,natural_person]"
    )
    assert "颠倒" not in finding.fix and not finding.fix.endswith("。")


def test_where_several_figures_might_be_the_one_none_is_named() -> None:
    column = [subject for subject in inputs_of("requests") if subject.endswith(f",{NATURAL}]")]
    twice = {REQ.format("new_requests", NATURAL): 12, REQ.format("carried_over", NATURAL): 12}
    now = sound() | dict.fromkeys(column, 0) | twice | {REQ.format("disclosed", NATURAL): 33}
    (fix,) = [finding.fix for finding in judge(Reported(FORM, now)) if finding.code == "REQ001"]
    assert "颠倒" not in fix


def test_a_figure_that_is_last_year_s_with_digits_exchanged_is_worth_a_look(tmp_path: Path) -> None:
    licences = "licensing[administrative_licences,decisions]"
    prior = sound({licences: 1597})
    (finding,) = [f for f in against(prior, sound({licences: 1579})) if f.code == "YOY905"]
    assert (finding.severity, finding.subject) == ("note", licences)
    assert "1579" in finding.message and "1597" in finding.message


@pytest.mark.parametrize(("then", "now"), [(12, 21), (1597, 1597), (1597, 1598), (1597, 15970), (100, 10)])
def test_figures_that_merely_change_are_no_exchange(then: int, now: int) -> None:
    licences = "licensing[administrative_licences,decisions]"
    assert by_pattern(sound({licences: then}), sound({licences: now})) == []


def test_an_exchange_that_a_check_has_found_is_not_found_twice() -> None:
    new, disclosed = REQ.format("new_requests", NATURAL), REQ.format("disclosed", NATURAL)
    base = sound()
    more = 100
    prior = base | {new: int(str(base[new])) + more, disclosed: int(str(base[disclosed])) + more}
    now = prior | {new: 183}  # 138
    assert by_pattern(prior, now) == []
    assert "138" in next(finding.fix for finding in judge(Reported(FORM, now)) if finding.code == "REQ001")


# Another column or row -------------------------------------------------------------------------------


def test_two_columns_with_opposite_differences_are_told_in_one_of_their_findings(tmp_path: Path) -> None:
    new = REQ.format("new_requests", "{}")
    base = sound()
    path = save(tmp_path, base | {new.format(NATURAL): int(str(base[new.format(NATURAL)])) - 4,
                                  new.format(FIRMS): int(str(base[new.format(FIRMS)])) + 4})  # fmt: skip
    fixes = [finding.fix for finding in findings(path) if finding.code == "REQ001"]
    assert len(fixes) == 2
    assert "“自然人”列和“商业企业”列的差额一正一负" in fixes[0]
    assert "一正一负" not in fixes[1]


def test_two_columns_with_differences_of_their_own_are_not(tmp_path: Path) -> None:
    changes: Values = {REQ.format("other", NATURAL): 2, REQ.format("other", FIRMS): 7}
    assert "一正一负" not in "".join(finding.fix for finding in findings(save(tmp_path, sound(changes))))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("last", SAMPLES)
def test_returns_of_different_units_are_not_shifted_copies_of_each_other(name: str, last: str) -> None:
    prior, now = (from_json(FORM, sample_json(sample)) for sample in (last, name))
    assert by_pattern(prior, now) == []


def test_all_requests_one_column_aside_are_noticed_once(tmp_path: Path) -> None:
    prior = {s: v for s, v in sound().items() if "other_organization" not in s} | dict.fromkeys(
        [s for s in inputs_of("requests") if "other_organization" in s], 0
    )
    now = moved(prior, columns=1)
    assert by_pattern(prior, prior) == []
    (finding,) = [f for f in against(prior, now) if f.code == "YOY906"]
    assert finding.severity == "warning"
    assert "“自然人”" in finding.message and "错开一列" in finding.message
    assert by_pattern(now, prior) != []


def test_all_requests_one_row_aside_are_noticed_once() -> None:
    rows = [s for s in inputs_of("requests") if s.startswith(("requests[new_", "requests[carried_f"))]
    prior = sound(dict.fromkeys(rows, 0))
    now = moved(prior, rows=-1)
    assert [id_.partition(":")[0] for id_ in by_pattern(prior, now)] == ["YOY906"]


def test_a_pattern_of_few_figures_says_nothing() -> None:
    none = sound(dict.fromkeys(inputs_of("requests"), 0))
    few = {REQ.format(row, NATURAL): 3 for row in ("new_requests", "disclosed")}
    assert by_pattern(none | few, moved(none | few, columns=1)) == []


def test_without_last_year_nothing_is_compared() -> None:
    now = sound()
    assert [f.id for f in judge(Reported(FORM, now))] == []
    last: Values = {"requests[carried_forward,total]": 5}  # all that is known
    assert [f.id for f in judge(Reported(FORM, now, prior=last))] == ["YOY001:requests[,total]"]
