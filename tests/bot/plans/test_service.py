"""When rounds open, who gets them, and what is counted when they end."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.daily.service import begin, choose, today
from bot.plans import opening, service
from bot.plans.calendar import Calendar
from questions.models import Basis
from storage.database import Database
from storage.repositories.deliveries import DueDelivery
from storage.states import DeliveryState, Role
from tests.cast import MONDAY, NINE, XIAOAN, XIAOCHENG, Cast, a_question, furnish


async def furnished(database: Database, **plan: Any) -> Cast:
    return await database.run(lambda unit: furnish(unit, **plan))


async def due(database: Database, now: datetime) -> list[Any]:
    return await database.read(lambda unit: opening.due_plans(unit, now=now))


async def open_(database: Database, cast: Cast, now: datetime = NINE) -> Any:
    return await database.run(lambda unit: opening.open_round(unit, cast.plan, now=now))


@pytest.mark.parametrize(
    ("now", "is_due"),
    [
        (datetime(2026, 11, 23, 0, 44, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 0, 45, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 12, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 13, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 22, 1, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 28, 1, 0, tzinfo=UTC), False),
    ],
    ids=["a minute early", "on time", "late", "too late at night", "before start", "Saturday"],
)
async def test_a_plan_is_due_on_workdays_from_its_time(
    database: Database, now: datetime, is_due: bool
) -> None:
    await furnished(database)
    assert bool(await due(database, now)) is is_due


async def test_a_round_opens_once_however_many_ticks_and_replicas(database: Database) -> None:
    cast = await furnished(database)
    opened = await asyncio.gather(*(open_(database, cast) for _ in range(5)))
    assert sum(result is not None for result in opened) == 1
    assert await due(database, NINE) == []
    counts = await database.read(
        lambda unit: unit.deliveries.count_by_state(unit.plans.list_answerable(NINE)[0].id)
    )
    assert counts == {DeliveryState.PENDING: 3}


async def test_a_paused_plan_is_not_due(database: Database) -> None:
    cast = await furnished(database)
    await database.run(lambda unit: service.move(unit, XIAOCHENG, cast.plan, 0, "pause", now=NINE))
    assert await due(database, NINE) == []


async def test_deactivated_and_unreachable_people_get_nothing(database: Database) -> None:
    cast = await furnished(database)

    def leave(unit: Any) -> None:
        unit.people.set_active(cast.xiaoan, is_active=False)
        unit.people.mark_unreachable(cast.xiaobai, NINE)

    await database.run(leave)
    opened = await open_(database, cast)
    assert opened is not None
    assert opened.people == 1


async def test_rounds_ask_what_was_asked_longest_ago(database: Database) -> None:
    cast = await furnished(database)
    asked: list[int] = []
    for offset in (0, 1):
        opened = await open_(database, cast, NINE + timedelta(days=offset))
        assert opened is not None
        asked += await database.read(
            lambda unit, o=opened: unit.plans.list_round_versions(o.round_id)
        )
    assert len(asked) == len(set(asked)) == 6


async def test_a_question_whose_law_is_not_in_force_is_not_asked(database: Database) -> None:
    ended = Basis("某条例", in_force_to=MONDAY - timedelta(days=1))
    coming = Basis("某办法", in_force_from=MONDAY + timedelta(days=1))
    holds = Basis("某规定", in_force_from=MONDAY, in_force_to=MONDAY)
    questions = [a_question(f"q{i}", basis=b) for i, b in enumerate((ended, coming, holds))]
    cast = await database.run(lambda unit: furnish(unit, *questions))
    opened = await open_(database, cast)
    assert opened is not None
    assert opened.questions == 1
    versions = await database.read(
        lambda unit: unit.banks.list_versions(unit.plans.list_round_versions(opened.round_id))
    )
    assert [question.id for question in versions.values()] == ["q2"]


async def test_without_a_question_no_round_opens(database: Database) -> None:
    ended = Basis("某条例", in_force_to=date(2020, 1, 1))
    cast = await database.run(lambda unit: furnish(unit, a_question(basis=ended)))
    assert await open_(database, cast) == opening.NoQuestion(cast.plan, MONDAY)


async def test_what_is_left_unanswered_counts_as_offered_when_catch_up_ends(
    database: Database,
) -> None:
    cast = await furnished(database)
    opened = await open_(database, cast)
    assert opened is not None
    await send_all(database, unknown=cast.xiaobai, failed=cast.xiaocheng)
    card: Any = await database.run(lambda unit: begin(unit, XIAOAN, opened.round_id, now=NINE))
    await database.run(lambda unit: choose(unit, XIAOAN, card.item.sitting.id, 0, 1, now=NINE))
    end = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
    early = await database.read(
        lambda unit: opening.unsettled_rounds(unit, now=end - timedelta(seconds=1))
    )
    assert early == []
    for _ in range(2):
        await database.run(lambda unit: opening.settle_round(unit, opened.round_id, now=end))
    totals = await database.read(
        lambda unit: [
            unit.totals.find(person, "W2026-48")
            for person in (cast.xiaoan, cast.xiaobai, cast.xiaocheng)
        ]
    )
    mine, unknown, failed = totals
    assert (mine.points, mine.offered, mine.rate) == (10, 30, 333_333)
    assert unknown is None  # nobody knows whether it arrived
    assert failed is None


async def send_all(database: Database, *, unknown: int, failed: int) -> None:
    def work(unit: Any) -> None:
        claimed = unit.deliveries.claim("me", NINE, NINE + timedelta(minutes=1), 10)
        for delivery in claimed:
            assert unit.deliveries.begin(delivery.id, "me")
            if delivery.person_id == unknown:
                unit.deliveries.mark_unknown(delivery.id)
            elif delivery.person_id == failed:
                unit.deliveries.mark_failed(delivery.id, "blocked")
            else:
                unit.deliveries.mark_sent(delivery.id, 1)

    await database.run(work)


async def test_each_delivery_is_claimed_by_one_sender_only(database: Database) -> None:
    cast = await furnished(database)
    await open_(database, cast)
    until = NINE + timedelta(minutes=1)

    async def claim(holder: str) -> list[DueDelivery]:
        return await database.run(lambda unit: unit.deliveries.claim(holder, NINE, until, 2))

    claimed = [item.id for batch in await asyncio.gather(*map(claim, "abc")) for item in batch]
    claimed += [item.id for item in await claim("d")]
    assert len(claimed) == len(set(claimed)) == 3
    assert await database.run(lambda unit: unit.deliveries.begin(claimed[0], "stranger")) is False


async def test_an_expired_lease_is_taken_over_and_a_cut_send_becomes_unknown(
    database: Database,
) -> None:
    cast = await furnished(database)
    await open_(database, cast)
    until = NINE + timedelta(minutes=1)
    first = await database.run(lambda unit: unit.deliveries.claim("dead", NINE, until, 10))
    assert await database.run(lambda unit: unit.deliveries.begin(first[0].id, "dead"))
    later = until + timedelta(seconds=1)
    assert await database.run(lambda unit: unit.deliveries.recover(later)) == 1
    taken = await database.run(
        lambda unit: unit.deliveries.claim("alive", later, later + timedelta(minutes=1), 10)
    )
    assert {item.id for item in taken} == {item.id for item in first[1:]}


def test_makeup_workdays_and_holidays_are_known() -> None:
    calendar = Calendar({})
    assert calendar.is_workday(date(2026, 10, 10))  # 调休 Saturday
    assert not calendar.is_workday(date(2026, 10, 1))
    assert not calendar.is_workday(date(2026, 11, 28))
    assert not Calendar({MONDAY: False}).is_workday(MONDAY)


async def test_the_default_plan_is_made_once_and_draws_from_all_banks(database: Database) -> None:
    def work(unit: Any) -> Any:
        service.ensure_plan(unit, "Asia/Shanghai", now=NINE)
        assert unit.plans.list_all() == []
        unit.banks.add("题库", NINE)
        for _ in range(2):
            service.ensure_plan(unit, "Asia/Shanghai", now=NINE)
        (plan,) = unit.plans.list_all()
        return plan

    plan = await database.run(work)
    assert (plan.at, plan.question_count, plan.days) == (time(8, 45), 3, "workdays")
    assert plan.starts_on == MONDAY + timedelta(days=1)


async def test_two_replicas_make_one_default_plan(database: Database) -> None:
    await database.run(lambda unit: unit.banks.add("题库", NINE))
    await asyncio.gather(
        *(
            database.run(lambda unit: service.ensure_plan(unit, "Asia/Shanghai", now=NINE))
            for _ in range(4)
        )
    )
    assert len(await database.read(lambda unit: unit.plans.list_all())) == 1


async def test_a_plan_paused_between_look_and_opening_stays_shut(database: Database) -> None:
    cast = await furnished(database)
    assert await due(database, NINE) == [cast.plan]
    await database.run(lambda unit: service.move(unit, XIAOCHENG, cast.plan, 0, "pause", now=NINE))
    assert await database.run(lambda unit: opening.open_due(unit, cast.plan, now=NINE)) is None


async def test_a_glance_at_today_costs_a_newcomer_nothing(database: Database) -> None:
    cast = await furnished(database)
    opened = await open_(database, cast)

    def join_and_look(unit: Any) -> int:
        newcomer = unit.people.add(1999, "路人", cast.department, Role.STAFF, NINE)
        today(unit, 1999, now=NINE)
        return int(newcomer)

    newcomer = await database.run(join_and_look)
    end = NINE + timedelta(days=9)
    await database.run(lambda unit: opening.settle_round(unit, opened.round_id, now=end))
    assert await database.read(lambda unit: unit.totals.find(newcomer, "all")) is None


async def test_another_bots_update_ids_are_forgotten(database: Database) -> None:
    def handle(unit: Any, bot: int) -> bool:
        unit.house.serve(bot, NINE)
        return bool(unit.house.is_first(501, NINE))

    seen = [await database.run(lambda unit, b=bot: handle(unit, b)) for bot in (1, 1, 2, 2)]
    assert seen == [True, False, True, False]
