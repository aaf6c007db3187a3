"""Leave taken back, entered by others, and coming back into reach."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.context import mark_reachable, mark_unreachable
from bot.errors import NotAllowed, StaleTap
from bot.preferences import absence
from bot.preferences.absence import Taken
from bot.preferences.errors import LeavePast, NotYourPeople
from storage.database import Database
from storage.states import Role
from storage.tables import audit
from storage.unit import Unit
from tests.bot.preferences.acts import (
    OTHER,
    TUESDAY,
    cancel,
    due,
    grant,
    offered,
    opened,
    roll,
    send_all,
    settle,
    take,
    today,
)
from tests.cast import MONDAY, NINE, XIAOAN, XIAOBAI, XIAOCHENG, furnish


async def test_taking_leave_back_the_same_day_restores_what_was(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        sent = send_all(unit, NINE)
        assert XIAOAN in sent
        taken = today(unit, XIAOAN, round_id)
        assert isinstance(taken, Taken)
        done = cancel(unit, XIAOAN, taken.leave.id)
        assert (done.is_shortened, done.resumed) == (False, 1)
        assert roll(unit, round_id, cast.xiaoan) == ("sent", None)
        assert due(unit, round_id) == 3
        assert send_all(unit, NINE) == []
        with pytest.raises(StaleTap):
            cancel(unit, XIAOAN, taken.leave.id)
        settle(unit, round_id)
        assert offered(unit, cast.xiaoan) == 30

    await database.run(work)


async def test_leave_taken_back_before_the_push_lets_it_go_out(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        taken = take(unit, XIAOAN, MONDAY, MONDAY)
        round_id = opened(unit, cast)
        assert XIAOAN not in send_all(unit, NINE)
        cancel(unit, XIAOAN, taken.leave.id)
        assert send_all(unit, NINE) == [XIAOAN]
        assert roll(unit, round_id, cast.xiaoan) == ("sent", None)

    await database.run(work)


async def test_a_leave_that_has_begun_is_shortened_and_its_past_days_stay_excused(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        taken = take(unit, XIAOAN, MONDAY, MONDAY + timedelta(days=4))
        monday = opened(unit, cast)
        tuesday = opened(unit, cast, TUESDAY)
        done = cancel(unit, XIAOAN, taken.leave.id, TUESDAY)
        assert (done.is_shortened, done.resumed) == (True, 1)
        assert roll(unit, monday, cast.xiaoan) == ("skipped", "leave")
        assert roll(unit, tuesday, cast.xiaoan)[0] == "pending"
        (kept,) = unit.leaves.list_of(cast.xiaoan, MONDAY)
        assert (kept.first_day, kept.last_day) == (MONDAY, MONDAY)

    await database.run(work)


async def test_a_day_on_two_leaves_stays_excused_until_both_are_gone(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        long = take(unit, XIAOAN, MONDAY, MONDAY + timedelta(days=1))
        other = take(unit, XIAOAN, MONDAY - timedelta(days=0), MONDAY + timedelta(days=3))
        assert long.leave.id != other.leave.id
        round_id = opened(unit, cast)
        cancel(unit, XIAOAN, long.leave.id)
        assert roll(unit, round_id, cast.xiaoan)[0] == "skipped"
        cancel(unit, XIAOAN, other.leave.id)
        assert roll(unit, round_id, cast.xiaoan)[0] == "pending"

    await database.run(work)


async def test_a_trainer_enters_past_days_for_the_own_department_only(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        send_all(unit, NINE)
        water = unit.people.add_department("水处", NINE)
        stranger = unit.people.add(OTHER, "小水", water, Role.STAFF, NINE)
        with pytest.raises(NotYourPeople):
            grant(unit, XIAOBAI, stranger, MONDAY, MONDAY, TUESDAY)
        with pytest.raises(NotAllowed):
            grant(unit, XIAOAN, cast.xiaobai, MONDAY, MONDAY, TUESDAY)
        taken = grant(unit, XIAOBAI, cast.xiaoan, MONDAY, MONDAY, TUESDAY)
        assert taken.excused == 1
        assert grant(unit, XIAOCHENG, stranger, MONDAY, MONDAY, TUESDAY).is_new
        with pytest.raises(LeavePast):
            grant(unit, XIAOBAI, cast.xiaoan, MONDAY - timedelta(days=40), MONDAY, TUESDAY)
        settle(unit, round_id)
        assert offered(unit, cast.xiaoan) == 0
        actions = unit.people._connection.execute(select(audit.c.actor_id, audit.c.action)).all()
        assert (cast.xiaobai, "leave.add") in [tuple(row) for row in actions]

    await database.run(work)


async def test_leave_for_a_settled_round_changes_nothing(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        send_all(unit, NINE)
        settle(unit, round_id)
        later = NINE + timedelta(days=7)
        assert grant(unit, XIAOBAI, cast.xiaoan, MONDAY, MONDAY, later).excused == 0
        assert offered(unit, cast.xiaoan) == 30
        assert roll(unit, round_id, cast.xiaoan) == ("sent", None)

    await database.run(work)


async def test_only_those_it_concerns_take_a_leave_back(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        water = unit.people.add_department("水处", NINE)
        unit.people.add(OTHER, "小水", water, Role.TRAINER, NINE)
        unit.people.add(1008, "小同", cast.department, Role.STAFF, NINE)
        taken = take(unit, XIAOAN, MONDAY, MONDAY)
        for chat_id in (OTHER, 1008):
            with pytest.raises(StaleTap):
                cancel(unit, chat_id, taken.leave.id)
        assert cancel(unit, XIAOBAI, taken.leave.id).person.id == cast.xiaoan

    await database.run(work)


async def test_who_comes_back_into_reach_is_sent_the_open_round(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        mark_unreachable(unit, XIAOAN, now=NINE)
        round_id = opened(unit, cast)
        assert roll(unit, round_id, cast.xiaoan) == ("skipped", "unreachable")
        assert send_all(unit, NINE) == [XIAOBAI, XIAOCHENG]
        assert not absence.come_back(unit, XIAOAN, now=NINE)  # still out of reach
        mark_reachable(unit, XIAOAN)
        assert absence.come_back(unit, XIAOAN, now=NINE)
        assert not absence.come_back(unit, XIAOAN, now=NINE)
        assert due(unit, round_id) == 3
        assert send_all(unit, NINE) == [XIAOAN]

    await database.run(work)


async def test_a_refused_push_goes_out_when_its_person_is_back_but_not_on_leave(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        opened(unit, cast)
        for chat_id in (XIAOAN, XIAOBAI):
            mark_unreachable(unit, chat_id, now=NINE)
            mark_reachable(unit, chat_id)
        grant(unit, XIAOCHENG, cast.xiaobai, MONDAY, MONDAY)
        for chat_id in (XIAOAN, XIAOBAI):
            absence.come_back(unit, chat_id, now=NINE)
        assert send_all(unit, NINE) == [XIAOAN, XIAOCHENG]

    await database.run(work)
