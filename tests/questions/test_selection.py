"""Which questions a round asks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from questions.conflicts import conflict
from questions.models import Citation, DocumentId, Question
from questions.selection import Candidate, Quota, draw
from tests.cast import a_blank, a_judge, a_multiple, a_question

DAY = date(2026, 11, 23)


def candidates(*questions: Question) -> list[Candidate]:
    return [Candidate(i, question, None) for i, question in enumerate(questions)]


def seeded(seed: int = 0) -> random.Random:
    return random.Random(seed)


def versions(drawn: Sequence[Candidate]) -> list[int]:
    return [candidate.version_id for candidate in drawn]


def test_what_was_asked_longest_ago_comes_first() -> None:
    pool = [
        Candidate(i, a_question(f"q{i}"), DAY - timedelta(days=i) if i else None) for i in range(5)
    ]
    assert versions(draw(pool, 3, seeded())) == [0, 4, 3]


def test_nothing_is_asked_again_before_everything_was_asked() -> None:
    asked: dict[int, date] = {}
    pool = [a_question(f"q{i}", tags=("甲" if i % 5 else "乙",)) for i in range(30)]
    for offset in range(10):
        now = [Candidate(i, question, asked.get(i)) for i, question in enumerate(pool)]
        drawn = draw(now, 3, seeded(offset))
        assert not set(versions(drawn)) & set(asked)
        asked.update(dict.fromkeys(versions(drawn), DAY + timedelta(days=offset)))
    assert len(asked) == 30


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
    assert len(draw(candidates(one, other), 2, seeded())) == 1


@given(st.integers(0, 99))
def test_a_round_is_neither_all_hard_nor_all_easy(seed: int) -> None:
    levels = [0.9] * 10 + [0.1] * 10 + [0.5] * 4
    pool = candidates(*(a_question(f"q{i}", difficulty=d) for i, d in enumerate(levels)))
    drawn = draw(pool, 3, seeded(seed))
    assert sum(c.difficulty >= 0.6 for c in drawn) <= 1
    assert sum(c.difficulty < 0.35 for c in drawn) <= 2


def test_observed_difficulty_comes_before_predicted() -> None:
    hard = [Candidate(i, a_question(f"q{i}"), None, facility=0.2) for i in range(20)]
    pool = [*hard, *candidates(a_question("q30"), a_question("q31"))]
    assert sum(c.facility == 0.2 for c in draw(pool, 3, seeded())) == 1


def test_only_hard_questions_still_fill_a_round() -> None:
    pool = candidates(*(a_question(f"q{i}", difficulty=0.9) for i in range(5)))
    assert len(draw(pool, 3, seeded())) == 3


@given(st.integers(0, 99))
def test_the_topics_that_rested_longest_come_first(seed: int) -> None:
    tags = [("法治", topic) for topic in "甲乙丙丁" for _ in range(5)]
    pool = candidates(*(a_question(f"q{i}", tags=pair) for i, pair in enumerate(tags)))
    yesterday = DAY - timedelta(days=1)
    topics = {"法治": yesterday, "乙": yesterday, "丁": yesterday, "丙": DAY - timedelta(days=9)}
    drawn = draw(pool, 2, seeded(seed), topics=topics)
    assert [c.question.tags[1] for c in drawn] == ["甲", "丙"]


def test_questions_without_tags_take_turns_with_the_others() -> None:
    pool = candidates(*(a_question(f"q{i}", tags=()) for i in range(9)), a_question("q9"))
    assert draw(pool, 1, seeded(), topics={"": DAY})[0].question.tags == ("执法",)
    assert draw(pool, 1, seeded(), topics={"执法": DAY})[0].question.tags == ()


def test_what_the_last_rounds_asked_is_not_asked_or_told_again() -> None:
    recent = a_multiple("m1")
    again = a_judge("j1", citation=recent.citation)
    teller = a_judge("j2", stem=f"某厅印发了{recent.options[0]}。")
    pool = candidates(again, teller, a_question("q1"))
    assert versions(draw(pool, 1, seeded(), recent=[recent])) == [2]
    assert len(draw(pool, 3, seeded(), recent=[recent])) == 3  # rather than a short round


def test_past_clashes_give_way_before_what_was_asked_lately() -> None:
    recent = a_multiple("m1")
    never = a_judge("j1", citation=recent.citation)
    lately = [Candidate(9, a_question("q1"), DAY)]
    drawn = draw([*candidates(never), *lately], 1, seeded(), recent=[recent])
    assert versions(drawn) == [0]


def test_quotas_are_filled_first_and_the_rest_from_everything() -> None:
    pool = [
        *candidates(*(a_question(f"q{i}") for i in range(20))),
        Candidate(20, a_question("c1", tags=("宪法",)), DAY),
        Candidate(21, a_question("c2", fact={"kind": "article"}), DAY),
        Candidate(22, a_question("c3"), DAY, bank_id=7),
    ]
    quotas = [Quota("tag", "宪法", 1), Quota("fact", "article", 1), Quota("bank", "7", 1)]
    drawn = versions(draw(pool, 4, seeded(), quotas=quotas))
    assert set(drawn) > {20, 21, 22}
    missing = [Quota("tag", "无", 2), Quota("nonsense", "7", 1)]
    assert len(draw(pool, 4, seeded(), quotas=missing)) == 4


def test_a_quota_is_spread_over_its_own_questions() -> None:
    pool = [
        *candidates(*(a_question(f"q{i}") for i in range(9))),
        *(
            Candidate(20 + i, a_question(f"c{i}", tags=("宪法",)), DAY - timedelta(i))
            for i in (1, 2)
        ),
    ]
    assert versions(draw(pool, 2, seeded(), quotas=[Quota("tag", "宪法", 1)]))[0] == 22


def test_the_same_seed_draws_the_same() -> None:
    pool = candidates(*(a_question(f"q{i}") for i in range(30)))
    assert draw(pool, 5, seeded(7)) == draw(pool, 5, seeded(7))


KINDS = (a_question, a_multiple, a_judge, a_blank)


@st.composite
def small_pools(draw_: st.DrawFn) -> list[Candidate]:
    """Up to nine candidates on passages that often overlap."""
    found = []
    for i in range(draw_(st.integers(0, 9))):
        start = draw_(st.integers(0, 12))
        question = draw_(st.sampled_from(KINDS))(f"n{i}")
        question = replace(
            question,
            citation=Citation(DocumentId("d"), start, start + draw_(st.integers(1, 4)), "文"),
            tags=draw_(st.sampled_from([(), ("甲",), ("乙",), ("甲", "乙")])),
            difficulty=draw_(st.sampled_from([0.1, 0.5, 0.9])),
        )
        asked = draw_(st.sampled_from([None, DAY, DAY - timedelta(days=9)]))
        found.append(Candidate(i, question, asked, draw_(st.integers(1, 2))))
    return found


def filled(quotas: Sequence[Quota], drawn: Sequence[Candidate]) -> int:
    return sum(min(quota.count, sum(map(quota.covers, drawn))) for quota in quotas)


def fits(chosen: Sequence[Candidate]) -> bool:
    return not any(conflict(a.question, b.question) for a, b in combinations(chosen, 2))


@given(
    small_pools(),
    st.integers(1, 4),
    st.lists(
        st.builds(Quota, st.just("tag"), st.sampled_from("甲乙"), st.integers(1, 2))
        | st.builds(Quota, st.just("bank"), st.sampled_from("12"), st.integers(1, 2)),
        max_size=3,
    ),
    st.integers(0, 99),
)
def test_no_round_fills_more_quotas_or_more_places_without_a_clash(
    pool: list[Candidate], count: int, quotas: list[Quota], seed: int
) -> None:
    recent = [item.question for item in pool[:2]]
    drawn = draw(pool, count, seeded(seed), quotas=quotas, recent=recent)
    assert len(set(versions(drawn))) == len(drawn) <= count
    assert fits(drawn)
    possible = [
        chosen for size in range(count + 1) for chosen in combinations(pool, size) if fits(chosen)
    ]
    best = max((filled(quotas, chosen), len(chosen)) for chosen in possible)
    assert (filled(quotas, drawn), len(drawn)) == best
