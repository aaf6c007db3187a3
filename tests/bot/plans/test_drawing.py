"""What a round asks of the plan's banks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from bot.plans import opening
from questions.models import Basis
from questions.selection import Quota
from storage.database import Database
from storage.repositories.candidates import ENOUGH_ATTEMPTS
from storage.states import Alert, QuestionStatus
from storage.tables import questions as question_rows
from storage.tables import version_statistics
from storage.unit import Unit
from tests.bot.plans.test_opening import EIGHT, asked, joined, open_at
from tests.cast import MONDAY, NINE, a_bank, a_judge, a_question


async def test_quotas_come_from_tags_facts_and_banks(database: Database) -> None:
    questions = [a_question(f"q{i}") for i in range(90)]
    marked = [
        a_question("tagged", tags=("宪法",)),
        a_question("article", fact={"kind": "article"}),
    ]

    def work(unit: Unit) -> Any:
        cast = joined(unit, *questions, *marked, question_count=4)
        bank = unit.banks.add("专题", EIGHT)
        unit.editions.put(bank, a_bank(a_question("special")), QuestionStatus.PUBLISHED, EIGHT)
        unit.plans.link_bank(cast.plan, bank)
        quotas = (
            Quota("tag", "宪法", 1),
            Quota("fact", "article", 1),
            Quota("bank", str(bank), 1),
        )
        unit.plans.change(cast.plan, quotas=quotas)
        counted = [unit.banks.count_candidates(cast.plan, MONDAY, quota=quota) for quota in quotas]
        by_feature = [
            unit.banks.count_by_feature(cast.plan, MONDAY, name)
            for name in ("tag", "fact", "bank")
        ]
        return asked(unit, open_at(unit, cast)), counted, by_feature, bank

    found, counted, (tags, facts, banks), bank = await database.run(work)
    assert {"tagged", "article", "special"} < set(found)
    assert counted == [1, 1, 1]
    assert tags == {"执法": 92, "宪法": 1}
    assert facts == {"figure": 92, "article": 1}
    assert banks[str(bank)] == 1


async def test_paused_and_lapsed_questions_are_not_asked(database: Database) -> None:
    lapsed = a_question("q1", basis=Basis("某条例", in_force_to=MONDAY - timedelta(days=1)))

    def work(unit: Unit) -> Any:
        cast = joined(unit, lapsed, a_question("q2"), a_question("q3"))
        weak = update(question_rows).where(question_rows.c.uid == "q2").values(alert=Alert.WEAK)
        unit._connection.execute(weak)
        count = unit.banks.count_candidates(cast.plan, MONDAY)
        return asked(unit, open_at(unit, cast)), count

    assert await database.run(work) == (["q3"], 1)


async def test_all_questions_are_asked_before_one_comes_again(database: Database) -> None:
    def work(unit: Unit) -> list[str]:
        cast = joined(unit, *(a_question(f"q{i}") for i in range(12)), days="1234567")
        return [
            name
            for offset in range(4)
            for name in asked(unit, open_at(unit, cast, NINE + timedelta(days=offset)))
        ]

    found = await database.run(work)
    assert sorted(found) == sorted({f"q{i}" for i in range(12)})


async def test_topics_take_turns_over_the_days(database: Database) -> None:
    def work(unit: Unit) -> list[str]:
        topics = ["甲", "甲", "甲", "甲", "甲", "乙", "丁"]
        questions = [a_judge(f"{tag}{i}", tags=(tag,)) for i, tag in enumerate(topics)]
        cast = joined(unit, *questions, days="1234567", question_count=1)
        return [
            asked(unit, open_at(unit, cast, NINE + timedelta(days=offset)))[0][0]
            for offset in range(4)
        ]

    found = await database.run(work)
    assert sorted(found[:3]) == ["丁", "乙", "甲"]
    assert found[3] == "甲"


async def test_observed_difficulty_counts_after_enough_answers(database: Database) -> None:
    def work(unit: Unit) -> list[float]:
        cast = joined(unit, a_question("q1"), a_question("q2"))
        for candidate, attempts in zip(
            unit.banks.list_candidates(cast.plan, MONDAY, 9),
            (ENOUGH_ATTEMPTS - 1, ENOUGH_ATTEMPTS),
            strict=True,
        ):
            unit._connection.execute(
                insert(version_statistics).values(
                    version_id=candidate.version_id,
                    attempts=attempts,
                    facility=0.1,
                    choices=[],
                    computed_at=EIGHT,
                )
            )
        return [item.difficulty for item in unit.banks.list_candidates(cast.plan, MONDAY, 9)]

    assert await database.run(work) == [0.5, 0.9]


async def test_a_look_ahead_draws_what_the_round_will_ask(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = joined(unit, *(a_question(f"q{i}") for i in range(50)))
        plan = unit.plans.find(cast.plan)
        assert plan is not None
        seen = [item.question.id for item in opening.draw_for(unit, plan, MONDAY)]
        return seen, asked(unit, open_at(unit, cast))

    seen, found = await database.run(work)
    assert seen == found


async def test_a_pool_of_clashing_questions_is_looked_behind(database: Database) -> None:
    """More than the first pool holds, all on one passage; the one other question is found."""
    one = a_question("q0")
    clashing = [a_question(f"q{i}", citation=one.citation) for i in range(100)]
    other = a_question("z1", stem="另一问题？", options=("甲甲甲", "乙乙乙", "丙丙丙", "丁丁丁"))

    def work(unit: Unit) -> Any:
        cast = joined(unit, *clashing, other, days="1234567", question_count=2)
        first = asked(unit, open_at(unit, cast))
        return first, asked(unit, open_at(unit, cast, NINE + timedelta(days=1)))

    for found in await database.run(work):
        assert len(found) == 2
        assert "z1" in found
