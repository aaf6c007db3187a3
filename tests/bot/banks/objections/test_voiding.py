"""A voided question gives full credit to everybody who was asked it, once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.banks.objections import voiding
from bot.banks.objections.service import VoidedAlready, raise_objection
from bot.banks.objections.voiding import Prospect, Voided
from bot.daily import service as daily
from bot.daily.steps import Card, Summary, Verdict
from bot.errors import NotAllowed, StaleTap
from bot.plans.opening import settle_round
from storage.database import Database
from storage.states import QuestionStatus
from storage.unit import Unit
from tests.bot.banks.objections.house import LATER, ZONE, Quiz, answer_wrong, open_quiz
from tests.bot.banks.objections.scores import kept, recomputed
from tests.cast import NINE, XIAOAN, XIAOBAI, XIAOCHENG, a_blank, a_judge, a_question

OVER = NINE + timedelta(days=9)


async def test_who_answered_and_who_missed_it_both_have_full_credit(database: Database) -> None:
    def work(unit: Unit) -> None:
        quiz = open_quiz(unit, a_question("a"))
        item = answer_wrong(unit, quiz, XIAOAN)
        settle_round(unit, quiz.round_id, now=OVER)
        found = unit.questions.find_by_version(item.version_id)
        assert found is not None

        asked = voiding.ask(unit, XIAOBAI, found[0].id, 1)
        done = voiding.void(unit, XIAOBAI, found[0].id, 1, now=OVER)

        assert isinstance(asked, Prospect)
        assert (asked.asked.answered, asked.asked.missed) == (1, 2)
        assert asked.is_retiring
        assert (done.asked, done.who) == (asked.asked, "小白")
        assert done.row.status is QuestionStatus.RETIRED
        for person, answered in ((quiz.cast.xiaoan, 1), (quiz.cast.xiaocheng, 0)):
            for period in ("W2026-48", "M2026-11", "Y2026", "all"):
                total = unit.totals.find(person, period)
                assert total is not None
                assert (total.points, total.offered, total.rate) == (10, 10, 1_000_000)
                assert (total.answered, total.right_count) == (answered, answered)
        told = unit.voids.list_concerned(item.version_id, 0, 9)
        assert [who.person_id for who in told] == list(quiz.cast_ids)

    await database.run(work)


async def test_a_repeat_and_a_second_keeper_change_nothing(database: Database) -> None:
    def lay(unit: Unit) -> Quiz:
        quiz = open_quiz(unit, a_question("a"))
        answer_wrong(unit, quiz, XIAOAN)
        return quiz

    await database.run(lay)
    done = await asyncio.gather(
        *(
            database.run(lambda unit, who=who: voiding.void(unit, who, 1, 1, now=LATER))  # type: ignore[misc]
            for who in (XIAOBAI, XIAOCHENG, XIAOBAI)
        )
    )

    assert sum(result.asked is not None for result in done) == 1
    first = next(result for result in done if result.asked is not None)
    assert all(result.who == first.who for result in done)
    kept_, counted = await database.read(lambda unit: (kept(unit), recomputed(unit)))
    assert kept_ == counted
    acts = await database.read(lambda u: u.house.list_audit(limit=9, actions=["question.void"]))
    assert len(acts) == 1


async def test_answers_while_it_is_voided_all_end_with_full_credit(database: Database) -> None:
    quiz = await database.run(lambda unit: open_quiz(unit, a_question("a")))
    chats = (XIAOAN, XIAOBAI, XIAOCHENG)
    cards = [
        await database.run(lambda unit, c=chat: daily.begin(unit, c, quiz.round_id, now=LATER))
        for chat in chats
    ]
    await asyncio.gather(
        *(
            database.run(
                lambda unit, c=chat, s=card.item.sitting.id: daily.choose(  # type: ignore[misc]
                    unit, c, s, 0, 0, now=LATER
                )
            )
            for chat, card in zip(chats, cards, strict=True)
            if isinstance(card, Card)
        ),
        database.run(lambda unit: voiding.void(unit, XIAOCHENG, 1, 1, now=LATER)),
    )

    def check(unit: Unit) -> None:
        for chat in chats:
            daily.begin(unit, chat, quiz.round_id, now=LATER)
        assert kept(unit) == recomputed(unit)
        scores = {person: score for (person, period), score in kept(unit).items()}
        assert scores == dict.fromkeys(quiz.cast_ids, (10, 10, 1, 1))

    await database.run(check)


async def test_an_open_sitting_passes_over_what_was_voided(database: Database) -> None:
    def work(unit: Unit) -> None:
        quiz = open_quiz(unit, a_question("a"), a_judge("b"))
        first = daily.begin(unit, XIAOAN, quiz.round_id, now=LATER)
        assert isinstance(first, Card)
        found = unit.questions.find_by_version(first.item.version_id)
        assert found is not None
        voiding.void(unit, XIAOCHENG, found[0].id, 1, now=LATER)
        sitting = first.item.sitting.id

        again = daily.begin(unit, XIAOAN, quiz.round_id, now=LATER)
        assert isinstance(again, Card)
        assert (again.item.position, again.passed.voided) == (1, (0,))
        late = daily.choose(unit, XIAOAN, sitting, 0, 0, now=LATER)
        assert isinstance(late, Verdict)  # tapped on the card that was still on the screen
        assert late.item.grade is not None
        assert late.item.grade.points == 10
        daily.give_up(unit, XIAOAN, sitting, 1, now=LATER)
        end = daily.go_on(unit, XIAOAN, sitting, 2, now=LATER)
        assert isinstance(end, Summary)
        assert (end.tally.points, end.tally.offered, end.tally.voided) == (10, 20, 1)
        assert end.missed == (1,)
        # Who begins only now is credited and led on in one step.
        other = daily.begin(unit, XIAOBAI, quiz.round_id, now=LATER)
        assert isinstance(other, Card)
        assert other.passed.voided == (0,)
        assert kept(unit) == recomputed(unit)

    await database.run(work)


async def test_whatever_is_answered_to_the_voided_card_on_the_screen_counts_in_full(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        quiz = open_quiz(unit, a_blank("a"))
        card = daily.begin(unit, XIAOAN, quiz.round_id, now=LATER)
        assert isinstance(card, Card)
        voiding.void(unit, XIAOCHENG, 1, 1, now=LATER)
        step = daily.answer_text(unit, XIAOAN, card.item.sitting.id, 0, "不知道", 77, now=LATER)
        assert isinstance(step, Verdict)
        assert step.item.grade is not None
        assert step.item.grade.points == 10

    await database.run(work)


async def test_an_edited_question_stays_in_use_when_its_old_version_is_voided(
    database: Database,
) -> None:
    def work(unit: Unit) -> Voided:
        quiz = open_quiz(unit, a_question("a"))
        item = answer_wrong(unit, quiz, XIAOAN)
        raise_objection(unit, XIAOAN, item.sitting.id, 0, timezone=ZONE, now=LATER)
        mended = replace(item.question, key=(2,))
        unit.editions.edit(
            1, 1, mended, LATER, author_id=None, findings=(), status=QuestionStatus.PUBLISHED
        )
        done = voiding.void(unit, XIAOBAI, 1, 1, now=LATER)
        again = raise_objection(unit, XIAOAN, item.sitting.id, 0, timezone=ZONE, now=LATER)
        assert isinstance(again, VoidedAlready)
        assert unit.objections.count_open() == 0
        return done

    done = await database.run(work)

    assert done.row.status is QuestionStatus.PUBLISHED
    assert [version.number for version in done.versions] == [1]


async def test_a_round_settled_later_credits_what_was_voided_and_never_reached(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        quiz = open_quiz(unit, a_question("a"), a_judge("b"))
        voiding.void(unit, XIAOCHENG, 1, 1, now=LATER)
        settle_round(unit, quiz.round_id, now=OVER)
        total = unit.totals.find(quiz.cast.xiaoan, "all")
        assert total is not None
        assert (total.points, total.offered, total.answered) == (10, 20, 0)
        assert kept(unit) == recomputed(unit)

    await database.run(work)


async def test_staff_void_nothing_and_forged_versions_are_refused(database: Database) -> None:
    def work(unit: Unit) -> None:
        open_quiz(unit, a_question("a"))
        with pytest.raises(NotAllowed):
            voiding.void(unit, XIAOAN, 1, 1, now=LATER)
        for question, version in ((1, 9), (99, 1)):
            with pytest.raises(StaleTap):
                voiding.ask(unit, XIAOBAI, question, version)
        assert kept(unit) == {}

    await database.run(work)
