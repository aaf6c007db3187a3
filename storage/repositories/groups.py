"""群: departments' group chats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from storage.repositories.upsert import insert_for
from storage.states import DeliveryKind, DepartmentId, GroupId, PersonId, RoundId
from storage.tables import deliveries, departments, groups, people

LONGEST_TITLE = 128


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group chat and the department it belongs to."""

    id: GroupId
    chat_id: int
    title: str
    department_id: DepartmentId
    department: str
    is_active: bool


_GROUP = select(
    groups.c.id,
    groups.c.chat_id,
    groups.c.title,
    groups.c.department_id,
    departments.c.name.label("department"),
    groups.c.is_active,
).join_from(groups, departments, departments.c.id == groups.c.department_id)


class Groups:
    """Statements about group chats."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, chat_id: int) -> GroupRow | None:
        """The group of a chat, active or not."""
        row = self._connection.execute(_GROUP.where(groups.c.chat_id == chat_id)).one_or_none()
        return GroupRow(**row._mapping) if row is not None else None

    def bind(
        self,
        chat_id: int,
        title: str,
        department_id: DepartmentId,
        bound_by: PersonId | None,
        now: datetime,
    ) -> None:
        """Make a chat the department's, whatever it was before."""
        values = {
            "title": title[:LONGEST_TITLE],
            "department_id": department_id,
            "bound_by": bound_by,
            "is_active": True,
        }
        self._connection.execute(
            insert_for(self._connection, groups)
            .values(chat_id=chat_id, created_at=now, **values)
            .on_conflict_do_update(index_elements=[groups.c.chat_id], set_=values)
        )

    def leave(self, chat_id: int) -> bool:
        """Send nothing there any more; False where nothing was sent there anyway."""
        result = self._connection.execute(
            update(groups)
            .where(groups.c.chat_id == chat_id, groups.c.is_active.is_(True))
            .values(is_active=False)
        )
        return result.rowcount == 1

    def move(self, old_id: int, new_id: int) -> None:
        """A chat has a new id; where that one is known already, only the old one ends."""
        if self.find(new_id) is not None:
            self.leave(old_id)
            return
        self._connection.execute(
            update(groups).where(groups.c.chat_id == old_id).values(chat_id=new_id)
        )

    def list_on_roll(self, round_id: RoundId) -> list[GroupRow]:
        """Active groups whose department has active people on the round's roll."""
        on_roll = (
            select(people.c.department_id)
            .join_from(deliveries, people, people.c.id == deliveries.c.person_id)
            .where(
                deliveries.c.round_id == round_id,
                deliveries.c.kind == DeliveryKind.ROUND,
                people.c.is_active.is_(True),
            )
        )
        rows = self._connection.execute(
            _GROUP.where(
                groups.c.is_active.is_(True), groups.c.department_id.in_(on_roll)
            ).order_by(groups.c.id)
        )
        return [GroupRow(**row._mapping) for row in rows]
