"""What a round of today costs on PostgreSQL, whose planner has not heard of it yet.

Statistics are gathered now and then; for a round opened since, the planner expects one row. A
plan that walks all its sittings for each of its people is then as good as any, and would take
hours in a large house. Rows handled are counted, not seconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event, text

from storage.repositories.totals_recount import Recount
from storage.states import RoundId, VersionId
from storage.unit import Unit
from tests.cast import a_question, furnish

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
DAY = date(2026, 11, 23)
PEOPLE, QUESTIONS, ROUNDS = 1000, 5, 4
# Rows a statement may handle for each person: answers, their questions, sums and indexes.
MOST = 60

_PEOPLE = """INSERT INTO people (chat_id, name, role, is_active, shows_name, lot, joined_at)
    SELECT 5000 + n, 'x', 'staff', true, false, n, now() FROM generate_series(1, :people) n"""
_DELIVERIES = """INSERT INTO deliveries (round_id, person_id, kind, state, due_at, attempts)
    SELECT :round, id, 'round', 'sent', now(), 1 FROM people"""
_SITTINGS = """INSERT INTO sittings (person_id, round_id, mode, size, position, is_finished)
    SELECT id, :round, 'daily', :size, 3, false FROM people WHERE id % 10 > 0"""
_ANSWERS = """INSERT INTO answers (sitting_id, position, version_id, option_order, picked, outcome,
        points, offered, answered_at)
    SELECT s.id, q.position, q.version_id, '[0,1,2,3]', 0, a.outcome, a.points, a.offered, a.at
    FROM sittings s JOIN round_questions q ON q.round_id = s.round_id
    CROSS JOIN LATERAL (SELECT CASE WHEN q.position < 3 THEN 'right' END AS outcome,
        CASE WHEN q.position < 3 THEN 10 END AS points,
        CASE WHEN q.position < 3 THEN 10 END AS offered,
        CASE WHEN q.position < 3 THEN now() END AS at) a WHERE s.round_id = :round"""


@pytest.fixture
def opened(postgres_url: str) -> Iterator[tuple[Connection, RoundId]]:
    """A house with statistics of yesterday, and today's round, answered in part."""
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        unit = Unit(connection)
        cast = furnish(unit, *(a_question(f"q{n}") for n in range(QUESTIONS)), now=NOW)
        connection.execute(text(_PEOPLE), {"people": PEOPLE})
        for back in range(1, ROUNDS):
            fill(connection, cast.plan, DAY - timedelta(days=back))
        Recount(connection, NOW).all()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    with engine.begin() as connection:
        today = fill(connection, cast.plan, DAY)
        Unit(connection).totals.open_roll(today)
        Recount(connection, NOW).all()
        yield connection, today
    engine.dispose()


def fill(connection: Connection, plan: Any, day: date) -> RoundId:
    unit = Unit(connection)
    versions = [each.version_id for each in unit.banks.list_candidates(plan, day, 9)]
    times = {"opens_at": NOW, "closes_at": NOW, "settles_at": NOW + timedelta(days=1)}
    round_id = unit.plans.open_round(plan, day, version_ids=versions, **times)
    assert round_id is not None
    for statement in (_DELIVERIES, _SITTINGS, _ANSWERS):
        values = {"round": round_id, "size": QUESTIONS}
        named = {name: value for name, value in values.items() if f":{name}" in statement}
        connection.execute(text(statement), named)
    return round_id


def rows_of(plan: dict[str, Any]) -> int:
    """How many rows a plan's steps have given, or looked at and let go."""
    loops = plan["Actual Loops"]
    looked_at = sum(value for name, value in plan.items() if name.startswith("Rows Removed"))
    inner = sum(rows_of(step) for step in plan.get("Plans", ()))
    return int((plan["Actual Rows"] + looked_at) * loops) + inner


def busiest(connection: Connection, work: Callable[[], object]) -> tuple[float, str]:
    """The most rows for each person that a statement of some work handles, and its plan."""
    found: list[tuple[float, str]] = [(0, "")]

    def explain(_c: Any, cursor: Any, statement: str, values: Any, _x: Any, is_many: bool) -> None:
        words = ("SELECT", "INSERT", "UPDATE", "DELETE")
        if is_many or not statement.lstrip().startswith(words) or "pg_catalog" in statement:
            return
        with cursor.connection.cursor() as beside:
            beside.execute("SAVEPOINT explained")
            beside.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values)
            ((plans,),) = beside.fetchall()
            beside.execute("ROLLBACK TO explained")
        plan = plans[0]["Plan"]
        found.append((rows_of(plan) / PEOPLE, statement + json.dumps(plan, indent=1)))

    event.listen(connection, "before_cursor_execute", explain)
    work()
    event.remove(connection, "before_cursor_execute", explain)
    return max(found)


def test_settling_todays_round_does_not_walk_it_for_each_person(
    opened: tuple[Connection, RoundId],
) -> None:
    connection, today = opened
    unit = Unit(connection)
    assert unit.plans.settle(today, NOW)

    most, plan = busiest(connection, lambda: unit.totals.add_missed(today))

    assert 1 < most < MOST, plan
    assert not Recount(connection, None).all()


def test_a_recount_of_todays_round_does_not_walk_it_for_each_person(
    opened: tuple[Connection, RoundId],
) -> None:
    connection, today = opened

    most, plan = busiest(connection, lambda: Recount(connection, NOW).round(today))

    assert 1 < most < MOST, plan


def test_voiding_a_question_of_today_does_not_walk_its_round_for_each_person(
    opened: tuple[Connection, RoundId],
) -> None:
    connection, today = opened
    unit = Unit(connection)
    assert unit.plans.settle(today, NOW)
    unit.totals.add_missed(today)
    version = VersionId(unit.plans.list_round_versions(today)[-1])

    most, plan = busiest(connection, lambda: unit.voids.void(version, NOW))

    assert 1 < most < MOST, plan
    listed, plan = busiest(connection, lambda: unit.voids.list_concerned(version, 0, 100))
    assert 1 < listed < ROUNDS * MOST, plan
    assert not Recount(connection, None).all()
