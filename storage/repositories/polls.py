"""Polls: a round's question in a group chat, claimed by lease, sent at most once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, or_, select, update

from questions.codec import question_from_json
from questions.models import Question
from storage.repositories.upsert import insert_for
from storage.states import (
    DeliveryKind,
    DeliveryState,
    GroupId,
    PersonId,
    PollId,
    RoundId,
    VersionId,
)
from storage.tables import (
    deliveries,
    documents,
    groups,
    leases,
    polls,
    question_versions,
    rounds,
    sittings,
)

POLLS = "polls"  # the lease of whoever sends them
TOO_LONG = "too_long"  # no question of the round fits into a poll
_WAITING = (DeliveryState.PENDING, DeliveryState.RETRY)
# No lease lasts so long: it was written before the clock was set back.
_LONGEST_LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class DuePoll:
    """A claimed poll with what it is to show; `option_order` are indices as authored."""

    id: PollId
    chat_id: int
    attempts: int
    question: Question
    source: str
    option_order: tuple[int, ...]
    closes_at: datetime
    settles_at: datetime


@dataclass(frozen=True, slots=True)
class SentPoll:
    """A poll that is in a group, as its votes need it."""

    round_id: RoundId
    version_id: VersionId
    position: int
    option_order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PollState:
    """How a round's poll to one group stands; `reason` says why it failed."""

    title: str
    state: DeliveryState
    reason: str | None


