"""What a watch over the house looks at, and what it remembers: replicas' pulses, incidents.

Pulses and incidents are rows beside the leases. A pulse says how a replica is, and until when it
counts as alive; an incident since when something has been wrong, and when it last was.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, delete, func, or_, select, text, update

from storage.repositories.deliveries import SENDER
from storage.repositories.upsert import insert_for
from storage.schema import HEAD
from storage.states import DeliveryState, PlanId
from storage.tables import (
    deliveries,
    leases,
    parked_updates,
    plans,
    polls,
    rounds,
    taken_updates,
)

_PULSE, _INCIDENT, _PUSHED = "alive:", "incident:", "pushed:"
_WAITING = (DeliveryState.PENDING.value, DeliveryState.RETRY.value)
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Pulse:
    """How a replica is: when it last ticked, handled an update and got a push away; updates in
    its hands, and of these held up; pushes of the last minute. Moments in whole seconds.
    """

    ticked_at: datetime
    handled_at: datetime | None = None
    pushed_at: datetime | None = None
    in_flight: int = 0
    waiting: int = 0
    last_minute: int = 0


@dataclass(frozen=True, slots=True)
class Replica:
    """A replica as it last said it was; alive until `until_at`."""

    name: str
    pulse: Pulse
    until_at: datetime


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits of one plan: not tried yet, and to be tried again."""

    plan_id: PlanId
    plan: str
    pending: int
    retry: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """How often something went wrong, and why; `kind`: failed, unknown or parked."""

    kind: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Engine:
    """The database; `size` in bytes, `schema` the version of our tables."""

    kind: str
    version: str
    size: int
    schema: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that is wrong since `started_at` and last was at `seen_at`."""

    kind: str
    started_at: datetime
    seen_at: datetime


class Watching:
    """Statements about how the house does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # What waits and what failed -------------------------------------------------------------

    def list_queues(self) -> list[Queue]:
        """What waits to be sent, due or not, by plan."""
        waiting = (
            select(deliveries.c.round_id, deliveries.c.state, func.count().label("count"))
            .where(deliveries.c.state.in_(_WAITING))
            .group_by(deliveries.c.round_id, deliveries.c.state)
            .subquery()
        )
        rows = self._connection.execute(
            select(rounds.c.plan_id, plans.c.name, waiting.c.state, func.sum(waiting.c.count))
            .select_from(
                waiting.join(rounds, rounds.c.id == waiting.c.round_id).join(
                    plans, plans.c.id == rounds.c.plan_id
                )
            )
            .group_by(rounds.c.plan_id, plans.c.name, waiting.c.state)
            .order_by(rounds.c.plan_id)
        )
        found: dict[int, Queue] = {}
        for plan_id, name, state, count in rows:
            known = found.get(plan_id) or Queue(PlanId(plan_id), name, 0, 0)
            pending, retry = known.pending, known.retry
            if state == DeliveryState.PENDING:
                pending += int(count)
            else:
                retry += int(count)
            found[plan_id] = Queue(known.plan_id, name, pending, retry)
        return list(found.values())

    def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the delivery waits that was due first; None where none is due."""
        due: list[datetime] = []
        for state in _WAITING:
            # State by state, each is the first entry of an index.
            first = (
                select(deliveries.c.due_at)
                .where(deliveries.c.state == state, deliveries.c.due_at <= now)
                .order_by(deliveries.c.due_at)
                .limit(1)
            )
            due += self._connection.execute(first).scalars()
        return min(due, default=None)

    def count_polls(self) -> int:
        """Polls to groups that wait to be sent."""
        waiting = select(func.count()).where(polls.c.state.in_(_WAITING))
        return int(self._connection.execute(waiting).scalar_one())

    def list_troubles(self, since: datetime) -> list[Trouble]:
        """What failed of what was due since then, and updates put aside; the most frequent
        first.
        """
        went_wrong = (DeliveryState.FAILED.value, DeliveryState.UNKNOWN.value)
        failed = self._connection.execute(
            select(deliveries.c.state, func.coalesce(deliveries.c.reason, ""), func.count())
            .where(deliveries.c.state.in_(went_wrong), deliveries.c.due_at >= since)
            .group_by(deliveries.c.state, deliveries.c.reason)
        )
        found = [Trouble(*row) for row in failed]
        parked = self._connection.execute(
            select(parked_updates.c.error, func.count())
            .where(parked_updates.c.parked_at >= since)
            .group_by(parked_updates.c.error)
        )
        found += [Trouble("parked", *row) for row in parked]
        return sorted(found, key=lambda trouble: (-trouble.count, trouble.kind, trouble.reason))

    def is_sending(self, now: datetime) -> bool:
        """Whether some replica is the one that sends."""
        held = select(leases.c.until_at).where(leases.c.name == SENDER, leases.c.until_at > now)
        return self._connection.execute(held).first() is not None

    def count_in_hand(self) -> int:
        """Updates in the hands of replicas that share one PostgreSQL."""
        if self._connection.dialect.name != "postgresql":
            return 0
        alive = taken_updates.c.until_at > func.statement_timestamp()
        in_hand = select(func.count()).where(alive, taken_updates.c.done_at.is_(None))
        return int(self._connection.execute(in_hand).scalar_one())

    def read_engine(self) -> Engine:
        """What the database is, and how large."""
        kind = self._connection.dialect.name
        if kind == "sqlite":
            version = self._scalar("SELECT sqlite_version()")
            pages = int(self._scalar("PRAGMA page_count"))
            size = pages * int(self._scalar("PRAGMA page_size"))
        else:
            version = self._scalar("SHOW server_version")
            size = int(self._scalar("SELECT pg_database_size(current_database())"))
        return Engine(kind, version, size, HEAD)

    def _scalar(self, statement: str) -> str:
        return str(self._connection.execute(text(statement)).scalar_one())

    # Replicas -------------------------------------------------------------------------------

    def beat(self, name: str, pulse: Pulse, until_at: datetime) -> None:
        """Say how a replica is."""
        values = {"holder": _packed(pulse), "until_at": until_at}
        self._connection.execute(
            insert_for(self._connection, leases)
            .values(name=_PULSE + name, **values)
            .on_conflict_do_update(index_elements=[leases.c.name], set_=values)
        )

    def leave(self, name: str) -> None:
        """A replica stops, and is missed by nobody."""
        self._connection.execute(delete(leases).where(leases.c.name == _PULSE + name))

    def list_replicas(self) -> list[Replica]:
        """All replicas that have a pulse, the dead ones too until they are forgotten."""
        rows = self._connection.execute(
            select(leases.c.name, leases.c.holder, leases.c.until_at)
            .where(leases.c.name.startswith(_PULSE, autoescape=True))
            .order_by(leases.c.name)
        )
        return [
            Replica(row.name.removeprefix(_PULSE), _unpacked(row.holder), row.until_at)
            for row in rows
        ]

    def forget_replicas(self, before: datetime) -> None:
        """Miss no longer those that died before then."""
        self._connection.execute(
            delete(leases).where(
                leases.c.name.startswith(_PULSE, autoescape=True), leases.c.until_at < before
            )
        )

    # Incidents ------------------------------------------------------------------------------

    def note_incident(self, kind: str, now: datetime) -> bool:
        """Something is wrong now; whether that is new."""
        added = self._connection.execute(
            insert_for(self._connection, leases)
            .values(name=_INCIDENT + kind, holder=str(int(now.timestamp())), until_at=now)
            .on_conflict_do_nothing()
            .returning(leases.c.name)
        )
        if added.first() is not None:
            return True
        self._connection.execute(
            update(leases).where(leases.c.name == _INCIDENT + kind).values(until_at=now)
        )
        return False

    def list_incidents(self) -> list[Incident]:
        """What is wrong, and what was until a short while ago."""
        rows = self._connection.execute(
            select(leases.c.name, leases.c.holder, leases.c.until_at)
            .where(leases.c.name.startswith(_INCIDENT, autoescape=True))
            .order_by(leases.c.name)
        )
        return [
            Incident(row.name.removeprefix(_INCIDENT), _moment(int(row.holder)), row.until_at)
            for row in rows
        ]

    def end_incident(self, kind: str) -> bool:
        """It is over; False where somebody else has said so."""
        ended = self._connection.execute(
            delete(leases).where(leases.c.name == _INCIDENT + kind).returning(leases.c.name)
        )
        return ended.first() is not None

    # Pushes that ended ----------------------------------------------------------------------

    def claim_pushed(self, now: datetime, age: timedelta) -> bool:
        """Whether a round that opened within `age` has been sent to everybody: once a round."""
        waiting = select(deliveries.c.id).where(
            deliveries.c.round_id == rounds.c.id,
            or_(
                deliveries.c.state.in_([DeliveryState.RETRY.value, DeliveryState.SENDING.value]),
                and_(
                    deliveries.c.state == DeliveryState.PENDING.value, deliveries.c.due_at <= now
                ),
            ),
        )
        ended = self._connection.execute(
            select(rounds.c.id)
            .where(rounds.c.opens_at > now - age, rounds.c.opens_at <= now, ~waiting.exists())
            .order_by(rounds.c.id)
        ).scalars()
        names = [f"{_PUSHED}{round_id}" for round_id in ended]
        self._connection.execute(
            delete(leases).where(
                leases.c.name.startswith(_PUSHED, autoescape=True), leases.c.until_at < now
            )
        )
        if not names:
            return False
        claimed = self._connection.execute(
            insert_for(self._connection, leases)
            .values([{"name": name, "holder": _NONE, "until_at": now + 2 * age} for name in names])
            .on_conflict_do_nothing()
            .returning(leases.c.name)
        )
        return claimed.first() is not None


def _packed(pulse: Pulse) -> str:
    """The pulse as a lease's holder, of at most 64 characters."""
    parts = astuple(pulse)
    said = [int(p.timestamp()) if isinstance(p, datetime) else p for p in parts]
    return " ".join(_NONE if part is None else str(part) for part in said)


def _unpacked(holder: str) -> Pulse:
    parts = holder.split()
    moments = [None if part == _NONE else _moment(int(part)) for part in parts[:3]]
    ticked_at, handled_at, pushed_at = moments
    if ticked_at is None:
        raise ValueError("a pulse without a tick")
    in_flight, waiting, last_minute = map(int, parts[3:])
    return Pulse(ticked_at, handled_at, pushed_at, in_flight, waiting, last_minute)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
