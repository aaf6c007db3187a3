"""推送: one row per person and round, claimed by lease, sent at most once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, func, literal, or_, select, update

from storage.repositories.upsert import insert_for
from storage.states import DeliveryId, DeliveryKind, DeliveryState, PersonId, RoundId
from storage.tables import deliveries, leases, people, round_questions, rounds

SENDER = "sender"  # the lease of whoever drains the deliveries
_WAITING = (DeliveryState.PENDING, DeliveryState.RETRY)


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """A claimed delivery with what its card needs."""

    id: DeliveryId
    kind: DeliveryKind
    round_id: RoundId
    person_id: PersonId
    chat_id: int
    attempts: int
    day: date
    size: int
    closes_at: datetime
    settles_at: datetime


class Deliveries:
    """Statements about deliveries."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_for_everyone(self, round_id: RoundId, kind: DeliveryKind, due_at: datetime) -> int:
        """One pending delivery to every active, reachable person who joined before `due_at`."""
        audience = select(
            literal(round_id),
            people.c.id,
            literal(kind.value),
            literal(DeliveryState.PENDING.value),
            literal(due_at, deliveries.c.due_at.type),
            literal(0),
        ).where(
            people.c.is_active.is_(True),
            people.c.unreachable_at.is_(None),
            people.c.joined_at <= due_at,
        )
        columns = ["round_id", "person_id", "kind", "state", "due_at", "attempts"]
        result = self._connection.execute(
            insert_for(self._connection, deliveries)
            .from_select(columns, audience)
            .on_conflict_do_nothing(),
            execution_options={"preserve_rowcount": True},
        )
        return result.rowcount

    def claim(self, holder: str, now: datetime, until: datetime, limit: int) -> list[DueDelivery]:
        """Lease up to `limit` due deliveries, oldest first."""
        due = (
            select(deliveries.c.id)
            .where(
                deliveries.c.state.in_(_WAITING),
                deliveries.c.due_at <= now,
                or_(deliveries.c.leased_until.is_(None), deliveries.c.leased_until < now),
            )
            .order_by(deliveries.c.due_at, deliveries.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = self._connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(due.scalar_subquery()), deliveries.c.state.in_(_WAITING))
            .values(leased_by=holder, leased_until=until)
            .returning(deliveries.c.id)
        ).scalars()
        ids = list(claimed)
        return self._read(ids) if ids else []

    def _read(self, ids: list[int]) -> list[DueDelivery]:
        size = (
            select(func.count())
            .select_from(round_questions)
            .where(round_questions.c.round_id == deliveries.c.round_id)
            .correlate(deliveries)
            .scalar_subquery()
        )
        rows = self._connection.execute(
            select(
                deliveries.c.id,
                deliveries.c.kind,
                deliveries.c.round_id,
                deliveries.c.person_id,
                people.c.chat_id,
                deliveries.c.attempts,
                rounds.c.day,
                size.label("size"),
                rounds.c.closes_at,
                rounds.c.settles_at,
            )
            .select_from(
                deliveries.join(people, people.c.id == deliveries.c.person_id).join(
                    rounds, rounds.c.id == deliveries.c.round_id
                )
            )
            .where(deliveries.c.id.in_(ids))
            .order_by(deliveries.c.due_at, deliveries.c.id)
        )
        return [DueDelivery(**{**row._mapping, "kind": DeliveryKind(row.kind)}) for row in rows]

    def begin(self, delivery_id: DeliveryId, holder: str) -> bool:
        """Write `sending` before the request leaves; False where the lease was lost."""
        result = self._connection.execute(_BEGIN, {"delivery_id": delivery_id, "holder": holder})
        return result.rowcount == 1

    def mark_sent(self, delivery_id: DeliveryId, message_id: int) -> None:
        """The message is in the chat."""
        self._finish(delivery_id, DeliveryState.SENT, message_id=message_id, reason=None)

    def mark_retry(self, delivery_id: DeliveryId, due_at: datetime, reason: str) -> None:
        """It surely was not sent: due again later."""
        self._finish(delivery_id, DeliveryState.RETRY, due_at=due_at, reason=reason)

    def mark_failed(self, delivery_id: DeliveryId, reason: str) -> None:
        """It can't be sent."""
        self._finish(delivery_id, DeliveryState.FAILED, reason=reason)

    def mark_unknown(self, delivery_id: DeliveryId) -> None:
        """It may have arrived: never sent again by itself."""
        self._finish(delivery_id, DeliveryState.UNKNOWN, reason="unknown")

    def _finish(self, delivery_id: DeliveryId, state: DeliveryState, **values: object) -> None:
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.id == delivery_id)
            .values(state=state, leased_by=None, leased_until=None, **values)
        )

    def recover(self, now: datetime) -> int:
        """Mark what a dead sender was in the middle of sending as unknown."""
        result = self._connection.execute(
            update(deliveries)
            .where(deliveries.c.state == DeliveryState.SENDING, deliveries.c.leased_until < now)
            .values(state=DeliveryState.UNKNOWN, reason="interrupted", leased_by=None)
        )
        return result.rowcount

    def recover_all(self) -> None:
        """The same for a database that only this process sends from; all leases are void."""
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.state == DeliveryState.SENDING)
            .values(state=DeliveryState.UNKNOWN, reason="interrupted")
        )
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.leased_by.is_not(None))
            .values(leased_by=None, leased_until=None)
        )
        self._connection.execute(delete(leases).where(leases.c.name == SENDER))

    def release(self, delivery_id: DeliveryId, holder: str) -> None:
        """Give back what was claimed and not begun."""
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.id == delivery_id, deliveries.c.leased_by == holder)
            .values(leased_by=None, leased_until=None)
        )

    def confirm(self, round_id: RoundId, person_id: PersonId) -> None:
        """A tap on the push proves that it arrived, where that was not known."""
        self._connection.execute(
            update(deliveries)
            .where(
                deliveries.c.round_id == round_id,
                deliveries.c.person_id == person_id,
                deliveries.c.state == DeliveryState.UNKNOWN,
            )
            .values(state=DeliveryState.SENT, reason=None)
        )

    def cancel_for(self, person_id: PersonId, reason: str) -> None:
        """Give up what still waits for a person who can't be reached."""
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.person_id == person_id, deliveries.c.state.in_(_WAITING))
            .values(state=DeliveryState.FAILED, reason=reason)
        )

    def count_by_state(self, round_id: RoundId) -> dict[DeliveryState, int]:
        """How many deliveries of a round are in each state."""
        rows = self._connection.execute(
            select(deliveries.c.state, func.count())
            .where(deliveries.c.round_id == round_id, deliveries.c.kind == DeliveryKind.ROUND)
            .group_by(deliveries.c.state)
        )
        return {DeliveryState(state): count for state, count in rows}


_BEGIN = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("delivery_id"),
        deliveries.c.leased_by == bindparam("holder"),
        deliveries.c.state.in_(_WAITING),
    )
    .values(state=DeliveryState.SENDING, attempts=deliveries.c.attempts + 1)
)
