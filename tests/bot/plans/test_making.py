"""New plans, copies, and the zone they keep."""

from __future__ import annotations

import asyncio
from datetime import date, time
from typing import Any

import pytest

from bot.banks.incoming.writing import open_bank
from bot.errors import NotAllowed
from bot.plans import service
from bot.plans.cards import PlanState
from bot.plans.errors import NameTaken, Refused
from bot.plans.making import service as making
from bot.plans.making.suggestions import SUGGESTIONS
from questions.selection import Quota
from storage.database import Database
from storage.repositories.audience import Audience
from storage.states import Role
from storage.unit import Unit
from tests.bot.plans.town import ZONE, audited, built, plan, tap
from tests.cast import MONDAY, NINE, XIAOAN, XIAOBAI, XIAOCHENG, furnish


async def test_a_name_is_all_a_plan_needs_to_be_ready(database: Database) -> None:
    await database.run(furnish)
    card = await database.run(
        lambda unit: making.make_named(unit, XIAOBAI, "处内学法", 1, ZONE, now=NINE)
    )
    made = card.plan
    assert (made.days, made.at, made.question_count) == ("workdays", time(8, 45), 3)
    assert (made.catch_up_days, made.remind_at) == (3, time(16, 30))
    assert made.audience.is_everybody
    assert [bank.name for bank in card.banks] == ["题库"]
    assert (card.reached, card.owner, card.state) == (3, "小白", PlanState.DRAFT)
    assert not made.is_active
    started = await database.run(
        lambda unit: service.move(unit, XIAOBAI, made.id, card.seen, "start", now=NINE)
    )
    assert started.state is PlanState.RUNNING


async def test_staff_make_no_plans(database: Database) -> None:
    town = await built(database)
    for work in (
        lambda unit: making.ask_name(unit, XIAOAN, now=NINE),
        lambda unit: making.make_named(unit, XIAOAN, "我的", 1, ZONE, now=NINE),
        lambda unit: making.make_suggested(unit, XIAOAN, 1, 1, ZONE, now=NINE),
        lambda unit: making.copy(unit, XIAOAN, town.own, 1, now=NINE),
        lambda unit: service.list_plans(unit, XIAOAN, now=NINE),
        lambda unit: service.show_plan(unit, XIAOAN, town.own, now=NINE),
    ):
        with pytest.raises(NotAllowed):
            await database.run(work)
    assert len(await database.read(lambda unit: unit.plans.list_all())) == 2


async def test_a_replayed_request_makes_one_plan(database: Database) -> None:
    await database.run(furnish)

    def work(unit: Unit) -> list[Any]:
        named = [
            making.make_named(unit, XIAOBAI, "周学", 1, ZONE, now=NINE).plan.id for _ in range(2)
        ]
        offered = [
            making.make_suggested(unit, XIAOBAI, 1, 2, ZONE, now=NINE).plan.id for _ in range(2)
        ]
        copied = [making.copy(unit, XIAOBAI, named[0], 3, now=NINE).plan.id for _ in range(2)]
        return [len(set(ids)) for ids in (named, offered, copied)]

    assert await database.run(work) == [1, 1, 1]
    assert len(await database.read(lambda unit: unit.plans.list_all())) == 4


@pytest.mark.parametrize("said", ["", "学", "学" * 31, "学\n法", "学\u200b法"])
async def test_a_bad_name_is_asked_again(database: Database, said: str) -> None:
    await database.run(furnish)
    await database.run(lambda unit: making.ask_name(unit, XIAOBAI, now=NINE))
    with pytest.raises(Refused):
        await database.run(lambda unit: making.make_named(unit, XIAOBAI, said, 1, ZONE, now=NINE))
    with pytest.raises(NameTaken):
        await database.run(
            lambda unit: making.make_named(unit, XIAOBAI, "每日学法", 2, ZONE, now=NINE)
        )
    assert await database.read(lambda unit: unit.prompts.find(XIAOBAI)) is not None


@pytest.mark.parametrize(
    ("name", "first", "last", "days"),
    [
        ("宪法宣传周", date(2026, 12, 1), date(2026, 12, 7), "workdays"),
        ("国家宪法日", date(2026, 12, 4), date(2026, 12, 4), "1234567"),
        ("六五环境日", date(2027, 6, 5), date(2027, 6, 5), "1234567"),
        ("民法典宣传月", date(2027, 5, 1), date(2027, 5, 31), "workdays"),
        ("每日学法", MONDAY, None, "workdays"),
    ],
)
async def test_suggestions_come_with_their_days(
    database: Database, name: str, first: date, last: date | None, days: str
) -> None:
    await database.run(furnish)
    place = [one.name for one in SUGGESTIONS].index(name)
    made = await database.run(
        lambda unit: making.make_suggested(unit, XIAOBAI, place, 1, ZONE, now=NINE)
    )
    assert (made.plan.starts_on, made.plan.ends_on, made.plan.days) == (first, last, days)
    assert made.plan.name == ("每日学法(2)" if name == "每日学法" else name)


