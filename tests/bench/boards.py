"""Boards of a large house: own ranks, top lists and departments, with millions of answers.

100,000 people in 500 departments, on SQLite and on PostgreSQL. Answers are laid into the tables
in bulk and counted by `Recount`, whose speed is one of the figures. Boards are asked as the bot
asks them, one read unit each, and held against a scan of the answers; an answer's transaction
is held against the same in an almost empty database, both in turn. Then a round that the
planner's statistics don't know yet is settled.

Others may be using the machine: every board is asked for every person in several passes, all other
boards between, and the best pass counts, so that a percentile is one over people and not
over what else was running.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Connection, create_engine, insert, make_url, text

from bot.boards import service
from bot.daily import service as daily
from bot.daily.steps import Card
from bot.plans.opening import settle_round
from storage.database import Database
from storage.repositories.people import lot_of
from storage.repositories.totals_recount import Recount
from storage.states import PlanId, Role, RoundId
from storage.tables import departments, people
from storage.unit import Unit
from storage.upgrade import migrate
from tests.bench.figures import Figure, conclude, quantile
from tests.cast import XIAOAN, a_question, furnish
from tests.postgres import running

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
QUESTIONS = 5
FIRST_CHAT = 1_000_000
SLOWEST = 10.0  # milliseconds a board may take, of a hundred all but one
GROWTH, ANSWER_GROWTH, SCAN = 1.5, 1.3, 200.0
SPANS = ("day", "week", "month", "quarter", "year", "all")
PASSES = 5  # over all boards and people; the best counts
SETTLED = 0.3  # milliseconds for each person of a round being settled
STEP = 1_000_000  # answers before the first measurement

_WHO = "FROM people p WHERE p.id > 3 AND (p.id * 37 + :round * 11) % 100 < 97"
_DELIVERIES = """INSERT INTO deliveries (round_id, person_id, kind, state, due_at, attempts)
    SELECT :round, id, 'round', 'sent', :at, 1 FROM people WHERE id > 3"""
_SITTINGS = f"""INSERT INTO sittings (person_id, round_id, mode, size, position, is_finished)
    SELECT p.id, :round, 'daily', {QUESTIONS}, {QUESTIONS}, :true {_WHO}"""
_ANSWERS = """INSERT INTO answers (sitting_id, position, version_id, option_order, picked, chosen,
        outcome, points, offered, answered_at)
    SELECT s.id, q.position, q.version_id, '[0,1,2,3]', 0, '[1]',
        CASE WHEN (s.person_id * 7919 + :round * 104729 + q.position * 1299709) % 97
            < 20 + s.person_id * 31 % 75 THEN 'right' ELSE 'wrong' END,
        CASE WHEN (s.person_id * 7919 + :round * 104729 + q.position * 1299709) % 97
            < 20 + s.person_id * 31 % 75 THEN 10 ELSE 0 END, 10, :at
    FROM sittings s JOIN round_questions q ON q.round_id = s.round_id WHERE s.round_id = :round"""
_SCAN = """SELECT s.person_id, sum(a.points) AS points FROM answers a
    JOIN sittings s ON s.id = a.sitting_id GROUP BY s.person_id ORDER BY points DESC LIMIT 20"""


@dataclass(frozen=True)
class Size:
    """How large a house."""

    people: int = 100_000
    departments: int = 500
    answers: int = 1_000_000
    asked: int = 100  # boards and answers measured


@dataclass(frozen=True)
class Measured:
    """Milliseconds of every board asked, by its kind, and of one scan."""

    boards: dict[str, list[float]]
    scan: float

    @property
    def p50(self) -> float:
        """Over every kind of board."""
        return median(wait for waits in self.boards.values() for wait in waits)

    def growth(self, before: Measured) -> float:
        """How much slower the board is that has got slowest, compared with itself before."""
        return max(
            median(waits) / median(before.boards[kind]) for kind, waits in self.boards.items()
        )

    @property
    def p99(self) -> float:
        """Of the slowest kind of board."""
        return max(quantile(waits, 0.99) for waits in self.boards.values())


def main(*, short: bool = False, answers: int | None = None) -> int:
    """Run the bench on both databases; 1 where a bar is missed."""
    size = Size(people=10_000, answers=200_000, asked=200) if short else Size()
    if answers is not None:
        size = Size(answers=answers)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'boards.db'}"
        empty = f"sqlite:///{Path(folder) / 'empty.db'}"
        for each in (url, empty):
            migrate(each)
        figures += asyncio.run(_measure("sqlite", url, empty, size))
    with running() as server:
        figures += asyncio.run(_measure("postgresql", server.create(), server.create(), size))
    return conclude("boards", figures)


async def _measure(name: str, url: str, empty: str, size: Size) -> list[Figure]:
    small = House(empty, Size(people=1000, departments=5, answers=1))
    small.grow(1)
    house, found = House(url, size), []
    for answers in sorted({min(STEP, size.answers), size.answers}):
        started = time.perf_counter()
        house.grow(answers)
        loaded = time.perf_counter() - started
        print(f"{name}, {answers:,} answers: loaded in {loaded:.0f} s", flush=True)
        found.append(await _stage(house))
    first, last = found[0], found[-1]
    nothing, full = await _answers((small, house), size.asked)
    print(f"{name}: an answer takes {full:.2f} ms, in an empty database {nothing:.2f} ms")
    each = house.settle()
    print(f"{name}: settling a round takes {each:.3f} ms a person")
    figures = [
        Figure(f"{name}-settle", SETTLED / each, 1),
        Figure(f"{name}-p99", SLOWEST / last.p99, 1),
        Figure(f"{name}-scan", last.scan / last.p50, SCAN if size.answers >= 10 * STEP else 20),
        Figure(f"{name}-answer", nothing / full, 1 / ANSWER_GROWTH),
    ]
    if len(found) > 1:
        figures.append(Figure(f"{name}-growth", 1 / last.growth(first), 1 / GROWTH))
    return figures


async def _stage(house: House) -> Measured:
    rate = house.recount()
    database = Database.open(house.url)
    try:
        boards = await _boards(database, house)
    finally:
        await database.close()
    measured = Measured(boards, house.scan())
    print(f"  counted anew: {rate:,.0f} answers/s", flush=True)
    for kind, waits in boards.items():
        print(f"  {kind}: p50 {quantile(waits, 0.5):.2f} ms, p99 {quantile(waits, 0.99):.2f} ms")
    print(f"  scan of the answers: {measured.scan:,.0f} ms", flush=True)
    return measured


async def _boards(database: Database, house: House) -> dict[str, list[float]]:
    """Every board for people drawn at random, sorted milliseconds."""
    rng = random.Random(5)
    chats = [FIRST_CHAT + rng.randrange(house.size.people) for _ in range(house.size.asked)]
    works: dict[str, Callable[[Unit, int], object]] = {
        f"{kind}-{span}": lambda unit, chat, kind=kind, span=span: service.read_board(  # type: ignore[misc]
            unit, chat, kind, span, today=TODAY
        )
        for kind in service.BoardKind
        for span in SPANS
    }
    works["me"] = lambda unit, chat: service.read_profile(unit, chat, today=TODAY)
    waits = {name: [float("inf")] * len(chats) for name in works}
    for _ in range(PASSES):
        for place, chat in enumerate(chats):
            for name, work in works.items():
                started = time.perf_counter()
                await database.read(lambda unit, work=work, chat=chat: work(unit, chat))  # type: ignore[misc]
                wait = (time.perf_counter() - started) * 1000
                waits[name][place] = min(waits[name][place], wait)
    return {name: sorted(each) for name, each in waits.items()}


async def _answers(houses: tuple[House, House], count: int) -> tuple[float, float]:
    """Median milliseconds of an answer's transaction in either house, asked in turn."""
    databases = [Database.open(house.url) for house in houses]
    rounds = [house.open() for house in houses]
    waits: tuple[list[float], list[float]] = ([], [])
    try:
        for number in range(min(count, houses[0].size.people) // QUESTIONS):
            for database, round_id, each in zip(databases, rounds, waits, strict=True):
                each += await _sit(database, FIRST_CHAT + number, round_id)
    finally:
        for database in databases:
            await database.close()
    return median(waits[0]), median(waits[1])


async def _sit(database: Database, chat: int, round_id: RoundId) -> list[float]:
    """Milliseconds of each answer of one person's sitting."""
    begin = partial(daily.begin, chat_id=chat, round_id=round_id, now=NOW)
    step = await database.run(begin)
    assert isinstance(step, Card)
    sitting, waits = step.item.sitting.id, []
    for position in range(QUESTIONS):
        answer = partial(
            daily.choose, chat_id=chat, sitting_id=sitting, position=position, place=1, now=NOW
        )
        started = time.perf_counter()
        await database.run(answer)
        waits.append((time.perf_counter() - started) * 1000)
    return waits


class House:
    """The tables of a large house, filled straight."""

    def __init__(self, url: str, size: Size) -> None:
        self.url, self.size = url, size
        self._rounds = 0
        self._open = 0

    def _connect(self) -> Any:
        address = make_url(self.url)
        if address.get_backend_name() == "sqlite":
            return create_engine(address).begin()
        return create_engine(address, isolation_level="READ COMMITTED").begin()

    def grow(self, answers: int) -> None:
        """Lay in rounds until there are so many answers, settled ones."""
        with self._connect() as connection:
            if not self._rounds:
                self._furnish(connection)
            wanted = max(2, round(answers / self.size.people / QUESTIONS))
            while self._rounds < wanted:
                self._add_round(connection)
        with create_engine(self.url, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("ANALYZE"))

    def _furnish(self, connection: Connection) -> None:
        unit = Unit(connection)
        cast = furnish(unit, *(a_question(f"q{n}") for n in range(QUESTIONS)), now=NOW)
        self._plan: PlanId = cast.plan
        self._versions = [c.version_id for c in unit.banks.list_candidates(cast.plan, TODAY, 9)]
        names = [{"name": f"处室{n}", "created_at": NOW} for n in range(self.size.departments)]
        connection.execute(insert(departments), names)
        base = {"role": Role.STAFF.value, "is_active": True, "shows_name": False}
        for first in range(0, self.size.people, 10_000):
            rows = [
                {
                    **base,
                    "chat_id": FIRST_CHAT + n,
                    "name": f"人员{n}",
                    "department_id": 2 + n % self.size.departments,
                    "lot": lot_of(FIRST_CHAT + n),
                    "joined_at": NOW,
                }
                for n in range(first, min(first + 10_000, self.size.people))
            ]
            connection.execute(insert(people), rows)
        assert unit.people.find_by_chat(XIAOAN) is not None

    def _new_round(self, unit: Unit, day: date, settles_at: datetime) -> RoundId:
        at = NOW - timedelta(hours=1)
        found = unit.plans.open_round(
            self._plan,
            day,
            opens_at=at,
            closes_at=NOW + timedelta(days=1),
            settles_at=settles_at,
            version_ids=self._versions,
        )
        assert found is not None
        return found

    def _add_round(self, connection: Connection) -> None:
        day = TODAY - timedelta(days=self._rounds)
        round_id = self._new_round(Unit(connection), day, NOW)
        values = {"round": round_id, "at": NOW.replace(tzinfo=None), "true": True}
        for statement in (_DELIVERIES, _SITTINGS, _ANSWERS):
            wanted = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(text(statement), wanted)
        connection.execute(
            text("UPDATE rounds SET settled_at = settles_at WHERE id = :round"),
            {"round": round_id},
        )
        self._rounds += 1

    def settle(self) -> float:
        """Milliseconds a person of settling a round that nobody has answered."""
        round_id = self.open()
        with self._connect() as connection:
            started = time.perf_counter()
            settle_round(Unit(connection), round_id, now=NOW + timedelta(days=4))
            return (time.perf_counter() - started) * 1000 / self.size.people

    def open(self) -> RoundId:
        """A round that takes answers, on a day of its own."""
        self._open += 1
        with self._connect() as connection:
            unit = Unit(connection)
            day = TODAY + timedelta(days=self._open)
            round_id = self._new_round(unit, day, NOW + timedelta(days=3))
            connection.execute(
                text(_DELIVERIES), {"round": round_id, "at": NOW.replace(tzinfo=None)}
            )
            unit.totals.open_roll(round_id)
        return round_id

    def recount(self) -> float:
        """Count all totals anew; answers a second."""
        started, answers, after = time.perf_counter(), 0, 0
        while True:
            with self._connect() as connection:
                counted = Recount(connection, NOW).people(after)
            if counted is None:
                break
            answers, after = answers + counted.answers, counted.last
        with self._connect() as connection:
            recount = Recount(connection, NOW)
            for period in recount.list_periods():
                recount.period(period)
            for round_id in recount.list_rounds():
                recount.round(round_id)
        return answers / (time.perf_counter() - started)

    def scan(self) -> float:
        """Milliseconds of the top list read from the answers."""
        with self._connect() as connection:
            started = time.perf_counter()
            connection.execute(text(_SCAN)).all()
            return (time.perf_counter() - started) * 1000
