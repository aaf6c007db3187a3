"""训练计划, 期 and the calendar rows admins add."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from questions.selection import Quota
from storage.repositories.audience import EVERYBODY, Audience
from storage.repositories.upsert import insert_for
from storage.states import BankId, PersonId, PlanId, RoundId
from storage.tables import calendar_days, leases, plan_banks, plans, round_questions, rounds

HOUSE_ZONE = "timezone"  # the row that says which zone the house had at its last start


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan; `days` is "workdays" or ISO weekday digits, `at` is local to `timezone`.

    A single round has `starts_on == ends_on`, a campaign both dates apart. `open_hours` None:
    open until the next round takes over; `remind_at` None: no reminder; `own_time_until`: people
    may choose a push time between `at` and this. `ended_at`: no more rounds, for good.
    """

    id: PlanId
    name: str
    days: str
    at: time
    timezone: str
    question_count: int
    catch_up_days: int
    is_active: bool
    starts_on: date
    ends_on: date | None = None
    open_hours: int | None = None
    remind_at: time | None = None
    own_time_until: time | None = None
    quotas: tuple[Quota, ...] = ()
    audience: Audience = EVERYBODY
    has_polls: bool = False
    owner_id: PersonId | None = None
    ended_at: datetime | None = None


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
        is_active: bool = True,
        **more: object,
    ) -> PlanId | None:
        """A new plan, with `more` of PlanRow's values; None where one of this name is there."""
        statement = insert_for(self._connection, plans).values(
            name=name,
            days=days,
            at=at,
            timezone=timezone,
            question_count=question_count,
            catch_up_days=catch_up_days,
            is_active=is_active,
            starts_on=starts_on,
            created_at=now,
            **_columns(more),
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

    def list_banks(self, plan_id: PlanId) -> list[BankId]:
        """The banks a plan draws from."""
        statement = select(plan_banks.c.bank_id).where(plan_banks.c.plan_id == plan_id)
        return list(self._connection.execute(statement.order_by(plan_banks.c.bank_id)).scalars())

    def unlink_bank(self, plan_id: PlanId, bank_id: BankId) -> None:
        """Let a plan draw from a bank no more."""
        self._connection.execute(
            delete(plan_banks).where(
                plan_banks.c.plan_id == plan_id, plan_banks.c.bank_id == bank_id
            )
        )

    def list_all(self) -> list[PlanRow]:
        """All plans in the order they were made."""
        return [_plan(row) for row in self._connection.execute(_PLAN.order_by(plans.c.id))]

    def find(self, plan_id: int) -> PlanRow | None:
        """One plan by id."""
        row = self._connection.execute(_PLAN.where(plans.c.id == plan_id)).one_or_none()
        return _plan(row) if row is not None else None

    def lock(self, plan_id: int) -> PlanRow | None:
        """One plan, let alone by every other transaction until this one ends."""
        statement = _PLAN.where(plans.c.id == plan_id).with_for_update()
        row = self._connection.execute(statement).one_or_none()
        return _plan(row) if row is not None else None

    def change(self, plan_id: PlanId, **values: object) -> None:
        """Set columns of a plan; `quotas` and `audience` as PlanRow has them."""
        self._connection.execute(
            update(plans).where(plans.c.id == plan_id).values(**_columns(values))
        )

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

    def has_rounds(self, plan_id: PlanId) -> bool:
        """Whether the plan ever had a round."""
        statement = select(rounds.c.id).where(rounds.c.plan_id == plan_id).limit(1)
        return self._connection.execute(statement).first() is not None

    def last_round_day(self, plan_id: PlanId) -> date | None:
        """The local day of the plan's newest round."""
        statement = select(rounds.c.day).where(rounds.c.plan_id == plan_id)
        newest = statement.order_by(rounds.c.day.desc()).limit(1)
        return self._connection.execute(newest).scalar_one_or_none()

    def find_named(self, name: str) -> PlanId | None:
        """The plan of this name."""
        found = self._connection.execute(
            select(plans.c.id).where(plans.c.name == name)
        ).scalar_one_or_none()
        return PlanId(found) if found is not None else None

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

    def list_running(self, day: date) -> list[PlanRow]:
        """Plans that may have a round on a day or the ones beside it, in other time zones."""
        beside = timedelta(days=1)
        rows = self._connection.execute(
            _PLAN.where(
                plans.c.is_active.is_(True),
                plans.c.ended_at.is_(None),
                plans.c.starts_on <= day + beside,
                or_(plans.c.ends_on.is_(None), plans.c.ends_on >= day - beside),
            ).order_by(plans.c.id)
        )
        return [_plan(row) for row in rows]

    def list_opened(self, plan_ids: Collection[PlanId], day: date) -> set[PlanId]:
        """Which of these plans have their round of a local day."""
        rows = self._connection.execute(
            select(rounds.c.plan_id).where(rounds.c.plan_id.in_(plan_ids), rounds.c.day == day)
        )
        return {PlanId(plan_id) for plan_id in rows.scalars()}

    def list_unreminded(self, now: datetime) -> list[RoundRow]:
        """Open rounds of running plans with reminders that have not been written."""
        rows = self._connection.execute(
            _ROUND.join_from(rounds, plans, plans.c.id == rounds.c.plan_id)
            .where(
                rounds.c.settled_at.is_(None),
                rounds.c.settles_at > now,
                rounds.c.reminded_at.is_(None),
                rounds.c.closes_at > now,
                plans.c.remind_at.is_not(None),
                plans.c.is_active.is_(True),
                plans.c.ended_at.is_(None),
            )
            .order_by(rounds.c.id)
        )
        return [RoundRow(**row._mapping) for row in rows]

    def claim_reminder(self, round_id: RoundId, now: datetime) -> bool:
        """Claim the reminding of a round; False where somebody did."""
        result = self._connection.execute(
            update(rounds)
            .where(rounds.c.id == round_id, rounds.c.reminded_at.is_(None))
            .values(reminded_at=now)
        )
        return result.rowcount == 1

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

    def swap_house_zone(self, timezone: str, now: datetime) -> str | None:
        """Remember the house's time zone; the one remembered before, if any."""
        before: str | None = self._connection.execute(
            select(leases.c.holder).where(leases.c.name == HOUSE_ZONE)
        ).scalar_one_or_none()
        values = {"holder": timezone, "until_at": now}
        self._connection.execute(
            insert_for(self._connection, leases)
            .values(name=HOUSE_ZONE, **values)
            .on_conflict_do_update(index_elements=[leases.c.name], set_=values)
        )
        return before

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
    plans.c.ends_on,
    plans.c.open_hours,
    plans.c.remind_at,
    plans.c.own_time_until,
    plans.c.quotas,
    plans.c.audience,
    plans.c.has_polls,
    plans.c.owner_id,
    plans.c.ended_at,
)


def _plan(row: Row[*tuple[Any, ...]]) -> PlanRow:
    values = dict(row._mapping)
    values["quotas"] = tuple(Quota(**quota) for quota in values["quotas"] or ())
    values["audience"] = Audience.restored(values["audience"] or {})
    return PlanRow(**values)


def _columns(values: Mapping[str, object]) -> dict[str, object]:
    """Values of PlanRow as the columns store them."""
    columns = dict(values)
    quotas, audience = columns.get("quotas"), columns.get("audience")
    if isinstance(quotas, tuple):
        columns["quotas"] = [asdict(quota) for quota in quotas]
    if isinstance(audience, Audience):
        columns["audience"] = audience.stored()
    return columns
