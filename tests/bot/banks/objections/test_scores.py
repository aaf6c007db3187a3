"""After any answers, misses, settlements and voidings the totals are what the answers say."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, make_url, text

from bot.banks.objections import voiding
from bot.daily import service as daily
from bot.errors import BotError
from bot.plans.opening import Opened, open_round, settle_round
from storage.database import Database
from storage.sqlite import engine_of
from storage.unit import Unit
from tests.bot.banks.objections.scores import kept, recomputed
from tests.cast import NINE, XIAOAN, XIAOBAI, XIAOCHENG, a_judge, a_multiple, a_question, furnish

CHATS = (XIAOAN, XIAOBAI, XIAOCHENG)
Step = tuple[str, int, int]
ACTS = (
    "open",
    "answer",
    "answer",
    "answer",
    "unsure",
    "settle",
    "void",
    "void",
    "leave",
    "return",
)


def furnished(unit: Unit) -> None:
    furnish(
        unit,
        *(a_question(f"q{n}") for n in range(3)),
        a_multiple("m"),
        a_judge("j"),
        question_count=2,
        days="1234567",
    )


class Play:
    """A house in which steps happen, some of them impossible and then without effect."""

    def __init__(self, unit: Unit) -> None:
        self.unit, self.rounds, self.now = unit, 0, NINE

    def take(self, step: Step) -> None:
        act, who, what = step
        chat = CHATS[who % 3]
        with suppress(BotError):
            getattr(self, f"_{act}")(chat, what)

    def _open(self, chat: int, what: int) -> None:
        opened = open_round(self.unit, self.unit.plans.list_all()[0].id, now=self.now)
        self.now += timedelta(days=1)
        if not isinstance(opened, Opened):
            return
        self.rounds += 1
        until = self.now + timedelta(minutes=1)
        for place, due in enumerate(self.unit.deliveries.claim("me", self.now, until, 9)):
            self.unit.deliveries.begin(due.id, "me")
            if (what + place) % 4:
                self.unit.deliveries.mark_sent(due.id, 1)
            elif what % 2:
                self.unit.deliveries.mark_unknown(due.id)
            else:
                self.unit.deliveries.mark_failed(due.id, "blocked")

    def _round(self, what: int) -> int:
        return 1 + what % max(1, self.rounds)

    def _step(self, chat: int, what: int) -> daily.Step:
        return daily.begin(self.unit, chat, self._round(what), now=self._soon(what))

    def _soon(self, what: int) -> datetime:
        round_ = self.unit.plans.get_round(self._round(what))
        return round_.opens_at if round_ is not None else self.now

    def _answer(self, chat: int, what: int) -> None:
        step = self._step(chat, what)
        if not isinstance(step, daily.Card):
            return
        item, now = step.item, self._soon(what)
        place = (item.sitting.id, item.position)
        if item.question.kind == "multiple":
            daily.tick(self.unit, chat, *place, what % 4, is_ticked=True, now=now)
            daily.submit(self.unit, chat, *place, now=now)
        else:
            daily.choose(self.unit, chat, *place, what % 2, now=now)

    def _unsure(self, chat: int, what: int) -> None:
        step = self._step(chat, what)
        if isinstance(step, daily.Card):
            place = (step.item.sitting.id, step.item.position)
            daily.give_up(self.unit, chat, *place, now=self._soon(what))

    def _settle(self, chat: int, what: int) -> None:
        settle_round(self.unit, self._round(what), now=self.now)  # type: ignore[arg-type]

    def _void(self, chat: int, what: int) -> None:
        voiding.void(self.unit, XIAOCHENG, 1 + what % 5, 1, now=self.now)

    def _leave(self, chat: int, what: int) -> None:
        self._set_active(chat, is_active=chat == XIAOCHENG)

    def _return(self, chat: int, what: int) -> None:
        self._set_active(chat, is_active=True)

    def _set_active(self, chat: int, *, is_active: bool) -> None:
        person = self.unit.people.find_by_chat(chat)
        assert person is not None
        self.unit.people.set_active(person.id, is_active=is_active)


def happen(unit: Unit, steps: Sequence[Step]) -> None:
    play = Play(unit)
    for step in steps:
        play.take(step)
        assert kept(unit) == recomputed(unit)
    rates = unit._connection.execute(text("SELECT points, offered, rate FROM person_totals"))
    assert all(rate == points * 1_000_000 // offered for points, offered, rate in rates)


@pytest.fixture
def connection(sqlite_url: str) -> Iterator[Connection]:
    with engine_of(make_url(sqlite_url)).connect() as opened:
        opened.execute(text("BEGIN"))
        furnished(Unit(opened))
        yield opened
        opened.execute(text("ROLLBACK"))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.integers(0, 99)), max_size=20)
)
def test_totals_are_what_answers_and_rounds_say(connection: Connection, steps: list[Step]) -> None:
    connection.execute(text("SAVEPOINT example"))
    try:
        happen(Unit(connection), [("open", 0, 1), *steps])
    finally:
        connection.execute(text("ROLLBACK TO example"))


@pytest.mark.parametrize("seed", range(4))
async def test_totals_are_what_answers_and_rounds_say_over_weeks(
    database: Database, seed: int
) -> None:
    rng = random.Random(seed)
    steps = [(rng.choice(ACTS), rng.randrange(3), rng.randrange(100)) for _ in range(60)]

    def work(unit: Unit) -> None:
        furnished(unit)
        happen(unit, [("open", 0, 1), ("open", 0, 2), *steps])

    await database.run(work)
