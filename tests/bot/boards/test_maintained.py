"""After anything that happens to answers, people and rounds, totals are what a recount says."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, make_url, text

from bot.banks.objections import voiding
from bot.daily import service as daily
from bot.plans.opening import Opened, open_round, settle_round
from bot.preferences import absence
from questions.periods import season_days
from storage.database import Database
from storage.repositories.totals_recount import Difference, Recount
from storage.sqlite import engine_of
from storage.states import DeliveryId, DeliveryState, PersonId, RoundId
from storage.unit import Unit
from tests.bot.banks.objections.scores import kept, recomputed
from tests.bot.banks.objections.test_scores import ACTS, Play, Step, furnished
from tests.cast import NINE, XIAOCHENG

MORE = (*ACTS, "move", "move", "away", "back", "month", "close", "hang", "arrive")
TIMEZONE = "Asia/Shanghai"


class Life(Play):
    """The same house, where people also move, go on leave and come back, seasons close, and
    pushes hang.
    """

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.hanging: list[DeliveryId] = []

    def _hang(self, chat: int, what: int) -> None:
        opened = open_round(self.unit, self.unit.plans.list_all()[0].id, now=self.now)
        self.now += timedelta(days=1)
        if isinstance(opened, Opened):
            self.rounds += 1
            due = self.unit.deliveries.claim("me", self.now, self.now + timedelta(minutes=1), 9)
            for delivery in due[what % 2 :]:
                assert self.unit.deliveries.begin(delivery.id, "me")
                self.hanging.append(delivery.id)

    def _arrive(self, chat: int, what: int) -> None:
        ends = (
            lambda each: self.unit.deliveries.mark_sent(each, 1),
            self.unit.deliveries.mark_unknown,
            lambda each: self.unit.deliveries.mark_failed(each, "blocked"),
        )
        for place, delivery_id in enumerate(self.hanging):
            ends[(what + place) % len(ends)](delivery_id)
        self.hanging.clear()

    def _move(self, chat: int, what: int) -> None:
        person = self.unit.people.find_by_chat(chat)
        assert person is not None
        place = self.unit.people.add_department(("法规处", "大气处", "水处")[what % 3], self.now)
        self.unit.people.move(person.id, place)

    def _away(self, chat: int, what: int) -> None:
        person = self.unit.people.find_by_chat(chat)
        assert person is not None
        first = self.now.date() - timedelta(days=what % 5)
        last = self.now.date() + timedelta(days=what % 3)
        absence.grant_leave(
            self.unit, XIAOCHENG, person.id, first, last, timezone=TIMEZONE, now=self.now
        )

    def _back(self, chat: int, what: int) -> None:
        person = self.unit.people.find_by_chat(chat)
        assert person is not None
        for leave in self.unit.leaves.list_of(person.id, self.now.date()):
            absence.cancel_leave(self.unit, chat, leave.id, timezone=TIMEZONE, now=self.now)

    def _month(self, chat: int, what: int) -> None:
        self.now += timedelta(days=31)

    def _close(self, chat: int, what: int) -> None:
        for number in range(1, self.rounds + 1):
            self._settle(chat, number - 1)
        for period in self.unit.seasons.close(self.now):
            assert season_days(period)[1] < self.now.date()


def differences(unit: Unit, now: datetime | None = None) -> list[Difference]:
    recount = Recount(unit._connection, now)
    found: list[Difference] = []
    after = 0
    while (counted := recount.people(after)) is not None:
        found += counted.differences
        after = counted.last
    for period in recount.list_periods():
        found += recount.period(period).differences
    for round_id in recount.list_rounds():
        found += recount.round(round_id).differences
    return found


def live(unit: Unit, steps: Sequence[Step]) -> Life:
    life = Life(unit)
    for step in steps:
        life.take(step)
        assert differences(unit) == [], step
    assert kept(unit) == recomputed(unit)
    return life


@pytest.fixture
def connection(sqlite_url: str) -> Iterator[Connection]:
    with engine_of(make_url(sqlite_url)).connect() as opened:
        opened.execute(text("BEGIN"))
        furnished(Unit(opened))
        yield opened
        opened.execute(text("ROLLBACK"))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.tuples(st.sampled_from(MORE), st.integers(0, 2), st.integers(0, 99)), max_size=24)
)
def test_what_is_maintained_is_what_is_counted(connection: Connection, steps: list[Step]) -> None:
    connection.execute(text("SAVEPOINT example"))
    try:
        live(Unit(connection), [("open", 0, 1), *steps])
    finally:
        connection.execute(text("ROLLBACK TO example"))


@pytest.mark.parametrize("seed", range(2))
async def test_what_is_maintained_is_what_is_counted_over_months(
    database: Database, seed: int
) -> None:
    rng = random.Random(seed)
    steps = [(rng.choice(MORE), rng.randrange(3), rng.randrange(100)) for _ in range(40)]

    def work(unit: Unit) -> None:
        furnished(unit)
        live(unit, [("open", 0, 1), ("open", 0, 2), *steps])

    await database.run(work)


@pytest.mark.parametrize("seed", range(1))
async def test_a_recount_puts_right_whatever_was_spoilt(database: Database, seed: int) -> None:
    rng = random.Random(seed)
    steps = [(rng.choice(MORE), rng.randrange(3), rng.randrange(100)) for _ in range(40)]

    def work(unit: Unit) -> tuple[int, list[Difference]]:
        furnished(unit)
        life = live(unit, [("open", 0, 1), *steps])
        for statement in (
            "UPDATE person_totals SET points = points + 7 WHERE person_id = 1",
            "UPDATE person_totals SET standing = 3 WHERE person_id = 2",
            "DELETE FROM person_totals WHERE person_id = 3",
            "UPDATE department_totals SET people = people + 1",
            "UPDATE rate_counts SET people = 99",
            "UPDATE round_totals SET due = due + 1, began = 9",
        ):
            unit._connection.execute(text(statement))
        spoilt = len(differences(unit))
        differences(unit, life.now)
        return spoilt, differences(unit)

    spoilt, left = await database.run(work)

    assert spoilt > 5
    assert left == []


@pytest.mark.parametrize("has_sat", [False, True])
async def test_a_push_that_arrives_after_the_settlement_is_charged_to_nobody(
    database: Database, has_sat: bool
) -> None:
    def work(unit: Unit) -> list[list[Difference]]:
        furnished(unit)
        opened = open_round(unit, unit.plans.list_all()[0].id, now=NINE)
        assert isinstance(opened, Opened)
        until = NINE + timedelta(minutes=1)
        sending, waiting, doubtful = unit.deliveries.claim("me", NINE, until, 9)
        for each in (sending, doubtful):
            assert unit.deliveries.begin(each.id, "me")
        unit.deliveries.mark_unknown(doubtful.id)
        if has_sat:
            daily.begin(unit, sending.chat_id, opened.round_id, now=NINE)
        found = [differences(unit)]
        assert settle_round(unit, opened.round_id, now=NINE + timedelta(days=9)) == 0
        found.append(differences(unit))
        unit.deliveries.mark_sent(sending.id, 1)
        assert unit.deliveries.begin(waiting.id, "me")
        unit.deliveries.recover_all()
        unit.deliveries.confirm(RoundId(opened.round_id), PersonId(doubtful.person_id))
        unit.deliveries.confirm(RoundId(opened.round_id), PersonId(waiting.person_id))
        assert unit.deliveries.count_by_state(opened.round_id) == {DeliveryState.SENT: 3}
        voiding.void(unit, XIAOCHENG, 1, 1, now=NINE + timedelta(days=9))
        found.append(differences(unit))
        assert all(not any(amounts) for amounts in kept(unit).values())
        return found

    assert await database.run(work) == [[], [], []]
