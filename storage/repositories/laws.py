"""Rows that admins added to the law registry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage.repositories.upsert import insert_for
from storage.states import PersonId
from storage.tables import law_rows


class Laws:
    """Statements about added laws; a row is the CSV's columns by name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(
        self, title: str, row: Mapping[str, str], person_id: PersonId | None, now: datetime
    ) -> None:
        """Add a law, or correct the row added before."""
        values = {"payload": dict(row), "person_id": person_id, "created_at": now}
        self._connection.execute(
            insert_for(self._connection, law_rows)
            .values(title=title, **values)
            .on_conflict_do_update(index_elements=[law_rows.c.title], set_=values)
        )

    def list_all(self) -> list[dict[str, str]]:
        """All added rows, by title."""
        rows = self._connection.execute(select(law_rows.c.payload).order_by(law_rows.c.title))
        return [dict(row.payload) for row in rows]

    def drop(self, title: str) -> bool:
        """Take an added row away; False where there is none."""
        gone = self._connection.execute(
            delete(law_rows).where(law_rows.c.title == title).returning(law_rows.c.title)
        )
        return gone.first() is not None
