"""人员 and 处室."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from storage.errors import Missing
from storage.repositories.totals_moves import change_person
from storage.repositories.upsert import insert_for
from storage.states import DepartmentId, PersonId, Role
from storage.tables import departments, people, trainer_departments


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person; `shows_name` is their consent to stand on boards by name."""

    id: PersonId
    chat_id: int
    name: str
    department_id: DepartmentId | None
    department: str | None
    role: Role
    is_active: bool
    shows_name: bool
    unreachable_at: datetime | None
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class PreferencesRow:
    """How a person wants to be written to; times are local, None is no wish.

    `push_at` holds where a plan lets people choose; from `quiet_from` to `quiet_to`, past
    midnight perhaps, nothing is sent; no reminder before the day `no_reminders_before`.
    """

    push_at: time | None
    quiet_from: time | None
    quiet_to: time | None
    no_reminders_before: date | None


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One 处室 and how many active people it has."""

    id: DepartmentId
    name: str
    size: int


_PERSON: Select[tuple[object, ...]] = select(
    people.c.id,
    people.c.chat_id,
    people.c.name,
    people.c.department_id,
    departments.c.name.label("department"),
    people.c.role,
    people.c.is_active,
    people.c.shows_name,
    people.c.unreachable_at,
    people.c.joined_at,
).select_from(people.outerjoin(departments, departments.c.id == people.c.department_id))
_BY_CHAT = _PERSON.where(people.c.chat_id == bindparam("chat_id"))
_BY_ID = _PERSON.where(people.c.id == bindparam("person_id"))


def _person(row: Row[tuple[object, ...]]) -> PersonRow:
    values = row._mapping
    return PersonRow(**{**values, "role": Role(values["role"])})


def lot_of(chat_id: int) -> int:
    """A person's fixed place among equals on a board: a hash, so neither time nor name."""
    return int.from_bytes(hashlib.sha256(str(chat_id).encode()).digest()[:4]) >> 1


