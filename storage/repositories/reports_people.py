"""People's part in the rounds of some days, added up as totals are: see `Totals.add_missed`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Subquery, and_, case, func, or_, select

from questions.models import Outcome
from questions.scoring import POINTS
from storage.repositories.leaves import ON_LEAVE
from storage.repositories.totals_rounds import UNCHARGED
from storage.repositories.windows import Days, Departments, department_of, within
from storage.states import DeliveryKind, DeliveryState, DepartmentId, PersonId, Role
from storage.tables import (
    answers,
    deliveries,
    people,
    question_versions,
    round_questions,
    rounds,
    sittings,
)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person and their part in the rounds of some days.

    `due` rounds asked `asked` questions, `away` ones fell into leave; `offered` counts what
    was answered and, in settled rounds whose push arrived, what was not.
    """

    id: PersonId
    name: str
    department_id: DepartmentId
    role: Role
    is_active: bool
    due: int
    away: int
    asked: int
    began: int
    answered: int
    right: int
    points: int
    offered: int


def list_people(
    connection: Connection, days: Days, among: Departments, *, after: int, limit: int
) -> list[PersonLine]:
    """People by id after `after`: active ones, and those who were due in these days."""
    rows = connection.execute(_people(among, days, after, limit)).all()
    ids = [row.id for row in rows]
    roll = {row.person_id: row for row in connection.execute(_roll(days, ids))}
    given = {row.person_id: row for row in connection.execute(_given(days, ids))}
    return [_person(row, roll.get(row.id), given.get(row.id)) for row in rows]


def _people(among: Departments, days: Days, after: int, limit: int) -> Select[Any]:
    """Active people, and others that were on a roll of these days."""
    was_due = (
        select(deliveries.c.id)
        .join(rounds, rounds.c.id == deliveries.c.round_id)
        .where(deliveries.c.person_id == people.c.id, *within(days))
        .correlate(people)
        .exists()
    )
    statement = select(
        people.c.id,
        people.c.name,
        department_of(people.c.department_id).label("department_id"),
        people.c.role,
        people.c.is_active,
    ).where(people.c.id > after, or_(people.c.is_active.is_(True), was_due))
    if among is not None:
        statement = statement.where(people.c.department_id.in_(among))
    return statement.order_by(people.c.id).limit(limit)


_IS_VOIDED = question_versions.c.voided_at.is_not(None)


def _sat(days: Days, ids: Collection[int]) -> Subquery:
    """Sittings of some people, with what each earned."""
    is_answered = answers.c.answered_at.is_not(None)
    return (
        select(
            sittings.c.round_id,
            sittings.c.person_id,
            sittings.c.size,
            func.count(answers.c.answered_at).label("answered"),
            func.count().filter(answers.c.outcome == Outcome.RIGHT.value).label("right"),
            func.coalesce(func.sum(answers.c.points), 0).label("points"),
            func.coalesce(func.sum(answers.c.offered), 0).label("offered"),
            func.count().filter(_IS_VOIDED & ~is_answered).label("voided"),
        )
        .select_from(
            sittings.join(rounds, rounds.c.id == sittings.c.round_id)
            .join(answers, answers.c.sitting_id == sittings.c.id)
            .join(question_versions, question_versions.c.id == answers.c.version_id)
        )
        .where(sittings.c.person_id.in_(ids), *within(days))
        .group_by(sittings.c.id, sittings.c.round_id, sittings.c.person_id, sittings.c.size)
        .subquery()
    )


def _given(days: Days, ids: Collection[int]) -> Select[Any]:
    """What people answered."""
    sat = _sat(days, ids)
    sums = (
        func.sum(sat.c[name]).label(name) for name in ("answered", "right", "points", "offered")
    )
    began = func.count().filter(sat.c.answered > 0).label("began")
    return select(sat.c.person_id, began, *sums).group_by(sat.c.person_id)


def _asked(days: Days) -> Subquery:
    """Rounds with their questions and the voided ones."""
    return (
        select(
            round_questions.c.round_id,
            func.count().label("size"),
            func.count().filter(_IS_VOIDED).label("voided"),
        )
        .select_from(
            round_questions.join(rounds, rounds.c.id == round_questions.c.round_id).join(
                question_versions, question_versions.c.id == round_questions.c.version_id
            )
        )
        .where(*within(days))
        .group_by(round_questions.c.round_id)
        .subquery()
    )


def _roll(days: Days, ids: Collection[int]) -> Select[Any]:
    """What people were asked, and what they left unanswered in settled rounds that reached them.

    It is charged as `Totals.add_missed` charges it.
    """
    sat = _sat(days, ids)
    asked = _asked(days)
    state, reason = deliveries.c.state, func.coalesce(deliveries.c.reason, "")
    is_due = state != DeliveryState.SKIPPED.value
    is_away = ~is_due & (reason == ON_LEAVE)
    has_arrived = (state == DeliveryState.SENT.value) | (
        (state == DeliveryState.UNKNOWN.value) & sat.c.person_id.is_not(None)
    )
    is_charged = rounds.c.settled_at.is_not(None) & has_arrived & (reason != UNCHARGED)
    left = func.coalesce(sat.c.size, asked.c.size) - func.coalesce(sat.c.answered, 0)
    voided = func.coalesce(sat.c.voided, asked.c.voided)
    return (
        select(
            deliveries.c.person_id,
            func.count().filter(is_due).label("due"),
            func.count().filter(is_away).label("away"),
            func.sum(case((is_due, asked.c.size), else_=0)).label("asked"),
            func.sum(case((is_charged, left), else_=0)).label("left"),
            func.sum(case((is_charged, voided), else_=0)).label("voided"),
        )
        .select_from(
            deliveries.join(rounds, rounds.c.id == deliveries.c.round_id)
            .join(asked, asked.c.round_id == rounds.c.id)
            .outerjoin(
                sat,
                and_(sat.c.round_id == rounds.c.id, sat.c.person_id == deliveries.c.person_id),
            )
        )
        .where(
            deliveries.c.person_id.in_(ids),
            deliveries.c.kind == DeliveryKind.ROUND.value,
            *within(days),
        )
        .group_by(deliveries.c.person_id)
    )


def _person(
    row: Row[*tuple[Any, ...]],
    roll: Row[*tuple[Any, ...]] | None,
    given: Row[*tuple[Any, ...]] | None,
) -> PersonLine:
    """A line of what the three statements found."""
    left, voided = (roll.left, roll.voided) if roll is not None else (0, 0)
    points, offered = (given.points, given.offered) if given is not None else (0, 0)
    return PersonLine(
        id=PersonId(row.id),
        name=row.name,
        department_id=DepartmentId(row.department_id),
        role=Role(row.role),
        is_active=row.is_active,
        due=roll.due if roll is not None else 0,
        away=roll.away if roll is not None else 0,
        asked=int(roll.asked) if roll is not None else 0,
        began=given.began if given is not None else 0,
        answered=int(given.answered) if given is not None else 0,
        right=int(given.right) if given is not None else 0,
        points=int(points) + int(voided) * POINTS,
        offered=int(offered) + int(left) * POINTS,
    )
