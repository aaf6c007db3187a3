"""The rules of boards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.ranking import (
    LONGEST_BOARD,
    MERGED,
    MILLION,
    SMALLEST_DEPARTMENT,
    DepartmentScore,
    count_listed,
    merge_small,
    shared_ranks,
    size_bands,
)


def a_score(
    name: str, people: int, took_part: int | None = None, rate: int = 800_000
) -> DepartmentScore:
    """A department whose people on duty all have the same rate."""
    taking = people if took_part is None else took_part
    return DepartmentScore(name, people, taking, people * rate)


@st.composite
def scores(draw: st.DrawFn) -> list[DepartmentScore]:
    sizes = draw(st.lists(st.integers(0, 60), max_size=12))
    return [
        DepartmentScore(
            f"处{number}",
            size,
            draw(st.integers(0, size)),
            draw(st.integers(0, size * MILLION)),
        )
        for number, size in enumerate(sizes)
    ]


def test_equals_share_a_rank_and_the_next_one_is_skipped() -> None:
    assert shared_ranks([900, 900, 800, 700, 700, 700, 1]) == [1, 1, 3, 4, 4, 4, 7]
    assert shared_ranks([]) == []


@given(st.lists(st.integers(0, 20)))
def test_a_rank_is_one_more_than_how_many_are_better(values: list[int]) -> None:
    values.sort(reverse=True)

    assert shared_ranks(values) == [1 + sum(other > value for other in values) for value in values]


@pytest.mark.parametrize(
    ("ranked", "listed"), [(0, 0), (1, 1), (2, 1), (3, 1), (4, 2), (19, 9), (20, 10), (500, 10)]
)
def test_a_board_lists_ten_and_never_more_than_half(ranked: int, listed: int) -> None:
    assert count_listed(ranked) == listed


@given(st.integers(2, 10_000), st.integers(1, LONGEST_BOARD))
def test_whoever_is_in_the_lower_half_is_never_listed(ranked: int, longest: int) -> None:
    assert 1 <= count_listed(ranked, longest) <= min(longest, ranked / 2)


def test_a_department_is_judged_by_participation_times_mean_rate() -> None:
    score = DepartmentScore("法规处", people=8, took_part=6, rate_sum=4 * MILLION)

    assert score.participation == 750_000
    assert score.mean_rate == 500_000
    assert score.score == 375_000


def test_a_department_with_nobody_on_duty_scores_nothing() -> None:
    score = DepartmentScore("法规处", 0, 0, 0)

    assert (score.participation, score.mean_rate, score.score) == (0, 0, 0)


def test_departments_equal_in_value_are_equal_whatever_their_size() -> None:
    three, seven = (
        DepartmentScore("甲", 30, 10, 7_000_000),
        DepartmentScore("乙", 60, 20, 14_000_000),
    )

    assert shared_ranks([three.score, seven.score]) == [1, 1]


def test_departments_under_five_are_merged() -> None:
    merged = merge_small([a_score("大", 5), a_score("小", 4), a_score("微", 1), a_score("空", 0)])

    (large,) = [score for score in merged if score.name == "大"]
    (small,) = [score for score in merged if score.name == MERGED]
    assert len(merged) == 2
    assert (small.people, small.took_part, small.rate_sum) == (5, 5, 4_000_000)
    assert small.includes("小")
    assert small.includes("微")
    assert not small.includes("大")
    assert not small.includes(MERGED)
    assert large.includes("大")
    assert not large.includes(None)


def test_what_stays_under_five_when_merged_has_no_place() -> None:
    assert [score.name for score in merge_small([a_score("大", 5), a_score("小", 4)])] == ["大"]


@given(scores())
def test_no_place_on_a_board_stands_for_fewer_than_five(
    given_scores: list[DepartmentScore],
) -> None:
    merged = merge_small(given_scores)

    assert all(score.people >= SMALLEST_DEPARTMENT for score in merged)
    assert [score.score for score in merged] == sorted(
        (score.score for score in merged), reverse=True
    )


def test_equal_departments_come_by_lot_not_by_name_or_age() -> None:
    names = [f"第{number}处" for number in range(12)]

    drawn = [score.name for score in merge_small([a_score(name, 5) for name in names])]
    again = [score.name for score in merge_small([a_score(name, 5) for name in reversed(names)])]

    assert drawn == again
    assert drawn not in (names, sorted(names))


def test_a_small_house_has_one_band() -> None:
    (band,) = size_bands(merge_small([a_score("甲", 5), a_score("乙", 40)]))

    assert (band.start, band.end, len(band.scores)) == (5, None, 2)


def test_departments_are_compared_with_those_of_like_size() -> None:
    small = [a_score(f"小{number}", 6) for number in range(3)]
    middle = [a_score(f"中{number}", 15) for number in range(3)]
    large = [a_score(f"大{number}", 50) for number in range(3)]

    bands = size_bands(small + middle + large)

    assert [(band.start, band.end) for band in bands] == [(5, 10), (10, 30), (30, None)]
    assert [band.scores for band in bands] == [tuple(small), tuple(middle), tuple(large)]


def test_a_band_of_too_few_joins_its_neighbour() -> None:
    small = [a_score(f"小{number}", 6) for number in range(2)]
    middle = [a_score(f"中{number}", 15) for number in range(3)]
    large = [a_score("大", 50)]

    (band,) = size_bands(small + middle + large)

    assert (band.start, band.end) == (5, None)


@given(scores())
def test_every_department_stands_in_exactly_one_band(given_scores: list[DepartmentScore]) -> None:
    merged = merge_small(given_scores)
    bands = size_bands(merged)
    placed = [score.name for band in bands for score in band.scores]

    assert sorted(placed) == sorted(score.name for score in merged)
    assert all(len(band.scores) >= 3 for band in bands) or len(bands) <= 1
