"""Totals move with every answer; boards read them by index and never touch answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, event, make_url, text

from questions.ranking import DepartmentScore
from storage.database import Database
from storage.repositories.totals import PlaceRow, TotalRow, Totals
from storage.sqlite import engine_of
from storage.states import PersonId, Role
from storage.unit import Unit

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
WEEK, MONTH = "W2026-48", "M2026-11"
LOTS = range(100, 200)


def join(unit: Unit, chat_id: int, department: str | None = "法规处") -> PersonId:
    place = unit.people.add_department(department, NOW) if department else None
    return unit.people.add(chat_id, f"人员{chat_id}", place, Role.STAFF, NOW)


def score(unit: Unit, person: PersonId, right: int, of: int, answered: int | None = None) -> None:
    """Ten points for each right question of those offered."""
    unit.totals.add(
        person,
        (WEEK, MONTH),
        points=right * 10,
        offered=of * 10,
        answered=of if answered is None else answered,
        right=right,
    )


async def test_totals_add_up_and_the_rate_follows(database: Database) -> None:
    def work(unit: Unit) -> tuple[TotalRow | None, TotalRow | None]:
        person = join(unit, 1)
        score(unit, person, 1, 1)
        score(unit, person, 1, 2)
        return unit.totals.find(person, MONTH), unit.totals.find(person, "Y2026")

    total, other = await database.run(work)

    assert total == TotalRow(PersonId(1), 20, 30, 3, 2, 666_666)
    assert other is None


async def test_points_without_anything_offered_give_no_rate(database: Database) -> None:
    def work(unit: Unit) -> list[int]:
        person = join(unit, 1)
        rates = []
        for points, offered in ((2, 0), (2, 0), (10, 10)):
            unit.totals.add(person, (WEEK,), points=points, offered=offered, answered=0, right=0)
            found = unit.totals.find(person, WEEK)
            assert found is not None
            rates.append(found.rate)
        return rates

    assert await database.run(work) == [0, 0, 1_000_000]


async def test_years_of_points_do_not_overflow(database: Database) -> None:
    def work(unit: Unit) -> TotalRow | None:
        person = join(unit, 1)
        score(unit, person, 50_000, 100_000)
        score(unit, person, 50_000, 100_000)
        return unit.totals.find(person, WEEK)

    total = await database.run(work)

    assert total is not None
    assert total.rate == 500_000


async def test_the_top_is_sorted_by_rate_and_equals_by_lot(database: Database) -> None:
    def work(unit: Unit) -> tuple[list[int], list[int]]:
        equals = [join(unit, chat_id) for chat_id in LOTS[:6]]
        best, worst = join(unit, 1), join(unit, 2)
        for person in equals:
            score(unit, person, 8, 10)
        score(unit, best, 10, 10)
        score(unit, worst, 1, 10)
        rows = unit.totals.list_top(WEEK, 20)
        assert rows[0].person_id == best
        assert rows[-1].person_id == worst
        return [row.person_id for row in rows[1:-1]], list(equals)

    listed, joined = await database.run(work)

    assert sorted(listed) == joined
    assert listed != joined  # a lot, not the order of joining


async def test_the_top_leaves_out_few_answers_and_low_rates_and_the_gone(
    database: Database,
) -> None:
    def work(unit: Unit) -> tuple[list[int], int, int]:
        good, few, low, gone = (join(unit, chat_id) for chat_id in range(1, 5))
        score(unit, good, 9, 10)
        score(unit, few, 9, 9)
        score(unit, low, 5, 10)
        score(unit, gone, 10, 10)
        unit.people.set_active(gone, is_active=False)
        top = unit.totals.list_top(WEEK, 10, lowest=600_000)
        return (
            [row.person_id for row in top],
            unit.totals.count_ranked(WEEK),
            unit.totals.count_ranked(WEEK, above=500_000),
        )

    assert await database.run(work) == ([1], 2, 1)


async def test_a_rank_counts_only_better_active_people_with_enough_answers(
    database: Database,
) -> None:
    def work(unit: Unit) -> dict[str, PlaceRow]:
        own, equal, better, few, gone = (join(unit, chat_id) for chat_id in range(1, 6))
        score(unit, own, 8, 10)
        score(unit, equal, 16, 20)
        score(unit, better, 9, 10)
        score(unit, few, 9, 9)
        score(unit, gone, 10, 10)
        unit.people.set_active(gone, is_active=False)
        unit.totals.add(own, ("Y2026",), points=0, offered=10, answered=1, right=0)
        return unit.totals.list_places(own, [WEEK, MONTH, "Y2026", "all"])

    places = await database.run(work)

    assert places == {
        WEEK: PlaceRow(WEEK, 80, 100, 10, 8, 800_000, 2),
        MONTH: PlaceRow(MONTH, 80, 100, 10, 8, 800_000, 2),
        "Y2026": PlaceRow("Y2026", 0, 10, 1, 0, 0, None),
    }


async def test_departments_count_who_was_on_duty_even_without_an_answer(
    database: Database,
) -> None:
    def work(unit: Unit) -> list[DepartmentScore]:
        took_part, missed, gone = (join(unit, chat_id) for chat_id in range(1, 4))
        join(unit, 4)  # on leave: nothing was offered
        nowhere, other = join(unit, 5, None), join(unit, 6, "大气处")
        score(unit, took_part, 1, 2)
        score(unit, missed, 0, 2, answered=0)
        score(unit, gone, 2, 2)
        score(unit, nowhere, 2, 2)
        unit.totals.add(other, (WEEK,), points=2, offered=0, answered=0, right=0)
        unit.people.set_active(gone, is_active=False)
        return unit.totals.list_departments(WEEK)

    assert await database.run(work) == [DepartmentScore("法规处", 2, 1, 500_000)]


@pytest.fixture
def connection(sqlite_url: str) -> Iterator[Connection]:
    """SQLite with three hundred people's totals in two periods."""
    with engine_of(make_url(sqlite_url)).connect() as opened:
        unit = Unit(opened)
        opened.execute(text("BEGIN"))
        for chat_id in range(300):
            score(unit, join(unit, chat_id, f"处{chat_id % 9}"), chat_id % 20, 20)
        opened.execute(text("COMMIT"))
        yield opened


