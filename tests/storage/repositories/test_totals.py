"""Totals move with every answer; boards read them by index and never touch answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event, make_url, text

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
    def work(unit: Unit) -> tuple[list[int], int]:
        good, few, low, gone = (join(unit, chat_id) for chat_id in range(1, 5))
        score(unit, good, 9, 10)
        score(unit, few, 9, 9)
        score(unit, low, 5, 10)
        score(unit, gone, 10, 10)
        unit.people.set_active(gone, is_active=False)
        top = unit.totals.list_top(WEEK, 10, lowest=600_000)
        return [row.person_id for row in top], unit.totals.count_ranked(WEEK)

    assert await database.run(work) == ([1], 2)


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


def plans_of(connection: Connection, work: Callable[[Totals], object]) -> list[list[str]]:
    """The steps of each statement that some work executes."""
    seen: list[tuple[str, Any]] = []

    def keep(_c: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        seen.append((statement, values))

    event.listen(connection, "before_cursor_execute", keep)
    work(Totals(connection))
    event.remove(connection, "before_cursor_execute", keep)
    return [
        [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
        for statement, values in seen
    ]


def plan_of(connection: Connection, work: Callable[[Totals], object]) -> list[str]:
    """The steps of the one statement that some work executes."""
    (plan,) = plans_of(connection, work)
    return plan


STANDING = "ix_person_totals_period_standing_lot"
BY_PERSON = "USING INDEX sqlite_autoindex_person_totals_1 (period=? AND person_id=?)"


def test_the_top_walks_the_rates_of_its_period_from_the_best(connection: Connection) -> None:
    plan = plan_of(connection, lambda totals: totals.list_top(WEEK, 10, lowest=600_000))

    assert plan == [  # nothing is sorted: equals lie in the index by lot
        f"SEARCH person_totals USING INDEX {STANDING} (period=? AND standing>?)",
        "SEARCH people USING INTEGER PRIMARY KEY (rowid=?)",
    ]


def test_a_rank_counts_higher_buckets_and_the_own_bucket_only(connection: Connection) -> None:
    plan = plan_of(connection, lambda totals: totals.list_places(PersonId(7), [WEEK, MONTH]))

    counts = "SEARCH rate_counts USING INDEX sqlite_autoindex_rate_counts_1"
    higher = f"SEARCH higher USING COVERING INDEX {STANDING}"
    assert plan[0] == f"SEARCH person_totals {BY_PERSON}"
    assert f"{counts} (period=? AND bucket>?)" in plan
    assert f"{higher} (period=? AND standing>? AND standing<?)" in plan


def test_ones_own_record_walks_only_the_own_sittings(connection: Connection) -> None:
    steps = plans_of(connection, lambda totals: totals.list_rounds(PersonId(7)))
    record = [step for plan in steps for step in plan]

    own = "SEARCH sittings USING INDEX ix_sittings_person_id (person_id>? AND person_id<?)"
    assert own in record
    assert not [step for step in record if step.startswith(("SCAN answers", "SCAN sittings"))]


def test_ones_own_day_looks_at_no_other_day(connection: Connection) -> None:
    steps = plans_of(connection, lambda totals: totals.list_rounds(PersonId(7), NOW.date()))
    day = [step for plan in steps for step in plan]

    for table in ("sittings", "deliveries"):
        (step,) = [step for step in day if step.startswith((f"SEARCH {table}", f"SCAN {table}"))]
        assert "(round_id=? AND person_id>? AND person_id<?)" in step
    assert "SCAN answers" not in " ".join(day)


def test_departments_are_read_from_their_sums(connection: Connection) -> None:
    plan = plan_of(connection, lambda totals: totals.list_departments(WEEK))

    assert plan[0].startswith("SEARCH department_totals USING INDEX sqlite_autoindex_department")
    assert not [step for step in plan if "person_totals" in step]


@pytest.mark.parametrize(
    "work",
    [
        lambda totals: totals.count_ranked(WEEK),
        lambda totals: totals.list_departments(WEEK),
        lambda totals: totals.list_departments_of_day(date(2026, 11, 23)),
        lambda totals: totals.list_places(PersonId(7), [WEEK]),
        lambda totals: totals.list_top(WEEK, 10),
        lambda totals: totals.find(PersonId(7), WEEK),
    ],
)
def test_no_board_reads_another_period_or_any_answer(
    connection: Connection, work: Callable[[Totals], object]
) -> None:
    steps = [step for plan in plans_of(connection, work) for step in plan]

    assert not [step for step in steps if "answers" in step or "sittings" in step]
    tables = ("person_totals", "higher", "department_totals", "rate_counts", "round_totals")
    assert not [step for step in steps if step.startswith(tuple(f"SCAN {t}" for t in tables))]


@pytest.fixture
def large(postgres_url: str) -> Iterator[Connection]:
    """PostgreSQL with enough totals that its planner looks for an index."""
    engine = create_engine(postgres_url)
    with engine.begin() as opened:
        unit = Unit(opened)
        for number in range(20):
            unit.people.add_department(f"处{number}", NOW)
        opened.execute(
            text(
                "INSERT INTO people (chat_id, name, department_id, role, is_active, shows_name,"
                " lot, joined_at) SELECT n, 'x', 1 + n % 20, 'staff', true, false, n * 7919 %"
                " 65521, now() FROM generate_series(1, 20000) n"
            )
        )
        opened.execute(
            text(
                "INSERT INTO person_totals SELECT period, id, department_id, true, lot, 100, 200,"
                " 20, 10, 500000, id * 7919 % 1000001 FROM people, unnest(ARRAY['W2026-48',"
                " 'M2026-11', 'Y2026', 'all']) period"
            )
        )
        opened.execute(
            text(
                "INSERT INTO rate_counts SELECT period, standing / 5000, department_id % 8,"
                " count(*) FROM person_totals GROUP BY 1, 2, 3"
            )
        )
        for table in ("people", "person_totals", "rate_counts", "departments"):
            opened.execute(text(f"ANALYZE {table}"))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_postgresql_ranks_by_the_index_too(large: Connection) -> None:
    seen: list[tuple[str, Any]] = []

    def keep(_c: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        seen.append((statement, values))

    event.listen(large, "before_cursor_execute", keep)
    Totals(large).list_top(WEEK, 10, lowest=600_000)
    Totals(large).list_places(PersonId(7), [WEEK])
    event.remove(large, "before_cursor_execute", keep)
    top, places = (
        "\n".join(row[0] for row in large.exec_driver_sql(f"EXPLAIN {statement}", values))
        for statement, values in seen
    )

    assert f"Index Scan Backward using {STANDING}" in top
    assert "Sort Key" not in top or "Presorted" in top
    assert "Seq Scan on person_totals" not in places
    assert f"{STANDING} on person_totals higher" in places
