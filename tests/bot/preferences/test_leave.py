"""Taking leave, as the database has it, on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.daily import service as daily
from bot.daily import steps
from bot.errors import NotJoined, StaleTap
from bot.preferences import absence
from bot.preferences.absence import Taken, TooLate
from bot.preferences.errors import LeavePast, LeaveTooFar, LeaveTooLong
from bot.preferences.spans import Span
from storage.database import Database
from storage.states import Role
from storage.tables import round_totals
from storage.unit import Unit
from tests.bot.preferences.acts import (
    OTHER,
    TUESDAY,
    ZONE,
    answer_one,
    cancel,
    due,
    offered,
    opened,
    roll,
    send_all,
    settle,
    take,
    today,
    together,
    updates,
    with_round,
)
from tests.cast import MONDAY, NINE, STRANGER, XIAOAN, XIAOBAI, XIAOCHENG, furnish


async def test_leave_taken_after_the_push_is_never_charged(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        assert due(unit, round_id) == 3
        assert send_all(unit, NINE) == [XIAOAN, XIAOBAI, XIAOCHENG]
        taken = today(unit, XIAOAN, round_id)
        assert isinstance(taken, Taken)
        assert (taken.excused, taken.begun, taken.is_new) == (1, 0, True)
        assert roll(unit, round_id, cast.xiaoan) == ("skipped", "leave")
        assert due(unit, round_id) == 2
        settle(unit, round_id)
        assert offered(unit, cast.xiaoan) == 0
        assert offered(unit, cast.xiaobai) == 30

    await database.run(work)


async def test_a_double_tap_takes_one_leave(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        first, second = today(unit, XIAOAN, round_id), today(unit, XIAOAN, round_id)
        assert isinstance(first, Taken)
        assert isinstance(second, Taken)
        assert first.leave.id == second.leave.id
        assert not second.is_new
        assert due(unit, round_id) == 2
        assert len(unit.leaves.list_of(cast.xiaoan, MONDAY)) == 1

    await database.run(work)


async def test_two_taps_at_once_take_one_leave(database: Database) -> None:
    cast, round_id = await database.run(lambda unit: with_round(unit))
    both = await together(
        database,
        lambda unit: today(unit, XIAOAN, round_id),
        lambda unit: today(unit, XIAOAN, round_id),
    )
    assert sorted(taken.is_new for taken in both) == [False, True]
    assert await database.read(lambda unit: due(unit, round_id)) == 2
    assert len(await database.read(lambda u: u.leaves.list_of(cast.xiaoan, MONDAY))) == 1


async def test_leave_before_the_push_calls_it_off(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        today(unit, XIAOAN, round_id)
        assert send_all(unit, NINE) == [XIAOBAI, XIAOCHENG]

    await database.run(work)


async def test_leave_ahead_of_the_day_keeps_the_person_off_the_roll(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        take(unit, XIAOAN, MONDAY + timedelta(days=1), MONDAY + timedelta(days=2))
        round_id = opened(unit, cast, TUESDAY)
        assert roll(unit, round_id, cast.xiaoan) == ("skipped", "leave")
        assert due(unit, round_id) == 2
        assert send_all(unit, TUESDAY) == [XIAOBAI, XIAOCHENG]
        settle(unit, round_id)
        assert offered(unit, cast.xiaoan) == 0

    await database.run(work)


async def test_a_push_under_way_does_not_undo_the_leave(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        claimed = unit.deliveries.claim("test", NINE, NINE + timedelta(minutes=1), 100)
        (mine,) = [delivery for delivery in claimed if delivery.chat_id == XIAOAN]
        assert unit.deliveries.begin(mine.id, "test")
        taken = today(unit, XIAOAN, round_id)
        assert isinstance(taken, Taken)
        unit.deliveries.mark_sent(mine.id, 77)
        assert roll(unit, round_id, cast.xiaoan) == ("skipped", "leave")
        cancel(unit, XIAOAN, taken.leave.id)
        assert roll(unit, round_id, cast.xiaoan) == ("unknown", None)  # never sent twice

    await database.run(work)


async def test_whoever_has_answered_is_counted_all_the_same(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        send_all(unit, NINE)
        answer_one(unit, XIAOAN, round_id)
        taken = today(unit, XIAOAN, round_id)
        assert isinstance(taken, Taken)
        assert (taken.excused, taken.begun) == (0, 1)
        assert roll(unit, round_id, cast.xiaoan) == ("sent", None)
        settle(unit, round_id)
        assert offered(unit, cast.xiaoan) == 30

    await database.run(work)


async def test_an_answer_given_on_leave_puts_the_person_back_on_the_roll(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        send_all(unit, NINE)
        today(unit, XIAOAN, round_id)
        assert isinstance(daily.begin(unit, XIAOAN, round_id, now=NINE), steps.Card)
        assert roll(unit, round_id, cast.xiaoan)[0] == "skipped"  # looking is not answering
        answer_one(unit, XIAOAN, round_id)
        assert roll(unit, round_id, cast.xiaoan) == ("sent", None)
        assert due(unit, round_id) == 3
        began = unit.people._connection.execute(
            select(round_totals.c.began, round_totals.c.answered, round_totals.c.offered).where(
                round_totals.c.round_id == round_id
            )
        ).one()
        assert tuple(began) == (1, 1, 10)
        settle(unit, round_id)
        assert offered(unit, cast.xiaoan) == 30

    await database.run(work)


async def test_leave_has_bounds(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        year = timedelta(days=365)
        take(unit, XIAOAN, MONDAY, MONDAY + timedelta(days=179))
        take(unit, XIAOBAI, MONDAY + year, MONDAY + year)
        with pytest.raises(LeaveTooLong):
            take(unit, XIAOAN, MONDAY, MONDAY + timedelta(days=180))
        with pytest.raises(LeaveTooFar):
            take(unit, XIAOAN, MONDAY + year, MONDAY + year + timedelta(days=1))
        with pytest.raises(LeavePast):
            take(unit, XIAOAN, MONDAY - timedelta(days=1), MONDAY)
        with pytest.raises(NotJoined):
            take(unit, STRANGER, MONDAY, MONDAY)

    await database.run(work)


async def test_today_on_an_old_card_and_forged_rounds_do_nothing(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        assert today(unit, XIAOAN, round_id, TUESDAY) == TooLate(MONDAY)
        unit.people.add(OTHER, "小新", cast.department, Role.STAFF, NINE + timedelta(hours=1))
        for chat_id, forged in ((XIAOAN, 4242), (OTHER, round_id)):
            with pytest.raises(StaleTap):
                today(unit, chat_id, forged)
        assert due(unit, round_id) == 3

    await database.run(work)


async def test_a_typed_leave_that_comes_twice_is_taken_once(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        span, update_id = Span(MONDAY, MONDAY), next(updates)
        for _ in range(2):
            absence.take_leave(unit, XIAOAN, span, update_id, timezone=ZONE, now=NINE)
        assert len(unit.leaves.list_of(cast.xiaoan, MONDAY)) == 1

    await database.run(work)