def plan_of(connection: Connection, work: Callable[[Totals], object]) -> list[str]:
    """The steps of the one statement that some work executes."""
    seen: list[tuple[str, Any]] = []

    def keep(_c: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        seen.append((statement, values))

    event.listen(connection, "before_cursor_execute", keep)
    work(Totals(connection))
    event.remove(connection, "before_cursor_execute", keep)
    ((statement, values),) = seen
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return [row[3] for row in rows]


BY_RATE = "USING INDEX ix_person_totals_period_rate"
BY_PERSON = "USING INDEX sqlite_autoindex_person_totals_1 (period=? AND person_id=?)"


def test_the_top_walks_the_rates_of_its_period_from_the_best(connection: Connection) -> None:
    plan = plan_of(connection, lambda totals: totals.list_top(WEEK, 10, lowest=600_000))

    assert plan[:2] == [
        f"SEARCH person_totals {BY_RATE} (period=? AND rate>?)",
        "SEARCH people USING INTEGER PRIMARY KEY (rowid=?)",
    ]
    # Only equals are sorted, by lot; newer versions of SQLite word it differently.
    assert plan[2:] in (
        ["USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"],
        ["USE TEMP B-TREE FOR LAST TERM OF ORDER BY"],
    )


def test_a_rank_counts_only_the_higher_rates_of_its_period(connection: Connection) -> None:
    plan = plan_of(connection, lambda totals: totals.list_places(PersonId(7), [WEEK, MONTH]))

    assert plan[0] == f"SEARCH person_totals {BY_PERSON}"
    covering = BY_RATE.replace("INDEX", "COVERING INDEX")
    assert f"SEARCH higher {covering} (period=? AND rate>?)" in plan


@pytest.mark.parametrize(
    "work",
    [
        lambda totals: totals.count_ranked(WEEK),
        lambda totals: totals.list_departments(WEEK),
        lambda totals: totals.list_places(PersonId(7), [WEEK]),
        lambda totals: totals.list_top(WEEK, 10),
        lambda totals: totals.find(PersonId(7), WEEK),
    ],
)
def test_no_board_reads_another_period_or_any_answer(
    connection: Connection, work: Callable[[Totals], object]
) -> None:
    steps = plan_of(connection, work)

    assert not [step for step in steps if "answers" in step or "sittings" in step]
    assert not [step for step in steps if step.startswith(("SCAN person", "SCAN higher"))]
