"""When a round opens, who is on its roll, and when each gets it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.plans import opening
from bot.plans.calendar import moment
from storage.database import Database
from storage.repositories.audience import Audience
from storage.states import DeliveryState, Role
from storage.tables import deliveries, people
from storage.unit import Unit
from tests.cast import MONDAY, NINE, Cast, furnish

EIGHT = moment(MONDAY, time(8), "Asia/Shanghai")
Line = tuple[DeliveryState, str | None, datetime]


def joined(unit: Unit, *questions: Any, **plan: Any) -> Cast:
    """The cast, who joined before the plan's first push."""
    return furnish(unit, *questions, now=EIGHT, **plan)


def roll(unit: Unit, cast: Cast, plan_id: Any = None, day: date = MONDAY) -> dict[int, Line]:
    round_ = unit.plans.find_round(plan_id or cast.plan, day)
    assert round_ is not None
    rows = unit._connection.execute(
        select(
            deliveries.c.person_id, deliveries.c.state, deliveries.c.reason, deliveries.c.due_at
        ).where(deliveries.c.round_id == round_.id)
    )
    return {row.person_id: (DeliveryState(row.state), row.reason, row.due_at) for row in rows}


def wish(unit: Unit, person_id: int, **values: Any) -> None:
    unit._connection.execute(update(people).where(people.c.id == person_id).values(**values))


def open_at(unit: Unit, cast: Cast, now: datetime = NINE) -> Any:
    return opening.open_round(unit, cast.plan, now=now)


def asked(unit: Unit, opened: opening.Opened) -> list[str]:
    versions = unit.plans.list_round_versions(opened.round_id)
    found = unit.banks.list_versions(versions)
    return [found[version].id for version in versions]


WAITS = (DeliveryState.PENDING, None, NINE)


async def test_everybody_is_on_the_roll_also_who_is_away(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = joined(unit)
        unit.leaves.add(cast.xiaoan, MONDAY, MONDAY, cast.xiaocheng, EIGHT)
        unit.people.mark_unreachable(cast.xiaobai, EIGHT)
        opened = open_at(unit, cast)
        return opened.people, roll(unit, cast), cast

    count, lines, cast = await database.run(work)
    assert count == 1
    assert lines == {
        cast.xiaoan: (DeliveryState.SKIPPED, "leave", NINE),
        cast.xiaobai: (DeliveryState.SKIPPED, "unreachable", NINE),
        cast.xiaocheng: WAITS,
    }


async def test_leave_taken_back_or_over_is_no_leave(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = joined(unit)
        before, after = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)
        unit.leaves.add(cast.xiaoan, before, before, cast.xiaoan, EIGHT)
        unit.leaves.add(cast.xiaoan, after, after, cast.xiaoan, EIGHT)
        taken_back = unit.leaves.add(cast.xiaobai, before, after, cast.xiaobai, EIGHT)
        unit.leaves.cancel(taken_back, EIGHT)
        unit.people.mark_unreachable(cast.xiaocheng, EIGHT)
        unit.leaves.add(cast.xiaocheng, before, after, cast.xiaocheng, EIGHT)
        open_at(unit, cast)
        return roll(unit, cast), cast

    lines, cast = await database.run(work)
    assert lines[cast.xiaoan] == lines[cast.xiaobai] == WAITS
    assert lines[cast.xiaocheng][1] == "leave"  # out of reach too: they are not expected


async def test_newcomers_and_those_who_left_are_not_on_it(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = joined(unit)
        unit.people.add(1999, "路人", cast.department, Role.STAFF, NINE + timedelta(seconds=1))
        unit.people.set_active(cast.xiaoan, is_active=False)
        open_at(unit, cast)
        return roll(unit, cast), cast

    lines, cast = await database.run(work)
    assert set(lines) == {cast.xiaobai, cast.xiaocheng}


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience(), {"小安", "小白", "小程", "老李"}),
        (Audience(roles=(Role.TRAINER, Role.ADMIN)), {"小白", "小程"}),
        (Audience(joined_since=MONDAY), {"小安", "小白", "小程"}),
        (Audience(roles=(Role.STAFF,), joined_since=MONDAY), {"小安"}),
        (Audience(joined_since=MONDAY + timedelta(days=1)), set()),
    ],
    ids=["everybody", "by role", "newly appointed", "both", "nobody yet"],
)
async def test_a_plan_reaches_its_audience(
    database: Database, audience: Audience, expected: set[str]
) -> None:
    def work(unit: Unit) -> Any:
        cast = joined(unit, audience=audience)
        midnight = moment(MONDAY, time(0), "Asia/Shanghai")
        unit.people.add(1004, "老李", cast.department, Role.STAFF, midnight - timedelta(seconds=1))
        open_at(unit, cast)
        found = [unit.people.find(person) for person in roll(unit, cast)]
        return {person.name for person in found if person is not None}

    assert await database.run(work) == expected


