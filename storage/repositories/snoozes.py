"""10分钟后: one more delivery about a round, at a person's own request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from storage.repositories.upsert import insert_for
from storage.states import DeliveryKind, DeliveryState, PersonId, RoundId
from storage.tables import deliveries

# A row is armed once and then again this often; each arming sends at most once.
MOST_SENT = 4
_UNDER_WAY = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.SENDING)


@dataclass(frozen=True, slots=True)
class SnoozeRow:
    """The one later delivery of a person's round; `is_under_way`: still to come."""

    due_at: datetime
    is_under_way: bool
    sent: int


class Snoozes:
    """Statements about deliveries of kind later."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_on_roll(self, round_id: RoundId, person_id: PersonId) -> bool:
        """Whether the round was meant for the person."""
        row = self._connection.execute(
            select(deliveries.c.id).where(
                deliveries.c.round_id == round_id,
                deliveries.c.person_id == person_id,
                deliveries.c.kind == DeliveryKind.ROUND.value,
            )
        )
        return row.first() is not None

    def arm(self, round_id: RoundId, person_id: PersonId, due_at: datetime) -> bool:
        """Have the round brought once more; False where that is under way or was enough."""
        fresh = {"state": DeliveryState.PENDING, "due_at": due_at, "reason": None}
        statement = (
            insert_for(self._connection, deliveries)
            .values(
                round_id=round_id,
                person_id=person_id,
                kind=DeliveryKind.LATER,
                attempts=0,
                **fresh,
            )
            .on_conflict_do_update(
                index_elements=[
                    deliveries.c.round_id,
                    deliveries.c.person_id,
                    deliveries.c.kind,
                ],
                set_={**fresh, "leased_by": None, "leased_until": None},
                where=deliveries.c.state.not_in(_UNDER_WAY) & (deliveries.c.attempts < MOST_SENT),
            )
            .returning(deliveries.c.id)
        )
        return self._connection.execute(statement).first() is not None

    def find(self, round_id: RoundId, person_id: PersonId) -> SnoozeRow | None:
        """The later delivery of a person's round, to come or gone."""
        row = self._connection.execute(
            select(deliveries.c.due_at, deliveries.c.state, deliveries.c.attempts).where(
                deliveries.c.round_id == round_id,
                deliveries.c.person_id == person_id,
                deliveries.c.kind == DeliveryKind.LATER.value,
            )
        ).one_or_none()
        if row is None:
            return None
        return SnoozeRow(row.due_at, DeliveryState(row.state) in _UNDER_WAY, row.attempts)

    def drop(
        self,
        person_id: PersonId,
        reason: str,
        *,
        round_id: RoundId | None = None,
        kinds: tuple[DeliveryKind, ...] = (DeliveryKind.LATER, DeliveryKind.REMINDER),
    ) -> None:
        """Call off what waits to be said again to a person, about one round or any."""
        statement = update(deliveries).where(
            deliveries.c.person_id == person_id,
            deliveries.c.kind.in_([kind.value for kind in kinds]),
            deliveries.c.state.in_([DeliveryState.PENDING, DeliveryState.RETRY]),
        )
        if round_id is not None:
            statement = statement.where(deliveries.c.round_id == round_id)
        self._connection.execute(
            statement.values(state=DeliveryState.SKIPPED, reason=reason, leased_by=None)
        )
