"""An office with two departments and two rounds, for tests of what reports are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, update

from questions.models import Outcome
from storage.states import DepartmentId, Mode, PersonId, Role, RoundId, SittingId
from storage.tables import answers, deliveries, round_totals
from storage.unit import Unit
from tests.cast import MONDAY, NINE, a_question, furnish

TUESDAY = MONDAY + timedelta(days=1)
LATER = datetime(2026, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Office:
    """Two departments, someone without one, and two rounds of two questions."""

    law: DepartmentId
    air: DepartmentId
    ann: PersonId  # 法规处: answers everything
    bob: PersonId  # 大气处: misses the second round
    eve: PersonId  # no department, on leave on the first day
    first: RoundId
    second: RoundId


def connection_of(unit: Unit) -> Connection:
    return unit._connection


def make_office(unit: Unit) -> Office:
    cast = furnish(unit, *(a_question(f"q{n}") for n in range(4)))
    law, air = cast.department, unit.people.add_department("大气处", NINE)
    bob = unit.people.add(2001, "小白菜", air, Role.STAFF, NINE)
    eve = unit.people.add(2002, "无处可去", None, Role.STAFF, NINE)
    found = []
    for day, versions in ((MONDAY, (1, 2)), (TUESDAY, (3, 4))):
        round_id = unit.plans.open_round(
            cast.plan, day, opens_at=NINE, closes_at=LATER, settles_at=LATER, version_ids=versions
        )
        assert round_id is not None
        found.append(round_id)
    office = Office(law, air, cast.xiaoan, bob, eve, *found)
    for round_id in found:
        for person in (office.ann, bob, eve):
            away = person == eve and round_id == office.first
            roll(unit, round_id, person, "skipped" if away else "sent", "leave" if away else None)
        tally(unit, round_id, law, due=1, began=1, answered=2, right=2)
        tally(unit, round_id, air, due=1, began=int(round_id == office.first), answered=1, right=0)
    answer(unit, office.first, office.ann, (1, Outcome.RIGHT, 10), (2, Outcome.RIGHT, 10))
    answer(unit, office.second, office.ann, (3, Outcome.RIGHT, 10), (4, Outcome.PARTIAL, 5))
    answer(unit, office.first, bob, (1, Outcome.WRONG, 0), (2, None, 0))
    return office


def roll(unit: Unit, round_id: RoundId, person: PersonId, state: str, reason: str | None) -> None:
    connection_of(unit).execute(
        insert(deliveries).values(
            round_id=round_id,
            person_id=person,
            kind="round",
            state=state,
            due_at=NINE,
            attempts=1,
            reason=reason,
        )
    )


def tally(unit: Unit, round_id: RoundId, department: DepartmentId, **counts: int) -> None:
    values: dict[str, Any] = {"finished": 0, "points": 0, "offered": 0, **counts}
    values["right_count"] = values.pop("right")
    connection_of(unit).execute(
        insert(round_totals).values(round_id=round_id, department_id=department, **values)
    )


def answer(
    unit: Unit, round_id: RoundId, person: PersonId, *given: tuple[int, Outcome | None, int]
) -> SittingId:
    laid = [(version, (0, 1, 2, 3)) for version, _, _ in given]
    sitting = unit.sittings.start(round_id, person, Mode.DAILY, laid)
    assert sitting is not None
    for at, (_, outcome, points) in enumerate(given):
        if outcome is not None:
            connection_of(unit).execute(
                update(answers)
                .where(answers.c.sitting_id == sitting, answers.c.position == at)
                .values(outcome=outcome.value, points=points, offered=10, answered_at=NINE)
            )
    return sitting