async def test_two_at_once_with_one_name_make_one_plan(database: Database) -> None:
    await database.run(furnish)

    async def make(chat: int, update: int) -> object:
        try:
            return await database.run(
                lambda unit: making.make_named(unit, chat, "同名", update, ZONE, now=NINE)
            )
        except NameTaken:
            return None

    made = await asyncio.gather(make(XIAOBAI, 1), make(XIAOCHENG, 2))
    assert sum(card is not None for card in made) == 1


async def test_a_copy_takes_everything_over_and_starts_as_a_draft(database: Database) -> None:
    town = await built(database)
    settings: dict[str, Any] = {
        "open_hours": 24,
        "own_time_until": time(12),
        "quotas": (Quota("tag", "执法", 1),),
        "audience": Audience((town.water,), (Role.STAFF,), date(2026, 9, 1)),
        "has_polls": True,
    }

    def work(unit: Unit) -> list[Any]:
        unit.plans.change(town.everyones, **settings)
        first = making.copy(unit, XIAOBAI, town.everyones, 1, now=NINE)
        second = making.copy(unit, XIAOBAI, first.plan.id, 2, now=NINE)
        return [first, second]

    first, second = await database.run(work)
    assert (first.plan.name, second.plan.name) == ("每日学法(2)", "每日学法(3)")
    assert {name: getattr(second.plan, name) for name in settings} == settings
    assert (first.owner, first.state, first.may_change) == ("小白", PlanState.DRAFT, True)
    assert [bank.name for bank in second.banks] == ["题库"]
    assert await database.read(lambda unit: audited(unit, first.plan.id)) == [
        ("plan.copy", {"of": town.everyones})
    ]


async def test_a_copy_of_last_years_campaign_is_this_years(database: Database) -> None:
    town = await built(database)

    def work(unit: Unit) -> Any:
        unit.plans.change(town.own, starts_on=date(2025, 12, 1), ends_on=date(2025, 12, 7))
        over = service.show_plan(unit, XIAOBAI, town.own, now=NINE)
        assert over.state is PlanState.OVER
        return making.copy(unit, XIAOBAI, town.own, 1, now=NINE).plan

    copied = await database.run(work)
    assert (copied.starts_on, copied.ends_on) == (date(2026, 12, 1), date(2026, 12, 7))


async def test_the_list_keeps_what_is_over_apart(database: Database) -> None:
    town = await built(database)

    def work(unit: Unit) -> tuple[service.Listing, service.Listing]:
        service.move(unit, XIAOCHENG, town.everyones, 0, "end", now=NINE)
        return (
            service.list_plans(unit, XIAOBAI, now=NINE),
            service.list_plans(unit, XIAOBAI, 9, is_over=True, now=NINE),
        )

    using, over = await database.run(work)
    assert [(line.plan.id, line.state) for line in using.lines] == [(town.own, PlanState.DRAFT)]
    assert [(line.plan.id, line.state) for line in over.lines] == [
        (town.everyones, PlanState.ENDED)
    ]
    assert (using.others, over.others, over.page) == (1, 1, 0)


async def test_a_new_bank_joins_the_plans_that_draw_from_all(database: Database) -> None:
    town = await built(database)

    def work(unit: Unit) -> list[bool]:
        narrow = making.make_named(unit, XIAOBAI, "只用一个", 5, ZONE, now=NINE).plan.id
        campaign = making.make_suggested(unit, XIAOBAI, 1, 6, ZONE, now=NINE).plan.id
        second = open_bank(unit, "第二题库", ZONE, now=NINE)
        for plan_id in (town.everyones, town.own, narrow):
            assert second in unit.plans.list_banks(plan_id)
        tap(unit, XIAOBAI, narrow, "bank_off", second)
        service.move(unit, XIAOCHENG, town.everyones, 0, "end", now=NINE)
        third = open_bank(unit, "第三题库", ZONE, now=NINE)
        every = (town.everyones, town.own, narrow, campaign)
        return [third in unit.plans.list_banks(plan_id) for plan_id in every]

    assert await database.run(work) == [False, True, False, False]


async def test_plans_follow_the_houses_zone_and_keep_their_own(database: Database) -> None:
    town = await built(database)

    def zones(unit: Unit) -> list[str]:
        return [plan(unit, each).timezone for each in (town.everyones, town.own)]

    def start(zone: str) -> Any:
        return lambda unit: service.ensure_plan(unit, zone, now=NINE)

    await database.run(start("Asia/Urumqi"))  # nothing remembered: all were the house's
    assert await database.read(zones) == ["Asia/Urumqi", "Asia/Urumqi"]
    await database.run(lambda unit: unit.plans.change(town.own, timezone="Asia/Tokyo"))
    for _ in range(2):
        await database.run(start("Asia/Urumqi"))
    assert await database.read(zones) == ["Asia/Urumqi", "Asia/Tokyo"]
    await database.run(start("Asia/Shanghai"))
    assert await database.read(zones) == ["Asia/Shanghai", "Asia/Tokyo"]
