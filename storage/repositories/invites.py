"""邀请: hashed codes that let someone join, and what the bot is waiting to hear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from storage.repositories.upsert import insert_for
from storage.states import DepartmentId, PersonId
from storage.tables import invites, prompts


@dataclass(frozen=True, slots=True)
class InviteRow:
    """One invite; `max_uses` None means any number before `expires_at`."""

    id: int
    department_id: DepartmentId
    max_uses: int | None
    uses: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PromptRow:
    """What a chat's next plain message answers."""

    kind: str
    payload: Mapping[str, object]
    asked_at: datetime


class Invites:
    """Statements about invites; only hashes of codes are stored."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        code_hash: str,
        department_id: DepartmentId,
        max_uses: int | None,
        expires_at: datetime,
        created_by: PersonId | None,
        now: datetime,
    ) -> None:
        """A new invite."""
        self._connection.execute(
            insert(invites).values(
                code_hash=code_hash,
                department_id=department_id,
                max_uses=max_uses,
                uses=0,
                expires_at=expires_at,
                created_by=created_by,
                created_at=now,
            )
        )

    def find(self, code_hash: str) -> InviteRow | None:
        """The invite behind a code, used up and expired ones included."""
        row = self._connection.execute(
            select(
                invites.c.id,
                invites.c.department_id,
                invites.c.max_uses,
                invites.c.uses,
                invites.c.expires_at,
            ).where(invites.c.code_hash == code_hash)
        ).one_or_none()
        return InviteRow(**row._mapping) if row is not None else None

    def consume(self, invite_id: int, now: datetime) -> bool:
        """Take one use; False where it is used up or expired meanwhile."""
        result = self._connection.execute(
            update(invites)
            .where(
                invites.c.id == invite_id,
                invites.c.expires_at > now,
                or_(invites.c.max_uses.is_(None), invites.c.uses < invites.c.max_uses),
            )
            .values(uses=invites.c.uses + 1)
        )
        return result.rowcount == 1

    def end(self, invite_id: int, now: datetime) -> bool:
        """Let nobody join by it any more; False where that was so already."""
        result = self._connection.execute(
            update(invites)
            .where(invites.c.id == invite_id, invites.c.expires_at > now)
            .values(expires_at=now)
        )
        return result.rowcount == 1


class Prompts:
    """Statements about open prompts, one a chat."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, chat_id: int, kind: str, payload: Mapping[str, object], now: datetime) -> None:
        """Wait for this from the chat; it replaces whatever was waited for."""
        values = {"kind": kind, "payload": dict(payload), "asked_at": now}
        self._connection.execute(
            insert_for(self._connection, prompts)
            .values(chat_id=chat_id, **values)
            .on_conflict_do_update(index_elements=[prompts.c.chat_id], set_=values)
        )

    def find(self, chat_id: int) -> PromptRow | None:
        """What the chat is being asked, if anything."""
        row = self._connection.execute(
            select(prompts.c.kind, prompts.c.payload, prompts.c.asked_at).where(
                prompts.c.chat_id == chat_id
            )
        ).one_or_none()
        return PromptRow(**row._mapping) if row is not None else None

    def drop(self, chat_id: int, kind: str | None = None) -> None:
        """Stop waiting, for anything or for this kind of answer."""
        statement = delete(prompts).where(prompts.c.chat_id == chat_id)
        if kind is not None:
            statement = statement.where(prompts.c.kind == kind)
        self._connection.execute(statement)
