"""训练计划, 期 and the calendar rows admins add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from storage.repositories.upsert import insert_for
from storage.states import BankId, PlanId, RoundId
from storage.tables import calendar_days, plan_banks, plans, round_questions, rounds


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan; `days` is "workdays" or ISO weekday digits, `at` is local to `timezone`."""

    id: PlanId
    name: str
    days: str
    at: time
    timezone: str
    question_count: int
    catch_up_days: int
    is_active: bool
    starts_on: date


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One plan on one local day."""

    id: RoundId
    plan_id: PlanId
    day: date
    opens_at: datetime
    closes_at: datetime
    settles_at: datetime
    settled_at: datetime | None
    size: int


_SIZE = (
    select(func.count())
    .select_from(round_questions)
    .where(round_questions.c.round_id == rounds.c.id)
    .correlate(rounds)
    .scalar_subquery()
)
_ROUND = select(
    rounds.c.id,
    rounds.c.plan_id,
    rounds.c.day,
    rounds.c.opens_at,
    rounds.c.closes_at,
    rounds.c.settles_at,
    rounds.c.settled_at,
    _SIZE.label("size"),
)


class Plans:
    """Statements about plans, rounds and calendar days."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        name: str,
        *,
        days: str,
        at: time,
        timezone: str,
        question_count: int,
        catch_up_days: int,
        starts_on: date,
        now: datetime,
    ) -> PlanId | None:
        """A new active plan; None where one of this name is there."""
        statement = insert_for(self._connection, plans).values(
            name=name,
            days=days,
            at=at,
            timezone=timezone,
            question_count=question_count,
            catch_up_days=catch_up_days,
            is_active=True,
            starts_on=starts_on,
            created_at=now,
        )
        statement = statement.on_conflict_do_nothing(index_elements=[plans.c.name])
        added = self._connection.execute(statement.returning(plans.c.id)).scalar_one_or_none()
        return PlanId(added) if added is not None else None

    def link_bank(self, plan_id: PlanId, bank_id: BankId) -> None:
        """Let a plan draw from a bank."""
        self._connection.execute(
            insert_for(self._connection, plan_banks)
            .values(plan_id=plan_id, bank_id=bank_id)
            .on_conflict_do_nothing()
        )

    def list_all(self) -> list[PlanRow]:
        """All plans in the order they were made."""
        rows = self._connection.execute(_PLAN.order_by(plans.c.id))
        return [PlanRow(**row._mapping) for row in rows]

    def find(self, plan_id: int) -> PlanRow | None:
        """One plan by id."""
        row = self._connection.execute(_PLAN.where(plans.c.id == plan_id)).one_or_none()
        return PlanRow(**row._mapping) if row is not None else None

    def change(self, plan_id: PlanId, **values: object) -> None:
        """Set columns of a plan."""
        self._connection.execute(update(plans).where(plans.c.id == plan_id).values(**values))

    def open_round(
        self,
        plan_id: PlanId,
        day: date,
        *,
        opens_at: datetime,
        closes_at: datetime,
        settles_at: datetime,
        version_ids: Sequence[int],
    ) -> RoundId | None:
        """Open the plan's round of a local day; None where it is open already."""
        statement = (
            insert_for(self._connection, rounds)
            .values(
                plan_id=plan_id,
                day=day,
                opens_at=opens_at,
                closes_at=closes_at,
                settles_at=settles_at,
            )
            .on_conflict_do_nothing(index_elements=[rounds.c.plan_id, rounds.c.day])
            .returning(rounds.c.id)
        )
        round_id = self._connection.execute(statement).scalar_one_or_none()
        if round_id is None:
            return None
        self._connection.execute(
            insert(round_questions),
            [
                {"round_id": round_id, "position": position, "version_id": version_id}
                for position, version_id in enumerate(version_ids)
            ],
        )
        return RoundId(round_id)

    def find_round(self, plan_id: PlanId, day: date) -> RoundRow | None:
        """The plan's round of a local day."""
        return self._one_round(rounds.c.plan_id == plan_id, rounds.c.day == day)

    def get_round(self, round_id: int) -> RoundRow | None:
        """One round by id."""
        return self._one_round(rounds.c.id == round_id)

    def _one_round(self, *where: ColumnElement[bool]) -> RoundRow | None:
        row = self._connection.execute(_ROUND.where(*where)).one_or_none()
        return RoundRow(**row._mapping) if row is not None else None

    def list_answerable(self, now: datetime) -> list[RoundRow]:
        """Rounds that still take answers, newest first."""
        rows = self._connection.execute(
            _ROUND.where(
                rounds.c.settled_at.is_(None), rounds.c.opens_at <= now, rounds.c.settles_at > now
            ).order_by(rounds.c.day.desc(), rounds.c.id.desc())
        )
        return [RoundRow(**row._mapping) for row in rows]

    def list_unsettled(self, now: datetime) -> list[RoundRow]:
        """Rounds whose catch-up is over but whose missed questions haven't been counted."""
        rows = self._connection.execute(
            _ROUND.where(rounds.c.settled_at.is_(None), rounds.c.settles_at <= now).order_by(
                rounds.c.settles_at
            )
        )
        return [RoundRow(**row._mapping) for row in rows]

    def settle(self, round_id: RoundId, now: datetime) -> bool:
        """Claim the settling of a round; False where it is settled already."""
        result = self._connection.execute(
            update(rounds)
            .where(rounds.c.id == round_id, rounds.c.settled_at.is_(None))
            .values(settled_at=now)
        )
        return result.rowcount == 1

    def list_round_versions(self, round_id: RoundId) -> list[int]:
        """The question versions of a round in order."""
        return list(
            self._connection.execute(
                select(round_questions.c.version_id)
                .where(round_questions.c.round_id == round_id)
                .order_by(round_questions.c.position)
            ).scalars()
        )

    def read_calendar(self) -> dict[date, bool]:
        """Days admins have marked: whether each is a workday."""
        rows = self._connection.execute(select(calendar_days.c.day, calendar_days.c.is_workday))
        return {row.day: row.is_workday for row in rows}


_PLAN = select(
    plans.c.id,
    plans.c.name,
    plans.c.days,
    plans.c.at,
    plans.c.timezone,
    plans.c.question_count,
    plans.c.catch_up_days,
    plans.c.is_active,
    plans.c.starts_on,
)
