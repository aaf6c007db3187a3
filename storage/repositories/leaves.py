"""请假, and what an absence does to the deliveries of one person.

A round's delivery of kind round is the person's line on its roll. On leave it is skipped: not
charged when the round settles, not counted in 应参加. The first answer puts them on again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Exists,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.states import DeliveryKind, DeliveryState, LeaveId, PersonId, RoundId
from storage.tables import (
    answers,
    deliveries,
    leaves,
    people,
    question_versions,
    rounds,
    sittings,
)

ON_LEAVE = "leave"
# Why a delivery did not go out to somebody who can be reached now; it surely was not sent.
OUT_OF_REACH = ("unreachable", "blocked", "chat_gone")
_WAITING = (DeliveryState.PENDING, DeliveryState.RETRY)


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """One leave that stands; both days are local and included."""

    id: LeaveId
    person_id: PersonId
    first_day: date
    last_day: date
    created_by: PersonId | None


class Leaves:
    """Statements about leave."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, person_id: PersonId, first_day: date, last_day: date) -> None:
        """Let no other transaction settle the rounds of these days, or change this person's
        leave, until this one ends.
        """
        self._unsettled(first_day, last_day)  # rounds before people, as where rounds settle
        self._connection.execute(
            select(people.c.id).where(people.c.id == person_id).with_for_update()
        )

    def add(
        self,
        person_id: PersonId,
        first_day: date,
        last_day: date,
        created_by: PersonId,
        now: datetime,
    ) -> LeaveId:
        """Write a leave down."""
        statement = insert(leaves).values(
            person_id=person_id,
            first_day=first_day,
            last_day=last_day,
            created_by=created_by,
            created_at=now,
        )
        return LeaveId(self._connection.execute(statement.returning(leaves.c.id)).scalar_one())

    def find(self, leave_id: int) -> LeaveRow | None:
        """One leave that was not cancelled."""
        row = self._connection.execute(_LEAVE.where(leaves.c.id == leave_id)).one_or_none()
        return LeaveRow(**row._mapping) if row is not None else None

    def list_of(self, person_id: PersonId, since: date) -> list[LeaveRow]:
        """A person's leaves that reach into or past a day, the earliest first."""
        rows = self._connection.execute(
            _LEAVE.where(leaves.c.person_id == person_id, leaves.c.last_day >= since).order_by(
                leaves.c.first_day, leaves.c.id
            )
        )
        return [LeaveRow(**row._mapping) for row in rows]

    def cancel(self, leave_id: LeaveId, now: datetime) -> bool:
        """Take a leave back; False where it was before."""
        result = self._connection.execute(
            update(leaves)
            .where(leaves.c.id == leave_id, leaves.c.cancelled_at.is_(None))
            .values(cancelled_at=now)
        )
        return result.rowcount == 1

    def shorten(self, leave_id: LeaveId, last_day: date) -> bool:
        """End a leave earlier; False where it ended by then or was taken back."""
        result = self._connection.execute(
            update(leaves)
            .where(
                leaves.c.id == leave_id,
                leaves.c.cancelled_at.is_(None),
                leaves.c.last_day > last_day,
            )
            .values(last_day=last_day)
        )
        return result.rowcount == 1

    def skip(self, person_id: PersonId, first_day: date, last_day: date) -> list[RoundId]:
        """Take a person off the roll of the unsettled rounds of these days without an answer of
        theirs, and call off what else is on its way about them; the rounds they were due in.
        """
        open_rounds = self._unsettled(first_day, last_day)
        theirs = (
            deliveries.c.person_id == person_id,
            deliveries.c.round_id.in_(open_rounds),
            ~_answered(),
        )
        self._connection.execute(
            update(deliveries)
            .where(
                *theirs,
                deliveries.c.kind != DeliveryKind.ROUND.value,
                deliveries.c.state.in_(_WAITING),
            )
            .values(**_SKIPPED)
        )
        on_roll = (*theirs, deliveries.c.kind == DeliveryKind.ROUND.value)
        is_skipped = deliveries.c.state == DeliveryState.SKIPPED.value
        self._connection.execute(update(deliveries).where(*on_roll, is_skipped).values(**_SKIPPED))
        excused = self._connection.execute(
            update(deliveries)
            .where(*on_roll, ~is_skipped)
            .values(**_SKIPPED, attempts=_DOUBTFUL_ATTEMPTS)
            .returning(deliveries.c.round_id)
        )
        return sorted(excused.scalars())

    def count_begun(self, person_id: PersonId, first_day: date, last_day: date) -> int:
        """Unsettled rounds of these days that the person has answered in: they count."""
        return self._connection.execute(
            select(func.count())
            .select_from(deliveries.join(rounds, rounds.c.id == deliveries.c.round_id))
            .where(
                deliveries.c.person_id == person_id,
                deliveries.c.kind == DeliveryKind.ROUND.value,
                rounds.c.day.between(first_day, last_day),
                rounds.c.settled_at.is_(None),
                _answered(),
            )
        ).scalar_one()

    def restore(
        self, person_id: PersonId, first_day: date, last_day: date, now: datetime
    ) -> list[RoundId]:
        """Put a person back on the roll of these days' open rounds, where no other leave of
        theirs stands; what was sent counts as sent, the rest goes out. The rounds.
        """
        open_rounds = self._unsettled(first_day, last_day)
        still_open = select(rounds.c.id).where(rounds.c.closes_at > now)
        was_sent = deliveries.c.message_id.is_not(None)
        result = self._connection.execute(
            update(deliveries)
            .where(
                deliveries.c.person_id == person_id,
                deliveries.c.kind == DeliveryKind.ROUND.value,
                deliveries.c.state == DeliveryState.SKIPPED,
                deliveries.c.reason == ON_LEAVE,
                deliveries.c.round_id.in_(open_rounds),
                was_sent | deliveries.c.round_id.in_(still_open),
                ~_away(person_id),
            )
            .values(
                # What was begun without a message to show for it may have arrived.
                state=case(
                    (was_sent, DeliveryState.SENT.value),
                    (deliveries.c.attempts > 0, DeliveryState.UNKNOWN.value),
                    else_=DeliveryState.PENDING.value,
                ),
                reason=None,
                due_at=_not_before(now),
            )
            .returning(deliveries.c.round_id)
        )
        return sorted(result.scalars())

    def take_part(self, round_id: RoundId, person_id: PersonId) -> bool:
        """Put somebody who was skipped and answers all the same back on the round's roll; False
        where they were not skipped.
        """
        values = {"in_round": round_id, "of_person": person_id}
        return self._connection.execute(_TAKE_PART, values).rowcount == 1

    def resume(self, person_id: PersonId, now: datetime) -> tuple[list[RoundId], list[RoundId]]:
        """Send a person who can be reached again the open rounds that passed them by, unless
        they have begun them: those they were skipped in, and those whose push failed.
        """
        open_rounds = select(rounds.c.id).where(
            rounds.c.closes_at > now, rounds.c.settled_at.is_(None)
        )
        begun = select(sittings.c.id).where(
            sittings.c.round_id == deliveries.c.round_id,
            sittings.c.person_id == deliveries.c.person_id,
        )
        passed = (
            update(deliveries)
            .where(
                deliveries.c.person_id == person_id,
                deliveries.c.kind == DeliveryKind.ROUND.value,
                deliveries.c.reason.in_(OUT_OF_REACH),
                deliveries.c.round_id.in_(open_rounds),
                ~begun.exists(),
            )
            .values(state=DeliveryState.PENDING, reason=None, due_at=_not_before(now))
            .returning(deliveries.c.round_id)
        )
        skipped, failed = (
            sorted(self._connection.execute(passed.where(deliveries.c.state == state)).scalars())
            for state in (DeliveryState.SKIPPED, DeliveryState.FAILED)
        )
        return skipped, failed

    def _unsettled(self, first_day: date, last_day: date) -> list[int]:
        """The unsettled rounds of these days, kept from settling until this transaction ends."""
        statement = (
            select(rounds.c.id)
            .where(rounds.c.day.between(first_day, last_day), rounds.c.settled_at.is_(None))
            .order_by(rounds.c.id)
            .with_for_update(read=True)
        )
        return list(self._connection.execute(statement).scalars())


