"""What an answer does, and what everything that is not one doesn't do."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.daily import service
from bot.daily.steps import (
    Card,
    NotAnAnswer,
    NothingOpen,
    NothingPicked,
    NumberWanted,
    Over,
    Summary,
    Verdict,
)
from bot.errors import Deactivated, NotJoined, StaleTap
from bot.plans.opening import Opened, open_round, settle_round
from bot.prompts import find_prompt
from questions.models import Kind, Outcome, Question
from storage.database import Database
from storage.repositories.totals import TotalRow
from storage.states import RoundId
from tests.cast import (
    MONDAY,
    NINE,
    STRANGER,
    XIAOAN,
    XIAOBAI,
    Cast,
    a_blank,
    a_judge,
    a_multiple,
    a_question,
    furnish,
)

LATER = NINE + timedelta(minutes=5)


class Play:
    """A furnished database with an open round, and short ways to act in it."""

    def __init__(self, database: Database, cast: Cast, round_id: RoundId) -> None:
        self.database, self.cast, self.round_id = database, cast, round_id

    async def do(self, work: Any, *args: Any, now: Any = LATER, **kwargs: Any) -> Any:
        return await self.database.run(lambda unit: work(unit, *args, now=now, **kwargs))

    async def begin(self, chat: int = XIAOAN) -> Card:
        step = await self.do(service.begin, chat, self.round_id)
        assert isinstance(step, Card)
        return step

    async def say(self, said: str, update_id: int, chat: int = XIAOAN, now: Any = LATER) -> Any:
        """Write a message, as the bot would route it."""
        prompt = await self.database.read(lambda unit: find_prompt(unit, chat, now=now))
        if prompt is None or prompt.kind != service.ANSWER_PROMPT:
            return await self.do(service.stray, chat, update_id, now=now)
        shown = prompt.payload["sitting_id"], prompt.payload["position"]
        return await self.do(service.answer_text, chat, *shown, said, update_id, now=now)

    async def total(self, period: str = "all") -> TotalRow | None:
        return await self.database.read(lambda unit: unit.totals.find(self.cast.xiaoan, period))


async def open_with(database: Database, *questions: Question) -> Play:
    def work(unit: Any) -> Play:
        cast = furnish(unit, *questions)
        opened = open_round(unit, cast.plan, now=NINE)
        assert isinstance(opened, Opened)
        return Play(database, cast, opened.round_id)

    return await database.run(work)


def place_of(card: Card, index: int) -> int:
    return card.item.option_order.index(index)


async def test_a_right_answer_scores_ten_in_every_period(database: Database) -> None:
    play = await open_with(database)
    card = await play.begin()
    right = place_of(card, 1)
    step = await play.do(service.choose, XIAOAN, card.item.sitting.id, 0, right)
    assert isinstance(step, Verdict)
    assert step.item.grade is not None
    assert step.item.grade.outcome is Outcome.RIGHT
    for period in ("all", "Y2026", "M2026-11", "W2026-48"):
        total = await play.total(period)
        assert total is not None
        assert (total.points, total.offered, total.answered) == (10, 10, 1)


async def test_a_double_tap_counts_once(database: Database) -> None:
    play = await open_with(database)
    sitting = (await play.begin()).item.sitting.id
    steps = await asyncio.gather(
        *(play.do(service.choose, XIAOAN, sitting, 0, place) for place in (0, 1, 2, 0))
    )
    assert sum(not step.is_repeat for step in steps) == 1
    assert len({step.item.answer for step in steps}) == 1
    total = await play.total()
    assert total is not None
    assert (total.answered, total.offered) == (1, 10)


async def test_another_persons_button_does_nothing(database: Database) -> None:
    play = await open_with(database)
    card = await play.begin()
    with pytest.raises(StaleTap):
        await play.do(service.choose, XIAOBAI, card.item.sitting.id, 0, 1)
    assert await play.total() is None


async def test_a_stranger_and_a_deactivated_person_are_told_so(database: Database) -> None:
    play = await open_with(database)
    with pytest.raises(NotJoined):
        await play.do(service.begin, STRANGER, play.round_id)
    card = await play.begin()
    await database.run(lambda unit: unit.people.set_active(play.cast.xiaoan, is_active=False))
    with pytest.raises(Deactivated):
        await play.do(service.choose, XIAOAN, card.item.sitting.id, 0, 1)
    assert await play.total() is None


@pytest.mark.parametrize(
    ("sitting", "position", "place"), [(0, 99, 1), (0, 0, 9), (0, 0, -1), (77, 0, 0)]
)
async def test_a_forged_button_never_scores(
    database: Database, sitting: int, position: int, place: int
) -> None:
    play = await open_with(database)
    own = (await play.begin()).item.sitting.id
    with pytest.raises(StaleTap):
        await play.do(service.choose, XIAOAN, own + sitting, position, place)
    assert await play.total() is None


async def test_a_question_ahead_of_its_turn_is_not_answered(database: Database) -> None:
    play = await open_with(database)
    card = await play.begin()
    step = await play.do(service.choose, XIAOAN, card.item.sitting.id, 2, 1)
    assert isinstance(step, Card)
    assert step.item.position == 0
    assert await play.total() is None


async def test_after_catch_up_ends_nothing_counts(database: Database) -> None:
    play = await open_with(database)
    card = await play.begin()
    late = NINE + timedelta(days=9)
    step = await play.do(service.choose, XIAOAN, card.item.sitting.id, 0, 1, now=late)
    assert isinstance(step, Over)
    assert await play.total() is None
    assert isinstance(await play.do(service.begin, XIAOBAI, play.round_id, now=late), Over)


async def test_catching_up_counts_for_the_rounds_own_day(database: Database) -> None:
    play = await open_with(database)
    card = await play.begin()
    thursday = NINE + timedelta(days=3)
    step = await play.do(service.choose, XIAOAN, card.item.sitting.id, 0, 1, now=thursday)
    assert isinstance(step, Verdict)
    assert step.item.day == MONDAY
    assert await play.total("W2026-48") is not None


async def test_ticks_can_be_changed_until_handed_in(database: Database) -> None:
    play = await open_with(database, a_multiple())
    card = await play.begin()
    sitting = card.item.sitting.id
    assert isinstance(await play.do(service.submit, XIAOAN, sitting, 0), NothingPicked)
    for index in (0, 1, 2):
        await play.do(service.tick, XIAOAN, sitting, 0, place_of(card, index), is_ticked=True)
    repeat = place_of(card, 0)
    await play.do(service.tick, XIAOAN, sitting, 0, repeat, is_ticked=True)
    await play.do(service.tick, XIAOAN, sitting, 0, place_of(card, 1), is_ticked=False)
    step = await play.do(service.submit, XIAOAN, sitting, 0)
    assert step.item.answer.chosen == (0, 2)
    assert step.item.grade.points == 10
    again = await play.do(service.tick, XIAOAN, sitting, 0, repeat, is_ticked=False)
    assert isinstance(again, Verdict)
    assert again.is_repeat


async def test_a_right_subset_earns_half_and_a_wrong_tick_nothing(database: Database) -> None:
    play = await open_with(database, a_multiple("m1"), a_multiple("m2"))
    card = await play.begin()
    sitting = card.item.sitting.id
    await play.do(service.tick, XIAOAN, sitting, 0, place_of(card, 0), is_ticked=True)
    assert (await play.do(service.submit, XIAOAN, sitting, 0)).item.grade.points == 5
    second = await play.do(service.go_on, XIAOAN, sitting, 1)
    for index in (0, 1, 2):
        await play.do(service.tick, XIAOAN, sitting, 1, place_of(second, index), is_ticked=True)
    assert (await play.do(service.submit, XIAOAN, sitting, 1)).item.grade.points == 0


async def test_choosing_on_a_multiple_choice_is_refused(database: Database) -> None:
    play = await open_with(database, a_multiple())
    card = await play.begin()
    with pytest.raises(StaleTap):
        await play.do(service.choose, XIAOAN, card.item.sitting.id, 0, 0)
    with pytest.raises(StaleTap):
        await play.do(service.tick, XIAOAN, card.item.sitting.id, 0, 9, is_ticked=True)


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("1.91亿元", 10),
        ("19100万", 10),
        ("１．９１", 10),
        ("1.91亿", 10),
        ("2亿", 0),
    ],
)
async def test_a_blank_takes_the_number_in_any_form(
    database: Database, said: str, points: int
) -> None:
    play = await open_with(database, a_blank())
    await play.begin()
    step = await play.say(said, 501)
    assert isinstance(step, Verdict)
    assert step.item.grade is not None
    assert step.item.grade.points == points


async def test_a_repeated_message_answers_only_once(database: Database) -> None:
    play = await open_with(database, a_blank("b1"), a_blank("b2"))
    await play.begin()
    first = await play.say("1.91", 501)
    again = await play.say("1.91", 501)
    assert again.item.position == first.item.position == 0
    total = await play.total()
    assert total is not None
    assert total.answered == 1


async def test_words_beside_a_question_are_no_answer(database: Database) -> None:
    play = await open_with(database, a_judge())
    before = await play.say("你好", 501)
    assert isinstance(before, NotAnAnswer)
    assert before.item is None
    await play.begin()
    during = await play.say("你好", 502)
    assert isinstance(during, NotAnAnswer)
    assert during.item is not None
    assert await play.total() is None


async def test_words_where_a_number_is_asked_are_not_counted(database: Database) -> None:
    play = await open_with(database, a_blank())
    await play.begin()
    for update_id, said in enumerate(("收到，谢谢", "不知道", "  "), start=501):
        assert isinstance(await play.say(said, update_id), NumberWanted)
    assert await play.total() is None
    assert (await play.say("1.91", 510)).item.grade.points == 10


async def test_a_message_answers_the_blank_shown_last(database: Database) -> None:
    older = await open_with(database, a_blank("b1"), a_blank("b2", answers=("7",)))
    newer_at = NINE + timedelta(days=1)
    opened = await database.run(lambda unit: open_round(unit, older.cast.plan, now=newer_at))
    assert isinstance(opened, Opened)
    newer = Play(database, older.cast, opened.round_id)
    now = newer_at + timedelta(minutes=1)
    await newer.do(service.begin, XIAOAN, newer.round_id, now=now)
    shown = await older.do(service.begin, XIAOAN, older.round_id, now=now)
    step = await older.say(shown.item.question.answers[0], 501, now=now)
    assert step.item.sitting.round_id == older.round_id
    assert step.item.grade.points == 10


async def test_a_card_of_another_kind_asks_for_no_words(database: Database) -> None:
    play = await open_with(database, a_blank(), a_judge())
    card = await play.begin()
    sitting = card.item.sitting.id
    blank_first = card.item.question.kind is Kind.BLANK
    await play.do(service.give_up, XIAOAN, sitting, 0)
    await play.do(service.go_on, XIAOAN, sitting, 1)
    step = await play.say("1.91", 501)
    assert isinstance(step, NotAnAnswer if blank_first else Verdict)


async def test_a_settled_round_takes_no_answer_whatever_the_clock_says(database: Database) -> None:
    play = await open_with(database)
    card = await play.begin()
    end = NINE + timedelta(days=9)
    await database.run(lambda unit: settle_round(unit, play.round_id, now=end))
    step = await play.do(service.choose, XIAOAN, card.item.sitting.id, 0, 1)
    assert isinstance(step, Over)
    assert isinstance(await play.do(service.begin, XIAOBAI, play.round_id), Over)
    assert await play.total() is None


async def test_answers_and_settling_at_once_never_count_twice(database: Database) -> None:
    play = await open_with(database)
    card = await play.begin()
    await database.run(send_to_all)
    sitting = card.item.sitting.id
    await asyncio.gather(
        *(play.do(service.choose, XIAOAN, sitting, 0, 1) for _ in range(3)),
        *(play.do(settle_round, play.round_id) for _ in range(2)),
    )
    total = await play.total()
    assert total is not None
    assert total.offered == 30


def send_to_all(unit: Any) -> None:
    for delivery in unit.deliveries.claim("me", NINE, LATER, 10):
        assert unit.deliveries.begin(delivery.id, "me")
        unit.deliveries.mark_sent(delivery.id, 1)


async def test_ticks_made_at_once_are_all_kept(database: Database) -> None:
    play = await open_with(database, a_multiple())
    sitting = (await play.begin()).item.sitting.id
    await asyncio.gather(
        *(play.do(service.tick, XIAOAN, sitting, 0, place, is_ticked=True) for place in range(4))
    )
    item = await database.read(lambda unit: unit.sittings.find_item(sitting, 0))
    assert item is not None
    assert item.picked == 0b1111


async def test_not_sure_earns_nothing_and_shows_the_key(database: Database) -> None:
    play = await open_with(database)
    card = await play.begin()
    step = await play.do(service.give_up, XIAOAN, card.item.sitting.id, 0)
    assert step.item.grade.points == 0
    total = await play.total()
    assert total is not None
    assert (total.points, total.offered) == (0, 10)


async def test_a_sitting_goes_on_where_it_was(database: Database) -> None:
    play = await open_with(database)
    card = await play.begin()
    await play.do(service.choose, XIAOAN, card.item.sitting.id, 0, 1)
    assert (await play.begin()).item.position == 1
    step = await play.do(service.today, XIAOAN)
    assert isinstance(step, Card)
    assert step.item.position == 1


async def test_the_last_answer_leads_to_the_summary(database: Database) -> None:
    play = await open_with(database, a_question("q1"), a_judge("j1"))
    card = await play.begin()
    sitting = card.item.sitting.id
    for position in (0, 1):
        step = await play.do(service.go_on, XIAOAN, sitting, position)
        right = place_of(step, step.item.question.key[0])
        await play.do(service.choose, XIAOAN, sitting, position, right)
    summary = await play.do(service.go_on, XIAOAN, sitting, 2)
    assert isinstance(summary, Summary)
    assert (summary.tally.right, summary.tally.points, summary.size) == (2, 20, 2)
    assert isinstance(await play.do(service.today, XIAOAN), Summary)


async def test_without_a_round_today_says_when_the_next_one_opens(database: Database) -> None:
    await database.run(furnish)
    step = await database.run(lambda unit: service.today(unit, XIAOAN, now=NINE))
    assert isinstance(step, NothingOpen)
    assert step.next_opening is not None
    assert step.next_opening.isoformat() == "2026-11-24T00:45:00+00:00"


async def test_numbers_keep_their_order_and_titles_are_shuffled(database: Database) -> None:
    play = await open_with(database, a_question("q1"), *(a_multiple(f"m{i}") for i in range(6)))
    orders: dict[str, set[tuple[int, ...]]] = {"figure": set(), "title": set()}
    for chat in (XIAOAN, XIAOBAI, 1003):
        step = await play.begin(chat)
        for position in range(step.item.sitting.size):
            item = await database.read(
                lambda unit, s=step, p=position: unit.sittings.find_item(s.item.sitting.id, p)
            )
            orders[str(item.question.fact["kind"])].add(item.option_order)
    assert orders["figure"] <= {(0, 1, 2, 3)}
    assert len(orders["title"]) > 1
