"""What an answer earns."""

from __future__ import annotations

import pytest

from questions.models import Answer, Outcome
from questions.scoring import grade
from tests.cast import a_blank, a_judge, a_multiple, a_question


def test_a_single_choice_is_right_or_wrong() -> None:
    assert grade(a_question(), Answer((1,))).points == 10
    assert grade(a_question(), Answer((0,))).points == 0
    assert grade(a_judge(), Answer((0,))).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("chosen", "points"),
    [((0, 2), 10), ((0,), 5), ((2,), 5), ((0, 1), 0), ((0, 1, 2), 0), ((), 0), ((1,), 0)],
)
def test_a_right_subset_earns_half_and_any_wrong_tick_nothing(
    chosen: tuple[int, ...], points: int
) -> None:
    assert grade(a_multiple(), Answer(chosen)).points == points


def test_not_sure_is_wrong_for_every_kind() -> None:
    for question in (a_question(), a_multiple(), a_judge(), a_blank()):
        assert grade(question, Answer()).points == 0


@pytest.mark.parametrize(
    "said",
    [
        "1.91",
        "1.91亿",
        "1.91亿元",
        "19100万元",
        "191000000",
        "１．９１亿元",
        " 1.91 亿元。",
        "19,100万",
    ],
)
def test_a_number_counts_in_any_form(said: str) -> None:
    assert grade(a_blank(), Answer(text=said)).outcome is Outcome.RIGHT


@pytest.mark.parametrize("said", ["1.9", "191万", "1.91万元", "1.91吨", "", "亿元", "1.91或2.1"])
def test_another_number_or_unit_does_not(said: str) -> None:
    assert grade(a_blank(), Answer(text=said)).outcome is Outcome.WRONG


@pytest.mark.parametrize("said", ["8", "八", "８家", "八家", "8 家"])
def test_a_small_count_may_be_written_in_chinese(said: str) -> None:
    question = a_blank(answers=("8",), fact={"kind": "figure", "value": "8", "unit": "家"})
    assert grade(question, Answer(text=said)).outcome is Outcome.RIGHT


@pytest.mark.parametrize("said", ["pm2.5", "PM2.5", "ｐｍ２．５", "Pm 2.5。"])
def test_letters_count_in_either_case(said: str) -> None:
    for accepted in ("PM2.5", "pm2.5"):
        question = a_blank(answers=(accepted,), fact={"kind": "entity"})
        assert grade(question, Answer(text=said)).outcome is Outcome.RIGHT


def test_a_unit_keeps_its_case_where_the_answer_is_a_bare_number() -> None:
    question = a_blank(answers=("5",), fact={"kind": "figure", "value": "5", "unit": "MW"})
    assert grade(question, Answer(text="5MW")).outcome is Outcome.RIGHT


@pytest.mark.parametrize("said", ["哈拉哈河", "“哈拉哈河”", "哈拉哈河。"])
def test_a_name_may_stand_in_quotes(said: str) -> None:
    question = a_blank(answers=("哈拉哈河",), fact={"kind": "entity"})
    assert grade(question, Answer(text=said)).outcome is Outcome.RIGHT
