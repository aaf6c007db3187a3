"""推送: one row per person and round, claimed by lease, sent at most once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    bindparam,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)

from storage.repositories.totals_rounds import UNCHARGED
from storage.states import DeliveryId, DeliveryKind, DeliveryState, PersonId, RoundId
from storage.tables import (
    deliveries,
    leases,
    people,
    plans,
    round_questions,
    rounds,
    sittings,
)

SENDER = "sender"  # the lease of whoever drains the deliveries
_WAITING = (DeliveryState.PENDING, DeliveryState.RETRY)
# No lease lasts so long: it was written before the clock was set back.
_LONGEST_LEASE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """A claimed delivery with what its card needs; times are shown in the plan's time zone."""

    id: DeliveryId
    kind: DeliveryKind
    round_id: RoundId
    person_id: PersonId
    chat_id: int
    attempts: int
    day: date
    size: int
    due_at: datetime
    opens_at: datetime
    closes_at: datetime
    settles_at: datetime
    plan: str
    timezone: str


class Deliveries:
    """Statements about deliveries."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, holder: str, now: datetime, until: datetime, limit: int) -> list[DueDelivery]:
        """Lease up to `limit` due deliveries: those to be tried again, then the oldest.

        What would remind people of a round that they have finished meanwhile is dropped, and
        what is for people deactivated meanwhile.
        """
        while ids := self._lease_oldest(holder, now, until, limit):
            dropped = self._drop_finished(ids) | self._drop_deactivated(ids)
            if len(dropped) < len(ids):
                return self._read([item for item in ids if item not in dropped])
        return []

    def _lease_oldest(self, holder: str, now: datetime, until: datetime, limit: int) -> list[int]:
        ids: list[int] = []
        for state in (DeliveryState.RETRY, DeliveryState.PENDING):
            # State by state, the index gives them in order: thousands more may wait behind.
            if len(ids) < limit:
                ids += self._lease(state, holder, now, until, limit - len(ids))
        return ids

    def _drop_finished(self, ids: Collection[int]) -> set[int]:
        """Skip those of these that say a finished round again; which ones."""
        has_finished = (
            select(sittings.c.id)
            .where(
                sittings.c.round_id == deliveries.c.round_id,
                sittings.c.person_id == deliveries.c.person_id,
                sittings.c.is_finished.is_(True),
            )
            .correlate(deliveries)
            .exists()
        )
        dropped = self._connection.execute(
            update(deliveries)
            .where(
                deliveries.c.id.in_(ids),
                deliveries.c.kind != DeliveryKind.ROUND.value,
                has_finished,
            )
            .values(
                state=DeliveryState.SKIPPED, reason="finished", leased_by=None, leased_until=None
            )
            .returning(deliveries.c.id)
        )
        return set(dropped.scalars())

    def _drop_deactivated(self, ids: Collection[int]) -> set[int]:
        """Give up those of these whose people get nothing any more; which ones."""
        gone = select(people.c.id).where(
            people.c.id == deliveries.c.person_id, people.c.is_active.is_(False)
        )
        dropped = self._connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(ids), gone.exists())
            .values(
                state=DeliveryState.FAILED,
                reason="deactivated",
                leased_by=None,
                leased_until=None,
            )
            .returning(deliveries.c.id)
        )
        return set(dropped.scalars())

    def _lease(
        self, state: DeliveryState, holder: str, now: datetime, until: datetime, limit: int
    ) -> list[int]:
        due = (
            select(deliveries.c.id)
            .where(deliveries.c.state == state, deliveries.c.due_at <= now, _is_free(now))
            .order_by(deliveries.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = self._connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(due.scalar_subquery()), deliveries.c.state == state)
            .values(leased_by=holder, leased_until=until)
            .returning(deliveries.c.id)
        )
        return list(claimed.scalars())

    def renew(self, delivery_ids: Collection[DeliveryId], holder: str, until: datetime) -> None:
        """Keep what is in hand, however long it waits for its turn or for its answer."""
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(delivery_ids), deliveries.c.leased_by == holder)
            .values(leased_until=until)
        )

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
                deliveries.c.due_at,
                rounds.c.opens_at,
                rounds.c.closes_at,
                rounds.c.settles_at,
                plans.c.name.label("plan"),
                plans.c.timezone,
            )
            .select_from(
                deliveries.join(people, people.c.id == deliveries.c.person_id)
                .join(rounds, rounds.c.id == deliveries.c.round_id)
                .join(plans, plans.c.id == rounds.c.plan_id)
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
        values = {"delivery_id": delivery_id, "sent_as": message_id}
        self._connection.execute(_MARK_SENT, values)

    def mark_retry(self, delivery_id: DeliveryId, due_at: datetime, reason: str) -> None:
        """It surely was not sent: due again later."""
        self._finish(delivery_id, DeliveryState.RETRY, due_at=due_at, reason=_kept(reason))

    def mark_failed(self, delivery_id: DeliveryId, reason: str) -> None:
        """It can't be sent."""
        self._finish(delivery_id, DeliveryState.FAILED, reason=reason)

    def mark_unknown(self, delivery_id: DeliveryId) -> None:
        """It may have arrived: never sent again by itself."""
        self._finish(delivery_id, DeliveryState.UNKNOWN, reason=_kept("unknown"))

    def _finish(self, delivery_id: DeliveryId, state: DeliveryState, **values: object) -> None:
        statement = _FINISH.values(state=state, **values)
        self._connection.execute(statement, {"delivery_id": delivery_id})

    def recover(self, now: datetime) -> int:
        """Mark what a dead sender was in the middle of sending as unknown."""
        result = self._connection.execute(
            update(deliveries)
            .where(deliveries.c.state == DeliveryState.SENDING, _is_free(now))
            .values(state=DeliveryState.UNKNOWN, reason=_kept("interrupted"), leased_by=None)
        )
        return result.rowcount

    def recover_all(self) -> None:
        """The same for a database that only this process sends from; all leases are void."""
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.state == DeliveryState.SENDING)
            .values(state=DeliveryState.UNKNOWN, reason=_kept("interrupted"))
        )
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.leased_by.is_not(None))
            .values(leased_by=None, leased_until=None)
        )
        self._connection.execute(delete(leases).where(leases.c.name == SENDER))

    def release(self, delivery_ids: Collection[DeliveryId], holder: str) -> None:
        """Give back what was claimed and not begun."""
        self._connection.execute(
            update(deliveries)
            .where(
                deliveries.c.id.in_(delivery_ids),
                deliveries.c.leased_by == holder,
                deliveries.c.state.in_(_WAITING),
            )
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
            .values(state=DeliveryState.SENT, reason=_kept(None))
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


def _kept(reason: str | None) -> ColumnElement[str | None]:
    """A reason, but where the round was settled before: what it said of charging stays."""
    return case((deliveries.c.reason == UNCHARGED, UNCHARGED), else_=literal(reason, String))


def _is_free(now: datetime) -> ColumnElement[bool]:
    """Whether nobody alive has it."""
    until = deliveries.c.leased_until
    return or_(until.is_(None), until < now, until > now + _LONGEST_LEASE)


_BEGIN = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("delivery_id"),
        deliveries.c.leased_by == bindparam("holder"),
        deliveries.c.state.in_(_WAITING),
    )
    .values(state=DeliveryState.SENDING, attempts=deliveries.c.attempts + 1)
)
_FINISH = (
    update(deliveries)
    # Whoever took leave while the message was on its way stays excused.
    .where(
        deliveries.c.id == bindparam("delivery_id"),
        deliveries.c.state != DeliveryState.SKIPPED.value,
    )
    .values(leased_by=None, leased_until=None)
)
_MARK_SENT = _FINISH.values(
    state=DeliveryState.SENT, message_id=bindparam("sent_as"), reason=_kept(None)
)
