"""Lives that went wrong once."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import time as time_of_day
from datetime import timedelta

from bot.daily import service as daily
from bot.people.roster import service as roster
from bot.plans.reminding import remind
from bot.preferences.absence import Taken
from storage.database import Database
from storage.states import DeliveryId, RoundId, VersionId
from storage.unit import Unit
from tests.bot.boards.test_maintained import differences
from tests.bot.preferences.acts import (
    answer_one,
    cancel,
    grant,
    offered,
    opened,
    roll,
    send_all,
    settle,
    today,
)
from tests.cast import MONDAY, NINE, XIAOAN, XIAOBAI, XIAOCHENG, furnish

SOON = timedelta(minutes=1)


def _begun(unit: Unit) -> list[DeliveryId]:
    """Pushes whose request has left."""
    claimed = unit.deliveries.claim("test", NINE, NINE + SOON, 100)
    return [due.id for due in claimed if unit.deliveries.begin(due.id, "test")]


def _void_first(unit: Unit, round_id: RoundId) -> None:
    """The round's first question is found faulty."""
    unit.voids.void(VersionId(unit.plans.list_round_versions(round_id)[0]), NINE)


async def test_a_push_that_arrives_after_settling_charges_nobody(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit, catch_up_days=0)
        round_id = opened(unit, cast)
        begun = _begun(unit)
        settle(unit, round_id)
        for delivery_id in begun:
            unit.deliveries.mark_sent(delivery_id, 7)
        assert offered(unit, cast.xiaoan) == 0
        assert differences(unit) == []

    await database.run(work)


async def test_an_unknown_push_proven_after_settling_charges_nobody(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit, catch_up_days=0)
        round_id = opened(unit, cast)
        begun = _begun(unit)
        daily.today(unit, XIAOAN, now=NINE)
        settle(unit, round_id)
        for delivery_id in begun:
            unit.deliveries.mark_unknown(delivery_id)
        assert offered(unit, cast.xiaoan) == 0
        assert differences(unit) == []

    await database.run(work)


async def test_looking_at_a_voided_question_is_no_answer(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        send_all(unit, NINE)
        today(unit, XIAOAN, round_id)
        _void_first(unit, round_id)
        daily.today(unit, XIAOAN, now=NINE)
        assert roll(unit, round_id, cast.xiaoan) == ("skipped", "leave")
        settle(unit, round_id)
        assert unit.totals.list_rounds(cast.xiaoan)[0][0].missed_offered == 0
        assert differences(unit) == []

    await database.run(work)


async def test_an_answer_after_a_voided_question_takes_part(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        today(unit, XIAOAN, round_id)
        _void_first(unit, round_id)
        answer_one(unit, XIAOAN, round_id)
        assert roll(unit, round_id, cast.xiaoan) == ("sent", None)
        assert differences(unit) == []

    await database.run(work)


async def test_leave_after_a_voided_question_was_passed_excuses(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        send_all(unit, NINE)
        _void_first(unit, round_id)
        daily.today(unit, XIAOAN, now=NINE)
        taken = today(unit, XIAOAN, round_id)
        assert isinstance(taken, Taken)
        assert taken.excused == 1
        assert roll(unit, round_id, cast.xiaoan) == ("skipped", "leave")
        assert differences(unit) == []

    await database.run(work)


async def test_leave_written_while_the_round_opens_excuses(database: Database) -> None:
    cast = await database.run(furnish)
    is_held = threading.Event()

    def leave(unit: Unit) -> None:
        grant(unit, XIAOCHENG, cast.xiaoan, MONDAY, MONDAY)
        is_held.set()
        time.sleep(0.3)

    async def open_then() -> int:
        await asyncio.to_thread(is_held.wait)
        return await database.run(lambda unit: opened(unit, cast))

    _, round_id = await asyncio.gather(database.run(leave), open_then())

    state = await database.read(lambda unit: roll(unit, round_id, cast.xiaoan))
    assert state == ("skipped", "leave")
    assert await database.run(differences) == []


async def test_a_push_resumed_late_leaves_time_before_its_reminder(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit, remind_at=time_of_day(16, 30))
        round_id = opened(unit, cast)
        taken = today(unit, XIAOAN, round_id)
        assert isinstance(taken, Taken)
        at = NINE + timedelta(hours=7, minutes=25)  # 16:25
        cancel(unit, XIAOAN, taken.leave.id, at)
        send_all(unit, at)
        assert remind(unit, round_id, now=at + 10 * SOON)
        assert send_all(unit, at + 10 * SOON) == [XIAOBAI, XIAOCHENG]

    await database.run(work)


async def test_leave_cancelled_for_the_deactivated_sends_nothing(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        taken = today(unit, XIAOAN, round_id)
        assert isinstance(taken, Taken)
        roster.set_active(unit, XIAOCHENG, cast.xiaoan, is_active=False, now=NINE)
        cancel(unit, XIAOCHENG, taken.leave.id)
        assert XIAOAN not in send_all(unit, NINE)
        assert roll(unit, round_id, cast.xiaoan) == ("failed", "deactivated")
        assert differences(unit) == []

    await database.run(work)


async def test_a_retry_for_the_deactivated_is_not_sent(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        opened(unit, cast)
        begun = _begun(unit)
        roster.set_active(unit, XIAOCHENG, cast.xiaoan, is_active=False, now=NINE)
        for delivery_id in begun:
            unit.deliveries.mark_retry(delivery_id, NINE, "timeout")
        assert XIAOAN not in send_all(unit, NINE + SOON)

    await database.run(work)


async def test_leave_cancelled_sends_what_surely_was_not_sent(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        round_id = opened(unit, cast)
        for delivery_id in _begun(unit):
            unit.deliveries.mark_retry(delivery_id, NINE + SOON, "timeout")
        taken = today(unit, XIAOAN, round_id)
        assert isinstance(taken, Taken)
        cancel(unit, XIAOCHENG, taken.leave.id)
        assert XIAOAN in send_all(unit, NINE + 2 * SOON)

    await database.run(work)


async def test_a_poll_in_hand_when_the_clock_is_set_back_is_still_sent(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit, has_polls=True)
        unit.groups.bind(-5, "群", cast.department, cast.xiaobai, NINE)
        round_id = opened(unit, cast)
        late = NINE + timedelta(hours=3)
        assert unit.polls.claim("dead", late, late + SOON, 9)
        (poll,) = unit.polls.claim("alive", NINE, NINE + SOON, 9)
        assert unit.polls.claim("other", NINE, NINE + SOON, 9) == []
        assert unit.polls.begin(poll.id, "alive")
        assert not unit.polls.is_any_due(NINE)
        unit.polls.recover(NINE - timedelta(hours=2))
        assert [state.reason for state in unit.polls.list_states(round_id)] == ["interrupted"]

    await database.run(work)
