"""Word the bot has yet to give: a row each, beside the leases, until everybody has heard it.

A row's name says what it is about, so that the same thing is told once; its holder is how far
the telling is (the last person told), its moment when it is due or, told, when to forget it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from storage.repositories.upsert import insert_for
from storage.tables import leases

_PREFIX = "word:"
_BEGINNING, _TOLD = "0", "told"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told; `after` is the last person who was."""

    name: str
    after: int


class Notices:
    """Statements about word to be given."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, name: str, due_at: datetime) -> bool:
        """Have something told from `due_at` on; False where it is known, told or not."""
        added = self._connection.execute(
            insert_for(self._connection, leases)
            .values(name=_PREFIX + name, holder=_BEGINNING, until_at=due_at)
            .on_conflict_do_nothing()
            .returning(leases.c.name)
        )
        return added.first() is not None

    def hasten(self, name: str, due_at: datetime) -> None:
        """Have it told sooner, if the telling has not begun."""
        self._connection.execute(
            update(leases)
            .where(
                leases.c.name == _PREFIX + name,
                leases.c.holder == _BEGINNING,
                leases.c.until_at > due_at,
            )
            .values(until_at=due_at)
        )

    def list_due(self, now: datetime, limit: int = 20) -> list[Notice]:
        """What is to be told now, the longest due first."""
        rows = self._connection.execute(
            select(leases.c.name, leases.c.holder)
            .where(
                leases.c.name.startswith(_PREFIX, autoescape=True),
                leases.c.holder != _TOLD,
                leases.c.until_at <= now,
            )
            .order_by(leases.c.until_at, leases.c.name)
            .limit(limit)
        )
        return [Notice(row.name.removeprefix(_PREFIX), int(row.holder)) for row in rows]

    def count_due(self, now: datetime) -> int:
        """How many things are to be told now."""
        due = select(func.count()).where(
            leases.c.name.startswith(_PREFIX, autoescape=True),
            leases.c.holder != _TOLD,
            leases.c.until_at <= now,
        )
        return int(self._connection.execute(due).scalar_one())

    def advance(self, notice: Notice, person_id: int) -> bool:
        """Note that a person is being told, or, going back, was not; False where another did."""
        moved = self._connection.execute(
            update(leases)
            .where(leases.c.name == _PREFIX + notice.name, leases.c.holder == str(notice.after))
            .values(holder=str(person_id))
            .returning(leases.c.name)
        )
        return moved.first() is not None

    def finish(self, name: str, keep_until: datetime) -> None:
        """Everybody has heard it; until then the same thing is not told again."""
        self._connection.execute(
            update(leases)
            .where(leases.c.name == _PREFIX + name, leases.c.holder != _TOLD)
            .values(holder=_TOLD, until_at=keep_until)
        )

    def forget(self, now: datetime) -> None:
        """Drop what was told and need not be remembered any longer."""
        self._connection.execute(
            delete(leases).where(
                leases.c.name.startswith(_PREFIX, autoescape=True),
                leases.c.holder == _TOLD,
                leases.c.until_at <= now,
            )
        )
