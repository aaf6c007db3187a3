"""How rounds stand: what became of every delivery of a round, who began and who finished.

Of people in sight only; what they answered is nobody's business here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select, true

from storage.repositories.leaves import ON_LEAVE, OUT_OF_REACH
from storage.repositories.polls import PollState
from storage.repositories.windows import Departments
from storage.states import DeliveryKind, DeliveryState, PersonId, PlanId, RoundId
from storage.tables import (
    deliveries,
    departments,
    groups,
    people,
    plans,
    polls,
    round_totals,
    rounds,
    sittings,
)


class Part(StrEnum):
    """A list of people of a round. The first seven divide its roll; of those whom it reached,
    the others say how far they are.
    """

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"
    LEAVE = "leave"
    QUIET = "quiet"  # their own hours left no time for it
    FINISHED = "finished"
    BEGUN = "begun"  # and not finished
    UNBEGUN = "unbegun"  # it reached them, or may have


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list; `due` people of those in sight, `finished` of them."""

    id: RoundId
    plan: str
    day: date
    closes_at: datetime
    settles_at: datetime
    due: int
    finished: int


@dataclass(frozen=True, slots=True)
class RoundHead:
    """A round with what its plan says of reminders and polls."""

    id: RoundId
    plan_id: PlanId
    plan: str
    timezone: str
    day: date
    opens_at: datetime
    closes_at: datetime
    settles_at: datetime
    has_reminder: bool
    reminded_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """Somebody on a round's roll; `reason` as the delivery has it."""

    id: PersonId
    name: str
    department: str | None
    reason: str | None
    unreachable_at: datetime | None


class Standings:
    """Statements about how rounds stand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_latest(
        self, among: Departments, limit: int, plan_id: int | None = None
    ) -> list[RoundLine]:
        """The last rounds that were meant for anybody in sight, of all plans or of one."""
        wanted = select(rounds.c.id).order_by(rounds.c.day.desc(), rounds.c.id.desc())
        if plan_id is not None:
            wanted = wanted.where(rounds.c.plan_id == plan_id)
        if among is not None:
            due = select(round_totals.c.due).where(
                round_totals.c.round_id == rounds.c.id,
                round_totals.c.department_id.in_(among),
                round_totals.c.due > 0,
            )
            wanted = wanted.where(due.exists())
        latest = list(self._connection.execute(wanted.limit(limit)).scalars())
        rows = self._connection.execute(
            _LINE.where(rounds.c.id.in_(latest), _in_sight(round_totals.c.department_id, among))
            .group_by(rounds.c.id, plans.c.name)
            .order_by(rounds.c.day.desc(), rounds.c.id.desc())
        )
        return [RoundLine(**row._mapping) for row in rows]

    def find_head(self, round_id: int) -> RoundHead | None:
        """One round by id."""
        row = self._connection.execute(_HEAD.where(rounds.c.id == round_id)).one_or_none()
        return RoundHead(**row._mapping) if row is not None else None

    def count(self, round_id: RoundId, among: Departments) -> dict[Part, int]:
        """How many people in sight are on each list of a round; lists with nobody are left out."""
        rows = self._connection.execute(
            _roll(among, _PLACE.label("place"), _PROGRESS.label("progress"), func.count())
            .where(deliveries.c.round_id == round_id)
            .group_by(_PLACE, _PROGRESS)
        )
        counted: dict[Part, int] = {}
        for place, progress, count in rows:
            parts = [Part(place), Part(progress)]
            if parts[1] is Part.UNBEGUN and parts[0] not in _REACHED:
                parts.pop()
            for part in parts:
                counted[part] = counted.get(part, 0) + count
        return counted

    def list_people(
        self, round_id: RoundId, among: Departments, part: Part, *, offset: int, limit: int
    ) -> list[PersonStanding]:
        """A page of the people on one list, by department and name."""
        statement = _roll(
            among,
            people.c.id,
            people.c.name,
            departments.c.name.label("department"),
            deliveries.c.reason,
            people.c.unreachable_at,
        )
        rows = self._connection.execute(
            statement.where(deliveries.c.round_id == round_id, *_belongs(part))
            .order_by(people.c.department_id, people.c.name, people.c.id)
            .offset(offset)
            .limit(limit)
        )
        return [PersonStanding(**row._mapping) for row in rows]

    def count_reminders(self, round_id: RoundId, among: Departments) -> Mapping[str, int]:
        """What became of a round's reminders to people in sight, by place."""
        rows = self._connection.execute(
            select(_PLACE, func.count())
            .join_from(deliveries, people, people.c.id == deliveries.c.person_id)
            .where(
                deliveries.c.round_id == round_id,
                deliveries.c.kind == DeliveryKind.REMINDER.value,
                _in_sight(people.c.department_id, among),
            )
            .group_by(_PLACE)
        )
        return {str(place): int(count) for place, count in rows}

    def list_polls(self, round_id: RoundId, among: Departments) -> list[PollState]:
        """How a round's polls to groups of departments in sight stand."""
        rows = self._connection.execute(
            select(groups.c.title, polls.c.state, polls.c.reason)
            .join_from(polls, groups, groups.c.id == polls.c.group_id)
            .where(polls.c.round_id == round_id, _in_sight(groups.c.department_id, among))
            .order_by(groups.c.id)
        )
        return [PollState(row.title, DeliveryState(row.state), row.reason) for row in rows]