_SKIPPED = {
    "state": DeliveryState.SKIPPED,
    "reason": ON_LEAVE,
    "leased_by": None,
    "leased_until": None,
}
# What surely was not sent may go out once the leave is taken back.
_SURELY_NOT_SENT = (*_WAITING, DeliveryState.FAILED)
_DOUBTFUL_ATTEMPTS = case(
    (deliveries.c.state.in_(_SURELY_NOT_SENT), 0), else_=deliveries.c.attempts
)
_LEAVE: Select[tuple[object, ...]] = select(
    leaves.c.id,
    leaves.c.person_id,
    leaves.c.first_day,
    leaves.c.last_day,
    leaves.c.created_by,
).where(leaves.c.cancelled_at.is_(None))

_TAKE_PART = (
    update(deliveries)
    .where(
        deliveries.c.round_id == bindparam("in_round"),
        deliveries.c.person_id == bindparam("of_person"),
        deliveries.c.kind == DeliveryKind.ROUND.value,
        deliveries.c.state == DeliveryState.SKIPPED,
    )
    .values(state=DeliveryState.SENT, reason=None)
)


def _not_before(now: datetime) -> ColumnElement[datetime]:
    """When what was held back is due: a reminder counts its time to answer from then on."""
    return case((deliveries.c.due_at < now, now), else_=deliveries.c.due_at)


def _answered() -> Exists:
    """The delivery's person has answered something in its round; what was credited in passing,
    because it was voided, is no answer of theirs.
    """
    given = cast(answers.c.chosen, String)
    is_given = or_(answers.c.text.is_not(None), given.not_in(["[]", "null"]))
    return (
        select(answers.c.position)
        .join(sittings, sittings.c.id == answers.c.sitting_id)
        .join(question_versions, question_versions.c.id == answers.c.version_id)
        .where(
            sittings.c.round_id == deliveries.c.round_id,
            sittings.c.person_id == deliveries.c.person_id,
            answers.c.answered_at.is_not(None),
            question_versions.c.voided_at.is_(None) | is_given,
        )
        .correlate(deliveries)
        .exists()
    )


def _away(person_id: PersonId) -> ColumnElement[bool]:
    """A leave of the person stands on the day of the delivery's round."""
    return (
        select(leaves.c.id)
        .join(rounds, rounds.c.day.between(leaves.c.first_day, leaves.c.last_day))
        .where(
            rounds.c.id == deliveries.c.round_id,
            leaves.c.person_id == person_id,
            leaves.c.cancelled_at.is_(None),
        )
        .correlate(deliveries)
        .exists()
    )
