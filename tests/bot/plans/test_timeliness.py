"""When each person gets a push: the plan's time, their own, and their quiet hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plans.calendar import moment
from bot.plans.timeliness import after_quiet, is_too_late, push_due
from storage.repositories.deliveries import DueDelivery
from storage.repositories.plans import PlanRow
from storage.repositories.roll import Wish
from storage.states import DeliveryId, DeliveryKind, PersonId, PlanId, RoundId

DAY = date(2026, 11, 23)
ZONE = "Asia/Shanghai"
PLAN = replace(
    PlanRow(PlanId(1), "每日学法", "workdays", time(8, 45), ZONE, 3, 3, True, DAY),
    own_time_until=time(11),
)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return moment(day, time(hour, minute), ZONE)


OPENED, CLOSES = at(8, 45), at(8, 45, DAY + timedelta(days=1))


def due(wish: Wish, *, plan: PlanRow = PLAN, closes_at: datetime = CLOSES) -> datetime:
    return push_due(plan, DAY, OPENED, closes_at, wish)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(), OPENED),
        (Wish(push_at=time(10)), at(10)),
        (Wish(push_at=time(11)), at(11)),
        (Wish(push_at=time(8)), OPENED),
        (Wish(push_at=time(14)), OPENED),
        (Wish(None, time(7), time(9, 30)), at(9, 30)),
        (Wish(time(10), time(9, 50), time(10, 10)), at(10, 10)),
        (Wish(time(10), time(12), time(14)), at(10)),
        (Wish(None, time(22), time(9)), at(9)),
        (Wish(None, time(8), time(8)), OPENED),
        (Wish(None, time(8), None), OPENED),
    ],
    ids=[
        "no wish",
        "own time",
        "the latest own time",
        "before the plan's choice",
        "after the plan's choice",
        "quiet hours",
        "own time in quiet hours",
        "quiet hours later",
        "quiet over night",
        "no hours at all",
        "half an entry",
    ],
)
def test_a_wish_is_kept_within_the_plan(wish: Wish, expected: datetime) -> None:
    assert due(wish) == expected


def test_without_a_choice_everybody_gets_it_at_once() -> None:
    assert due(Wish(push_at=time(10)), plan=replace(PLAN, own_time_until=None)) == OPENED


def test_a_late_opening_keeps_no_one_waiting_for_a_time_that_is_past() -> None:
    late = at(10, 30)
    assert push_due(PLAN, DAY, late, CLOSES, Wish(push_at=time(10))) == late
    assert push_due(PLAN, DAY, late, CLOSES, Wish(push_at=time(11))) == at(11)


def test_no_wish_puts_a_push_off_past_the_close() -> None:
    closes_at = at(9, 45)
    assert due(Wish(push_at=time(10)), closes_at=closes_at) == OPENED
    assert due(Wish(None, time(8), time(12)), closes_at=closes_at) == OPENED


def test_an_evening_round_waits_for_the_morning() -> None:
    evening = replace(PLAN, at=time(22), own_time_until=None)
    opened, closes = at(22), at(22, 0, DAY + timedelta(days=1))
    wish = Wish(None, time(21, 30), time(7))
    assert push_due(evening, DAY, opened, closes, wish) == at(7, 0, DAY + timedelta(days=1))


TIMES = st.none() | st.times().map(lambda t: t.replace(microsecond=0))


@given(
    TIMES, TIMES, TIMES, st.integers(1, 48), st.sampled_from(["Asia/Shanghai", "Europe/Berlin"])
)
def test_a_push_is_due_while_its_round_is_open(
    push_at: time | None,
    quiet_from: time | None,
    quiet_to: time | None,
    hours: int,
    zone: str,
) -> None:
    day = date(2026, 10, 24)  # the day before Berlin's clocks go back
    plan = replace(PLAN, timezone=zone)
    opened = moment(day, plan.at, zone)
    closes = opened + timedelta(hours=hours)
    found = push_due(plan, day, opened, closes, Wish(push_at, quiet_from, quiet_to))
    assert opened <= found < closes


@given(TIMES, TIMES, st.integers(0, 72 * 60))
def test_after_the_quiet_hours_it_is_not_quiet(
    quiet_from: time | None, quiet_to: time | None, minutes: int
) -> None:
    now = moment(date(2026, 3, 28), time(0), "Europe/Berlin") + timedelta(minutes=minutes)
    wish = Wish(None, quiet_from, quiet_to)
    awake = after_quiet(now, wish, "Europe/Berlin")
    assert now <= awake <= now + timedelta(hours=25)
    assert after_quiet(awake, wish, "Europe/Berlin") == awake


@pytest.mark.parametrize(
    ("due_at", "attempts", "now", "expected"),
    [
        (at(8, 45), 0, at(9), False),
        (at(16, 30), 3, at(20, 59), False),
        (at(22), 3, at(22), True),  # an outage until night: nobody wants it then
        (at(22), 0, at(22, 10), False),  # the person's own wish
        (at(22), 0, at(23), True),
        (at(8, 45), 0, CLOSES, True),
    ],
)
def test_a_push_that_an_outage_made_late_is_not_sent(
    due_at: datetime, attempts: int, now: datetime, expected: bool
) -> None:
    delivery = DueDelivery(
        id=DeliveryId(1),
        kind=DeliveryKind.ROUND,
        round_id=RoundId(1),
        person_id=PersonId(1),
        chat_id=1,
        attempts=attempts,
        day=DAY,
        size=3,
        due_at=due_at,
        opens_at=OPENED,
        closes_at=CLOSES,
        settles_at=CLOSES,
        plan=PLAN.name,
        timezone=ZONE,
    )
    assert is_too_late(delivery, now) is expected
