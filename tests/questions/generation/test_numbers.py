"""Wrong numbers: parallel to the key, plausible, and no help to a guesser."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.facts import quantities
from questions.facts.quantities import Quantity
from questions.generation import numbers
from questions.generation.numbers import Ledger


def quantity(printed: str) -> Quantity:
    (found,) = quantities.scan(f"共有{printed}")
    return found


def draw(
    printed: str, *, seed: int = 0, ledger: Ledger | None = None, decoys: tuple[str, ...] = ()
) -> tuple[list[str], int] | None:
    return numbers.options(
        quantity(printed),
        [quantity(decoy) for decoy in decoys],
        lambda value: False,
        None,
        ledger or Ledger(),
        random.Random(seed),
    )


@pytest.mark.parametrize(
    "printed",
    ["1982件", "27614台", "88.7%", "1.91亿元", "2103.62万元", "3500余篇", "111条", "94个"],
)
@pytest.mark.parametrize("seed", range(5))
def test_options_are_four_ascending_and_as_precise_as_the_key(printed: str, seed: int) -> None:
    drawn = draw(printed, seed=seed)
    assert drawn is not None
    texts, key = drawn
    values = [Decimal(text) for text in texts]
    truth = quantity(printed).digits
    assert texts[key] == truth
    assert values == sorted(set(values))
    assert len(values) == 4
    assert {len(text.partition(".")[2]) for text in texts} == {len(truth.partition(".")[2])}
    assert {text.endswith("0") for text in texts} == {truth.endswith("0")}
    assert all(Decimal("0.6") < value / Decimal(truth) < Decimal("1.5") for value in values)


@pytest.mark.parametrize("printed", ["2个", "3家", "8家", "12次", "20余项", "30个"])
def test_small_counts_stay_small(printed: str) -> None:
    drawn = draw(printed)
    assert drawn is not None
    assert all(0 < int(text) <= 50 for text in drawn[0])


def test_shares_never_pass_a_hundred() -> None:
    drawn = [one for seed in range(20) if (one := draw("93.4%", seed=seed)) is not None]
    assert drawn
    assert all(max(map(Decimal, texts)) <= 100 for texts, _ in drawn)


def test_taken_values_are_never_offered() -> None:
    taken = {Decimal(n) for n in range(1983, 2100)}
    for seed in range(10):
        drawn = numbers.options(
            quantity("1982件"), [], taken.__contains__, None, Ledger(), random.Random(seed)
        )
        assert drawn is not None
        assert not taken & set(map(Decimal, drawn[0]))


def test_a_reduced_value_stays_below_where_it_came_from() -> None:
    for seed in range(10):
        drawn = numbers.options(
            quantity("5个"),
            [],
            lambda value: False,
            quantity("6个"),
            Ledger(),
            random.Random(seed),
        )
        assert drawn is not None
        assert max(map(int, drawn[0])) < 6


def test_real_figures_of_the_report_are_favoured() -> None:
    hits = sum(
        "1525" in drawn[0]
        for seed in range(40)
        if (drawn := draw("1621家", seed=seed, decoys=("1525家",))) is not None
    )
    assert hits > 10


def test_over_a_bank_no_form_only_guesser_beats_chance() -> None:
    ledger, rng = Ledger(), random.Random(7)
    for _ in range(80):
        value = rng.randrange(31, 30_000)
        drawn = draw(f"{value}件", seed=rng.randrange(10**6), ledger=ledger)
        if drawn is not None:
            ledger.enter(*drawn)
    asked = sum(ledger.places.values())
    assert asked >= 70
    assert max(ledger.credit.values()) / asked <= 0.08
    assert max(ledger.places.values()) - min(ledger.places.values()) <= 2


@given(st.decimals("0.01", "99999", places=2) | st.integers(1, 10**9), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_drawing_ends_for_any_number(value: Decimal | int, seed: int) -> None:
    draw(f"{value}件", seed=seed)


@pytest.mark.parametrize("printed", ["1982件", "88.7%", "5次", "20余项", "3人"])
def test_a_false_number_plainly_contradicts(printed: str) -> None:
    for seed in range(10):
        key = quantity(printed)
        made = numbers.wrong(key, lambda value: False, None, random.Random(seed))
        assert made is not None
        assert abs(Decimal(made) / Decimal(key.digits) - 1) >= Decimal("0.09")


@pytest.mark.parametrize("printed", ["88.7%", "93.4%", "96.1%"])
def test_a_high_share_is_not_always_the_highest(printed: str) -> None:
    places = {drawn[1] for seed in range(30) if (drawn := draw(printed, seed=seed)) is not None}
    assert places - {3}


def test_a_share_with_no_room_above_is_not_chosen_from() -> None:
    assert all(draw("99.4%", seed=seed) is None for seed in range(10))


@pytest.mark.parametrize("printed", ["3次", "5次", "9次", "14个"])
def test_small_numbers_are_no_ladder(printed: str) -> None:
    for seed in range(20):
        drawn = draw(printed, seed=seed)
        assert drawn is not None
        texts = drawn[0]
        assert int(texts[-1]) - int(texts[0]) > 3


@pytest.mark.parametrize("seed", range(6))
def test_a_key_is_not_alone_near_a_number_the_stem_prints(seed: int) -> None:
    rng = random.Random(seed)

    def drawn(printed: str, total: str) -> tuple[list[str], int] | None:
        whole = quantity(total)
        return numbers.options(
            quantity(printed), (), lambda _: False, None, Ledger(), rng, whole, {whole.value}
        )

    assert drawn("2315件", "2318件") is None
    found = drawn("237件", "254件")
    assert found is not None
    away = sorted(254 - int(text) for text in found[0])
    assert away[1] <= 3 * 17