class Polls:
    """Statements about polls."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        round_id: RoundId,
        group_id: GroupId,
        position: int,
        version_id: int,
        option_order: Sequence[int],
        now: datetime,
        *,
        reason: str | None = None,
    ) -> bool:
        """One poll to a group, or with a `reason` why there is none; False if it is there."""
        state = DeliveryState.PENDING if reason is None else DeliveryState.FAILED
        added = self._connection.execute(
            insert_for(self._connection, polls)
            .values(
                round_id=round_id,
                group_id=group_id,
                position=position,
                version_id=version_id,
                option_order=list(option_order),
                state=state,
                due_at=now,
                attempts=0,
                reason=reason,
            )
            .on_conflict_do_nothing(index_elements=[polls.c.round_id, polls.c.group_id])
            .returning(polls.c.id)
        )
        return added.first() is not None

    def is_any_due(self, now: datetime) -> bool:
        """Whether anything waits to be sent, or was being sent by someone whose lease ran out."""
        is_waiting = polls.c.state.in_(_WAITING) & (polls.c.due_at <= now)
        is_cut_off = (polls.c.state == DeliveryState.SENDING) & _is_free(now)
        statement = select(polls.c.id).where(or_(is_waiting, is_cut_off)).limit(1)
        return self._connection.execute(statement).first() is not None

    def claim(self, holder: str, now: datetime, until: datetime, limit: int) -> list[DuePoll]:
        """Lease up to `limit` due polls, oldest first."""
        due = (
            select(polls.c.id)
            .where(
                polls.c.state.in_(_WAITING),
                polls.c.due_at <= now,
                _is_free(now),
            )
            .order_by(polls.c.due_at, polls.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = self._connection.execute(
            update(polls)
            .where(polls.c.id.in_(due.scalar_subquery()), polls.c.state.in_(_WAITING))
            .values(leased_by=holder, leased_until=until)
            .returning(polls.c.id)
        ).scalars()
        rows = self._connection.execute(_CARD.where(polls.c.id.in_(list(claimed))))
        return [_due(row) for row in rows]

    def begin(self, poll_id: PollId, holder: str) -> bool:
        """Write `sending` before the request leaves; False where the lease was lost, or the group
        takes none any more.
        """
        is_active = select(groups.c.id).where(
            groups.c.id == polls.c.group_id, groups.c.is_active.is_(True)
        )
        result = self._connection.execute(
            update(polls)
            .where(
                polls.c.id == poll_id,
                polls.c.leased_by == holder,
                polls.c.state.in_(_WAITING),
                is_active.exists(),
            )
            .values(state=DeliveryState.SENDING, attempts=polls.c.attempts + 1)
        )
        return result.rowcount == 1

    def mark_sent(self, poll_id: PollId, message_id: int, telegram_id: str) -> None:
        """The poll is in the group, under an id that its votes name."""
        self._finish(
            poll_id, DeliveryState.SENT, message_id=message_id, poll_id=telegram_id, reason=None
        )

    def mark_retry(self, poll_id: PollId, due_at: datetime, reason: str) -> None:
        """It surely was not sent: due again later."""
        self._finish(poll_id, DeliveryState.RETRY, due_at=due_at, reason=reason)

    def mark_failed(self, poll_id: PollId, reason: str) -> None:
        """It can't be sent."""
        self._finish(poll_id, DeliveryState.FAILED, reason=reason)

    def mark_unknown(self, poll_id: PollId) -> None:
        """It may have arrived: never sent again."""
        self._finish(poll_id, DeliveryState.UNKNOWN, reason="unknown")

    def _finish(self, row_id: PollId, state: DeliveryState, **values: object) -> None:
        self._connection.execute(
            update(polls)
            .where(polls.c.id == row_id)
            .values({"state": state, "leased_by": None, "leased_until": None, **values})
        )

    def release(self, poll_id: PollId, holder: str) -> None:
        """Give back what was claimed and not begun."""
        self._connection.execute(
            update(polls)
            .where(polls.c.id == poll_id, polls.c.leased_by == holder)
            .values(leased_by=None, leased_until=None)
        )

    def recover(self, now: datetime) -> None:
        """Mark what a dead sender was in the middle of sending as unknown."""
        self._write_off(_is_free(now))

    def recover_all(self) -> None:
        """The same for a database that only this process sends from; all leases are void."""
        self._write_off()
        self._connection.execute(
            update(polls)
            .where(polls.c.leased_by.is_not(None))
            .values(leased_by=None, leased_until=None)
        )
        self._connection.execute(delete(leases).where(leases.c.name == POLLS))

    def _write_off(self, *where: Any) -> None:
        self._connection.execute(
            update(polls)
            .where(polls.c.state == DeliveryState.SENDING, *where)
            .values(state=DeliveryState.UNKNOWN, reason="interrupted", leased_by=None)
        )

    def cancel_for(self, chat_id: int, reason: str) -> None:
        """Give up what still waits for a group."""
        group = select(groups.c.id).where(groups.c.chat_id == chat_id).scalar_subquery()
        self._connection.execute(
            update(polls)
            .where(polls.c.group_id == group, polls.c.state.in_(_WAITING))
            .values(state=DeliveryState.FAILED, reason=reason)
        )

    def find_sent(self, telegram_id: str) -> SentPoll | None:
        """The poll that a vote names."""
        row = self._connection.execute(
            select(
                polls.c.round_id, polls.c.version_id, polls.c.position, polls.c.option_order
            ).where(polls.c.poll_id == telegram_id)
        ).one_or_none()
        if row is None:
            return None
        return SentPoll(
            RoundId(row.round_id), VersionId(row.version_id), row.position, tuple(row.option_order)
        )

    def is_any_leaving(self) -> bool:
        """Whether a poll is on its way this moment: its id is not known yet."""
        leaving = select(polls.c.id).where(polls.c.state == DeliveryState.SENDING).limit(1)
        return self._connection.execute(leaving).first() is not None

    def is_concerned(self, round_id: RoundId, person_id: PersonId) -> bool:
        """Whether a person is on the round's roll, or has sat down to it."""
        on_roll = select(deliveries.c.id).where(
            deliveries.c.round_id == round_id,
            deliveries.c.person_id == person_id,
            deliveries.c.kind == DeliveryKind.ROUND,
        )
        sat_down = select(sittings.c.id).where(
            sittings.c.round_id == round_id, sittings.c.person_id == person_id
        )
        return self._connection.execute(on_roll.union_all(sat_down)).first() is not None

    def list_states(self, round_id: RoundId) -> list[PollState]:
        """How a round's polls stand, by group."""
        rows = self._connection.execute(
            select(groups.c.title, polls.c.state, polls.c.reason)
            .join_from(polls, groups, groups.c.id == polls.c.group_id)
            .where(polls.c.round_id == round_id)
            .order_by(groups.c.id)
        )
        return [PollState(row.title, DeliveryState(row.state), row.reason) for row in rows]


def _is_free(now: datetime) -> ColumnElement[bool]:
    """Whether nobody alive has it."""
    until = polls.c.leased_until
    return or_(until.is_(None), until < now, until > now + _LONGEST_LEASE)


_CARD = (
    select(
        polls.c.id,
        groups.c.chat_id,
        polls.c.attempts,
        question_versions.c.payload,
        documents.c.title.label("source"),
        polls.c.option_order,
        rounds.c.closes_at,
        rounds.c.settles_at,
    )
    .select_from(
        polls.join(groups, groups.c.id == polls.c.group_id)
        .join(rounds, rounds.c.id == polls.c.round_id)
        .join(question_versions, question_versions.c.id == polls.c.version_id)
        .join(documents, documents.c.id == question_versions.c.document_id)
    )
    .order_by(polls.c.due_at, polls.c.id)
)


def _due(row: Row[*tuple[Any, ...]]) -> DuePoll:
    return DuePoll(
        id=PollId(row.id),
        chat_id=row.chat_id,
        attempts=row.attempts,
        question=question_from_json(row.payload),
        source=row.source,
        option_order=tuple(row.option_order),
        closes_at=row.closes_at,
        settles_at=row.settles_at,
    )
