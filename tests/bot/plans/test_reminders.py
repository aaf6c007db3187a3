"""Who is reminded of a round, when, and who no longer needs it."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.plans import opening, reminding
from bot.plans.calendar import moment
from storage.database import Database
from storage.states import DeliveryKind, DeliveryState, Mode, Role
from storage.tables import deliveries, people, sittings
from storage.unit import Unit
from tests.cast import MONDAY, Cast, furnish

ZONE = "Asia/Shanghai"


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return moment(day, time(hour, minute), ZONE)


PUSHED = at(8, 45)


def opened(unit: Unit, *, now: datetime = PUSHED, **plan: Any) -> tuple[Cast, Any]:
    """A round whose push everybody got when it opened."""
    cast = furnish(unit, now=at(8), remind_at=time(16, 30), **plan)
    found = opening.open_round(unit, cast.plan, now=now)
    assert isinstance(found, opening.Opened)
    unit._connection.execute(update(deliveries).values(state=DeliveryState.SENT, message_id=1))
    return cast, found.round_id


def reminders(unit: Unit) -> dict[int, tuple[str, str | None, datetime]]:
    rows = unit._connection.execute(
        select(deliveries).where(deliveries.c.kind == DeliveryKind.REMINDER)
    )
    return {row.person_id: (row.state, row.reason, row.due_at) for row in rows}


def begin(unit: Unit, round_id: Any, person_id: Any) -> None:
    items = [(version, ()) for version in unit.plans.list_round_versions(round_id)]
    unit.sittings.start(round_id, person_id, Mode.DAILY, items)


def finish(unit: Unit, round_id: Any, person_id: Any) -> None:
    begin(unit, round_id, person_id)
    unit._connection.execute(
        update(sittings).where(sittings.c.person_id == person_id).values(is_finished=True)
    )


def change(unit: Unit, person_id: int, **values: Any) -> None:
    unit._connection.execute(update(people).where(people.c.id == person_id).values(**values))


def deliver(unit: Unit, person_id: int, **values: Any) -> None:
    unit._connection.execute(
        update(deliveries).where(deliveries.c.person_id == person_id).values(**values)
    )


async def test_who_has_not_finished_is_reminded_once(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast, round_id = opened(unit)
        finish(unit, round_id, cast.xiaoan)
        begin(unit, round_id, cast.xiaobai)
        written = [reminding.remind(unit, round_id, now=at(16, 30)) for _ in range(2)]
        return written, reminders(unit), cast, reminding.due_reminders(unit, now=at(16, 31))

    written, found, cast, due = await database.run(work)
    assert written == [True, False]
    assert found == {
        person: ("pending", None, at(16, 30)) for person in (cast.xiaobai, cast.xiaocheng)
    }
    assert due == []


async def test_replicas_that_tick_at_once_remind_once(database: Database) -> None:
    _, round_id = await database.run(opened)
    written = await asyncio.gather(
        *(
            database.run(lambda unit: reminding.remind(unit, round_id, now=at(16, 30)))
            for _ in range(5)
        )
    )
    assert sum(written) == 1
    assert len(await database.read(reminders)) == 3


@pytest.mark.parametrize(
    ("now", "is_due"),
    [
        (at(16, 29), False),
        (at(16, 30), True),
        (at(20, 59), True),
        (at(21), False),
        (at(16, 30, MONDAY + timedelta(days=1)), False),
    ],
    ids=["early", "on time", "late", "too late at night", "another day"],
)
async def test_reminders_are_due_on_the_rounds_day(
    database: Database, now: datetime, is_due: bool
) -> None:
    def work(unit: Unit) -> tuple[bool, bool]:
        _, round_id = opened(unit)
        return bool(reminding.due_reminders(unit, now=now)), reminding.remind(
            unit, round_id, now=now
        )

    assert await database.run(work) == (is_due, is_due)


@pytest.mark.parametrize(
    ("plan", "opens_at", "first"),
    [
        ({}, at(16, 20), at(16, 50)),
        ({"remind_at": time(21, 30)}, at(8, 45), at(21, 30)),
        ({"remind_at": None}, at(8, 45), None),
        ({"is_active": False}, at(8, 45), None),
        ({"ended_at": at(12)}, at(8, 45), None),
        ({"open_hours": 4}, at(8, 45), None),
    ],
    ids=["opened late", "planned for the night", "none", "paused", "ended", "closed before"],
)
async def test_the_first_moment_of_reminders(
    database: Database, plan: dict[str, Any], opens_at: datetime, first: datetime | None
) -> None:
    def work(unit: Unit) -> datetime | None:
        cast, _ = opened(unit, now=opens_at, open_hours=plan.get("open_hours"))
        unit.plans.change(cast.plan, **{"question_count": 3, **plan})
        minutes = (at(8, 45) + timedelta(minutes=m) for m in range(0, 24 * 60, 5))
        return next((now for now in minutes if reminding.due_reminders(unit, now=now)), None)

    assert await database.run(work) == first


async def test_those_who_cannot_or_do_not_want_to_are_left_alone(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast, round_id = opened(unit)
        unit.leaves.add(cast.xiaoan, MONDAY, MONDAY, cast.xiaoan, at(12))
        unit.people.mark_unreachable(cast.xiaobai, at(12))
        change(unit, cast.xiaocheng, no_reminders_before=MONDAY + timedelta(days=7))
        reminding.remind(unit, round_id, now=at(16, 30))
        return reminders(unit)

    assert await database.run(work) == {}


async def test_a_wish_for_no_reminders_ends(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast, round_id = opened(unit)
        change(unit, cast.xiaocheng, no_reminders_before=MONDAY)
        unit.people.set_active(cast.xiaoan, is_active=False)
        reminding.remind(unit, round_id, now=at(16, 30))
        return set(reminders(unit)), {cast.xiaobai, cast.xiaocheng}

    found, expected = await database.run(work)
    assert found == expected


async def test_the_reminder_is_the_net_under_a_push_of_unknown_fate(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast, round_id = opened(unit)
        deliver(unit, cast.xiaoan, state=DeliveryState.UNKNOWN, reason="unknown")
        deliver(unit, cast.xiaobai, state=DeliveryState.FAILED, reason="rejected")
        deliver(unit, cast.xiaocheng, due_at=at(16, 10))  # their own time: just now
        reminding.remind(unit, round_id, now=at(16, 30))
        return set(reminders(unit)), {cast.xiaoan}

    found, expected = await database.run(work)
    assert found == expected


async def test_quiet_hours_put_a_reminder_off_or_drop_it(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast, round_id = opened(unit)
        change(unit, cast.xiaoan, quiet_from=time(16), quiet_to=time(17))
        change(unit, cast.xiaobai, quiet_from=time(16), quiet_to=time(8))
        reminding.remind(unit, round_id, now=at(16, 30))
        return reminders(unit), cast

    found, cast = await database.run(work)
    assert found[cast.xiaoan] == ("pending", None, at(17))
    assert found[cast.xiaobai][:2] == ("skipped", "quiet")
    assert found[cast.xiaocheng] == ("pending", None, at(16, 30))


async def test_who_finishes_before_it_is_sent_does_not_get_it(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast, round_id = opened(unit)
        reminding.remind(unit, round_id, now=at(16, 30))
        finish(unit, round_id, cast.xiaoan)
        finish(unit, round_id, cast.xiaobai)
        # One at a time: those dropped must not look like an empty queue.
        claimed = unit.deliveries.claim("me", at(16, 31), at(16, 32), 1)
        return [item.person_id for item in claimed], reminders(unit), cast

    claimed, found, cast = await database.run(work)
    assert claimed == [cast.xiaocheng]
    assert {found[person][:2] for person in (cast.xiaoan, cast.xiaobai)} == {
        ("skipped", "finished")
    }


async def test_a_push_is_sent_to_who_finished_before_it(database: Database) -> None:
    """A round's own delivery is its roll: only what says it again is dropped."""

    def work(unit: Unit) -> Any:
        cast = furnish(unit, now=at(8))
        found = opening.open_round(unit, cast.plan, now=at(8, 45))
        assert isinstance(found, opening.Opened)
        finish(unit, found.round_id, cast.xiaoan)
        return len(unit.deliveries.claim("me", at(9), at(9, 1), 9))

    assert await database.run(work) == 3


async def test_a_reminder_reaches_each_person_of_a_big_house_once(database: Database) -> None:
    def work(unit: Unit) -> Any:
        cast = furnish(unit, now=at(8), remind_at=time(16, 30))
        for chat in range(5000, 5100):
            unit.people.add(chat, f"人{chat}", cast.department, Role.STAFF, at(8))
        found = opening.open_round(unit, cast.plan, now=at(8, 45))
        assert isinstance(found, opening.Opened)
        unit._connection.execute(update(deliveries).values(state=DeliveryState.SENT))
        reminding.remind(unit, found.round_id, now=at(16, 30))
        sent = []
        while claimed := unit.deliveries.claim("me", at(16, 31), at(16, 32), 32):
            for item in claimed:
                assert unit.deliveries.begin(item.id, "me")
                unit.deliveries.mark_sent(item.id, 1)
            sent += [item.person_id for item in claimed]
        return sent

    sent = await database.run(work)
    assert len(sent) == len(set(sent)) == 103