async def test_a_plan_reaches_its_departments(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = joined(unit)
        other = unit.people.add_department("执法处", EIGHT)
        stranger = unit.people.add(1999, "路人", other, Role.STAFF, EIGHT)
        unit.plans.change(cast.plan, audience=Audience(departments=(other,)))
        open_at(unit, cast)
        return set(roll(unit, cast)), stranger

    lines, stranger = await database.run(work)
    assert lines == {stranger}


async def test_each_gets_it_at_their_own_time(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = joined(unit, own_time_until=time(11))
        wish(unit, cast.xiaoan, push_at=time(10, 30))
        wish(unit, cast.xiaobai, quiet_from=time(22), quiet_to=time(9, 30))
        opening.open_round(unit, cast.plan, now=moment(MONDAY, time(8, 45), "Asia/Shanghai"))
        return {person: line[2] for person, line in roll(unit, cast).items()}, cast

    due, cast = await database.run(work)
    assert due == {
        cast.xiaoan: moment(MONDAY, time(10, 30), "Asia/Shanghai"),
        cast.xiaobai: moment(MONDAY, time(9, 30), "Asia/Shanghai"),
        cast.xiaocheng: moment(MONDAY, time(8, 45), "Asia/Shanghai"),
    }


async def test_a_thousand_different_wishes_are_all_kept(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = joined(unit, at=time(0), own_time_until=time(23, 59))
        midnight = moment(MONDAY, time(0), "Asia/Shanghai")
        wanted = {}
        for minute in range(1, 1100):
            chat = 5000 + minute
            unit.people.add(chat, f"人{minute}", None, Role.STAFF, midnight - timedelta(days=1))
            person = unit.people.find_by_chat(chat)
            assert person is not None
            wish(unit, person.id, push_at=time(minute // 60, minute % 60))
            wanted[person.id] = midnight + timedelta(minutes=minute)
        opening.open_round(unit, cast.plan, now=midnight)
        return {person: line[2] for person, line in roll(unit, cast).items()}, wanted

    due, wanted = await database.run(work)
    assert due == wanted


async def test_a_person_gets_a_push_of_every_plan_and_none_twice(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = joined(unit)
        bank = unit.banks.find_by_name("题库")
        assert bank is not None
        other = unit.plans.add(
            "晚间", days="workdays", at=time(8, 45), timezone="Asia/Shanghai", question_count=2,
            catch_up_days=1, starts_on=MONDAY, now=EIGHT,
        )  # fmt: skip
        assert other is not None
        unit.plans.link_bank(other, bank)
        first = open_at(unit, cast)
        second = opening.open_round(unit, other, now=NINE)
        assert isinstance(second, opening.Opened)
        return (
            set(asked(unit, first)) & set(asked(unit, second)),
            [sorted(roll(unit, cast, plan)) for plan in (cast.plan, other)],
            cast,
        )

    shared, lines, cast = await database.run(work)
    assert shared == set()
    assert lines == [[cast.xiaoan, cast.xiaobai, cast.xiaocheng]] * 2


async def test_replicas_that_open_at_once_write_one_roll(database: Database) -> None:
    cast = await database.run(joined)
    opened = await asyncio.gather(
        *(database.run(lambda unit: open_at(unit, cast)) for _ in range(5))
    )
    assert sum(result is not None for result in opened) == 1
    assert len(await database.read(lambda unit: roll(unit, cast))) == 3


@pytest.mark.parametrize(
    ("values", "is_due"),
    [
        ({}, True),
        ({"ends_on": MONDAY}, True),
        ({"ends_on": MONDAY - timedelta(days=1)}, False),
        ({"ended_at": EIGHT}, False),
        ({"is_active": False}, False),
        ({"starts_on": MONDAY + timedelta(days=1)}, False),
    ],
    ids=["running", "last day", "over", "ended", "paused", "not begun"],
)
async def test_only_running_plans_are_due(
    database: Database, values: dict[str, Any], is_due: bool
) -> None:
    def work(unit: Unit) -> tuple[bool, bool]:
        cast = joined(unit)
        unit.plans.change(cast.plan, **{"name": "每日", **values})
        is_listed = bool(opening.due_plans(unit, now=NINE))
        return is_listed, opening.open_due(unit, cast.plan, now=NINE) is not None

    assert await database.run(work) == (is_due, is_due)


async def test_the_hours_of_a_round_are_kept_with_it(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = joined(unit, open_hours=4, ends_on=MONDAY)
        open_at(unit, cast)
        return unit.plans.find_round(cast.plan, MONDAY)

    round_ = await database.run(work)
    assert round_.closes_at == NINE + timedelta(hours=4)
    assert round_.settles_at == moment(date(2026, 11, 27), time(0), "Asia/Shanghai")


async def test_the_next_rounds_of_a_plan_are_told(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = joined(unit, starts_on=date(2026, 10, 8), ends_on=date(2026, 10, 12))
        plan = unit.plans.find(cast.plan)
        assert plan is not None
        now = moment(date(2026, 9, 1), time(9), "Asia/Shanghai")
        today = replace(plan, starts_on=MONDAY, ends_on=None)
        return (
            opening.preview(unit, plan, now=now, count=9),
            opening.preview(unit, today, now=NINE, count=2),
            opening.preview(unit, today, now=NINE + timedelta(hours=12), count=1),
            open_at(unit, cast) and opening.preview(unit, today, now=NINE, count=1),
        )

    campaign, today, tonight, opened = await database.run(work)
    assert [(item.day.day, item.is_weekend_workday) for item in campaign] == [
        (8, False),
        (9, False),
        (10, True),
        (12, False),
    ]
    assert campaign[0].opens_at == moment(date(2026, 10, 8), time(8, 45), "Asia/Shanghai")
    tuesday = MONDAY + timedelta(days=1)
    assert [(item.day, item.opens_at) for item in today] == [
        (MONDAY, NINE),  # it is past its time and not open: at once
        (tuesday, moment(tuesday, time(8, 45), "Asia/Shanghai")),
    ]
    assert [item.day for item in (*tonight, *opened)] == [tuesday, tuesday]