_REACHED = (Part.SENT, Part.UNKNOWN)
_IS_LOST = deliveries.c.reason.in_(OUT_OF_REACH)
_PLACE = case(
    (deliveries.c.state == DeliveryState.SENT.value, Part.SENT.value),
    (deliveries.c.state == DeliveryState.UNKNOWN.value, Part.UNKNOWN.value),
    (
        deliveries.c.state == DeliveryState.FAILED.value,
        case((_IS_LOST, Part.UNREACHABLE.value), else_=Part.FAILED.value),
    ),
    (deliveries.c.state != DeliveryState.SKIPPED.value, Part.WAITING.value),
    (deliveries.c.reason == ON_LEAVE, Part.LEAVE.value),
    (_IS_LOST, Part.UNREACHABLE.value),
    else_=Part.QUIET.value,
)
_PROGRESS = case(
    (sittings.c.id.is_(None), Part.UNBEGUN.value),
    (sittings.c.is_finished.is_(True), Part.FINISHED.value),
    else_=Part.BEGUN.value,
)
_LINE = select(
    rounds.c.id,
    plans.c.name.label("plan"),
    rounds.c.day,
    rounds.c.closes_at,
    rounds.c.settles_at,
    func.sum(func.coalesce(round_totals.c.due, 0)).label("due"),
    func.sum(func.coalesce(round_totals.c.finished, 0)).label("finished"),
).select_from(
    rounds.join(plans, plans.c.id == rounds.c.plan_id).outerjoin(
        round_totals, round_totals.c.round_id == rounds.c.id
    )
)
_HEAD = select(
    rounds.c.id,
    rounds.c.plan_id,
    plans.c.name.label("plan"),
    plans.c.timezone,
    rounds.c.day,
    rounds.c.opens_at,
    rounds.c.closes_at,
    rounds.c.settles_at,
    plans.c.remind_at.is_not(None).label("has_reminder"),
    rounds.c.reminded_at,
).join_from(rounds, plans, plans.c.id == rounds.c.plan_id)


def _roll(among: Departments, *columns: Any) -> Select[Any]:
    """These columns of everybody in sight on rolls, with their sittings."""
    return (
        select(*columns)
        .select_from(
            deliveries.join(people, people.c.id == deliveries.c.person_id)
            .outerjoin(departments, departments.c.id == people.c.department_id)
            .outerjoin(
                sittings,
                and_(
                    sittings.c.round_id == deliveries.c.round_id,
                    sittings.c.person_id == deliveries.c.person_id,
                ),
            )
        )
        .where(
            deliveries.c.kind == DeliveryKind.ROUND.value,
            _in_sight(people.c.department_id, among),
        )
    )


def _in_sight(column: ColumnElement[Any], among: Departments) -> ColumnElement[bool]:
    return true() if among is None else column.in_(among)


def _belongs(part: Part) -> tuple[ColumnElement[bool], ...]:
    if part is Part.UNBEGUN:
        return _PROGRESS.in_([part.value]), _PLACE.in_([place.value for place in _REACHED])
    return ((_PROGRESS if part in (Part.FINISHED, Part.BEGUN) else _PLACE) == part.value,)
