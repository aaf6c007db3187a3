"""Updates seen and parked, leases, the audit trail."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from storage.repositories.upsert import insert_for
from storage.states import PersonId
from storage.tables import (
    answers,
    audit,
    handled_updates,
    leases,
    parked_updates,
    people,
    taken_updates,
)

BOT = "bot"  # the row that says which bot's updates were handled
HALT = "halt"  # the row that says until when the server asked for no more messages
# What ends later than anyone could have meant was written before the clock was set back.
_DRIFT = timedelta(minutes=1)  # between the clocks of replicas
_LONGEST_HALT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Who did what to whom, when; no actor: the command line or the bot itself."""

    id: int
    at: datetime
    actor_id: PersonId | None
    actor: str | None
    action: str
    subject: str
    detail: dict[str, Any]


class House:
    """Statements that keep the house in order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_first(self, update_id: int, now: datetime) -> bool:
        """Claim an update for this transaction; False where an earlier one has had it."""
        claimed = self._connection.execute(
            insert_for(self._connection, handled_updates)
            .values(update_id=update_id, handled_at=now)
            .on_conflict_do_nothing()
            .returning(handled_updates.c.update_id)
        )
        return claimed.first() is not None

    def serve(self, bot_id: int, now: datetime) -> None:
        """Note whose updates these are; another bot's ids say nothing and are forgotten."""
        holder = str(bot_id)
        known = self._connection.execute(
            select(leases.c.holder).where(leases.c.name == BOT)
        ).scalar_one_or_none()
        if known == holder:
            return
        self._connection.execute(delete(handled_updates))
        self._connection.execute(delete(taken_updates))
        self._connection.execute(
            update(answers).where(answers.c.update_id.is_not(None)).values(update_id=None)
        )
        values = {"holder": holder, "until_at": now}
        self._connection.execute(
            insert_for(self._connection, leases)
            .values(name=BOT, **values)
            .on_conflict_do_update(index_elements=[leases.c.name], set_=values)
        )

    def park(self, update_id: int, kind: str, error: str, now: datetime) -> None:
        """Put an update aside that the bot can't handle; nothing of its content is kept."""
        self._connection.execute(
            insert_for(self._connection, parked_updates)
            .values(update_id=update_id, kind=kind[:32], error=error[:128], parked_at=now)
            .on_conflict_do_nothing()
        )

    def forget_updates(self, before: datetime) -> None:
        """Drop update ids too old to come again (Telegram keeps updates for 24 hours)."""
        self._connection.execute(
            delete(handled_updates).where(handled_updates.c.handled_at < before)
        )

    def hold_lease(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Take or renew a lease; False while another holder's, of like length, is running."""
        latest = until + max(until - now, timedelta()) + _DRIFT
        held = self._connection.execute(
            insert_for(self._connection, leases)
            .values(name=name, holder=holder, until_at=until)
            .on_conflict_do_update(
                index_elements=[leases.c.name],
                set_={"holder": holder, "until_at": until},
                where=or_(
                    leases.c.holder == holder,
                    leases.c.until_at < now,
                    leases.c.until_at > latest,
                ),
            )
            .returning(leases.c.name)
        )
        return held.first() is not None

    def halt(self, until: datetime, now: datetime) -> None:
        """Note that the server wants no more messages before `until`, whichever sends them."""
        values = {"holder": HALT, "until_at": until}
        self._connection.execute(
            insert_for(self._connection, leases)
            .values(name=HALT, **values)
            .on_conflict_do_update(
                index_elements=[leases.c.name],
                set_=values,
                where=or_(leases.c.until_at < until, leases.c.until_at > now + _LONGEST_HALT),
            )
        )

    def halted_until(self, now: datetime) -> datetime | None:
        """Until when no more messages are wanted; None where they are."""
        until: datetime | None = self._connection.execute(
            select(leases.c.until_at).where(leases.c.name == HALT)
        ).scalar_one_or_none()
        return until if until is not None and now < until <= now + _LONGEST_HALT else None

    def release_lease(self, name: str, holder: str) -> None:
        """Give a lease back."""
        self._connection.execute(
            delete(leases).where(leases.c.name == name, leases.c.holder == holder)
        )

    def record(
        self,
        actor: PersonId | None,
        action: str,
        subject: str,
        detail: Mapping[str, object],
        now: datetime,
    ) -> None:
        """Leave a row of who did what to whom."""
        self._connection.execute(
            insert(audit).values(
                actor_id=actor, action=action, subject=subject, detail=dict(detail), at=now
            )
        )

    def record_all(
        self,
        actor: PersonId | None,
        rows: Sequence[tuple[str, str, Mapping[str, object]]],
        now: datetime,
    ) -> None:
        """Leave many rows at once: action, subject and detail of each."""
        values = [
            {"actor_id": actor, "action": a, "subject": s, "detail": dict(d), "at": now}
            for a, s, d in rows
        ]
        if values:
            self._connection.execute(insert(audit), values)

    def list_audit(
        self,
        *,
        limit: int,
        before: int | None = None,
        subjects: Collection[str] = (),
        actions: Sequence[str] = (),
    ) -> list[AuditRow]:
        """The newest rows first; `before` pages on, `actions` are beginnings of actions."""
        statement = (
            select(audit, people.c.name.label("actor"))
            .select_from(audit.outerjoin(people, people.c.id == audit.c.actor_id))
            .order_by(audit.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            statement = statement.where(audit.c.id < before)
        if subjects:
            statement = statement.where(audit.c.subject.in_(subjects))
        if actions:
            begins = [audit.c.action.startswith(start, autoescape=True) for start in actions]
            statement = statement.where(or_(*begins))
        return [AuditRow(**row._mapping) for row in self._connection.execute(statement)]
