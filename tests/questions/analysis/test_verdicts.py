"""Thresholds are those of the literature; chance alone pauses nothing."""

from __future__ import annotations

import random

import pytest

from questions.analysis import Finding, Sample, Tally, findings, has_worsened, pausing
from questions.analysis.verdicts import expected_discrimination, unused_options


def test_ten_answers_are_needed_to_say_anything() -> None:
    assert findings(Sample(9, 0.0, -80)) == ()
    assert findings(Sample(10, 0.0, -80)) == (Finding.NEGATIVE, Finding.HARD)


@pytest.mark.parametrize(
    ("sample", "found"),
    [
        (Sample(40, 0.6, 30), ()),
        (Sample(40, 0.29, 30), (Finding.HARD,)),
        (Sample(40, 0.91, 30), (Finding.EASY,)),
        (Sample(40, 0.9, 30), ()),
        (Sample(40, 0.3, 30), ()),
        (Sample(40, 0.6, 3), (Finding.FLAT,)),
        (Sample(40, 0.6, None), ()),
        (Sample(99, 0.6, 30, wrong=(0, 20, 20)), ()),
        (Sample(100, 0.6, 30, wrong=(4, 20, 16)), (Finding.UNUSED,)),
        (Sample(100, 0.6, 30, wrong=(5, 20, 15)), ()),
    ],
)
def test_what_figures_show(sample: Sample, found: tuple[Finding, ...]) -> None:
    assert findings(sample) == found


def test_unused_options_are_named() -> None:
    assert unused_options((30, 4, 0), 100) == [1, 2]


@pytest.mark.parametrize(
    ("sample", "reason"),
    [
        (Sample(29, 1.0, None), None),  # too few to judge
        (Sample(30, 1.0, None), Finding.EASY),
        (Sample(30, 0.93, 20), None),  # 28 of 30 may be chance
        (Sample(300, 0.95, 20), Finding.EASY),
        (Sample(30, 0.1, 20), Finding.HARD),
        (Sample(30, 0.25, 20), None),
        (Sample(40, 0.5, -60), Finding.NEGATIVE),
        (Sample(40, 0.5, -10), None),
        (Sample(2000, 0.5, 2), Finding.FLAT),
        (Sample(100, 0.6, 40, wrong=(0, 0, 40)), None),  # an unused option is no reason
    ],
)
def test_only_what_is_surely_out_is_paused(sample: Sample, reason: Finding | None) -> None:
    assert pausing(sample) == reason


def test_a_short_round_can_show_less_discrimination_than_a_long_quiz() -> None:
    assert expected_discrimination(0) == 0
    assert expected_discrimination(2) == pytest.approx(20 * (2 / 11) ** 0.5)
    assert 18 < expected_discrimination(49) < 20


def simulated(rng: random.Random, people: int, loading: float) -> Sample:
    """A question of three in a round; its neighbours are good, it hangs on knowledge by
    `loading`.
    """
    tally = Tally()
    for _ in range(people):
        knows = rng.gauss(0, 1)
        rest = sum(0.6 * knows + rng.gauss(0, 0.8) > 0 for _ in range(2))
        mark = loading * knows + rng.gauss(0, (1 - loading**2) ** 0.5) > -0.3
        tally.add(mark, rest)
    item = tally.statistics(1)
    return Sample(people, item.facility, item.discrimination)


def test_a_good_question_is_hardly_ever_paused_and_a_reversed_one_soon() -> None:
    rng = random.Random(1)
    good = [pausing(simulated(rng, people, 0.6)) for people in (30, 100, 1000, 5000) * 25]
    assert good.count(None) == len(good)
    reversed_ = [pausing(simulated(rng, 200, -0.6)) for _ in range(50)]
    assert reversed_.count(Finding.NEGATIVE) >= 48
    useless = [pausing(simulated(rng, 5000, 0.0)) for _ in range(20)]
    assert useless.count(None) <= 1


def test_a_restored_question_is_paused_again_only_when_it_got_worse() -> None:
    restored = Sample(100, 0.95, 5)
    assert not has_worsened(restored, Sample(129, 0.97, 5))  # too few new answers
    assert not has_worsened(restored, Sample(200, 0.95, 5))
    assert not has_worsened(restored, Sample(400, 0.90, 5))  # better
    assert has_worsened(restored, Sample(500, 0.985, 5))
    assert has_worsened(Sample(12, 0.95, 5), Sample(42, 0.95, 5))  # nobody could know then
    assert has_worsened(Sample(100, 0.25, 5), Sample(300, 0.12, 5))
    assert has_worsened(Sample(100, 0.5, 10), Sample(400, 0.5, -30))
    assert not has_worsened(Sample(100, 0.5, 10), Sample(400, 0.5, 5))
