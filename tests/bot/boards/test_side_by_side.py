"""Everything that moves totals, at once on PostgreSQL: nobody waits in a circle, sums agree."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from sqlalchemy import create_engine, text

from bot.banks.objections import voiding
from bot.daily import service as daily
from bot.daily.steps import Card
from bot.plans.opening import Opened, open_round, settle_round
from storage.database import Database
from storage.states import PersonId, Role, RoundId
from storage.unit import Unit
from tests.bot.boards.test_maintained import differences
from tests.cast import NINE, XIAOCHENG, a_question, furnish

PEOPLE, FIRST = 24, 50_000
LATER = NINE + timedelta(days=40)


def furnished(unit: Unit) -> list[RoundId]:
    """Two dozen people in four departments, and three rounds that reached them all."""
    cast = furnish(unit, *(a_question(f"q{n}") for n in range(5)), days="1234567")
    for number in range(5):
        unit.people.add_department(f"处{number}", NINE)
    for number in range(PEOPLE):
        place = unit.people.add_department(f"处{number % 4}", NINE)
        unit.people.add(FIRST + number, f"人员{number}", place, Role.STAFF, NINE)
    rounds = []
    for day in range(3):
        now = NINE + timedelta(days=day)
        opened = open_round(unit, cast.plan, now=now)
        assert isinstance(opened, Opened)
        rounds.append(opened.round_id)
        for due in unit.deliveries.claim("me", now, now + timedelta(minutes=1), 99):
            unit.deliveries.begin(due.id, "me")
            unit.deliveries.mark_sent(due.id, 1)
    return rounds


def sit(unit: Unit, chat: int, round_id: RoundId) -> None:
    """One step of a sitting."""
    round_ = unit.plans.get_round(round_id)
    assert round_ is not None
    step = daily.begin(unit, chat, round_id, now=round_.opens_at)
    if isinstance(step, Card):
        place = (step.item.sitting.id, step.item.position)
        daily.choose(unit, chat, *place, chat % 3, now=round_.opens_at)


def move(unit: Unit, number: int, to: int) -> None:
    """Put somebody into another department."""
    person = unit.people.find_by_chat(FIRST + number)
    assert person is not None
    unit.people.move(person.id, unit.people.add_department(f"处{to}", NINE))


def void(unit: Unit, question: int) -> None:
    """Find a question faulty."""
    voiding.void(unit, XIAOCHENG, question, 1, now=LATER)


def switch(unit: Unit, number: int, *, is_active: bool) -> None:
    """Let somebody leave or come back."""
    person = unit.people.find_by_chat(FIRST + number)
    assert person is not None
    unit.people.set_active(PersonId(person.id), is_active=is_active)


def acts(rounds: list[RoundId]) -> list[Callable[[Unit], object]]:
    """Everything that will happen, in the order it begins."""
    works: list[Callable[[Unit], object]] = [
        partial(sit, chat=FIRST + number, round_id=round_id)
        for number in range(PEOPLE)
        for round_id in rounds
        for _ in range(3)
    ]
    works += [partial(move, number=turn * 7 % PEOPLE, to=turn % 5) for turn in range(24)]
    works += [partial(switch, number=turn % 4, is_active=bool(turn % 2)) for turn in range(8)]
    random.Random(7).shuffle(works)
    for round_id, place in zip(rounds, (60, 120, 200), strict=True):
        works.insert(place, partial(settle_round, round_id=round_id, now=LATER))
    for question, place in ((1, 30), (2, 90), (3, 150)):
        works.insert(place, partial(void, question=question))
    return works


def deadlocks_of(url: str) -> int:
    """How often the server had to break a circle."""
    engine = create_engine(url)
    with engine.connect() as connection:
        counted = connection.execute(
            text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        ).scalar_one()
    engine.dispose()
    return int(counted)


async def test_answers_settlements_voidings_and_moves_at_once_agree(postgres_url: str) -> None:
    before = deadlocks_of(postgres_url)
    database = Database.open(postgres_url)
    try:
        works = acts(await database.run(furnished))
        outcomes = await asyncio.gather(
            *(database.run(work) for work in works), return_exceptions=True
        )
        wrong = await database.run(differences)
    finally:
        await database.close()

    errors = {type(each).__name__ for each in outcomes if isinstance(each, BaseException)}
    assert errors <= {"Deactivated"}
    assert wrong == []
    assert deadlocks_of(postgres_url) == before
