"""Item analysis worked out by hand, in fractions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from math import isclose, sqrt

import pytest

from questions.analysis import Attempt, Tally, Totals, analyse, guess_score
from tests.cast import a_blank, a_judge, a_multiple, a_question

# Four people, three items worth 1, 1 and 2; totals 4, 2, 1, 1.
MARKS = ({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 0, "c": 1}, {"a": 0, "b": 1, "c": 0}, {"a": 1})
MOST = {"a": 1.0, "b": 1.0, "c": 2.0}
FULL = [{"b": 0, "c": 0, **marks} for marks in MARKS]


def test_figures_worked_out_by_hand() -> None:
    """Item a: marks 1 1 0 1, rests 3 1 1 0; deviations 1/4 1/4 -3/4 1/4 and 7/4 -1/4 -1/4 -5/4."""
    analysis = analyse(map(Attempt, FULL), MOST)
    item = analysis.items["a"]
    assert item.attempts == 4
    assert item.facility == 0.75
    assert item.variance == pytest.approx(float(Fraction(1, 4)))
    assert item.rest_variance == pytest.approx(float(Fraction(19, 12)))
    # (7/16 - 1/16 + 3/16 - 5/16) / 3
    assert item.covariance == pytest.approx(float(Fraction(1, 12)))
    # sorted: marks 0 1 1 1 beside rests 0 1 1 3: (15/16 - 1/16 - 1/16 + 7/16) / 3
    assert item.covariance_max == pytest.approx(float(Fraction(5, 12)))
    assert item.efficiency == pytest.approx(20)
    assert item.discrimination == pytest.approx(100 / 12 / sqrt(Fraction(1, 4) * Fraction(19, 12)))
    assert item.intended_weight == pytest.approx(25)


def test_the_quiz_worked_out_by_hand() -> None:
    """Totals 4 2 1 1, mean 2: m2 = 3/2, m3 = 3/2, m4 = 9/2; k2 = 2, k3 = 4, k4 = 6."""
    quiz = analyse(map(Attempt, FULL), MOST).quiz
    assert (quiz.mean, quiz.median) == (2, 1.5)
    assert quiz.deviation == pytest.approx(sqrt(2))
    assert quiz.skewness == pytest.approx(4 / 2**1.5)
    # k4 = 16 (5 · 9/2 - 9 · 9/4) / 6 = 6
    assert quiz.kurtosis == pytest.approx(6 / 4)
    # variances 1/4, 1/3, 11/12 sum to 3/2: 3/2 (1 - 3/4) = 3/8
    assert quiz.consistency == pytest.approx(37.5)
    assert quiz.error_ratio == pytest.approx(100 * sqrt(Fraction(5, 8)))
    assert quiz.standard_error == pytest.approx(sqrt(Fraction(5, 8) * 2))


def test_weights_share_the_spread_among_the_items() -> None:
    items = analyse(map(Attempt, FULL), MOST).items
    weights = [item.effective_weight for item in items.values()]
    # covariances with the total: 1/3, 1/3, 4/3
    assert weights == pytest.approx([25, 25, 50])


def test_an_item_that_pulls_against_the_total_has_no_weight() -> None:
    marks = [{"a": i % 2, "b": 9 * ((i + 1) % 2)} for i in range(6)]
    items = analyse(map(Attempt, marks), {"a": 1.0, "b": 9.0}).items
    assert items["a"].effective_weight is None
    assert items["b"].effective_weight == 100
    assert items["a"].discrimination == pytest.approx(-100)
    assert items["a"].efficiency == pytest.approx(-100)


@pytest.mark.parametrize("attempts", [0, 1, 2])
def test_few_attempts_say_little_and_break_nothing(attempts: int) -> None:
    analysis = analyse(map(Attempt, FULL[:attempts]), MOST)
    item = analysis.items["a"]
    assert item.attempts == attempts
    assert (item.facility is None) is (attempts == 0)
    assert (item.deviation is None) is (attempts < 2)
    assert item.discrimination is None
    assert analysis.quiz.skewness is None
    assert analysis.quiz.consistency is None


def test_equal_marks_have_no_discrimination_whatever_rounding_does() -> None:
    """Ten tenths are not quite one in binary; all these totals and rests are equal."""
    people = [dict(zip("abc", rest, strict=True)) for rest in ((0.1, 0.2, 0.7), (0.1, 0.7, 0.2))]
    analysis = analyse(map(Attempt, people * 7), dict.fromkeys("abc", 1.0))
    item = analysis.items["a"]
    assert item.variance == 0
    assert item.rest_variance == 0
    assert item.discrimination is None
    assert item.efficiency is None
    assert analysis.quiz.deviation == 0
    assert analysis.quiz.consistency is None


def test_an_item_outside_the_quiz_is_an_error() -> None:
    with pytest.raises(KeyError):
        analyse([Attempt({"z": 1})], MOST)


def by_definition(pairs: Sequence[tuple[int, int]]) -> tuple[Fraction, ...]:
    """Variances, covariance and its maximum straight from their definitions."""
    n = len(pairs)
    marks, rests = [Fraction(m) for m, _ in pairs], [Fraction(r) for _, r in pairs]

    def covariance(xs: Sequence[Fraction], ys: Sequence[Fraction]) -> Fraction:
        mx, my = sum(xs, Fraction()) / n, sum(ys, Fraction()) / n
        return sum(((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)), Fraction()) / (
            n - 1
        )

    return (
        covariance(marks, marks),
        covariance(rests, rests),
        covariance(marks, rests),
        covariance(sorted(marks), sorted(rests)),
    )


@pytest.mark.parametrize("seed", range(20))
def test_counting_gives_what_the_definitions_give(seed: int) -> None:
    rng = random.Random(seed)
    lift = rng.choice((0, 10**9))  # large marks close together lose nothing
    pairs = [(lift + rng.choice((0, 5, 10)), rng.randrange(0, 50, 5)) for _ in range(200)]
    halves = Tally(), Tally()
    for place, (mark, rest) in enumerate(pairs):
        halves[place % 2].add(mark, rest)
    halves[0].merge(halves[1])
    item = halves[0].statistics(lift + 10)
    said = (item.variance, item.rest_variance, item.covariance, item.covariance_max)
    for mine, exact in zip(said, by_definition(pairs), strict=True):
        assert mine is not None
        assert isclose(mine, exact, rel_tol=1e-12, abs_tol=1e-12)


def test_totals_merge() -> None:
    one, other, both = Totals(), Totals(), Totals()
    for total in (1, 2, 4):
        one.add(total)
        both.add(total)
    other.add(1)
    both.add(1)
    one.merge(other)
    assert one.statistics(3, 1.5) == both.statistics(3, 1.5)


def test_attempts_without_a_rest_count_for_the_facility_alone() -> None:
    tally = Tally()
    for mark, rest in ((1, 1), (0, 0), (1, None), (1, None)):
        tally.add(mark, rest)
    item = tally.statistics(1)
    assert (item.attempts, item.facility) == (4, 0.75)
    assert item.discrimination == pytest.approx(100)


def test_what_guessing_earns() -> None:
    assert guess_score(a_question()) == 0.25
    assert guess_score(a_judge()) == 0.5
    assert guess_score(a_blank()) == 0
    assert guess_score(a_multiple()) is None
