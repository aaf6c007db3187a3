"""What a plan must be to start, from when changes hold, and how it ends."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.plans import opening, service
from bot.plans.calendar import moment
from bot.plans.cards import PlanCard, PlanState
from bot.plans.editing import service as editing
from bot.plans.errors import PlanEnded, Refused
from questions.selection import Quota
from storage.database import Database
from storage.unit import Unit
from tests.bot.plans.town import (
    ZONE,
    audited,
    build,
    built,
    card,
    plan,
    seen,
    tap,
    type_,
)
from tests.cast import MONDAY, NINE, XIAOBAI, XIAOCHENG, furnish


async def test_quotas_fit_the_round_and_say_how_far_the_banks_go(database: Database) -> None:
    town = await built(database)
    tag = editing.mark("执法")

    def set_(unit: Unit, count: int) -> PlanCard:
        mark = seen(unit, town.own)
        return editing.set_quota(unit, XIAOBAI, town.own, mark, "tag", tag, count, now=NINE).card

    shown = await database.run(lambda unit: set_(unit, 2))
    assert shown.plan.quotas == (Quota("tag", "执法", 2),)
    assert [(item.available, item.label) for item in shown.stocks] == [(7, "执法")]
    assert shown.rounds == 7 // 3
    offers = await database.run(
        lambda unit: editing.quota_values(unit, XIAOBAI, town.own, "fact", now=NINE)
    )
    assert offers.values == ((editing.mark("figure"), "figure", 7),)
    left = await database.run(
        lambda unit: editing.shares(
            unit, XIAOBAI, town.own, "fact", editing.mark("figure"), now=NINE
        )
    )
    assert left.most == 1
    with pytest.raises(Refused):
        await database.run(lambda unit: set_(unit, 4))
    with pytest.raises(Refused):
        await database.run(lambda unit: tap(unit, XIAOBAI, town.own, "count", 1))
    assert (await database.run(lambda unit: set_(unit, 0))).plan.quotas == ()


async def test_a_bank_taken_away_takes_its_quota_along(database: Database) -> None:
    town = await built(database)

    def work(unit: Unit) -> None:
        (bank,) = unit.plans.list_banks(town.own)
        mark = seen(unit, town.own)
        value = editing.mark(str(bank))
        editing.set_quota(unit, XIAOBAI, town.own, mark, "bank", value, 1, now=NINE)
        assert card(unit, town.own).stocks[0].label == "题库"
        tap(unit, XIAOBAI, town.own, "bank_off", bank)
        assert plan(unit, town.own).quotas == ()
        assert unit.plans.list_banks(town.own) == []
        with pytest.raises(Refused) as refused:
            service.move(unit, XIAOBAI, town.own, seen(unit, town.own), "start", now=NINE)
        assert refused.value.text_key == "plans.needs_bank"
        tap(unit, XIAOBAI, town.own, "bank_on", bank)
        assert unit.plans.list_banks(town.own) == [bank]

    await database.run(work)


async def at_(database: Database, plan_id: int, *times: str) -> PlanCard:
    def work(unit: Unit) -> PlanCard:
        for update, said in enumerate(times, start=70):
            shown = type_(unit, XIAOCHENG, plan_id, "at", said, update=update).card
        return shown

    return await database.run(work)


async def test_a_new_time_already_past_waits_for_the_next_day(database: Database) -> None:
    cast = await database.run(lambda unit: furnish(unit, at=time(14)))
    shown = await at_(database, cast.plan, "8:00")
    assert await database.read(lambda unit: opening.due_plans(unit, now=NINE)) == []
    assert shown.next_opening == moment(MONDAY + timedelta(days=1), time(8), ZONE)


async def test_a_mistaken_time_can_be_mended_the_same_day(database: Database) -> None:
    cast = await database.run(lambda unit: furnish(unit, at=time(17)))
    shown = await at_(database, cast.plan, "8:45", "18:45")
    assert shown.next_opening == moment(MONDAY, time(18, 45), ZONE)


async def test_a_later_time_after_the_push_counts_from_the_next_day(database: Database) -> None:
    cast = await database.run(furnish)
    await database.run(lambda unit: opening.open_round(unit, cast.plan, now=NINE))
    shown = await at_(database, cast.plan, "15:00")
    assert shown.next_opening == moment(MONDAY + timedelta(days=1), time(15), ZONE)


async def test_a_round_due_this_minute_still_opens_after_a_change(database: Database) -> None:
    cast = await database.run(furnish)
    await database.run(lambda unit: tap(unit, XIAOCHENG, cast.plan, "count", 5))
    assert await database.read(lambda unit: opening.due_plans(unit, now=NINE)) == [cast.plan]


async def test_a_plan_started_late_in_the_day_begins_with_the_next_round(
    database: Database,
) -> None:
    town = await built(database)

    def work(unit: Unit) -> PlanCard:
        return service.move(unit, XIAOBAI, town.own, seen(unit, town.own), "start", now=NINE)

    shown = await database.run(work)
    assert shown.state is PlanState.RUNNING
    assert shown.next_opening == moment(MONDAY + timedelta(days=1), time(8, 45), ZONE)
    due = await database.read(lambda unit: opening.due_plans(unit, now=NINE))
    assert due == [town.everyones]


async def test_a_single_day_whose_time_is_past_cannot_start(database: Database) -> None:
    town = await built(database)

    def work(unit: Unit) -> None:
        type_(unit, XIAOBAI, town.own, "once", "今天")
        with pytest.raises(Refused) as refused:
            service.move(unit, XIAOBAI, town.own, seen(unit, town.own), "start", now=NINE)
        assert refused.value.text_key == "plans.needs_day"
        type_(unit, XIAOBAI, town.own, "at", "10:00", update=8)
        shown = service.move(unit, XIAOBAI, town.own, seen(unit, town.own), "start", now=NINE)
        assert shown.next_opening == moment(MONDAY, time(10), ZONE)
        with pytest.raises(Refused) as late:
            type_(unit, XIAOBAI, town.own, "at", "8:00", update=9)
        assert late.value.text_key == "plans.too_late_today"

    await database.run(work)


async def test_ending_leaves_open_rounds_and_history(database: Database) -> None:
    town = await built(database)
    opened = await database.run(lambda unit: opening.open_round(unit, town.everyones, now=NINE))
    assert isinstance(opened, opening.Opened)
    for _ in range(2):
        shown = await database.run(
            lambda unit: service.move(unit, XIAOCHENG, town.everyones, 0, "end", now=NINE)
        )
    assert shown.state is PlanState.ENDED
    tomorrow = NINE + timedelta(days=1)
    assert await database.read(lambda unit: opening.due_plans(unit, now=tomorrow)) == []
    answerable = await database.read(lambda unit: unit.plans.list_answerable(tomorrow))
    assert [round_.id for round_ in answerable] == [opened.round_id]
    with pytest.raises(PlanEnded):
        await database.run(lambda unit: tap(unit, XIAOCHENG, town.everyones, "count", 5))
    with pytest.raises(PlanEnded):
        await database.run(
            lambda unit: service.move(unit, XIAOCHENG, town.everyones, 0, "start", now=NINE)
        )
    acts = [act for act, _ in await database.read(lambda unit: audited(unit, town.everyones))]
    assert acts == ["plan.end"]


async def test_nothing_starts_without_people_or_questions(database: Database) -> None:
    town = await database.run(build)

    def work(unit: Unit) -> None:
        unit.people.add_department("空处", NINE)
        empty = unit.people.list_departments()[-1].id
        tap(unit, XIAOBAI, town.own, "department_on", empty)
        with pytest.raises(Refused) as nobody:
            service.move(unit, XIAOBAI, town.own, seen(unit, town.own), "start", now=NINE)
        assert nobody.value.text_key == "plans.needs_people"
        tap(unit, XIAOBAI, town.own, "everybody", 1)
        bare = unit.banks.add("空题库", NINE)
        (bank,) = unit.plans.list_banks(town.own)
        tap(unit, XIAOBAI, town.own, "bank_on", bare)
        tap(unit, XIAOBAI, town.own, "bank_off", bank)
        with pytest.raises(Refused) as nothing:
            service.move(unit, XIAOBAI, town.own, seen(unit, town.own), "start", now=NINE)
        assert nothing.value.text_key == "plans.needs_question"

    await database.run(work)
