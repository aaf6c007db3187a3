"""Which questions a round asks."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from questions.models import Question
from questions.selection import Candidate, conflict, draw
from tests.cast import a_blank, a_judge, a_multiple, a_question

DAY = date(2026, 11, 23)


def candidates(*questions: Question) -> list[Candidate]:
    return [Candidate(i, question, None) for i, question in enumerate(questions)]


def seeded(seed: int = 0) -> random.Random:
    return random.Random(seed)


def test_what_was_asked_longest_ago_comes_first() -> None:
    pool = [
        Candidate(i, a_question(f"q{i}"), DAY - timedelta(days=i) if i else None) for i in range(5)
    ]
    assert [c.version_id for c in draw(pool, 3, seeded())] == [0, 4, 3]


def test_a_round_mixes_kinds_while_it_can() -> None:
    pool = candidates(
        *(a_question(f"q{i}") for i in range(20)), a_multiple(), a_judge(), a_blank()
    )
    kinds = Counter(c.question.kind for c in draw(pool, 4, seeded()))
    assert set(kinds.values()) == {1}


def test_one_kind_alone_still_fills_a_round() -> None:
    assert len(draw(candidates(*(a_question(f"q{i}") for i in range(5))), 3, seeded())) == 3


def test_two_questions_on_the_same_passage_never_meet() -> None:
    one = a_question("q1")
    other = a_judge("j1", citation=one.citation)
    assert conflict(one, other)
    assert len(draw(candidates(one, other), 2, seeded())) == 1


def test_a_stem_that_tells_anothers_key_bars_it() -> None:
    asked = a_multiple("m1")
    teller = a_judge("j1", stem=f"某厅印发了{asked.options[0]}。")
    assert conflict(asked, teller)
    assert conflict(teller, asked)
    elsewhere = replace(
        asked, citation=replace(asked.citation, document=type(asked.citation.document)("x"))
    )
    assert conflict(elsewhere, teller)


@given(st.integers(0, 12), st.integers(1, 10), st.integers(0, 99))
def test_a_draw_is_short_only_where_conflicts_or_the_pool_make_it_so(
    size: int, count: int, seed: int
) -> None:
    drawn = draw(candidates(*(a_question(f"q{i}") for i in range(size))), count, seeded(seed))
    assert len(drawn) == min(size, count)
    assert len({c.version_id for c in drawn}) == len(drawn)


def test_the_same_seed_draws_the_same() -> None:
    pool = candidates(*(a_question(f"q{i}") for i in range(30)))
    assert draw(pool, 5, seeded(7)) == draw(pool, 5, seeded(7))
