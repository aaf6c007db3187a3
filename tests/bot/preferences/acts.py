"""What tests of wishes and leave do over and over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from bot.daily import service as daily
from bot.daily import steps
from bot.plans.opening import open_round, settle_round
from bot.preferences import absence
from bot.preferences.absence import Taken, TooLate
from bot.preferences.spans import Span
from storage.database import Database
from storage.states import PersonId, RoundId
from storage.tables import deliveries, round_totals
from storage.unit import Unit
from tests.cast import NINE, Cast, furnish

ZONE = "Asia/Shanghai"
TUESDAY = NINE + timedelta(days=1)
OTHER = 1007
updates = count(5000)

Work = Callable[[Unit], Any]


def opened(unit: Unit, cast: Cast, now: datetime = NINE) -> RoundId:
    """Monday's round, open, its pushes on their way."""
    done = open_round(unit, cast.plan, now=now)
    round_ = unit.plans.find_round(cast.plan, now.date())
    assert done is not None
    assert round_ is not None
    return round_.id


def send_all(unit: Unit, now: datetime) -> list[int]:
    """Everything due leaves; the chats it went to."""
    claimed = unit.deliveries.claim("test", now, now + timedelta(minutes=1), 100)
    for number, delivery in enumerate(claimed):
        assert unit.deliveries.begin(delivery.id, "test")
        unit.deliveries.mark_sent(delivery.id, 100 + number)
    return sorted(delivery.chat_id for delivery in claimed)


def roll(unit: Unit, round_id: int, person_id: int) -> tuple[str, str | None]:
    row = unit.people._connection.execute(
        select(deliveries.c.state, deliveries.c.reason).where(
            deliveries.c.round_id == round_id,
            deliveries.c.person_id == person_id,
            deliveries.c.kind == "round",
        )
    ).one()
    return row.state, row.reason


def due(unit: Unit, round_id: int) -> int:
    """应参加."""
    rows = unit.people._connection.execute(
        select(round_totals.c.due).where(round_totals.c.round_id == round_id)
    )
    return sum(rows.scalars())


def offered(unit: Unit, person_id: PersonId) -> int:
    total = unit.totals.find(person_id, "all")
    return total.offered if total is not None else 0


def settle(unit: Unit, round_id: RoundId) -> None:
    round_ = unit.plans.get_round(round_id)
    assert round_ is not None
    settle_round(unit, round_id, now=round_.settles_at)


def answer_one(unit: Unit, chat_id: int, round_id: int, now: datetime = NINE) -> None:
    """Begin a round and answer its first question."""
    card = daily.begin(unit, chat_id, round_id, now=now)
    assert isinstance(card, steps.Card)
    verdict = daily.give_up(unit, chat_id, card.item.sitting.id, card.item.position, now=now)
    assert isinstance(verdict, steps.Verdict)


def today(unit: Unit, chat_id: int, round_id: int, now: datetime = NINE) -> Taken | TooLate:
    return absence.leave_today(unit, chat_id, round_id, timezone=ZONE, now=now)


def take(unit: Unit, chat_id: int, first: date, last: date, now: datetime = NINE) -> Taken:
    taken = absence.take_leave(
        unit, chat_id, Span(first, last), next(updates), timezone=ZONE, now=now
    )
    assert taken is not None
    return taken


def grant(
    unit: Unit, actor: int, person_id: int, first: date, last: date, now: datetime = NINE
) -> Taken:
    taken = absence.grant_leave(unit, actor, person_id, first, last, timezone=ZONE, now=now)
    assert taken is not None
    return taken


def cancel(unit: Unit, chat_id: int, leave_id: int, now: datetime = NINE) -> absence.Cancelled:
    return absence.cancel_leave(unit, chat_id, leave_id, timezone=ZONE, now=now)


def with_round(unit: Unit) -> tuple[Cast, RoundId]:
    cast = furnish(unit)
    return cast, opened(unit, cast)


async def together(database: Database, *works: Work) -> list[Any]:
    return list(await asyncio.gather(*(database.run(work) for work in works)))
