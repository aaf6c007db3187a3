"""A vote is the answer of its question: once, in turn or not, and never after the end."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.daily.steps import Card, Summary, Verdict
from bot.groups.service import Vote
from bot.plans.opening import settle_round
from questions.models import Outcome
from storage.database import Database
from tests.bot.groups.house import Club, a_club
from tests.cast import NINE, STRANGER, XIAOAN, XIAOBAI, a_multiple

RIGHT, WRONG = 1, 0


async def a_poll(database: Database, position: int) -> Club:
    """An open round of three with the question at a position asked in the group."""
    club = await a_club(database, has_polls=False)
    await club.open()
    await club.ask(position)
    return club


async def amounts(club: Club) -> tuple[int, int, int, int]:
    """Points, offered, answered, right of 小安."""
    total = await club.total()
    if total is None:
        return 0, 0, 0, 0
    return total.points, total.offered, total.answered, total.right_count


async def test_a_vote_scores_like_an_answer(database: Database) -> None:
    club = await a_poll(database, 0)
    assert await club.vote(RIGHT) is Vote.COUNTED
    assert await amounts(club) == (10, 10, 1, 1)
    item = await club.item(0)
    assert (item.grade.outcome, item.answer.chosen) == (Outcome.RIGHT, (RIGHT,))


async def test_only_the_first_vote_counts(database: Database) -> None:
    club = await a_poll(database, 0)
    votes = await asyncio.gather(*(club.vote(option) for option in (WRONG, RIGHT, 2)))
    assert sorted(votes) == [Vote.COUNTED, Vote.IGNORED, Vote.IGNORED]
    assert (await amounts(club))[1:3] == (10, 1)


async def test_a_vote_taken_back_leaves_the_first_attempt_standing(database: Database) -> None:
    club = await a_poll(database, 0)
    await club.vote(WRONG)
    assert await club.vote() is Vote.IGNORED
    assert await club.vote(RIGHT) is Vote.IGNORED
    assert await amounts(club) == (0, 10, 1, 0)


async def test_a_vote_after_the_chat_changes_nothing(database: Database) -> None:
    club = await a_poll(database, 0)
    await club.begin()
    await club.choose(0, WRONG)
    assert await club.vote(RIGHT) is Vote.IGNORED
    assert await amounts(club) == (0, 10, 1, 0)


async def test_the_card_on_the_screen_shows_the_vote_when_tapped(database: Database) -> None:
    club = await a_poll(database, 0)
    await club.begin()
    await club.vote(RIGHT)
    verdict = await club.choose(0, WRONG)
    assert isinstance(verdict, Verdict)
    assert verdict.item.answer is not None
    assert (verdict.is_repeat, verdict.item.answer.chosen) == (True, (RIGHT,))
    card = await club.go_on(1)
    assert isinstance(card, Card)
    assert (card.item.position, card.passed.voted) == (1, (0,))
    assert await amounts(club) == (10, 10, 1, 1)


async def test_what_was_voted_on_first_is_passed_over_in_the_chat(database: Database) -> None:
    club = await a_poll(database, 0)
    await club.vote(RIGHT)
    card = await club.begin()
    assert isinstance(card, Card)
    assert (card.item.position, card.passed.voted) == (1, (0,))
    await club.choose(1, RIGHT)
    card = await club.go_on(2)
    assert (card.item.position, card.passed.voted) == (2, ())


async def test_a_vote_ahead_of_its_turn_is_passed_over_when_its_turn_comes(
    database: Database,
) -> None:
    club = await a_poll(database, 1)
    card = await club.begin()
    assert await club.vote(WRONG) is Vote.COUNTED
    assert card.item.position == (await club.item(0)).sitting.position == 0
    await club.choose(0, RIGHT)
    card = await club.go_on(1)
    assert isinstance(card, Card)
    assert (card.item.position, card.passed.voted) == (2, (1,))
    await club.choose(2, RIGHT)
    summary = await club.go_on(3)
    assert isinstance(summary, Summary)
    assert (summary.tally.answered, summary.tally.right, summary.missed) == (3, 2, (1,))
    look = await club.go_on(1)
    assert isinstance(look, Verdict)
    assert look.item.position == 1
    assert await amounts(club) == (20, 30, 3, 2)


@pytest.mark.parametrize("is_vote_last", [True, False])
async def test_the_sitting_is_finished_once_nothing_is_left(
    database: Database, is_vote_last: bool
) -> None:
    club = await a_poll(database, 2)
    await club.begin()
    if not is_vote_last:
        await club.vote(RIGHT)
    await club.choose(0, RIGHT)
    assert not (await club.item(0)).sitting.is_finished
    await club.choose(1, RIGHT)
    if is_vote_last:
        assert not (await club.item(0)).sitting.is_finished
        await club.vote(RIGHT)
    assert (await club.item(0)).sitting.is_finished
    summary = await club.go_on(2)
    assert isinstance(summary, Summary)
    assert summary.passed.voted == (2,)
    assert isinstance(await club.begin(), Summary)
    assert await amounts(club) == (30, 30, 3, 3)


async def test_a_settled_round_counts_a_vote_once_and_what_was_left_as_missed(
    database: Database,
) -> None:
    club = await a_poll(database, 1)

    def deliver(unit: object) -> None:
        for due in unit.deliveries.claim("me", NINE, NINE, 9):  # type: ignore[attr-defined]
            unit.deliveries.begin(due.id, "me")  # type: ignore[attr-defined]
            unit.deliveries.mark_sent(due.id, 1)  # type: ignore[attr-defined]

    await database.run(deliver)
    await club.vote(RIGHT)
    late = NINE + timedelta(days=9)
    await club.run(settle_round, club.round_id, now=late)
    assert await amounts(club) == (10, 30, 1, 1)
    assert await club.vote(RIGHT, who=XIAOBAI, now=late) is Vote.IGNORED
    assert await club.item(1, XIAOBAI) is None


async def test_a_vote_after_the_last_moment_is_ignored_even_unsettled(database: Database) -> None:
    club = await a_poll(database, 0)
    assert await club.vote(RIGHT, now=NINE + timedelta(days=9)) is Vote.IGNORED
    assert await amounts(club) == (0, 0, 0, 0)


async def test_strangers_and_leavers_vote_without_effect(database: Database) -> None:
    club = await a_poll(database, 0)
    assert await club.vote(RIGHT, who=STRANGER) is Vote.IGNORED
    await database.run(lambda unit: unit.people.set_active(club.cast.xiaoan, is_active=False))
    assert await club.vote(RIGHT) is Vote.IGNORED


async def test_who_is_not_on_the_roll_votes_without_effect(database: Database) -> None:
    club = await a_poll(database, 0)

    def join(unit: object) -> None:
        unit.people.add(1500, "小晚", club.cast.department, "staff", NINE)  # type: ignore[attr-defined]

    await database.run(join)
    assert await club.vote(RIGHT, who=1500) is Vote.IGNORED
    await club.begin(1500)
    assert await club.vote(RIGHT, who=1500) is Vote.COUNTED


async def test_forged_and_unknown_votes_do_nothing(database: Database) -> None:
    club = await a_poll(database, 0)
    assert await club.vote(RIGHT, poll="5") is Vote.IGNORED
    for places in ([9], [-1], [0, 7]):
        assert await club.run(_vote, places) is Vote.IGNORED
    assert await club.item(0) is None


def _vote(unit: object, places: list[int]) -> Vote:
    from bot.groups import service
    from tests.bot.groups.house import POLL

    return service.vote(unit, XIAOAN, POLL, places, now=NINE)  # type: ignore[arg-type]


async def test_a_vote_for_several_options_earns_half_for_a_part(database: Database) -> None:
    club = await a_club(database, a_multiple(), has_polls=False)
    await club.open()
    await club.ask(0)
    assert await club.vote(0, who=XIAOAN) is Vote.COUNTED
    assert await club.vote(0, 2, who=XIAOBAI) is Vote.COUNTED
    assert await amounts(club) == (5, 10, 1, 0)
    bai = await club.total(club.cast.xiaobai)
    assert bai is not None
    assert (bai.points, bai.right_count) == (10, 1)


async def test_a_voided_question_counts_in_full_however_one_votes(database: Database) -> None:
    club = await a_poll(database, 0)
    sent = await database.read(lambda unit: unit.polls.find_sent("7700001"))
    await club.vote(WRONG)
    assert await amounts(club) == (0, 10, 1, 0)
    assert sent is not None
    await database.run(lambda unit: unit.voids.void(sent.version_id, NINE))
    assert await amounts(club) == (10, 10, 1, 1)
    assert await club.vote(WRONG, who=XIAOBAI) is Vote.COUNTED
    bai = await club.total(club.cast.xiaobai)
    assert bai is not None
    assert (bai.points, bai.right_count) == (10, 1)


async def test_a_vote_while_its_poll_is_leaving_is_early(database: Database) -> None:
    club = await a_club(database)
    await club.open()

    def leave(unit: object) -> None:
        (due,) = unit.polls.claim("me", NINE, NINE, 5)  # type: ignore[attr-defined]
        assert unit.polls.begin(due.id, "me")  # type: ignore[attr-defined]

    await database.run(leave)
    assert await club.vote(RIGHT) is Vote.EARLY