class People:
    """Statements about people and departments."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find_by_chat(self, chat_id: int) -> PersonRow | None:
        """The person behind a chat, active or not."""
        row = self._connection.execute(_BY_CHAT, {"chat_id": chat_id}).one_or_none()
        return _person(row) if row is not None else None

    def find(self, person_id: int) -> PersonRow | None:
        """One person by id."""
        row = self._connection.execute(_BY_ID, {"person_id": person_id}).one_or_none()
        return _person(row) if row is not None else None

    def get(self, person_id: int) -> PersonRow:
        """One person by id; raises Missing."""
        person = self.find(person_id)
        if person is None:
            raise Missing("没有这位人员。")
        return person

    def add(
        self,
        chat_id: int,
        name: str,
        department_id: DepartmentId | None,
        role: Role,
        now: datetime,
    ) -> PersonId:
        """A new active person; a chat that already has one keeps it (unique chat)."""
        statement = insert(people).values(
            chat_id=chat_id,
            name=name,
            department_id=department_id,
            role=role,
            is_active=True,
            shows_name=False,
            lot=lot_of(chat_id),
            joined_at=now,
        )
        return PersonId(self._connection.execute(statement.returning(people.c.id)).scalar_one())

    def add_once(
        self,
        chat_id: int,
        name: str,
        department_id: DepartmentId | None,
        role: Role,
        now: datetime,
    ) -> PersonId | None:
        """A new active person; None where the chat has one, joined a moment ago perhaps."""
        statement = (
            insert_for(self._connection, people)
            .values(
                chat_id=chat_id,
                name=name,
                department_id=department_id,
                role=role,
                is_active=True,
                shows_name=False,
                lot=lot_of(chat_id),
                joined_at=now,
            )
            .on_conflict_do_nothing(index_elements=[people.c.chat_id])
            .returning(people.c.id)
        )
        person_id = self._connection.execute(statement).scalar_one_or_none()
        return PersonId(person_id) if person_id is not None else None

    def set_role(self, person_id: PersonId, role: Role) -> None:
        """Promote or demote."""
        self._set(person_id, role=role)

    def move(self, person_id: PersonId, department_id: DepartmentId) -> None:
        """Put a person into another department, with totals of open periods."""
        change_person(self._connection, person_id, department_id=department_id)

    def rename(self, person_id: PersonId, name: str) -> None:
        """Change the name a person is known by."""
        self._set(person_id, name=name)

    def set_active(self, person_id: PersonId, *, is_active: bool) -> None:
        """Deactivated people keep their record and get nothing more."""
        change_person(self._connection, person_id, is_active=is_active)

    def set_shows_name(self, person_id: PersonId, *, shows_name: bool) -> None:
        """Record or withdraw the consent to be named on boards."""
        self._set(person_id, shows_name=shows_name)

    def read_preferences(self, person_id: PersonId) -> PreferencesRow:
        """A person's wishes."""
        row = self._connection.execute(
            select(
                people.c.push_at,
                people.c.quiet_from,
                people.c.quiet_to,
                people.c.no_reminders_before,
            ).where(people.c.id == person_id)
        ).one()
        return PreferencesRow(**row._mapping)

    def set_preferences(self, person_id: PersonId, wishes: PreferencesRow) -> None:
        """Keep a person's wishes."""
        self._set(person_id, **asdict(wishes))

    def mark_unreachable(self, person_id: PersonId, now: datetime) -> None:
        """The chat is blocked or gone: skip it until the person writes again."""
        self._connection.execute(
            update(people)
            .where(people.c.id == person_id, people.c.unreachable_at.is_(None))
            .values(unreachable_at=now)
        )

    def mark_reachable(self, person_id: PersonId) -> None:
        """The person wrote: pushes resume."""
        self._set(person_id, unreachable_at=None)

    def _set(self, person_id: PersonId, **values: object) -> None:
        self._connection.execute(update(people).where(people.c.id == person_id).values(**values))

    def count(self, *, department_id: DepartmentId | None = None) -> int:
        """How many people there are, deactivated ones included."""
        statement = select(func.count()).select_from(people)
        if department_id is not None:
            statement = statement.where(people.c.department_id == department_id)
        return self._connection.execute(statement).scalar_one()

    def count_admins(self) -> int:
        """Active admins: the last one can't be taken away."""
        statement = (
            select(func.count())
            .select_from(people)
            .where(people.c.role == Role.ADMIN, people.c.is_active.is_(True))
        )
        return self._connection.execute(statement).scalar_one()

    def lock_admins(self) -> None:
        """Let no other transaction change who is an admin until this one ends."""
        self._connection.execute(
            select(people.c.id)
            .where(people.c.role == Role.ADMIN, people.c.is_active.is_(True))
            .order_by(people.c.id)
            .with_for_update()
        )

    def count_before(self, person_id: PersonId) -> int:
        """How many people joined before this one: where `list_page` has them."""
        statement = select(func.count()).select_from(people).where(people.c.id < person_id)
        return self._connection.execute(statement).scalar_one()

    def list_page(
        self, offset: int, limit: int, *, department_id: DepartmentId | None = None
    ) -> list[PersonRow]:
        """People in the order they joined."""
        statement = _PERSON.order_by(people.c.id).offset(offset).limit(limit)
        if department_id is not None:
            statement = statement.where(people.c.department_id == department_id)
        return [_person(row) for row in self._connection.execute(statement)]

    def list_by_role(self, *roles: Role) -> list[PersonRow]:
        """Active people of these roles."""
        statement = _PERSON.where(people.c.role.in_(roles), people.c.is_active.is_(True))
        return [_person(row) for row in self._connection.execute(statement.order_by(people.c.id))]

    def list_departments(self) -> list[DepartmentRow]:
        """All departments in the order they were added, with their active people counted."""
        statement = (
            select(departments.c.id, departments.c.name, func.count(people.c.id).label("size"))
            .select_from(
                departments.outerjoin(
                    people,
                    (people.c.department_id == departments.c.id) & people.c.is_active.is_(True),
                )
            )
            .group_by(departments.c.id, departments.c.name)
            .order_by(departments.c.id)
        )
        return [DepartmentRow(**row._mapping) for row in self._connection.execute(statement)]

    def find_department(self, department_id: int) -> DepartmentRow | None:
        """One department by id."""
        size = (
            select(func.count())
            .select_from(people)
            .where(people.c.department_id == departments.c.id, people.c.is_active.is_(True))
            .correlate(departments)
            .scalar_subquery()
        )
        row = self._connection.execute(
            select(departments.c.id, departments.c.name, size.label("size")).where(
                departments.c.id == department_id
            )
        ).one_or_none()
        return DepartmentRow(**row._mapping) if row is not None else None

    def count_audience(
        self,
        departments_: Collection[DepartmentId],
        roles: Collection[Role],
        since_at: datetime | None,
    ) -> int:
        """How many active people are of these departments and roles (none: any), and joined
        at `since_at` or later.
        """
        statement = select(func.count()).select_from(people).where(people.c.is_active.is_(True))
        if departments_:
            statement = statement.where(people.c.department_id.in_(departments_))
        if roles:
            statement = statement.where(people.c.role.in_(roles))
        if since_at is not None:
            statement = statement.where(people.c.joined_at >= since_at)
        return self._connection.execute(statement).scalar_one()

    def list_trainer_departments(self, person_id: PersonId) -> list[DepartmentId]:
        """The departments a trainer was given, where they are not just the own one."""
        statement = select(trainer_departments.c.department_id).where(
            trainer_departments.c.person_id == person_id
        )
        return list(self._connection.execute(statement.order_by("department_id")).scalars())

    def set_trainer_department(
        self, person_id: PersonId, department_id: DepartmentId, *, is_given: bool
    ) -> bool:
        """Give a trainer a department, or take it back; False where it was so already."""
        if is_given:
            statement = insert_for(self._connection, trainer_departments).values(
                person_id=person_id, department_id=department_id
            )
            given = statement.on_conflict_do_nothing().returning(trainer_departments.c.person_id)
            return self._connection.execute(given).first() is not None
        taken = delete(trainer_departments).where(
            trainer_departments.c.person_id == person_id,
            trainer_departments.c.department_id == department_id,
        )
        return self._connection.execute(taken).rowcount > 0

    def add_department(self, name: str, now: datetime) -> DepartmentId:
        """The department of this name, made where it is new."""
        found = self._connection.execute(
            select(departments.c.id).where(departments.c.name == name)
        ).scalar_one_or_none()
        if found is not None:
            return DepartmentId(found)
        statement = insert(departments).values(name=name, created_at=now)
        return DepartmentId(
            self._connection.execute(statement.returning(departments.c.id)).scalar_one()
        )

    def find_department_named(self, name: str) -> DepartmentId | None:
        """The department of exactly this name."""
        found = self._connection.execute(
            select(departments.c.id).where(departments.c.name == name)
        ).scalar_one_or_none()
        return DepartmentId(found) if found is not None else None

    def rename_department(self, department_id: DepartmentId, name: str) -> None:
        """Change a department's name; raises Conflict where another has it."""
        self._connection.execute(
            update(departments).where(departments.c.id == department_id).values(name=name)
        )
